"""From blocks to styled lines of a given width."""

from typing import NamedTuple

from tui.text import sentences
from tui.text.blocks import Block, Kind, Table
from tui.text.spans import Line, Mark, Span, plain
from tui.text.width import cell_len, wrap


class Glyphs(NamedTuple):
    """The few characters that layout adds of its own."""

    bullet: str = "• "
    gutter: str = "│ "
    rule: str = "─"
    folded: str = "▸"


UNICODE = Glyphs()
ASCII = Glyphs("* ", "| ", "-", ">")

_GUTTER = Mark.DIM | Mark.QUOTE
_FOLD = Mark.DIM | Mark.QUOTE | Mark.FOLD
_EMPTY: Line = ()


def layout(blocks: list[Block], width: int, fold_quotes: bool = True, glyphs: Glyphs = UNICODE) -> list[Line]:
    """`blocks` as lines of at most `width` cells (below 4 counts as 4).

    With `fold_quotes`, each run of quotations and signatures becomes one line marked `Mark.FOLD` that says what it
    hides; a signature of one line stays, since nothing would be won.
    """
    width = max(width, 4)
    lines: list[Line] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if fold_quotes and block.folds:
            quoted: list[Line] = []
            signature: list[Line] = []
            while index < len(blocks) and blocks[index].folds:
                _lay(quoted if blocks[index].quoted else signature, blocks[index], width, glyphs)
                index += 1
            if lines and lines[-1] != _EMPTY:
                lines.append(_EMPTY)
            if not quoted and len(signature) == 1:
                lines += signature
            else:
                lines += wrap(fold_line(_said(quoted), glyphs, signature=_said(signature)), width)
            continue
        if index and fold_quotes and blocks[index - 1].folds and lines:
            lines.append(_EMPTY)
        _lay(lines, block, width, glyphs)
        index += 1
    return lines


def fold_line(quoted: int, glyphs: Glyphs = UNICODE, *, signature: int = 0) -> Line:
    """The line that stands for as many folded ones: `▸ 6 quoted lines`, `▸ signature, 3 lines`."""
    return (Span(f"{glyphs.folded} {sentences.folded_lines(quoted, signature)}", _FOLD),)


def _said(lines: list[Line]) -> int:
    return sum([1 for line in lines if line != _EMPTY])


def _lay(lines: list[Line], block: Block, width: int, glyphs: Glyphs) -> None:
    depth = max(block.quote, 1) if block.quoted else block.quote
    step = len(glyphs.gutter)
    depth = min(depth, 4, width // 2 // step)
    gutter = glyphs.gutter * depth
    if block.gap and lines and lines[-1] != _EMPTY:
        lines.append(_EMPTY)
    room = width - len(gutter)
    if block.kind is Kind.RULE:
        lines.append(_prefix(gutter, "", (Span(glyphs.rule * min(room, 40), Mark.DIM),)))
        return
    indent = block.indent if block.indent * 2 <= room else room // 2
    room -= indent
    if block.table is not None:
        body = _table(block.table, room, glyphs)
    else:
        spans = tuple(block.spans)
        if block.signature or (block.quoted and not block.quote):
            spans = tuple([span._replace(marks=span.marks | Mark.QUOTE) for span in spans])
        body = wrap(spans, room)
    if not gutter and not indent:
        lines += body
        return
    blank = " " * indent
    first = blank
    if block.bullet:
        bullet = glyphs.bullet if block.bullet[0] == "•" else block.bullet
        first = bullet.rjust(indent) if len(bullet) <= indent else bullet.strip()[:indent].ljust(indent)
    for line in body:
        lines.append(_prefix(gutter, first, line))
        first = blank


def _prefix(gutter: str, lead: str, line: Line) -> Line:
    if gutter and lead:
        return (Span(gutter, _GUTTER), Span(lead), *line)
    if gutter:
        return (Span(gutter, _GUTTER), *line)
    if lead:
        return (Span(lead), *line)
    return line


def _table(table: Table, width: int, glyphs: Glyphs) -> list[Line]:
    columns = max([len(row) for row in table.rows])
    sizes = [0] * columns
    for row in table.rows:
        for index, cell in enumerate(row):
            sizes[index] = max(sizes[index], cell_len(plain(cell).replace("\t", "    ")))
    if sum(sizes) + 2 * (columns - 1) <= width:
        return _aligned(table, sizes, glyphs)
    return _listed(table, width)


def _aligned(table: Table, sizes: list[int], glyphs: Glyphs) -> list[Line]:
    lines: list[Line] = []
    for number, row in enumerate(table.rows):
        spans: list[Span] = []
        for index, cell in enumerate(row):
            spans += [span._replace(text=span.text.replace("\t", "    ")) for span in cell]
            if index + 1 < len(row):
                spans.append(Span(" " * (sizes[index] - sum([cell_len(plain((span,))) for span in cell]) + 2)))
        lines.append(tuple(spans))
        if number == 0 and table.header and len(table.rows) > 1:
            lines.append((Span("  ".join([glyphs.rule * size for size in sizes]), Mark.DIM),))
    return lines


def _listed(table: Table, width: int) -> list[Line]:
    """Rows that do not fit side by side: one "header: value" line a cell, an empty line between rows."""
    header = table.rows[0] if table.header and len(table.rows) > 1 else None
    lines: list[Line] = []
    for row in table.rows[1:] if header else table.rows:
        if header:
            if lines:
                lines.append(_EMPTY)
            for index, cell in enumerate(row):
                if cell:
                    name = header[index] if index < len(header) else ()
                    lines += wrap((*name, Span(": "), *cell) if name else cell, width)
        elif len(row) == 2 and row[0]:
            lines += wrap(
                (*row[0], Span("" if plain(row[0]).rstrip().endswith(":") else ":"), Span(" "), *row[1]), width
            )
        else:
            joined: list[Span] = []
            for cell in row:
                joined += [Span(" | "), *cell] if joined else cell
            lines += wrap(tuple(joined), width)
    return lines
