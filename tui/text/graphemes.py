"""Where one character ends and the next begins, as a reader counts: extended grapheme clusters.

The rules are those of Unicode Standard Annex #29 (GB3 to GB999), over the categories that Python's own tables give;
what these do not tell (`Other_Grapheme_Extend`, `Extended_Pictographic`, `Indic_Conjunct_Break`) is listed here.
"""

import re
import unicodedata
from functools import cache
from typing import Final

_SAFE: Final = "[ -~\u00c0-\u02ff\u0370-\u0482\u048a-\u0556\u3001-\u3029\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff]"
"""Characters that never join what stands before them: Latin, Greek, Cyrillic, kana, ideographs."""

_ZWJ = "\u200d"
_EXTENDING: Final = (
    "\u200c\u09be\u09d7\u0b3e\u0b57\u0bbe\u0bd7\u0cc0\u0cc2\u0cc7\u0cc8\u0cca\u0ccb\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf"
    "\u1715\u1734\u1b35\u1b3b\u1b3d\u1b43\u1b44\u1baa\u1bf2\u1bf3\u302e\u302f\ua953\ua9c0\uff9e\uff9f"
)
_NOT_SPACING: Final = (
    "[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d"
    "\U00011720\U00011721]"
)
_PREPENDED: Final = "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3]"
# Extended_Pictographic as emoji-data.txt of 2026-01-30 has it: symbols that are no emoji are not in it any more.
_PICTURE: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa"
    "\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623"
    "\u2626\u262a\u262e\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b"
    "\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1\u26bd\u26be\u26c4\u26c5"
    "\u26c8\u26ce\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5\u26f7-\u26fa\u26fd\u2702\u2705\u2708-\u270d\u270f"
    "\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763\u2764"
    "\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f004\U0001f02c-\U0001f02f\U0001f094-\U0001f09f\U0001f0af\U0001f0b0\U0001f0c0\U0001f0cf\U0001f0d0"
    "\U0001f0f6-\U0001f0ff\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e\U0001f191-\U0001f19a"
    "\U0001f1af-\U0001f1e5\U0001f201-\U0001f20f\U0001f21a\U0001f22f\U0001f232-\U0001f23a\U0001f23c-\U0001f23f"
    "\U0001f249-\U0001f25f\U0001f266-\U0001f321\U0001f324-\U0001f393\U0001f396\U0001f397\U0001f399-\U0001f39b"
    "\U0001f39e-\U0001f3f0\U0001f3f3-\U0001f3f5\U0001f3f7-\U0001f3fa\U0001f400-\U0001f4fd\U0001f4ff-\U0001f53d"
    "\U0001f549-\U0001f54e\U0001f550-\U0001f567\U0001f56f\U0001f570\U0001f573-\U0001f57a\U0001f587"
    "\U0001f58a-\U0001f58d\U0001f590\U0001f595\U0001f596\U0001f5a4\U0001f5a5\U0001f5a8\U0001f5b1\U0001f5b2\U0001f5bc"
    "\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de\U0001f5e1\U0001f5e3\U0001f5e8\U0001f5ef"
    "\U0001f5f3\U0001f5fa-\U0001f64f\U0001f680-\U0001f6c5\U0001f6cb-\U0001f6d2\U0001f6d5-\U0001f6e5\U0001f6e9"
    "\U0001f6eb-\U0001f6f0\U0001f6f3-\U0001f6ff\U0001f7dc-\U0001f7f0\U0001f80c-\U0001f80f\U0001f848-\U0001f84f"
    "\U0001f85a-\U0001f85f\U0001f888-\U0001f88f\U0001f8ae\U0001f8af\U0001f8bc-\U0001f8bf\U0001f8c2-\U0001f8cf"
    "\U0001f8d9-\U0001f8ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001f9ff\U0001fa58-\U0001fa5f"
    "\U0001fa6e-\U0001faff\U0001fc00-\U0001fffd]"
)
_CONSONANT: Final = (
    "[\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09a8\u09aa-\u09b0\u09b2\u09b6-\u09b9\u09dc\u09dd\u09df\u09f0\u09f1"
    "\u0a95-\u0aa8\u0aaa-\u0ab0\u0ab2\u0ab3\u0ab5-\u0ab9\u0af9\u0b15-\u0b28\u0b2a-\u0b30\u0b32\u0b33\u0b35-\u0b39\u0b5c\u0b5d"
    "\u0b5f\u0b71\u0c15-\u0c28\u0c2a-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a]"
)
_LINKERS: Final = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"


def next_boundary(text: str, at: int) -> int:
    """The end of the cluster that begins at `at`, an offset into `text`; its length at the end."""
    size = len(text)
    if at >= size:
        return size
    end = at + 1
    if end < size and _class(_SAFE).match(text[end]) and _kind(text[at]) != "prepend":
        return end
    state = _State(text[at])
    while end < size and state.joins(text[end]):
        end += 1
    return end


def previous_boundary(text: str, at: int) -> int:
    """The beginning of the cluster that ends at `at`, or holds it; 0 at the start."""
    if at <= 0:
        return 0
    start = at - 1
    if _class(_SAFE).match(text[start]) and (start == 0 or _class(_SAFE).match(text[start - 1])):
        return start
    while start > 0 and not _class(_SAFE).match(text[start]):
        start -= 1
    while start > 0 and _kind(text[start - 1]) == "prepend":
        start -= 1
    while (end := next_boundary(text, start)) < at:
        start = end
    return start


def snapped(text: str, at: int) -> int:
    """`at`, or the beginning of the cluster in whose middle it is."""
    if at <= 0 or at >= len(text):
        return max(0, min(at, len(text)))
    if _class(_SAFE).match(text[at]) and _kind(text[at - 1]) != "prepend":
        return at
    start = previous_boundary(text, at)
    return at if next_boundary(text, start) == at else start


def clusters(text: str) -> list[str]:
    """`text` in clusters, in order."""
    found: list[str] = []
    at = 0
    while at < len(text):
        end = next_boundary(text, at)
        found.append(text[at:end])
        at = end
    return found


class _State:
    """What of a cluster decides whether another character joins it."""

    __slots__ = ("conjunct", "flags", "kind", "linked", "picture")

    def __init__(self, char: str) -> None:
        self.kind = _kind(char)
        self.flags = self.kind == "flag"  # GB12, GB13: two make one
        self.picture = 1 if self.kind == "picture" else 0  # GB11: 1 a picture, 2 a joiner after it
        self.conjunct = self.kind == "consonant"  # GB9c: a consonant, then marks, a linker among them
        self.linked = False

    def joins(self, char: str) -> bool:
        """Whether no boundary stands before `char`; takes it in if so."""
        kind = _kind(char)
        before = self.kind
        if not self._joined(before, kind):
            return False
        self.flags = kind == "flag" and before != "flag"
        if kind == "picture":
            self.picture = 1
        else:
            self.picture = {"extend": 1, "zwj": 2}.get(kind, 0) if self.picture == 1 else 0
        if kind == "consonant":
            self.conjunct, self.linked = True, False
        elif self.conjunct and kind in ("extend", "zwj") and char != "\u200c":
            self.linked = self.linked or char in _LINKERS
        else:
            self.conjunct = False
        self.kind = kind
        return True

    def _joined(self, before: str, kind: str) -> bool:
        if before == "cr":
            return kind == "lf"  # GB3
        if before in ("lf", "control") or kind in ("cr", "lf", "control"):
            return False  # GB4, GB5
        if kind in ("extend", "zwj", "spacing") or before == "prepend":
            return True  # GB9, GB9a, GB9b
        match kind:
            case "flag":
                return before == "flag" and self.flags
            case "picture":
                return self.picture == 2
            case "consonant":
                return self.conjunct and self.linked
            case "l":
                return before == "l"  # GB6
            case "lv" | "lvt":
                return before == "l"
            case "v":
                return before in ("l", "v", "lv")  # GB6, GB7
            case "t":
                return before in ("v", "t", "lv", "lvt")  # GB7, GB8
            case _:
                return False


@cache
def _class(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)  # when first met: the classes are large, and most text needs none


@cache
def _kind(char: str) -> str:
    """The grapheme cluster break property of a character, and what the rules ask beyond it."""
    code = ord(char)
    if code < 0x80:
        return "cr" if code == 13 else "lf" if code == 10 else "control" if code < 32 or code == 127 else "other"
    if char == _ZWJ:
        return "zwj"
    if char in _EXTENDING or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return "extend"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    if 0x1100 <= code <= 0x11FF or 0xA960 <= code <= 0xA97C or 0xAC00 <= code <= 0xD7FB:
        return _hangul(code)
    if _class(_PICTURE).match(char):
        return "picture"
    if _class(_CONSONANT).match(char):
        return "consonant"
    if _class(_PREPENDED).match(char):
        return "prepend"
    return _by_category(char)


def _by_category(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return "extend"
    if (category == "Mc" and not _class(_NOT_SPACING).match(char)) or char in "\u0e33\u0eb3":
        return "spacing"
    return "control" if category in ("Cc", "Cf", "Cs", "Zl", "Zp") else "other"


def _hangul(code: int) -> str:
    if code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "l"
    if code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "v"
    if code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "t"
    return "other" if code > 0xD7A3 else "lv" if (code - 0xAC00) % 28 == 0 else "lvt"
