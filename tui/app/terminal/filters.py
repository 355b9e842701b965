"""The last filters before the terminal: a mistake further up, in cleaning or in colours, must stay dark."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from tui.text.sanitize import strip_controls

__all__ = ["ColourlessFilter", "ControlFilter"]


class ControlFilter(LineFilter):
    """Strips control characters from every rendered segment; what it strips takes no cell, so widths stay true."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """`segments` without control characters; the same list when there were none."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment if segment.text.isprintable() else Segment(strip_controls(segment.text), segment.style)
            for segment in segments
        ]


class ColourlessFilter(LineFilter):
    """Takes every colour out; where one marked a cell by its background, as a selection does, the cell is reversed."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """`segments` with bold, underline and the like only."""
        return [Segment(text, _colourless(style) if style else style, control) for text, style, control in segments]


@lru_cache(maxsize=512)
def _colourless(style: Style) -> Style:
    marked = style.bgcolor is not None and not style.bgcolor.is_default and not style.reverse
    return style.without_color + Style(reverse=True) if marked else style.without_color
