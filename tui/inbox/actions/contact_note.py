"""Notes on contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inbox.actions.base import WHO, ContactAction, Forms, WordsAction
from tui.model.labels import action_names

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Note
    from tui.inbox.actions.base import Answer


class NoteContact(WordsAction, ContactAction, frozen=True, kw_only=True, tag="note_contact"):
    """Leave a note on a contact."""

    async def send(self, client: Intercom) -> Answer:
        return await client.contacts.create_note(self.contact_id, self.html, admin_id=self.acting_as or None)

    async def found(self, client: Intercom, since: int | None, claimed: set[str]) -> str | None:
        from tui.inbox.outbox.reconcile import our_notes  # it knows the actions

        return next(iter(our_notes(await self.notes_since(client, since), self, claimed)), None)

    async def notes_since(self, client: Intercom, since: int | None) -> list[Note]:
        """The contact's notes that are no older than the Unix second ``since``, newest first.

        Raises :class:`tui.api.errors.IntercomError`.
        """
        notes: list[Note] = []
        async for page in client.contacts.note_pages(self.contact_id):
            new = [note for note in page.items if note.created_at >= (since or 0)]
            notes += new
            if since is None or len(new) < len(page.items):
                break
        return notes

    def label(self) -> str:
        return action_names.NOTE_ABOUT_CONTACT.format(who=self.who)

    def forms(self) -> Forms:
        return Forms(action_names.NOTE_ABOUT.format(who=WHO), action_names.NOTE_ABOUT_NOUN.format(who=WHO))
