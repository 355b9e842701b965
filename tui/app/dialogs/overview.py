"""The desk overview: figures, and a cursor on the conversations that they count."""

import asyncio
from collections.abc import Callable
from datetime import tzinfo
from typing import Final

from tui.app.dialogs.base import Dialog, Piece, Row, text_rows
from tui.app.dialogs.canvas import Canvas, Spot, highlighted, neighbour
from tui.app.dialogs.overview_layout import detail_of, laid, title_of
from tui.app.keys.press import Press
from tui.inbox.statistics import Overview
from tui.model.labels import texts
from tui.text.durations import clock
from tui.text.width import cell_len, pad, truncate

_DIRECTIONS: Final = {
    "j": "j", "down": "j", "k": "k", "up": "k", "h": "h", "left": "h", "l": "l", "right": "l",
}  # fmt: skip
_FOOT: Final = 2
"""Lines below the figures: an empty one, and what is under the cursor."""


class DeskOverview(Dialog):
    """Shows figures as they are given to it; `chosen` gets the spot that enter is pressed on, and the figures."""

    title = "Desk overview"
    tall = True

    def __init__(self, zone: tzinfo, chosen: Callable[[Spot, Overview], None]) -> None:
        super().__init__()
        self.outdated = asyncio.Event()
        """Set when the figures are to be read now: somebody asked, or the overview was closed."""
        self.spot = ""
        """The name of the spot under the cursor."""
        self._zone = zone
        self._chosen = chosen
        self._figures: Overview | None = None
        self._failure = ""
        self._canvas = Canvas()
        self._goal = 0
        self._top = 0
        self._page = 10
        self._at = 0
        self.hints = (("j k h l", "move"), ("enter", "show"), ("r", "refresh"), ("esc", "close"))

    @property
    def figures(self) -> Overview | None:
        """The figures on the screen, None before the first."""
        return self._figures

    def show(self, figures: Overview) -> None:
        """Draw these figures; the cursor stays on what it was on."""
        self._figures, self._failure = figures, ""
        self.title = title_of(figures) if figures.stored else "Desk overview"
        self.refresh()

    def fail(self, sentence: str) -> None:
        """Say why there are no newer figures."""
        self._failure = sentence
        self.refresh()

    def rows(self, width: int, height: int) -> list[Row]:
        """The part of the figures around the cursor, and below it what the cursor is on."""
        figures = self._figures
        if figures is None or not figures.stored:
            self._canvas = Canvas()
            return text_rows(self._failure or (texts.NOTHING_STORED_YET if figures else texts.COUNTING), width, "dim")
        self._canvas = laid(figures, width, height - _FOOT, self._zone)
        here = self._here()
        self._page = max(1, height - _FOOT)
        rows = list(self._canvas.rows)
        if here is not None:
            for y in range(here.y, here.y + here.height):
                rows[y] = highlighted(rows[y], here.x, here.width)
            self._scroll(here, len(rows))
        rows = rows[self._top : self._top + self._page]
        rows += [()] * (self._page - len(rows) + 1)
        return [*rows, self._detail(here, figures, width)]

    def _here(self) -> Spot | None:
        """The spot under the cursor; where it is gone, the one that is in its place now."""
        spots = self._canvas.spots
        if not spots:
            return None
        found = next((at for at, spot in enumerate(spots) if spot.name == self.spot), min(self._at, len(spots) - 1))
        self._at, self.spot = found, spots[found].name
        return spots[found]

    def _scroll(self, here: Spot, total: int) -> None:
        """Move as little as possible; with the first and last spot, what is above and below them shows."""
        first = here.y == min(spot.y for spot in self._canvas.spots)
        end = max(spot.y + spot.height for spot in self._canvas.spots)
        above = 0 if first else here.y - 1  # the line above may be the heading of its section
        under = total if here.y + here.height == end else here.y + here.height
        self._top = max(0, min(self._top, above), under - self._page)
        self._top = min(self._top, max(0, total - self._page))

    def _detail(self, here: Spot | None, figures: Overview, width: int) -> Row:
        stamp = self._failure or (
            "still downloading" if figures.filling else texts.AS_OF.format(time=clock(figures.at, self._zone))
        )
        room = max(0, width - cell_len(stamp) - 2)
        stamped = Piece(stamp, "warning" if self._failure or figures.filling else "dim")
        if here is None:
            return Piece(" " * (room + 2)), stamped
        says, query = detail_of(here)
        says = truncate(says, room)
        rest = room - cell_len(says)
        return Piece(says, "strong"), Piece(pad(f"   {query}" if query else "", rest), "dim"), Piece("  "), stamped

    async def key(self, press: Press) -> None:
        """Move, show what is under the cursor, read the figures anew, close."""
        name, here = press.name, self._here()
        if name in ("q", "D", "esc", "ctrl+c"):
            self.close()
        elif name == "r":
            self.outdated.set()
        elif here is None:
            return
        elif name == "enter":
            if here.conversation_id or here.holds:
                self.close()
            if self._figures is not None:
                self._chosen(here, self._figures)
        else:
            self._move(name, here)

    def _move(self, name: str, here: Spot) -> None:
        spots = self._canvas.spots
        direction = _DIRECTIONS.get(name, "")
        if direction in ("h", "l"):
            here = neighbour(spots, here, direction, 0)
            self._goal = here.x + here.width // 2
        elif direction:
            here = neighbour(spots, here, direction, self._goal)
        elif name in ("g", "home"):
            here = spots[0]
            self._goal = here.x
        elif name in ("G", "end"):
            here = spots[-1]
            self._goal = here.x
        else:
            here = self._paged(name, here)
        self.spot = here.name

    def _paged(self, name: str, here: Spot) -> Spot:
        half = max(1, self._page // 2)
        lines = {"pgdn": self._page, "space": self._page, "pgup": -self._page, "ctrl+d": half, "ctrl+u": -half}.get(
            name, 0
        )
        key, until = ("j" if lines > 0 else "k"), here.y + lines
        while lines:
            there = neighbour(self._canvas.spots, here, key, self._goal)
            if there.name == here.name or there.column != here.column:
                return here
            here = there
            if (here.y >= until) if lines > 0 else (here.y <= until):
                return here
        return here

    def close(self) -> None:
        """Leave the screen; nothing is read any more."""
        super().close()
        self.outdated.set()
