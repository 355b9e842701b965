"""Numbers for the links of a message, as footnotes have them: ``our policy (northwind.example) [1]``.

What a reader sees is numbered first, then come the message's files, then what is folded away or stands in code, where
a number would change the text: so the numbers on screen have no holes, and stay the same when a quotation is unfolded.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tui.text.blocks import Block, Kind
from tui.text.links import Link
from tui.text.spans import Line, Mark, Span


class NumberedLink(NamedTuple):
    """A link under its number in the message; `folded`: it stands in what is folded away."""

    number: int
    link: Link
    folded: bool = False


class _Run(NamedTuple):
    """Spans in a row that lead to one address: those of `spans` from `start` to before `end`."""

    start: int
    end: int
    link: Link
    in_code: bool


def number_links(blocks: list[Block], files: int = 0) -> tuple[list[NumberedLink], int]:
    """Put numbers behind the links in `blocks`, in place; the links by number, and the number of the first file.

    An address that stands in several places of a message has one number. `files` is how many files the message has.
    """
    numbers: dict[str, int] = {}
    found: list[NumberedLink] = []
    first_file = 1
    for hidden in (False, True):
        if hidden:
            first_file = len(found) + 1
        for block in blocks:
            for spans in _lines(block):
                for run in _runs(spans):
                    unseen = block.folds or run.in_code or block.kind is Kind.PRE
                    if unseen is hidden and run.link.href not in numbers:
                        number = len(found) + 1 + (files if hidden else 0)
                        numbers[run.link.href] = number
                        found.append(NumberedLink(number, run.link, block.folds))
    if found:
        for block in blocks:
            _number(block, numbers)
    return found, first_file


def _lines(block: Block) -> Iterator[list[Span] | Line]:
    if block.table is None:
        yield block.spans
    else:
        for row in block.table.rows:
            yield from row


def _runs(spans: list[Span] | Line) -> Iterator[_Run]:
    start = 0
    while start < len(spans):
        href = spans[start].href
        end = start + 1
        while end < len(spans) and spans[end].href == href:
            end += 1
        if href:
            first = spans[start]
            label = "".join([span.text for span in spans[start:end] if Mark.DIM not in span.marks])
            link = Link(label.strip() or href, href, Mark.IMAGE in first.marks)
            yield _Run(start, end, link, Mark.CODE in first.marks)
        start = end


def _number(block: Block, numbers: dict[str, int]) -> None:
    if block.kind is Kind.PRE:
        return
    if block.table is None:
        block.spans = _numbered(block.spans, numbers)
    else:
        block.table.rows = [[tuple(_numbered(list(cell), numbers)) for cell in row] for row in block.table.rows]


def _numbered(spans: list[Span], numbers: dict[str, int]) -> list[Span]:
    out: list[Span] = []
    done = 0
    for run in _runs(spans):
        if run.in_code:
            continue
        last = spans[run.end - 1]
        text = last.text.rstrip(" \n")
        out += spans[done : run.end - 1]
        if text:
            out.append(last._replace(text=text))
        quoted = last.marks & Mark.QUOTE
        out += [Span(" ", quoted), Span(f"[{numbers[run.link.href]}]", Mark.NUMBER | quoted)]
        if len(text) < len(last.text):
            out.append(Span(last.text[len(text) :], quoted))
        done = run.end
    return out + spans[done:] if done else spans
