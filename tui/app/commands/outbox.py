"""The outbox: what has not reached Intercom, and what waits for a person."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.commands.context import Context


@command("outbox.show", title="Outbox", keys="O")
def show_outbox(ctx: Context) -> None:
    """Show what has not reached Intercom."""
    ctx.show(dialogs.OutboxScreen(ctx))


@command("outbox.decide", title="Decide", keys="ctrl+o", where=("global",))
def decide_next(ctx: Context) -> None:
    """Decide on what was held back or refused, may have arrived, or was sent twice."""
    waiting = [*ctx.inbox.outbox.attention(), *ctx.inbox.outbox.unknown()]
    if not waiting:
        ctx.notify("Nothing waits for a decision.")
        return
    dialogs.decide(ctx, waiting[0])
