"""Keyboards without Latin letters: which Latin letter stands on the key that typed another one.

Whoever writes Russian, Greek or Hebrew all day should not have to change the keyboard for ``j`` and ``c``. The keys are
meant by their place, as on a US keyboard; letters that two layouts put on different keys (Serbian and Russian ``с``)
go by the language of the locale, and by the more common layout without one. Layouts as in xkeyboard-config.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

_ROWS: Final = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,.")
_UPPER_ROWS: Final = ("QWERTYUIOP{}", 'ASDFGHJKL:"', "ZXCVBNM<>")

# Each layout row by row, in the order of `_ROWS`; a space where the key types an ASCII sign, or none of its own.
_LAYOUTS: Final[Mapping[str, tuple[str, str, str]]] = {
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "uk": ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю"),
    "be": ("йцукенгшўзх'", "фывапролджэ", "ячсмітьбю"),
    "sr": ("љњертзуиопшђ", "асдфгхјклчћ", "ѕџцвбнм  "),
    "bg": (" уеишщксдзц;", "ьяаожгтнвмч", "юйъэфхпрл"),
    "el": (" ςερτυθιοπ  ", "ασδφγηξκλ  ", "ζχψωβνμ  "),
    "he": ("  קראטוןםפ  ", "שדגכעיחלךף ", "זסבהנמצתץ"),
    "ar": ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤر ىةوز"),
    "fa": ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو "),
    "ka": ("ქწერტყუიოპ  ", "ასდფგჰჯკლ  ", "ზხცვბნმ  "),
    "th": ("ๆไำพะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใ"),
    "ko": ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ  ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ  ", "ㅋㅌㅊㅍㅠㅜㅡ  "),
}
_SHIFTED: Final[Mapping[str, tuple[str, str, str]]] = {
    "ka": (" ჭ ღთ       ", " შ    ჟ    ", "ძ ჩ      "),
    "ko": ("ㅃㅉㄸㄲㅆ   ㅒㅖ  ", " " * 11, " " * 9),
}
_ORDER: Final = ("ru", "uk", "be", "el", "he", "ar", "fa", "ka", "th", "ko", "sr")
"""Which layout a letter is of that several have; Bulgarian shares all of its letters, and is meant only where said."""
_SIGNS: Final[Mapping[str, Mapping[str, str]]] = {
    "CYRILLIC": {".": "/", ",": "?", '"': "@"},
    "GREEK": {";": "q"},
    "HEBREW": {".": "/"},
}
"""What keys with an ASCII sign type in place of a command, by script: without this, looking for ``/`` would repeat the
last action. Only what harms nobody where it is wrong."""
_UNCLEAR: Final = frozenset("ظطزذدئ")
"""Arabic and Persian keyboards have these on different keys, one of them often an action: meant only where said."""
_SAME: Final = {"mk": "sr", "ur": "fa", "ckb": "ar"}


def language_of(environ: Mapping[str, str]) -> str:
    """The two letters of the locale's language, "" for none."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name].partition("_")[0].partition(".")[0].lower()
    return ""


def latin(char: str, language: str = "") -> str:
    """The sign that the key of `char` types on a US keyboard; "" for an ASCII sign, and one that no layout knows."""
    if len(char) != 1 or char.isascii():
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if "！" <= char <= "～":  # full width, as input methods for Chinese and Japanese type them
        return unicodedata.normalize("NFKC", char)
    return _table(language).get(char, "")


def sign(char: str, before: str, language: str = "") -> str:
    """The sign on the key of an ASCII `char` when `before` was the last letter typed; "" where that is `char`."""
    if not is_foreign(before) or language in ("sr", "mk", "bg"):
        return ""
    script = unicodedata.name(before, "").partition(" ")[0]
    return _SIGNS.get(script, {}).get(char, "")


def is_foreign(char: str) -> bool:
    """Whether a key typed a letter that no Latin keyboard has."""
    return char.isalpha() and not char.isascii() and not unicodedata.name(char, "LATIN").startswith("LATIN")


@cache
def _table(language: str) -> Mapping[str, str]:
    language = _SAME.get(language, language)
    table: dict[str, str] = {}
    for name in dict.fromkeys((*((language,) if language in _LAYOUTS else ()), *_ORDER)):
        for own, keys in zip(_LAYOUTS[name], _ROWS, strict=True):
            _put(table, own, keys)
        for own, keys in zip(_SHIFTED.get(name, ("", "", "")), _UPPER_ROWS, strict=True):
            _put(table, own, keys)
        for own, keys in zip(_LAYOUTS[name], _UPPER_ROWS, strict=True):
            _put(table, own.replace("ς", " ").upper(), keys)  # Σ is the capital of σ
    if language not in ("ar", "fa"):
        for char in _UNCLEAR:
            del table[char]
    return table


def _put(table: dict[str, str], own: str, keys: str) -> None:
    for char, key in zip(own, keys, strict=False):
        if not char.isascii():
            table.setdefault(char, key)
