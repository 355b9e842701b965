"""The shape of a message between parsing and layout: a flat list of blocks, independent of any width."""

import re
from enum import Enum
from typing import Final

import msgspec

from tui.text.spans import Line, Mark, Span, plain

MAX_INDENT: Final = 24
"""Cells; deeper nesting stays at this indent."""

NBSP: Final = "\xa0"
"""A space that HTML does not swallow; a plain one on the screen."""


class Kind(Enum):
    """What a block is, as far as layout cares."""

    TEXT = "text"
    PRE = "pre"
    RULE = "rule"
    TABLE = "table"


class Table(msgspec.Struct):
    """Cells of a data table; every cell is one line. `header` says that the first row names the columns."""

    rows: list[list[Line]]
    header: bool


class Block(msgspec.Struct):
    """One paragraph, list item, heading, rule, table or stretch of preformatted text.

    `spans` hold hard breaks as \\n. `indent` is in cells and includes the room for `bullet`, which stands before the
    first line. `quote` is the depth of quotation; `quoted` marks text repeated from an earlier message, which a reader
    may fold away, `signature` what a mail program puts under each message. `gap` asks for an empty line before it.
    """

    spans: list[Span] = msgspec.field(default_factory=list)
    kind: Kind = Kind.TEXT
    indent: int = 0
    bullet: str = ""
    quote: int = 0
    quoted: bool = False
    gap: bool = False
    signature: bool = False
    table: Table | None = None

    @property
    def folds(self) -> bool:
        """Whether a reader sees it only when it is unfolded."""
        return self.quoted or self.signature

    @property
    def text(self) -> str:
        """The words alone; rows of a table on lines, cells parted by two spaces."""
        if self.table is not None:
            return "\n".join(["  ".join([plain(cell) for cell in row]) for row in self.table.rows])
        return "".join([span.text for span in self.spans])


def notice(text: str) -> Block:
    """A dim line of our own under what somebody wrote."""
    return Block([Span(text, Mark.DIM)], gap=True)


def tidy(spans: list[Span], *, exact: bool = False) -> tuple[list[Span], bool]:
    """`spans` without white space at the ends and around breaks; and whether an empty line stood before the words.

    Spaces that do not break (`NBSP`) at the start of a line are indentation, and stay. Several empty lines become one,
    unless `exact`: then every line stays, the last break aside, as a browser shows them.
    """
    text = "".join([span.text for span in spans])
    stripped = text.strip(" \n" if exact else " \n\xa0")
    if not stripped:
        return [], "\n" in text
    if len(stripped) == len(text) and "\n" not in text:
        return spans, False
    start = (_SPACES if exact else _EMPTY_LINES).match(text)
    first = start.end() if start is not None else 0
    if exact:
        last = len(text.rstrip(" "))
        last = len(text[: last - 1].rstrip(" ")) if text.endswith("\n", 0, last) else last
    else:
        last = len(text.rstrip(" \n\xa0"))
    kept: list[tuple[int, int]] = []
    for run in (_BREAK if exact else _BREAKS).finditer(text, first, last):
        kept.append((first, run.start()))
        at = text.index("\n", run.start())
        kept.append((at, at + 1))
        if not exact and (second := text.find("\n", at + 1, run.end())) >= 0:
            kept.append((second, second + 1))
        first = run.end()
    kept.append((first, last))
    return _sliced(spans, kept), start is not None and not exact and "\n" in start[0]


_SPACES = re.compile(" *")
_EMPTY_LINES = re.compile("(?:[ \xa0]*\n)* *")
_BREAK = re.compile(" *\n *")
_BREAKS = re.compile("[ \xa0]*\n(?:[ \xa0]*\n)* *")


def _sliced(spans: list[Span], ranges: list[tuple[int, int]]) -> list[Span]:
    """The characters of `spans` in `ranges` (ascending, of their joined text)."""
    out: list[Span] = []
    pieces: list[str] = []
    index = offset = 0
    for start, end in ranges:
        while start < end:
            while offset + len(spans[index].text) <= start:
                offset += len(spans[index].text)
                index += 1
                if pieces:
                    out.append(spans[index - 1]._replace(text="".join(pieces)))
                    pieces = []
            piece = spans[index].text[start - offset : end - offset]
            pieces.append(piece)
            start += len(piece)
    if pieces:
        out.append(spans[index]._replace(text="".join(pieces)))
    return out


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


def split(block: Block, offset: int) -> Block:
    """Take what stands from `offset` characters on out of a paragraph, and give it back as one of its own."""
    text = block.text
    left, right = cut(block.spans, offset)
    block.spans, _ = tidy(left)
    spans, gap = tidy(right)
    gap = gap or text[max(offset - 2, 0) : offset] == "\n\n"
    return Block(spans, Kind.TEXT, block.indent, "", block.quote, block.quoted, gap, block.signature)


def unspaced(blocks: list[Block]) -> None:
    """Make the spaces that do not break plain ones, once nothing is left to be taken for white space around words."""
    for block in blocks:
        if block.table is not None:
            block.table.rows = [[tuple(_plain_spaces(list(cell))) for cell in row] for row in block.table.rows]
        block.spans = _plain_spaces(block.spans)


def _plain_spaces(spans: list[Span]) -> list[Span]:
    if not any(NBSP in span.text for span in spans):
        return spans
    return [span._replace(text=span.text.replace(NBSP, " ")) for span in spans]
