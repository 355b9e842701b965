"""What each key of the shell's JSON means; `tests.reference.json_output` asks for every one."""

from collections.abc import Mapping
from typing import Final

from tui.inbox.actions.codec import classes

__all__ = ["MEANINGS"]

_CONVERSATION: Final[Mapping[str, str]] = {
    "id": "Intercom's id of the conversation.",
    "title": "Its title or e-mail subject, empty where it has none.",
    "state": "`open`, `closed` or `snoozed`.",
    "read": "Whether a teammate has read it.",
    "priority": "Whether it is marked as priority.",
    "created_at": "When it began.",
    "updated_at": "When anything about it changed last.",
    "waiting_since": "Since when the customer waits for an answer; null where no customer waits.",
    "snoozed_until": "Until when it is snoozed.",
    "admin_assignee": "The teammate who has it.",
    "admin_assignee.id": "The teammate's id.",
    "admin_assignee.name": "Their name, empty where it is not known.",
    "team_assignee": "The team that has it.",
    "team_assignee.id": "The team's id.",
    "team_assignee.name": "Its name, empty where it is not known.",
    "contact": "The customer.",
    "contact.id": "The contact's id.",
    "contact.name": "Their name, may be empty.",
    "contact.email": "Their e-mail address, may be empty.",
    "tags": "The tags on it.",
    "tags[].id": "The tag's id.",
    "tags[].name": "Its name, empty where it is not known.",
    "channel": "The channel, as Intercom names it: `conversation` (chat), `email`, …",
    "preview": "One line of the last message, as far as it is stored.",
    "sla": "`active`, `missed`, `hit` or `cancelled`.",
    "rating": "The customer's rating, 1 to 5.",
    "pending": "What the outbox has for it: `waiting`, `held`, `unsure` or `rejected`.",
    "draft": "Whether a reply or note was begun here and not sent.",
}

_OUTBOX: Final[Mapping[str, str]] = {
    "title": "The action in short.",
    "conversation_id": "The conversation that it is about.",
    "contact_id": "The contact that it is about.",
}

_KINDS: Final = ", ".join(f"`{kind}`" for kind in classes() if kind != "unreadable")

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "conversation": _CONVERSATION,
    "thread": {
        **_CONVERSATION,
        "custom_attributes": "The custom attributes, with the keys and values that Intercom sent.",
        "earlier_parts": "How many more parts Intercom has and does not give: it gives the newest 500.",
        "parts": "The parts, oldest first; the first message is one of them.",
        "parts[].id": "Intercom's id of the part.",
        "parts[].part_type": "As Intercom names it: `source` (the first message), `comment`, `note`, `close`, …",
        "parts[].created_at": "When it was written or done.",
        "parts[].author": "Who wrote or did it.",
        "parts[].author.type": "`user`, `lead`, `contact`, `admin`, `bot` or `team`.",
        "parts[].author.id": "The author's id, may be empty.",
        "parts[].author.name": "The author's name.",
        "parts[].body": "The text as cleaned HTML, may be empty.",
        "parts[].text": "The text as plain text.",
        "parts[].detail": "What an event did, where Intercom tells; why a pending part waits.",
        "parts[].attachments": "The files at it.",
        "parts[].attachments[].name": "The file's name.",
        "parts[].attachments[].url": "Where it is; such addresses expire.",
        "parts[].attachments[].content_type": "Its media type.",
        "parts[].attachments[].size": "Its size in bytes.",
        "parts[].pending": "The state in the outbox of a part that Intercom has not confirmed.",
    },
    "contact": {
        "id": "Intercom's id of the contact.",
        "name": "The name, may be empty.",
        "email": "The e-mail address.",
        "phone": "The phone number.",
        "role": "`user` or `lead`.",
        "external_id": "The id in your own systems.",
        "owner": "The teammate who owns the contact.",
        "owner.id": "The teammate's id.",
        "owner.name": "Their name, empty where it is not known.",
        "created_at": "When the contact was made.",
        "updated_at": "When it changed last.",
        "signed_up_at": "When they signed up.",
        "last_seen_at": "When they were seen last.",
        "last_replied_at": "When they replied last.",
        "city": "The city.",
        "country": "The country.",
        "language": "The language.",
        "companies": "Names of their companies; null where they could not be read.",
        "company_details": "The companies that were read.",
        "company_details[].id": "The company's id.",
        "company_details[].name": "Its name.",
        "company_details[].custom_attributes": "Its custom attributes, as Intercom sent them.",
        "plan": "The plan of the company.",
        "tags": "The tags on the contact.",
        "tags[].id": "The tag's id.",
        "tags[].name": "Its name, empty where it is not known.",
        "segments": "Names of their segments; null where they could not be read.",
        "custom_attributes": "The custom attributes, with the keys and values that Intercom sent.",
        "notes": "Notes on the contact, newest first; null where they could not be read.",
        "notes[].created_at": "When the note was written.",
        "notes[].author": "Who wrote it.",
        "notes[].text": "Its text.",
        "conversations": "Ids of the conversations known of them (`contact view`); null where they could not be read.",
        "unread": 'What could not be read, with the reason: `{"segments": "not allowed with this token"}`.',
    },
    "deleted": {"id": "The id of the contact.", "deleted": "Always true."},
    "team": {
        "id": "The team's id.",
        "name": "Its name.",
        "members": "Its teammates; null where the token may not read them.",
        "members[].id": "The teammate's id.",
        "members[].name": "Their name.",
    },
    "admin": {
        "id": "The teammate's id.",
        "name": "Their name.",
        "email": "Their e-mail address.",
        "away": "Whether they are set to away.",
        "team_ids": "Ids of their teams.",
    },
    "tag": {"id": "The tag's id.", "name": "Its name."},
    "draft": {
        "conversation_id": "The conversation that it belongs to.",
        "kind": "`reply` or `note`.",
        "text": "The text as typed.",
        "updated_at": "When they were typed last.",
    },
    "action": {
        **_OUTBOX,
        "id": "The number in the outbox, as the other verbs of `outbox` take it.",
        "kind": f"{_KINDS}, or `unreadable`: what is left of a damaged row.",
        "state": "`held`, `ready`, `sending`, `unsure`, `done`, `rejected`, `undone` or `discarded`.",
        "held_for": (
            "Why it is held: `undo` (sent by itself), `stale` (new messages), `blocked`, `given up`, `twice`, "
            "`damaged` or `rescued`."
        ),
        "reason": "Why a person must decide, or what Intercom answered.",
        "created_at": "When it was asked for.",
        "sent_at": "When it left last.",
        "finished_at": "When it was over.",
        "attempts": "How often it was sent.",
        "text": "Its text as typed.",
    },
    "outcome": {
        **_OUTBOX,
        "id": "The number in the outbox; null where it was so already.",
        "kind": f"{_KINDS}.",
        "state": (
            "`done`, `unchanged` (it was so already), `queued`, `stale` (held: new messages), `rejected`, `unsure` "
            "(it may have arrived) or `blocked` (an earlier action waits for a decision)."
        ),
        "reason": "Why it was not done, or what else is to be said.",
        "kept": "Where the text is that was not sent: `draft` or `outbox`.",
    },
    "store": {
        "path": "The file.",
        "version": "The version of its format.",
        "bytes": "The size of the file and its journal.",
        "conversations": "Conversations in it.",
        "parts": "Parts in it.",
        "contacts": "Contacts in it.",
        "drafts": "Drafts in it.",
        "unsent": "Actions in it that are not finished.",
        "workspace": "Intercom's id of the workspace, empty before the first sync.",
        "missing": "What the first sync could not fetch.",
    },
    "saved": {"bytes_saved": "Bytes that went back to the disk."},
    "forgotten": {"conversations": "Conversations that were forgotten."},
}
"""Shape to key to one sentence."""
