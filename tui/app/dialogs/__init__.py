"""The dialogs. Each is loaded when it is first shown: none is needed for the first paint."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.dialogs.command_palette import palette
    from tui.app.dialogs.confirm import Answer, Confirm
    from tui.app.dialogs.finder import Finder, Source, told_contact
    from tui.app.dialogs.help import Help
    from tui.app.dialogs.outbox import Decisions, OutboxScreen
    from tui.app.dialogs.overview import DeskOverview
    from tui.app.dialogs.pager import Pager
    from tui.app.dialogs.picker import Choice, Picker
    from tui.app.dialogs.prompt import Prompt
    from tui.app.dialogs.search import search_prompt
    from tui.app.dialogs.snooze import snooze_prompt
    from tui.app.dialogs.undo import UndoQuestion

__all__ = [
    "Answer",
    "Choice",
    "Confirm",
    "Decisions",
    "DeskOverview",
    "Finder",
    "Help",
    "OutboxScreen",
    "Pager",
    "Picker",
    "Prompt",
    "Source",
    "UndoQuestion",
    "palette",
    "search_prompt",
    "snooze_prompt",
    "told_contact",
]

_MODULES = {
    "confirm": ("Answer", "Confirm"),
    "finder": ("Finder", "Source", "told_contact"),
    "help": ("Help",),
    "outbox": ("Decisions", "OutboxScreen"),
    "overview": ("DeskOverview",),
    "pager": ("Pager",),
    "command_palette": ("palette",),
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
    value: object = getattr(importlib.import_module(f"tui.app.dialogs.{_HOME[name]}"), name)
    globals()[name] = value
    return value
