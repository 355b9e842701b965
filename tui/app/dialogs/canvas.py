"""Lines with places in them that the cursor can stand on, put below and beside each other."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.app.dialogs.base import Piece, Row
from tui.text.graphemes import next_boundary
from tui.text.width import cell_len


class Spot(NamedTuple):
    """A place for the cursor: where it is, what it stands for, and what is said of it.

    `name` stays the same while what is counted changes. `query` finds the `holds` conversations, in the order `sort`;
    where `conversation_id` is not "", it is that one.
    """

    name: str
    x: int
    y: int
    width: int
    says: str
    height: int = 1
    column: int = 0
    holds: int = 0
    query: str = ""
    sort: str = "newest"
    conversation_id: str = ""

    def moved(self, x: int, y: int, column: int = 0) -> "Spot":
        """The same, farther right and down."""
        return self._replace(x=self.x + x, y=self.y + y, column=self.column + column)


class Canvas(NamedTuple):
    """Lines of at most so many cells, and the spots in them."""

    rows: Sequence[Row] = ()
    spots: Sequence[Spot] = ()


def below(parts: Iterable[Canvas], gap: int = 1) -> Canvas:
    """One below the other, `gap` empty lines between."""
    rows: list[Row] = []
    spots: list[Spot] = []
    for part in parts:
        if rows and part.rows:
            rows += [()] * gap
        spots += [spot.moved(0, len(rows)) for spot in part.spots]
        rows += part.rows
    return Canvas(rows, spots)


def beside(left: Canvas, right: Canvas, x: int) -> Canvas:
    """`right` from the cell `x` on, `left` before it."""
    rows: list[Row] = []
    for y in range(max(len(left.rows), len(right.rows))):
        row = left.rows[y] if y < len(left.rows) else ()
        room = x - sum(cell_len(piece.text) for piece in row)
        rows.append((*row, Piece(" " * room), *(right.rows[y] if y < len(right.rows) else ())))
    return Canvas(rows, [*left.spots, *(spot.moved(x, 0, 1) for spot in right.spots)])


def highlighted(row: Row, start: int, width: int) -> Row:
    """`row` with the cells from `start` on as the cursor's bar."""
    done: list[Piece] = []
    at = 0
    for text, style in row:
        pieces = {"": "", "bar": "", "after": ""}
        while text:
            end = next_boundary(text, 0)
            where = "" if at < start else "bar" if at < start + width else "after"
            pieces[where] += text[:end]
            at += cell_len(text[:end])
            text = text[end:]
        done += [Piece(cut, "bar" if where == "bar" else style) for where, cut in pieces.items() if cut]
    if at < start + width:  # where the line ends before the spot does
        done += [Piece(" " * max(0, start - at)), Piece(" " * (start + width - max(at, start)), "bar")]
    return tuple(done)


def neighbour(spots: Sequence[Spot], here: Spot, key: str, goal: int) -> Spot:
    """The spot that lies next in the direction of `key` (j, k, h or l); `goal` is the cell that j and k keep to.

    j and k stay in their column and go on at the top (or bottom) of the next one.
    """
    if key in ("h", "l"):
        return _sideways(spots, here, 1 if key == "l" else -1)
    down = key == "j"
    column = [spot for spot in spots if spot.column == here.column and (spot.y > here.y if down else spot.y < here.y)]
    if not column:
        column = [spot for spot in spots if (spot.column > here.column if down else spot.column < here.column)]
        goal = -1 if column else goal
    if not column:
        return here
    line = min(spot.y for spot in column) if down else max(spot.y for spot in column)
    return min((spot for spot in column if spot.y == line), key=lambda spot: abs(spot.x + spot.width // 2 - goal))


def _sideways(spots: Sequence[Spot], here: Spot, step: int) -> Spot:
    line = [spot for spot in spots if spot.y == here.y and spot.column == here.column and step * (spot.x - here.x) > 0]
    if line:
        return min(line, key=lambda spot: abs(spot.x - here.x))
    other = [spot for spot in spots if step * (spot.column - here.column) > 0]
    return min(other, key=lambda spot: (abs(spot.y - here.y), step * spot.x), default=here)
