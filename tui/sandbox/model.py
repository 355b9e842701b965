"""What a workspace is made of: plain records with slots, so that 100,000 conversations fit in memory.

Ids are integers here and become strings or integers on the wire, as Intercom's differ from place to place; contacts,
companies and segments have 24 hexadecimal digits. Times are whole seconds of Unix time (UTC).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
"""A JSON document on its way in or out; the only place of the house where a document has no type of its own."""

State = Literal["open", "closed", "snoozed"]
AuthorType = Literal["admin", "user", "lead", "bot", "team"]


@dataclass(slots=True)
class Admin:
    """A teammate. ``id`` is a string in ``/admins`` and an integer in ``admin_assignee_id``."""

    id: int
    name: str
    email: str
    job_title: str = ""
    team_ids: list[int] = field(default_factory=list)
    away_mode_enabled: bool = False
    away_mode_reassign: bool = False
    away_status_reason_id: int | None = None
    has_inbox_seat: bool = True


@dataclass(slots=True)
class Team:
    """A team inbox and the admins who serve it."""

    id: int
    name: str
    admin_ids: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Tag:
    """A label for contacts, companies, conversations and tickets."""

    id: int
    name: str


@dataclass(slots=True, frozen=True)
class TagMark:
    """One tag on one thing: which, when, by which admin."""

    tag_id: int
    applied_at: int
    admin_id: int


@dataclass(slots=True, frozen=True)
class Attachment:
    """A file on a message; ``size`` in bytes. An expiring one gets a link that stops working after ten minutes."""

    name: str
    content_type: str
    size: int
    expires: bool = False
    width: int | None = None
    height: int | None = None


@dataclass(slots=True, frozen=True)
class Author:
    """Who wrote a part: an admin, a contact (``user`` or ``lead``), a team or Fin (``bot``)."""

    type: AuthorType
    id: str
    name: str | None
    email: str
    from_ai_agent: bool = False
    is_ai_answer: bool = False


@dataclass(slots=True)
class Part:
    """One entry of a thread: a comment, a note or an event (assignment, close, snoozed, ...)."""

    id: int
    part_type: str
    body: str | None
    created_at: int
    updated_at: int
    author: Author
    state: State
    assigned_to: tuple[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()
    redacted: bool = False
    external_id: str | None = None
    event_details: Json | None = None
    email_subject: str | None = None
    quick_replies: tuple[tuple[str, str], ...] = ()
    app_package_code: str | None = None
    tag_ids: tuple[int, ...] = ()


@dataclass(slots=True)
class Source:
    """The first message of a conversation, which is not one of its parts."""

    id: int
    type: str
    delivered_as: str
    subject: str
    body: str
    author: Author
    attachments: tuple[Attachment, ...] = ()
    url: str | None = None
    redacted: bool = False


@dataclass(slots=True, frozen=True)
class Rating:
    """What the customer answered when asked how it went: 1 to 5."""

    rating: int
    remark: str
    created_at: int
    updated_at: int
    contact_id: str
    admin_id: int


@dataclass(slots=True, frozen=True)
class Sla:
    """The promise that applies: its name and ``hit``, ``missed``, ``cancelled`` or ``active``."""

    name: str
    status: str


@dataclass(slots=True)
class Statistics:
    """Times and counts of a conversation, derived from its source and parts; durations in seconds."""

    time_to_assignment: int | None = None
    time_to_admin_reply: int | None = None
    time_to_first_close: int | None = None
    time_to_last_close: int | None = None
    median_time_to_reply: int | None = None
    first_contact_reply_at: int | None = None
    first_assignment_at: int | None = None
    first_admin_reply_at: int | None = None
    first_close_at: int | None = None
    last_assignment_at: int | None = None
    last_assignment_admin_reply_at: int | None = None
    last_contact_reply_at: int | None = None
    last_admin_reply_at: int | None = None
    last_close_at: int | None = None
    last_closed_by_id: str | None = None
    count_reopens: int = 0
    count_assignments: int = 0
    count_conversation_parts: int = 0
    teammate_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Company:
    """An organisation. ``id`` is Intercom's (24 hex digits), ``company_id`` the workspace's own name for it."""

    id: str
    company_id: str
    name: str
    created_at: int
    updated_at: int
    website: str = ""
    plan: str = ""
    industry: str = ""
    size: int = 0
    monthly_spend: int = 0
    last_request_at: int | None = None
    remote_created_at: int | None = None
    custom_attributes: Json = field(default_factory=dict)
    contact_ids: list[str] = field(default_factory=list)
    tags: list[TagMark] = field(default_factory=list)


@dataclass(slots=True)
class Note:
    """An internal note on a contact."""

    id: int
    contact_id: str
    admin_id: int
    body: str
    created_at: int


@dataclass(slots=True)
class Contact:
    """A person: a ``user`` (signed up) or a ``lead``."""

    id: str
    role: str
    name: str | None
    email: str | None
    created_at: int
    updated_at: int
    phone: str | None = None
    external_id: str | None = None
    owner_id: int | None = None
    avatar_url: str | None = None
    language: str | None = None
    timezone: str = "Etc/UTC"
    city: str | None = None
    region: str | None = None
    country: str | None = None
    browser: str | None = None
    os: str | None = None
    signed_up_at: int | None = None
    last_seen_at: int | None = None
    last_replied_at: int | None = None
    last_contacted_at: int | None = None
    last_email_opened_at: int | None = None
    last_email_clicked_at: int | None = None
    unsubscribed_from_emails: bool = False
    marked_email_as_spam: bool = False
    has_hard_bounced: bool = False
    archived: bool = False
    blocked: bool = False
    searchable_at: float = 0.0
    custom_attributes: Json | None = None
    company_ids: list[str] | None = None
    tags: list[TagMark] | None = None
    notes: list[Note] | None = None
    subscriptions: dict[int, str] | None = None


@dataclass(slots=True)
class Conversation:
    """The header of a conversation. Thread, source and statistics of the made-up ones are written at first need.

    ``index`` is the place in the made-up history (the seed of its words), -1 for those that began later.
    """

    id: int
    index: int
    created_at: int
    updated_at: int
    contacts: tuple[Contact, ...]
    state: State = "open"
    waiting_since: int | None = None
    snoozed_until: int | None = None
    read: bool = False
    priority: bool = False
    admin_assignee_id: int | None = None
    team_assignee_id: int | None = None
    tags: tuple[TagMark, ...] = ()
    sla: Sla | None = None
    rating: Rating | None = None
    title: str | None = None
    ai_state: str | None = None
    custom_attributes: Json | None = None
    ticket_ids: tuple[int, ...] = ()
    company_id: str | None = None
    source: Source | None = None
    parts: list[Part] | None = None
    statistics: Statistics | None = None


@dataclass(slots=True)
class Article:
    """A help center article; ``body`` is HTML."""

    id: int
    title: str
    description: str
    body: str
    author_id: int
    state: str
    created_at: int
    updated_at: int
    parent_id: int | None = None
    parent_type: str | None = None
    locale: str = "en"
    translations: Json = field(default_factory=dict)


@dataclass(slots=True)
class Segment:
    """A saved group of people."""

    id: str
    name: str
    created_at: int
    updated_at: int
    person_type: str
    rule: str


@dataclass(slots=True)
class Event:
    """Something a contact did, as told by ``POST /events``."""

    id: str
    event_name: str
    created_at: int
    contact_id: str
    metadata: Json = field(default_factory=dict)


@dataclass(slots=True)
class DataAttribute:
    """A field of contacts or companies, built in or custom."""

    id: int
    model: str
    name: str
    full_name: str
    label: str
    description: str
    data_type: str
    api_writable: bool
    ui_writable: bool
    messenger_writable: bool
    custom: bool
    archived: bool
    created_at: int
    updated_at: int
    admin_id: int
    options: list[str] | None = None


@dataclass(slots=True)
class TicketState:
    """A step of a ticket's life; its category is one of four."""

    id: int
    category: str
    internal_label: str
    external_label: str
    archived: bool = False


@dataclass(slots=True)
class TicketType:
    """A kind of ticket with its fields (``ticket_type_attributes`` as they go over the wire)."""

    id: int
    name: str
    description: str
    icon: str
    category: str
    created_at: int
    updated_at: int
    archived: bool = False
    is_internal: bool = False
    attributes: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class TicketPart:
    """One entry of a ticket's history."""

    id: int
    part_type: str
    body: str | None
    created_at: int
    author: Author
    ticket_state: str | None = None
    previous_ticket_state: str | None = None
    assigned_to: tuple[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()
    updated_attribute: tuple[str, str] | None = None


@dataclass(slots=True)
class Ticket:
    """A ticket; ``ticket_id`` is the short number people see."""

    id: int
    ticket_id: int
    type_id: int
    state_id: int
    contacts: tuple[Contact, ...]
    created_at: int
    updated_at: int
    attributes: Json = field(default_factory=dict)
    admin_assignee_id: int | None = None
    team_assignee_id: int | None = None
    open: bool = True
    snoozed_until: int | None = None
    is_shared: bool = False
    conversation_ids: tuple[int, ...] = ()
    company_id: str | None = None
    tags: tuple[TagMark, ...] = ()
    parts: list[TicketPart] = field(default_factory=list)
