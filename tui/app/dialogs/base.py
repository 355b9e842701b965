"""What a dialog is: plain state that turns keys into lines.

A dialog is no Textual screen: one overlay widget draws whichever dialog is on top, and the application hands it each
key before anything else sees it. So it opens within the frame, the key typed right after the one that opened it cannot
get lost, and no text in it ever meets a markup parser.
"""

from typing import ClassVar, NamedTuple, Protocol

from tui.app.dialogs.edit import LineEdit
from tui.app.keys.press import Press
from tui.text.graphemes import next_boundary, snapped
from tui.text.width import cell_len, truncate, wrap_text


class Piece(NamedTuple):
    """A stretch of text in one of the overlay's styles (see `STYLES`)."""

    text: str
    style: str = ""


Row = tuple[Piece, ...]
"""One line of a dialog."""

STYLES = (
    "dim", "title", "match", "error", "good", "warning", "key", "input", "caret", "note", "strong", "bar", "bold-dim",
    "heat-0", "heat-1", "heat-2", "heat-3", "heat-4",
)  # fmt: skip
"""Names a piece may carry; the overlay's style sheet says how each looks. "" is plain text."""


class Host(Protocol):
    """What a dialog may ask of whoever shows it."""

    def close(self, dialog: "Dialog") -> None:
        """Take `dialog` off the screen."""

    def refresh_dialog(self) -> None:
        """Draw the dialog on top again: something arrived by itself."""


class Dialog:
    """A dialog: override `rows` and `key`. Sizes are in cells and exclude the frame."""

    title: str = ""
    hints: tuple[tuple[str, str], ...] = (("esc", "close"),)
    """(key, what it does), for the lower edge."""
    width: int = 60
    tall: ClassVar[bool] = False
    """True to take nearly the whole screen."""
    snug: ClassVar[bool] = False
    """True for a tall dialog that takes only the lines it fills."""
    passing: ClassVar[bool] = False
    """True for what any key takes away; but for escape, the key then means what it means without the dialog."""
    selected: int = -1
    """The row that carries the cursor bar, -1 for none; set by `rows`."""
    caret: tuple[int, int] | None = None
    """(column, row) of the text cursor, None for none; set by `rows`."""

    def __init__(self) -> None:
        self.host: Host | None = None

    def begin_rows(self) -> None:
        """Forget where bar and caret were; `rows` sets them."""
        self.selected = -1
        self.caret = None

    def rows(self, width: int, height: int) -> list[Row]:
        """The lines to show, at most `height` of them, each at most `width` cells."""
        raise NotImplementedError

    async def key(self, press: Press) -> None:
        """Act on a key. Escape closes unless overridden."""
        if press.name in ("esc", "ctrl+c"):
            self.close()

    def paste(self, text: str) -> None:
        """Text was pasted: nothing in it is ever a key."""

    def close(self) -> None:
        """Leave the screen."""
        if self.host is not None:
            self.host.close(self)

    def refresh(self) -> None:
        """Draw again, when something changed by itself (keys redraw anyway)."""
        if self.host is not None:
            self.host.refresh_dialog()


def text_rows(text: str, width: int, style: str = "") -> list[Row]:
    """`text` wrapped to `width` cells."""
    return [(Piece(line, style),) for line in wrap_text(text, width)]


def edit_row(edit: LineEdit, label: str, width: int) -> tuple[Row, int]:
    """`edit` after `label` as one line of `width` cells, and the column of its cursor; long text scrolls."""
    room = max(4, width - cell_len(label) - 1)
    before, after = edit.text[: edit.cursor], edit.text[edit.cursor :]
    while cell_len(before) > room:
        before = before[next_boundary(before, snapped(before, len(before) // 8)) :]
    column = cell_len(label) + cell_len(before)
    shown = truncate(after, max(1, width - column - 1)) if after else ""
    under = next_boundary(shown, 0)
    return (
        Piece(label, "key"),
        Piece(before, "input"),
        Piece(shown[:under] or " ", "caret"),
        Piece(shown[under:], "input"),
    ), column


def window(size: int, selected: int, top: int, height: int) -> int:
    """The first of `height` visible rows out of `size`, so that `selected` shows, moving as little as possible."""
    if selected < top:
        top = selected
    elif selected >= top + height:
        top = selected - height + 1
    return max(0, min(top, size - height))
