"""Drafts: saved as they are typed, at most half a second late."""

import asyncio
import time
from collections.abc import Callable

from tui.inbox.changes import Changes
from tui.store import people
from tui.store.errors import StoreError
from tui.store.rows import Change, DraftRow
from tui.store.store import Store

DELAY = 0.5
"""Seconds of typing that one write gathers."""

_TRY_AGAIN = 5.0
"""Seconds after which a draft that could not be written (a full disk) is tried again."""


class Drafts:
    """One draft a conversation and kind (``reply``, ``note``). Reading sees what was not written yet, too."""

    def __init__(self, store: Store, changes: Changes) -> None:
        self._store = store
        self._changes = changes
        self._unsaved: dict[tuple[str, str], str] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._writing: asyncio.Task[None] | None = None
        self.on_trouble: Callable[[str], None] = lambda _: None
        """Told in one sentence when drafts cannot be written; they are kept here and tried again."""

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
            self._timer = asyncio.get_running_loop().call_later(DELAY, self._start_writing)

    def forget(self, conversation_id: str, kind: str) -> None:
        """Drop what is not written yet: the words have just gone into the journal, which deletes the saved draft."""
        self._unsaved.pop((conversation_id, kind), None)

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
        await self._store.write(lambda db: people.put_drafts(db, rows))
        for key, text in unsaved.items():
            if self._unsaved.get(key) == text:
                del self._unsaved[key]
        touched = frozenset(cid for cid, _ in unsaved)
        self._changes.announce(Change(conversations=touched, drafts=True))

    def _start_writing(self) -> None:
        self._timer = None
        self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            await self.flush()
        except StoreError as error:
            self.on_trouble(str(error))
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(_TRY_AGAIN, self._start_writing)
