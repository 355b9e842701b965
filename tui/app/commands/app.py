"""The program itself: asking for news, painting anew, suspending."""

from tui.app.commands.base import command
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


@command("app.suspend", keys="ctrl+z", where=("global",), over_dialogs=True)
async def suspend(ui: Ui) -> None:
    """Suspend to the shell. Type fg there to return.

    The drafts go to the disk before: nobody knows for how long, or whether, this program runs again.
    """
    await ui.composer.save_drafts()
    if not ui.programs.suspend():
        ui.notices.notify(texts.NO_SHELL_TO_SUSPEND_TO, "warning")
