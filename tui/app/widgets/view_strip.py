"""The line on top: every view with its key and count, the one on screen marked, and at the right what waits longest."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.app.widgets.lines import Appearance, LineView, Piece, pieces_len
from tui.app.widgets.words import heat, short_age
from tui.text.sanitize import clean_line
from tui.text.width import truncate

_LONGEST_TITLE: Final = 16
"""Cells of a view's title."""
_LEAST: Final = 30
"""Cells that the views have at least: what waits longest gives way to the view on screen."""
_WIDE: Final = 100
"""Columns from which the right end is written out."""
_KEYED: Final = 9
"""Views that have a digit."""


class ViewLabel(NamedTuple):
    """A view as the strip names it; ``total`` is -1 where it is not known."""

    key: str
    title: str
    total: int


class Waits(NamedTuple):
    """What all open conversations have in common: since when the longest waits (Unix seconds, 0: none does), and how
    many have missed their SLA."""

    since: int = 0
    missed: int = 0


class ViewStrip(LineView):
    """One line; painted again only when a count, the view or the age at the right reads differently."""

    DEFAULT_CSS = "ViewStrip { height: 1; }"

    class Chosen(Message):
        """A click on the view with that key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self,
        appearance: Appearance | None = None,
        *,
        more_key: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Empty until `set_views`. `more_key` is the binding of the list of all views, "" where it has none."""
        super().__init__(appearance, id=id)
        self._more_key = more_key
        self._views: tuple[ViewLabel, ...] = ()
        self._current = ""
        self._waits = Waits()
        self._ends: list[tuple[int, str]] = []
        """Where each view's label ends (cells from the left), and its key."""

    def set_views(self, views: Sequence[ViewLabel], current: str, waits: Waits) -> None:
        """Show these views; `current` is the key of the one on screen, which may be none of them."""
        self._views, self._current, self._waits = tuple(views), current, waits
        self.sync()

    def line_key(self, _y: int) -> object:
        return (self._views, self._current, self._waited(), self._waits.missed)

    def _waited(self) -> str:
        since = self._waits.since
        return short_age(self.now() - since, coarse=self.low_bandwidth) if since else ""

    def draw_line(self, _y: int) -> Strip:
        style = self.palette
        labels = [self._label(number, view) for number, view in enumerate(self._views)]
        right = self._right()
        if self.width - pieces_len(right) < _LEAST + pieces_len(self._more()):
            right = []
        room = self.width - 2 - pieces_len(right) - (2 if right else 0)
        shown = self._fitting([pieces_len(label) for label in labels], room)
        left: list[Piece] = []
        self._ends = []
        for number in shown:
            left += labels[number]
            self._ends.append((1 + pieces_len(left), self._views[number].key))
        if len(shown) < len(labels):
            left += self._more()
        left = self.cut(left, max(0, room))
        gap = max(0, self.width - 2 - pieces_len(left) - pieces_len(right))
        return self.strip([(" ", style.head), *left, (" " * gap, style.head), *right, (" ", style.head)], style.head)

    def _label(self, number: int, view: ViewLabel) -> list[Piece]:
        style = self.palette
        title = truncate(clean_line(view.title), _LONGEST_TITLE, self.glyphs.ellipsis)
        count = f" {view.total:,}" if view.total >= 0 else ""
        key: list[Piece] = [(f"{number + 1} ", style.on_head(style.accent))] if number < _KEYED else []
        if view.key == self._current:
            return [*key, (f" {title}{count} ", style.cursor), (" ", style.head)]
        return [*key, (title, style.head), (count, style.head_muted), ("  ", style.head)]

    def _more(self) -> list[Piece]:
        key: list[Piece] = [(f"{self._more_key} ", self.palette.on_head(self.palette.accent))] if self._more_key else []
        return [*key, ("more", self.palette.head_muted)]

    def _fitting(self, sizes: list[int], room: int) -> list[int]:
        """Which views are named in `room` cells: as many as fit from the first on, and the current one in any case."""
        if sum(sizes) <= room:
            return list(range(len(sizes)))
        room -= pieces_len(self._more())
        current = next((at for at, view in enumerate(self._views) if view.key == self._current), -1)
        taken = sizes[current] if current >= 0 else 0
        shown = {current} - {-1}
        for at, size in enumerate(sizes):
            if at == current:
                continue
            if taken + size > room:
                break
            taken += size
            shown.add(at)
        return sorted(shown)

    def _right(self) -> list[Piece]:
        style, waited = self.palette, self._waited()
        pieces: list[Piece] = []
        if waited:
            warmth = style.on_head(style.heat[heat(self.now() - self._waits.since)])
            pieces += [("oldest ", style.head_muted), (waited, warmth)]
        if self._waits.missed:
            gap = f" {self.glyphs.sep} " if pieces else ""
            words = "SLA missed" if self.width >= _WIDE else "SLA"
            pieces += [(f"{gap}{words} ", style.head_muted), (f"{self._waits.missed:,}", style.on_head(style.err))]
        return pieces

    def on_click(self, event: events.Click) -> None:
        for end, key in self._ends:
            if event.x < end:
                self.post_message(self.Chosen(key))
                return
