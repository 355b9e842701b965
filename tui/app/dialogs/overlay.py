"""The one widget that draws dialogs, over the panes; it is there from the start and only shown when needed."""

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.strip import Strip

from tui.app.dialogs.base import Dialog, Row
from tui.app.glyphs import plain
from tui.app.widgets.lines import Appearance, LineView, Piece
from tui.text.width import cell_len, truncate

_WIDEST = 118
"""Cells; a dialog that takes the whole screen stops there, as longer lines are hard to read."""
_MARGIN = 2
_FRAMES = {False: tuple("╭─╮│╰╯"), True: tuple("+-+|++")}
_COLOURS = {
    "dim": "muted",
    "title": "accent",
    "error": "err",
    "good": "ok",
    "warning": "warn",
    "note": "note",
    "key": "accent",
    "input": "bright",
    "strong": "bright",
    "match": "accent",
    "bold-dim": "muted",
    **{f"heat-{step}": f"heat-{step}" for step in range(5)},
}
_BOLD = frozenset({"title", "match", "strong", "error", "bold-dim", "heat-4"})


class Overlay(LineView):
    """Draws the dialog on top of a stack; hidden while there is none."""

    DEFAULT_CSS = """
    Overlay { layer: overlay; position: absolute; display: none; width: 10; height: 3; }
    """
    can_focus = False

    def __init__(
        self,
        appearance: Appearance | None = None,
        *,
        on_stack: Callable[[], None] = lambda: None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Empty until `push`; `on_stack` hears of every dialog that opens or closes."""
        super().__init__(appearance, id=id)
        self._on_stack = on_stack
        self._stack: list[Dialog] = []
        self._rows: list[Row] = []
        self._box = (10, 3)
        self._margin = 0
        self._styles: dict[tuple[str, bool], Style] = {}

    @property
    def top(self) -> Dialog | None:
        """The dialog that takes the keys, None when the panes do."""
        return self._stack[-1] if self._stack else None

    def push(self, dialog: Dialog) -> None:
        """Show `dialog` on top."""
        dialog.host = self
        self._stack.append(dialog)
        self.redraw()
        self._on_stack()

    def close(self, dialog: Dialog) -> None:
        """Take `dialog` off, wherever it is in the stack."""
        if dialog in self._stack:
            self._stack.remove(dialog)
            dialog.host = None
            self.redraw()
            self._on_stack()

    def refresh_dialog(self) -> None:
        """Draw the top dialog again."""
        self.redraw()

    def redraw(self) -> None:
        """Lay the top dialog out for the screen as it is now; only lines that differ are painted."""
        dialog = self.top
        if dialog is None:
            self.display = False
            self._rows = []
            return
        screen = self.app.size
        width = max(8, min(screen.width, _WIDEST if dialog.tall else dialog.width + 4))
        room = max(1, screen.height - (3 if dialog.tall else 6))
        dialog.begin_rows()
        self._rows = dialog.rows(max(1, width - 4), room)[:room]
        if dialog.tall and not dialog.snug:
            self._rows += [()] * (room - len(self._rows))
        height = len(self._rows) + 2
        self._box = (width, height)
        # What is cut off beside the frame is no text any more: blank cells keep it apart.
        self._margin = min(_MARGIN, (screen.width - width) // 2)
        left, top = (screen.width - width) // 2, 0 if dialog.tall else min(3, screen.height // 8)
        self._place(width + 2 * self._margin, height, left - self._margin, top)
        if dialog.caret is not None:  # for input methods and braille lines, which follow the terminal's own cursor
            self.app.cursor_position = Offset(left + 2 + dialog.caret[0], top + 1 + dialog.caret[1])
        if not self.display:
            self.display = True
            self._keys = []
        self.sync()

    def _place(self, width: int, height: int, left: int, top: int) -> None:
        """Size and place in cells; each touch of a style is a layout, so only what differs is touched."""
        styles = self.styles
        if styles.width is None or styles.width.value != width:
            styles.width = width
        if styles.height is None or styles.height.value != height:
            styles.height = height
        if (styles.offset.x.value, styles.offset.y.value) != (left, top):
            styles.offset = (left, top)

    def line_key(self, y: int) -> object:
        """The row, and whether the bar is on it."""
        dialog = self.top
        if dialog is None:
            return None
        if y == 0:
            return (dialog.title, self._box, self._margin)
        if y == self._box[1] - 1:
            return (dialog.hints, self._box, self._margin)
        row = self._rows[y - 1] if y - 1 < len(self._rows) else ()
        return (row, y - 1 == dialog.selected, self._box, self._margin)

    def draw_line(self, y: int) -> Strip:
        """One line of the box, with the margin."""
        line = self._draw_box(y)
        if not self._margin:
            return line
        blank = Strip([Segment(" " * self._margin, self.palette.text)], self._margin)
        return Strip.join([blank, line, blank])

    def _draw_box(self, y: int) -> Strip:
        dialog = self.top
        width, height = self._box
        if dialog is None or y >= height:
            return self.blank()
        if y == 0:
            return self._upper_edge(dialog, width)
        if y == height - 1:
            return self._lower_edge(dialog, width)
        row = self._rows[y - 1] if y - 1 < len(self._rows) else ()
        return self._body(row, y - 1 == dialog.selected, width)

    def forget(self) -> None:
        """The theme changed."""
        self._styles.clear()

    def _said(self, text: str) -> str:
        return plain(text).replace("↑↓", "up/down") if self.appearance.ascii_only else text

    def _frame(self) -> tuple[str, ...]:
        return _FRAMES[self.appearance.ascii_only]

    def _upper_edge(self, dialog: Dialog, width: int) -> Strip:
        left, edge, right = self._frame()[:3]
        title = truncate(self._said(dialog.title), width - 6)
        head = f" {title} " if title else ""
        rule = edge * (width - 3 - cell_len(head))
        return self.strip(
            [(left + edge, self.palette.line), (head, self.palette.head_focus), (rule + right, self.palette.line)]
        )

    def _lower_edge(self, dialog: Dialog, width: int) -> Strip:
        edge, left, right = self._frame()[1], self._frame()[4], self._frame()[5]
        style = self.palette
        pieces: list[Piece] = [(left + edge, style.line)]
        room = width - 3
        for name, what in ((self._said(key), self._said(does)) for key, does in dialog.hints):
            size = cell_len(name) + cell_len(what) + 3
            if size > room:
                break
            pieces += [(f" {name}", style.accent), (f" {what} ", style.muted)]
            room -= size
        pieces.append((edge * room + right, style.line))
        return self.strip(pieces)

    def _body(self, row: Row, chosen: bool, width: int) -> Strip:
        side = Segment(self._frame()[3], self.palette.line)
        base = self._style("", chosen)
        segments = [side, Segment(" ", base)]
        room = width - 4
        for text, style in row:
            if room <= 0 or not text:
                continue
            text = self._said(text)
            cut = text if cell_len(text) <= room else truncate(text, room, self.glyphs.ellipsis)
            room -= cell_len(cut)
            segments.append(Segment(cut, self._style(style, chosen)))
        segments += [Segment(" " * (room + 1), base), side]
        return Strip(segments, width)

    def _style(self, name: str, chosen: bool) -> Style:
        style = self._styles.get((name, chosen))
        if style is None:
            style = self._styles[name, chosen] = self._make_style(name, chosen)
        return style

    def _make_style(self, name: str, chosen: bool) -> Style:
        palette = self.palette
        weight = Style(
            bold=name in _BOLD or None,
            underline=name == "match" or None,
            reverse=name == "caret" or None,
        )
        if chosen or name == "bar":  # the bar: reversed, so that every theme and 16 colours have it
            return palette.accent + Style(reverse=True) + weight
        colour = palette.colours[_COLOURS[name]].rich_color if name in _COLOURS else None
        return palette.text + Style(color=colour) + weight
