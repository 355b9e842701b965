"""What stands around the rows of the list: its title or the selection, and in place of rows why there are none."""

from collections.abc import Iterable
from typing import NamedTuple

from rich.style import Style

from tui.app.glyphs import Glyphs
from tui.app.themes import Palette
from tui.app.widgets.lines import Appearance, Piece, pieces_len
from tui.app.widgets.model import ConversationModel
from tui.inbox.situation import ListState, list_state, list_words
from tui.inbox.status import Status
from tui.model.labels import SORTS
from tui.text.width import wrap_text


def title(style: Palette, model: ConversationModel | None, *, focused: bool) -> tuple[list[Piece], list[Piece]]:
    """The two ends of the header: name and number of conversations, and the order; before there is a list, its name."""
    if model is None:
        return [("Conversations", style.head_title)], []
    left = [(model.title, style.head_focus if focused else style.head_title), (f"  {model.total:,}", style.head)]
    return left, [(SORTS.get(model.sort, model.sort), style.head_muted)]


def selection(style: Palette, signs: Glyphs, count: int, keys: Iterable[tuple[str, str]], width: int) -> list[Piece]:
    """How many are selected, and the (key, word) of what acts on all of them as far as `width` cells hold it."""
    left: list[Piece] = [(f"{signs.selected} {count} selected", style.head_focus)]
    room = width - pieces_len(left)
    for key, word in keys:
        piece: list[Piece] = [("  ", style.head), (key, style.head_focus), (f" {word}", style.head_muted)]
        room -= pieces_len(piece)
        if room < 0:
            break
        left += piece
    return left


class Empty(NamedTuple):
    """Why nothing is listed, its words, and what is still being downloaded."""

    state: ListState
    words: tuple[str, ...]
    progress: str


def empty(model: ConversationModel | None, status: Status, view_key: str, appearance: Appearance) -> Empty:
    """Why the list of a view is empty."""
    state = list_state(status, view_key, loaded=model is not None and model.loaded, now=appearance.clock())
    words = tuple(list_words(state, status, view_key, appearance.key_of))
    return Empty(state, words, status.syncing if state is ListState.EMPTY else "")


def empty_lines(told: Empty, style: Palette, signs: Glyphs, *, view_key: str, width: int) -> list[tuple[str, Style]]:
    """The lines that say so, each to be centred in `width` cells."""
    state, words, progress = told
    if words[0].endswith("…"):
        words = (words[0][:-1] + signs.ellipsis, *words[1:])
    lines = [(signs.cup, style.text)] if state is ListState.EMPTY and view_key != "search" else []
    lines.append((words[0], style.bold))
    for paragraph in words[1:]:
        lines += [(line, style.muted) for line in wrap_text(paragraph, max(10, width - 4))]
    if progress:
        lines.append((progress, style.faint))
    return lines
