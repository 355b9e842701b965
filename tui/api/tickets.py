"""Tickets, their types and their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from tui.api.decoding import Page
from tui.api.models import Tag, Ticket, TicketReply, TicketState, TicketType
from tui.api.resource import Searchable, given, number
from tui.api.transport import segment

__all__ = ["Tickets"]


class Tickets(Searchable[Ticket]):
    """``/tickets``, ``/ticket_types`` and ``/ticket_states``."""

    _subject = "ticket"
    _search_path = "/tickets/search"
    _model = Ticket
    _key = "tickets"

    async def get(self, ticket_id: str) -> Ticket:
        """One ticket with its parts (GET /tickets/{id})."""
        return await self._one("GET", _path(ticket_id), Ticket)

    async def create(
        self,
        *,
        ticket_type_id: str,
        contact_ids: Sequence[str],
        attributes: Mapping[str, object] | None = None,
        company_id: str | None = None,
        conversation_to_link_id: str | None = None,
        admin_assignee_id: str | None = None,
        team_assignee_id: str | None = None,
        skip_notifications: bool | None = None,
    ) -> Ticket:
        """A new ticket for contacts (POST /tickets). Attributes go by their names in the ticket's type."""
        assignment = given(admin_assignee_id=admin_assignee_id, team_assignee_id=team_assignee_id)
        payload = given(
            ticket_type_id=ticket_type_id,
            contacts=[{"id": each} for each in contact_ids],
            ticket_attributes=dict(attributes) if attributes else None,
            company_id=company_id,
            conversation_to_link_id=conversation_to_link_id,
            assignment=assignment or None,
            skip_notifications=skip_notifications,
        )
        return await self._one("POST", "/tickets", Ticket, json=payload)

    async def update(
        self,
        ticket_id: str,
        *,
        attributes: Mapping[str, object] | None = None,
        ticket_state_id: str | None = None,
        company_id: str | None = None,
        open: bool | None = None,  # noqa: A002 - Intercom's own name for it
        is_shared: bool | None = None,
        snoozed_until: int | None = None,
        admin_id: str | None = None,
        assignee_id: str | None = None,
    ) -> Ticket:
        """Change what is given, leave the rest (PUT /tickets/{id}). Assigning wants ``admin_id``, who does it."""
        payload = given(
            ticket_attributes=dict(attributes) if attributes else None,
            ticket_state_id=ticket_state_id,
            company_id=company_id,
            open=open,
            is_shared=is_shared,
            snoozed_until=snoozed_until,
            admin_id=None if admin_id is None else number(admin_id),
            assignee_id=assignee_id,
        )
        return await self._one("PUT", _path(ticket_id), Ticket, json=payload)

    async def reply(
        self,
        ticket_id: str,
        *,
        admin_id: str,
        body: str,
        message_type: Literal["comment", "note"] = "comment",
        attachment_urls: Sequence[str] = (),
    ) -> TicketReply:
        """Answer the customer, or leave a note, in HTML (POST /tickets/{id}/reply)."""
        payload = given(
            message_type=message_type,
            type="admin",
            admin_id=admin_id,
            body=body,
            attachment_urls=list(attachment_urls) or None,
        )
        return await self._one("POST", f"{_path(ticket_id)}/reply", TicketReply, json=payload)

    async def tag(self, ticket_id: str, tag_id: str, *, admin_id: str) -> Tag:
        """Add a tag, in an admin's name (POST /tickets/{id}/tags)."""
        payload = {"id": tag_id, "admin_id": admin_id}
        return await self._one("POST", f"{_path(ticket_id)}/tags", Tag, json=payload)

    async def untag(self, ticket_id: str, tag_id: str, *, admin_id: str) -> Tag:
        """Remove a tag; the DELETE carries a body (DELETE /tickets/{id}/tags/{tag_id})."""
        path = f"{_path(ticket_id)}/tags/{segment(tag_id)}"
        return await self._one("DELETE", path, Tag, json={"admin_id": admin_id})

    async def types(self) -> Page[TicketType]:
        """Every ticket type of the workspace (GET /ticket_types)."""
        return await self._page("GET", "/ticket_types", TicketType, "data")

    async def type(self, ticket_type_id: str) -> TicketType:
        """One ticket type with its attributes and states (GET /ticket_types/{id})."""
        return await self._one("GET", f"/ticket_types/{segment(ticket_type_id)}", TicketType)

    async def states(self) -> Page[TicketState]:
        """Every ticket state of the workspace (GET /ticket_states)."""
        return await self._page("GET", "/ticket_states", TicketState, "data")


def _path(ticket_id: str) -> str:
    return f"/tickets/{segment(ticket_id)}"
