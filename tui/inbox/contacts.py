"""Contacts: shown from the store, details fetched behind, found by name or e-mail."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from tui.api.errors import IntercomError, NotAllowed, NotFoundError, RateLimitedError
from tui.api.permissions import NOT_ALLOWED
from tui.api.rate_limit import Priority
from tui.inbox.changes import Changes
from tui.inbox.sync.backoff import Backoffs, is_silent
from tui.inbox.sync.connection import Connection
from tui.model.errors import StoreError
from tui.model.labels import outcomes
from tui.model.rows import Change, ContactRow, ConversationRow
from tui.store import conversations, people
from tui.store.store import Store

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.decoding import Page
    from tui.inbox.sync.ingest import Ingest

T = TypeVar("T")

FRESH_FOR = 900
"""Seconds for which a contact's details are not asked for again."""

COULD_NOT_BE_READ = outcomes.COULD_NOT_BE_READ
_FIRST_PAUSE = 5.0


class Contacts:
    """What we know of people."""

    def __init__(
        self, store: Store, changes: Changes, ingest: "Callable[[], Ingest]", connection: Connection,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self._store = store
        self._changes = changes
        self._ingest = ingest
        self._connection = connection
        self._fetching: dict[str, asyncio.Task[None]] = {}
        self._pauses = Backoffs(_FIRST_PAUSE, monotonic)
        self._trouble: dict[str, str] = {}
        self._current = ""
        connection.on_back.append(lambda: self.open(self._current))

    def cached(self, contact_id: str) -> ContactRow | None:
        """The stored contact, or None."""
        return people.contact(self._store.reader, contact_id)

    def conversations(self, contact_id: str) -> list[ConversationRow]:
        """A contact's conversations in the store, newest first."""
        return conversations.of_contact(self._store.reader, contact_id) if contact_id else []

    def open(self, contact_id: str, *, again: bool = False) -> None:
        """Somebody looks at this contact: fetch the details behind unless they are fresh, or failed a moment ago."""
        self._current = contact_id
        if not contact_id or contact_id in self._fetching or self._connection.client is None:
            return
        row = self.cached(contact_id)
        if not again and ((row and time.time() - row.fetched_at < FRESH_FOR) or self._pauses.waits(contact_id)):
            return
        task = asyncio.get_running_loop().create_task(self._fetch_quietly(contact_id))
        self._fetching[contact_id] = task
        task.add_done_callback(lambda _: self._over(contact_id))

    def _over(self, contact_id: str) -> None:
        self._fetching.pop(contact_id, None)
        # whoever shows "loading" looks again, however it ended
        self._changes.announce(Change(contacts=frozenset((contact_id,))))

    def loading(self, contact_id: str) -> bool:
        """True while the contact is being fetched."""
        return contact_id in self._fetching

    def trouble(self, contact_id: str) -> str:
        """Why the contact could not be fetched, in a sentence; ``""`` where it could, or was not tried."""
        return self._trouble.get(contact_id, "")

    def find_cached(self, text: str, limit: int = 50) -> list[ContactRow]:
        """Contacts in the store whose name, e-mail or phone holds ``text``."""
        return people.find_contacts(self._store.reader, text, limit) if text.strip() else []

    async def find(self, text: str, limit: int = 50) -> list[ContactRow]:
        """Contacts at Intercom whose e-mail, name or phone holds ``text``. Raises :class:`IntercomError`."""
        wanted = text.strip()
        if not wanted:
            return []
        from tui.api.query import Field

        client = await self._connection.open()
        query = (Field("email").contains(wanted)) | (Field("name").contains(wanted)) | (Field("phone").contains(wanted))
        page = await client.contacts.search(query, per_page=min(limit, 150))
        self._connection.worked()
        return await self._ingest().contacts(page.items)

    async def fetch(self, contact_id: str, *, priority: Priority | None = None) -> ContactRow:
        """Read a contact with companies, notes, segments and events into the store.

        A part that cannot be read is missing in the row and named in its ``unread``; raises :class:`IntercomError`
        only for the contact itself.
        """
        from tui.inbox.sync import mapping  # loads with the workers

        client = (await self._connection.open()).at(Priority.PERSON if priority is None else priority)
        try:
            model = await client.contacts.get(contact_id)
        except NotFoundError:
            await self._store.write(lambda db: people.drop_contact(db, contact_id), background=True)
            raise
        details = _Details()
        contacts, events = client.contacts, client.events
        row = mapping.contact(
            model,
            companies=await details.part("companies", lambda: _first(contacts.company_pages(contact_id))),
            notes=await details.part("notes", lambda: _first(contacts.note_pages(contact_id))),
            segments=await details.part("segments", lambda: _items(contacts.segments(contact_id))),
            events=await details.part("events", lambda: _first(events.list_pages(contact_id, per_page=15))),
            # what was cut short by the network is asked for again the next time somebody looks
            fetched_at=0 if details.lost else int(time.time()),
            unread=tuple(details.unread),
            kept=self.cached(contact_id),
        )
        await self._ingest().contact(row)
        if details.lost is not None:
            self._connection.failed(details.lost)
            self._pauses.failed(contact_id, details.lost)
        else:
            self._pauses.worked(contact_id)
        return row

    async def fetch_conversations(self, contact_id: str) -> str:
        """Read a contact's newest conversations into the store; why that could not be done, ``""`` where it was."""
        from tui.api.query import Field

        client = await self._connection.open()
        try:
            page = await client.conversations.search(Field("contact_ids") == contact_id, per_page=20)
        except NotAllowed:
            return NOT_ALLOWED
        except IntercomError:
            return COULD_NOT_BE_READ
        await self._ingest().page(page.items)
        return ""

    async def stop(self) -> None:
        """Cancel what is under way."""
        tasks = list(self._fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetch_quietly(self, contact_id: str) -> None:
        self._trouble.pop(contact_id, None)
        try:
            await self.fetch(contact_id, priority=Priority.VIEW)
        except IntercomError as error:
            self._pauses.failed(contact_id, error)
            if not isinstance(error, NotFoundError):
                self._trouble[contact_id] = error.message
                if not isinstance(error, NotAllowed):
                    self._connection.failed(error)
        except StoreError:
            pass  # said by the store itself
        self._fetching.pop(contact_id, None)
        self._changes.announce(Change(contacts=frozenset((contact_id,))))


class _Details:
    """Reads the parts of a contact one by one; none that fails takes the others with it."""

    def __init__(self) -> None:
        self.unread: list[tuple[str, str]] = []
        self.lost: IntercomError | None = None
        """The error after which nothing more was asked for: the network is gone, or the rate limit is reached."""

    async def part(self, name: str, read: Callable[[], Awaitable[list[T]]]) -> list[T] | None:
        """What ``read`` gives; where it cannot be read, the reason goes to ``unread``: nothing then of what this token
        may not read, None for what may stay as it was."""
        if self.lost is not None:
            self.unread.append((name, COULD_NOT_BE_READ))
            return None
        try:
            return await read()
        except NotFoundError:
            return None
        except NotAllowed:
            self.unread.append((name, NOT_ALLOWED))
            return []
        except IntercomError as error:
            self.unread.append((name, COULD_NOT_BE_READ))
            if is_silent(error) or isinstance(error, RateLimitedError):
                self.lost = error
        return None


async def _first(pages: "AsyncIterator[Page[T]]") -> list[T]:
    async for page in pages:
        return page.items
    return []


async def _items(page: "Awaitable[Page[T]]") -> list[T]:
    return (await page).items
