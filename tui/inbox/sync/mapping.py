"""From Intercom's models to the store's rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.inbox.attributes import as_json, in_words
from tui.inbox.preview import preview_of
from tui.model.rows import AdminRow, AttachmentRow, ContactRow, PartRow, TagRow, TeamRow
from tui.store.conversations import ServerConversation, joined
from tui.text.links import safe_href
from tui.text.names import NO_NAME, label, visible_line
from tui.text.sanitize import clean_line
from tui.text.timezones import zone_of

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.models import Admin, Company, Contact, Conversation, Event, Note, Part, Segment, Tag, Team

_PEOPLE = frozenset({"user", "lead", "contact"})


def conversation(model: Conversation) -> ServerConversation:
    """The record the store takes in; ``preview`` is that of the first message (parts come with threads only)."""
    source = model.source
    by_person = source.author.type in _PEOPLE
    contacts = model.contacts.contacts
    rating = model.conversation_rating
    return ServerConversation(
        model.id,
        clean_line(to_title(model)),
        model.state,
        model.read,
        model.priority == "priority",
        model.created_at,
        model.updated_at,
        model.waiting_since or 0,
        model.snoozed_until or 0,
        model.admin_assignee_id or "",
        model.team_assignee_id or "",
        contacts[0].id if contacts else (source.author.id if by_person else ""),
        visible_line(source.author.name) if by_person else "",
        visible_line(source.author.email) if by_person else "",
        preview_of(source.body),
        "customer" if by_person else "bot" if source.author.type == "bot" else "admin",
        source.type or source.delivered_as,
        joined(tag.id for tag in model.tags.tags),
        model.sla_applied.sla_status if model.sla_applied else "",
        rating.rating if rating else 0,
        clean_line(rating.remark) if rating else "",
        model.statistics.count_conversation_parts if model.statistics else model.conversation_parts.total_count,
        as_json(model.custom_attributes),
    )


def to_title(model: Conversation) -> str:
    """The title, or the subject of the first message without its markup."""
    if model.title:
        return model.title
    subject = model.source.subject
    return preview_of(subject) if "<" in subject else subject


def thread(model: Conversation, name_of: Callable[[str], str]) -> list[PartRow]:
    """The whole thread: the source message first. ``name_of`` tells an admin's or team's name by id (``""``)."""
    source = model.source
    rows = [
        PartRow(
            id=f"source:{source.id or model.id}",
            conversation_id=model.id,
            part_type="source",
            body=source.body,
            created_at=model.created_at,
            author_type=source.author.type,
            author_id=source.author.id,
            author_name=visible_line(source.author.name) or visible_line(source.author.email),
            from_ai=source.author.from_ai_agent,
            attachments=_attachments(source.attachments),
            redacted=source.redacted,
        )
    ]
    rows += [part(one, model.id, name_of) for one in model.conversation_parts.parts]
    return rows


def part(model: Part, conversation_id: str, name_of: Callable[[str], str]) -> PartRow:
    """One part."""
    assigned = model.assigned_to
    return PartRow(
        id=model.id,
        conversation_id=conversation_id,
        part_type=model.part_type,
        body=model.body,
        created_at=model.created_at,
        author_type=model.author.type,
        author_id=model.author.id,
        author_name=visible_line(model.author.name)
        or visible_line(model.author.email)
        or clean_line(name_of(model.author.id)),
        from_ai=model.author.from_ai_agent or model.author.is_ai_answer,
        assigned_to=assigned.id if assigned else "",
        attachments=_attachments(model.attachments),
        detail=_detail(model, name_of),
        redacted=model.redacted,
    )


def _detail(model: Part, name_of: Callable[[str], str]) -> str:
    if model.part_type.startswith(("assignment", "assign_")) or model.part_type == "assign":
        if model.assigned_to is None or model.assigned_to.id in ("", "0"):
            return "nobody"
        return name_of(model.assigned_to.id) or model.assigned_to.id
    if model.tags:
        return ", ".join(label(tag.name, _numbered(tag.id)) for tag in model.tags)
    # the shapes are those of components/schemas/event_details in Intercom's 2.14 description
    names = {
        key: visible_line(str(value.get("name") or ""))
        for key, value in model.event_details.items()
        if isinstance(value, dict)
    }
    if names.get("attribute"):
        return ": ".join(filter(None, (names["attribute"], names.get("value", ""))))
    return names.get("workflow") or names.get("action") or ""


def _attachments(models: list) -> tuple[AttachmentRow, ...]:  # type: ignore[type-arg] # the api's attachment models
    return tuple(
        # whoever opens a file opens an address that a stranger may have had a hand in
        AttachmentRow(
            visible_line(one.name) or "file", safe_href(one.url), clean_line(one.content_type), one.filesize,
            one.width, one.height,
        )
        for one in models
    )  # fmt: skip


def admin(model: Admin) -> AdminRow:
    """A teammate."""
    return AdminRow(
        model.id,
        label(model.name, model.email, _numbered(model.id)),
        clean_line(model.email),
        model.away_mode_enabled,
        tuple(model.team_ids),
    )


def _numbered(id_: str) -> str:
    """What stands for the name of something that has none."""
    return f"{NO_NAME} {id_}"


def team(model: Team) -> TeamRow:
    """A team."""
    return TeamRow(model.id, label(model.name, _numbered(model.id)))


def tag(model: Tag) -> TagRow:
    """A tag."""
    return TagRow(model.id, label(model.name, _numbered(model.id)))


def contact(
    model: Contact,
    *,
    companies: list[Company] | None = None,
    notes: list[Note] | None = None,
    segments: list[Segment] | None = None,
    events: list[Event] | None = None,
    fetched_at: int = 0,
    unread: tuple[tuple[str, str], ...] | None = None,
    kept: ContactRow | None = None,
) -> ContactRow:
    """A contact with whatever details were read along; those that were not (None) stay as ``kept`` has them."""
    row = _bare(model, kept or ContactRow(""), fetched_at)
    plan = next((in_words(v) for k, v in model.custom_attributes.items() if k.casefold() == "plan"), "")
    if companies is not None:
        plan = plan or next((clean_line(one.plan.name) for one in companies if one.plan.name), "")
        names = tuple(label(one.name, _numbered(one.id)) for one in companies)
        row = replace(row, company_names=names, companies=as_json([_told(one) for one in companies]))
    elif kept is not None:
        plan = plan or kept.plan
    if segments is not None:
        row = replace(row, segments=tuple(label(one.name, _numbered(one.id)) for one in segments))
    if notes is not None:
        told = tuple((one.created_at, visible_line(one.author.name), preview_of(one.body)) for one in notes)
        row = replace(row, notes=told)
    if events is not None:
        row = replace(row, events=tuple((one.created_at, label(one.event_name)) for one in events))
    return replace(row, plan=plan, unread=row.unread if unread is None else unread)


def _bare(model: Contact, kept: ContactRow, fetched_at: int) -> ContactRow:
    """What the contact itself says; the rest as ``kept`` has it."""
    location = model.location
    tag_ids = [one.id for one in model.tags.data]
    attributes = tuple(
        (label(name.replace("_", " ")), words)
        for name, value in model.custom_attributes.items()
        if (words := in_words(value))
    )
    return replace(
        kept,
        id=model.id,
        name=visible_line(model.name),
        email=visible_line(model.email),
        phone=visible_line(model.phone),
        role=model.role,
        external_id=visible_line(model.external_id),
        owner_id=model.owner_id or "",
        created_at=model.created_at,
        updated_at=model.updated_at,
        signed_up_at=model.signed_up_at or 0,
        last_seen_at=model.last_seen_at or 0,
        last_replied_at=model.last_replied_at or 0,
        timezone=clean_line(attributes_timezone(model)) or zone_of(location.country, location.city),
        city=clean_line(location.city),
        country=clean_line(location.country),
        browser=clean_line(model.browser),
        os=clean_line(model.os),
        language=clean_line(model.language_override or model.browser_language),
        unsubscribed=model.unsubscribed_from_emails,
        custom_attributes=attributes,
        company_ids=tuple(one.id for one in model.companies.data),
        tag_ids=tuple(filter(None, tag_ids)),
        has_more_tags="" in tag_ids or model.tags.has_more or model.tags.total_count > len(tag_ids),
        fetched_at=fetched_at or kept.fetched_at,
        attributes=as_json(model.custom_attributes),
    )


def _told(company: Company) -> dict[str, object]:
    return {"id": company.id, "name": company.name, "custom_attributes": company.custom_attributes}


def attributes_timezone(model: Contact) -> str:
    """The contact's time zone where an attribute names one; 2.14's contact has none of its own."""
    for name, value in model.custom_attributes.items():
        if name.casefold().replace("_", "") in ("timezone", "tz") and isinstance(value, str):
            return value
    return ""
