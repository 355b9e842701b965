"""The text on the screen of an app, from the updates that its compositor hands to the terminal."""

from typing import Any

from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate

__all__ = ["PaintedText"]


class PaintedText:
    """The screen as the terminal would have it: the text of every update, written over the last."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []

    def take(self, update: RenderableType | None) -> None:
        """Write one update of the compositor."""
        if isinstance(update, LayoutUpdate):
            region = update.region
            if region.x == 0 and region.y == 0:
                self.rows = [[" "] * region.width for _ in range(region.height)]
            for y, line in enumerate(update.strips, region.y):
                x = region.x
                for strip in line:
                    x = self._write(y, x, strip)
        elif isinstance(update, ChopsUpdate):
            for y, left, right in update.spans:
                for x, chop in update.chops[y].items():
                    if chop is not None and x < right and x + chop.cell_length > left:
                        self._write(y, x, chop)

    def _write(self, y: int, x: int, strip: Any) -> int:
        row = self.rows[y] if y < len(self.rows) else []
        for segment in strip:
            if segment.control:
                continue
            for char in segment.text:
                if x < len(row):
                    row[x] = char
                x += 1 if char.isascii() else segment.cell_length if len(segment.text) == 1 else 1
        return x

    def text(self, x: int, y: int, width: int, height: int) -> str:
        """A rectangle of it."""
        return "\n".join("".join(row[x : x + width]) for row in self.rows[y : y + height])
