"""Cleaning text that strangers wrote, so that no byte of it can drive the terminal.

What may not pass, and where it is defined:

* C0, DEL and C1 controls (ECMA-48): they move the cursor, set colours, write the clipboard;
* bidirectional controls and every other format character (Unicode category Cf): they reorder or hide text;
* plane 14 (tag characters and the variation selector supplement) and the other invisible selectors: they smuggle text.
  The flags of England, Scotland and Wales are spelt with tags, and stay whole;
* lone surrogates, which cannot be encoded for the terminal, and noncharacters.

Joiners and variation selectors 15/16 survive only where they mean something: inside emoji sequences (UTS #51), and
joiners between letters of the scripts that spell with them.
"""

import re
import unicodedata
from functools import cache
from typing import Final

MAX_MARKS: Final = 4
"""Non-spacing marks kept on one base character; real writing needs three or four, "zalgo" piles up dozens."""

_MAX_SPACING_MARKS = 8

# Cf, plus the invisible Mn/Cn that behave like it. U+200C/D and U+FE0E/F are judged by their neighbours, further down.
_FORBIDDEN = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0d\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff" + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
)
# The tag sequences that Unicode recommends for interchange (emoji-sequences.txt, RGI_Emoji_Tag_Sequence).
_FLAGS = (
    "\U0001f3f4\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_LAST_TAG = "\U000e007f"
_WAITING = frozenset("\u200c\u200d\ufe0e\ufe0f")
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"

# Blocks in which combining marks live; coarse, it only decides whether the careful pass is worth its time.
_MARKISH = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u1aff\u1b00-\u1cff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\ua6f1\ua802-\uabed"
    "\ufb1e\ufe20-\ufe2f\U000101fd-\U00011fff\U00016af0-\U00016fff\U0001bc9d-\U0001e95f"
)

_ASCII_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")

_KEYCAP_BASES = frozenset("0123456789#*")
_KEYCAP = "\u20e3"

_LINE_SPACE = re.compile(r"\s+")
_LINE_FINE = re.compile(r"[!-~]+(?: [!-~]+)*")

_SEGMENT_BAD = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def clean(text: str) -> str:
    """`text` without anything that could act on the terminal or hide from the reader; \\n and \\t stay.

    Line ends of other systems (\\r\\n, \\r, U+2028, U+2029) become \\n. Cleaning twice changes nothing more.
    """
    if text.isascii():
        if _ASCII_BAD.search(text) is None:
            return text
    elif _fine().fullmatch(text) is not None:
        return text
    text = _drop().sub(r"\1", _BREAKS.sub("\n", text))
    if not text.isascii() and _delicate().search(text) is not None:
        text = _keep_meaningful(text)
    return text


def clean_line(text: str) -> str:
    """`text` cleaned into one line: every run of white space becomes one space, none at the ends."""
    if _LINE_FINE.fullmatch(text) is not None:
        return text
    return _LINE_SPACE.sub(" ", clean(text)).strip()


def typed(character: str) -> str:
    """What a typed character adds to a text: itself, or nothing, as it would if it were pasted.

    Joiners, selectors and tags are judged by their neighbours, of which the next is not there yet: they are let in, and
    the whole is cleaned when it is used. Line ends and tabs are keys, not characters.
    """
    if len(character) != 1 or character in "\n\t\r":
        return ""
    return character if waits(character) or character == _LAST_TAG else clean(character)


def waits(character: str) -> bool:
    """Whether what follows decides what `character` means: a joiner, a selector, a tag but the last of a flag."""
    return character in _WAITING or "\U000e0020" <= character < _LAST_TAG


def strip_controls(text: str) -> str:
    """`text` of one rendered segment without control characters, for the last filter before the terminal.

    It also drops \\n and \\t, which take no cell in a segment yet move the cursor, and lone surrogates, which cannot be
    written. What it drops is zero cells wide, so the width stays true.
    """
    if text.isprintable():
        return text
    return _SEGMENT_BAD.sub("", text)


def encodable(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which can be neither stored nor sent.

    They come from arguments that are not UTF-8 (PEP 383) and from terminals that cut a pair in two.
    """
    return text.encode("utf-8", "replace").decode("utf-8")


# Large classes take milliseconds to compile, and most mail needs none of them: compiled when first met.
@cache
def _fine() -> re.Pattern[str]:
    """Text of only these needs nothing: Latin, Greek, Cyrillic, usual punctuation, kana, ideographs, Hangul, emoji."""
    return re.compile(
        "[\t\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0"
        "\u2100-\u2cee\u3000-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7a3\uf900-\ufb1d\uff00-\uffef\U0001f000-\U0001faff]*"
    )


@cache
def _emoji() -> re.Pattern[str]:
    return re.compile(
        "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
        "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
    )


@cache
def _joining() -> re.Pattern[str]:
    return re.compile("[\u0600-\u07bf\u0840-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdcf\ufe70-\ufefc]")


@cache
def _drop() -> re.Pattern[str]:
    return re.compile(f"({_FLAGS})|[{_CONTROLS}{_FORBIDDEN}]+")


@cache
def _delicate() -> re.Pattern[str]:
    return re.compile(f"[\u200c\u200d\ufe0e\ufe0f]|[{_MARKISH}]{{{MAX_MARKS + 1}}}")


def _keep_meaningful(text: str) -> str:
    """Drop joiners and selectors that join nothing, and marks beyond the cap. `text` holds no forbidden character."""
    kept: list[str] = []
    last = ""
    marks = spacing = 0
    for index, char in enumerate(text):
        if char < "\u0300":
            marks = spacing = 0
        elif char in "\u200c\u200d\ufe0e\ufe0f":
            if not _means_something(char, last, text[index + 1 : index + 2], marks):
                continue
        else:
            category = unicodedata.category(char)
            if category == "Mn" or category == "Me":
                marks += 1
                if marks > MAX_MARKS:
                    continue
            elif category == "Mc":
                spacing += 1
                if spacing > _MAX_SPACING_MARKS:
                    continue
            else:
                marks = spacing = 0
        kept.append(char)
        last = char
    return "".join(kept)


def _means_something(char: str, before: str, after: str, marks: int) -> bool:
    if char in "\ufe0e\ufe0f":
        if before in _KEYCAP_BASES:
            return after == _KEYCAP
        return _emoji().match(before) is not None
    if char == "\u200d" and (before == "\ufe0f" or _emoji().match(before)):
        return _emoji().match(after) is not None
    if not (_joining().match(before) and _joining().match(after)):
        return False
    # A mark that the cap is about to drop is nothing to join with.
    return unicodedata.category(after)[0] == "L" or (unicodedata.category(after) == "Mn" and marks < MAX_MARKS)
