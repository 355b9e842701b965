"""What can be chosen about the terminal, and what it needs to know of the version of Textual under it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

import msgspec
import textual
from rich.color import ColorSystem

__all__ = ["ColorChoice", "TerminalOptions", "color_system", "escape_delay", "textual_is_known"]

ColorChoice = Literal["auto", "truecolor", "256", "16", "none"]

_KNOWN_TEXTUAL: Final = ("8", "2")
_MIN_DELAY, _MAX_DELAY = 0.001, 1.0
_LOCAL_DELAY, _REMOTE_DELAY = 0.025, 0.05


def _no_secrets() -> list[str]:
    return []


class TerminalOptions(msgspec.Struct, frozen=True):
    """The choices of one run.

    `colors` "none" sends no colour at all, as NO_COLOR asks (no-color.org); the theme has to say everything
    otherwise. `diff` False paints as stock Textual does; `pacing` False never asks the terminal for
    acknowledgements. `low_bandwidth` switches the mouse off and takes at most 256 colours. `focus_reports` asks the
    terminal to say when it gains or loses the focus, `background` asks once whether it is dark or light.
    `crash_report` is the file that a crash is written to (None: nowhere), and `secrets` names strings that must not
    stand in it. `program` is what the crash sentence calls us.
    """

    diff: bool = True
    pacing: bool = True
    colors: ColorChoice = "auto"
    mouse: bool = False
    low_bandwidth: bool = False
    focus_reports: bool = False
    background: bool = False
    crash_report: Path | None = None
    secrets: Callable[[], list[str]] = _no_secrets
    program: str = "intercom-tui"

    @property
    def mouse_wanted(self) -> bool:
        """Whether to ask the terminal for mouse reports."""
        return self.mouse and not self.low_bandwidth


def textual_is_known() -> bool:
    """Whether the installed Textual is of the minor version whose private parts this package was written against."""
    # As pip leaves it beside the package: loading importlib.metadata to ask costs a twentieth of the start.
    beside = list(Path(textual.__file__).parents[1].glob("textual-[0-9]*.dist-info"))
    version = beside[0].name.split("-")[1] if len(beside) == 1 else textual.__version__
    return tuple(version.split(".")[:2]) == _KNOWN_TEXTUAL


def color_system(choice: ColorChoice, detected: str | None, *, low_bandwidth: bool) -> ColorSystem:
    """The colour depth to paint with. `detected` is what Rich made of TERM and COLORTERM; "auto" never exceeds it."""
    systems = {
        "truecolor": ColorSystem.TRUECOLOR,
        "256": ColorSystem.EIGHT_BIT,
        "16": ColorSystem.STANDARD,
        "standard": ColorSystem.STANDARD,
        "none": ColorSystem.STANDARD,
    }
    if choice != "auto":
        return systems[choice]
    found = systems.get(detected or "truecolor", ColorSystem.TRUECOLOR)
    return min(found, ColorSystem.EIGHT_BIT) if low_bandwidth else found


def escape_delay(environ: Mapping[str, str]) -> float:
    """Seconds to wait after a lone ESC for the rest of a sequence: ESCDELAY (milliseconds) or 25 ms, 50 ms over SSH."""
    try:
        return min(max(int(environ.get("ESCDELAY", "")) / 1000, _MIN_DELAY), _MAX_DELAY)
    except ValueError:
        return _REMOTE_DELAY if "SSH_CONNECTION" in environ or "SSH_TTY" in environ else _LOCAL_DELAY
