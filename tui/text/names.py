"""Names that can be seen: what would look empty on the screen is no name.

A name of Hangul fillers, braille blanks or joiners alone would make a row, a button or a sentence with a hole where it
says who; the caller shows an e-mail address, an id or `NO_NAME` instead.
"""

import re
import unicodedata
from typing import Final

from tui.text.sanitize import clean_line

__all__ = ["NO_NAME", "label", "visible_line"]

NO_NAME: Final = "(no name)"

# Letters and symbols by category that leave their cells empty: Default_Ignorable_Code_Point of
# DerivedCoreProperties.txt as far as its members are no format characters, and those named blank or null.
_EMPTY: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\U00013441\U00013442\U00016fe4"
    "\U0001d159\U000e0000-\U000e0fff]"
)
# Separators, controls, format characters, surrogates, private use, unassigned; marks with nothing to stand on.
_UNSEEN: Final = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"))


def visible_line(text: str) -> str:
    """`text` cleaned into one line; "" where nothing of it could be seen."""
    line = clean_line(text)
    if line.isascii():
        return line
    seen = any(unicodedata.category(char) not in _UNSEEN and _EMPTY.match(char) is None for char in line)
    return line if seen else ""


def label(name: str, *others: str) -> str:
    """The first of a name and what may stand for it that can be seen; without any, `NO_NAME`."""
    return next((line for line in map(visible_line, (name, *others)) if line), NO_NAME)
