"""A card in the place of a thread: the keys to begin with, or what to do about a token that was rejected."""

from typing import NamedTuple

from textual.strip import Strip

from tui.app.themes import Palette
from tui.app.widgets.lines import LineView, Piece
from tui.config.access import Access
from tui.inbox.situation import KeyOf, Words
from tui.inbox.status import Status
from tui.model.labels import texts
from tui.text.width import cell_len, pad, wrap_text

_WIDEST = 64
"""Cells of a card."""


class Card(NamedTuple):
    """A heading, rows of a short label and what stands beside it, and a last line."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    foot: str = ""


def card_for(status: Status, access: Access, key_of: KeyOf) -> Card | None:
    """The card that the state of the connection calls for where no conversation is open; None for none."""
    if status.connection == "refused":
        return rejected(access, key_of)
    return None if status.known else first_keys(key_of)


def first_keys(key_of: KeyOf) -> Card:
    """What is enough to begin with, while the first conversations are downloaded."""
    keys = (
        (f"{key_of('move.down')} {key_of('move.up')}".strip(), texts.CARD_MOVE),
        (key_of("move.open"), texts.CARD_OPEN),
        (key_of("compose.reply"), texts.CARD_REPLY),
        (key_of("conversation.close"), texts.CARD_CLOSE),
        (key_of("undo.last"), texts.CARD_UNDO),
    )
    help_key = key_of("help.keys")
    foot = f"{help_key} {texts.ALL_KEYS}" if help_key else ""
    return Card(texts.FIVE_KEYS, tuple(row for row in keys if row[0]), foot)


def rejected(access: Access, key_of: KeyOf) -> Card:
    """Where the token came from, and the three steps to another one."""
    again = key_of("app.refresh")
    region = f"{access.region} · {access.host}" if access.region else access.host
    rows = (
        (texts.ACCESS_FROM, access.place),
        (texts.ACCESS_REGION, region),
        ("1", texts.STEP_CHECK),
        ("2", texts.STEP_REGION.format(profile=access.profile or "default")),
        ("3", texts.STEP_REPLACE),
    )
    foot = f"{again} {texts.RETRY_NOW}" if again else ""
    return Card(texts.CARD_REJECTED, tuple(row for row in rows if row[1]), foot)


def absent_line(view: LineView, y: int, height: int, card: Card | None, words: Words) -> Strip:
    """The line at `y` of `height` in a pane that has no thread to show: of the card, else of the words."""
    style = view.palette
    if card is not None:
        lines = card_lines(card, style, view.width)
        at = y - max(1, (height - len(lines)) // 3)
        return view.strip(lines[at]) if 0 <= at < len(lines) else view.blank()
    first, second = words
    if first.endswith("…"):
        first = first[:-1] + view.glyphs.ellipsis
    match y - max(1, height // 3):
        case 0:
            return view.centred(first, style.muted)
        case 1:
            return view.centred(second, style.faint)
        case _:
            return view.blank()


def card_lines(card: Card, style: Palette, width: int) -> list[list[Piece]]:
    """The card's lines in a pane of `width` cells, each with the margin that centres the whole."""
    room = max(10, min(_WIDEST, width - 4))
    label_cells = max((cell_len(label) for label, _ in card.rows), default=0) + 2
    lines: list[list[Piece]] = [[(card.heading, style.bold)], []]
    for label, told in card.rows:
        for number, line in enumerate(wrap_text(told, max(8, room - label_cells))):
            shown = pad("" if number else label, label_cells)
            lines.append([(shown, style.accent if len(label) <= _KEY_CELLS else style.faint), (line, style.text)])
    if card.foot:
        lines += [[], [(card.foot, style.muted)]]
    widest = max(sum(cell_len(text) for text, _ in line) for line in lines)
    margin = max(1, (width - widest) // 2)
    return [[(" " * margin, style.text), *line] for line in lines]


_KEY_CELLS = 5
"""Labels of as many cells are keys or numbers; longer ones say what stands beside them."""
