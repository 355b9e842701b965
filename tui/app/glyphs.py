"""Every sign the interface draws, in Unicode and in ASCII, with its width in cells.

Signs that terminals may show two cells wide (the hourglass) are declared so; a sign and its fallback always take the
same number of cells, so that switching moves nothing.
"""

import msgspec

from tui.text import bars


class Glyphs(msgspec.Struct, frozen=True):
    """One set of signs. Each is exactly as wide in cells as its default here."""

    bar: str = "▌"
    """The cursor, in the gutter."""
    note_bar: str = "┃"
    unread: str = "●"
    selected: str = "✓"
    priority: str = "★"
    snoozed: str = "☾"
    draft: str = "✎"
    pending: str = "⏳"
    failed: str = "⚠"
    ours: str = "↩"
    folded: str = "▸"
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
    cup: str = "☕"
    arrow: str = "→"
    team: str = "◇"
    email: str = "✉"
    chat: str = "○"
    open_quote: str = "“"
    close_quote: str = "”"
    dash: str = "—"


UNICODE = Glyphs()

ASCII = Glyphs(
    bar=">",
    note_bar="#",
    unread="*",
    selected="x",
    priority="^",
    snoozed="z",
    draft="d",
    pending="..",
    failed="!",
    ours="<",
    folded="+",
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
    cup=":)",
    arrow=">",
    team="&",
    email="@",
    chat="o",
    open_quote='"',
    close_quote='"',
    dash="-",
)


def glyphs(ascii_only: bool) -> Glyphs:
    """The set to draw with."""
    return ASCII if ascii_only else UNICODE


_PLAIN = str.maketrans("›‹·→…—–“”„‘’•★☆✓⚠◇✉○", '><->.--"""\'\'***x!&@o')


def plain(text: str) -> str:
    """`text` with our own signs and quotes as ASCII, each in the same number of cells; letters stay as they are."""
    return text if text.isascii() else text.translate(_PLAIN | bars.ASCII)


def names() -> list[str]:
    """The names of all signs, for checks over the whole set."""
    return list(Glyphs.__struct_fields__)
