"""What the thread shows and folds."""

from tui.app.commands.base import command
from tui.app.ui import Ui


@command("thread.quotes", keys="Q", where=("list", "thread"))
def quoted_text(ui: Ui) -> None:
    """Show or hide quoted e-mail text and signatures."""
    ui.thread.view.toggle_quotes()


@command("thread.events", keys="E", where=("list", "thread"), words="history, log, activity, audit")
def events(ui: Ui) -> None:
    """Show or hide assignments, tags and other events."""
    ui.thread.view.toggle_events()
