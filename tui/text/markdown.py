"""Markdown, as the composer takes it, to the HTML that Intercom keeps in a reply.

Intercom accepts paragraphs, bold, italic, links, lists, code, images, line breaks and two sizes of heading in the
`body` of POST /conversations/{id}/reply; what it lacks is written with what it has. What is typed is what is sent: HTML
in the source is shown as typed, a single line end breaks the line, and the rules of Markdown that make words vanish or
change without being asked (reference definitions, entities, underlined headings, code by indentation) are off.
"""

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Final

from tui.text.clean import clean
from tui.text.links import linkify
from tui.text.spans import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_ALLOWED = re.compile(r"(?:https?://[^/\s]|mailto:[^\s])", re.IGNORECASE)
_SPECIAL = re.compile(r"[*_`\[<>\\]|://|^\s*(?:#{1,6}\s|[-+]\s|\d{1,9}[.)]\s)|^\s{0,3}(?:[-=]{2,}|~{3,})", re.MULTILINE)
_OFF: Final = ["code", "entity", "html_block", "html_inline", "lheading", "reference"]
_SIMPLE = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "link_close": "</a>",
    "hardbreak": "<br>",
    "softbreak": "<br>",
}


def to_html(markdown: str) -> str:
    """The HTML of `markdown`, "" when it says nothing. Links other than http, https and mailto stay text."""
    source = clean(markdown).strip("\n")
    if not source.strip():
        return ""
    return _Writer().write(_parser().parse(source))


def is_plain(markdown: str) -> bool:
    """Whether `markdown` says the same when shown as it is typed, so that a preview would show nothing new."""
    return _SPECIAL.search(markdown) is None


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable(_OFF)
    # Only what an agent may send: the check decides whether `[label](address)` is a link at all.
    parser.validateLink = _is_allowed  # type: ignore[method-assign]
    return parser


def _is_allowed(url: str) -> bool:
    return _ALLOWED.match(url) is not None


class _Writer:
    """One pass over the tokens of a document."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._quotes = 0
        self._numbers: list[int] = []
        """For each open list: 0 for `<ul>` and `<ol>`, else the next number to write out, as `<ol>` starts at 1."""
        self._in_item = False
        self._fresh = False

    def write(self, tokens: "list[Token]") -> str:
        for token in tokens:
            self._block(token)
        return "".join(self._out)

    def _block(self, token: "Token") -> None:
        kind = token.type
        if kind == "inline":
            self._out.append(self._inline(token.children or []))
        elif kind == "blockquote_open":
            self._quotes += 1
        elif kind == "blockquote_close":
            self._quotes -= 1
        elif kind.startswith("paragraph"):
            self._paragraph(kind == "paragraph_open")
        elif kind.startswith("heading"):
            self._heading(token.tag, kind == "heading_open")
        elif kind in ("fence", "code_block"):
            self._out.append(f"<pre><code>{escape(token.content.rstrip(chr(10)), quote=False)}</code></pre>")
            self._fresh = False
        elif kind == "hr":
            self._out.append("<p>---</p>")
        else:
            self._list(token)

    def _paragraph(self, opens: bool) -> None:
        if self._in_item:
            # A list item holds its lines directly: Intercom shows <li><p> with a hole.
            if opens and not self._fresh:
                self._out.append("<br>")
            self._fresh = False
        else:
            self._out.append("<p>" if opens else "</p>")
        if opens and self._quotes:
            self._out.append("&gt; " * self._quotes)

    def _heading(self, tag: str, opens: bool) -> None:
        if self._in_item or self._quotes or tag not in ("h1", "h2"):
            if opens:
                self._paragraph(True)
            self._out.append("<b>" if opens else "</b>")
            if not opens:
                self._paragraph(False)
        else:
            self._out.append(f"<{tag}>" if opens else f"</{tag}>")

    def _list(self, token: "Token") -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else 1
            if self._numbers and self._numbers[-1] and self._in_item:
                self._out.append("</p>")
            self._numbers.append(0 if start == 1 else start or -1)
            if start == 1:
                self._out.append(f"<{token.tag}>")
            self._in_item = False
        elif kind in ("bullet_list_close", "ordered_list_close"):
            if not self._numbers.pop():
                self._out.append(f"</{token.tag}>")
            self._in_item = bool(self._numbers)
            self._fresh = True
            if self._numbers and self._numbers[-1]:
                self._out.append("<p>")
        elif kind == "list_item_open":
            number = self._numbers[-1]
            self._out.append(f"<p>{token.info}{token.markup} " if number else "<li>")
            self._in_item = self._fresh = True
        elif kind == "list_item_close":
            empty = self._out[-1] == "<p>"
            if empty:
                self._out.pop()
            else:
                self._out.append("</p>" if self._numbers[-1] else "</li>")
            self._in_item = False

    def _inline(self, tokens: "list[Token]") -> str:
        out: list[str] = []
        linked = 0
        for token in tokens:
            kind = token.type
            if kind == "text":
                out.append(escape(token.content) if linked else _text(token.content))
            elif kind == "link_open":
                linked += 1
                out.append(f'<a href="{escape(str(token.attrs.get("href", "")))}">')
            elif kind == "code_inline":
                out.append(f"<code>{escape(token.content, quote=False)}</code>")
            elif kind == "image":
                out.append(f'<img src="{escape(str(token.attrs.get("src", "")))}" alt="{escape(token.content)}">')
            else:
                linked -= kind == "link_close"
                out.append(_SIMPLE.get(kind) or escape(token.content))
                if kind in ("softbreak", "hardbreak") and self._quotes:
                    out.append("&gt; " * self._quotes)
        return "".join(out)


def _text(text: str) -> str:
    if "://" not in text:
        return escape(text, quote=False)
    parts = [
        f'<a href="{escape(span.href)}">{escape(span.text, quote=False)}</a>'
        if span.href
        else escape(span.text, quote=False)
        for span in linkify([Span(text)])
    ]
    return "".join(parts)
