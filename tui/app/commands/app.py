"""The program itself: asking for news, painting anew, suspending."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.themes import AUTOMATIC, CHOICES
from tui.app.ui import Ui
from tui.model.labels import texts


@command("app.refresh", keys="R", words="reload, sync, update, fetch, new messages")
def refresh(ui: Ui) -> None:
    """Check Intercom for new messages now."""
    ui.inbox.sync.refresh()
    if ui.target.current:
        ui.inbox.threads.open(ui.target.current)
    ui.notices.notify(texts.CHECKING_FOR_NEW_MESSAGES)


@command("app.redraw", keys="ctrl+l", where=("global",), over_dialogs=True)
def redraw(ui: Ui) -> None:
    """Redraw the screen if the display is garbled."""
    ui.programs.redraw()


@command("app.theme", words="colour color dark light night contrast appearance")
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
            ui.notices.notify(texts.THEME_UNTIL_YOU_QUIT.format(theme=name))
        elif name == AUTOMATIC:
            ui.notices.notify(texts.THEME_FROM_NEXT_START)
        else:
            ui.notices.notify(f"Theme: {name}.")

    choices = [dialogs.Choice(name, name, what) for name, what in CHOICES]
    ui.dialogs.show(dialogs.Picker("Theme", choices, choose, preview=show))


@command("app.suspend", keys="ctrl+z", where=("global",), over_dialogs=True)
async def suspend(ui: Ui) -> None:
    """Suspend to the shell. Type fg there to return.

    The drafts go to the disk before: nobody knows for how long, or whether, this program runs again.
    """
    await ui.composer.save_drafts()
    if not ui.programs.suspend():
        ui.notices.notify(texts.NO_SHELL_TO_SUSPEND_TO, "warning")
