"""Which parts have really been on screen, told from the lines that were drawn.

A part counts once its words have been before a person: all its lines, of one that is taller than the pane the first
paneful, at once or one scroll after the other. A folded run of events shows none of them, and a message whose words an
answer lost shows as an event: it is seen again when its words come.
"""

from collections.abc import Callable, Sequence

from textual.geometry import Region

from tui.app.widgets.thread_items import Item
from tui.app.widgets.thread_layout import TLine
from tui.model.rows import PartRow

Row = tuple[TLine, int]
"""A line in view, and the number of its item."""


class DrawnLines:
    """What was drawn where, for one thread view."""

    def __init__(self) -> None:
        self._drawn: dict[int, TLine] = {}
        self._shown: dict[str, tuple[Sequence[TLine], set[int]]] = {}

    def forget(self) -> None:
        """Another conversation is shown."""
        self._drawn.clear()
        self._shown.clear()

    def drew(self, crop: Region, rows: Sequence[Row], first: int) -> None:
        """The lines of `crop` were handed to the screen; `rows` are those in view, from line `first` of the pane."""
        for y in crop.line_range:
            if 0 <= y - first < len(rows):
                self._drawn[y] = rows[y - first][0]
            else:
                self._drawn.pop(y, None)

    def newest(
        self, rows: Sequence[Row], first: int, items: Sequence[Item], wanted: Callable[[PartRow], bool]
    ) -> PartRow | None:
        """The newest part, of those `wanted`, of which any line is on screen."""
        for at in range(len(rows) - 1, -1, -1):
            line, index = rows[at]
            if self._drawn.get(at + first) is line:
                part = next((part for part in reversed(items[index].parts) if wanted(part)), None)
                if part is not None:
                    return part
        return None

    def complete(
        self, rows: Sequence[Row], first: int, items: Sequence[Item], lines_of: Callable[[Item], Sequence[TLine]],
        height: int, wanted: Callable[[str], bool],
    ) -> list[PartRow]:  # fmt: skip
        """The parts, of those `wanted` by id, whose words have all been on screen now, oldest first.

        `height` is how many lines the pane has for them. What the rule of the day covers is not in `rows`.
        """
        found: list[PartRow] = []
        on_screen: dict[int, list[TLine]] = {}
        for at, (line, index) in enumerate(rows):
            if self._drawn.get(at + first) is line:
                on_screen.setdefault(index, []).append(line)
        for index, lines in on_screen.items():
            item = items[index]
            if not any(wanted(part.id) for part in item.parts):
                continue
            if item.kind == "message":
                if self._add(item.parts[0], lines, lines_of(item), height):
                    found.append(item.parts[0])
            elif item.kind == "events":
                made = lines_of(item)
                if len(made) == len(item.parts) + 1:
                    found += [
                        part for part, line in zip(item.parts, made, strict=False) if any(line is one for one in lines)
                    ]
        return [part for part in found if wanted(part.id)]

    def _add(self, part: PartRow, drawn: Sequence[TLine], made: Sequence[TLine], height: int) -> bool:
        known = self._shown.get(part.id)
        if known is None or known[0] is not made:
            known = self._shown[part.id] = (made, set())
        numbers = {id(line): number for number, line in enumerate(made)}
        known[1].update(numbers[id(line)] for line in drawn if id(line) in numbers)
        # the last line is the gap to what follows
        needed = min(len(made) - 1, max(1, height))
        return all(number in known[1] for number in range(needed))
