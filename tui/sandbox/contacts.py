"""Contacts: the people, found by id, e-mail or external id, searchable a moment after they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.sandbox.errors import Refusal, not_found
from tui.sandbox.model import Contact, Json, Note

SEARCH_DELAY = 3.0
"""Seconds from creation until a contact can be found by searching."""


class Contacts:
    """All contacts, in the order they were made."""

    def __init__(self, made: list[Contact], seed: int, now: Callable[[], float]) -> None:
        self._by_id = {contact.id: contact for contact in made}
        self._seed = seed
        self._now = now
        self._count = len(made)
        self._next_note = 1000
        self.revision = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Contact]:
        return iter(self._by_id.values())

    def now(self) -> int:
        """The workspace's clock, whole seconds."""
        return int(self._now())

    def find(self, contact_id: str) -> Contact | None:
        """The contact, if there is one."""
        return self._by_id.get(contact_id)

    def get(self, contact_id: str) -> Contact:
        """The contact, or a 404."""
        found = self._by_id.get(str(contact_id))
        if found is None:
            raise not_found("User Not Found")
        return found

    def by(self, *, email: str | None = None, external_id: str | None = None) -> Contact | None:
        """The first contact with that e-mail or external id (linear: rarely asked)."""
        for contact in self._by_id.values():
            if external_id is not None and contact.external_id == external_id:
                return contact
            if email is not None and contact.email is not None and contact.email.lower() == email.lower():
                return contact
        return None

    def searchable(self) -> Iterator[Contact]:
        """Those that a search can see: not archived, and made more than a moment ago."""
        now = self._now()
        return (c for c in reversed(self._by_id.values()) if c.searchable_at <= now and not c.archived)

    def create(self, fields: Json) -> Contact:
        """A new lead or user; 409 when the e-mail or external id is taken by a user."""
        email, external_id = fields.get("email"), fields.get("external_id")
        role = fields.get("role") or ("user" if external_id or email else "lead")
        self._unique(email, external_id, None)
        now = self.now()
        contact_id = f"{now:08x}{self._seed & 0xFFFFFFFF:08x}{self._count:08x}"
        self._count += 1
        contact = Contact(contact_id, role, None, email, now, now, searchable_at=self._now() + SEARCH_DELAY)
        if role == "user":
            contact.signed_up_at = now
        self._by_id[contact_id] = contact
        self.update(contact, fields)
        return contact

    def _unique(self, email: str | None, external_id: str | None, me: Contact | None) -> None:
        if not email and not external_id:
            return
        taken = self.by(email=email or None, external_id=external_id or None)
        if taken is not None and taken is not me and taken.role == "user":
            state = "An archived contact" if taken.archived else "A contact"
            message = f"{state} matching those details already exists with id={taken.id}"
            raise Refusal(409, "conflict", message)

    def update(self, contact: Contact, fields: Json) -> None:
        """Change what is given; custom attributes are merged."""
        if contact.searchable_at == 0.0 or fields.get("email", contact.email) != contact.email:
            self._unique(fields.get("email"), fields.get("external_id"), contact)
        for name in ("role", "external_id", "email", "phone", "name", "owner_id"):
            if name in fields:
                setattr(contact, name, fields[name])
        for name in ("signed_up_at", "last_seen_at", "unsubscribed_from_emails"):
            if fields.get(name) is not None:
                setattr(contact, name, fields[name])
        if isinstance(fields.get("avatar"), str):
            contact.avatar_url = fields["avatar"]
        if fields.get("language_override"):
            contact.language = fields["language_override"]
        custom = fields.get("custom_attributes")
        if custom:
            contact.custom_attributes = {**(contact.custom_attributes or {}), **custom}
        self.touch(contact)

    def touch(self, contact: Contact) -> None:
        """Say that a contact has changed."""
        contact.updated_at = self.now()
        self.revision += 1

    def delete(self, contact: Contact) -> None:
        """Delete for good."""
        del self._by_id[contact.id]
        self.revision += 1

    def add_note(self, contact: Contact, admin_id: int, body: str) -> Note:
        """A new internal note, newest first in lists."""
        note = Note(self._next_note, contact.id, admin_id, body, self.now())
        self._next_note += 1
        contact.notes = [note, *(contact.notes or [])]
        self.touch(contact)
        return note
