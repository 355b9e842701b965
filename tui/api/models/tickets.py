"""Tickets, their parts, types and states."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Count, Flag, Id, Json, Lenient, MaybeId, MaybeTime, Model, Reference, Text, Time
from tui.api.models.contacts import Contacts
from tui.api.models.conversations import LinkedObjects
from tui.api.models.parts import Attachment, Author

__all__ = [
    "Ticket",
    "TicketPart",
    "TicketParts",
    "TicketReply",
    "TicketState",
    "TicketStates",
    "TicketType",
    "TicketTypeAttribute",
    "TicketTypeAttributes",
]


class TicketState(Model):
    """``category`` is ``submitted``, ``in_progress``, ``waiting_on_customer`` or ``resolved``."""

    type: Text = "ticket_state"
    id: Id = ""
    category: Text = ""
    internal_label: Text = ""
    external_label: Text = ""
    archived: Flag = False


class TicketStates(Model):
    """The states that a ticket type allows."""

    data: Lenient[list[TicketState]] = field(default_factory=list)


class TicketTypeAttribute(Model):
    """A field of a ticket type; ``data_type`` is ``string``, ``list``, ``integer``, ``decimal``, …"""

    type: Text = "ticket_type_attribute"
    id: Id = ""
    name: Text = ""
    description: Text = ""
    data_type: Text = ""
    input_options: Lenient[dict[str, Json]] = field(default_factory=dict)
    required_to_create: Flag = False
    archived: Flag = False


class TicketTypeAttributes(Model):
    """The fields of a ticket type."""

    data: Lenient[list[TicketTypeAttribute]] = field(default_factory=list, name="ticket_type_attributes")


class TicketType(Model):
    """``category`` is ``Customer``, ``Back-office`` or ``Tracker``."""

    type: Text = "ticket_type"
    id: Id = ""
    category: Text = ""
    name: Text = ""
    description: Text = ""
    icon: Text = ""
    archived: Flag = False
    ticket_type_attributes: Lenient[TicketTypeAttributes] = field(default_factory=TicketTypeAttributes)
    ticket_states: Lenient[TicketStates] = field(default_factory=TicketStates)
    created_at: Time = 0
    updated_at: Time = 0


class TicketPart(Model):
    """One part of a ticket: like a conversation's, with the state before and after."""

    type: Text = "ticket_part"
    id: Id = ""
    part_type: Text = ""
    body: Text = ""
    previous_ticket_state: Text = ""
    ticket_state: Text = ""
    created_at: Time = 0
    updated_at: Time = 0
    assigned_to: Reference | None = None
    author: Lenient[Author] = field(default_factory=Author)
    attachments: Lenient[list[Attachment]] = field(default_factory=list)
    external_id: Text = ""
    redacted: Flag = False
    app_package_code: Text = ""


class TicketParts(Model):
    """The parts that came along, of ``total_count``."""

    parts: Lenient[list[TicketPart]] = field(default_factory=list, name="ticket_parts")
    total_count: Count = 0


class Ticket(Model):
    """A ticket: ``id`` is Intercom's, ``ticket_id`` the number people see."""

    type: Text = "ticket"
    id: Id = ""
    ticket_id: Id = ""
    category: Text = ""
    ticket_attributes: Lenient[dict[str, Json]] = field(default_factory=dict)
    ticket_state: Lenient[TicketState] = field(default_factory=TicketState)
    ticket_type: Lenient[TicketType] = field(default_factory=TicketType)
    contacts: Lenient[Contacts] = field(default_factory=Contacts)
    admin_assignee_id: MaybeId = None
    team_assignee_id: MaybeId = None
    created_at: Time = 0
    updated_at: Time = 0
    open: Flag = False
    snoozed_until: MaybeTime = None
    linked_objects: Lenient[LinkedObjects] = field(default_factory=LinkedObjects)
    ticket_parts: Lenient[TicketParts] = field(default_factory=TicketParts)
    is_shared: Flag = False


class TicketReply(Model):
    """The part that a reply to a ticket made (``components/schemas/ticket_reply``)."""

    type: Text = "ticket_part"
    id: Id = ""
    part_type: Text = ""
    body: Text = ""
    created_at: Time = 0
    updated_at: Time = 0
    author: Lenient[Author] = field(default_factory=Author)
    attachments: Lenient[list[Attachment]] = field(default_factory=list)
    redacted: Flag = False
