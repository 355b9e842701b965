"""Conversations: reading, searching, and everything that is done to them."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.api.decoding import Page, decode_one, decode_value
from tui.api.errors import InvalidError
from tui.api.models import Conversation, Message, Tag, Ticket
from tui.api.resource import Searchable, given
from tui.api.transport import segment
from tui.model.labels import api_errors

__all__ = ["Conversations", "Upload"]

MAX_ATTACHMENTS = 10


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send along: its ``name``, ``content_type`` (``image/png``) and bytes."""

    name: str
    content_type: str
    data: bytes


class Conversations(Searchable[Conversation]):
    """``/conversations``. Whatever changes a conversation returns it as it is afterwards, parts included."""

    _subject = "conversation"
    _search_path = "/conversations/search"
    _model = Conversation
    _key = "conversations"

    def list_pages(self, *, per_page: int = 150) -> AsyncIterator[Page[Conversation]]:
        """Pages of all conversations, without parts (GET /conversations; at most 150 a page)."""
        return self._listed("/conversations", Conversation, "conversations", params={"per_page": per_page})

    async def get(self, conversation_id: str) -> Conversation:
        """One conversation with its newest 500 parts, bodies as HTML (GET /conversations/{id})."""
        return await self._one("GET", _path(conversation_id), Conversation)

    async def create(
        self,
        *,
        contact_id: str,
        body: str,
        contact_type: Literal["user", "lead", "contact"] = "user",
        subject: str | None = None,
        attachment_urls: Sequence[str] = (),
        created_at: int | None = None,
    ) -> Message:
        """A conversation that a contact starts (POST /conversations); its id is the message's ``conversation_id``."""
        payload = given(
            subject=subject, attachment_urls=list(attachment_urls) or None, created_at=created_at, body=body
        )
        payload["from"] = {"type": contact_type, "id": contact_id}
        return await self._one("POST", "/conversations", Message, json=payload)

    # -------------------------------------------------------------------------------------------------- reply, note

    async def reply(
        self,
        conversation_id: str,
        *,
        admin_id: str,
        body: str,
        attachment_urls: Sequence[str] = (),
        attachment_files: Sequence[Upload] = (),
    ) -> Conversation:
        """Answer the customer in HTML (POST /conversations/{id}/reply, ``comment``), with up to 10 files."""
        return await self._write(conversation_id, "comment", admin_id, body, attachment_urls, attachment_files)

    async def note(
        self,
        conversation_id: str,
        *,
        admin_id: str,
        body: str,
        attachment_urls: Sequence[str] = (),
        attachment_files: Sequence[Upload] = (),
    ) -> Conversation:
        """Leave a note that only teammates see, in HTML (POST /conversations/{id}/reply, ``note``)."""
        return await self._write(conversation_id, "note", admin_id, body, attachment_urls, attachment_files)

    async def _write(
        self,
        conversation_id: str,
        message_type: str,
        admin_id: str,
        body: str,
        attachment_urls: Sequence[str],
        attachment_files: Sequence[Upload],
    ) -> Conversation:
        if len(attachment_urls) > MAX_ATTACHMENTS or len(attachment_files) > MAX_ATTACHMENTS:
            raise InvalidError(api_errors.TOO_MANY_ATTACHMENTS.format(most=MAX_ATTACHMENTS), code="parameter_invalid")
        files = [
            {"name": each.name, "content_type": each.content_type, "data": base64.b64encode(each.data).decode("ascii")}
            for each in attachment_files
        ]
        payload = given(
            message_type=message_type,
            type="admin",
            admin_id=admin_id,
            body=body,
            attachment_urls=list(attachment_urls) or None,
            attachment_files=files or None,
        )
        return await self._one("POST", f"{_path(conversation_id)}/reply", Conversation, json=payload)

    # --------------------------------------------------------------------------------------------------------- state

    async def _manage(self, conversation_id: str, payload: dict[str, object]) -> Conversation:
        return await self._one("POST", f"{_path(conversation_id)}/parts", Conversation, json=payload)

    async def assign(
        self,
        conversation_id: str,
        *,
        admin_id: str,
        assignee_id: str,
        assignee_type: Literal["admin", "team"] = "admin",
        body: str | None = None,
    ) -> Conversation:
        """Give it to an admin or a team, perhaps with words (POST /conversations/{id}/parts, ``assignment``)."""
        payload = given(
            message_type="assignment", type=assignee_type, admin_id=admin_id, assignee_id=assignee_id, body=body
        )
        return await self._manage(conversation_id, payload)

    async def unassign(
        self,
        conversation_id: str,
        *,
        admin_id: str,
        assignee_type: Literal["admin", "team"] = "admin",
    ) -> Conversation:
        """Take it from its admin (or team): assigned to ``"0"``."""
        return await self.assign(conversation_id, admin_id=admin_id, assignee_id="0", assignee_type=assignee_type)

    async def close(
        self,
        conversation_id: str,
        *,
        admin_id: str,
        body: str | None = None,
    ) -> Conversation:
        """Close it, with a last reply to the customer when ``body`` is given: one request (``close``)."""
        payload = given(message_type="close", type="admin", admin_id=admin_id, body=body)
        return await self._manage(conversation_id, payload)

    async def open(self, conversation_id: str, *, admin_id: str) -> Conversation:
        """Open it again, from closed or snoozed (``open``)."""
        return await self._manage(conversation_id, given(message_type="open", admin_id=admin_id))

    async def snooze(self, conversation_id: str, *, admin_id: str, until: int) -> Conversation:
        """Snooze it ``until`` a Unix second (``snoozed``)."""
        payload = given(message_type="snoozed", admin_id=admin_id, snoozed_until=int(until))
        return await self._manage(conversation_id, payload)

    async def update(
        self,
        conversation_id: str,
        *,
        read: bool | None = None,
        title: str | None = None,
        custom_attributes: Mapping[str, object] | None = None,
    ) -> Conversation:
        """Change what is given, leave the rest (PUT /conversations/{id})."""
        attributes = None if custom_attributes is None else dict(custom_attributes)
        payload = given(read=read, title=title, custom_attributes=attributes)
        return await self._one("PUT", _path(conversation_id), Conversation, json=payload)

    # -------------------------------------------------------------------------------------------------- tags, people

    async def tag(self, conversation_id: str, tag_id: str, *, admin_id: str) -> Tag:
        """Add a tag, in an admin's name (POST /conversations/{id}/tags)."""
        payload = {"id": tag_id, "admin_id": admin_id}
        return await self._one("POST", f"{_path(conversation_id)}/tags", Tag, json=payload)

    async def untag(self, conversation_id: str, tag_id: str, *, admin_id: str) -> Tag:
        """Remove a tag; the DELETE carries a body (DELETE /conversations/{id}/tags/{tag_id})."""
        path = f"{_path(conversation_id)}/tags/{segment(tag_id)}"
        return await self._one("DELETE", path, Tag, json={"admin_id": admin_id})

    async def attach_contact(self, conversation_id: str, contact_id: str, *, admin_id: str) -> Conversation | None:
        """Add another contact (POST /conversations/{id}/customers).

        None when the answer shows no more than who takes part: the description promises a conversation, its example
        shows the ``customers`` alone.
        """
        payload = {"admin_id": admin_id, "customer": {"intercom_user_id": contact_id}}
        path = f"{_path(conversation_id)}/customers"
        return await self._call("POST", path, _perhaps, json=payload)

    async def detach_contact(self, conversation_id: str, contact_id: str, *, admin_id: str) -> Conversation | None:
        """Remove a contact; one must remain (DELETE /conversations/{id}/customers/{contact_id}). None as above."""
        path = f"{_path(conversation_id)}/customers/{segment(contact_id)}"
        return await self._call("DELETE", path, _perhaps, json={"admin_id": admin_id})

    # ------------------------------------------------------------------------------------------------ redact, convert

    async def redact_part(self, conversation_id: str, part_id: str) -> Conversation:
        """Blank out a part for good (POST /conversations/redact)."""
        payload = {"type": "conversation_part", "conversation_id": conversation_id, "conversation_part_id": part_id}
        return await self._one("POST", "/conversations/redact", Conversation, json=payload)

    async def redact_source(self, conversation_id: str, source_id: str) -> Conversation:
        """Blank out the first message for good (POST /conversations/redact)."""
        payload = {"type": "source", "conversation_id": conversation_id, "source_id": source_id}
        return await self._one("POST", "/conversations/redact", Conversation, json=payload)

    async def convert_to_ticket(
        self,
        conversation_id: str,
        ticket_type_id: str,
        *,
        attributes: Mapping[str, object] | None = None,
    ) -> Ticket:
        """Make a ticket of it (POST /conversations/{id}/convert)."""
        payload = given(ticket_type_id=ticket_type_id, attributes=dict(attributes) if attributes else None)
        return await self._one("POST", f"{_path(conversation_id)}/convert", Ticket, json=payload)


def _perhaps(body: bytes) -> Conversation | None:
    value = decode_value(body)
    if isinstance(value, dict) and "id" not in value and "customers" in value:
        return None
    return decode_one(body, Conversation)


def _path(conversation_id: str) -> str:
    return f"/conversations/{segment(conversation_id)}"
