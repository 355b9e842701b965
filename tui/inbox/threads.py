"""Threads: shown at once from the store, refreshed behind."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Literal

import msgspec

from tui.api.errors import IntercomError, NotAllowed, NotFoundError
from tui.api.rate_limit import Priority
from tui.inbox.changes import Changes
from tui.inbox.incoming import Seen, all_of
from tui.inbox.sync.backoff import Backoffs, is_silent
from tui.inbox.sync.connection import Connection
from tui.model.decoders import decoder
from tui.model.errors import StoreError
from tui.model.rows import Change, ConversationRow, PartRow
from tui.store import conversations, parts, soundness
from tui.store import seen as seen_store
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.inbox.sync.ingest import Ingest

_FIRST_PAUSE = 5.0
"""Seconds for which a thread that could not be read is left alone at first, unless somebody asks for it again."""

Trouble = Literal["", "refused", "failed"]
"""Why a thread is not there: this token may not read it, or Intercom's answer was no use."""
_SAME_SECOND = 2.0
"""Seconds after which a thread that has just changed is read once more: Intercom's times are whole seconds, and a part
that comes in the second of the last one changes no time by which the thread could be told to be old."""

_LATELY = 120
"""Seconds for which a change that moved no time may have been such a part."""


class Threads:
    """Reads threads, and fetches those whose ``updated_at`` says that they are older than Intercom's."""

    def __init__(
        self, store: Store, changes: Changes, ingest: "Callable[[], Ingest]", connection: Connection,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._store = store
        self._changes = changes
        self._ingest = ingest
        self._connection = connection
        self._current = ""
        self._fetching: dict[str, asyncio.Task[None]] = {}
        self._ahead: asyncio.Task[None] | None = None
        self._small: set[asyncio.Task[None]] = set()
        self._pauses = Backoffs(_FIRST_PAUSE, monotonic)
        self._trouble: dict[str, Trouble] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._again: asyncio.TimerHandle | None = None
        changes.subscribe(self._hear)
        connection.on_back.append(lambda: self._fetch(self._current))

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

    def trouble(self, conversation_id: str) -> Trouble:
        """Why it could not be fetched; ``""`` where it was, or the network is to blame."""
        return self._trouble.get(conversation_id, "")

    def seen(self, conversation_id: str, seen: Seen) -> None:
        """Remember what was on this screen (or was printed); what has been seen before stays seen."""
        if seen.complete and seen.ids:
            self._spawn(self._remember_seen(conversation_id, seen))

    def seen_of(self, conversation_id: str) -> Seen | None:
        """What was remembered, None where this conversation was never looked at here."""
        return remembered(self._store.reader, conversation_id)

    async def stored(self) -> None:
        """Wait until all that was to be remembered is on the disk."""
        await asyncio.gather(*self._small, return_exceptions=True)

    def prefetch(self, ids: list[str]) -> None:
        """Fetch these ahead, one after the other, at background priority."""
        if self._ahead is not None and not self._ahead.done():
            self._ahead.cancel()
        self._ahead = asyncio.get_running_loop().create_task(self._fetch_ahead(ids))

    async def fetch(self, conversation_id: str, *, priority: Priority | None = None) -> None:
        """Read a conversation from Intercom into the store. Raises :class:`IntercomError`."""
        client = await self._connection.open()
        try:
            level = Priority.PERSON if priority is None else priority
            model = await client.at(level).conversations.get(conversation_id)
        except NotFoundError:
            await self._ingest().deleted([conversation_id])
            raise
        await self._ingest().conversation(model)

    async def stop(self) -> None:
        """Cancel what is under way."""
        for timer in (self._timer, self._again):
            if timer is not None:
                timer.cancel()
        tasks = [*self._fetching.values(), *([self._ahead] if self._ahead else []), *self._small]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._small.add(task)
        task.add_done_callback(self._small.discard)

    def _hear(self, change: Change) -> None:
        if not self._current or self._current not in change.conversations:
            return
        self._fetch(self._current)
        if not change.outbox and self._is_recent(self._current, _LATELY):
            self._look_again_soon()

    def _is_stale(self, conversation_id: str) -> bool:
        row = self.conversation(conversation_id)
        return row is None or row.thread_updated_at != row.updated_at

    def _is_recent(self, conversation_id: str, seconds: float) -> bool:
        row, client = self.conversation(conversation_id), self._connection.client
        return row is not None and client is not None and client.server_time() - row.updated_at < seconds

    def _look_again_soon(self) -> None:
        if self._again is None:
            self._again = asyncio.get_running_loop().call_later(_SAME_SECOND, self._look_again)

    def _look_again(self) -> None:
        self._again = None
        self._fetch(self._current, again=True)

    def _fetch(self, conversation_id: str, *, again: bool = False) -> None:
        if not conversation_id or conversation_id in self._fetching or self._connection.client is None:
            return
        if not again and (not self._is_stale(conversation_id) or self._pauses.waits(conversation_id)):
            return
        task = asyncio.get_running_loop().create_task(self._fetch_quietly(conversation_id))
        self._fetching[conversation_id] = task
        task.add_done_callback(lambda _: self._over(conversation_id))

    async def _fetch_quietly(self, conversation_id: str) -> None:
        self._trouble.pop(conversation_id, None)
        try:
            await self.fetch(conversation_id, priority=Priority.VIEW)
        except NotFoundError:
            pass
        except IntercomError as error:
            self._later(conversation_id, error)
            self._connection.failed(error)
        except StoreError:
            pass  # said by the store itself
        else:
            self._pauses.worked(conversation_id)
            self._connection.worked()

    def _over(self, conversation_id: str) -> None:
        self._fetching.pop(conversation_id, None)
        # whoever shows "loading" looks again, however it ended
        if conversation_id == self._current and self._is_recent(conversation_id, _SAME_SECOND):
            self._look_again_soon()
        self._changes.announce(Change(threads=frozenset((conversation_id,))))

    def _later(self, conversation_id: str, error: IntercomError) -> None:
        """Leave it alone for a while, then try again if it is still looked at."""
        wait = self._pauses.failed(conversation_id, error)
        if not is_silent(error):
            self._trouble[conversation_id] = "refused" if isinstance(error, NotAllowed) else "failed"
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(wait + 0.1, lambda: self._fetch(self._current))

    async def _fetch_ahead(self, ids: list[str]) -> None:
        for conversation_id in ids:
            if (
                conversation_id in self._fetching
                or self._connection.client is None
                or not self._is_stale(conversation_id)
            ):
                continue
            if self._pauses.waits(conversation_id):
                continue
            try:
                await self.fetch(conversation_id, priority=Priority.BACKGROUND)
            except IntercomError as error:
                self._pauses.failed(conversation_id, error)
                # a look ahead that fails costs nobody anything: opening the thread will say why
                return

    async def _remember_seen(self, conversation_id: str, seen: Seen) -> None:
        await self._store.write(lambda db: seen_store.put(db, conversation_id, encode(seen), seen.at), background=True)


def remembered(db: sqlite3.Connection, conversation_id: str) -> Seen | None:
    """What is stored of what was seen of a conversation, None where it was never looked at here."""
    stored = seen_store.get(db, conversation_id)
    return soundness.decoded(decode, stored) if stored else None


def stored_seen(db: sqlite3.Connection, conversation_id: str) -> Seen:
    """What somebody who does not sit in front of a screen can be taken to have seen, before they write.

    That is what was last seen here, on screen or printed; where nothing was, what the store knows now: the thread, or
    of one that was never fetched all up to the list's second.
    """
    seen = remembered(db, conversation_id)
    if seen is not None:
        return seen
    thread = [part for part in parts.of_conversation(db, conversation_id) if not part.outbox_id]
    if thread:
        return all_of(thread)
    row = conversations.get(db, conversation_id)
    return Seen(row.updated_at + 1 if row is not None else 0)


encode = msgspec.json.Encoder().encode
decode = decoder(Seen)
