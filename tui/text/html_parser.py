"""From HTML to blocks: a parser's tree walked with a loop, so that no nesting can exhaust the stack."""

import re
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tui.text.blocks import MAX_INDENT, NBSP, Block, Kind, Table, tidy
from tui.text.hidden import GONE, INVISIBLE, after
from tui.text.html_attributes import is_data, is_tight, white_space
from tui.text.links import linkify, safe_href, shows_target, target
from tui.text.quotes import quotes_itself, quotes_the_rest
from tui.text.sanitize import clean, clean_line
from tui.text.signatures import signs_itself
from tui.text.spans import Line, Mark, Span

MAX_BLOCKS: Final = 4000

_SPACE = re.compile(r"[ \t\n\r\f]+")
_DROPPED = frozenset(
    [
        *("head", "script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "select"),
        *("textarea", "button", "canvas", "audio", "video", "map", "datalist", "frameset", "-comment", "!doctype"),
    ]
)
_MARKS = {
    "b": Mark.BOLD,
    "strong": Mark.BOLD,
    "i": Mark.ITALIC,
    "em": Mark.ITALIC,
    "cite": Mark.ITALIC,
    "u": Mark.UNDERLINE,
    "ins": Mark.UNDERLINE,
    "s": Mark.STRIKE,
    "strike": Mark.STRIKE,
    "del": Mark.STRIKE,
    "code": Mark.CODE,
    "kbd": Mark.CODE,
    "samp": Mark.CODE,
    "tt": Mark.CODE,
    "h1": Mark.HEADING | Mark.BOLD,
    "h2": Mark.HEADING | Mark.BOLD,
    "h3": Mark.HEADING | Mark.BOLD,
    "h4": Mark.HEADING | Mark.BOLD,
    "h5": Mark.HEADING | Mark.BOLD,
    "h6": Mark.HEADING | Mark.BOLD,
    "th": Mark.BOLD,
    "dt": Mark.BOLD,
    "pre": Mark.CODE,
}
_SPACED = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "pre", "table", "figure"])
_BLOCKS = _SPACED | frozenset(
    [
        *("div", "li", "dd", "dt", "tr", "td", "th", "section", "article", "header", "footer", "main", "nav", "aside"),
        *("address", "center", "form", "fieldset", "legend", "caption", "figcaption", "details", "summary", "tbody"),
        *("thead", "tfoot", "body", "html"),
    ]
)
_PIXELS = re.compile(r"\s*(\d{1,5})\s*(?:px)?\s*", re.ASCII)
_TINY = re.compile(r"\s*[0-2]\s*(?:px)?\s*")


class _State(NamedTuple):
    marks: Mark = Mark.PLAIN
    href: str = ""
    indent: int = 0
    quote: int = 0
    quoted: bool = False
    signature: bool = False
    pre: bool = False
    white: str = ""
    """What `white_space` says."""
    unread: int = 0
    """Flags of `tui.text.hidden`."""


class _List:
    __slots__ = ("number", "ordered")

    def __init__(self, ordered: bool, number: int) -> None:
        self.ordered = ordered
        self.number = number


class Walker:
    """Builds the blocks of one document. Use once: `Walker().walk(html)`.

    `exact` keeps every empty line and no more, as a browser would; else what is empty parts paragraphs, once.
    """

    def __init__(self, *, exact: bool = False) -> None:
        self._exact = exact
        self.blocks: list[Block] = []
        self.full = False
        self._spans: list[Span] = []
        self._state = _State()
        self._gap = False
        self._bullet = ""
        self._lists: list[_List] = []
        self._links: list[tuple[int, int]] = []
        self._table: Table | None = None
        self._outside: list[Block] = []
        self._rest_quoted = False

    def walk(self, html: str) -> list[Block]:
        """The blocks of `html`, which went through `tui.text.slim`; `full` afterwards tells of too many blocks."""
        root = LexborHTMLParser(html).body
        if root is None:
            return []
        path: list[tuple[LexborNode, str, _State]] = []
        node = root.first_child
        while True:
            if node is None:
                if not path:
                    break
                element, tag, before = path.pop()
                self._leave(tag, before)
                node = element.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            elif tag not in _DROPPED:
                before = self._state
                if self._enter(node, tag):
                    child = node.first_child
                    if child is not None:
                        path.append((node, tag, before))
                        node = child
                        continue
                    self._leave(tag, before)
            if len(self.blocks) >= MAX_BLOCKS:
                self.full = True
                break
            node = node.next
        self._flush()
        if self.full and self._outside:
            self.blocks = self._outside + self.blocks
        return self.blocks

    def _text(self, text: str) -> None:
        state = self._state
        if state.unread:
            return
        text = clean(text)
        if state.pre:
            self._spans.append(Span(text, state.marks, state.href))
            return
        spans = self._spans
        if state.white == "pre":
            text = text.replace(" ", NBSP)
        else:
            if state.white == "line" and "\n" in text:
                text = "\n".join([_SPACE.sub(" ", line).strip(" ") for line in text.split("\n")])
            else:
                text = _SPACE.sub(" ", text)
            if text[0:1] == " " and (not spans or spans[-1].text[-1:] in " \n"):
                text = text[1:]
        if not text:
            return
        if spans and spans[-1].marks is state.marks and spans[-1].href == state.href:
            spans[-1] = Span(spans[-1].text + text, state.marks, state.href)
        else:
            spans.append(Span(text, state.marks, state.href))

    def _flush(self) -> None:
        if not self._spans:
            return
        state = self._state
        if state.pre:
            spans, empty = self._spans if self._exact else _trim_pre(self._spans), False
        else:
            spans, empty = tidy(self._spans, exact=self._exact)
        self._spans = []
        if not spans:
            # An empty line, however it is spelled, parts what stands around it.
            self._gap = True
            return
        self.blocks.append(
            Block(
                linkify(spans),
                Kind.PRE if state.pre else Kind.TEXT,
                min(state.indent, MAX_INDENT),
                self._bullet,
                state.quote,
                state.quoted or self._rest_quoted,
                (self._gap or empty) and bool(self.blocks),
                state.signature,
            )
        )
        self._bullet = ""
        self._gap = False

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Take note of an element; whether to go into it."""
        attributes = node.attributes
        unread = self._state.unread
        if attributes or unread:
            unread = after(tag, attributes, unread)
            if unread == GONE:
                return False
        if tag == "br":
            self._spans.append(Span("\n", self._state.marks))
            return False
        if tag == "img":
            if not unread & INVISIBLE:
                self._image(attributes)
            return False
        if tag == "hr":
            self._flush()
            self.blocks.append(
                Block(kind=Kind.RULE, quote=self._state.quote, quoted=self._state.quoted or self._rest_quoted)
            )
            return False
        if tag in _BLOCKS:
            self._flush()
            if tag in _SPACED and not self._lists and not is_tight(attributes):
                self._gap = True
            self._enter_block(node, tag, attributes)
        elif tag == "a":
            self._state = self._state._replace(href=safe_href(attributes.get("href") or ""))
            if self._state.href:
                self._state = self._state._replace(marks=self._state.marks | Mark.LINK)
            self._links.append((len(self.blocks), len(self._spans)))
        self._style(tag, attributes, unread)
        return True

    def _style(self, tag: str, attributes: dict[str, str | None], unread: int) -> None:
        """Take over what an element says about all in it."""
        if attributes:
            white = white_space(attributes)
            if white is not None:
                self._state = self._state._replace(white=white)
        if unread != self._state.unread:
            self._state = self._state._replace(unread=unread)
        if attributes and quotes_itself(tag, attributes):
            self._flush()
            self._state = self._state._replace(quoted=True)
        if attributes and not self._exact and signs_itself(attributes):
            self._flush()
            self._state = self._state._replace(signature=True)
        mark = _MARKS.get(tag)
        if mark is not None:
            self._state = self._state._replace(marks=self._state.marks | mark)

    def _enter_block(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        state = self._state
        if tag == "blockquote":
            self._state = state._replace(quote=state.quote + 1, marks=state.marks | Mark.QUOTE)
        elif tag == "pre":
            self._state = state._replace(pre=True)
        elif tag == "ul" or tag == "ol":
            start = attributes.get("start") or ""
            number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
            self._lists.append(_List(tag == "ol", number))
        elif tag == "li":
            self._item()
        elif tag == "dd":
            self._state = state._replace(indent=state.indent + 2)
        elif tag == "table":
            if self._table is None and is_data(node, attributes):
                self._table = Table([], False)
        elif self._table is not None:
            if tag == "tr":
                self._table.rows.append([])
            elif tag in ("td", "th") and self._table.rows:
                self._outside, self.blocks = self.blocks, []
                self._table.header = self._table.header or (tag == "th" and len(self._table.rows) == 1)
        if attributes and quotes_the_rest(attributes):
            self._rest_quoted = True

    def _item(self) -> None:
        holder = self._lists[-1] if self._lists else _List(False, 1)
        self._bullet = f"{holder.number}. " if holder.ordered else "• "
        holder.number += 1
        self._state = self._state._replace(indent=self._state.indent + len(self._bullet))

    def _leave(self, tag: str, before: _State) -> None:
        if tag == "a":
            blocks, spans = self._links.pop()
            if self._state.href:
                self._show_target(self._state.href, blocks, spans)
        elif tag in _BLOCKS:
            self._flush()
            if tag in ("ul", "ol"):
                self._lists.pop()
                self._gap = not self._lists
            elif tag == "li":
                self._bullet = ""
            elif tag == "table":
                self._end_table()
            elif tag in ("td", "th") and self._table is not None and self._table.rows:
                self._end_cell()
            elif tag in _SPACED and tag != "p":
                self._gap = not self._lists
        elif (self._state.quoted, self._state.signature) != (before.quoted, before.signature):
            self._flush()
        self._state = before

    def _show_target(self, href: str, blocks: int, spans: int) -> None:
        """After a link whose words do not say where it goes, say it."""
        within = len(self.blocks) == blocks
        label = "".join([span.text for span in self._spans[spans:]]) if within else ""
        if (within and not label.strip()) or shows_target(label, href):
            return
        space = "" if self._spans and self._spans[-1].text.endswith(" ") else " "
        said = Span(f"{space}({clean_line(target(href))})", Mark.DIM | Mark.LINK, href)
        if self._spans or not self.blocks:
            self._spans.append(said)
        else:
            self.blocks[-1].spans.append(said)

    def _image(self, attributes: dict[str, str | None]) -> None:
        source = attributes.get("src") or ""
        width, height = attributes.get("width") or "", attributes.get("height") or ""
        if _TINY.fullmatch(width) or _TINY.fullmatch(height):
            return
        href = safe_href(source)
        name = clean_line(attributes.get("alt") or "") or _file_name(href)
        marks = self._state.marks | Mark.IMAGE
        goal = self._state.href or href
        wide, high = _PIXELS.fullmatch(width), _PIXELS.fullmatch(height)
        pixels = f"{wide[1]}x{high[1]}" if wide and high else ""
        said = ", ".join(filter(None, (name, pixels)))
        label = f"[image: {said}]" if said else "[image]"
        if self._spans and self._spans[-1].text[-1:] not in " \n":
            self._spans.append(Span(" "))
        self._spans += [Span(label, marks | Mark.LINK if goal else marks, goal), Span(" ")]

    def _end_cell(self) -> None:
        cells: list[Span] = []
        for block in self.blocks:
            if cells:
                cells.append(Span(" "))
            cells += [span._replace(text=span.text.replace("\n", " ")) for span in block.spans]
        self.blocks = self._outside
        self._outside = []
        self._gap = False
        if self._table is not None:
            self._table.rows[-1].append(tuple(cells))

    def _end_table(self) -> None:
        table, self._table = self._table, None
        if table is None:
            return
        table.rows = [row for row in table.rows if any(row)]
        if table.rows:
            state = self._state
            self.blocks.append(
                Block(
                    kind=Kind.TABLE,
                    indent=min(state.indent, MAX_INDENT),
                    quote=state.quote,
                    quoted=state.quoted or self._rest_quoted,
                    gap=bool(self.blocks),
                    signature=state.signature,
                    table=table,
                )
            )


def _file_name(href: str) -> str:
    path = href.partition("?")[0].partition("#")[0].partition("://")[2]
    return clean_line(path.rpartition("/")[2])[:60] if "/" in path else ""


def _trim_pre(spans: list[Span]) -> list[Span]:
    """`spans` of preformatted text without the line ends around it."""
    out = [span for span in spans if span.text]
    while out and not out[-1].text.rstrip():
        out.pop()
    while out and not out[0].text.strip("\n"):
        out.pop(0)
    if out:
        out[0] = out[0]._replace(text=out[0].text.lstrip("\n"))
        out[-1] = out[-1]._replace(text=out[-1].text.rstrip())
    return out


__all__ = ["MAX_BLOCKS", "Line", "Walker"]
