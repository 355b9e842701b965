"""The program itself: asking for news, painting anew, suspending."""

from tui.app.commands.base import command
from tui.app.commands.context import Context


@command("app.refresh", keys="R")
def refresh(ctx: Context) -> None:
    """Ask Intercom now what is new."""
    ctx.inbox.sync.refresh()
    if ctx.conversation_id:
        ctx.inbox.threads.open(ctx.conversation_id)
    ctx.notify("Asking Intercom what is new.")


@command("app.redraw", keys="ctrl+l", where=("global",), over_dialogs=True)
def redraw(ctx: Context) -> None:
    """Paint the whole screen again."""
    ctx.redraw()


@command("app.suspend", keys="ctrl+z", where=("global",), over_dialogs=True)
async def suspend(ctx: Context) -> None:
    """Suspend to the shell; fg there brings it back.

    The drafts go to the disk before: nobody knows for how long, or whether, this program runs again.
    """
    await ctx.save_drafts()
    if not ctx.suspend():
        ctx.notify("There is no shell here to suspend to.", "warning")
