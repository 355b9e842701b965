"""What the attributes of an element say of its layout: white space, margins, whether a table holds data."""

import re

from selectolax.lexbor import LexborNode

__all__ = ["is_data", "is_tight", "white_space"]

_WHITE = re.compile(r"white-space(?:-collapse)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_KEPT = {"pre": "pre", "pre-wrap": "pre", "break-spaces": "pre", "preserve": "pre", "pre-line": "line",
         "preserve-breaks": "line", "normal": "", "nowrap": "", "collapse": "", "initial": ""}  # fmt: skip
"""What becomes of white space: all of it kept, its line ends kept, or one space."""
_TIGHT = re.compile(r"no-margin|mso(?:normal|nospacing|listparagraph)", re.IGNORECASE)


def is_tight(attributes: dict[str, str | None]) -> bool:
    """Whether the class of a paragraph says that no space stands around it."""
    names = attributes.get("class")
    return names is not None and _TIGHT.search(names) is not None


def white_space(attributes: dict[str, str | None]) -> str | None:
    """What the style of an element makes of white space, None when it does not say."""
    style = attributes.get("style")
    found = _WHITE.search(style) if style is not None and "white" in style.lower() else None
    return None if found is None else _KEPT.get(found[1].lower())


def is_data(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    """Whether a table holds data in rows and columns, and is not there to place things on a page."""
    if (attributes.get("role") or "") == "presentation" or node.css_first("td table, th table") is not None:
        return False
    if node.css_first("th") is not None:
        return True
    rows = node.css("tr")[:50]
    counts = [len(row.css("td")) for row in rows]
    if len(counts) < 2 or max(counts) < 2 or node.css_first("td ul, td ol, td pre, td blockquote") is not None:
        return False
    return max([len(cell.text()) for row in rows for cell in row.css("td")]) <= 120
