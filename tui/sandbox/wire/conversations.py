"""Conversations on the wire. Lists leave out the parts; unassigned is null, 0 or not there at all."""

from __future__ import annotations

import html
import re
from operator import attrgetter
from urllib.parse import quote

from tui.sandbox.conversations import MOST_PARTS
from tui.sandbox.model import Attachment, Author, Conversation, Json, Part, Source, Statistics, TagMark
from tui.sandbox.workspace import Workspace

_MARKUP = re.compile(r"<[^>]*>")

LINK_LIFE = 600
"""Seconds that an expiring attachment link lives."""


def author(who: Author) -> Json:
    """The author of a source or part."""
    made: Json = {"type": who.type, "id": who.id, "name": who.name, "email": who.email}
    if who.type == "bot":
        made["from_ai_agent"] = who.from_ai_agent
        made["is_ai_answer"] = who.is_ai_answer
    return made


def attachments(workspace: Workspace, owner: int, files: tuple[Attachment, ...]) -> list[Json]:
    """Files with links to this very sandbox; those of an expiring one live ten minutes."""
    made: list[Json] = []
    for n, file in enumerate(files):
        url = f"{workspace.base_url}/_sandbox/files/{owner}/{n}/{quote(file.name)}?size={file.size}"
        if file.expires:
            url += f"&expires={workspace.now() + LINK_LIFE}"
        document: Json = {
            "type": "upload",
            "name": file.name,
            "url": url,
            "content_type": file.content_type,
            "filesize": file.size,
        }
        if file.width is not None:
            document["width"] = file.width
            document["height"] = file.height
        made.append(document)
    return made


def tag(workspace: Workspace, mark: TagMark) -> Json:
    """A tag as it sits on something."""
    known = workspace.rooms.tags.get(mark.tag_id)
    return {
        "type": "tag",
        "id": str(mark.tag_id),
        "name": known.name if known is not None else "deleted",
        "applied_at": mark.applied_at,
        "applied_by": {"type": "admin", "id": str(mark.admin_id)},
    }


def tags(workspace: Workspace, marks: tuple[TagMark, ...] | list[TagMark]) -> Json:
    """A ``tag.list``."""
    return {"type": "tag.list", "tags": [tag(workspace, mark) for mark in marks]}


def source(workspace: Workspace, first: Source) -> Json:
    """The first message."""
    return {
        "type": first.type,
        "id": str(first.id),
        "delivered_as": first.delivered_as,
        "subject": first.subject,
        "body": first.body,
        "author": author(first.author),
        "attachments": attachments(workspace, first.id, first.attachments) if first.attachments else [],
        "url": first.url,
        "redacted": first.redacted,
    }


_STATISTICS = (
    "time_to_assignment",
    "time_to_admin_reply",
    "time_to_first_close",
    "time_to_last_close",
    "median_time_to_reply",
    "first_contact_reply_at",
    "first_assignment_at",
    "first_admin_reply_at",
    "first_close_at",
    "last_assignment_at",
    "last_assignment_admin_reply_at",
    "last_contact_reply_at",
    "last_admin_reply_at",
    "last_close_at",
    "last_closed_by_id",
    "count_reopens",
    "count_assignments",
    "count_conversation_parts",
)


_measured = attrgetter(*_STATISTICS)


def statistics(seen: Statistics) -> Json:
    """What has been measured; times that have not come are left out."""
    made: Json = {"type": "conversation_statistics"}
    made.update(pair for pair in zip(_STATISTICS, _measured(seen), strict=True) if pair[1] is not None)
    return made


def row(workspace: Workspace, conversation: Conversation) -> Json:
    """A conversation as lists show it."""
    store = workspace.conversations
    seen = store.statistics(conversation)
    first = store.source(conversation)
    contact = conversation.contacts[0]
    made: Json = {
        "type": "conversation",
        "id": str(conversation.id),
        "created_at": conversation.created_at,
        "updated_at": conversation.updated_at,
        "waiting_since": conversation.waiting_since,
        "snoozed_until": conversation.snoozed_until,
        "source": source(workspace, first),
        "contacts": {
            "type": "contact.list",
            "contacts": [
                {"type": "contact", "id": contact.id, "external_id": contact.external_id}
                for contact in conversation.contacts
            ],
        },
        "first_contact_reply": None
        if seen.first_contact_reply_at is None
        else {"created_at": seen.first_contact_reply_at, "type": first.type, "url": first.url},
        "open": conversation.state != "closed",
        "state": conversation.state,
        "read": conversation.read,
        "tags": tags(workspace, conversation.tags),
        "priority": "priority" if conversation.priority else "not_priority",
        "sla_applied": None
        if conversation.sla is None
        else {
            "type": "conversation_sla_summary",
            "sla_name": conversation.sla.name,
            "sla_status": conversation.sla.status,
        },
        "statistics": statistics(seen),
        "conversation_rating": _rating(conversation),
        "teammates": _teammates(seen),
        "title": conversation.title or first.subject or None,
        "custom_attributes": conversation.custom_attributes or {},
        "topics": {},
        "ticket": None,
        "linked_objects": _linked(workspace, conversation),
        "ai_agent": _ai_agent(conversation, contact.language),
        "ai_agent_participated": conversation.ai_state is not None,
    }
    _assignees(made, conversation)
    return made


def _teammates(seen: Statistics) -> Json:
    """Who took part, under the name that the description gives and the one that the official SDK reads."""
    who = [{"type": "admin", "id": one} for one in seen.teammate_ids]
    return {"type": "admin.list", "admins": who, "teammates": who}


def _assignees(made: Json, conversation: Conversation) -> None:
    """Nobody is null for most, 0 for some and missing for others, as in real workspaces."""
    habit = conversation.id % 10
    for name, assignee in (
        ("admin_assignee_id", conversation.admin_assignee_id),
        ("team_assignee_id", conversation.team_assignee_id),
    ):
        if assignee is not None or habit < 7:
            made[name] = assignee
        elif habit == 7:
            made[name] = 0


def _rating(conversation: Conversation) -> Json | None:
    rating = conversation.rating
    if rating is None:
        return None
    return {
        "rating": rating.rating,
        "remark": rating.remark,
        "created_at": rating.created_at,
        "updated_at": rating.updated_at,
        "contact": {"type": "contact", "id": rating.contact_id, "external_id": conversation.contacts[0].external_id},
        "teammate": {"type": "admin", "id": str(rating.admin_id)},
    }


def _linked(workspace: Workspace, conversation: Conversation) -> Json:
    data: list[Json] = [
        {"type": "ticket", "id": str(ticket_id), "category": "Customer"} for ticket_id in conversation.ticket_ids
    ]
    return {"type": "list", "data": data, "total_count": len(data), "has_more": False}


def _ai_agent(conversation: Conversation, language: str | None) -> Json | None:
    if conversation.ai_state is None:
        return None
    return {
        "source_type": "workflow",
        "source_title": "Fin answers first",
        "last_answer_type": "ai_answer",
        "resolution_state": conversation.ai_state,
        "rating": None,
        "rating_remark": None,
        "created_at": conversation.created_at,
        "updated_at": conversation.updated_at,
        "content_sources": {
            "type": "content_source.list",
            "total_count": 1,
            "content_sources": [
                {
                    "content_type": "article",
                    "url": "https://help.tidewater.example/en/articles/9510000",
                    "title": "Print your first label",
                    "locale": language or "en",
                }
            ],
        },
    }


def part(workspace: Workspace, one: Part) -> Json:
    """One entry of a thread."""
    made: Json = {
        "type": "conversation_part",
        "id": str(one.id),
        "part_type": one.part_type,
        "body": one.body,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "notified_at": one.created_at,
        "assigned_to": None if one.assigned_to is None else {"type": one.assigned_to[0], "id": one.assigned_to[1]},
        "author": author(one.author),
        "attachments": attachments(workspace, one.id, one.attachments) if one.attachments else [],
        "external_id": one.external_id,
        "redacted": one.redacted,
        "metadata": {},
        "email_message_metadata": None,
        "state": one.state,
        "tags": [],
        "event_details": one.event_details,
        "app_package_code": one.app_package_code,
    }
    if one.quick_replies:
        made["metadata"] = {"quick_reply_options": [{"text": text, "uuid": key} for text, key in one.quick_replies]}
    if one.email_subject is not None:
        made["email_message_metadata"] = {
            "subject": one.email_subject,
            "email_address_headers": [
                {"type": "from", "email_address": one.author.email, "name": one.author.name},
                {"type": "to", "email_address": "support@tidewater.example", "name": "Tidewater"},
            ],
        }
    if one.tag_ids:
        known = workspace.rooms.tags
        made["tags"] = [
            {"type": "tag", "id": str(tag_id), "name": known[tag_id].name} for tag_id in one.tag_ids if tag_id in known
        ]
    return made


def whole(workspace: Workspace, conversation: Conversation, *, plain: bool = False) -> Json:
    """A conversation with its newest 500 parts; ``plain`` gives text for HTML (``display_as=plaintext``)."""
    made = row(workspace, conversation)
    parts = workspace.conversations.parts(conversation)
    shown = [part(workspace, one) for one in parts[-MOST_PARTS:]]
    if plain:
        made["source"]["body"] = plaintext(made["source"]["body"])
        for one in shown:
            if one["body"] is not None:
                one["body"] = plaintext(one["body"])
    made["conversation_parts"] = {
        "type": "conversation_part.list",
        "conversation_parts": shown,
        "total_count": len(parts),
    }
    return made


def plaintext(body: str) -> str:
    """HTML without its tags, as ``display_as=plaintext`` gives it."""
    return html.unescape(_MARKUP.sub("", body)).strip()
