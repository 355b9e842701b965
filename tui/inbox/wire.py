"""An action as requests of the API client. One call an action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui.inbox.actions import Action

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.client import Intercom
    from tui.api.models import Contact, Conversation, Note

    Answer = Conversation | Contact | Note | None
    """What Intercom answered, where it is worth keeping."""


async def send(client: Intercom, action: Action) -> Answer:
    """Do the action at Intercom. Raises :class:`tui.api.errors.IntercomError`."""
    if action.contact_id:
        return await _send_to_contact(client, action)
    talk, cid, admin = client.conversations, action.conversation_id, action.acting_as
    match action.kind:
        case "reply" if action.then == "close":
            return await talk.close(cid, admin_id=admin, body=action.html)
        case "reply":
            return await talk.reply(cid, admin_id=admin, body=action.html)
        case "note":
            return await talk.note(cid, admin_id=admin, body=action.html)
        case "close":
            return await talk.close(cid, admin_id=admin)
        case "open":
            return await talk.open(cid, admin_id=admin)
        case "snooze":
            return await talk.snooze(cid, until=action.until, admin_id=admin)
        case "assign":
            to: Literal["admin", "team"] = "team" if action.assignee in ("team", "no_team") else "admin"
            return await talk.assign(cid, admin_id=admin, assignee_id=action.assignee_id or "0", assignee_type=to)
        case "tag":
            await talk.tag(cid, action.tag_id, admin_id=admin)
        case "untag":
            await talk.untag(cid, action.tag_id, admin_id=admin)
        case "read":
            return await talk.update(cid, read=action.read)
        case "title":
            return await talk.update(cid, title=action.title)
        case _:
            raise AssertionError(f"{action.kind} has no conversation request")
    return None


async def _send_to_contact(client: Intercom, action: Action) -> Answer:
    match action.kind:
        case "tag_contact":
            await client.contacts.tag(action.contact_id, action.tag_id)
        case "untag_contact":
            await client.contacts.untag(action.contact_id, action.tag_id)
        case "note_contact":
            return await client.contacts.create_note(action.contact_id, action.html, admin_id=action.acting_as or None)
        case _:
            raise AssertionError(f"{action.kind} has no contact request")
    return None
