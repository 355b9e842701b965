"""Cursor motions (ECMA-48 CUP, CUU, CUD, CUF, CUB, CHA; CR, LF, BS): always the shortest."""

from typing import Final

__all__ = ["UNKNOWN", "motion"]

UNKNOWN: Final = -1
"""A column or row that is not known."""

_MOST: Final = 320
"""Cells for which the sequences are made beforehand: a large frame asks for two thousand motions."""


def motion(from_x: int, from_y: int, x: int, y: int) -> str:
    """The shortest sequence from one place to another; an unknown column or row is -1."""
    if from_y != UNKNOWN:
        step = _COLUMN[x] if x < _MOST else f"\x1b[{x + 1}G"
        if from_x != UNKNOWN:
            cells = x - from_x
            relative = (_RIGHT[cells] if cells < _MOST else _right(cells)) if cells >= 0 else _left(-cells)
            if len(relative) < len(step):
                step = relative
        down = y - from_y
        if down:
            step = (_down(down) if down > 0 else _up(-down)) + step
        if x and len(step) < _SHORTEST_PLACE:
            return step
        place = _place(x, y)
        return step if len(step) < len(place) else place
    return _place(x, y)


def _place(x: int, y: int) -> str:
    return f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"


def _right(cells: int) -> str:
    return f"\x1b[{cells}C" if cells > 1 else "\x1b[C" if cells else ""


def _left(cells: int) -> str:
    return "\b" * cells if cells <= 3 else f"\x1b[{cells}D"


def _down(rows: int) -> str:
    return "\n" * rows if rows <= 3 else f"\x1b[{rows}B"  # never on the last row, so nothing scrolls


def _up(rows: int) -> str:
    return "\x1b[A" if rows == 1 else f"\x1b[{rows}A"


_SHORTEST_PLACE: Final = len("\x1b[1;2H")
_RIGHT: Final = tuple([_right(cells) for cells in range(_MOST)])
_COLUMN: Final = tuple([min(f"\x1b[{x + 1}G" if x else "\r", "\r" + _right(x), key=len) for x in range(_MOST)])
