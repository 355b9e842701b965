"""The dialogs. Each is loaded when it is first shown: none is needed for the first paint."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.screens.confirm import Answer, Confirm
    from tui.app.screens.finder import Finder, Source, told_contact
    from tui.app.screens.help import Help, palette
    from tui.app.screens.outbox import OutboxScreen, decide
    from tui.app.screens.pager import Pager
    from tui.app.screens.picker import Choice, Picker
    from tui.app.screens.prompt import Prompt
    from tui.app.screens.search import search_prompt
    from tui.app.screens.snooze import snooze_prompt
    from tui.app.screens.undo import UndoQuestion

__all__ = [
    "Answer",
    "Choice",
    "Confirm",
    "Finder",
    "Help",
    "OutboxScreen",
    "Pager",
    "Picker",
    "Prompt",
    "Source",
    "UndoQuestion",
    "decide",
    "palette",
    "search_prompt",
    "snooze_prompt",
    "told_contact",
]

_MODULES = {
    "confirm": ("Answer", "Confirm"),
    "finder": ("Finder", "Source", "told_contact"),
    "help": ("Help", "palette"),
    "outbox": ("OutboxScreen", "decide"),
    "pager": ("Pager",),
    "picker": ("Choice", "Picker"),
    "prompt": ("Prompt",),
    "search": ("search_prompt",),
    "snooze": ("snooze_prompt",),
    "undo": ("UndoQuestion",),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a dialog's module at its first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(name)
    value: object = getattr(importlib.import_module(f"tui.app.screens.{_HOME[name]}"), name)
    globals()[name] = value
    return value
