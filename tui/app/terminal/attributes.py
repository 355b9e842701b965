"""Attributes: how a cell is drawn, as small numbers, and the shortest SGR sequence from one attribute to the next.

Rich styles that differ only in what the eye cannot see (meta data, link ids) share one attribute, so that comparing two
cells is comparing two integers. SGR numbers are those of ECMA-48 section 8.3.117 with the colour extensions of xterm
(38, 48) and the underline (21) and overline (53) that Rich writes. Links are OSC 8.
"""

from typing import Final, NamedTuple

from rich.color import ColorSystem
from rich.style import Style

from tui.text.sanitize import strip_controls

__all__ = ["DEFAULT", "AttributeTable", "CellAttributes"]

DEFAULT: Final = 0
"""The number of the attribute that a reset terminal draws with."""

# Rich's attribute bits in order: what switches each on, and what switches it off again.
_ON: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
_OFF: Final = ("22", "22", "23", "24", "25", "25", "27", "28", "29", "24", "54", "54", "55")
# underline, reverse, strike, double underline, frame, encircle, overline: seen even where the character is a space
_SEEN_ON_BLANK: Final = 1 << 3 | 1 << 6 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12

_MAX_STYLES: Final = 8192
_MAX_TRANSITIONS: Final = 16384
_MAX_LOOKS: Final = 32768


class CellAttributes(NamedTuple):
    """What the terminal is told: attribute bits, SGR parameters of both colours ("" is the default), a link target."""

    attributes: int = 0
    foreground: str = ""
    background: str = ""
    link: str = ""

    @property
    def seen_on_blank(self) -> bool:
        """Whether a space drawn this way shows more than its background."""
        return bool(self.attributes & _SEEN_ON_BLANK or self.link)


class AttributeTable:
    """The table of attributes met so far, and the sequences between them, all cached."""

    def __init__(self, colors: ColorSystem, *, links: bool = True) -> None:
        self.colors = colors
        self._links = links
        self._clear()

    def _clear(self) -> None:
        self.table: list[CellAttributes] = [CellAttributes()]
        self.blank: list[int] = [DEFAULT]
        """For each attribute, that of a space drawn with it: itself if it shows there, else its background."""
        self._numbers: dict[CellAttributes, int] = {CellAttributes(): DEFAULT}
        self._styles: dict[Style, int] = {}
        self._transitions: dict[int, str] = {}

    def of(self, style: Style | None) -> int:
        """The number of the attribute that `style` asks for, in this table's colour depth."""
        if style is None:
            return DEFAULT
        number = self._styles.get(style)
        if number is None:
            if len(self._styles) >= _MAX_STYLES:
                self._styles.clear()
            number = self._styles[style] = self._number(self._look(style))
        return number

    @property
    def full(self) -> bool:
        """Whether the table has grown so large that `compact` is due."""
        return len(self.table) >= _MAX_LOOKS

    def compact(self, rows: list[list[int]]) -> None:
        """Forget every attribute but those used in `rows`, and renumber these in place."""
        old = self.table
        self._clear()
        for row in rows:
            row[:] = [self._number(old[number]) for number in row]

    def carries(self, pen: int, blank: int) -> bool:
        """Whether a space written with `pen` draws as one written with `blank`."""
        now, wanted = self.table[pen], self.table[blank]
        return now.background == wanted.background and not now.seen_on_blank and not wanted.seen_on_blank

    def transition(self, before: int, after: int) -> str:
        """The shortest bytes that make a terminal drawing with `before` draw with `after`."""
        key = before << 20 | after
        sequence = self._transitions.get(key)
        if sequence is None:
            if len(self._transitions) >= _MAX_TRANSITIONS:
                self._transitions.clear()
            sequence = self._transitions[key] = _transition(self.table[before], self.table[after])
        return sequence

    def _look(self, style: Style) -> CellAttributes:
        colours = []
        for color, foreground, default in ((style.color, True, "39"), (style.bgcolor, False, "49")):
            codes = ""
            if color is not None:
                codes = ";".join(color.downgrade(self.colors).get_ansi_codes(foreground=foreground))
            colours.append("" if codes == default else codes)
        attributes = 0
        for bit, value in enumerate(
            (
                style.bold,
                style.dim,
                style.italic,
                style.underline,
                style.blink,
                style.blink2,
                style.reverse,
                style.conceal,
                style.strike,
                style.underline2,
                style.frame,
                style.encircle,
                style.overline,
            )
        ):
            if value:
                attributes |= 1 << bit
        link = strip_controls(style.link) if style.link and self._links else ""
        return CellAttributes(attributes, colours[0], colours[1], link)

    def _number(self, attribute: CellAttributes) -> int:
        number = self._numbers.get(attribute)
        if number is None:
            number = self._numbers[attribute] = len(self.table)
            self.table.append(attribute)
            self.blank.append(number)
            if not attribute.seen_on_blank:
                self.blank[number] = self._number(CellAttributes(background=attribute.background))
        return number


def _transition(before: CellAttributes, after: CellAttributes) -> str:
    link = "" if before.link == after.link else f"\x1b]8;;{after.link}\x1b\\"
    if before[:3] == after[:3]:
        return link
    afresh = ["", *_switches_on(after.attributes)]
    stepwise: list[str] = []
    lost = before.attributes & ~after.attributes
    kept = before.attributes
    for bit, off in enumerate(_OFF):
        if lost >> bit & 1:
            if off not in stepwise:
                stepwise.append(off)
            # One code switches a pair off (bold and dim): the other of the pair must come on again.
            for other, other_off in enumerate(_OFF):
                if other_off == off:
                    kept &= ~(1 << other)
    stepwise += _switches_on(after.attributes & ~kept)
    for old, new, default in (
        (before.foreground, after.foreground, "39"),
        (before.background, after.background, "49"),
    ):
        if new:
            afresh.append(new)
        if old != new:
            stepwise.append(new or default)
    return link + min(f"\x1b[{';'.join(stepwise)}m", f"\x1b[{';'.join(afresh)}m", key=len)


def _switches_on(attributes: int) -> list[str]:
    return [code for bit, code in enumerate(_ON) if attributes >> bit & 1]
