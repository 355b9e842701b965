"""Cells: a screen's worth of characters and attributes, and how styled text falls into them.

A cluster wider than one cell keeps its text in its first cell and "" in the others. Widths are Rich's, the same that
Textual lays out with; which clusters terminals measure differently is judged by `unsure_width`.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment

from tui.app.terminal.attributes import DEFAULT, AttributeTable
from tui.text.sanitize import strip_controls

__all__ = ["NARROW", "Cells", "clusters", "point_width", "unsure_width"]

# One cell each, combining with nothing: Latin, Greek, Cyrillic, dashes, quotes, arrows, boxes and blocks.
NARROW: Final = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E),
        (0xA0, 0xAC),
        (0xAE, 0x2FF),
        (0x370, 0x377),
        (0x37A, 0x37F),
        (0x384, 0x38A),
        (0x38E, 0x3A1),
        (0x3A3, 0x482),
        (0x2010, 0x2027),
        (0x2030, 0x203B),
        (0x20A0, 0x20BF),
        (0x2500, 0x25FC),
    )
    for code in range(first, last + 1)
)
_all_narrow = NARROW.issuperset
_PICTOGRAPHS: Final = ("\U0001f000", "\U000e0000")
_ZWJ, _VS15, _VS16, _KEYCAP = "\u200d", "\ufe0e", "\ufe0f", "\u20e3"
_WIDE_AND_AGREED: Final = (
    (0x1100, 0x115F),
    (0x2E80, 0x303E),
    (0x3041, 0xA4CF),
    (0xA960, 0xA97C),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE6F),
    (0xFF00, 0xFF60),
    (0xFFE0, 0xFFE6),
    (0x20000, 0x3FFFD),
)


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_skin(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def point_width(cluster: str) -> int:
    """The cells that a cluster takes where each of its characters is drawn by itself, at most.

    Skin tones and the letters of flags are two cells wide then, and so is any pictograph that our table is too old for.
    """
    first, beyond = _PICTOGRAPHS
    return sum(2 if first <= char < beyond else get_character_cell_size(char) for char in cluster)


@lru_cache(maxsize=512)  # an entry is up to 10 kB, and a screen holds some hundred texts
def clusters(text: str) -> tuple[tuple[str, int], ...]:
    """`text` as (cluster, cells) pairs: what a terminal draws as one thing, and the cells that the layout gave it.

    Control characters are left out, they take no cell. Joined emoji, keycaps, skin tones and flags stay whole.
    """
    pieces: list[str] = []
    joined = False
    for char in strip_controls(text):
        last = pieces[-1] if pieces else ""
        joins = joined or (
            char in (_ZWJ, _VS15, _VS16, _KEYCAP)
            or _is_skin(char)
            or get_character_cell_size(char) == 0
            or (_is_flag(char) and len(last) == 1 and _is_flag(last))
        )
        if last and joins:
            pieces[-1] = last + char
        else:
            pieces.append(char)
        joined = char == _ZWJ
    return tuple((piece, cell_len(piece)) for piece in pieces)


@lru_cache(maxsize=1024)
def unsure_width(cluster: str) -> bool:
    """Whether terminals disagree on how many cells `cluster` takes, so that the cursor must be placed anew after it."""
    if len(cluster) == 1:
        if cluster in NARROW:
            return False
        code = ord(cluster)
        if get_character_cell_size(cluster) == 2:
            return not any(first <= code <= last for first, last in _WIDE_AND_AGREED)
        return code >= 0x1F000 or unicodedata.category(cluster) in ("Cn", "Co")
    return (
        any(char in (_ZWJ, _VS15, _VS16, _KEYCAP) or _is_skin(char) or _is_flag(char) for char in cluster)
        # Marks from above the basic plane, and several spacing ones: fonts and tables differ.
        or any(unicodedata.category(char) == "Mc" or ord(char) > 0xFFFF for char in cluster[1:])
        or unsure_width(cluster[0])
    )


class Cells:
    """`height` rows of `width` cells: `chars[y][x]` and `attributes[y][x]`, blank in the default attribute at first."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.chars: list[list[str]] = []
        self.attributes: list[list[int]] = []
        self.fill(DEFAULT)

    def fill(self, attribute: int) -> None:
        """Make every cell a space of `attribute`."""
        self.chars = [[" "] * self.width for _ in range(self.height)]
        self.attributes = [[attribute] * self.width for _ in range(self.height)]

    def write(self, x: int, y: int, segments: Iterable[Segment], limit: int, attributes: AttributeTable) -> int:
        """Put `segments` at column `x` of row `y`, up to column `limit`; answers the column after the last cell.

        Characters half covered by the new text become spaces, as on a terminal.
        """
        if not 0 <= y < self.height or x < 0:
            return x
        row, shades = self.chars[y], self.attributes[y]
        limit = min(limit, self.width)
        if x < limit and row[x] == "":
            self._blank_head(row, x)
        blank = attributes.blank
        for text, style, control in segments:
            if x >= limit:
                break
            if control or not text:
                continue
            attribute = attributes.of(style)
            if not _all_narrow(text):
                x = self._write_clusters(row, shades, x, text, attribute, blank[attribute], limit)
                continue
            size = len(text)
            if size > limit - x:
                size = limit - x
                text = text[:size]
            end = x + size
            row[x:end] = text
            shades[x:end] = [attribute] * size
            bare = blank[attribute]
            # Spaces at the ends are the pads that come and go; inside they are redrawn with their words anyway.
            if bare != attribute and (text[0] == " " or text[-1] == " "):
                inner_end = x + len(text.rstrip(" "))
                shades[inner_end:end] = [bare] * (end - inner_end)
                lead = min(size - len(text.lstrip(" ")), size)
                shades[x : x + lead] = [bare] * lead
            x = end
        if x < self.width and row[x] == "":
            tail = x
            while tail < self.width and row[tail] == "":
                row[tail] = " "
                tail += 1
        return x

    @staticmethod
    def _write_clusters(
        row: list[str], shades: list[int], x: int, text: str, attribute: int, bare: int, limit: int
    ) -> int:
        for cluster, cells in clusters(text):
            if x >= limit:
                break
            if cells == 0:
                continue  # a mark with nothing to sit on
            if x + cells > limit:
                row[x:limit] = " " * (limit - x)
                shades[x:limit] = [bare] * (limit - x)
                return limit
            row[x] = cluster
            shades[x] = bare if cluster == " " else attribute
            for rest in range(x + 1, x + cells):
                row[rest] = ""
                shades[rest] = attribute
            x += cells
        return x

    @staticmethod
    def _blank_head(row: list[str], x: int) -> None:
        while x >= 0 and row[x] == "":
            row[x] = " "
            x -= 1
        if x >= 0:
            row[x] = " "
