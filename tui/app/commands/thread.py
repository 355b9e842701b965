"""What the thread shows and folds."""

from tui.app.commands.base import command
from tui.app.commands.context import Context


@command("thread.quotes", keys="Q", where=("list", "thread"))
def quoted_text(ctx: Context) -> None:
    """Show or fold quoted e-mail."""
    ctx.thread.toggle_quotes()


@command("thread.events", keys="E", where=("list", "thread"))
def events(ctx: Context) -> None:
    """Show or fold assignments, tags and other events."""
    ctx.thread.toggle_events()
