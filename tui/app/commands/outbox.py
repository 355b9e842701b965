"""The outbox: what has not reached Intercom, and what waits for a person."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.model.rows import OutboxRow


@command("outbox.show", title="Outbox", keys="O")
def show_outbox(ui: Ui) -> None:
    """Show what has not reached Intercom."""
    from tui.app.commands import decisions

    box = ui.inbox.outbox

    async def retry(row: OutboxRow) -> None:
        ui.notices.notify(await box.retry(row.id))

    keys = dialogs.Decisions(
        decide=lambda row, edited: decisions.decide(ui, row, edited),
        take_back=lambda row: decisions.reopen(ui, row),
        retry=retry,
        discard=lambda row: decisions.ask_discard(ui, row),
    )
    ui.dialogs.show(dialogs.OutboxScreen(ui.inbox, keys))


@command("outbox.decide", title="Decide", keys="ctrl+o", where=("global",))
def decide_next(ui: Ui) -> None:
    """Decide on what was held back or refused, may have arrived, or was sent twice."""
    waiting = [*ui.inbox.outbox.attention(), *ui.inbox.outbox.unknown()]
    if not waiting:
        ui.notices.notify("Nothing waits for a decision.")
        return
    from tui.app.commands import decisions

    decisions.decide(ui, waiting[0])
