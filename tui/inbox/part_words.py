"""The words for a part of a thread: what an event did, and who did it. One table for the screen and the shell.

The types are those of ``part_type`` in Intercom's 2.14 and 2.16 descriptions and in what its API was seen to send; the
descriptions give no complete list, so a type that is not here is told by its own words.
"""

from typing import Final

from tui.store.rows import PartRow

EVENTS: Final = {
    "assignment": "assigned to",
    "default_assignment": "assigned to",
    "away_mode_assignment": "reassigned (away) to",
    "message_strategy_assignment": "assigned by rule to",
    "assign_and_unsnooze": "unsnoozed and assigned to",
    "assign_and_reopen": "reopened and assigned to",
    "close": "closed",
    "open": "reopened",
    "snoozed": "snoozed",
    "unsnoozed": "unsnoozed",
    "timer_unsnooze": "snooze ended",
    "note_and_reopen": "reopened",
    "participant_added": "added a participant",
    "participant_removed": "removed a participant",
    "conversation_attribute_updated_by_admin": "changed an attribute",
    "conversation_attribute_updated_by_user": "changed an attribute",
    "conversation_attribute_updated_by_workflow": "changed an attribute",
    "conversation_tags_updated": "changed tags",
    "conversation_rating_changed": "rated",
    "conversation_rating_remark_added": "commented on the rating",
    "priority_changed": "changed the priority",
    "title_updated": "changed the title",
    "operator_workflow_event": "ran a workflow",
    "workflow_started": "started a workflow",
    "custom_action_started": "started an action",
    "custom_action_finished": "finished an action",
    "quick_reply": "chose a quick reply",
    "sla_applied": "applied an SLA",
    "state_changed_from_open_to_close_by_fin": "closed",
}
"""What an event of a type did; those that end in ``to`` go on with the part's ``detail``."""

_SAYS_NOTHING_ELSE: Final = frozenset({"", "source", "comment", "note", "quick_reply"})
"""Types whose text is all there is to them."""
_ROLES: Final = {
    "bot": "Bot",
    "admin": "Teammate",
    "team": "Team",
    "user": "Customer",
    "lead": "Customer",
    "contact": "Customer",
    "visitor": "Customer",
}


def event_words(part: PartRow) -> str:
    """What an event did, in a few words: ``assigned to Priya Natarajan``."""
    known = EVENTS.get(part.part_type)
    if part.part_type.startswith("conversation_attribute_updated") and part.detail:
        return f"set {part.detail.replace(': ', ' to ', 1)}"
    words = known if known is not None else part.part_type.replace("_", " ").strip() or "event"
    return f"{words} {part.detail}" if part.detail else words.removesuffix(" to")


def also_words(part: PartRow) -> str:
    """What a part with text did besides saying it: ``and closed``, ``and assigned to Billing``; ``""`` for nothing."""
    if part.part_type in _SAYS_NOTHING_ELSE:
        return ""
    if part.part_type in EVENTS:
        return f"and {event_words(part)}"
    words = part.part_type.removeprefix("note").strip("_").removeprefix("and_").replace("_", " ").strip()
    return f"and {words} {part.detail}".rstrip() if words else ""


def earlier_words(count: int) -> str:
    """What is said where Intercom did not give the whole thread."""
    what = "1 earlier message is" if count == 1 else f"{count:,} earlier messages are"
    return f"{what} in the browser"


def author_words(part: PartRow) -> str:
    """Who made a part: the name, else what kind of author it was, where Intercom tells no name."""
    return part.author_name.strip() or _ROLES.get(part.author_type, "Unknown author")
