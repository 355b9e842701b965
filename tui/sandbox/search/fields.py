"""What can be searched: the fields of conversations, contacts and tickets that Intercom's 2.14 description lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import attrgetter

from tui.sandbox.model import Contact, Conversation, Source, Ticket
from tui.sandbox.search.query import Field, Kind, Rules
from tui.sandbox.threads import contact_author
from tui.sandbox.wire.conversations import plaintext
from tui.sandbox.workspace import Workspace

_WORD = re.compile(r"\w+")

_STATISTICS_DATES = (
    "first_contact_reply_at",
    "first_assignment_at",
    "first_admin_reply_at",
    "first_close_at",
    "last_assignment_at",
    "last_assignment_admin_reply_at",
    "last_contact_reply_at",
    "last_admin_reply_at",
    "last_close_at",
)
_STATISTICS_NUMBERS = (
    "time_to_assignment",
    "time_to_admin_reply",
    "time_to_first_close",
    "time_to_last_close",
    "median_time_to_reply",
    "count_reopens",
    "count_assignments",
    "count_conversation_parts",
)


def words(body: str) -> tuple[str, ...]:
    """The words of an HTML body, lower case: what ``source.body`` is matched against."""
    return tuple(_WORD.findall(plaintext(body.replace("<", " <")).lower()))


def conversation_rules(workspace: Workspace) -> Rules[Conversation]:
    """The searchable fields of conversations."""
    store = workspace.conversations
    fields: dict[str, Field[Conversation]] = {}

    def add(name: str, kind: Kind, get: Callable[[Conversation], object]) -> None:
        fields[name] = Field(kind, get)

    def source(name: str, kind: Kind, get: Callable[[Source], object]) -> None:
        fields[f"source.{name}"] = Field(kind, lambda c: get(store.source(c)))

    def statistic(name: str, kind: Kind) -> None:
        fields[f"statistics.{name}"] = Field(kind, lambda c: getattr(store.statistics(c), name))

    def body(c: Conversation) -> object:
        # the headline is far cheaper than the thread, and says the same
        return words(store.headline(c).first_body_html if c.source is None else c.source.body)

    add("id", "string", lambda c: str(c.id))
    add("created_at", "date", lambda c: c.created_at)
    add("updated_at", "date", lambda c: c.updated_at)
    add("waiting_since", "date", lambda c: c.waiting_since)
    add("snoozed_until", "date", lambda c: c.snoozed_until)
    add("open", "boolean", lambda c: c.state != "closed")
    add("read", "boolean", lambda c: c.read)
    add("state", "string", lambda c: c.state)
    add("priority", "string", lambda c: "priority" if c.priority else "not_priority")
    add("admin_assignee_id", "integer", lambda c: c.admin_assignee_id)
    add("team_assignee_id", "integer", lambda c: c.team_assignee_id)
    add("contact_ids", "ids", lambda c: tuple(contact.id for contact in c.contacts))
    add("teammate_ids", "ids", lambda c: store.statistics(c).teammate_ids)
    add("tag_ids", "ids", lambda c: tuple(str(mark.tag_id) for mark in c.tags))
    add("channel_initiated", "string", lambda c: store.source(c).type)
    add("ai_agent_participated", "boolean", lambda c: c.ai_state is not None)
    add("ai_agent.resolution_state", "string", lambda c: c.ai_state)
    add("ai_agent.last_answer_type", "string", lambda c: "ai_answer" if c.ai_state else None)
    add("ai_agent.source_type", "string", lambda c: "workflow" if c.ai_state else None)
    add("ai_agent.source_title", "string", lambda c: "Fin answers first" if c.ai_state else None)
    add("ai_agent.rating", "integer", lambda c: None)
    add("ai_agent.rating_remark", "string", lambda c: None)
    add("conversation_rating.requested_at", "date", lambda c: c.rating.created_at if c.rating else None)
    add("conversation_rating.replied_at", "date", lambda c: c.rating.updated_at if c.rating else None)
    add("conversation_rating.score", "integer", lambda c: c.rating.rating if c.rating else None)
    add("conversation_rating.remark", "string", lambda c: c.rating.remark if c.rating else None)
    add("conversation_rating.contact_id", "string", lambda c: c.rating.contact_id if c.rating else None)
    for spelling in ("conversation_rating.admin_id", "conversation_rating.admin_d"):  # the description misspells it
        add(spelling, "string", lambda c: str(c.rating.admin_id) if c.rating else None)
    source("type", "string", lambda s: s.type)
    source("id", "string", lambda s: str(s.id))
    source("delivered_as", "string", lambda s: s.delivered_as)
    source("subject", "string", lambda s: s.subject)
    source("url", "string", lambda s: s.url)
    add("source.body", "words", body)
    add("source.author.id", "string", lambda c: _author(c, "id"))
    add("source.author.type", "string", lambda c: _author(c, "type"))
    add("source.author.name", "string", lambda c: _author(c, "name"))
    add("source.author.email", "string", lambda c: _author(c, "email"))
    for name in _STATISTICS_DATES:
        statistic(name, "date")
    for name in _STATISTICS_NUMBERS:
        statistic(name, "integer")
    add("statistics.last_closed_by_id", "string", lambda c: store.statistics(c).last_closed_by_id)
    return Rules(fields.get, inclusive=True)


def _author(conversation: Conversation, name: str) -> object:
    """Made-up conversations are begun by their contact, so their words need not be written to know the author."""
    source = conversation.source
    who = contact_author(conversation.contacts[0]) if source is None else source.author
    return getattr(who, name)


_CONTACT_STRINGS = ("id", "role", "name", "email", "phone", "external_id", "browser", "os")
_CONTACT_DATES = (
    "created_at",
    "signed_up_at",
    "updated_at",
    "last_seen_at",
    "last_contacted_at",
    "last_replied_at",
    "last_email_opened_at",
    "last_email_clicked_at",
)
_CONTACT_FLAGS = ("unsubscribed_from_emails", "marked_email_as_spam", "has_hard_bounced")
_CONTACT_NEVER_SET = (
    "avatar",
    "language_override",
    "ios_app_version",
    "ios_device",
    "ios_app_device",
    "ios_os_version",
    "ios_app_name",
    "ios_sdk_version",
    "android_app_version",
    "android_device",
    "android_app_name",
    "andoid_sdk_version",
)


def contact_rules(workspace: Workspace) -> Rules[Contact]:
    """The searchable fields of contacts, custom attributes among them."""
    fields: dict[str, Field[Contact]] = {}

    def plain(name: str, kind: Kind) -> None:
        fields[name] = Field(kind, lambda c: getattr(c, name))

    for name in _CONTACT_STRINGS:
        plain(name, "string")
    for name in _CONTACT_DATES:
        plain(name, "date")
    for name in _CONTACT_FLAGS:
        plain(name, "boolean")
    for name in _CONTACT_NEVER_SET:
        fields[name] = Field("string", lambda c: None)
    for name in ("ios_last_seen_at", "android_last_seen_at"):
        fields[name] = Field("date", lambda c: None)
    fields["owner_id"] = Field("integer", lambda c: c.owner_id)
    fields["email_domain"] = Field("string", lambda c: (c.email or "").rpartition("@")[2])
    fields["browser_language"] = Field("string", lambda c: c.language)
    for part in ("country", "region", "city"):
        fields[f"location.{part}"] = Field("string", attrgetter(part))
    fields["tag_id"] = Field("tag", lambda c: tuple(str(mark.tag_id) for mark in c.tags or ()))
    fields["segment_id"] = Field("ids", lambda c: tuple(segments_of(workspace, c)))

    def find(name: str) -> Field[Contact] | None:
        if name.startswith("custom_attributes."):
            key = name.removeprefix("custom_attributes.")
            known = {a.name: a for a in workspace.rooms.attributes.values() if a.model == "contact" and a.custom}
            kind = _CUSTOM_KINDS.get(known[key].data_type, "string") if key in known else "string"
            return Field(kind, lambda c: _as_kind(kind, (c.custom_attributes or {}).get(key)))
        return fields.get(name)

    return Rules(find, by_day=True)


_CUSTOM_KINDS: dict[str, Kind] = {"integer": "integer", "float": "integer", "boolean": "boolean", "date": "date"}


def _as_kind(kind: Kind, value: object) -> object:
    return str(value) if kind == "string" and value is not None else value


def segments_of(workspace: Workspace, contact: Contact) -> list[str]:
    """The segments that a contact is in: every segment for its kind of person, by a fixed share."""
    found = []
    for n, segment in enumerate(workspace.rooms.segments.values()):
        if segment.person_type == "user" and contact.role != "user":
            continue
        if n == 0 or int(contact.id[-6:], 16) % (n + 2) == 0:
            found.append(segment.id)
    return found


_CATEGORIES = {"Customer": "request", "Back-office": "task", "Tracker": "tracker"}


def ticket_rules(workspace: Workspace) -> Rules[Ticket]:
    """The searchable fields of tickets; categories go by other names here."""
    rooms = workspace.rooms
    fields: dict[str, Field[Ticket]] = {
        "id": Field("string", lambda t: str(t.id)),
        "created_at": Field("date", lambda t: t.created_at),
        "updated_at": Field("date", lambda t: t.updated_at),
        "title": Field("string", lambda t: t.attributes.get("_default_title_")),
        "description": Field("string", lambda t: t.attributes.get("_default_description_")),
        "category": Field("string", lambda t: _CATEGORIES[rooms.ticket_types[t.type_id].category]),
        "ticket_type_id": Field("string", lambda t: str(t.type_id)),
        "contact_ids": Field("ids", lambda t: tuple(c.id for c in t.contacts)),
        "teammate_ids": Field("ids", lambda t: tuple({p.author.id for p in t.parts if p.author.type == "admin"})),
        "admin_assignee_id": Field("string", lambda t: str(t.admin_assignee_id or 0)),
        "team_assignee_id": Field("string", lambda t: str(t.team_assignee_id or 0)),
        "open": Field("boolean", lambda t: t.open),
        "state": Field("string", lambda t: rooms.ticket_states[t.state_id].category),
        "snoozed_until": Field("date", lambda t: t.snoozed_until),
    }

    def find(name: str) -> Field[Ticket] | None:
        if name.startswith("ticket_attribute."):
            field_id = name.removeprefix("ticket_attribute.")
            kinds = rooms.ticket_types.values()
            label = next((a["name"] for kind in kinds for a in kind.attributes if a["id"] == field_id), None)
            return None if label is None else Field("string", lambda t: _as_kind("string", t.attributes.get(label)))
        return fields.get(name)

    return Rules(find, inclusive=True)
