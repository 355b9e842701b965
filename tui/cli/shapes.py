"""What ``--json`` prints: keys that stay as they are. Ids are strings, times Unix seconds, what is not known null.

=============  ========================================================================================================
conversation   id, title, state, read, priority, created_at, updated_at, waiting_since, snoozed_until,
               admin_assignee {id, name}, team_assignee {id, name}, contact {id, name, email}, tags [{id, name}],
               channel, preview, sla, rating, pending, draft
view           a conversation with ``parts``: id, part_type, created_at, author {type, id, name}, body (HTML), text,
               detail, attachments [{name, url, content_type, size}], pending
contact        id, name, email, phone, role, external_id, owner {id, name}, created_at, updated_at, signed_up_at,
               last_seen_at, last_replied_at, city, country, language, companies [name], plan, tags [{id, name}],
               segments [name], custom_attributes {name: text}, notes [{created_at, author, text}], conversations [id]
admin          id, name, email, away, team_ids
tag            id, name
outbox         id, kind, title, state, held_for, reason, conversation_id, contact_id, created_at, sent_at, finished_at,
               attempts, text
outcome        what an action came to: id (in the outbox), kind, title, state (``done``, ``queued``, ``stale``,
               ``rejected``, ``unsure``, ``blocked``), reason, conversation_id, contact_id, kept (``draft``,
               ``outbox`` or null: where its words are if it was not done)
=============  ========================================================================================================

Lists are arrays, everything else is one object; ``close`` and ``open``, which take several ids, print an array.
"""

from tui.inbox import actions as acts
from tui.inbox.actions import describe
from tui.inbox.directory import Directory
from tui.store.rows import AdminRow, ContactRow, ConversationRow, OutboxRow, PartRow, TagRow
from tui.text.html import to_text

Shape = dict[str, object]


def conversation(row: ConversationRow, names: Directory) -> Shape:
    """A conversation as lists show it."""
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
        "tags": [_named(tag, names.tag_name(tag)) for tag in row.tag_ids],
        "channel": row.channel or None,
        "preview": row.preview,
        "sla": row.sla or None,
        "rating": row.rating or None,
        "pending": row.pending or None,
        "draft": row.has_draft,
    }


def part(row: PartRow) -> Shape:
    """One part of a thread."""
    return {
        "id": row.id,
        "part_type": row.part_type,
        "created_at": row.created_at or None,
        "author": {"type": row.author_type, "id": row.author_id, "name": row.author_name},
        "body": row.body,
        "text": to_text(row.body),
        "detail": row.detail or None,
        "attachments": [
            {"name": one.name, "url": one.url, "content_type": one.content_type or None, "size": one.size or None}
            for one in row.attachments
        ],
        "pending": row.pending or None,
    }


def contact(row: ContactRow, names: Directory, conversations: list[ConversationRow] | None = None) -> Shape:
    """A contact with what was read of it."""
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
        "companies": list(row.company_names),
        "plan": row.plan or None,
        "tags": [_named(tag, names.tag_name(tag)) for tag in row.tag_ids],
        "segments": list(row.segments),
        "custom_attributes": dict(row.custom_attributes),
        "notes": [{"created_at": at or None, "author": author, "text": text} for at, author, text in row.notes],
        "conversations": [one.id for one in conversations or []],
    }


def admin(row: AdminRow) -> Shape:
    """A teammate."""
    return {"id": row.id, "name": row.name, "email": row.email, "away": row.away, "team_ids": list(row.team_ids)}


def tag(row: TagRow) -> Shape:
    """A tag."""
    return {"id": row.id, "name": row.name}


def outbox(row: OutboxRow) -> Shape:
    """A journaled action."""
    action = acts.decode(row.payload)
    return {
        "id": str(row.id),
        "kind": row.kind,
        "title": describe(action),
        "state": row.state,
        "held_for": row.held_for or None,
        "reason": row.reason or None,
        "conversation_id": row.conversation_id or None,
        "contact_id": action.contact_id or None,
        "created_at": int(row.created_at) or None,
        "sent_at": int(row.sent_at) or None,
        "finished_at": int(row.finished_at) or None,
        "attempts": row.attempts,
        "text": action.text or None,
    }


def _named(some_id: str, name: str) -> Shape | None:
    return {"id": some_id, "name": name} if some_id else None
