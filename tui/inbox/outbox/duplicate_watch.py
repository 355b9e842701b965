"""Watches words that left a second time: two equal parts of ours are told to the person as soon as they are there."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.api.errors import IntercomError, NotAllowed, NotFoundError
from tui.api.rate_limit import Priority
from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import decode, decode_baseline
from tui.inbox.actions.contact_note import NoteContact
from tui.inbox.outbox import delivery_check as looking
from tui.inbox.outbox import duplicates as twice
from tui.inbox.outbox import reconcile
from tui.model.errors import StoreError
from tui.store import outbox, watches

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.inbox.changes import Changes
    from tui.inbox.outbox.outbox import Outbox
    from tui.inbox.sync.connection import Connection
    from tui.inbox.sync.ingest import Ingest
    from tui.model.rows import Change, OutboxRow
    from tui.store.store import Store
    from tui.store.watches import Watch

_IDLE = 30.0
_OFFLINE = 5.0


class DuplicateWatch:
    """Looks at what is watched while :meth:`run` runs. What is watched is in the store: any later program goes on."""

    def __init__(
        self, store: Store, box: Outbox, ingest: Ingest, connection: Connection, changes: Changes,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store = store
        self._box = box
        self._ingest = ingest
        self._connection = connection
        self._clock = clock
        self._wake = asyncio.Event()
        changes.subscribe(self._hear)

    def _hear(self, change: Change) -> None:
        if change.outbox:
            self._wake.set()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            self._wake.clear()
            delay = _OFFLINE
            with contextlib.suppress(StoreError):  # said by the store itself
                delay = await self.look()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(delay):
                    await self._wake.wait()

    def watched(self) -> list[Watch]:
        """All that is watched now."""
        return watches.every(self._store.reader)

    async def look(self, *, only: Sequence[int] | None = None) -> float:
        """Look at all that is due, or at the outbox ids ``only`` whether they are or not; the seconds until more is."""
        client = self._connection.client
        for watch in self.watched():
            if (watch.look_at > self._clock()) if only is None else watch.outbox_id not in only:
                continue
            if client is None:
                return _OFFLINE
            if not await self._look_at(client, watch):
                return _OFFLINE
        due = min((watch.look_at for watch in self.watched()), default=None)
        return _IDLE if due is None else max(0.05, min(_IDLE, due - self._clock()))

    async def _look_at(self, client: Intercom, watch: Watch) -> bool:
        """One look; False where Intercom told nothing."""
        now = self._clock()
        row = outbox.get(self._store.reader, watch.outbox_id)
        look_at = now + twice.pause(now - watch.since)
        if not await self._store.write(lambda db: watches.put_off(db, watch, look_at), background=True):
            return True
        if row is None:
            await self._store.write(lambda db: watches.end(db, watch), background=True)
            return True
        action = decode(row.payload)
        try:
            ours = await self._ours(client, row, action)
        except (NotFoundError, NotAllowed):
            ours = []
        except IntercomError as error:
            self._connection.failed(error)
            return False
        told = await self._store.write(lambda db: self._tell(db, watch, ours, now))
        if told:
            self._box.announce(row.conversation_id)
        return True

    def _tell(self, db: sqlite3.Connection, watch: Watch, ours: Sequence[str], now: float) -> list[int]:
        row = outbox.get(db, watch.outbox_id)
        told = twice.tell(db, row, ours, watch.since, self._clock()) if row is not None else []
        if now >= watch.until:
            watches.end(db, watch)
        return told

    async def _ours(self, client: Intercom, row: OutboxRow, action: Action) -> list[str]:
        """The parts (or contact notes) with these words, ours and new since before the first attempt, oldest first."""
        baseline = decode_baseline(row.baseline)
        if isinstance(action, NoteContact):
            notes = await action.notes_since(client, looking.since(baseline))
            return reconcile.our_notes(notes, action, set())[::-1]
        model = await client.at(Priority.BACKGROUND).conversations.get(action.conversation_id)
        await self._ingest.conversation(model)
        return reconcile.our_parts(model, action, baseline, set(), row.sent_at)
