r"""What is typed, to the HTML that Intercom keeps: as it stands, with Markdown only where it is plainly meant.

Intercom takes paragraphs, line breaks, bold, links, pictures, lists and code in the `body` of
POST /conversations/{id}/reply. The rules, which are narrower than CommonMark's (the same are in `docs/guide.md`):

* ``**bold**``, on one line, its stars at the edges of words (so not ``2**3**4``, ``**kwargs, **more`` or ``src/**/*``);
* `` `code` `` on one line between one to three backticks, the outer ones at the edges of words;
* a fence: a line of three or more backticks (a language may follow) up to a line of as many;
* ``[words](address)`` and ``![words](address)``, for http, https and mailto; bare http and https addresses;
* a list: two lines or more in a row that begin with ``- `` or ``* ``, or are numbered ``1.``, ``2.``, ``3.`` …, or one
  line with ``- `` between empty ones; items below an item are indented by two or more. A block of lines that is
  indented in any other way is no list: it is somebody's YAML, and stays.

Everything else stays what it is: other marks, backslashes, entities, HTML, indentation, several spaces, empty lines.
Spaces that HTML would swallow go out as ``&nbsp;``, tabs as spaces to the next stop of four.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from tui.text.links import linkify
from tui.text.sanitize import clean
from tui.text.spans import Span, plain
from tui.text.width import expand_tabs

_ALLOWED = re.compile(r"(?:https?://[^/\s]|mailto:[^\s])", re.IGNORECASE)

# A character of a word, in scripts that put spaces between words; beside the letters of the others a word may begin.
_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_W = rf"[^\W{_UNSPACED}]"
_HREF = r"(?:https?://|mailto:)[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*"
# Each alternative stops at the first character that it cannot hold, so that a line takes linear time whatever it is.
# Each alternative stops at the first character that it cannot hold, so that a line takes linear time whatever it is.
_INLINE: Final = re.compile(
    rf"(?<!{_W})(?<![`\\])(?P<ticks>`{{1,3}})(?!`)"
    rf"(?P<code>[^`]+|(?<=``)(?:[^`]|(?<!`)`(?!`))+|(?<=```)(?:[^`]|(?<!`)`{{1,2}}(?!`))+)(?P=ticks)(?!`|{_W})"
    rf"|(?P<image>!)?\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\])+)\]\((?P<href>{_HREF})\)"
    r"|(?P<url>https?://\S+)"
    rf"|(?<!{_W})(?<![*/\\.])(?:(?<!['\"])|(?=\*\*\w))\*\*(?=[^\s*/\\_=.,;:|)\]}}>])(?P<bold>[^*]+)(?<![\s*/\\_=|(\[{{<])\*\*(?!{_W}|[*/\\=])",
    re.IGNORECASE,
)
_HINT = re.compile(r"[`*\[]|://")
_FENCE = re.compile(r"( {0,3})(`{3,}) ?[\w+#.-]* *")
_ITEM = re.compile(r"( *)([-*]|\d{1,9}\.) {1,3}(?![-*+] |[-*_=]+ *$)(\S.*)")
_NEARLY_ITEM = re.compile(r"(?:\+|\d+\)|•) ")
"""Beside lines that look like items these say that they are none: a diff, a list of another kind."""
_COLUMN = re.compile(r"[ \t]*(?:[-*]|\d{1,9}\.)(?=\t)")
_INNER_RUN = re.compile(r"  +")
_EDGES = re.compile(r"^ +| +$")
_NBSP = "\xa0"


def to_html(markdown: str) -> str:
    """The HTML of what was typed, "" when it says nothing. Empty lines around it are dropped."""
    source = clean(markdown).strip("\n")
    if not source.strip():
        return ""
    raw = source.split("\n")
    lines = [_spread(line) for line in raw]
    fences = _Fences(lines)
    out: list[str] = []
    block: list[str] = []
    empty = index = 0
    while index < len(lines):
        line = lines[index]
        end = fences.end(index)
        if end or not line:
            if block:
                out.append(_block(block, empty))
                block, empty = [], 0
            empty += not line
            if end:
                out.append(_code(raw[index + 1 : end], len(line) - len(line.lstrip(" "))))
                index, empty = end, 0
        else:
            block.append(line)
        index += 1
    if block:
        out.append(_block(block, empty))
    return "".join(out)


def _spread(line: str) -> str:
    """`line` with its tabs as spaces. What stands before a tab is a column, and begins no list."""
    if "\t" not in line:
        return line
    spread = plain(expand_tabs((Span(line),)))
    column = _COLUMN.match(line)
    if column is None:
        return spread
    end = len(_spread(column[0]))
    return f"{spread[:end]}{_NBSP}{spread[end + 1 :]}"


class _Fences:
    """Where the fences of a text close."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._unclosed = 1 << 30
        """From here on no line closes a fence of so many backticks or more."""

    def end(self, start: int) -> int:
        """The line that closes the fence which opens at `start`; 0 where none opens, or it holds nothing."""
        line = self._lines[start]
        opened = _FENCE.fullmatch(line) if "```" in line else None
        if opened is None or len(opened[2]) >= self._unclosed:
            return 0
        for number in range(start + 1, len(self._lines)):
            line = self._lines[number].strip(" ")
            if line.startswith(opened[2]) and not line.strip("`"):
                return number if any(inner.strip() for inner in self._lines[start + 1 : number]) else 0
        self._unclosed = len(opened[2])
        return 0


def _code(lines: Sequence[str], indent: int) -> str:
    """Lines between fences, without the indentation of the fence itself."""
    kept = [line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in lines]
    return f"<pre><code>{escape(chr(10).join(kept), quote=False)}</code></pre>"


# Blocks: lines without an empty one between them


class _Item(NamedTuple):
    indent: int
    marker: str
    """`-`, `*`, or `1.` for every number."""
    number: int
    text: str


def _block(lines: Sequence[str], empty: int) -> str:
    """Paragraphs and lists; `empty` lines stood before, of which a paragraph has one by itself."""
    items = [_item(line) for line in lines]
    if any(line[0] == " " and item is None and line.strip() for line, item in zip(lines, items, strict=True)):
        items = [None] * len(lines)
    out: list[str] = []
    plain_lines = [""] * max(0, empty - 1)
    index = 0
    while index < len(lines):
        end = index
        run: list[_Item] = []
        while end < len(lines) and (item := items[end]) is not None:
            run.append(item)
            end += 1
        beside = [*lines[max(0, index - 1) : index], *lines[end : end + 1]]
        alone = len(run) == 1 and not beside and run[0].marker == "-"
        meant = (alone or len(run) > 1) and not any(_NEARLY_ITEM.match(line) for line in beside)
        made = _list(run) if meant else ""
        if made:
            if any(plain_lines):
                out.append(_paragraph(plain_lines))
            plain_lines = []
            out.append(made)
        else:
            end = max(end, index + 1)
            plain_lines += lines[index:end]
        index = end
    if plain_lines:
        out.append(_paragraph(plain_lines))
    return "".join(out)


def _paragraph(lines: Sequence[str]) -> str:
    return f"<p>{'<br>'.join([_line(line) for line in lines])}</p>"


def _item(line: str) -> _Item | None:
    match = _ITEM.fullmatch(line)
    if match is None:
        return None
    marker, number = match[2], 0
    if marker[-1] == ".":
        if marker[0] == "0":
            return None
        marker, number = "1.", int(marker[:-1])
    return _Item(len(match[1]), marker, number, match[3])


def _list(run: Sequence[_Item]) -> str:
    """The list that `run` makes, "" where levels, markers or numbers do not follow each other."""
    out: list[str] = []
    levels: list[_Item] = []  # the last item of each open list
    for item in run:
        tag = "ol" if item.number else "ul"
        if not levels or item.indent > levels[-1].indent + 1:
            if item.number > 1 or (not levels and item.indent):
                return ""
            out.append(f"<{tag}>")
            levels.append(item)
        else:
            while levels and levels[-1].indent > item.indent:
                out.append("</li></ol>" if levels.pop().number else "</li></ul>")
            if not levels or levels[-1].indent != item.indent or levels[-1].marker != item.marker:
                return ""
            if item.number and item.number != levels[-1].number + 1:
                return ""
            out.append("</li>")
            levels[-1] = item
        out.append(f"<li>{_line(item.text)}")
    while levels:
        out.append("</li></ol>" if levels.pop().number else "</li></ul>")
    return "".join(out)


# Lines


def _line(line: str) -> str:
    """One line, its spaces kept: those that HTML would swallow do not break."""
    if "  " in line or line[:1] == " " or line[-1:] == " ":
        line = _EDGES.sub(lambda run: _NBSP * len(run[0]), line)
        line = _INNER_RUN.sub(lambda run: _NBSP * (len(run[0]) - 1) + " ", line)
    return _inline(line)


def _inline(text: str, *, linked: bool = False) -> str:
    if _HINT.search(text) is None:
        return _text(text)
    out: list[str] = []
    done = 0
    for match in _INLINE.finditer(text):
        made = _marked(match, linked=linked)
        if made:
            out += (_text(text[done : match.start()]), made)
            done = match.end()
    out.append(_text(text[done:]))
    return "".join(out)


def _marked(match: re.Match[str], *, linked: bool) -> str:
    """The HTML of one piece of markup, "" where it is none after all."""
    if match["code"]:
        code = match["code"]
        if len(match["ticks"]) > 1 and code[0] in " \xa0" and code[-1] in " \xa0" and len(code) > 2:
            code = code[1:-1]
        return f"<code>{_text(code)}</code>" if code.strip() == code else ""
    if match["bold"]:
        return f"<b>{_inline(match['bold'], linked=linked)}</b>"
    if match["url"]:
        return _text(match["url"]) if linked else _linkified(match["url"])
    if linked or not match["label"].strip() or _ALLOWED.match(match["href"]) is None:
        return ""
    if match["image"]:
        if match["href"][:4].lower() != "http":
            return ""
        return f'<img src="{escape(match["href"])}" alt="{escape(match["label"].replace(_NBSP, " "))}">'
    return f'<a href="{escape(match["href"])}">{_inline(match["label"], linked=True)}</a>'


def _linkified(address: str) -> str:
    return "".join(
        [
            f'<a href="{escape(span.href)}">{_text(span.text)}</a>' if span.href else _text(span.text)
            for span in linkify([Span(address)])
        ]
    )


def _text(text: str) -> str:
    return escape(text, quote=False).replace(_NBSP, "&nbsp;")
