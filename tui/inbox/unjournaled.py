"""Changes that a person waits for: contacts made, changed and deleted, tags made. None of them is journaled.

Intercom answers each before anything is known here; the store's copy comes after that, and may fail by itself.
"""

from collections.abc import Awaitable
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import msgspec

from tui.api.errors import IntercomError, NotAllowed
from tui.inbox import resolve
from tui.inbox.sync import mapping
from tui.model.errors import StoreError, UserError
from tui.model.exits import Exit
from tui.model.labels import outcomes
from tui.model.rows import ContactRow, TagRow
from tui.store import people

if TYPE_CHECKING:
    from tui.api.contacts import ContactFields
    from tui.api.models import Contact
    from tui.inbox.inbox import Inbox

T = TypeVar("T")


class EffectUnknown(UserError):
    """No answer tells whether a change took effect."""

    exit_code = Exit.UNKNOWN


class Applied(NamedTuple, Generic[T]):
    """What Intercom has done, and why this machine's copy of it could not be written (``""`` where it was)."""

    value: T
    trouble: str = ""


class ContactEdit(msgspec.Struct, frozen=True):
    """What is to be written on a contact; None leaves it as it is. ``attributes`` are custom attributes by name."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    role: str | None = None
    external_id: str | None = None
    attributes: dict[str, object] = {}

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return not self.fields()

    @property
    def identifies(self) -> bool:
        """Whether a new contact can be made of it: it wants an address, an external id or a role."""
        return bool({"email", "external_id", "role"} & self.fields().keys())

    def fields(self) -> "ContactFields":
        """In Intercom's words, without what stays as it is."""
        fields: ContactFields = {}
        if self.name is not None:
            fields["name"] = self.name
        if self.email is not None:
            fields["email"] = self.email
        if self.phone is not None:
            fields["phone"] = self.phone
        if self.role is not None:
            fields["role"] = self.role
        if self.external_id is not None:
            fields["external_id"] = self.external_id
        if self.attributes:
            fields["custom_attributes"] = self.attributes
        return fields


async def create_contact(inbox: "Inbox", edit: ContactEdit) -> Applied[ContactRow]:
    """Make a contact. Raises :class:`EffectUnknown` and :class:`tui.api.errors.IntercomError`."""
    client = await inbox.connection.open()
    return await _copied(inbox, await _told(client.contacts.create(**edit.fields())))


async def update_contact(inbox: "Inbox", wanted: str, edit: ContactEdit) -> Applied[ContactRow]:
    """Change the contact with this id or e-mail address; raises as :func:`create_contact` and
    :func:`tui.inbox.resolve.contact` do."""
    try:
        contact_id = (await resolve.contact(inbox, wanted)).id
    except NotAllowed:
        # to write and not to read is a scope, too
        if "@" in wanted:
            raise
        contact_id = resolve.clean_id("contact", wanted)
    client = await inbox.connection.open()
    return await _copied(inbox, await _told(client.contacts.update(contact_id, **edit.fields())))


async def delete_contact(inbox: "Inbox", contact_id: str) -> Applied[None]:
    """Delete a contact for good; raises as :func:`create_contact` does."""
    client = await inbox.connection.open()
    await _told(client.contacts.delete(contact_id))
    try:
        await inbox.store.write(lambda db: people.drop_contact(db, contact_id))
    except StoreError as error:
        return Applied(None, str(error))
    return Applied(None)


async def create_tag(inbox: "Inbox", name: str) -> Applied[TagRow | None]:
    """Make a tag, or find the one of that name; None where the copy failed. Raises as :func:`create_contact` does."""
    try:
        return Applied(await _told(inbox.create_tag(name)))
    except StoreError as error:
        return Applied(None, str(error))


async def _told(request: Awaitable[T]) -> T:
    """The answer of one changing request. Raises :class:`EffectUnknown` where an error leaves open what became of it,
    and :class:`tui.api.errors.IntercomError` where it took no effect."""
    try:
        return await request
    except IntercomError as error:
        if error.effect == "none":
            raise
        sentence = outcomes.EFFECT_NOT_KNOWN.format(reason=error.message)
        raise EffectUnknown(sentence) from None


async def _copied(inbox: "Inbox", contact: "Contact") -> Applied[ContactRow]:
    """The contact as Intercom has it now, in the store where that can be written."""
    try:
        rows = await inbox.ingest.contacts([contact])
    except StoreError as error:
        return Applied(mapping.contact(contact), str(error))
    return Applied(rows[0] if rows else mapping.contact(contact))
