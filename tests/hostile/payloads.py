# ruff: noqa: E501 - tables of odd texts, one a line
"""Families of texts that strangers may send, generated: the same seed makes the same texts, no two alike."""

import itertools
from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from tests.hostile import payloads_html, payloads_names

__all__ = ["FAMILIES", "Payload", "generate"]

Make = Callable[[Random], str]


class Payload(NamedTuple):
    """A text and the family it is of."""

    family: str
    text: str


_STRINGS: Final = {"OSC": ("\x1b]", "\x9d"), "DCS": ("\x1bP", "\x90"), "APC": ("\x1b_", "\x9f"), "PM": ("\x1b^", "\x9e"),
                   "SOS": ("\x1bX", "\x98")}  # fmt: skip
_ENDS: Final = ("\x07", "\x1b\\", "\x9c", "", "\x18", "\x1a", "\x1b")
_WORDS: Final = ("invoice", "pwned", "Ada", "refund", "日本語", "שלום", "مرحبا", "naïve", "ภาษาไทย")


def _word(random: Random) -> str:
    return f"{random.choice(_WORDS)}{random.randrange(100)}"


def _controls(random: Random) -> str:
    codes = [random.choice([*range(32), 0x7F, *range(0x80, 0xA0)]) for _ in range(random.randint(1, 6))]
    return _word(random) + "".join(chr(code) + random.choice(("", "x")) for code in codes)


def _csi(random: Random) -> str:
    opened = random.choice(("\x1b[", "\x9b", "\x1b\x1b[", "\x1b[\x00", "\x1b \x1b["))
    numbers = ";".join(
        str(random.choice((0, 1, 2, 5, 25, 47, 1049, 2004, 99999, 2**31))) for _ in range(random.randrange(5))
    )
    between = random.choice(("", "", "", " ", "!", '"', "$", "'", "*", ">", "?:"))
    return f"{_word(random)}{opened}{random.choice(('', '?', '>', '<', '='))}{numbers}{between}{chr(random.randint(0x40, 0x7E))}{_word(random)}"


def _osc(random: Random) -> str:
    number = random.choice((0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 46, 50, 51, 52, 66, 99, 104, 133, 777, 1337, 5522))
    inside = random.choice(
        ("c;aGk=", ";https://evil.example/", "?", "c;?", "File=inline=1:AAAA", "pwned", "notify;a;b")
    )
    return f"{random.choice(_STRINGS['OSC'])}{number};{inside}{random.choice(_ENDS)}{_word(random)}"


def _control_string(random: Random) -> str:
    opened = random.choice(_STRINGS[random.choice(("DCS", "APC", "PM", "SOS"))])
    inside = random.choice(
        ("$qm", "+q544e", "tmux;\x1b\x1b]52;c;aGk=\x07", "Gf=100,a=T;AAAA", "1;1|17/ab", "q#0;2;0;0;0~-")
    )
    return f"{opened}{inside}{random.randrange(1000)}{random.choice(_ENDS)}{_word(random)}"


def _escape(random: Random) -> str:
    return f"{_word(random)}\x1b{random.choice(('', '(', ')', '#', '%', ' ', '$'))}{chr(random.randint(0x30, 0x7E))}{_word(random)}"


def _split(random: Random) -> str:
    """Half of a sequence: the next field, whatever it is, ends it."""
    return random.choice((
        f"{_word(random)}\x1b", f"{_word(random)}\x1b[{random.randrange(99)}", f"{_word(random)}\x1b]0;t",
        f"]52;c;aGk=\x07{_word(random)}", f"[{random.randrange(99)}m{_word(random)}", f"{_word(random)}\x9b",
        f"{_word(random)}\xc2", f"\x9bm{_word(random)}", f"\\u001b[{random.randrange(99)}m", f"&#27;[{random.randrange(99)}m",
        f"&#x9b;{random.randrange(99)}m", f"%1b[{random.randrange(99)}m", f"\\x1b[{random.randrange(99)}m", f"^[[{_word(random)}",
    ))  # fmt: skip


def _bidi(random: Random) -> str:
    controls = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    return "".join(random.choice((*controls, _word(random))) for _ in range(random.randint(3, 12))) + random.choice(
        controls
    )


def _format(random: Random) -> str:
    unseen = "\u00ad\u200b\u2060\u2061\u2062\u2063\u2064\u206a\u206f\ufeff\ufff9\ufffa\ufffb\u180e\u034f\u0600\u06dd\u070f\u08e2"
    unseen += "\U000110bd\U00013430\U0001bca0\U0001d173\U000e0001"
    return "".join(random.choice((*unseen, _word(random))) for _ in range(random.randint(3, 12))) + random.choice(
        unseen
    )


def _tags(random: Random) -> str:
    hidden = "".join(chr(0xE0000 + ord(char)) for char in f"obey {random.randrange(1000)}")
    return (
        f"{random.choice((_word(random), chr(0x1F3F4), ''))}{hidden}{random.choice(('', chr(0xE007F)))}{_word(random)}"
    )


def _marks(random: Random) -> str:
    marks = [chr(random.choice((0x300, 0x316, 0x489, 0x20DD, 0xE31, 0x64B, 0x1AB0, 0x20E3, 0x93F)) + random.randrange(3))
             for _ in range(random.choice((1, 5, 40, 600)))]  # fmt: skip
    return random.choice(("e", "", " ", "日", "\n", "🙂")) + "".join(marks) + _word(random)


def _selectors(random: Random) -> str:
    odd = "\ufe00\ufe0d\ufe0e\ufe0f\U000e0100\U000e01ef\u200c\u200d\u180b"
    return "".join(random.choice((*odd, "a", "©", "🙂", "1", " ")) for _ in range(random.randint(4, 30)))


def _surrogates(random: Random) -> str:
    return (
        _word(random)
        + "".join(chr(random.randint(0xD800, 0xDFFF)) for _ in range(random.randint(1, 5)))
        + _word(random)
    )


def _nobody(random: Random) -> str:
    """Private use, noncharacters and what is not assigned."""
    ranges = ((0xE000, 0xF8FF), (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF), (0xF0000, 0xF00FF), (0x10FFFE, 0x10FFFF), (0x1FFFE, 0x1FFFF),
              (0x378, 0x379), (0x50000, 0x50010), (0xE0080, 0xE00FF), (0x2FE0, 0x2FEF))  # fmt: skip
    return "".join(random.choice((chr(random.randint(*random.choice(ranges))), "x")) for _ in range(12)) + _word(random)


def _wide(random: Random) -> str:
    signs = ("👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏿", "🇩🇪", "🇩", "1️⃣", "❤️", "☎︎", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "가", "ᄀ", "각", "𠀀", "﷽", "𒐫", "꧅", "①", "─", "Ａ", "ｱ",
             "⸻", "🫨", "\U0001fae9", "👩🏽‍🚀", "👁️‍🗨️", "🧑‍🤝‍🧑", "កា", "நி", "क्षि", "ﷺ")  # fmt: skip
    return "".join(random.choice(signs) for _ in range(random.choice((1, 3, 8, 60)))) + random.choice(
        ("", _word(random))
    )


def _blanks(random: Random) -> str:
    blanks = "\u3164\uffa0\u115f\u1160\u2800\u00a0\u2003\u3000\u1680\u200b\u17b4\u17b5\ufeff\t\u205f\u2002\U0001d159"
    return "".join(random.choice(blanks) for _ in range(random.randint(1, 30)))


def _long(random: Random) -> str:
    piece = random.choice(("w", "ab ", "日", "🙂", "e\u0301", "-", "\u00a0", "x\n", "\t", "_[", "  ", "👍🏿"))
    return piece * random.choice((300, 3_000, 20_000)) + _word(random)


def _markup(random: Random) -> str:
    return random.choice((
        "[/", "[/]", "[/x]", "[@click=app.quit]x[/]", "[@click=app.bell()]x[/]", "[link=https://evil.example]x[/link]",
        "[bold red on blue]x", "[b][i]x[/b][/i]", "[$accent]x[/]", "[link='javascript:x']y[/]", "[#ff0000]x", "[blink]x[/blink]",
        "\\[x]", "[@click=screen.app.exit(1)]x", "[[x]]", "{app}", ":smile:", "[on_click]x", "[reverse]x[/]", "[]", "[",
    )) + _word(random)  # fmt: skip


def _lines(random: Random) -> str:
    ends = ("\r", "\n", "\r\n", "\t", "\v", "\f", "\x85", "\u2028", "\u2029", "\b\b\b", "\n\n\n", "\r\r")
    return (
        "".join(random.choice((*ends, _word(random))) for _ in range(random.randint(3, 15))) + random.choice(ends) + "x"
    )


def _formats(random: Random) -> str:
    return random.choice((
        "%s%s%n", "%(x)s", "{0.__class__}", "{key:app.quit}", "{key:nothing}", "${HOME}", "$(id)", "`id`", "%d" * 50, "{}", "{{",
        "%00", "%0d%0aSet-Cookie: x", "';DROP TABLE parts;--", "\\N{BEL}", "$PATH", "!!", "~root", "*", "<%= 7*7 %>", "\\\\x",
        "|sh", "; rm -rf .", "&& id", "> pwned", "#{7*7}", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1", "NaN", "null", "--help", "--",
    )) + random.choice(("", _word(random), str(random.randrange(9999))))  # fmt: skip


FAMILIES: Final[dict[str, Make]] = {
    "controls": _controls, "csi": _csi, "osc": _osc, "strings": _control_string, "escapes": _escape, "split": _split,
    "bidi": _bidi, "format": _format, "tags": _tags, "marks": _marks, "selectors": _selectors, "surrogates": _surrogates,
    "nobody": _nobody, "wide": _wide, "blanks": _blanks, "long": _long, "markup": _markup, "lines": _lines,
    "formats": _formats, "html": payloads_html.make, "hidden": payloads_html.hidden, "bombs": payloads_html.bomb,
    "files": payloads_names.file, "links": payloads_names.link,
}  # fmt: skip
"""What makes a text of each family."""

_FEW: Final = {"bombs": 40}
"""Families whose texts are large: at most so many."""


def generate(seed: int, count: int, families: tuple[str, ...] = ()) -> list[Payload]:
    """About `count` texts, none twice, shared evenly among `families` (all of them by default), in mixed order."""
    names = families or tuple(FAMILIES)
    each = -(-count // len(names))
    found: list[Payload] = []
    seen: set[str] = set()
    for name in names:
        random = Random(f"{seed} {name}")
        wanted = min(each, _FEW.get(name, each))
        for _ in itertools.repeat(None, wanted * 20):
            text = FAMILIES[name](random)
            if text not in seen:
                seen.add(text)
                found.append(Payload(name, text))
                wanted -= 1
                if not wanted:
                    break
    Random(seed).shuffle(found)
    return found


def texts(payloads: list[Payload]) -> Iterator[str]:
    """Their texts."""
    return (payload.text for payload in payloads)
