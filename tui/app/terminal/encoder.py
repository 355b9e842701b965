"""From two screens of cells to the fewest bytes that turn the shown one into the wanted one, as curses does.

Sequences used, all in ECMA-48 and known to every terminal in use: CUP, CUU, CUD, CUF, CUB, CHA, ED, EL, ECH, SGR, and
the controls CR, LF and BS. The terminal must not translate newlines on output (OPOST off) and must not wrap lines
(DECAWM off), as the driver sets it up.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import chain, compress
from operator import ne, or_
from typing import Final

from tui.app.terminal.attributes import DEFAULT, AttributeTable
from tui.app.terminal.cells import NARROW, Cells, point_width, unsure_width
from tui.app.terminal.motion import UNKNOWN, motion
from tui.app.terminal.run_batches import Pen, draw_batched

__all__ = ["Encoder", "erases_with_background"]

# Blanks that an erase must replace to pay for itself: at the end of a row, and inside one, where the cursor then moves.
_MIN_ERASE_TO_END: Final = 4
_MIN_ERASE_INSIDE: Final = 11

_BCE_TERMS: Final = (
    "xterm",
    "tmux",
    "linux",
    "alacritty",
    "kitty",
    "foot",
    "wezterm",
    "ghostty",
    "contour",
    "konsole",
    "vte",
    "gnome",
    "rxvt",
    "st",
    "iterm",
    "ms-terminal",
    "putty",
    "mlterm",
)


def erases_with_background(term: str, *, in_tmux: bool) -> bool:
    """Whether the terminal named `term` erases with the current background colour ("bce" in terminfo).

    GNU screen and old consoles erase with their default colour; what is not known here is taken to be one of those.
    """
    return in_tmux or term.partition("-")[0] in _BCE_TERMS


class Encoder:
    """Writes `wanted` over what the terminal shows, and remembers what it shows (`sent`), its cursor and its pen."""

    def __init__(self, attributes: AttributeTable, *, bce: bool) -> None:
        self.attributes = attributes
        self.bce = bce
        self.grouping_worth = 1500
        """Frames at least this long (in characters) are also tried by attribute, and sent so where that is shorter."""
        self.sent = Cells(0, 0)
        self._lost = True
        self._x = self._y = UNKNOWN
        self._pen = DEFAULT
        self._out: list[str] = []

    def forget(self) -> None:
        """What the terminal shows is no longer known: the next frame clears it and paints everything."""
        self._lost = True

    def encode(self, wanted: Cells, rows: Iterable[int], cursor: tuple[int, int] | None) -> str:
        """The bytes that make the terminal show `wanted`, given that only `rows` changed since the last call.

        `cursor` is where the (hidden) cursor must rest, for input methods and screen readers; None leaves it anywhere.
        """
        self._out = []
        if self._lost or (self.sent.width, self.sent.height) != (wanted.width, wanted.height):
            self._start_over(wanted)
            rows = range(wanted.height)
        changed = [
            y
            for y in sorted(rows)
            if y < wanted.height
            and (wanted.chars[y] != self.sent.chars[y] or wanted.attributes[y] != self.sent.attributes[y])
        ]
        self._draw(wanted, changed)
        if self.attributes.table[self._pen].link:
            self._use(DEFAULT)
        if cursor is not None and cursor != (self._x, self._y):
            self._move(*cursor)
        return "".join(self._out)

    def _draw(self, wanted: Cells, rows: list[int]) -> None:
        """Draw `rows`, by row or by attribute, whichever is shorter; a large frame only by attribute."""
        before = Pen(self._x, self._y, self._pen)
        old = {y: (self.sent.chars[y][:], self.sent.attributes[y][:]) for y in rows}
        already, self._out = self._out, []
        if 3 * sum(self._count_changed(wanted, y) for y in rows) >= 2 * self.grouping_worth:
            self._draw_by_look(wanted, old, before)
        else:
            for y in rows:
                self._row(wanted, y)
            by_row = self._out, Pen(self._x, self._y, self._pen)
            size = sum(map(len, self._out))
            if size >= self.grouping_worth:
                self._draw_by_look(wanted, old, before)
                if sum(map(len, self._out)) >= size:
                    self._out = by_row[0]
                    self._x, self._y, self._pen = by_row[1]
        self._out[:0] = already

    def _draw_by_look(self, wanted: Cells, old: dict[int, tuple[list[str], list[int]]], before: Pen) -> None:
        data, pen, left_out = draw_batched(wanted, old, self.attributes, before, bce=self.bce)
        self._out = [data]
        self._x, self._y, self._pen = pen
        for y in old:
            self.sent.chars[y][:] = wanted.chars[y]
            self.sent.attributes[y][:] = wanted.attributes[y]
        for y in left_out:
            self.sent.chars[y], self.sent.attributes[y] = old[y]
            self._row(wanted, y)

    def _count_changed(self, wanted: Cells, y: int) -> int:
        differs = map(
            or_, map(ne, wanted.attributes[y], self.sent.attributes[y]), map(ne, wanted.chars[y], self.sent.chars[y])
        )
        return sum(differs)

    def _start_over(self, wanted: Cells) -> None:
        """Clear the terminal to the background that most blanks have, so that they need no bytes."""
        self._lost = False
        self.sent = Cells(wanted.width, wanted.height)
        self._out.append("\x1b[m")
        self._pen = DEFAULT
        ground = DEFAULT
        if self.bce:
            blanks = self.attributes.blank
            counts = Counter(chain.from_iterable(wanted.attributes))
            for attribute, _ in counts.most_common():
                if blanks[attribute] == attribute and not self.attributes.table[attribute].seen_on_blank:
                    ground = attribute
                    break
        self._use(ground)
        self.sent.fill(ground)
        self._out.append("\x1b[2J\x1b[H")
        self._x = self._y = 0

    def _row(self, wanted: Cells, y: int) -> None:
        chars, shades = wanted.chars[y], wanted.attributes[y]
        old_chars, old_shades = self.sent.chars[y], self.sent.attributes[y]
        width = wanted.width
        # all in C: this runs over every cell of every row on its way
        differs = map(or_, map(ne, shades, old_shades), map(ne, chars, old_chars))
        changed = list(compress(range(width), differs))
        erase_from = self._erasable_tail(chars, shades, changed)
        end = 0  # everything left of this column is as wanted
        index, count = 0, len(changed)
        while index < count:
            x = changed[index]
            index += 1
            if x >= erase_from:
                break
            if x < end:
                continue
            while chars[x] == "":
                x -= 1
            if x != self._x or y != self._y:
                self._step_to(chars, shades, x, y)
            char, attribute = chars[x], shades[x]
            if char == " ":
                run = self._blank_run(shades, changed, index, chars)
                if run >= _MIN_ERASE_INSIDE and self._can_erase(attribute):
                    self._use_for_blank(attribute)
                    self._out.append(f"\x1b[{run}X")
                    end = x + run
                    continue
                self._use_for_blank(attribute)
            else:
                self._use(attribute)
            end = x + 1
            if char in NARROW and self._pen == attribute:
                # What follows in the same attribute goes with it, up to a gap that may be worth erasing.
                while (
                    index < count
                    and changed[index] == end < erase_from
                    and shades[end] == attribute
                    and chars[end] in NARROW
                    and not (chars[end] == " " and (end + 1 == width or chars[end + 1] == " "))
                ):
                    end += 1
                    index += 1
                char = "".join(chars[x:end])
            else:
                while end < width and chars[end] == "":
                    end += 1
                if unsure_width(char):
                    self._draw_unsure(char, end - x, x, y, shades[x])
                    # A terminal that draws it wider has spoiled what follows.
                    spoiled = max(2, point_width(char) - (end - x))
                    changed = sorted({*changed[index:], *range(end, min(end + spoiled, width))})
                    index, count = 0, len(changed)
                    continue
            self._out.append(char)
            self._x = end if end < width else UNKNOWN
        if erase_from < width:
            self._move(erase_from, y)
            self._use_for_blank(shades[erase_from])
            self._out.append("\x1b[K")
        old_chars[:] = chars
        old_shades[:] = shades

    def _erasable_tail(self, chars: list[str], shades: list[int], changed: list[int]) -> int:
        """The column from which erasing to the end of the row is right and pays; the width where it is not."""
        width = len(chars)
        attribute = shades[-1]
        if chars[-1] != " " or not self._can_erase(attribute):
            return width
        start = width
        while start and chars[start - 1] == " " and shades[start - 1] == attribute:
            start -= 1
        in_tail = [x for x in changed if x >= start]
        return in_tail[0] if len(in_tail) >= _MIN_ERASE_TO_END else width

    def _can_erase(self, attribute: int) -> bool:
        asked = self.attributes.table[attribute]
        return not asked.seen_on_blank and (self.bce or not asked.background)

    def _blank_run(self, shades: list[int], changed: list[int], index: int, chars: list[str]) -> int:
        """How many cells from the changed one before `index` on are blanks of one attribute, all changed."""
        first = changed[index - 1]
        run, attribute = 1, shades[first]
        while index < len(changed):
            x = changed[index]
            if x != first + run or chars[x] != " " or shades[x] != attribute:
                break
            run += 1
            index += 1
        return run

    def _draw_unsure(self, char: str, cells: int, x: int, y: int, attribute: int) -> None:
        """Draw a cluster that may turn out narrower or wider than `cells`, leaving nothing of the old text under it."""
        sent_chars, sent_looks = self.sent.chars[y], self.sent.attributes[y]
        blank = self.attributes.blank[attribute]
        under = range(x, x + cells)
        if any(sent_chars[column] != " " or sent_looks[column] != blank for column in under):
            self._out.append(" " * cells)
            if x + cells < self.sent.width:
                self._out.append("\b" * cells)
            else:
                self._x = UNKNOWN
                self._move(x, y)
        self._out.append(char)
        self._x = UNKNOWN

    def _use(self, attribute: int) -> None:
        if attribute != self._pen:
            self._out.append(self.attributes.transition(self._pen, attribute))
            self._pen = attribute

    def _use_for_blank(self, attribute: int) -> None:
        if attribute != self._pen and not self.attributes.carries(self._pen, attribute):
            self._use(attribute)

    def _step_to(self, chars: list[str], shades: list[int], x: int, y: int) -> None:
        """Move to (x, y); a short gap in the same attribute is cheaper to write again than to jump."""
        here = self._x
        if y == self._y and here != UNKNOWN and 0 < x - here <= 4:
            gap = chars[here:x]
            same = all(
                attribute == self._pen or (char == " " and self.attributes.carries(self._pen, attribute))
                for char, attribute in zip(gap, shades[here:x], strict=True)
            )
            if same and x - here <= 3 + (x - here > 1):
                text = "".join(gap)
                if text.isascii() and len(text) == x - here:
                    self._out.append(text)
                    self._x = x
                    return
        self._move(x, y)

    def _move(self, x: int, y: int) -> None:
        if x != self._x or y != self._y:
            self._out.append(motion(self._x, self._y, x, y))
            self._x, self._y = x, y
