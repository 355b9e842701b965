"""Which lines of a thread are in view; only those of the items in view are laid out.

A place in the thread is an item and a line in it, never a line number of the whole: so nothing has to be laid out to
know where we are, however long the thread, and neither opening, scrolling nor going to the first message waits for it.

The rule of the day stays in the top line when it would have gone out of view, over the line that is there by its place.
"""

from itertools import accumulate
from typing import Final, NamedTuple

from tui.app.widgets.lines import thumb
from tui.app.widgets.thread_items import Item
from tui.app.widgets.thread_layout import Layouter, TLine

Place = tuple[int, int]
"""An item, and a line in it from its first."""

_LEAST_FOR_A_DAY: Final = 8
"""Lines that a view has at least where one of them is given to the rule of the day."""


class Anchor(NamedTuple):
    """What stands in the top line of the view, to be found again among other items."""

    kind: str
    part_id: str
    at: int
    line: int


class Viewport:
    """The items of a thread, oldest first, and the lines of them that are in view."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.rows: list[tuple[TLine, int]] = []
        """The lines in view, each with the number of its item; the first may be the rule of a day from further up."""
        self.thumb = (0, 0)
        """First line and length of the scroll thumb; length 0 where all fits."""
        self.follows = True
        """Whether the newest line was at the bottom when the view was last put somewhere."""
        self.layouter: Layouter | None = None
        self.height = 0
        """The lines that the pane has for the thread."""
        self.top: Place = (0, 0)
        self._weights: list[int] = [0]  # about how many lines stand before each item, for the scroll thumb
        self._days: list[int] = []  # for each item the number of the rule of its day, -1 for none

    def set_items(self, items: list[Item], layouter: Layouter) -> None:
        """Take other items or another layout; what is in view is stale until `put` or `restore`."""
        self.items = items
        self.layouter = layouter
        self._weights = [0, *accumulate([layouter.guess(item) for item in items])]
        self._days = list(accumulate([at if item.kind == "day" else -1 for at, item in enumerate(items)], max))

    # Places

    def walk(self, place: Place, delta: int) -> Place:
        """The place `delta` lines further on, at most one past the last line of the last item."""
        made = self.layouter
        if made is None or not self.items:
            return (0, 0)
        index, offset = place
        offset += delta
        while offset < 0 and index > 0:
            index -= 1
            offset += len(made.lines(self.items[index]))
        while index < len(self.items) - 1 and offset >= (size := len(made.lines(self.items[index]))):
            index, offset = index + 1, offset - size
        return index, max(0, offset)

    def end(self) -> Place:
        """The top of the view when the newest line is at its bottom."""
        made = self.layouter
        if made is None or not self.items:
            return (0, 0)
        last = len(self.items) - 1
        return self.walk((last, len(made.lines(self.items[last]))), -self.height)

    def opening(self) -> Place:
        """The newest, or the "new" rule at the top when more than a screen came in since."""
        rule = next((index for index, item in enumerate(self.items) if item.kind == "new"), len(self.items))
        return min(self.at_top((rule, 0)), self.end())

    def at_top(self, place: Place) -> Place:
        """The place that has the line at `place` in the first line of the view that is not the rule of its day's."""
        return self.walk(place, -1) if self._day_over(place) is not None else place

    def _day_over(self, top: Place) -> int | None:
        """The item whose rule stands in the top line of a view put at `top`, None where that has its own line."""
        index = top[0]
        if self.height < _LEAST_FOR_A_DAY or index >= len(self._days):
            return None
        day = self._days[index]
        return day if day >= 0 and top != (day, 0) else None

    @property
    def free_height(self) -> int:
        """The lines in view that are not the rule of a day from further up."""
        return self.height - (self._day_over(self.top) is not None)

    def showing(self, index: int) -> Place:
        """The nearest place that shows the whole of an item; a taller one from its first line."""
        made = self.layouter
        if made is None:
            return self.top
        size = len(made.lines(self.items[index]))
        first = self.top if self._day_over(self.top) is None else self.walk(self.top, 1)
        if size >= self.height or first > (index, 0):
            return self.at_top((index, 0))
        return max(self.top, self.walk((index, size), -self.height))

    # The view

    def put(self, place: Place) -> None:
        """Make `place` the top of the view, as far as there are lines below it, and collect what is in view."""
        made, height = self.layouter, self.height
        self.rows = []
        self.thumb = (0, 0)
        self.follows = True
        if made is None or not self.items or not height:
            self.top = (0, 0)
            return
        last = self.end()
        self.top = max((0, 0), min(place, last))
        self.follows = self.top == last
        index, offset = self.top
        while index < len(self.items) and len(self.rows) < height:
            lines = made.lines(self.items[index])
            self.rows += [(line, index) for line in lines[offset : offset + height - len(self.rows)]]
            index, offset = index + 1, 0
        if (day := self._day_over(self.top)) is not None:
            self.rows[0] = (made.lines(self.items[day])[0], day)
        if last > (0, 0):
            total = max(self._weights[-1], height + 1)
            before = min(self._weights[self.top[0]] + self.top[1], total - height)
            before = total - height if self.top == last else min(before, total - height - 1)
            start, length = thumb(before, height, total)
            self.thumb = (max(start, 1) if self.top > (0, 0) and length < height - 1 else start, length)

    def anchor(self) -> Anchor | None:
        """What stands in the top line of the view, None at the newest."""
        if not self.rows or self.follows:
            return None
        item = self.items[self.top[0]]
        return Anchor(item.kind, item.part_id, item.at, self.top[1])

    def restore(self, anchor: Anchor | None) -> None:
        """Bring what `anchor` names to the top line again, or the newest to the bottom where it is None."""
        made = self.layouter
        if anchor is None or made is None:
            self.put(self.end())
            return
        for index, item in enumerate(self.items):
            known = (item.kind, item.part_id) == (anchor.kind, anchor.part_id)
            if known and (item.part_id or item.at == anchor.at):
                self.put((index, min(anchor.line, len(made.lines(item)) - 1)))
                return
        self.put(self.top)
