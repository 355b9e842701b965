"""The shape of a message between parsing and layout: a flat list of blocks, independent of any width."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from tui.text.spans import Line, Mark, Span, plain

MAX_INDENT: Final = 24
"""Cells; deeper nesting stays at this indent."""


class Kind(Enum):
    """What a block is, as far as layout cares."""

    TEXT = "text"
    PRE = "pre"
    RULE = "rule"
    TABLE = "table"


@dataclass(slots=True)
class Table:
    """Cells of a data table; every cell is one line. `header` says that the first row names the columns."""

    rows: list[list[Line]]
    header: bool


@dataclass(slots=True)
class Block:
    """One paragraph, list item, heading, rule, table or stretch of preformatted text.

    `spans` hold hard breaks as \\n. `indent` is in cells and includes the room for `bullet`, which stands before the
    first line. `quote` is the depth of quotation; `quoted` marks text repeated from an earlier message, which a reader
    may fold away. `gap` asks for an empty line before the block.
    """

    spans: list[Span] = field(default_factory=list)
    kind: Kind = Kind.TEXT
    indent: int = 0
    bullet: str = ""
    quote: int = 0
    quoted: bool = False
    gap: bool = False
    table: Table | None = None

    @property
    def text(self) -> str:
        """The words alone; rows of a table on lines, cells parted by two spaces."""
        if self.table is not None:
            return "\n".join(["  ".join([plain(cell) for cell in row]) for row in self.table.rows])
        return "".join([span.text for span in self.spans])


def notice(text: str) -> Block:
    """A dim line of our own under what somebody wrote."""
    return Block([Span(text, Mark.DIM)], gap=True)


def tidy(spans: list[Span]) -> tuple[list[Span], bool]:
    """`spans` without white space at the ends and at breaks; and whether an empty line stood before the words."""
    text = "".join([span.text for span in spans])
    stripped = text.strip(" \n")
    if not stripped:
        return [], "\n" in text
    if len(stripped) == len(text) and "\n" not in text:
        return spans, False
    first = len(text) - len(text.lstrip(" \n"))
    last = first + len(stripped)
    out: list[Span] = []
    offset = 0
    newlines = 0
    for span in spans:
        start, offset = offset, offset + len(span.text)
        piece = span.text[max(first - start, 0) : last - start] if offset > first and start < last else ""
        if "\n" in piece or newlines:
            kept: list[str] = []
            for char in piece:
                if char == "\n":
                    newlines += 1
                    if newlines > 2:
                        continue
                elif newlines and char == " ":
                    continue
                else:
                    newlines = 0
                kept.append(char)
            piece = "".join(kept)
        if piece:
            out.append(span._replace(text=piece))
    return out, "\n" in text[:first]


def cut(spans: list[Span], offset: int) -> tuple[list[Span], list[Span]]:
    """`spans` in two at `offset` characters into their text."""
    left: list[Span] = []
    for index, span in enumerate(spans):
        if offset < len(span.text):
            right = [span._replace(text=span.text[offset:]), *spans[index + 1 :]]
            if offset:
                left.append(span._replace(text=span.text[:offset]))
            return left, right
        left.append(span)
        offset -= len(span.text)
    return left, []
