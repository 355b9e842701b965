"""Loading Textual's application without its command palette.

`textual.app` imports `textual.command`, and with it five widgets, for a palette that this program does not have: a
twentieth of the start and a megabyte. Only names are taken from there, for annotations and for methods that are never
called while `App.ENABLE_COMMAND_PALETTE` is False; while `textual.app` loads, empty classes stand in for them.
"""

import importlib
import sys
from types import ModuleType
from typing import Final

from tui.app.terminal.options import textual_is_known

__all__ = ["load_textual"]

_PALETTE: Final = "textual.command"
_NAMES: Final = ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider")


def load_textual() -> None:
    """Load `textual.app`; without the palette on the Textual that this was written against, and only once."""
    if "textual.app" in sys.modules or _PALETTE in sys.modules or not textual_is_known():
        return
    stand_in = ModuleType(_PALETTE)
    for name in _NAMES:
        setattr(stand_in, name, type(name, (), {"__module__": _PALETTE}))
    sys.modules[_PALETTE] = stand_in
    try:
        importlib.import_module("textual.app")
    finally:
        # whoever wants the palette after all gets the real one
        del sys.modules[_PALETTE]
