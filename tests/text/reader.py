"""What a customer reads in a body: HTML to text with the standard library's parser and the white space rules of CSS.

Written from CSS 2.2 (16.6.1, the white-space processing model; 8.3.1, margins) and knows nothing of `tui.text`.
"""

import re
from html.parser import HTMLParser

_MARGIN = {"p", "pre", "ul", "ol", "h1", "h2", "blockquote"}
_BLOCK = _MARGIN | {"div", "li"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.inline = ""
        self.pre = 0
        self.margin = False
        self.lists: list[int] = []
        self.bullet = ""

    def end_block(self) -> None:
        text, self.inline = self.inline, ""
        if not self.pre:
            text = re.sub(r"[ \t\r\n\f]*\v[ \t\r\n\f]*", "\v", re.sub(r"[ \t\r\n\f]+", " ", text)).strip(" ")
            text = text.replace("\v", "\n")
        if not text:
            return
        text = text.removesuffix("\n")  # the last line end of a block makes no line
        if self.margin and self.lines:
            self.lines.append("")
        self.margin = False
        lines = text.split("\n")
        indent = "  " * (len(self.lists) - 1) if self.lists else ""
        self.lines += [indent + (self.bullet if not number else "") + line for number, line in enumerate(lines)]
        self.bullet = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br":
            self.inline += "\v" if not self.pre else "\n"
        if tag in _BLOCK:
            self.end_block()
            self.margin = self.margin or (tag in _MARGIN and not self.lists)
        if tag == "pre":
            self.pre += 1
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            if self.lists[-1] >= 0:
                self.lists[-1] += 1
            self.bullet = f"{self.lists[-1]}. " if self.lists[-1] > 0 else "• "

    def handle_endtag(self, tag: str) -> None:
        if tag not in _BLOCK:
            return
        self.end_block()
        if tag == "pre":
            self.pre -= 1
        elif tag in ("ul", "ol"):
            self.lists.pop()
        self.margin = self.margin or (tag in _MARGIN and not self.lists)

    def handle_data(self, data: str) -> None:
        self.inline += data


def read(html: str) -> str:
    """The text of `html` as a browser lays it out; spaces that do not break are spaces."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return "\n".join(reader.lines).replace("\xa0", " ")
