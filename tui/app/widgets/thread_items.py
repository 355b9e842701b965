"""What a thread is made of: messages, runs of events, day rules, the "new since you looked" rule, the rating.

Making the items reads no HTML, so it costs next to nothing however long the thread.
"""

from datetime import tzinfo

import msgspec

from tui.inbox.part_words import event_words
from tui.model.rows import ConversationRow, PartRow
from tui.text.durations import day_of


class Item(msgspec.Struct, eq=False):
    """What stands between two neighbours in the thread. `parts` is empty for a rule."""

    kind: str  # "message", "events", "day", "new", "rating", "earlier"
    parts: tuple[PartRow, ...] = ()
    at: int = 0
    count: int = 0
    words: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for items that look the same."""
        return (self.kind, self.parts, self.at, self.count, self.words)

    @property
    def part_id(self) -> str:
        """The id of the message, `""` for all else."""
        return self.parts[0].id if self.kind == "message" else ""


def items_of(
    parts: list[PartRow],
    conversation: ConversationRow | None,
    looked_at: frozenset[str] | None,
    zone: tzinfo,
) -> list[Item]:
    """The items of a thread, oldest first. `parts` come oldest first, the source first.

    A "new" rule stands before the first part that is not among the ids `looked_at` (None: never looked, no rule).
    """
    items: list[Item] = []
    events: list[PartRow] = []
    day = range(0)
    ruled = looked_at is None

    def flush() -> None:
        if events:
            items.append(Item("events", tuple(events), at=events[0].created_at))
            events.clear()

    for position, part in enumerate(parts):
        if part.created_at not in day:
            flush()
            items.append(Item("day", at=part.created_at))
            day = day_of(part.created_at, zone)
        if looked_at is not None and not ruled and part.id not in looked_at and not part.outbox_id:
            flush()
            fresh = sum(1 for later in parts[position:] if later.is_message and not later.outbox_id)
            if fresh:
                items.append(Item("new", at=part.created_at, count=fresh))
            ruled = True
        if part.is_message:
            flush()
            items.append(Item("message", (part,), at=part.created_at))
        else:
            events.append(part)
    flush()
    if conversation is not None and (earlier := conversation.earlier(parts)):
        items.insert(0, Item("earlier", count=earlier))
    if conversation is not None and conversation.rating:
        items.append(Item("rating", count=conversation.rating, words=conversation.rating_remark))
    return items


def event_line(part: PartRow) -> str:
    """Who did what, in a line: `Priya closed this`."""
    return f"{part.author_name} {event_words(part)}" if part.author_name else event_words(part).capitalize()
