"""The guard: a reply does not leave past a message that its writer has not seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.inbox import incoming
from tui.inbox.actions.reply import Reply
from tui.model.labels import outcomes
from tui.model.outbox import Hold, State

if TYPE_CHECKING:
    from tui.api.models import Conversation
    from tui.inbox.actions.base import Action
    from tui.inbox.outbox.claims import Claims
    from tui.inbox.outbox.retry_times import RetryTimes
    from tui.inbox.sync.ingest import Ingest
    from tui.model.rows import OutboxRow

_LOOKS_FOR_PARTS = 5
"""Answers without the parts of a conversation after which a person is asked."""


class Guard:
    """Holds stale replies of one worker; ``is_on`` is the setting, ``clock`` gives Unix seconds."""

    def __init__(
        self, ingest: Ingest, claims: Claims, retries: RetryTimes, *, is_on: bool, clock: Callable[[], float]
    ) -> None:
        self._ingest = ingest
        self._claims = claims
        self._retries = retries
        self._is_on = is_on
        self._clock = clock

    def wants(self, row: OutboxRow, action: Action) -> bool:
        """Whether the conversation has to be read before this action may leave."""
        return self._is_on and isinstance(action, Reply) and not row.force

    async def passes(self, row: OutboxRow, action: Reply, model: Conversation, ours: set[str]) -> bool:
        """Whether nothing came in that the writer has not seen; else the reply is held, or looked for again later.

        ``ours`` are the ids of parts that are the effect of our own actions. Between this look and the request that
        follows there is a gap that only Intercom could close.
        """
        thread, seen = self._ingest.thread_of(model), action.seen
        if not incoming.tells(thread, seen):
            if self._retries.looks(row.id) < _LOOKS_FOR_PARTS:
                await self._claims.move(
                    row, State.QUEUED, due_at=self._clock() + self._retries.next_look(row.id, failed=True)
                )
            else:
                self._retries.looked(row.id)
                await self._hold(row, outcomes.ANSWER_LACKS_CONVERSATION)
            return False
        self._retries.looked(row.id)
        new = [part for part in incoming.came_in(thread, seen) if incoming.holds(part, action.acting_as, ours)]
        if new:
            await self._hold(row, incoming.held_sentence(new))
        return not new

    async def _hold(self, row: OutboxRow, reason: str) -> None:
        await self._claims.move(row, State.HELD, held_for=Hold.STALE, reason=reason)
