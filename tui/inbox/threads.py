"""Threads: shown at once from the store, refreshed behind."""

import asyncio
from collections.abc import Coroutine

from tui.api.errors import IntercomError, NotFoundError
from tui.api.pacing import Priority
from tui.inbox.changes import Changes
from tui.inbox.intake import Intake
from tui.inbox.link import Link
from tui.store import conversations, parts
from tui.store.rows import Change, ConversationRow, PartRow
from tui.store.store import Store


class Threads:
    """Reads threads, and fetches those whose ``updated_at`` says that they are older than Intercom's."""

    def __init__(self, store: Store, changes: Changes, intake: Intake, link: Link) -> None:
        self._store = store
        self._changes = changes
        self._intake = intake
        self._link = link
        self._current = ""
        self._fetching: dict[str, asyncio.Task[None]] = {}
        self._ahead: asyncio.Task[None] | None = None
        self._small: set[asyncio.Task[None]] = set()
        changes.subscribe(self._hear)
        link.on_back.append(lambda: self._fetch(self._current))

    def cached(self, conversation_id: str) -> list[PartRow]:
        """The stored thread: source first, then parts oldest first, our unconfirmed ones last."""
        return parts.of_conversation(self._store.reader, conversation_id)

    def conversation(self, conversation_id: str) -> ConversationRow | None:
        """The conversation as it is shown, or None."""
        return conversations.get(self._store.reader, conversation_id)

    def open(self, conversation_id: str, *, again: bool = False) -> None:
        """Somebody looks at it: fetch it behind if it is older than Intercom's (``again``: in any case)."""
        self._current = conversation_id
        self._fetch(conversation_id, again=again)

    def leave(self) -> None:
        """Nobody looks at a thread now."""
        self._current = ""

    def loading(self, conversation_id: str) -> bool:
        """True while it is being fetched."""
        return conversation_id in self._fetching

    def seen(self, conversation_id: str, created_at: int) -> None:
        """Remember the newest part that was on this screen (``created_at``, Unix seconds)."""
        row = self.conversation(conversation_id)
        if row is None or row.seen_at >= created_at:
            return
        self._spawn(self._remember_seen(conversation_id, created_at))

    def prefetch(self, ids: list[str]) -> None:
        """Fetch these ahead, one after the other, at background priority."""
        if self._ahead is not None and not self._ahead.done():
            self._ahead.cancel()
        self._ahead = asyncio.get_running_loop().create_task(self._fetch_ahead(ids))

    async def fetch(self, conversation_id: str, *, priority: Priority | None = None) -> None:
        """Read a conversation from Intercom into the store. Raises :class:`IntercomError`."""
        client = await self._link.open()
        try:
            model = await client.conversations.get(
                conversation_id, priority=Priority.PERSON if priority is None else priority
            )
        except NotFoundError:
            await self._intake.deleted([conversation_id])
            raise
        await self._intake.conversation(model)

    async def stop(self) -> None:
        """Cancel what is under way."""
        tasks = [*self._fetching.values(), *([self._ahead] if self._ahead else []), *self._small]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._small.add(task)
        task.add_done_callback(self._small.discard)

    def _hear(self, change: Change) -> None:
        if self._current and self._current in change.conversations:
            self._fetch(self._current)

    def _is_stale(self, conversation_id: str) -> bool:
        row = self.conversation(conversation_id)
        return row is None or row.thread_updated_at != row.updated_at

    def _fetch(self, conversation_id: str, *, again: bool = False) -> None:
        if not conversation_id or conversation_id in self._fetching or self._link.client is None:
            return
        if not again and not self._is_stale(conversation_id):
            return
        task = asyncio.get_running_loop().create_task(self._fetch_quietly(conversation_id))
        self._fetching[conversation_id] = task
        task.add_done_callback(lambda _: self._fetching.pop(conversation_id, None))

    async def _fetch_quietly(self, conversation_id: str) -> None:
        try:
            await self.fetch(conversation_id, priority=Priority.VIEW)
        except NotFoundError:
            pass
        except IntercomError as error:
            self._link.failed(error)
        else:
            self._link.worked()
        # whoever shows "loading" looks again
        self._fetching.pop(conversation_id, None)
        self._changes.announce(Change(threads=frozenset((conversation_id,))))

    async def _fetch_ahead(self, ids: list[str]) -> None:
        for conversation_id in ids:
            if conversation_id in self._fetching or self._link.client is None or not self._is_stale(conversation_id):
                continue
            try:
                await self.fetch(conversation_id, priority=Priority.BACKGROUND)
            except IntercomError:
                # a look ahead that fails costs nobody anything: opening the thread will say why
                return

    async def _remember_seen(self, conversation_id: str, created_at: int) -> None:
        await self._store.write(lambda db: conversations.set_seen(db, conversation_id, created_at), background=True)
