"""A terminal emulator whose cells can be compared with what was meant to be drawn."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pyte
from wcwidth import wcwidth

__all__ = ["Cell", "Emulator"]


class Cell(NamedTuple):
    """One cell as a reader sees it: what cannot be seen on a blank (colour of the text, bold, italics) is left out."""

    text: str
    foreground: str
    background: str
    bold: bool
    italics: bool
    underscore: bool
    strike: bool
    reverse: bool
    blink: bool


class Emulator(pyte.Screen):
    """A pyte screen that hands out comparable cells; what it answers to the program goes to `reply`."""

    def __init__(self, columns: int, rows: int, reply: Callable[[str], None] = lambda data: None) -> None:
        self._reply = reply
        super().__init__(columns, rows)

    def write_process_input(self, data: str) -> None:
        """Called by pyte with the answer to a question of the program."""
        self._reply(data)

    def erase_in_display(self, how: int = 0, *args: object, **kwargs: object) -> None:
        """ED; pyte fills only cells that were written before, terminals fill all of them with the background."""
        super().erase_in_display(how)
        here = self.cursor.y
        whole = {0: range(here + 1, self.lines), 1: range(here), 2: range(self.lines), 3: range(self.lines)}
        for y in whole.get(how, range(0)):
            for x in range(self.columns):
                self.buffer[y][x] = self.cursor.attrs._replace(data=" ")

    def cell(self, x: int, y: int) -> Cell:
        """The cell at column `x` of row `y`, both from 0."""
        char = self.buffer[y][x]
        text = unicodedata.normalize("NFC", char.data)
        if text == " " and not (char.underscore or char.strikethrough or char.reverse):
            return Cell(" ", "", char.bg, False, False, False, False, False, False)
        return Cell(
            text,
            char.fg,
            char.bg,
            char.bold,
            char.italics,
            char.underscore,
            char.strikethrough,
            char.reverse,
            char.blink,
        )

    def row(self, y: int) -> list[Cell]:
        """The cells of row `y`, from 0."""
        return [self.cell(x, y) for x in range(self.columns)]

    def cells(self) -> list[list[Cell]]:
        """All cells, row by row."""
        return [self.row(y) for y in range(self.lines)]

    def rows(self) -> list[str]:
        """The text of each row, without trailing blanks."""
        return ["".join(self._drawn(y)).rstrip() for y in range(self.lines)]

    def _drawn(self, y: int) -> Iterator[str]:
        """The row's characters; half of a wide one that was overwritten is a blank."""
        covered = False
        for x in range(self.columns):
            data = "" if covered else self.buffer[y][x].data or " "
            covered = bool(data) and wcwidth(data[0]) == 2
            yield data
