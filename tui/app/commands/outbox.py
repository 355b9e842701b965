"""The outbox: what has not reached Intercom, and what waits for a person."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.model.labels import texts
from tui.model.rows import OutboxRow


@command("outbox.show", title="Outbox", keys="O", words="unsent, queued, sending, failed, pending, stuck")
def show_outbox(ui: Ui) -> None:
    """Show unsent actions."""
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


@command(
    "outbox.decide", title="Review", keys="ctrl+o", where=("global",), words="decide, held, rejected, twice, duplicate"
)
def decide_next(ui: Ui) -> None:
    """Review a reply that was held or rejected, may have arrived, or was sent twice."""
    waiting = [*ui.inbox.outbox.attention(), *ui.inbox.outbox.unknown()]
    if not waiting:
        ui.notices.notify(texts.NOTHING_TO_REVIEW)
        return
    from tui.app.commands import decisions

    decisions.decide(ui, waiting[0])
