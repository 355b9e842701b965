"""What the terminal at the other end understands, as far as its name (TERM) tells."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

__all__ = ["TerminalKind", "terminal_kind", "terminal_name"]


class TerminalKind(Enum):
    """How much may be sent.

    FULL: xterm and all that follow it. CONSOLE: the Linux console: no second screen, no operating system commands, 16
    colours, no answer worth asking for. BASIC: nothing is known but that it has a screen (ECMA-48). PLAIN: lines of
    text, no control sequence.
    """

    FULL = "full"
    CONSOLE = "console"
    BASIC = "basic"
    PLAIN = "plain"


# fmt: off
_FULL: Final = frozenset((
    "alacritty", "ansiterm", "contour", "eterm", "foot", "ghostty", "gnome", "gnome-terminal", "iterm", "iterm2",
    "kitty", "konsole", "mintty", "mlterm", "ms-terminal", "msys", "nsterm", "putty", "rio", "rxvt", "screen",
    "st", "stterm", "terminator", "terminology", "tmux", "vte", "wezterm", "xfce", "xterm", "xterms", "zellij",
))
_CONSOLES: Final = frozenset(("linux", "cons25", "jfbterm", "fbterm", "wsvt25", "pcvt25", "vt100", "vt102", "vt220"))
# No screen to move about on (terminfo: no "cup"), or other sequences than ECMA-48's.
_PLAIN: Final = frozenset((
    "dumb", "unknown", "vt50", "vt50h", "vt52", "glasstty", "tty", "network", "dialup", "lpr", "printer", "emacs",
))
# fmt: on


def terminal_name(environ: Mapping[str, str]) -> str:
    """TERM, fit to be shown; a sentence's word where it is not set."""
    from tui.text.sanitize import clean_line

    return clean_line(environ.get("TERM", ""))[:40] or "not set"


def terminal_kind(environ: Mapping[str, str]) -> TerminalKind:
    """What TERM says; inside tmux, tmux is the terminal."""
    term = environ.get("TERM", "").lower()
    family = term.partition("-")[0]
    if term in _FULL or family in _FULL:
        return TerminalKind.FULL
    if family in _CONSOLES:
        return TerminalKind.CONSOLE
    if family in _PLAIN:
        return TerminalKind.PLAIN
    return TerminalKind.PLAIN if _cannot_move(term) else TerminalKind.BASIC


def _cannot_move(term: str) -> bool:
    """Whether this machine's terminfo knows `term` as one that takes no ECMA-48 cursor movement."""
    if not term or not term.isprintable() or "/" in term:
        return False
    try:
        import curses
    except ImportError:  # a Python without it knows of no terminal
        return False
    try:
        curses.setupterm(term, 1)
        move = curses.tigetstr("cup")
    except curses.error:  # no such entry: it may still be new
        return False
    return move is None or not move.startswith(b"\x1b[")
