"""Every sign the interface draws, in Unicode and in ASCII, with its width in cells.

Signs that terminals may show two cells wide (the hourglass) are declared so; a sign and its fallback always take the
same number of cells, so that switching moves nothing.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs. Each is exactly as wide in cells as its default here."""

    bar: str = "▌"
    """The cursor, in the gutter."""
    note_bar: str = "┃"
    quote_bar: str = "│"
    unread: str = "●"
    selected: str = "✓"
    priority: str = "★"
    snoozed: str = "☾"
    draft: str = "✎"
    pending: str = "⏳"
    failed: str = "⚠"
    held: str = "‖"
    ours: str = "↩"
    folded: str = "▸"
    unfolded: str = "▾"
    event: str = "·"
    rule: str = "─"
    thumb: str = "▐"
    star: str = "★"
    no_star: str = "☆"
    online: str = "●"
    offline: str = "○"
    limited: str = "◐"
    sep: str = "·"
    ellipsis: str = "…"
    attachment: str = "⎙"
    cup: str = "☕"
    done: str = "█"
    todo: str = "░"
    arrow: str = "→"
    edge: str = "│"


UNICODE = Glyphs()

ASCII = Glyphs(
    bar=">",
    note_bar="#",
    quote_bar="|",
    unread="*",
    selected="x",
    priority="!",
    snoozed="z",
    draft="d",
    pending="..",
    failed="!",
    held="=",
    ours="<",
    folded="+",
    unfolded="-",
    event=".",
    rule="-",
    thumb="|",
    star="*",
    no_star=".",
    online="*",
    offline="o",
    limited="~",
    sep="-",
    ellipsis=".",
    attachment="@",
    cup=":)",
    done="#",
    todo=".",
    arrow=">",
    edge="|",
)


def glyphs(ascii_only: bool) -> Glyphs:
    """The set to draw with."""
    return ASCII if ascii_only else UNICODE


def names() -> list[str]:
    """The names of all signs, for checks over the whole set."""
    return [field.name for field in fields(Glyphs)]
