"""What the program may write to a terminal, by ECMA-48 and DEC's private modes, and what its text may hold.

A rule names a sequence and the shape of its parameters. The run checks that harmless text makes the program use all of
the app's rules and nothing else, so that the list is no wider than it has to be.
"""

import base64
import binascii
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tests.hostile.vt import Token

__all__ = ["APP", "SHELL", "Seen", "bad_characters", "judge"]

# Sequence -> how many parameters it may have.
APP: Final[dict[str, tuple[int, int]]] = {
    "H": (0, 2), "A": (0, 1), "B": (0, 1), "C": (0, 1), "D": (0, 1), "G": (0, 1), "J": (1, 1), "K": (0, 0),
    "X": (1, 1), "m": (0, 40), "n": (1, 1), "?h": (1, 1), "?l": (1, 1), "?$p": (1, 1), "r": (0, 0), "<u": (0, 0),
    "l": (1, 1),
}  # fmt: skip
"""What the app writes; the last three only after another program had the terminal."""
_APP_CONTROLS: Final = frozenset("\b\r\n\x0f")
_APP_ESCAPES: Final = frozenset({"(B", ">"})
_MODES: Final = frozenset({7, 25, 1000, 1002, 1004, 1006, 1049, 2004, 2026})
_RESET_ONLY: Final = frozenset({1, 6, 1003, 1015})
"""Modes that another program may have left, which are taken back and never set."""
SHELL: Final[dict[str, tuple[int, int]]] = {"m": (0, 1)}
"""What a command writes to a terminal: six colours and their end."""

_KEPT: Final = frozenset("\u200c\u200d")
_FLAG_TAGS: Final = re.compile(
    "|".join("\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in f"gb{land}") + "\U000e007f"
             for land in ("eng", "sct", "wls"))
)  # fmt: skip
_SELECTORS: Final = re.compile("[\ufe00-\ufe0d\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_LINES: Final = "\u2028\u2029"


def bad_characters(text: str, *, allowed: str = "") -> set[str]:
    """The characters of `text` that may drive a terminal, reorder, hide or cannot be written, by Unicode's categories.

    Joiners pass, which emoji and several scripts need, and so do the three flags that are spelled with tags.
    """
    bare = _FLAG_TAGS.sub("", text)
    found = {
        char
        for char in set(bare)
        if char not in _KEPT
        and char not in allowed
        and (unicodedata.category(char) in ("Cc", "Cf", "Cs") or _never(char))
    }
    return found | set(_SELECTORS.findall(bare))


def _never(char: str) -> bool:
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF or char in _LINES or char == "\u034f"


_BACKGROUND = "\x1b]11;?\x1b\\"
"""The question for the terminal's background (xterm's ctlseqs, OSC 11)."""


@dataclass
class Seen:
    """What was written: how often each kind of sequence, and what was wrong."""

    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    copies: list[bytes] = field(default_factory=list)
    """What the clipboard was told, decoded."""


def judge(tokens: Iterable[Token], seen: Seen, *, app: bool, copies: bool = False) -> None:
    """Add `tokens` to `seen`. `copies`: a key that copies was pressed, so that the clipboard may be written."""
    rules = APP if app else SHELL
    controls = _APP_CONTROLS if app else frozenset("\r\n")
    for kind, text, mark, numbers in tokens:
        seen.kinds[f"{kind} {mark or repr(text) if kind == 'control' else mark}".strip()] += 1
        match kind:
            case "text":
                if bad := bad_characters(text):
                    seen.wrong.append(f"characters {sorted(map(ascii, bad))} in {ascii(text)[:120]}")
            case "control":
                if text not in controls:
                    seen.wrong.append(f"control {text!a}")
            case "csi":
                fewest, most = rules.get(mark, (1, 0))
                allowed = _MODES | (_RESET_ONLY if mark == "?l" else frozenset())
                odd_mode = mark in ("?h", "?l") and not set(numbers) <= allowed
                eight_bit = not text.startswith("\x1b")
                if eight_bit or not fewest <= len(numbers) <= most or odd_mode or (mark == "n" and numbers != (6,)):
                    seen.wrong.append(f"control sequence {text!a}")
            case "esc":
                if not app or mark not in _APP_ESCAPES:
                    seen.wrong.append(f"escape {text!a}")
            case "osc" if app and text == _BACKGROUND:
                pass
            case "osc":
                clip = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", text)
                if not (copies and clip):
                    seen.wrong.append(f"operating system command {text[:80]!a}")
                    continue
                try:
                    seen.copies.append(base64.b64decode(clip[1], validate=True))
                except binascii.Error:
                    seen.wrong.append(f"a copy that is no base64: {text[:80]!a}")
            case _:
                seen.wrong.append(f"{kind} {text[:80]!a}")
