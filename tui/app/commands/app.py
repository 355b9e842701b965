"""The program itself: asking for news, painting anew, suspending."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.themes import AUTOMATIC, CHOICES
from tui.app.ui import Ui


@command("app.refresh", keys="R")
def refresh(ui: Ui) -> None:
    """Ask Intercom now what is new."""
    ui.inbox.sync.refresh()
    if ui.target.current:
        ui.inbox.threads.open(ui.target.current)
    ui.notices.notify("Asking Intercom what is new.")


@command("app.redraw", keys="ctrl+l", where=("global",), over_dialogs=True)
def redraw(ui: Ui) -> None:
    """Paint the whole screen again."""
    ui.programs.redraw()


@command("app.theme")
def theme(ui: Ui) -> None:
    """Choose the colours; each theme is shown while you look for one."""
    before = ui.programs.theme

    def show(name: str) -> None:
        ui.programs.theme = before if name in ("", AUTOMATIC) else name

    async def choose(values: list[str]) -> None:
        name = values[0]
        ui.programs.theme = before if name == AUTOMATIC else name
        await ui.inbox.prefer("theme", "" if name == AUTOMATIC else name)
        if ui.options.theme_is_set:
            ui.notices.notify(f"Theme {name} until you quit: the settings name another one under [ui] theme.")
        elif name == AUTOMATIC:
            ui.notices.notify("Theme: dark or light as the terminal is, from the next start on.")
        else:
            ui.notices.notify(f"Theme: {name}.")

    choices = [dialogs.Choice(name, name, what) for name, what in CHOICES]
    ui.dialogs.show(dialogs.Picker("Theme", choices, choose, preview=show))


@command("app.suspend", keys="ctrl+z", where=("global",), over_dialogs=True)
async def suspend(ui: Ui) -> None:
    """Suspend to the shell; fg there brings it back.

    The drafts go to the disk before: nobody knows for how long, or whether, this program runs again.
    """
    await ui.composer.save_drafts()
    if not ui.programs.suspend():
        ui.notices.notify("There is no shell here to suspend to.", "warning")
