"""The decisions on unsent actions that only a person can take: a reply held back, a reply refused."""

import time
from collections.abc import Callable

from tui.app.commands import unknown_delivery
from tui.app.dialogs.confirm import Answer, Confirm
from tui.app.ui import Ui
from tui.app.widgets.thread_items import event_line
from tui.inbox import incoming
from tui.inbox.situation import action_state, action_words, connection_state
from tui.model.labels import texts
from tui.model.outbox import Hold, State
from tui.model.rows import OutboxRow, PartRow

_MOST_PARTS = 40
"""Parts shown when a reply is held: laying out the text of one takes a millisecond."""


def decide(ui: Ui, row: OutboxRow, edited: Callable[[], None] = lambda: None) -> None:
    """Ask what is to become of an action; `edited` is called when its words are in the composer again."""
    if row.state is State.REJECTED:
        _rejected(ui, row, edited)
    elif row.state is State.UNKNOWN:
        unknown_delivery.ask_unknown(ui, row, lambda: ask_discard(ui, row))
    elif row.held_for is Hold.TWICE:
        unknown_delivery.ask_twice(ui, row)
    elif row.state is State.HELD and row.held_for is not Hold.UNDO:
        _stale(ui, row, edited)
    else:
        now = time.time()
        state = action_state(row.state, row.held_for, row.counts_to, connection_state(ui.inbox.status, now), now)
        ui.notices.notify(f"{ui.inbox.outbox.describe(row)}: {action_words(state, due_in=row.counts_to - now)}.")


async def reopen(ui: Ui, row: OutboxRow) -> None:
    """Take an action out of the outbox; its words go back to the composer."""
    box = ui.inbox.outbox
    await ui.composer.save_drafts()
    if box.text_of(row)[0]:
        result = await box.reopen(row.id)
    elif row.state in (State.HELD, State.QUEUED):
        result = await box.undo(row.id)
    else:
        why = texts.REJECTED_NOTHING_TO_UNDO if row.state is State.REJECTED else texts.IT_IS_BEING_SENT
        ui.notices.notify(f"{box.describe(row)}: {why}.", "warning")
        return
    ui.notices.notify(result.message)
    if result.draft_kind:
        ui.thread.open(result.conversation_id)
        ui.composer.compose(result.draft_kind, text=result.text, conversation_id=result.conversation_id)


def ask_discard(ui: Ui, row: OutboxRow) -> None:
    """Ask whether an action is to be dropped for good."""

    async def discard() -> None:
        ui.notices.notify(await ui.inbox.outbox.discard(row.id))

    lines = [(ui.inbox.outbox.describe(row), "strong"), (texts.THIS_CANNOT_BE_UNDONE, "warning")]
    ui.dialogs.show(Confirm("Delete?", lines, [Answer("D", texts.DELETE_FOR_GOOD, discard)]))


def _answers(ui: Ui, row: OutboxRow, first: Answer, edited: Callable[[], None]) -> list[Answer]:
    async def edit() -> None:
        await reopen(ui, row)
        edited()

    async def discard() -> None:
        ask_discard(ui, row)

    edits = [Answer("e", "edit", edit)] if ui.inbox.outbox.text_of(row)[0] else []
    seen = [unknown_delivery.it_arrived(ui, row)] if row.settles_at and row.held_for == "given up" else []
    return [first, *edits, *seen, Answer("d", "delete", discard)]


def _rejected(ui: Ui, row: OutboxRow, edited: Callable[[], None]) -> None:
    async def retry() -> None:
        ui.notices.notify(await ui.inbox.outbox.retry(row.id))

    lines = [
        (ui.inbox.outbox.describe(row), "strong"),
        ("", ""),
        (texts.REJECTED_BY_INTERCOM, ""),
        (row.reason or texts.NO_REASON_GIVEN, "error"),
    ]
    ui.dialogs.show(Confirm(texts.NOT_SENT, lines, _answers(ui, row, Answer("r", texts.TRY_AGAIN, retry), edited)))


def _stale(ui: Ui, row: OutboxRow, edited: Callable[[], None]) -> None:
    box = ui.inbox.outbox
    came = box.came_in(row)
    shown = came[:_MOST_PARTS]

    async def send() -> None:
        # past what is shown here, and no further
        ui.seen.was_shown(row.conversation_id, shown)
        ui.notices.notify(await box.send_anyway(row.id, shown))

    lines: list[tuple[str, str]] = [(_why(ui, row), "warning"), ("", "")]
    for part in shown:
        lines += _part_lines(part)
    if len(came) > len(shown):
        lines += [(texts.MORE_AFTER_THESE.format(count=len(came) - len(shown)), "warning"), ("", "")]
    lines += [(texts.YOUR_REPLY, "key"), (box.text_of(row)[1] or box.describe(row), "")]
    title = texts.NEW_MESSAGES_TITLE if row.held_for == "stale" else "Held"
    ui.dialogs.show(
        Confirm(
            title, lines, _answers(ui, row, Answer("s", texts.SEND_ANYWAY, send, after_reading=True), edited), width=72
        )
    )


def _why(ui: Ui, row: OutboxRow) -> str:
    """Why it is held, by what is known now: more may have come in since the reason was written down."""
    holding = ui.inbox.outbox.held_by(row) if row.held_for == "stale" else []
    if holding:
        return incoming.held_sentence(holding)
    return row.reason or texts.NEW_MESSAGES_WHILE_WRITTEN


def _part_lines(part: PartRow) -> list[tuple[str, str]]:
    from tui.text.html import to_text

    who = incoming.name_of(part)
    if not part.body and not part.attachments and not part.is_message:
        return [(event_line(part), "dim"), ("", "")]
    label = f"{who} (note):" if part.is_note else f"{who}:"
    text = to_text(part.body, quotes=False).strip()
    files = "\n".join(f"[{file.name}]" for file in part.attachments)
    return [(label, "key"), ("\n".join(filter(None, (text, files))) or texts.NO_TEXT, ""), ("", "")]
