"""The inbox's things as JSON documents for other programs: keys that stay as they are.

Ids are strings, times Unix seconds, what is not known null. Custom attributes have the keys and values that Intercom
sent. Each class lists the keys of one document in the order in which they are written.
"""

from collections.abc import Sequence
from typing import TypedDict, TypeVar

import msgspec

from tui.inbox.actions import codec as acts
from tui.inbox.attributes import from_json
from tui.inbox.directory import Directory
from tui.inbox.outbox.outcome import Outcome, State
from tui.inbox.search import views
from tui.inbox.statistics import Overview
from tui.model.decoders import decoder
from tui.model.rows import (
    AdminRow,
    AttachmentRow,
    ContactRow,
    ConversationRow,
    DraftRow,
    OutboxRow,
    PartRow,
    TagRow,
    TeamRow,
)

T = TypeVar("T")


class Named(TypedDict):
    """Something with an id and a name, ``""`` where its name is not known."""

    id: str
    name: str


class Person(TypedDict):
    """Who a conversation is with."""

    id: str
    name: str
    email: str


class Conversation(TypedDict):
    """A conversation as lists show it; ``pending`` and ``draft`` tell what of ours is not sent."""

    id: str
    title: str
    state: str
    read: bool
    priority: bool
    created_at: int | None
    updated_at: int | None
    waiting_since: int | None
    snoozed_until: int | None
    admin_assignee: Named | None
    team_assignee: Named | None
    contact: Person | None
    tags: list[Named | None]
    channel: str | None
    preview: str
    sla: str | None
    rating: int | None
    pending: str | None
    draft: bool


class Attachment(TypedDict):
    """A file of a part; ``size`` in bytes."""

    name: str
    url: str
    content_type: str | None
    size: int | None


class Author(TypedDict):
    """Who wrote a part; ``type`` is Intercom's: ``user``, ``lead``, ``admin``, ``bot``, …"""

    type: str
    id: str
    name: str | None


class Part(TypedDict):
    """One part of a thread; ``body`` is HTML, ``text`` the same in plain text."""

    id: str
    part_type: str
    created_at: int | None
    author: Author
    body: str
    text: str
    detail: str | None
    attachments: list[Attachment]
    pending: str | None


class Thread(Conversation):
    """A conversation with its parts; ``earlier_parts`` is how many more Intercom has, which only the browser shows."""

    custom_attributes: object
    earlier_parts: int
    parts: list[Part]


class ContactNote(TypedDict):
    """A note on a contact."""

    created_at: int | None
    author: str
    text: str


class Contact(TypedDict):
    """A contact with what was read of it.

    ``company_details`` are ``{id, name, custom_attributes}``, ``conversations`` ids. ``unread`` tells why a part could
    not be read (``{"segments": reason}``): that part is null in its own place then.
    """

    id: str
    name: str
    email: str | None
    phone: str | None
    role: str | None
    external_id: str | None
    owner: Named | None
    created_at: int | None
    updated_at: int | None
    signed_up_at: int | None
    last_seen_at: int | None
    last_replied_at: int | None
    city: str | None
    country: str | None
    language: str | None
    companies: list[str] | None
    company_details: object
    plan: str | None
    tags: list[Named | None]
    segments: list[str] | None
    custom_attributes: object
    notes: list[ContactNote] | None
    conversations: list[str] | None
    unread: dict[str, str]


class Admin(TypedDict):
    """A teammate."""

    id: str
    name: str
    email: str
    away: bool
    team_ids: list[str]


class Team(TypedDict):
    """A team; ``members`` null where the token may not read the teammates."""

    id: str
    name: str
    members: list[Named] | None


class View(TypedDict):
    """A view; ``count`` null where its query has a mistake."""

    key: str
    title: str
    query: str
    count: int | None


class Draft(TypedDict):
    """What somebody began to write; ``kind`` is ``reply`` or ``note``."""

    conversation_id: str
    kind: str
    text: str
    updated_at: int


class OutboxAction(TypedDict):
    """A journaled action."""

    id: str
    kind: str
    title: str
    state: str
    held_for: str | None
    reason: str | None
    conversation_id: str | None
    contact_id: str | None
    created_at: int | None
    sent_at: int | None
    finished_at: int | None
    attempts: int
    text: str | None


class OutcomeOfAction(TypedDict):
    """What an action came to: ``id`` in the outbox (null where it was so already), ``kept`` where its words are."""

    id: str | None
    kind: str
    title: str
    state: State
    reason: str | None
    conversation_id: str | None
    contact_id: str | None
    kept: str | None


def conversation(row: ConversationRow, names: Directory) -> Conversation:
    """A conversation; ``names`` tells what its teammate, team and tags are called."""
    return {
        "id": row.id,
        "title": row.title,
        "state": row.state,
        "read": row.read,
        "priority": row.priority,
        "created_at": row.created_at or None,
        "updated_at": row.updated_at or None,
        "waiting_since": row.waiting_since or None,
        "snoozed_until": row.snoozed_until or None,
        "admin_assignee": _named(row.admin_assignee_id, names.admin_name(row.admin_assignee_id)),
        "team_assignee": _named(row.team_assignee_id, names.team_name(row.team_assignee_id)),
        "contact": {"id": row.contact_id, "name": row.contact_name, "email": row.contact_email}
        if row.contact_id
        else None,
        "tags": _tags(row.tag_ids, names),
        "channel": row.channel or None,
        "preview": row.preview,
        "sla": row.sla or None,
        "rating": row.rating or None,
        "pending": row.pending or None,
        "draft": row.has_draft,
    }


def part(row: PartRow) -> Part:
    """One part of a thread."""
    from tui.text.html import to_text  # only threads need it

    return {
        "id": row.id,
        "part_type": row.part_type,
        "created_at": row.created_at or None,
        "author": {"type": row.author_type, "id": row.author_id, "name": row.author_name or None},
        "body": row.body,
        "text": to_text(row.body),
        "detail": row.detail or None,
        "attachments": [_attachment(one) for one in row.attachments],
        "pending": row.pending or None,
    }


def thread(row: ConversationRow, parts: Sequence[PartRow], names: Directory) -> Thread:
    """A conversation with its parts, oldest first."""
    return {
        **conversation(row, names),
        "custom_attributes": from_json(row.attributes),
        "earlier_parts": row.earlier(parts),
        "parts": [part(one) for one in parts],
    }


def contact(row: ContactRow, names: Directory, conversations: Sequence[ConversationRow] = ()) -> Contact:
    """A contact with their conversations."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email or None,
        "phone": row.phone or None,
        "role": row.role or None,
        "external_id": row.external_id or None,
        "owner": _named(row.owner_id, names.admin_name(row.owner_id)),
        "created_at": row.created_at or None,
        "updated_at": row.updated_at or None,
        "signed_up_at": row.signed_up_at or None,
        "last_seen_at": row.last_seen_at or None,
        "last_replied_at": row.last_replied_at or None,
        "city": row.city or None,
        "country": row.country or None,
        "language": row.language or None,
        "companies": _read(row, "companies", list(row.company_names)),
        "company_details": from_json(row.companies) if row.companies else [],
        "plan": row.plan or None,
        "tags": _tags(row.tag_ids, names),
        "segments": _read(row, "segments", list(row.segments)),
        "custom_attributes": from_json(row.attributes),
        "notes": _read(row, "notes", [_note(*one) for one in row.notes]),
        "conversations": _read(row, "conversations", [one.id for one in conversations]),
        "unread": dict(row.unread),
    }


def admin(row: AdminRow) -> Admin:
    """A teammate."""
    return {"id": row.id, "name": row.name, "email": row.email, "away": row.away, "team_ids": list(row.team_ids)}


def team(row: TeamRow, members: Sequence[AdminRow] | None) -> Team:
    """A team with its teammates; None where they are not known."""
    known = None if members is None else [Named(id=one.id, name=one.name) for one in members]
    return {"id": row.id, "name": row.name, "members": known}


def tag(row: TagRow) -> Named:
    """A tag."""
    return {"id": row.id, "name": row.name}


def view(row: views.View) -> View:
    """A view with its count."""
    return {"key": row.key, "title": row.title, "query": row.query, "count": row.count if row.count >= 0 else None}


def overview(figures: Overview) -> dict[str, object]:
    """The figures of the whole desk, key for key."""
    return decoder(dict[str, object])(msgspec.json.encode(figures))


def draft(row: DraftRow) -> Draft:
    """A draft."""
    return {
        "conversation_id": row.conversation_id,
        "kind": row.kind,
        "text": row.text,
        "updated_at": row.updated_at,
    }


def outbox_action(row: OutboxRow) -> OutboxAction:
    """A journaled action."""
    action = acts.decode(row.payload)
    return {
        "id": str(row.id),
        "kind": row.kind,
        "title": action.describe(),
        "state": row.state.value,
        "held_for": row.held_for.value or None,
        "reason": row.reason or None,
        "conversation_id": row.conversation_id or None,
        "contact_id": action.contact_id or None,
        "created_at": int(row.created_at) or None,
        "sent_at": int(row.sent_at) or None,
        "finished_at": int(row.finished_at) or None,
        "attempts": row.attempts,
        "text": action.text or None,
    }


def outcome(one: Outcome, reason: str) -> OutcomeOfAction:
    """What an action came to; ``reason`` is the sentence to give, ``""`` for none."""
    return {
        "id": str(one.outbox_id) if one.outbox_id else None,
        "kind": one.action.kind,
        "title": one.action.describe(),
        "state": one.state,
        "reason": reason or None,
        "conversation_id": one.action.conversation_id or None,
        "contact_id": one.action.contact_id or None,
        "kept": one.kept or None,
    }


def _attachment(row: AttachmentRow) -> Attachment:
    return {"name": row.name, "url": row.url, "content_type": row.content_type or None, "size": row.size or None}


def _note(at: int, author: str, text: str) -> ContactNote:
    return {"created_at": at or None, "author": author, "text": text}


def _tags(tag_ids: Sequence[str], names: Directory) -> list[Named | None]:
    return [_named(tag_id, names.tag_name(tag_id)) for tag_id in tag_ids]


def _named(some_id: str, name: str) -> Named | None:
    return {"id": some_id, "name": name} if some_id else None


def _read(row: ContactRow, part_name: str, items: list[T]) -> list[T] | None:
    """A part of a contact; None where it could not be read, which is not the same as having none."""
    return None if not items and part_name in dict(row.unread) else items
