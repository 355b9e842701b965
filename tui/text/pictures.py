"""What is said in the place of a picture: its name and its size, as far as a message tells them."""

import re

from tui.text.sanitize import clean_line

_PIXELS = re.compile(r"\s*(\d{1,5})\s*(?:px)?\s*", re.ASCII)
_TINY = re.compile(r"\s*[0-2]\s*(?:px)?\s*")


def picture_words(attributes: dict[str, str | None], href: str) -> str:
    """`[image: shot.png, 640x400]` for an `img` element whose picture is at `href`; "" for one too small to be seen."""
    width, height = attributes.get("width") or "", attributes.get("height") or ""
    if _TINY.fullmatch(width) or _TINY.fullmatch(height):
        return ""
    name = clean_line(attributes.get("alt") or "") or _file_name(href)
    wide, high = _PIXELS.fullmatch(width), _PIXELS.fullmatch(height)
    pixels = f"{wide[1]}x{high[1]}" if wide and high else ""
    said = ", ".join(filter(None, (name, pixels)))
    return f"[image: {said}]" if said else "[image]"


def _file_name(href: str) -> str:
    path = href.partition("?")[0].partition("#")[0].partition("://")[2]
    return clean_line(path.rpartition("/")[2])[:60] if "/" in path else ""
