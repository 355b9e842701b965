"""Keys in the order they were typed: each goes to the dialog on top, to a command, or to the text that is written."""

import asyncio
from collections.abc import Callable, Mapping

from textual.widget import Widget

from tui.app.commands.base import Handler
from tui.app.controllers.actions import UNDO
from tui.app.controllers.preview import PreviewController
from tui.app.keyboard.footer_hints import FooterHints
from tui.app.keyboard.refusals import Refusals
from tui.app.keys.command import Command
from tui.app.keys.key_resolver import Miss, Refused, Resolver, Run, Wait
from tui.app.keys.keyboards import latin
from tui.app.keys.press import Press
from tui.app.layout import Layout
from tui.app.ui import Ui


class KeyController:
    """Decides who gets a key, runs commands, and says why one is not run. All times are monotonic seconds."""

    def __init__(
        self,
        ui: Ui,
        layout: Layout,
        resolver: Resolver,
        handlers: Mapping[str, Handler],
        *,
        hints: FooterHints,
        preview: PreviewController,
        flush: Callable[[], None],
    ) -> None:
        """`handlers` has what does each command, by its id; `flush` brings the screen up to date."""
        self._ui = ui
        self._layout = layout
        self._resolver = resolver
        self._handlers = handlers
        self._refusals = Refusals(ui)
        self._hints = hints
        self._preview = preview
        self._flush = flush
        self._pressed_at = 0.0
        self._acting = False

    def screen_shown(self) -> None:
        """The first rows are on the screen: what was typed before meant none of them."""
        self._refusals.shown()

    def screen_changed(self, before: str) -> None:
        """Something changed; the keys were on the conversation `before`, "" for none."""
        if not self._acting:
            self._refusals.changed(before)
        if not self._resolver.typed:
            self._hints.update()

    async def press(self, pressed: Press, at: float) -> bool:
        """Act on a key that was pressed `at`; False leaves it to the widget that has the focus (only the composer has
        use for one)."""
        self._acting, self._pressed_at = True, at
        try:
            with self._ui.notices.during_key():
                return await self._press(pressed, at)
        finally:
            self._acting = False

    async def _press(self, pressed: Press, at: float) -> bool:
        ui = self._ui
        ui.inbox.sync.activity()
        dialog = ui.dialogs.top
        if dialog is not None and dialog.passing:
            dialog.close()
            self._hints.update()
            if pressed.name in ("esc", "ctrl+c"):
                ui.inbox.undo.forget()
                return True
        if ui.dialogs.top is not None:
            await self._press_in_dialog(pressed)
            return True
        pane = ui.state.pane
        outcome = self._resolver.feed(pressed, pane, at)
        if isinstance(outcome, Miss) and pane == "composer":
            self._layout.settle_focus()
            return False
        if isinstance(outcome, Run):
            if pane == "composer":
                await _drain(self._layout.composer.area)
            await self._run(outcome)
        elif isinstance(outcome, Refused):
            ui.notices.notify(self._refusals.after_digits(outcome), "warning")
        elif isinstance(outcome, Miss):
            ui.notices.notify(self._refusals.without_meaning(pressed, outcome.typed, pane), "warning")
        self._layout.footer.set_prefix(self._resolver.typed)
        self._preview.follow()
        if isinstance(outcome, Wait) and outcome.choices:
            self._hints.show_choices(outcome.choices)
        else:
            self._hints.update()
        return True

    async def _press_in_dialog(self, pressed: Press) -> None:
        ui = self._ui
        dialog = ui.dialogs.top
        if dialog is None:
            return
        if dialog.caret is None and (key := latin(pressed.char, self._resolver.language)):
            pressed = Press(key, key)  # nothing is written here: letters are keys
        over = self._over_dialogs(pressed)
        await (self.run(over) if over is not None else ui.notices.tell_errors(dialog.key(pressed)))
        self._flush()
        ui.dialogs.redraw()
        self._hints.update()

    def _over_dialogs(self, pressed: Press) -> Command | None:
        command = self._ui.registry.bindings(self._ui.state.pane).commands.get((pressed.name,))
        return command if command is not None and command.over_dialogs and not pressed.char else None

    async def _run(self, outcome: Run) -> None:
        if outcome.takes_back:
            self._ui.list.take_back()
        elif not outcome.more_digits:
            self._ui.list.keep_view()
        await self.run(outcome.command, outcome.times)

    async def run(self, command: Command, count: int = 1) -> None:
        """Run a command as its key does, or as the key that chose it in a dialog."""
        ui = self._ui
        if command.id != UNDO:
            ui.inbox.undo.forget()
        refused = self._refusals.why_not(command, self._pressed_at)
        if refused:
            ui.notices.notify(refused, "warning")
            return
        ui.list.untouched = False

        async def work() -> None:
            done = self._handlers[command.id].run(ui, count)
            if done is not None:
                await done

        await ui.notices.tell_errors(work())
        self._flush()
        self._preview.arrived()


async def _drain(widget: Widget) -> None:
    """Let a widget handle the keys it was given before: a burst of typing that ends in ctrl+s is sent whole."""
    if not widget.is_running:
        return
    handled: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def reached() -> None:
        if not handled.done():
            handled.set_result(None)

    if widget.call_later(reached):
        await handled
