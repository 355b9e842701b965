"""Whether the terminal's background is dark or light: guessed from the environment, and told by the terminal itself.

The question is xterm's OSC 11 with ``?`` for the colour ("Operating System Commands" in its ctlseqs). The answer is a
colour in the form of XParseColor: ``rgb:`` with one to four hexadecimal digits a channel.
"""

import re
from collections.abc import Mapping
from typing import Final

from textual.message import Message

__all__ = ["QUESTION", "BackgroundReport", "guess_is_light", "reported_is_light"]

QUESTION: Final = "\x1b]11;?\x1b\\"

_REPORT: Final = re.compile(
    r"\x1b\]11;(?:rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?"
    r"|#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2}))(?:\x07|\x1b\\|\x9c)"
)
_MIDDLE: Final = 0.5
"""Of the luminance between black (0) and white (1), from where on a background is light."""
_LIGHT_COLOURS: Final = frozenset(("7", "9", "10", "11", "12", "13", "14", "15"))
"""Of the sixteen colours those that a light terminal names as its background."""


class BackgroundReport(Message):
    """The terminal has told the colour of its background."""

    def __init__(self, *, is_light: bool) -> None:
        super().__init__()
        self.is_light = is_light


def reported_is_light(sequence: str) -> bool | None:
    """Whether the background that this answer tells is light; None where `sequence` is no such answer."""
    match = _REPORT.fullmatch(sequence)
    if match is None:
        return None
    red, green, blue = (int(found, 16) / (int("f" * len(found), 16)) for found in match.groups() if found is not None)
    luma = 0.299 * red + 0.587 * green + 0.114 * blue  # ITU-R BT.601
    return luma >= _MIDDLE


def guess_is_light(environ: Mapping[str, str]) -> bool:
    """What ``COLORFGBG`` says, as rxvt, Konsole and others set it: the last number is the background's colour."""
    return environ.get("COLORFGBG", "").rpartition(";")[2].strip() in _LIGHT_COLOURS
