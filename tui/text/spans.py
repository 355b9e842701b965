"""The vocabulary of styled lines: what the text floor hands to a screen, with no colour or widget in it."""

import enum
from typing import NamedTuple


class Mark(enum.Flag):
    """What a stretch of text is; the screen decides how that looks."""

    PLAIN = 0
    BOLD = enum.auto()
    ITALIC = enum.auto()
    UNDERLINE = enum.auto()
    STRIKE = enum.auto()
    CODE = enum.auto()
    LINK = enum.auto()
    QUOTE = enum.auto()
    HEADING = enum.auto()
    DIM = enum.auto()
    """Said by us, not by the writer: rules, gutters, the address behind a link, "shortened"."""
    IMAGE = enum.auto()
    FOLD = enum.auto()
    """The line that stands for a folded quotation."""
    NUMBER = enum.auto()
    """The number by which a link is opened; said by us."""


class Span(NamedTuple):
    """A stretch of text with one style. `href` is the address to open, "" when there is none."""

    text: str
    marks: Mark = Mark.PLAIN
    href: str = ""


Line = tuple[Span, ...]
"""One line of spans, without a line end."""


def plain(line: Line) -> str:
    """The text of `line` without its styles."""
    if len(line) == 1:
        return line[0].text
    return "".join([span.text for span in line])
