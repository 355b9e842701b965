"""When the worker may try again after something failed, and how often it looks for what may have arrived."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.api.errors import AuthError, IntercomError, NotAllowed, RateLimitedError
from tui.inbox.sync.backoff import Backoff, Backoffs, is_silent

if TYPE_CHECKING:
    from tui.model.rows import OutboxRow

LOOKS = (0.3, 0.7, 1.5, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0)
"""Seconds between looks for what may have arrived; the last for all that follow."""

_FIRST_PAUSE = 1.0
_LONGEST_REST = 30.0
_REFUSED_TOKEN = 60.0
_LONGEST_AFTER_NO_LOOK = 5.0


class RetryTimes:
    """The pauses of one worker. ``clock`` gives Unix seconds, as are all times here."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.offline_until = 0.0
        """Nothing may leave before."""
        self._clock = clock
        self._backoff = Backoff(_FIRST_PAUSE)
        self._pauses = Backoffs(_FIRST_PAUSE, clock)
        self._looks: dict[int, int] = {}
        self._times_back = 0
        self._failed_in: dict[int, int] = {}
        """How many times the network had been back when an action last failed."""

    def back(self) -> bool:
        """The network works; True where everything had to wait until now."""
        self._backoff.worked()
        self._times_back += 1
        waited, self.offline_until = self.offline_until, 0.0
        return bool(waited)

    def jumped(self) -> None:
        """The clock was set: what was counted by it means nothing any more."""
        self.offline_until = 0.0
        self._pauses = Backoffs(_FIRST_PAUSE, self._clock)

    def worked(self, outbox_id: int) -> None:
        """There was an answer for this action."""
        self._pauses.worked(str(outbox_id))

    def later(self, error: IntercomError) -> float:
        """When anything may leave again."""
        now = self._clock()
        if isinstance(error, RateLimitedError):
            wait = self._backoff.failed(error)
            opens = float(error.reset_at or 0)
            return min(max(now + wait, opens), max(now + wait, now + 60))
        if isinstance(error, AuthError) and not isinstance(error, NotAllowed):
            return now + _REFUSED_TOKEN
        # never longer than this: what is wrong with one conversation must not hold up the others for long
        self.offline_until = now + min(_LONGEST_REST, self._backoff.failed(error))
        return now

    def paused(self, row: OutboxRow, error: IntercomError, due_at: float) -> float:
        """When to try this one again: ever less often where the answer was no use, or where others got through since it
        last failed, so that it is not the network."""
        before, self._failed_in[row.id] = self._failed_in.get(row.id, self._times_back), self._times_back
        if is_silent(error) and before == self._times_back:
            return due_at
        return max(due_at, self._clock() + self._pauses.failed(str(row.id), error))

    def looks(self, outbox_id: int) -> int:
        """How often this one was looked for in a row."""
        return self._looks.get(outbox_id, 0)

    def next_look(self, outbox_id: int, *, failed: bool = False) -> float:
        """Seconds until the next look at it, counting this one; ``failed``: it told nothing."""
        looks = self.looks(outbox_id)
        self._looks[outbox_id] = looks + 1
        pause = LOOKS[min(looks, len(LOOKS) - 1)]
        return min(_LONGEST_AFTER_NO_LOOK, pause) if failed else pause

    def looked(self, outbox_id: int) -> None:
        """No more looks: the next row of them begins anew."""
        self._looks.pop(outbox_id, None)
