"""Numbers as bars of block characters, each a cell wide, and the same in ASCII."""

from collections.abc import Sequence
from typing import Final

LEVELS: Final = " ▁▂▃▄▅▆▇█"
"""Columns of nothing to eight eighths of a cell."""
EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
"""Bars of nothing to eight eighths of a cell."""
REST: Final = "░"
"""What a bar in two parts goes on with."""
ASCII: Final = str.maketrans("▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░", ".:;=+*%#---####.")


def bar(value: int, most: int, cells: int) -> str:
    """A horizontal bar of at most ``cells`` cells, which are ``most``; whatever is above 0 is to be seen."""
    if value <= 0 or most <= 0 or cells <= 0:
        return ""
    eighths = max(1, round(min(value, most) * cells * 8 / most))
    return EIGHTHS[8] * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def split_bar(first: int, total: int, most: int, cells: int) -> tuple[str, str]:
    """A bar of whole cells for ``total`` in two parts: ``first`` of it, and the rest; neither is lost while above 0."""
    if total <= 0 or most <= 0 or cells <= 0:
        return "", ""
    whole = max(1, round(min(total, most) * cells / most))
    part = round(whole * first / total)
    if 0 < first < total and whole > 1:
        part = min(max(1, part), whole - 1)
    elif first:
        part = max(1, part)
    return EIGHTHS[8] * part, REST * (whole - part)


def columns(values: Sequence[int], height: int = 1, most: int = 0) -> list[str]:
    """A chart of ``height`` lines from the top, a cell for each value; whatever is above 0 is to be seen.

    The full height is ``most``, by default the largest value.
    """
    most = max(most, *values, 1)
    eighths = [max(1, round(min(one, most) * height * 8 / most)) if one > 0 else 0 for one in values]
    return [
        "".join(LEVELS[min(8, max(0, filled - 8 * (height - 1 - line)))] for filled in eighths)
        for line in range(height)
    ]
