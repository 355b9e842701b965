"""What one whole control sequence of the keyboard means: keys, or nothing.

Known here are the functional keys of xterm and the Linux console, the keyboard protocol of kitty
(https://sw.kovidgoyal.net/kitty/keyboard-protocol/), which another program may have left switched on, and xterm's
modifyOtherKeys (`CSI 27 ; modifiers ; code ~`). A number that names no key, a field too many, a number too large: no
key. The rest of the old forms comes from Textual 8.2's table, `ANSI_SEQUENCES_KEYS`.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys, _character_to_key

__all__ = ["keys_of_character", "keys_of_sequence"]

# Number, sub-parameters after colons, at most three fields; no number has more than seven digits.
_CSI: Final = re.compile(r"\x1b\[([\d:;]*)([A-Z~u])")
_FIELD: Final = re.compile(r"\d{0,7}(?::\d{0,7}){0,31}")
_SHIFTED_CURSOR: Final = re.compile(r"\x1bO(?:1;)?(\d{1,3})([ABCDEFHPQRS])")
_NAME: Final = re.compile(r"[a-z0-9_+]+")

_LETTERS: Final = {
    "A": "up",
    "B": "down",
    "C": "right",
    "D": "left",
    "F": "end",
    "H": "home",
    "P": "f1",
    "Q": "f2",
    "R": "f3",
    "S": "f4",
    "Z": "shift+tab",
}
# xterm's numbers; 57427 is kitty's.
_TILDES: Final = {1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end"} | {
    number: f"f{index}" for index, number in enumerate((11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24), 1)
}
# Kitty's numbers of keys that are no characters. Those of modifiers, locks and media keys are left out: alone they say
# nothing to us.
_NAMED: Final = {8: "backspace", 9: "tab", 13: "enter", 27: "escape", 127: "backspace", 57361: "print_screen"} | {
    57362: "pause",
    57363: "menu",
    57414: "enter",
    57417: "left",
    57418: "right",
    57419: "up",
    57420: "down",
    57421: "pageup",
    57422: "pagedown",
    57423: "home",
    57424: "end",
    57425: "insert",
    57426: "delete",
}
_NAMED_F: Final = range(57376, 57399)  # f13 to f35
_KEYPAD: Final = {57399 + index: char for index, char in enumerate("0123456789./*-+")} | {57415: "=", 57416: ","}
# What ctrl makes of these has one name in the keymap, that of the key which old terminals cannot tell from it.
_SAME: Final = {"i": "tab", "m": "enter", "h": "backspace", "[": "escape", " ": "ctrl+@"}
_CHARACTER_OF: Final = {"backspace": "\x7f", "enter": "\r", "tab": "\t", "escape": "\x1b"}

# Bits of a modifier parameter less one.
_SHIFT, _ALT, _CTRL, _SUPER, _HYPER, _META, _CAPS_LOCK = 1, 2, 4, 8, 16, 32, 64
_TOKENS: Final = ((_ALT, "alt"), (_CTRL, "ctrl"), (_HYPER, "hyper"), (_META, "meta"), (_SHIFT, "shift"))
_COMMANDING: Final = _ALT | _CTRL | _SUPER | _HYPER | _META
_PRESS, _REPEAT = 1, 2
_LATIN: Final = 128  # code points below are on every Latin keyboard


def keys_of_character(char: str, *, alt: bool = False) -> Iterator[events.Key]:
    """The key of one character, control characters included; `alt` when an ESC came right before it.

    Only letters and digits are taken for alt with a key then: Esc and a sign, hit quickly, mean the sign.
    """
    if alt and char in _AFTER_ESC:
        yield from _from_table("\x1b" + char)
    elif char in _CONTROLS:
        for name in _CONTROLS[char]:
            yield events.Key(name, char)
    elif _is_text(char):
        if alt and char.isalnum():
            yield from _modified(char, _ALT | (_SHIFT if char.isupper() else 0))
        else:
            yield events.Key(_character_to_key(char), char)


def keys_of_sequence(sequence: str) -> Iterator[events.Key]:
    """The keys of a whole CSI or SS3 sequence: none for a release, for a report and for what is not known."""
    shifted = _SHIFTED_CURSOR.fullmatch(sequence)
    if shifted is not None and int(shifted[1]) > 1:
        sequence = f"\x1b[1;{shifted[1]}{shifted[2]}"
    match = _CSI.fullmatch(sequence)
    fields = match[1].split(";") if match is not None else []
    if match is None or len(fields) > 3 or not all(map(_FIELD.fullmatch, fields)):
        if match is None:
            yield from _from_table(sequence)
        return
    numbers = [[int(part) if part else None for part in field.split(":")] for field in fields]
    code = numbers[0][0]
    bits = _bits(numbers[1] if len(numbers) > 1 else [])
    if bits is None:
        return
    if match[2] == "u":
        yield from _unicode_key(numbers, bits)
    elif match[2] == "~" and code == 27 and len(numbers) == 3:
        if len(numbers[2]) == 1 and numbers[2][0] is not None:
            yield from _code_key(numbers[2][0], None, bits)
    elif len(numbers) < 3 and len(numbers[0]) == 1:
        name = _TILDES.get(code or 0) if match[2] == "~" else _LETTERS.get(match[2]) if code in (None, 1) else None
        if name is not None:
            yield _named(name, bits)
        elif len(numbers) == 1:
            yield from _from_table(sequence)


def _bits(field: list[int | None]) -> int | None:
    """The modifiers of `modifiers:event`; None for the release of a key and for what is no such field."""
    modifiers, kind, *more = [1 if number is None else number for number in [*field, None, None][: max(len(field), 2)]]
    return modifiers - 1 if not more and kind in (_PRESS, _REPEAT) and 1 <= modifiers <= 256 else None


def _unicode_key(numbers: list[list[int | None]], bits: int) -> Iterator[events.Key]:
    """`CSI code:shifted:base ; modifiers:event ; text u`; the text, where it is given, is what was typed."""
    codes = numbers[0]
    if codes[0] is None or len(codes) > 3:
        return
    text = ""
    if len(numbers) == 3 and numbers[2] != [None]:
        if any(code is None or not _is_text(_character(code)) for code in numbers[2]):
            return
        text = "".join(_character(code) for code in numbers[2] if code is not None)
    if text and not bits & _COMMANDING:
        for char in text:
            yield from keys_of_character(char)
        return
    code, base = codes[0], codes[2] if len(codes) > 2 else None
    if bits & _COMMANDING and base is not None and base < _LATIN <= code:
        code = base  # the place of the key on a Latin layout, which commands are named by
    yield from _code_key(code, codes[1] if len(codes) > 1 else None, bits)


def _code_key(code: int, shifted: int | None, bits: int) -> Iterator[events.Key]:
    """The key whose character, unshifted, has the code point `code`, and shifted, where that is known, `shifted`."""
    if code in _NAMED:
        yield _named(_NAMED[code], bits)
    elif code in _NAMED_F:
        yield _named(f"f{code - _NAMED_F.start + 13}", bits)
    else:
        char = _KEYPAD.get(code) or _character(code)
        if _is_text(char):
            if bits & _SHIFT and shifted is not None and _is_text(_character(shifted)):
                # The layout's own word for it: "!" and not shift with "1".
                char = _character(shifted)
                bits &= ~_SHIFT if not char.isupper() else -1
            yield from _modified(char, bits)


def _modified(char: str, bits: int) -> Iterator[events.Key]:
    """A character key with modifiers, named as Textual names what old terminals send for it."""
    if bits & _COMMANDING:
        if char.isupper() and len(char.lower()) == 1:
            char, bits = char.lower(), bits | _SHIFT
        if bits & ~_CAPS_LOCK & 0x7F == _CTRL and char in _SAME:
            yield events.Key(_SAME[char], _CHARACTER_OF.get(_SAME[char]))
        else:
            yield _named(_character_to_key(char), bits, character=None)
        return
    if len(char.upper()) == 1 and char.upper() != char.lower():
        upper = char.isupper() or bool(bits & _SHIFT) != bool(bits & _CAPS_LOCK)
        yield from keys_of_character(char.upper() if upper else char)
    elif bits & _SHIFT and (char == " " or char.isalnum()):
        # What shift makes of a digit is the layout's to say, and it was not said.
        yield _named(_character_to_key(char), bits, character=" " if char == " " else None)
    else:
        yield from keys_of_character(char)


def _named(name: str, bits: int, *, character: str | None = "") -> events.Key:
    tokens = [token for bit, token in _TOKENS if bits & bit and not name.startswith(token)]
    if bits & _SUPER:
        tokens.append("super")
    if character == "":
        character = None if tokens else _CHARACTER_OF.get(name)
    return events.Key("+".join([*tokens, name]), character)


def _character(code: int | None) -> str:
    return chr(code) if code is not None and code <= 0x10FFFF else ""


def _is_text(char: str) -> bool:
    """Whether `char` is one that a key may type: no control, surrogate, private use or noncharacter code point.

    Blanks, joiners and tags come from keyboards and input methods; what of them stays is the text field's to say.
    """
    if len(char) != 1 or unicodedata.category(char) in ("Cc", "Cs", "Co", "Zl", "Zp"):
        return False
    return ord(char) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(char) <= 0xFDEF


def _from_table(sequence: str) -> Iterator[events.Key]:
    known = ANSI_SEQUENCES_KEYS.get(sequence)
    if isinstance(known, str):
        yield from keys_of_character(known)
    elif isinstance(known, tuple):
        names = [key.value for key in known]
        if len(names) == 2 and names[0] == "escape":  # how the table spells alt
            names = [f"alt+{names[1]}"]
        for name in names:
            if _NAME.fullmatch(name):
                yield events.Key(name, _CHARACTER_OF.get(name))


def _control_names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for sequence, keys in ANSI_SEQUENCES_KEYS.items():
        if len(sequence) == 1 and sequence != "\x9b" and isinstance(keys, tuple):
            names[sequence] = [key.value for key in keys if key is not Keys.Ignore]
    return names


_CONTROLS: Final = _control_names()
_AFTER_ESC: Final = {
    sequence[1]
    for sequence in ANSI_SEQUENCES_KEYS
    if len(sequence) == 2 and sequence[0] == "\x1b" and sequence[1] != "\x1b"
}
"""The characters for which Textual's table has an entry with an ESC before them."""
