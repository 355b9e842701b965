"""Did it take effect? Reading a conversation for the trace of an action whose answer never came.

Intercom has no idempotency key, so before anything whose fate is unknown may leave again, the conversation is read and
our own part looked for: same kind, same author, not there before we sent, not already known as another action's, and
for words the same words. Pure functions over the API's models.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from tui.inbox.actions import Action, Baseline
from tui.text.clean import clean

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.models import Conversation, Note, Part

Verdict = Literal["done", "absent", "unclear"]

_MESSAGES = frozenset({"comment", "open", "close", "assignment", "quick_reply", "assign_and_reopen"})
"""What can carry words for the customer: one who answers a closed conversation makes an ``open`` part."""

_NOTES = frozenset({"note", "note_and_reopen"})
_PART_TYPES: dict[str, frozenset[str]] = {
    "reply": _MESSAGES,
    "note": _NOTES,
    "close": frozenset({"close"}),
    "open": frozenset({"open"}),
    "snooze": frozenset({"snoozed"}),
    "assign": frozenset({"assignment", "assign_and_reopen", "assign_and_unsnooze"}),
}
_EVENTS = frozenset({"open", "close", "assignment", "assign_and_reopen"})
"""Parts that usually say nothing."""

CLOCKS = 10
"""Seconds by which the clocks of Intercom's machines may disagree, and by which its answers tell the time wrongly."""

_NOT_WORDS = re.compile(r"[\W_]+")
_INVISIBLE = re.compile("[\\s\u200c\u200d\ufe0e\ufe0f]+")


def baseline_of(model: Conversation) -> Baseline:
    """What the thread holds now, to tell later what is new in it."""
    parts = model.conversation_parts.parts
    at = max((part.created_at for part in parts), default=model.created_at) - CLOCKS
    return Baseline(at, tuple(part.id for part in parts if part.created_at >= at))


def find_part(
    model: Conversation, action: Action, baseline: Baseline | None, claimed: set[str], sent_at: float
) -> str | None:
    """The id of the part that is this action's effect, or None.

    ``claimed`` are parts known to be other actions'. ``sent_at`` (Unix seconds, our clock) only bounds the search where
    no baseline was taken, with an hour's grace for clocks that disagree.
    """
    wanted = part_types(action)
    if not wanted:
        return None
    words = essence(action.html)
    for part in sorted(model.conversation_parts.parts, key=lambda p: (p.created_at, len(p.id), p.id)):
        if part.part_type not in wanted or part.author.id != action.acting_as:
            continue
        if not _is_new(part, baseline, claimed, sent_at):
            continue
        if words and essence(part.body) != words:
            continue
        if action.kind == "assign" and not _assigned_to(part, action):
            continue
        return part.id
    return None


def _is_new(part: Part, baseline: Baseline | None, claimed: set[str], sent_at: float) -> bool:
    if part.id in claimed:
        return False
    if baseline is None:
        return part.created_at >= sent_at - 3600
    return part.created_at >= baseline.at and part.id not in baseline.ids


def _may_be_ours(
    model: Conversation, action: Action, baseline: Baseline | None, claimed: set[str], sent_at: float
) -> bool:
    """True where a new part could be the effect but lacks what would tell (an author, a body): look again."""
    words = essence(action.html)
    for part in model.conversation_parts.parts:
        if part.id in claimed or (baseline is not None and part.id in baseline.ids):
            continue
        fits = part.part_type in ("", *part_types(action)) and part.author.id in ("", action.acting_as)
        wordless = part.part_type in _EVENTS and not (action.then and part.part_type == "close")
        says = part.redacted or (essence(part.body) == words if part.body else not wordless)
        if fits and says and (not part.created_at or _is_new(part, baseline, claimed, sent_at)):
            return True
    return False


def verdict(
    model: Conversation, action: Action, baseline: Baseline | None, claimed: set[str], sent_at: float
) -> tuple[Verdict, str]:
    """Whether the action took effect, and by which part (``""`` where none tells: a tag, a title).

    ``unclear`` where something new is there of which the answer does not tell enough: words must not leave again then.
    """
    part_id = find_part(model, action, baseline, claimed, sent_at)
    if part_id is not None:
        return "done", part_id
    if action.carries_text:
        return ("unclear" if _may_be_ours(model, action, baseline, claimed, sent_at) else "absent"), ""
    return ("done" if _state_holds(model, action) else "absent"), ""


def part_types(action: Action) -> frozenset[str]:
    """The part types in which an action can show: a reply that closes is one ``close`` part with words."""
    return _PART_TYPES.get(action.kind, frozenset())


def find_note(notes: Sequence[Note], action: Action, claimed: set[str], since: float) -> str | None:
    """The id of the contact note that is this action's effect, or None. ``since`` is by Intercom's clock."""
    words = essence(action.html)
    for note in notes:
        mine = not note.author.id or note.author.id == action.acting_as
        if mine and note.id not in claimed and note.created_at >= since and essence(note.body) == words:
            return note.id
    return None


def strangers(model: Conversation, action: Action) -> list[Part]:
    """Messages that a customer or teammate added after what the writer of ``action`` had read, oldest first."""
    return [
        part
        for part in model.conversation_parts.parts
        if part.part_type in (_MESSAGES | _NOTES)
        and part.author.id != action.acting_as
        and part.author.type != "bot"
        and (part.body or part.attachments)
        and (part.created_at > action.seen_at or (part.created_at == action.seen_at and part.id not in action.seen_ids))
    ]


def essence(html: str) -> str:
    """Words as they are compared: without markup, case, spacing and punctuation, which Intercom may rewrite.

    Text without any letter or digit (an emoji) is compared as it is, without spacing. Cleaned like everything that
    comes from Intercom, so that words which cleaning changes are still known as ours.
    """
    from tui.text.html import to_text

    text = clean(unicodedata.normalize("NFKC", clean(to_text(clean(html))))).casefold()
    return _NOT_WORDS.sub("", text) or _INVISIBLE.sub("", text)


def _assigned_to(part: Part, action: Action) -> bool:
    given = part.assigned_to.id if part.assigned_to else ""
    return given == action.assignee_id if action.assignee_id else given in ("", "0")


def _state_holds(model: Conversation, action: Action) -> bool:
    match action.kind:
        case "close":
            return model.state == "closed"
        case "open":
            return model.state == "open"
        case "snooze":
            return model.state == "snoozed" and model.snoozed_until == action.until
        case "assign":
            team = action.assignee in ("team", "no_team")
            return ((model.team_assignee_id if team else model.admin_assignee_id) or "") == action.assignee_id
        case "tag":
            return any(tag.id == action.tag_id for tag in model.tags.tags)
        case "untag":
            return all(tag.id != action.tag_id for tag in model.tags.tags)
        case "read":
            return model.read == action.read
        case "title":
            return model.title == action.title
        case _:
            return False
