"""Leaving the program, and what is asked before."""

import asyncio
from collections.abc import Coroutine

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.inbox.actions.codec import silent_kinds
from tui.model.labels import texts

_SEND_WITHIN = 1.0
"""Seconds that what waits out its undo window gets to be sent before leaving."""


@command("app.quit", title="Quit", keys="q", hint="quit", rank=99, words="exit, leave, stop, log out, sign out")
def leave(ui: Ui) -> None:
    """Quit. Asks first when there are unsent actions."""
    _leave(ui)


@command("app.quit-now", title="Quit from anywhere", keys="ctrl+q", where=("global",), words="exit now, leave now")
def leave_from_anywhere(ui: Ui) -> None:
    """Quit from anywhere. Asks first when there are unsent actions."""
    _leave(ui)


def _leave(ui: Ui) -> None:
    """What is held may be sent now; ask only when something is not sent: it is kept for next time, but people should
    know. Whoever asks again meanwhile leaves at once."""
    box = ui.inbox.outbox
    if ui.inbox.is_ending:
        ui.programs.leave()
        return
    held = any(row.state == "held" and row.held_for == "undo" and row.origin == box.origin for row in box.pending())
    if held and ui.inbox.status.connection == "online":
        ui.notices.notify(texts.SENDING_HELD)
        ui.background.start(_ask_after(ui, ui.inbox.send_held(_SEND_WITHIN)))
    else:
        _ask(ui)


async def _ask_after(ui: Ui, sending: Coroutine[None, None, None]) -> None:
    await sending
    _ask(ui)


def _ask(ui: Ui) -> None:
    unsent = [
        row
        for row in ui.inbox.outbox.pending()
        if row.state != "rejected" and row.kind not in silent_kinds() and row.held_for != "twice"
    ]

    async def leave_now() -> None:
        ui.programs.leave()

    if not unsent:
        if ui.options.confirm_quit:
            answers = [dialogs.Answer("q", "quit", leave_now)]
            ui.dialogs.show(dialogs.Confirm("Quit?", [(texts.EVERYTHING_IS_SENT, "")], answers))
        else:
            ui.programs.leave()
        return
    lines = [(texts.not_reached(len(unsent)), "")]
    lines += [(f"  {ui.inbox.outbox.describe(row)}", "dim") for row in unsent[:6]]
    lines += [(f"  {texts.AND_MORE.format(count=len(unsent) - 6)}", "dim")] if len(unsent) > 6 else []
    lines += [("", ""), (texts.NOTHING_IS_LOST, "")]

    async def wait() -> None:
        ui.notices.notify(texts.QUITTING_WHEN_SENT)
        ui.background.start(_leave_when_sent(ui))

    ui.dialogs.show(
        dialogs.Confirm(
            texts.QUIT_WITH_UNSENT_ACTIONS,
            lines,
            [
                dialogs.Answer("q", texts.quit_now(len(unsent)), leave_now),
                dialogs.Answer("w", texts.wait_until_sent(len(unsent)), wait),
            ],
        )
    )


async def _leave_when_sent(ui: Ui) -> None:
    moved = asyncio.Event()
    unsubscribe = ui.inbox.changes.subscribe(lambda change: moved.set() if change.outbox or change.status else None)
    try:
        while any(row.state != "rejected" and row.held_for in ("", "undo") for row in ui.inbox.outbox.pending()):
            moved.clear()
            await moved.wait()
    finally:
        unsubscribe()
    ui.programs.leave()
