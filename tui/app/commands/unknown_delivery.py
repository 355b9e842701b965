"""What a person can decide about words that may have arrived, and about words that arrived twice."""

import time
from collections.abc import Callable

from tui.app.dialogs.confirm import Answer, Confirm
from tui.app.ui import Ui
from tui.inbox.actions import codec as acts
from tui.inbox.actions.redact import Redact
from tui.inbox.situation import action_state, action_words, connection_state
from tui.model.labels import texts
from tui.model.rows import OutboxRow


def it_arrived(ui: Ui, row: OutboxRow) -> Answer:
    """The answer of who has seen it."""

    async def arrived() -> None:
        ui.notices.notify(await ui.inbox.outbox.arrived(row.id))

    return Answer("a", texts.IT_ARRIVED, arrived)


def ask_unknown(ui: Ui, row: OutboxRow, discard: Callable[[], None]) -> None:
    """Delivery unknown: wait for what the looks tell, or decide now. `discard` asks whether to drop it."""
    now = time.time()
    state = action_state(row.state, row.held_for, row.counts_to, connection_state(ui.inbox.status, now), now)

    async def send() -> None:
        ui.notices.notify(await ui.inbox.outbox.send_again(row.id))

    async def drop() -> None:
        discard()

    words = action_words(state, due_in=row.counts_to - now)
    lines = [
        (ui.inbox.outbox.describe(row), "strong"),
        ("", ""),
        (f"{words[:1].upper()}{words[1:]}.", "warning"),
        (row.reason, "dim"),
        (texts.UNKNOWN_DELIVERY_MEANS, ""),
    ]
    answers = [Answer("s", texts.SEND_IT_AGAIN_NOW, send), it_arrived(ui, row), Answer("d", "delete", drop)]
    ui.dialogs.show(Confirm(texts.DELIVERY_UNKNOWN, [line for line in lines if line != ("", "dim")], answers))


def ask_twice(ui: Ui, row: OutboxRow) -> None:
    """Two copies are there: redact one, or let both stay. Of a contact's notes, say where one can be deleted."""
    box = ui.inbox.outbox
    action = acts.decode(row.payload)
    copy = action if isinstance(action, Redact) else Redact()
    first = box.get(copy.copy_of)
    text = box.text_of(first)[1] if first is not None else copy.title

    async def redact() -> None:
        ui.notices.notify(await box.retry(row.id))

    async def keep() -> None:
        ui.notices.notify(await box.discard(row.id))

    lines = [(row.reason, "warning"), ("", ""), (text, ""), ("", "")]
    answers = [Answer("k", texts.KEEP_BOTH, keep)]
    if row.conversation_id:
        lines.append((texts.REDACTING_MEANS, "dim"))
        answers.insert(0, Answer("r", texts.REDACT_THE_COPY, redact))
    else:
        from tui.inbox.outbox.outbox import NO_REDACTING

        lines.append((NO_REDACTING, ""))
    ui.dialogs.show(Confirm(texts.SENT_TWICE, lines, answers, width=72))
