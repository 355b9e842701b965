"""What an action will have done, so that the screen need not wait for Intercom to say so. Pure functions."""

import html
import re
from collections.abc import Sequence

import msgspec

from tui.inbox.actions import Action, decode
from tui.store.rows import ConversationRow, OutboxRow, PartRow
from tui.text.clean import clean_line

_replace = msgspec.structs.replace
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_NEEDS_PARSER = re.compile(
    r"<(?!/?(?:p|br|b|strong|i|em|u|s|a|ul|ol|li|div|span|code|pre|h[1-6]|hr|table|tbody|thead|tr|td|th|font|center|img|blockquote)"
    r"\b[^<>]*>)",
    re.IGNORECASE,
)


def overlay(row: ConversationRow, actions: Sequence[OutboxRow]) -> ConversationRow:
    """The conversation as it will be after these journaled actions."""
    for journaled in actions:
        row = applied(row, decode(journaled.payload), int(journaled.created_at))
    return row


def applied(row: ConversationRow, action: Action, at: int) -> ConversationRow:
    """The conversation after one action made at the Unix second ``at``."""
    match action.kind:
        case "reply":
            row = _replace(row, waiting_since=0, preview=preview_of(action.html), preview_by="admin", read=True)
            if action.then == "close":
                row = _replace(row, state="closed", snoozed_until=0)
        case "close":
            row = _replace(row, state="closed", snoozed_until=0, waiting_since=0)
        case "open":
            row = _replace(row, state="open", snoozed_until=0)
        case "snooze":
            row = _replace(row, state="snoozed", snoozed_until=action.until)
        case "assign":
            row = _assigned(row, action)
        case "tag":
            if action.tag_id not in row.tag_ids:
                row = _replace(row, tag_ids=(*row.tag_ids, action.tag_id))
        case "untag":
            row = _replace(row, tag_ids=tuple(tag for tag in row.tag_ids if tag != action.tag_id))
        case "read":
            row = _replace(row, read=action.read)
        case "title":
            row = _replace(row, title=action.title)
        case _:
            pass
    return row


def optimistic_part(action: Action, outbox_id: int, at: int, author_name: str) -> PartRow | None:
    """The part that Intercom will add for the action, as the thread shows it until then; None where it adds none."""
    part_type = {
        "reply": "comment", "note": "note", "assign": "assignment", "close": "close", "open": "open",
        "snooze": "snoozed",
    }.get(action.kind)  # fmt: skip
    if part_type is None:
        return None
    return PartRow(
        id=f"outbox:{outbox_id}",
        conversation_id=action.conversation_id,
        part_type=part_type,
        body=action.html,
        created_at=at,
        author_type="admin",
        author_id=action.acting_as,
        author_name=author_name,
        assigned_to=action.assignee_id if action.kind == "assign" else "",
        detail=(action.assignee_name or "nobody") if action.kind == "assign" else "",
        outbox_id=outbox_id,
    )


def preview_of(markup: str) -> str:
    """The words of a message on one line, as much as a list row can ever show; pictures only where there are no words.

    ``markup`` has been cleaned, as everything from Intercom is.
    """
    head = markup[:4000]
    if "<" not in head and "&" not in head:
        return " ".join(head.split())[:240]
    if not _NEEDS_PARSER.search(head) and not (len(markup) > 4000 and head.rfind("<") > head.rfind(">")):
        # a first fill reads a hundred thousand of these: plain paragraphs need no parser
        words = _TAG.sub(" ", head)
        # what an entity stands for was not cleaned yet
        words = clean_line(html.unescape(words)) if "&" in words else " ".join(words.split())
        if words:
            return words[:240]
    from tui.text.html import to_text  # rarely needed, and never before the first paint

    return " ".join(to_text(head).split())[:240]


def _assigned(row: ConversationRow, action: Action) -> ConversationRow:
    # Intercom keeps the team when an admin is assigned, and the admin when a team is
    if action.assignee in ("team", "no_team"):
        return _replace(row, team_assignee_id=action.assignee_id)
    return _replace(row, admin_assignee_id=action.assignee_id)
