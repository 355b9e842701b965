"""The words for a part of a thread: what an event did, and who did it. One table for the screen and the shell.

The types are those of ``part_type`` in Intercom's 2.14 and 2.16 descriptions and in what its API was seen to send; the
descriptions give no complete list, so a type that is not here is told by its own words.
"""

from typing import Final

from tui.model.labels import EVENTS, ROLES, outcomes
from tui.model.rows import PartRow

_SAYS_NOTHING_ELSE: Final = frozenset({"", "source", "comment", "note", "quick_reply"})
"""Types whose text is all there is to them."""


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
    return outcomes.earlier_messages(count)


def author_words(part: PartRow) -> str:
    """Who made a part: the name, else what kind of author it was, where Intercom tells no name."""
    return part.author_name.strip() or ROLES.get(part.author_type, outcomes.UNKNOWN_AUTHOR)
