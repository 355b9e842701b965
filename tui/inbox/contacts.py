"""Contacts: shown from the store, details fetched behind, found by name or e-mail."""

import asyncio
import time

from tui.api.errors import IntercomError, NotFoundError
from tui.api.pacing import Priority
from tui.inbox import mapping
from tui.inbox.changes import Changes
from tui.inbox.intake import Intake
from tui.inbox.link import Link
from tui.store import conversations, people
from tui.store.rows import Change, ContactRow, ConversationRow
from tui.store.store import Store

FRESH_FOR = 900
"""Seconds for which a contact's details are not asked for again."""


class Contacts:
    """What we know of people."""

    def __init__(self, store: Store, changes: Changes, intake: Intake, link: Link) -> None:
        self._store = store
        self._changes = changes
        self._intake = intake
        self._link = link
        self._fetching: dict[str, asyncio.Task[None]] = {}

    def cached(self, contact_id: str) -> ContactRow | None:
        """The stored contact, or None."""
        return people.contact(self._store.reader, contact_id)

    def conversations(self, contact_id: str) -> list[ConversationRow]:
        """A contact's conversations in the store, newest first."""
        return conversations.of_contact(self._store.reader, contact_id) if contact_id else []

    def open(self, contact_id: str, *, again: bool = False) -> None:
        """Somebody looks at this contact: fetch the details behind unless they are fresh."""
        if not contact_id or contact_id in self._fetching or self._link.client is None:
            return
        row = self.cached(contact_id)
        if row is not None and time.time() - row.fetched_at < FRESH_FOR and not again:
            return
        task = asyncio.get_running_loop().create_task(self._fetch_quietly(contact_id))
        self._fetching[contact_id] = task
        task.add_done_callback(lambda _: self._fetching.pop(contact_id, None))

    def loading(self, contact_id: str) -> bool:
        """True while the contact is being fetched."""
        return contact_id in self._fetching

    def find_cached(self, text: str, limit: int = 50) -> list[ContactRow]:
        """Contacts in the store whose name, e-mail or phone holds ``text``."""
        return people.find_contacts(self._store.reader, text, limit) if text.strip() else []

    async def find(self, text: str, limit: int = 50) -> list[ContactRow]:
        """Contacts at Intercom whose e-mail, name or phone holds ``text``. Raises :class:`IntercomError`."""
        wanted = text.strip()
        if not wanted:
            return []
        from tui.api.query import Field

        client = await self._link.open()
        query = (Field("email").contains(wanted)) | (Field("name").contains(wanted)) | (Field("phone").contains(wanted))
        page = await client.contacts.search(query, per_page=min(limit, 150))
        self._link.worked()
        return await self._intake.contacts(page.items)

    async def fetch(self, contact_id: str, *, priority: Priority | None = None) -> ContactRow:
        """Read a contact with companies, notes, segments and events into the store. Raises :class:`IntercomError`."""
        level = Priority.PERSON if priority is None else priority
        client = await self._link.open()
        try:
            model = await client.contacts.get(contact_id, priority=level)
        except NotFoundError:
            await self._store.write(lambda db: people.drop_contact(db, contact_id), background=True)
            raise
        companies = notes = segments = events = None
        try:
            async for company_page in client.contacts.company_pages(contact_id, priority=level):
                companies = company_page.items
                break
            async for note_page in client.contacts.note_pages(contact_id, priority=level):
                notes = note_page.items
                break
            segments = (await client.contacts.segments(contact_id, priority=level)).items
            async for event_page in client.events.list_pages(contact_id, per_page=15, priority=level):
                events = event_page.items
                break
        except NotFoundError:
            # a part of the details is not there for this contact: what was read is shown
            pass
        row = mapping.contact(
            model,
            companies=companies,
            notes=notes,
            segments=segments,
            events=events,
            fetched_at=int(time.time()),
            kept=self.cached(contact_id),
        )
        await self._intake.contact(row)
        return row

    async def stop(self) -> None:
        """Cancel what is under way."""
        tasks = list(self._fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetch_quietly(self, contact_id: str) -> None:
        try:
            await self.fetch(contact_id, priority=Priority.VIEW)
        except NotFoundError:
            pass
        except IntercomError as error:
            self._link.failed(error)
        self._fetching.pop(contact_id, None)
        self._changes.announce(Change(contacts=frozenset((contact_id,))))
