"""Which keys are refused, and in which words: nothing acts on what was not on the screen when its key was pressed."""

import time
from typing import Final

from tui.app.keys.command import Command, Where
from tui.app.keys.key_resolver import Refused
from tui.app.keys.keyboards import is_foreign
from tui.app.keys.press import Press
from tui.app.ui import Ui
from tui.model.labels import texts

SETTLED: Final = 0.2
"""Seconds for which a person may still mean what stood there before something changed by itself."""


class Refusals:
    """Knows since when the keys have been on what they are on. All times are monotonic seconds."""

    def __init__(self, ui: Ui) -> None:
        self._ui = ui
        self._shown_at = time.monotonic()
        self._settled_at = 0.0

    def shown(self) -> None:
        """The first rows are on the screen: what was typed before meant none of them."""
        self._shown_at = time.monotonic()

    def changed(self, before: str) -> None:
        """Something changed by itself; the keys were on the conversation `before`, "" for none. If they are on another
        one for it, that begins now; where another one stood, a key may still be meant for that one for a moment."""
        if self._ui.target.current != before:
            self._settled_at = time.monotonic() + (SETTLED if before else 0.0)

    def why_not(self, command: Command, at: float) -> str:
        """Why a key pressed `at` must not run `command`, "" where it may."""
        ui, title = self._ui, command.title
        if command.acts and at < self._shown_at:
            return texts.IGNORED_NOTHING_ON_SCREEN.format(command=title)
        if command.acts not in ("", "past") and at < self._settled_at:
            return texts.IGNORED_LIST_CHANGED.format(command=title)
        if not ui.is_possible(command):
            return texts.NOTHING_SELECTED_FOR.format(command=title)
        if command.acts in ("one", "contact") and ui.target.several:
            count = len(ui.list.view.selected)
            return ui.registry.words(texts.GOES_TO_ONE.format(command=title, count=count))
        return ""

    def after_digits(self, refused: Refused) -> str:
        """Why a command did not run that digits came right before."""
        title = refused.command.title
        if not refused.viewed:
            return texts.CANNOT_BE_REPEATED.format(command=title)
        view = self._ui.inbox.views.get(self._ui.state.shown.view).title
        return texts.SWITCHED_THE_VIEW.format(digits=refused.digits, view=view, keys=refused.typed, command=title)

    def without_meaning(self, pressed: Press, typed: str, pane: Where) -> str:
        """What to say of keys that mean nothing in `pane`."""
        registry = self._ui.registry
        if pressed.name == "ctrl+c":
            return registry.words(texts.QUITS)
        found = registry.elsewhere(typed, pane)
        if found is None and is_foreign(pressed.char):
            return texts.COMMANDS_ARE_LATIN.format(key=pressed.char)
        if found is None:
            return registry.words(texts.NOT_A_KEY_HERE.format(keys=typed))
        command, panes = found
        return texts.works_in(typed, panes, command.title)
