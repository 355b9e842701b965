"""Contacts: users and leads, their notes, tags, companies and segments."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TypedDict, Unpack

from tui.api.decoding import Page
from tui.api.models import Company, Contact, Note, Segment, Tag
from tui.api.resource import Searchable, given, number
from tui.api.transport import segment

__all__ = ["ContactFields", "Contacts"]


class ContactFields(TypedDict, total=False):
    """What can be written on a contact; leave out what shall stay. Times in Unix seconds."""

    role: str
    external_id: str
    email: str
    phone: str | None
    name: str | None
    avatar: str | None
    signed_up_at: int | None
    last_seen_at: int | None
    owner_id: str | None
    unsubscribed_from_emails: bool | None
    custom_attributes: Mapping[str, object]


class Contacts(Searchable[Contact]):
    """``/contacts``. Searching lags some seconds behind writing: trust what the writes return."""

    _subject = "contact"
    _search_path = "/contacts/search"
    _model = Contact
    _key = "data"

    async def get(self, contact_id: str) -> Contact:
        """One contact (GET /contacts/{id})."""
        return await self._one("GET", _path(contact_id), Contact)

    async def find_by_external_id(self, external_id: str) -> Contact:
        """The contact that the customer's own systems call so (GET /contacts/find_by_external_id/{external_id})."""
        return await self._one("GET", f"/contacts/find_by_external_id/{segment(external_id)}", Contact)

    def list_pages(self, *, per_page: int = 150) -> AsyncIterator[Page[Contact]]:
        """Pages of all contacts (GET /contacts)."""
        return self._listed("/contacts", Contact, "data", params={"per_page": per_page})

    async def create(self, **fields: Unpack[ContactFields]) -> Contact:
        """A new contact; wants an e-mail address, an external id or a role (POST /contacts)."""
        return await self._one("POST", "/contacts", Contact, json=_fields(fields))

    async def update(self, contact_id: str, **fields: Unpack[ContactFields]) -> Contact:
        """Change what is given, leave the rest (PUT /contacts/{id})."""
        return await self._one("PUT", _path(contact_id), Contact, json=_fields(fields))

    async def delete(self, contact_id: str) -> None:
        """Delete it for good (DELETE /contacts/{id})."""
        await self._done("DELETE", _path(contact_id))

    async def archive(self, contact_id: str) -> None:
        """Archive it (POST /contacts/{id}/archive)."""
        await self._done("POST", f"{_path(contact_id)}/archive")

    async def unarchive(self, contact_id: str) -> None:
        """Unarchive it (POST /contacts/{id}/unarchive)."""
        await self._done("POST", f"{_path(contact_id)}/unarchive")

    # --------------------------------------------------------------------------------------------------------- notes

    def note_pages(self, contact_id: str) -> AsyncIterator[Page[Note]]:
        """Pages of its notes, newest first (GET /contacts/{id}/notes)."""
        return self._listed(f"{_path(contact_id)}/notes", Note, "data")

    async def create_note(self, contact_id: str, body: str, *, admin_id: str | None = None) -> Note:
        """Leave a note on it, in HTML (POST /contacts/{id}/notes)."""
        payload = given(body=body, admin_id=admin_id)
        return await self._one("POST", f"{_path(contact_id)}/notes", Note, json=payload)

    # ---------------------------------------------------------------------------------------------------------- tags

    async def tags(self, contact_id: str) -> Page[Tag]:
        """All its tags by name (GET /contacts/{id}/tags); the contact itself shows ten ids."""
        return await self._page("GET", f"{_path(contact_id)}/tags", Tag, "data")

    async def tag(self, contact_id: str, tag_id: str) -> Tag:
        """Add a tag (POST /contacts/{id}/tags)."""
        return await self._one("POST", f"{_path(contact_id)}/tags", Tag, json={"id": tag_id})

    async def untag(self, contact_id: str, tag_id: str) -> Tag:
        """Remove a tag (DELETE /contacts/{id}/tags/{tag_id})."""
        return await self._one("DELETE", f"{_path(contact_id)}/tags/{segment(tag_id)}", Tag)

    # ---------------------------------------------------------------------------------------- companies and segments

    def company_pages(self, contact_id: str) -> AsyncIterator[Page[Company]]:
        """Pages of its companies (GET /contacts/{id}/companies)."""
        # The description calls the list "companies", the servers "data": decoding takes either.
        return self._listed(f"{_path(contact_id)}/companies", Company, "companies|data")

    async def attach_company(self, contact_id: str, company_id: str) -> Company:
        """Add it to a company; ``company_id`` is Intercom's id (POST /contacts/{id}/companies)."""
        return await self._one("POST", f"{_path(contact_id)}/companies", Company, json={"id": company_id})

    async def detach_company(self, contact_id: str, company_id: str) -> Company:
        """Remove it from a company (DELETE /contacts/{id}/companies/{company_id})."""
        path = f"{_path(contact_id)}/companies/{segment(company_id)}"
        return await self._one("DELETE", path, Company)

    async def segments(self, contact_id: str) -> Page[Segment]:
        """The segments it falls into (GET /contacts/{id}/segments)."""
        return await self._page("GET", f"{_path(contact_id)}/segments", Segment, "data")


def _path(contact_id: str) -> str:
    return f"/contacts/{segment(contact_id)}"


def _fields(fields: ContactFields) -> dict[str, object]:
    payload: dict[str, object] = dict(fields)
    owner = fields.get("owner_id")
    if owner is not None:
        payload["owner_id"] = number(owner)
    return payload
