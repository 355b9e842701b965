"""The modes that are set when the terminal is taken, and the sequences that put it back."""

from collections.abc import Mapping
from typing import Final

from tui.app.terminal.background import QUESTION
from tui.config.terminal import TerminalKind

__all__ = ["Modes"]

# Alternate screen; hidden cursor, bracketed paste, no line wrap. A terminal that has no bracketed paste ignores the
# mode (ECMA-48 8.3.125); one that has it tells text from keys.
_SCREEN, _SCREEN_OFF = "\x1b[?1049h", "\x1b[?1049l"
_ENTER: Final = "\x1b[?25l\x1b[?2004h\x1b[?7l"
_LEAVE: Final = "\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h"
_CLEAR: Final = "\x1b[H\x1b[2J"
# Buttons and drags (1002) in SGR coordinates (1006), not every movement (1003): a hover over a list costs 15 kB.
_MOUSE_ON: Final = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
_MOUSE_OFF: Final = "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
_FOCUS_ON, _FOCUS_OFF = "\x1b[?1004h", "\x1b[?1004l"
# What a program that crashed may have left set: a scroll region, a line-drawing alphabet, keypad and cursor keys in
# application mode, origin and insert mode.
_AFTER_OTHERS: Final = "\x1b[r\x1b(B\x0f\x1b[m\x1b[?1l\x1b>\x1b[?6l\x1b[4l"
# And reports of every kind. The kitty keyboard protocol is popped.
_REPORTS_OFF: Final = "\x1b[?1003l\x1b[?1015l\x1b[<u" + _MOUSE_OFF + _FOCUS_OFF
_SYNC_QUERY: Final = "\x1b[?2026$p"


class Modes:
    """What one terminal is sent when it is taken and given back; `ask` when its answers can be read, `background` when
    its background is to be asked for, once."""

    def __init__(
        self, kind: TerminalKind, *, mouse: bool, focus: bool, ask: bool, environ: Mapping[str, str],
        background: bool = False,
    ) -> None:  # fmt: skip
        self._full = kind is TerminalKind.FULL
        self.answers = kind in (TerminalKind.FULL, TerminalKind.CONSOLE)
        """Whether it answers where its cursor is."""
        self.asks = self._full
        """Whether that may be asked before anything is painted."""
        self.mouse = mouse and self._full
        self._focus = focus and self._full
        # Apple's terminal writes the query on the screen.
        self._ask = ask and self._full and environ.get("TERM_PROGRAM") != "Apple_Terminal"
        self._ask_background = background and ask and self._full

    def enter(self, *, after_others: bool) -> str:
        """Take the terminal; `after_others`: another program has had it meanwhile."""
        parts = [_AFTER_OTHERS] if after_others else []
        if self._full:
            parts += [_REPORTS_OFF] * after_others + [_SCREEN]
        parts.append(_ENTER)
        parts += [_MOUSE_ON] * self.mouse + [_FOCUS_ON] * self._focus + [_SYNC_QUERY] * self._ask
        if self._ask_background:
            self._ask_background = False
            parts.append(QUESTION)
        return "".join(parts)

    def leave(self) -> str:
        """Give it back."""
        reports = _MOUSE_OFF * self.mouse + _FOCUS_OFF * self._focus
        return reports + _LEAVE + (_SCREEN_OFF if self._full else _CLEAR)
