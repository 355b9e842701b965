"""Drafts: saved as they are typed, at most a twentieth of a second late."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence

from tui.inbox.changes import Changes
from tui.model.errors import StoreDamaged, StoreError
from tui.model.rows import Change, DraftRow
from tui.store import people
from tui.store.store import Store

DELAY = 0.05
"""Seconds of typing that one write gathers: what was typed 100 ms ago is to be on the disk."""

_TRY_AGAIN = 5.0
"""Seconds after which a draft that could not be written (a full disk) is tried again."""


CallLater = Callable[[float, Callable[[], None]], asyncio.TimerHandle]
"""What calls something after so many seconds."""


class Drafts:
    """One draft a conversation and kind (``reply``, ``note``). Reading sees what was not written yet, too."""

    def __init__(self, store: Store, changes: Changes, call_later: CallLater | None = None) -> None:
        """``call_later`` is the loop's own unless another is given."""
        self._call_later = call_later or (lambda *args: asyncio.get_running_loop().call_later(*args))
        self._store = store
        self._changes = changes
        self._unsaved: dict[tuple[str, str], str] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None

    def get(self, conversation_id: str, kind: str) -> str:
        """The draft's text, ``""`` where there is none."""
        unsaved = self._unsaved.get((conversation_id, kind))
        if unsaved is not None:
            return unsaved
        saved = people.drafts(self._store.reader, conversation_id)
        return next((row.text for row in saved if row.kind == kind), "")

    def kinds(self, conversation_id: str) -> list[str]:
        """Which kinds have a draft, the newest first."""
        kinds = [kind for (cid, kind), text in self._unsaved.items() if cid == conversation_id and text]
        for row in people.drafts(self._store.reader, conversation_id):
            if row.kind not in kinds and self._unsaved.get((conversation_id, row.kind)) != "":
                kinds.append(row.kind)
        return kinds

    def all(self) -> list[DraftRow]:
        """Every saved draft, newest first."""
        return people.drafts(self._store.reader)

    def save(self, conversation_id: str, kind: str, text: str) -> None:
        """Keep ``text``; on disk within :data:`DELAY` seconds. An empty text deletes the draft."""
        self._unsaved[conversation_id, kind] = text if text.strip() else ""
        if self._timer is None:
            self._timer = self._call_later(DELAY, self._start_writing)

    def forget(self, conversation_id: str, kind: str) -> None:
        """Drop what is not written yet: the words have just gone into the journal, which deletes the saved draft."""
        self._unsaved.pop((conversation_id, kind), None)

    def hurry(self) -> None:
        """The store can be written again: what it could not take is written now, and not at the next try."""
        if self._unsaved:
            if self._timer is not None:
                self._timer.cancel()
            self._start_writing()

    async def flush(self) -> None:
        """Write what is not written yet, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        unsaved = dict(self._unsaved)
        if not unsaved:
            return
        now = int(time.time())
        rows = [DraftRow(cid, kind, text, now) for (cid, kind), text in unsaved.items()]
        try:
            turned = await self._store.write(lambda db: _put(db, rows))
        except StoreDamaged:
            # the store is rebuilt, and takes them from the second file
            self._store.keep(rows)
            raise
        for key, text in unsaved.items():
            if self._unsaved.get(key) == text:
                del self._unsaved[key]
        if turned:
            self._changes.announce(Change(conversations=turned, drafts=True))

    def _start_writing(self) -> None:
        self._timer = None
        self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            await self.flush()
        except StoreError:
            # the store says so itself; what is typed is kept here and tried again
            if self._timer is None:
                self._timer = self._call_later(_TRY_AGAIN, self._start_writing)


def _put(db: sqlite3.Connection, rows: Sequence[DraftRow]) -> frozenset[str]:
    """Save drafts; the conversations that have one now and had none, or the other way round: only that is shown."""
    ids = dict.fromkeys(row.conversation_id for row in rows)
    before = {cid: bool(people.drafts(db, cid)) for cid in ids}
    people.put_drafts(db, rows)
    return frozenset(cid for cid in ids if before[cid] != bool(people.drafts(db, cid)))
