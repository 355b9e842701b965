"""What a thread is made of: messages, runs of events, day rules, the "new since you looked" rule, the rating.

Making the items reads no HTML, so it costs next to nothing however long the thread.
"""

from dataclasses import dataclass
from datetime import tzinfo

from tui.app.widgets.words import local
from tui.store.rows import ConversationRow, PartRow

_EVENTS = {
    "assignment": "assigned to",
    "default_assignment": "assigned to",
    "away_mode_assignment": "reassigned (away) to",
    "assign_and_unsnooze": "woke it and assigned it to",
    "assign_and_reopen": "reopened it and assigned it to",
    "close": "closed",
    "open": "reopened",
    "snoozed": "snoozed",
    "unsnoozed": "woke",
    "timer_unsnooze": "woke by itself",
    "note_and_reopen": "reopened",
    "participant_added": "added somebody",
    "participant_removed": "removed somebody",
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
    "message_strategy_assignment": "assigned by rule to",
    "sla_applied": "applied an SLA",
    "state_changed_from_open_to_close_by_fin": "closed",
}


@dataclass(slots=True, eq=False)
class Item:
    """What stands between two neighbours in the thread. `parts` is empty for a rule.

    `first_file` is the number of the part's first attachment in the whole thread.
    """

    kind: str  # "message", "events", "day", "new", "rating"
    parts: tuple[PartRow, ...] = ()
    at: int = 0
    first_file: int = 0
    count: int = 0
    words: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for items that look the same."""
        return (self.kind, self.parts, self.at, self.first_file, self.count, self.words)

    @property
    def part_id(self) -> str:
        """The id of the message, `""` for all else."""
        return self.parts[0].id if self.kind == "message" else ""


def items_of(
    parts: list[PartRow],
    conversation: ConversationRow | None,
    seen_at: int,
    zone: tzinfo | None,
) -> list[Item]:
    """The items of a thread, oldest first. `parts` come oldest first, the source first.

    A "new" rule stands before the first part by somebody else after `seen_at` (0: never looked, no rule).
    """
    items: list[Item] = []
    events: list[PartRow] = []
    files = 1
    last_day = ""
    ruled = seen_at <= 0

    def flush() -> None:
        if events:
            items.append(Item("events", tuple(events), at=events[0].created_at))
            events.clear()

    for position, part in enumerate(parts):
        today = local(part.created_at, zone).strftime("%Y-%m-%d")
        if today != last_day:
            flush()
            items.append(Item("day", at=part.created_at))
            last_day = today
        if not ruled and part.created_at > seen_at and not part.outbox_id:
            flush()
            fresh = sum(1 for later in parts[position:] if later.is_message and not later.outbox_id)
            if fresh:
                items.append(Item("new", at=part.created_at, count=fresh))
            ruled = True
        if part.is_message:
            flush()
            items.append(Item("message", (part,), at=part.created_at, first_file=files))
        else:
            events.append(part)
        files += len(part.attachments)
    flush()
    if conversation is not None and conversation.rating:
        items.append(Item("rating", count=conversation.rating, words=conversation.rating_remark))
    return items


def event_words(part: PartRow) -> str:
    """What an event did, in a few words: `assigned to Priya Natarajan`."""
    known = _EVENTS.get(part.part_type)
    words = known if known is not None else part.part_type.replace("_", " ").strip() or "event"
    return f"{words} {part.detail}" if part.detail else words.removesuffix(" to").removesuffix(" it")


def event_line(part: PartRow) -> str:
    """Who did what."""
    return f"{part.author_name} {event_words(part)}" if part.author_name else event_words(part).capitalize()
