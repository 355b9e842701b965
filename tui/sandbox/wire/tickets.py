"""Tickets, their types and states on the wire; unassigned is the string ``"0"`` here."""

from __future__ import annotations

from tui.sandbox.furniture import WORKSPACE_ID
from tui.sandbox.model import Json, Ticket, TicketPart, TicketState, TicketType
from tui.sandbox.wire.conversations import attachments, author
from tui.sandbox.workspace import Workspace


def state(one: TicketState) -> Json:
    """A state, in short."""
    return {
        "type": "ticket_state",
        "id": str(one.id),
        "category": one.category,
        "internal_label": one.internal_label,
        "external_label": one.external_label,
    }


def state_detailed(workspace: Workspace, one: TicketState) -> Json:
    """A state with the types that use it (all of them)."""
    types = [_type_in_short(kind) for kind in workspace.rooms.ticket_types.values()]
    return {**state(one), "archived": one.archived, "ticket_types": {"type": "list", "data": types}}


def _type_in_short(one: TicketType) -> Json:
    return {
        "type": "ticket_type",
        "id": str(one.id),
        "name": one.name,
        "description": one.description,
        "icon": one.icon,
        "archived": one.archived,
        "is_internal": one.is_internal,
        "category": one.category,
    }


def ticket_type(workspace: Workspace, one: TicketType, *, states: bool = True) -> Json:
    """A type with its fields and, by itself, its states."""
    made = _type_in_short(one)
    made["workspace_id"] = WORKSPACE_ID
    made["created_at"] = one.created_at
    made["updated_at"] = one.updated_at
    made["ticket_type_attributes"] = {"type": "list", "data": one.attributes}
    if states:
        made["ticket_states"] = {"type": "list", "data": [state(s) for s in workspace.rooms.ticket_states.values()]}
    return made


def ticket_part(workspace: Workspace, one: TicketPart) -> Json:
    """One entry of a ticket's history."""
    made: Json = {
        "type": "ticket_part",
        "id": str(one.id),
        "part_type": one.part_type,
        "created_at": one.created_at,
        "updated_at": one.created_at,
        "author": author(one.author),
        "attachments": attachments(workspace, one.id, one.attachments),
        "redacted": False,
    }
    if one.body is not None:
        made["body"] = one.body
    if one.ticket_state is not None:
        made["ticket_state"] = one.ticket_state
        made["previous_ticket_state"] = one.previous_ticket_state
    if one.assigned_to is not None:
        made["assigned_to"] = {"type": one.assigned_to[0], "id": one.assigned_to[1]}
    if one.updated_attribute is not None:
        name, value = one.updated_attribute
        made["updated_attribute_data"] = {
            "attribute": {"type": "attribute", "id": name, "label": name},
            "value": {"type": "value", "id": value, "label": value},
        }
    return made


def ticket(workspace: Workspace, one: Ticket) -> Json:
    """A ticket, whole."""
    kind = workspace.rooms.ticket_types[one.type_id]
    linked = [{"type": "conversation", "id": str(i), "category": None} for i in one.conversation_ids]
    made: Json = {
        "type": "ticket",
        "id": str(one.id),
        "ticket_id": str(one.ticket_id),
        "ticket_attributes": one.attributes,
        "ticket_state": state(workspace.rooms.ticket_states[one.state_id]),
        "ticket_type": ticket_type(workspace, kind, states=False),
        "contacts": {
            "type": "contact.list",
            "contacts": [{"type": "contact", "id": c.id, "external_id": c.external_id} for c in one.contacts],
        },
        "admin_assignee_id": str(one.admin_assignee_id or 0),
        "team_assignee_id": str(one.team_assignee_id or 0),
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "ticket_parts": {
            "type": "ticket_part.list",
            "ticket_parts": [ticket_part(workspace, part) for part in one.parts],
            "total_count": len(one.parts),
        },
        "open": one.open,
        "linked_objects": {"type": "list", "data": linked, "total_count": len(linked), "has_more": False},
        "category": kind.category,
        "is_shared": one.is_shared,
    }
    if one.snoozed_until is not None:
        made["snoozed_until"] = one.snoozed_until
    return made
