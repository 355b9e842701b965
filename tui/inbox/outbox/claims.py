"""Actions as one worker holds them: claimed with a lease, moved from state to state, the lease kept while it waits."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, TypeVar

from tui.api.errors import NoAnswer
from tui.inbox.outbox import duplicates as twice
from tui.inbox.outbox import lease
from tui.model.labels import outcomes
from tui.model.outbox import Hold, State
from tui.store import outbox

if TYPE_CHECKING:
    from tui.inbox.outbox.outbox import Outbox
    from tui.model.rows import OutboxRow
    from tui.store.store import Store

T = TypeVar("T")


class Claims:
    """The moves of one worker, ``owner``; every one but :meth:`inherit` only while it holds the lease."""

    def __init__(self, store: Store, box: Outbox, owner: str, clock: Callable[[], float]) -> None:
        self.owner = owner
        self._store = store
        self._box = box
        self._clock = clock

    async def claim(self, row: OutboxRow, from_states: tuple[State, ...], to_state: State) -> bool:
        """Lease an action, True where we got it."""
        return await self._claimed(row, lambda db: self._claim(db, row, from_states, to_state))

    async def begin(self, row: OutboxRow, baseline: bytes, *, again: bool) -> bool:
        """Journal that an action leaves, and what was there before it; with ``again``, that an earlier attempt may have
        arrived, so that there may soon be two of it."""

        def job(db: sqlite3.Connection) -> bool:
            if not self._claim(db, row, (State.QUEUED,), State.SENDING):
                return False
            db.execute("UPDATE outbox SET baseline = ? WHERE id = ?", (baseline, row.id))
            if again:
                twice.begin(db, row.id, self._clock())
            return True

        return await self._claimed(row, job)

    async def _claimed(self, row: OutboxRow, job: Callable[[sqlite3.Connection], bool]) -> bool:
        got = await self._store.write(job)
        if got:
            self._box.announce(row.conversation_id)
        return got

    def _claim(self, db: sqlite3.Connection, row: OutboxRow, from_states: tuple[State, ...], to_state: State) -> bool:
        now = self._clock()
        return outbox.claim(
            db, row.id, from_states=from_states, to_state=to_state, owner=self.owner, now=now,
            lease_until=now + lease.SECONDS, sent_at=now if to_state is State.SENDING else None,
        )  # fmt: skip

    async def inherit(self, row: OutboxRow, patience: float) -> None:
        """Take over what a dead worker left: its request may have left a moment before it died. Then it is looked for
        during ``patience`` seconds."""
        now = self._clock()
        await self._store.write(lambda db: outbox.inherit(db, row, now, now + patience))
        self._box.announce(row.conversation_id)

    async def unknown(self, row: OutboxRow, *, look_in: float, patience: float, held_for: Hold, reason: str) -> None:
        """Whether it arrived is not known: look in ``look_in`` seconds, and give up looking after ``patience``."""
        now = self._clock()

        def job(db: sqlite3.Connection) -> None:
            if self._move(db, row, State.UNKNOWN, now + look_in, held_for, reason):
                outbox.unknown(db, row.id, now, now + patience)

        await self._store.write(job)
        self._box.announce(row.conversation_id)

    async def move(
        self, row: OutboxRow, state: State, *, due_at: float = 0.0, held_for: Hold = Hold.NONE, reason: str = "",
        unsent: bool = False,
    ) -> None:  # fmt: skip
        """Put an action into a state and give it back; ``unsent``: the attempt that was under way never left."""

        def job(db: sqlite3.Connection) -> None:
            if self._move(db, row, state, due_at, held_for, reason) and unsent:
                outbox.unsent(db, row.id)

        await self._store.write(job)
        self._box.announce(row.conversation_id)

    def _move(
        self, db: sqlite3.Connection, row: OutboxRow, state: State, due_at: float, held_for: Hold, reason: str
    ) -> bool:
        return outbox.move(
            db, row.id, state, owner=self.owner, now=self._clock(), due_at=due_at, held_for=held_for, reason=reason
        )

    async def keep(self, row: OutboxRow, request: Coroutine[None, None, T]) -> T:
        """Await a request and keep the lease meanwhile: the gate of the rate limit may make it wait long.

        Raises :class:`NoAnswer` where another program took over, as it does when this one was stopped for long.
        """
        task = asyncio.get_running_loop().create_task(request)
        try:
            while True:
                done, _ = await asyncio.wait({task}, timeout=lease.RENEW)
                if done:
                    return task.result()
                until = self._clock() + lease.SECONDS
                if not await self._store.write(lambda db, until=until: outbox.renew(db, row.id, self.owner, until)):  # type: ignore[misc]
                    raise NoAnswer(outcomes.TAKEN_OVER)
        finally:
            task.cancel()
