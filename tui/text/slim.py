"""HTML without what nobody reads, so that a limit on a message counts its words.

A screenshot pasted into a mail is a megabyte in one attribute, a newsletter brings a hundred kilobytes of style sheet.
What is left out here would never be shown: comments, style sheets, scripts, and values of attributes that are too long
to mean something (an address beyond `tui.text.links.MAX_HREF`, the data of a picture). What makes parsers slow goes
too.
"""

import re
from html import escape, unescape
from itertools import islice
from typing import Final, NamedTuple

from tui.text.hidden import FADED, INVISIBLE, TINY, after

MAX_DEPTH: Final = 150
"""Open elements; the tags of deeper ones are dropped, their text stays."""
MAX_TAGS: Final = 70_000
"""Tags, comments and lone "<" that are read, whatever text stands between them."""
_MOST_ATTRIBUTES = 500
_SHORT = 6  # no attribute that matters is shorter
_LONG = 400
"""Characters of attributes from which on they are looked through one by one."""
_TAME_FROM = 150  # tags; below it no nesting is worth a look

# Possessive, and no "<" outside quotes: linear whatever stands in the text.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*+)>""")
_BOGUS = re.compile(r"<(?:[!?]|/[^a-zA-Z])")  # the standard's "bogus comment", which ends at the first ">"
_ODD_TAG = re.compile(r"</?[a-zA-Z]")  # with a "<" or a quotation mark in it where none belongs
_MOST_ODD = 10_000
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_PRE = re.compile(r"white-space(?:-collapse)?\s*:\s*(pre[a-z-]*|break-spaces)", re.IGNORECASE)
_BLANK = re.compile(
    r"(?:\s|[\xad\u034f\u200b-\u200d\ufeff]"
    r"|&(?:nbsp|zwnj|zwj|shy|ensp|emsp|thinsp|#(?:160|173|847|8203|8204|8205|65279|xa0|xad|x34f|x200[bcd]|xfeff));)*+",
    re.IGNORECASE,
)
"""White space, and what senders pad the preview of a mail with."""
_MOST_BLANK = 2000
_UNREAD = {name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in ("style", "script", "title")}
_VALUES = {"style": 4000, "href": 4200, "src": 4200, "alt": 1000, "class": 1000}
"""Characters kept of the values that are longer than 200 in attributes that are read."""
_READ = frozenset(
    (*_VALUES, "id", "type", "start", "width", "height", "role", "hidden", "color", "bgcolor", "size", "cite", "dir")
)

_FORMATTING = frozenset(["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"])
_CLOSED_BY_OTHERS = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "a"])
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "track", "wbr"])


class Slim(NamedTuple):
    """What is left of a body; `cut` says that there was more to read than the limits allow."""

    html: str
    cut: bool


def slim(html: str, most: int, *, always: bool = False) -> Slim:
    """`html` up to `most` characters of text (blanks between tags do not count), and `MAX_TAGS` tags.

    A body that is no longer than `most`, and has few tags, is handed back as it is, unless `always`.
    """
    if not always and len(html) <= most and html.count("<") < _TAME_FROM:
        return Slim(html, False)
    return _Slimmer(html, most).run()


class _Slimmer:
    """One pass over a body."""

    def __init__(self, html: str, most: int) -> None:
        self._html = html
        self._most = most
        self._depth = 0
        self._opened: dict[str, int] = {}
        self._wrapped: dict[str, list[bool]] = {}
        """For each open formatting element of a name, whether an element was put around it."""
        self._tame = html.count("<", 0, 1_000_000) >= _TAME_FROM

    def run(self) -> Slim:
        html, most = self._html, self._most
        out: list[str] = []
        position = text = tags = 0
        while position < len(html):
            start = html.find("<", position)
            chunk = html[position : start if start >= 0 else position + most + 1]
            if _BLANK.fullmatch(chunk) is None:
                text += len(chunk)
                if text > most:
                    out.append(chunk[: len(chunk) - (text - most)])
                    return Slim("".join(out), True)
            elif len(chunk) > _MOST_BLANK:
                chunk = " "
            out.append(chunk)
            if start < 0:
                break
            tags += 1
            if tags > MAX_TAGS:
                return Slim("".join(out), True)
            if html.startswith("<!--", start):
                end = html.find("-->", start + 2)  # "<!-->" is a whole comment
                position = end + 3 if end >= 0 else len(html)
                continue
            if _BOGUS.match(html, start) is not None:
                end = html.find(">", start)
                position = end + 1 if end >= 0 else len(html)
                continue
            tag = _TAG.match(html, start)
            if tag is None and _ODD_TAG.match(html, start) is not None:
                end = html.find(">", start) + 1
                if end - start <= _MOST_ODD:
                    out.append(html[start:end])
                position = end or len(html)  # a tag without an end is the end of all that is shown
                continue
            if tag is None:
                # what follows may be left out, and what follows that must not make a tag of it
                out.append("&lt;" if html.startswith("<", start + 1) else "<")
                text += 1
                position = start + 1
                continue
            position = tag.end()
            name = tag[2].lower()
            closed = None if tag[1] else _UNREAD.get(name)
            if closed is not None:
                closing = closed.search(html, position)
                shut = html.find(">", closing.end()) if closing is not None else -1
                position = shut + 1 if shut >= 0 else len(html)
                continue
            out.append(self._tag(tag, name))
        return Slim("".join(out), False)

    def _tag(self, tag: re.Match[str], name: str) -> str:
        closes, attributes = tag[1], tag[3]
        if self._tame:
            if name in _FORMATTING:
                return self._formatting(name, closes, attributes)
            if name not in _CLOSED_BY_OTHERS and name not in _VOID and not self._fits(name, closes):
                return ""
        if len(attributes) <= _LONG:
            return tag[0]
        return f"<{closes}{name}{_kept(attributes)}>"

    def _formatting(self, name: str, closes: str, attributes: str) -> str:
        """A formatting element without attributes; what they hide or show is said by an element around it.

        A parser must reopen every distinct formatting element in every paragraph (HTML standard, "reconstruct the
        active formatting elements"): 3,000 `<p><b id=…>` take seconds with their attributes, milliseconds without.
        """
        wrapped = self._wrapped.setdefault(name, [])
        if closes:
            return f"</{name}></span>" if wrapped and wrapped.pop() and self._fits("span", "/") else f"</{name}>"
        matters = _matters(name, attributes) if len(attributes) > _SHORT else ""
        wrapped.append(bool(matters) and self._fits("span", ""))
        return f"<span {matters}><{name}>" if wrapped[-1] else f"<{name}>"

    def _fits(self, name: str, closes: str) -> bool:
        """Count an element in or out; whether its tag may stay."""
        if closes:
            if not self._opened.get(name):
                return False
            self._opened[name] -= 1
            self._depth -= 1
            return self._depth < MAX_DEPTH
        self._opened[name] = self._opened.get(name, 0) + 1
        self._depth += 1
        return self._depth <= MAX_DEPTH


def _matters(name: str, attributes: str) -> str:
    """A style that hides or shows the words of a formatting element, or keeps its white space; "" for other ones."""
    found: dict[str, str | None] = {}
    for attribute in islice(_ATTRIBUTE.finditer(attributes), 20):
        found[attribute[1].lower()] = (attribute[2] or "").strip("\"'")
    style = unescape((found.get("style") or "")[: _VALUES["style"]])
    found["style"] = style
    everything = TINY | INVISIBLE | FADED
    pre = _PRE.search(style)
    if after(name, found, 0) == 0 and after(name, found, everything) == everything and pre is None:
        return ""
    if name == "font":
        style = (
            f"font-size:{'medium' if found.get('size') else 'inherit'};color:{found.get('color') or 'inherit'};{style}"
        )
    return f'style="{escape(style)}"' + (" hidden" if "hidden" in found else "")


def _kept(attributes: str) -> str:
    """The attributes that are read, of values that can mean something."""
    kept: list[str] = []
    for attribute in islice(_ATTRIBUTE.finditer(attributes), _MOST_ATTRIBUTES):
        name, value = attribute[1], attribute[2] or ""
        lower = name.lower()
        if lower not in _READ:
            continue
        if len(value) > _VALUES.get(lower, 200) or (lower == "src" and value[1:6].lower() == "data:"):
            value = value[: _VALUES["style"]].rpartition(";")[0] + value[0] if lower == "style" else '""'
        kept.append(f" {name}={value}" if value else f" {name}")
    return "".join(kept)
