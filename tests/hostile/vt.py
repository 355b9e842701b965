"""What a program writes to a terminal, read by the grammar of ECMA-48 and by nothing of the program's own.

`read` splits bytes into tokens: text, controls, escape sequences, control sequences and control strings, in their
7-bit forms, their 8-bit forms and the 8-bit forms spelled as UTF-8. Whatever is begun and not ended as the standard
says is `broken`. `Grid` is a terminal's screen with one of two opinions on widths.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

from wcwidth import wcwidth

__all__ = ["Grid", "Kind", "Token", "Width", "by_cluster", "by_point", "read"]

Kind = Literal["text", "control", "esc", "csi", "osc", "dcs", "string", "broken", "not utf-8"]


class Token(NamedTuple):
    """One thing that a terminal was told: what kind, and its text as it came.

    `mark` is what tells one sequence from another of its kind: private marker, intermediates and final of a control
    sequence, the number of an OSC. `numbers` are a control sequence's parameters, -1 for those left out.
    """

    kind: Kind
    text: str
    mark: str = ""
    numbers: tuple[int, ...] = ()


# ECMA-48 5.4 (CSI: parameter bytes, intermediate bytes, final byte), 5.6 (control strings), ECMA-35 13.2 (escapes).
# The colon of sub-parameters is ITU-T T.416; BEL as the end of an OSC is xterm's (ctlseqs).
_GRAMMAR: Final = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?:\x1b\[|\x9b)(?P<private>[<=>?]?)(?P<numbers>[0-9:;]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|(?:\x1b\]|\x9d)(?P<osc>[^\x00-\x1f\x7f-\x9f]*)(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1bP|\x90)(?P<dcs>(?:[^\x1b\x9c]|\x1b\x1b)*)(?:\x1b\\|\x9c)"
    r"|(?:\x1b[X^_]|[\x98\x9e\x9f])(?P<string>[^\x1b\x9c]*)(?:\x1b\\|\x9c)"
    r"|\x1b(?P<escape>[ -/]*[0-OQ-WYZ\\`-~])"
    r"|(?P<opened>\x1b|[\x90\x98\x9b\x9d-\x9f])"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])"
)


def read(data: bytes) -> Iterator[Token]:
    """The tokens of `data`, all of it. Bytes that are no UTF-8 come as one token each and as U+FFFD in the text."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        yield Token("not utf-8", repr(data[error.start : error.end]), hex(error.start))
        text = data.decode("utf-8", "replace")
    for found in _GRAMMAR.finditer(text):
        yield _token(found)


def _token(found: re.Match[str]) -> Token:
    whole = found.group()
    match found.lastgroup:
        case "text":
            return Token("text", whole)
        case "final":
            numbers = tuple(int(each) if each.isdigit() else -1 for each in re.split("[:;]", found["numbers"]) if each)
            return Token("csi", whole, found["private"] + found["between"] + found["final"], numbers)
        case "osc":
            return Token("osc", whole, found["osc"].partition(";")[0])
        case "dcs" | "string" as kind:
            return Token(kind, whole)
        case "escape":
            return Token("esc", whole, found["escape"])
        case "control":
            return Token("control", whole)
    return Token("broken", whole)


Width = Callable[[str], list[tuple[str, int]]]
"""A text as (what is drawn as one thing, cells), by a terminal's opinion."""


def by_point(text: str) -> list[tuple[str, int]]:
    """Terminals that go by the single character (xterm, the Linux console): joined emoji lie side by side."""
    drawn: list[tuple[str, int]] = []
    for char in text:
        cells = max(0, wcwidth(char))
        if cells == 0 and drawn:
            drawn[-1] = (drawn[-1][0] + char, drawn[-1][1])
        elif cells:
            drawn.append((char, cells))
    return drawn


def by_cluster(text: str) -> list[tuple[str, int]]:
    """Terminals that draw a joined sequence, a flag or a keycap as one thing of at most two cells (kitty, WezTerm)."""
    drawn: list[tuple[str, int]] = []
    for char in text:
        cells = max(0, wcwidth(char))
        before = drawn[-1][0] if drawn else ""
        flag = "\U0001f1e6" <= char <= "\U0001f1ff" and len(before) == 1 and "\U0001f1e6" <= before <= "\U0001f1ff"
        skin = "\U0001f3fb" <= char <= "\U0001f3ff"
        if before and (cells == 0 or before.endswith("\u200d") or skin or flag):
            wide = 2 if char == "\ufe0f" or (cells and not flag) else drawn[-1][1]
            drawn[-1] = (before + char, max(drawn[-1][1], min(2, wide)))
        elif cells:
            drawn.append((char, cells))
    return drawn


class Grid:
    """The cells of a terminal that shows what it is told: rows of texts, "" right of a wide one.

    Lines do not wrap and newlines are not translated, as the program asks for. Only what the program may use is
    understood; `read` and the rules tell of the rest.
    """

    def __init__(self, columns: int, rows: int, width: Width = by_point) -> None:
        self.columns, self.rows, self._width = columns, rows, width
        self.cells = [[" "] * columns for _ in range(rows)]
        self.x = self.y = 0

    def feed(self, tokens: list[Token]) -> None:
        """Show `tokens`."""
        for token in tokens:
            if token.kind == "text":
                for drawn, cells in self._width(token.text):
                    self._put(drawn, cells)
            elif token.kind == "control":
                self._control(token.text)
            elif token.kind == "csi":
                self._sequence(token.mark, token.numbers)

    def text(self) -> list[str]:
        """The rows, without trailing blanks."""
        return ["".join(row).rstrip() for row in self.cells]

    def _put(self, drawn: str, cells: int) -> None:
        x = min(self.x, self.columns - cells)
        row = self.cells[self.y]
        for at in range(x, x + cells):  # half of a wide character is nothing
            if row[at] == "" and at:
                row[at - 1] = " "
            if at + 1 < self.columns and row[at + 1] == "":
                row[at + 1] = " "
        row[x] = unicodedata.normalize("NFC", drawn)
        for rest in range(x + 1, x + cells):
            row[rest] = ""
        self.x = x + cells

    def _control(self, char: str) -> None:
        if char == "\b":
            self.x = max(0, min(self.x, self.columns - 1) - 1)
        elif char == "\r":
            self.x = 0
        elif char == "\n":
            self.y = min(self.rows - 1, self.y + 1)

    def _sequence(self, mark: str, numbers: tuple[int, ...]) -> None:
        count = max(1, numbers[0] if numbers else 1)
        here = min(self.x, self.columns - 1)
        match mark:
            case "H":
                self.y = min(self.rows, count) - 1
                self.x = min(self.columns, max(1, numbers[1] if len(numbers) > 1 else 1)) - 1
            case "G":
                self.x = min(self.columns, count) - 1
            case "A" | "B":
                self.y = max(0, min(self.rows - 1, self.y + (count if mark == "B" else -count)))
            case "C" | "D":
                self.x = max(0, min(self.columns - 1, here + (count if mark == "C" else -count)))
            case "J":
                self.cells = [[" "] * self.columns for _ in range(self.rows)]
            case "K":
                self.cells[self.y][here:] = [" "] * (self.columns - here)
            case "X":
                end = min(self.columns, here + count)
                self.cells[self.y][here:end] = [" "] * (end - here)
            case _:
                pass
