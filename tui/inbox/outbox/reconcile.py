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

from tui.inbox.actions.base import Action, Baseline
from tui.text.sanitize import clean

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.models import Conversation, Note, Part

Verdict = Literal["done", "absent", "unclear"]

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


def merged(first: Baseline, second: Baseline) -> Baseline:
    """What was there before the last attempt, where an earlier one may still take effect with the time of its own."""
    return Baseline(min(first.at, second.at), tuple(dict.fromkeys((*first.ids, *second.ids))))


def find_part(
    model: Conversation, action: Action, baseline: Baseline | None, claimed: set[str], sent_at: float
) -> str | None:
    """The id of the part that is this action's effect, or None. As :func:`our_parts`."""
    return next(iter(our_parts(model, action, baseline, claimed, sent_at)), None)


def our_parts(
    model: Conversation, action: Action, baseline: Baseline | None, claimed: set[str], sent_at: float
) -> list[str]:
    """The ids of the parts that may be this action's effect, oldest first: more than one where it took effect twice.

    ``claimed`` are parts known to be other actions'. ``sent_at`` (Unix seconds, our clock) only bounds the search where
    no baseline was taken, with an hour's grace for clocks that disagree.
    """
    words = essence(action.html)
    found: list[str] = []
    for part in sorted(model.conversation_parts.parts, key=lambda p: (p.created_at, len(p.id), p.id)):
        if part.part_type not in action.traces or part.author.id != action.acting_as:
            continue
        if not _is_new(part, baseline, claimed, sent_at):
            continue
        if words and essence(part.body) != words:
            continue
        if action.is_effect(part):
            found.append(part.id)
    return found


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
        if part.id and (part.id in claimed or (baseline is not None and part.id in baseline.ids)):
            continue
        if not action.traces or part.part_type not in ("", *action.traces):
            continue
        if part.author.id not in ("", action.acting_as):
            continue
        if part.created_at and not _is_new(part, baseline, claimed, sent_at):
            continue
        if _may_say(part, action, words) if action.carries_text else action.may_be_effect(part):
            return True
    return False


def _may_say(part: Part, action: Action, words: str) -> bool:
    """Whether a part has these words, or has lost those that it had."""
    wordless = part.part_type in _EVENTS and not (action.closes_too and part.part_type == "close")
    return part.redacted or (essence(part.body) == words if part.body else not wordless)


def verdict(
    model: Conversation, action: Action, baseline: Baseline | None, claimed: set[str], sent_at: float
) -> tuple[Verdict, str]:
    """Whether the action took effect, and by which part (``""`` where none tells: a tag, a title).

    ``unclear`` where something new is there of which the answer does not tell enough: it must not leave again then.
    """
    part_id = find_part(model, action, baseline, claimed, sent_at)
    if part_id is not None:
        return "done", part_id
    if not action.carries_text and action.holds(model):
        return "done", ""
    return ("unclear" if _may_be_ours(model, action, baseline, claimed, sent_at) else "absent"), ""


def our_notes(notes: Sequence[Note], action: Action, claimed: set[str]) -> list[str]:
    """The ids of the contact notes that may be this action's effect, as they come."""
    words = essence(action.html)
    return [
        note.id
        for note in notes
        if (not note.author.id or note.author.id == action.acting_as)
        and note.id not in claimed
        and essence(note.body) == words
    ]


def essence(html: str) -> str:
    """Words as they are compared: without markup, case, spacing and punctuation, which Intercom may rewrite.

    Text without any letter or digit (an emoji) is compared as it is, without spacing. Cleaned like everything that
    comes from Intercom, so that words which cleaning changes are still known as ours.
    """
    from tui.text.html import to_text

    text = clean(unicodedata.normalize("NFKC", clean(to_text(clean(html))))).casefold()
    return _NOT_WORDS.sub("", text) or _INVISIBLE.sub("", text)
