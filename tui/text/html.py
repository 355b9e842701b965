"""HTML that customers and teammates wrote, as blocks, styled lines and plain text.

`parse` costs the most and knows no width: keep its blocks, and `layout` them again when the width changes. Everything
that comes out is cleaned (`tui.text.sanitize`). A body without a tag is taken as plain text.
"""

import re
from html import unescape
from typing import Final

from tui.text import sentences
from tui.text.blocks import NBSP, Block, Kind, notice, tidy, unspaced
from tui.text.layout import ASCII, UNICODE, Glyphs, fold_line, layout
from tui.text.links import Link, linkify
from tui.text.sanitize import clean
from tui.text.spans import Line, Mark, Span

__all__ = [
    "ASCII",
    "MAX_HTML",
    "UNICODE",
    "Block",
    "Glyphs",
    "Kind",
    "Link",
    "fold_line",
    "layout",
    "links",
    "links_in",
    "parse",
    "to_lines",
    "to_text",
]

MAX_HTML: Final = 200_000
"""Characters of words that are read of a body; what is beyond is left out, and a line says so."""

# Only tags that HTML knows: <ann@example.com> and <https://…> in plain text are words.
_MARKUP = re.compile(
    r"<(?:!--|!doctype|\?xml|/?(?:p|div|br|a|b|i|u|s|em|strong|span|font|small|big|strike|del|ins|sub|sup|ul|ol|li|dl|dt|dd"
    r"|h[1-6r]|pre|code|kbd|tt|blockquote|q|cite|img|table|thead|tbody|tfoot|tr|td|th|html|head|body|style|script|title|meta"
    r"|link|center|section|article|header|footer|main|nav|aside|address|figure|figcaption|details|summary|iframe|object"
    r"|svg|form|input|button|select|textarea|video|audio|label|abbr|mark|template|o:p)(?=[\s/>]))",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_PARAGRAPHS = re.compile(r"\n[ \t\xa0]*\n(?:[ \t\xa0]*\n)*")
_FIRST_LINES = re.compile(r"(?:[ \t]*\n)+")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def parse(html: str, *, exact: bool = False) -> list[Block]:
    """The blocks of a message body; an empty list when it says nothing. Never raises, whatever `html` holds.

    `exact` shows it as a browser would, for a look at what is about to leave: all empty lines, and nothing is taken for
    a quotation or a signature.
    """
    if _MARKUP.search(html, 0, MAX_HTML) is None:
        blocks, cut = _plain_blocks(html[:MAX_HTML]), len(html) > MAX_HTML
    else:
        from tui.text.html_parser import Walker  # loads the parser, which plain text does not need
        from tui.text.slim import slim

        left = slim(html, MAX_HTML)
        walker = Walker(exact=exact)
        blocks = walker.walk(left.html)
        cut = left.cut or walker.full
    if not exact:
        from tui.text.quotes import mark_quotes  # their patterns take longer to compile than the first paint has
        from tui.text.signatures import mark_signatures

        mark_quotes(blocks)
        mark_signatures(blocks)
    unspaced(blocks)
    if cut:
        blocks.append(notice(sentences.SHORTENED.format(count=len(html))))
    return blocks


def to_lines(html: str, width: int, fold_quotes: bool = True, glyphs: Glyphs = UNICODE) -> list[Line]:
    """`html` as styled lines of at most `width` cells."""
    return layout(parse(html), width, fold_quotes, glyphs)


def to_text(html: str, quotes: bool = True) -> str:
    """`html` as plain text, for previews, search and copying; without repeated messages unless `quotes`."""
    if _MARKUP.search(html, 0, MAX_HTML) is None:
        text = html[:MAX_HTML]
        text = clean(unescape(text) if "&" in text and _ENTITY.search(text) else text).replace(NBSP, " ").rstrip()
        first = _FIRST_LINES.match(text)
        text = text[first.end() :] if first is not None else text
        if quotes or "\n" not in text:
            return text
    lines: list[str] = []
    for block in parse(html):
        if block.quoted and not quotes:
            continue
        if block.gap and lines:
            lines.append("")
        if block.kind is not Kind.RULE:
            lines.append(" " * (block.indent - len(block.bullet)) + block.bullet + block.text)
    return "\n".join(lines)


def links(html: str) -> list[Link]:
    """The addresses in `html` that may be opened, in order, each once a place it stands."""
    return links_in(parse(html))


def links_in(blocks: list[Block]) -> list[Link]:
    """The addresses in parsed `blocks` that may be opened, in order."""
    found: list[Link] = []
    for block in blocks:
        if block.table is None:
            _collect(block.spans, found)
        else:
            for row in block.table.rows:
                for cell in row:
                    _collect(cell, found)
    return found


def _collect(spans: list[Span] | Line, found: list[Link]) -> None:
    open_href = ""
    for text, marks, href in spans:
        if href and href == open_href:
            if Mark.DIM not in marks:
                last = found[-1]
                found[-1] = last._replace(label=last.label + text)
        elif href:
            found.append(Link(text, href, Mark.IMAGE in marks))
        open_href = href


def _plain_blocks(source: str) -> list[Block]:
    if "&" in source and _ENTITY.search(source):
        source = unescape(source)
    text = _INDENT.sub(lambda run: run[0].replace(" ", NBSP), clean(source).strip("\n"))
    blocks: list[Block] = []
    for paragraph in _PARAGRAPHS.split(text):
        spans, _ = tidy([Span(paragraph)])
        if spans:
            blocks.append(Block(linkify(spans), gap=bool(blocks)))
    return blocks
