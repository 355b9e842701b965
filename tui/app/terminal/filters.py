"""The last filter before the terminal: a mistake in cleaning further up must stay dark."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.text.clean import strip_controls

__all__ = ["ControlFilter"]


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
