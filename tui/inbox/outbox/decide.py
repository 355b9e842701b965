"""What a person decides about actions that did not leave by themselves, or left twice."""

import time
from typing import TYPE_CHECKING

from tui.model.outbox import Hold, State
from tui.model.rows import OutboxRow

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox


def only_waiting(inbox: "Inbox") -> list[OutboxRow]:
    """The actions that wait only for the connection: no person must decide, and no running program may still undo."""
    box = inbox.outbox
    return [row for row in box.pending() if row not in box.attention() and not is_held_elsewhere(inbox, row)]


def is_held_elsewhere(inbox: "Inbox", row: OutboxRow) -> bool:
    """Whether a program that is running holds it for its undo window."""
    waits = row.state is State.HELD and row.held_for is Hold.UNDO and row.due_at > time.time()
    return waits and inbox.undo.whose(row.origin) == "another window"


async def release(inbox: "Inbox", row: OutboxRow, *, force: bool, now: bool) -> None:
    """Let an action leave that was refused or is held; ``force``: a reply even if somebody wrote meanwhile.

    ``now`` looks no longer for one that may have arrived. What another window may still undo leaves when its time is
    over.
    """
    if now and row.state is State.UNKNOWN:
        await inbox.outbox.send_again(row.id)
    if row.state in (State.REJECTED, State.HELD) and not is_held_elsewhere(inbox, row):
        await (inbox.outbox.send_anyway(row.id) if force else inbox.outbox.retry(row.id))


def sent_twice(inbox: "Inbox") -> list[OutboxRow]:
    """The copies of what was meant once, as long as nobody has decided about them."""
    return [row for row in inbox.outbox.attention() if row.held_for is Hold.TWICE]


def may_be_redacted(row: OutboxRow) -> bool:
    """Whether it is a copy that waits to be redacted."""
    return row.kind == "redact" and row.state in (State.HELD, State.REJECTED)
