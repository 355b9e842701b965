"""Cursor motions (ECMA-48 CUP, CUU, CUD, CUF, CUB, CHA; CR, LF, BS): always the shortest."""

from functools import lru_cache
from typing import Final

__all__ = ["UNKNOWN", "motion"]

UNKNOWN: Final = -1
"""A column or row that is not known."""


@lru_cache(maxsize=8192)
def motion(from_x: int, from_y: int, x: int, y: int) -> str:
    """The shortest sequence from one place to another; an unknown column or row is -1."""
    place = f"{y + 1};{x + 1}" if x else f"{y + 1}" if y else ""
    best = f"\x1b[{place}H"
    if from_y == UNKNOWN:
        return best
    down = y - from_y
    if down == 0:
        vertical = ""
    elif 0 < down <= 3:
        vertical = "\n" * down  # never on the last row, so nothing scrolls
    elif down > 0:
        vertical = f"\x1b[{down}B"
    else:
        vertical = "\x1b[A" if down == -1 else f"\x1b[{-down}A"
    options = [f"\x1b[{x + 1}G" if x else "\r", "\r" + _right(x)]
    if from_x != UNKNOWN:
        if x >= from_x:
            options.append(_right(x - from_x))
        else:
            left = from_x - x
            options.append("\b" * left if left <= 3 else f"\x1b[{left}D")
    step = vertical + min(options, key=len)
    return step if len(step) < len(best) else best


def _right(cells: int) -> str:
    if cells == 0:
        return ""
    return "\x1b[C" if cells == 1 else f"\x1b[{cells}C"
