"""Runs in batches: drawing a large frame attribute by attribute instead of row by row.

A colour change costs up to forty bytes, a motion two to eight: where panes lie side by side, each row changes colours
at every border and back, so it is shorter to draw all that is drawn the same before the next attribute.
"""

from itertools import compress
from operator import and_, eq, ne, or_
from typing import Final, NamedTuple

from tui.app.terminal.attributes import AttributeTable
from tui.app.terminal.cells import NARROW, Cells, unsure_width
from tui.app.terminal.motion import UNKNOWN, motion

__all__ = ["Pen", "draw_batched"]

_MIN_ERASE: Final = 5
_MAX_BRIDGE: Final = 4
_MAX_GAP: Final = 3
_all_narrow = NARROW.issuperset


class Pen(NamedTuple):
    """Where the cursor is (`UNKNOWN` after the last column) and the attribute that is drawn with."""

    x: int
    y: int
    attribute: int


class _Run(NamedTuple):
    x: int
    y: int
    cells: int
    text: str


# By attribute, and whether the runs are blanks, which any pen of their background can draw.
_Key = tuple[int, bool]
_Groups = dict[_Key, list[_Run]]


def draw_batched(
    wanted: Cells, old: dict[int, tuple[list[str], list[int]]], attributes: AttributeTable, pen: Pen, *, bce: bool
) -> tuple[str, Pen, list[int]]:
    """The bytes that draw the rows named in `old` (what is shown there now), the pen after them, and the rows left out.

    Left out are rows with changed clusters of unsure width: these need their neighbours drawn after them.
    """
    groups: _Groups = {}
    left_out: list[int] = []
    for y, (old_chars, old_shades) in old.items():
        found = _collect(y, wanted, attributes, old_chars, old_shades)
        if found is None:
            left_out.append(y)
            continue
        for key, run in found:
            groups.setdefault(key, []).append(run)
    out: list[str] = []
    # Looks of one background follow each other, its blanks last: they need no change of pen then.
    for attribute, blank in sorted(
        groups, key=lambda group: (attributes.table[group[0]].background, group[1], group[0])
    ):
        if not (pen.attribute == attribute or (blank and attributes.carries(pen.attribute, attribute))):
            out.append(attributes.transition(pen.attribute, attribute))
            pen = pen._replace(attribute=attribute)
        asked = attributes.table[attribute]
        erasable = not asked.seen_on_blank and (bce or not asked.background)
        runs = groups[attribute, blank]
        by_row = _draw_runs(runs, pen, wanted.width, erasable=erasable)
        by_column = _draw_runs(sorted(runs, key=lambda run: (run.x, run.y)), pen, wanted.width, erasable=erasable)
        data, pen = min(by_row, by_column, key=lambda drawn: len(drawn[0]))
        out.append(data)
    return "".join(out), pen, left_out


def _collect(
    y: int, wanted: Cells, attributes: AttributeTable, old_chars: list[str], old_shades: list[int]
) -> list[tuple[_Key, _Run]] | None:
    """The changed runs of row `y`; None when a cluster of unsure width is among them."""
    chars, shades, width = wanted.chars[y], wanted.attributes[y], wanted.width
    if _all_narrow(chars):
        differs = list(map(or_, map(ne, shades, old_shades), map(ne, chars, old_chars)))
        return _collect_narrow(y, chars, shades, differs, attributes)
    runs: list[tuple[_Key, _Run]] = []
    same = list(map(and_, map(eq, shades, old_shades), map(eq, chars, old_chars)))
    x = 0
    while x < width:
        try:
            x = same.index(False, x)
        except ValueError:
            break
        while chars[x] == "":
            x -= 1
        start, attribute, pieces = x, shades[x], []
        blank = chars[x] == " "
        while x < width:
            char = chars[x]
            if shades[x] != attribute or (blank and char != " "):
                bridge = 0 if blank else _bridge(chars, shades, same, x, attribute, attributes)
                if not bridge:
                    break
                pieces.append(" " * bridge)
                x += bridge
                continue
            if char in NARROW:
                if same[x]:
                    break
                pieces.append(char)
                x += 1
                continue
            cells = 1
            while x + cells < width and chars[x + cells] == "":
                cells += 1
            if all(same[x : x + cells]):
                break
            if unsure_width(char):
                return None
            pieces.append(char)
            x += cells
        runs.append(
            (
                (attribute, blank and attributes.blank[attribute] == attribute),
                _Run(start, y, x - start, "".join(pieces)),
            )
        )
    return runs


def _collect_narrow(
    y: int, chars: list[str], shades: list[int], differs: list[bool], attributes: AttributeTable
) -> list[tuple[_Key, _Run]]:
    """The changed runs of a row in which every cell holds one plain character: most rows, and much faster."""
    runs: list[tuple[_Key, _Run]] = []
    changed = list(compress(range(len(chars)), differs))
    index, count = 0, len(changed)
    while index < count:
        start = changed[index]
        attribute, blank, end = shades[start], chars[start] == " ", start + 1
        index += 1
        while index < count:
            x = changed[index]
            gap = x - end
            if shades[x] == attribute:
                # a short gap of the same attribute is written again: that is shorter than a motion
                if (gap and (gap > _MAX_GAP or blank or shades[end:x].count(attribute) != gap)) or (
                    blank and chars[x] != " "
                ):
                    break
                end = x + 1
                index += 1
                continue
            if gap or blank:
                break
            bridge = _blanks_between(chars, shades, differs, x, attribute, attributes)
            if not bridge:
                break
            end = x + bridge
            while index < count and changed[index] < end:
                index += 1
        runs.append(
            (
                (attribute, blank and attributes.blank[attribute] == attribute),
                _Run(start, y, end - start, "".join(chars[start:end])),
            )
        )
    return runs


def _blanks_between(
    chars: list[str], shades: list[int], differs: list[bool], x: int, attribute: int, attributes: AttributeTable
) -> int:
    """How many blanks at `x` are worth drawing with `attribute`, because more of it follows right after; 0 for none."""
    end, width = x, len(chars)
    while end < width and end - x <= _MAX_BRIDGE and chars[end] == " " and shades[end] != attribute:
        if not attributes.carries(attribute, shades[end]):
            return 0
        end += 1
    if x < end < width and end - x <= _MAX_BRIDGE and shades[end] == attribute and differs[end]:
        return end - x
    return 0


def _bridge(
    chars: list[str], shades: list[int], same: list[bool], x: int, attribute: int, attributes: AttributeTable
) -> int:
    """How many blanks at `x` are worth drawing with `attribute`, because more of it follows right after; 0 for none."""
    end = x
    while (
        end < len(chars) and end - x <= _MAX_BRIDGE and chars[end] == " " and attributes.carries(attribute, shades[end])
    ):
        end += 1
    if x < end < len(chars) and end - x <= _MAX_BRIDGE and shades[end] == attribute and not same[end]:
        return end - x
    return 0


def _draw_runs(runs: list[_Run], pen: Pen, width: int, *, erasable: bool) -> tuple[str, Pen]:
    x, y = pen.x, pen.y
    out: list[str] = []
    for run in runs:
        if (x, y) != (run.x, run.y):
            out.append(motion(x, y, run.x, run.y))
        x, y = run.x, run.y
        if erasable and run.cells >= _MIN_ERASE and run.text.isspace():
            out.append("\x1b[K" if run.x + run.cells == width else f"\x1b[{run.cells}X")
            continue
        out.append(run.text)
        x = run.x + run.cells if run.x + run.cells < width else UNKNOWN
    return "".join(out), Pen(x, y, pen.attribute)
