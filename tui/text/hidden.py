"""What a mail hides from its readers, told by the style of its elements as mail programs would draw them.

Senders hide a "preview text" for the list of mails, or words for machines. The shapes (CSS 2.2, CSS Overflow, CSS
Color): not displayed or not visible; no size and what stands over is cut; no opacity; letters of no size or of the
colour of their own background; moved or cut away. Styles are read where they stand on an element; a style sheet is not.
"""

import re
from collections.abc import Mapping
from typing import Final

GONE: Final = -1
"""The element and all in it takes no room."""
TINY: Final = 1
"""Letters of no size: a picture in it shows, and so does an element with a size of its own."""
INVISIBLE: Final = 2
"""Not visible, until an element inside says `visible`."""
FADED: Final = 4
"""Letters of the colour of their background, until an element inside has another colour."""

_MOST_STYLE = 4000
_FAR = -200.0
"""Pixels to the left or above from which nothing is on the page any more."""
_SEEN = 1.0
"""Pixels: what is no larger cannot be read."""

_HINT = re.compile(
    r"display|visib|hide|opacity|font|height|width|indent|position|margin|clip|transform|color|background|filter",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*((?:[^;(\"']|\([^()]*(?:\([^()]*\)[^()]*)*\)|\"[^\"]*\"|'[^']*')*+)")
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
_LENGTH = re.compile(r"([+-]?(?:\d{1,9}\.?\d*|\.\d+))\s*([a-z]+|%)?")
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "em": 16.0, "rem": 16.0,
    "ex": 8.0, "ch": 8.0, "vw": 10.0, "vh": 10.0,
}  # fmt: skip
_OF_THE_PARENT = frozenset(("em", "ex", "ch", "%"))
_RELATIVE_SIZES = frozenset(("inherit", "unset", "smaller", "larger", "revert", "revert-layer", "initial-letter"))
_CUT = frozenset(("hidden", "clip", "scroll", "auto"))
_FONT_SIZE = re.compile(r"(?:^|\s)((?:\d+\.?\d*|\.\d+)(?:[a-z]+|%)?)\s*(?:/|\s)")
_NO_OPACITY = re.compile(r"opacity\s*\(\s*0*\.?0*%?\s*\)|alpha\s*\(\s*opacity\s*=\s*0\s*\)")
_NO_SCALE = re.compile(r"scale[xy3d]*\s*\(\s*(?:[^,()]+,\s*)?0*\.?0+\s*[,)]")
_TRANSLATED = re.compile(r"translate[xy3d]*\s*\(\s*(-[\d.]+[a-z]*)")
_CLIPPED = re.compile(r"rect\s*\(\s*(?:[01](?:px)?[\s,]*){4}\)")
_CLIPPED_PATH = re.compile(
    r"inset\s*\(\s*(?:[5-9]\d|100)%|(?:circle|ellipse)\s*\(\s*0|polygon\s*\(\s*(?:0\S*\s+0\S*\s*,?\s*)+\)"
)
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:[\s,/]+([\d.]+%?))?\s*\)")
_NAMED: Mapping[str, tuple[int, int, int]] = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255),
    "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "whitesmoke": (245, 245, 245), "snow": (255, 250, 250), "ivory": (255, 255, 240), "gainsboro": (220, 220, 220),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "darkgray": (169, 169, 169), "navy": (0, 0, 128),
}  # fmt: skip
_Colour = tuple[int, int, int] | str
_TRANSPARENT = "transparent"
_CLOSE = 4
"""Of 255, how far two colours may differ and still not be told apart."""


def after(tag: str, attributes: Mapping[str, str | None], flags: int) -> int:
    """What holds inside an element, where `flags` (of `TINY`, `INVISIBLE`, `FADED`) hold around it; or `GONE`."""
    if "hidden" in attributes:
        return GONE
    style = attributes.get("style")
    if style is not None and _HINT.search(style) is None:
        style = None
    if style is None and not flags and "bgcolor" not in attributes:
        return 0
    declared = _declared(style) if style is not None else {}
    if declared and _is_gone(declared):
        return GONE
    flags = _sized(tag, attributes, declared, flags)
    match declared.get("visibility"):
        case "hidden" | "collapse":
            flags |= INVISIBLE
        case "visible" | "initial":
            flags &= ~INVISIBLE
    return _coloured(tag, attributes, declared, flags)


def _declared(style: str) -> dict[str, str]:
    """The declarations of a style in lower case; the last of a name holds, or the last marked important."""
    text = style[:_MOST_STYLE].lower()
    if "/*" in text:
        text = _COMMENT.sub("", text)
    found: dict[str, str] = {}
    important: set[str] = set()
    for name, raw in _DECLARATION.findall(text):
        value = _IMPORTANT.sub("", raw)
        if value != raw:
            important.add(name)
        elif name in important:
            continue
        found[name] = value.strip()
        if name == "font" and (size := _FONT_SIZE.search(f"{value} ")) is not None:
            found["font-size"] = size[1]
    return found


def _is_gone(declared: Mapping[str, str]) -> bool:
    get = declared.get
    if get("display") == "none" or get("mso-hide") == "all" or get("content-visibility") == "hidden":
        return True
    if (
        (opacity := get("opacity")) is not None
        and (size := _LENGTH.fullmatch(opacity)) is not None
        and float(size[1]) <= 0
    ):
        return True
    if _NO_OPACITY.search(get("filter", "")) or _NO_OPACITY.search(get("-ms-filter", "")):
        return True
    if not _CUT.isdisjoint(f"{get('overflow', '')} {get('overflow-x', '')} {get('overflow-y', '')}".split()):
        for side in ("height", "width"):
            if (_none(get(side)) or _none(get(f"max-{side}"))) and (
                get(f"min-{side}") is None or _none(get(f"min-{side}"))
            ):
                return True
    return _is_away(declared)


def _is_away(declared: Mapping[str, str]) -> bool:
    """Whether the element is moved off the page, or cut to nothing."""
    get = declared.get
    names = ["text-indent", "margin-left", "margin-top"]
    if get("position") in ("absolute", "fixed"):
        names += ["left", "top", "right", "bottom"]
        if _CLIPPED.search(get("clip", "")):
            return True
    if any((pixels := _pixels(get(name))) is not None and pixels <= _FAR for name in names):
        return True
    transform = get("transform", "")
    moved = _TRANSLATED.search(transform)
    if moved is not None and (_pixels(moved[1]) or 0) <= _FAR:
        return True
    return _NO_SCALE.search(transform) is not None or _CLIPPED_PATH.search(get("clip-path", "")) is not None


def _pixels(value: str | None) -> float | None:
    """A length in pixels, a percentage as so many pixels; None where it cannot be told."""
    size = _LENGTH.fullmatch(value) if value else None
    if size is None:
        return None
    number = float(size[1])
    return number * _PIXELS.get(size[2], 1.0) if size[2] else number


def _none(value: str | None) -> bool:
    if value is None or (value.endswith("%") and value.strip("0.%")):
        return False
    pixels = _pixels(value)
    return pixels is not None and pixels <= _SEEN


def _sized(tag: str, attributes: Mapping[str, str | None], declared: Mapping[str, str], flags: int) -> int:
    size = declared.get("font-size")
    if size is None:
        return flags & ~TINY if tag == "font" and attributes.get("size") else flags
    length = _LENGTH.fullmatch(size)
    if length is None:
        return flags if size in _RELATIVE_SIZES or "(" in size else flags & ~TINY
    if _none(size):
        return flags | TINY
    return flags if length[2] in _OF_THE_PARENT else flags & ~TINY


def _coloured(tag: str, attributes: Mapping[str, str | None], declared: Mapping[str, str], flags: int) -> int:
    colour = _colour(declared.get("color") or (attributes.get("color") if tag == "font" else None))
    ground = _ground(attributes, declared)
    if colour is None and ground is None:
        return flags & ~FADED if tag == "a" else flags
    if colour is not None and (colour == _TRANSPARENT or (ground is not None and _alike(colour, ground))):
        return flags | FADED
    return flags & ~FADED


def _ground(attributes: Mapping[str, str | None], declared: Mapping[str, str]) -> _Colour | None:
    """The background's colour where the element names one; "?" for a picture."""
    value = declared.get("background-color") or declared.get("background")
    if "url" in declared.get("background-image", "") or "gradient" in declared.get("background-image", ""):
        return "?"
    if value is not None:
        if "url" in value or "gradient" in value:
            return "?"
        return _colour(value) or _colour(value.partition(" ")[0])
    return _colour(attributes.get("bgcolor"))


def _colour(value: str | None) -> _Colour | None:
    """Red, green and blue, or the name of a colour that is not known here; None for what says nothing."""
    if not value:
        return None
    text = value.strip().lower()
    if text in ("inherit", "initial", "unset", "currentcolor", "none"):
        return None
    if (digits := _HEX.fullmatch(text)) is not None:
        code = digits[1] if len(digits[1]) > 4 else "".join([digit * 2 for digit in digits[1]])
        if len(code) == 8 and code[6:] == "00":
            return _TRANSPARENT
        return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)
    if (parts := _RGB.fullmatch(text)) is not None:
        if parts[4] and not parts[4].strip("0.%"):
            return _TRANSPARENT
        red, green, blue = (
            round(float(part.rstrip("%")) * (2.55 if "%" in part else 1)) for part in parts.groups()[:3]
        )
        return red, green, blue
    return _NAMED.get(text, text)


def _alike(one: _Colour, other: _Colour) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other and one != "?"
    return all(abs(left - right) <= _CLOSE for left, right in zip(one, other, strict=True))
