"""What a thread says of our own parts that Intercom has not confirmed, and when that reads differently."""

import math
from collections.abc import Callable, Sequence
from typing import Final

from tui.inbox.situation import ActionState, KeyOf, action_state, action_words, connection_state, until_next_count
from tui.inbox.status import Status
from tui.model.rows import PartRow

_AT_THE_END: Final = 20
"""Parts of a thread among which the unconfirmed ones are: they stand last."""


class Pending:
    """The words for unconfirmed parts as the link is; `clock` gives Unix seconds."""

    def __init__(self, clock: Callable[[], float], key_of: KeyOf) -> None:
        self._clock = clock
        self._key_of = key_of
        self.status = Status()

    def words(self, part: PartRow) -> str:
        """What is said of `part`: `sending in 5 s · u undo`."""
        return action_words(self._state(part), due_in=part.due_at - self._clock(), key_of=self._key_of)

    @staticmethod
    def any(parts: Sequence[PartRow]) -> bool:
        """Whether there is anything to say in a thread."""
        return any(part.outbox_id for part in parts[-_AT_THE_END:])

    def next_change(self, parts: Sequence[PartRow]) -> float:
        """Seconds until a countdown reads differently, 0 where nothing counts."""
        now = self._clock()
        ours = [(part.due_at - now, self._state(part)) for part in parts[-_AT_THE_END:] if part.outbox_id]
        next_ = [max(0.05, left - math.ceil(left) + 1) for left, state in ours if state is ActionState.UNDOABLE]
        next_ += [until_next_count(left) for left, state in ours if state is ActionState.UNKNOWN and left > 0]
        return min(next_, default=0.0)

    def _state(self, part: PartRow) -> ActionState:
        now = self._clock()
        held_for = "undo" if part.pending == "held" else ""
        return action_state(part.pending or "ready", held_for, part.due_at, connection_state(self.status, now), now)
