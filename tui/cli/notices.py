"""What commands say on stderr beside what they came to: waits, what is still unknown, what was sent twice."""

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.cli.complaint import complain
from tui.model.labels import shell_texts, situations

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.model.rows import Change, OutboxRow

_WORTH_A_WORD = 1.5
_GIVES_UP = 76.0
"""Seconds: who would have to wait longer is told so by the error."""


def say_waits(inbox: "Inbox") -> "Callable[[Change], None]":
    """A listener that says on stderr, once a wait, that the command waits for the rate limit."""
    said_until = 0.0

    def hear(change: "Change") -> None:
        nonlocal said_until
        until = inbox.status.waiting_until
        left = until - time.time()
        if not change.status or not _WORTH_A_WORD < left < _GIVES_UP or until <= said_until + 1:
            return
        said_until = until
        what = situations.NOT_AVAILABLE if inbox.status.unavailable else situations.RATE_LIMITED
        complain(situations.RETRYING_IN.format(what=what, seconds=math.ceil(left)))

    return hear


def still_unknown(inbox: "Inbox") -> "Callable[[OutboxRow], None]":
    """What says on stderr that an action is still being looked for."""
    from tui.inbox.situation import ConnectionState, action_state, action_words

    def tell(row: "OutboxRow") -> None:
        now = time.time()
        words = action_words(action_state("unsure", "", 0.0, ConnectionState.ONLINE, now), due_in=row.settles_at - now)
        complain(f"{inbox.outbox.describe(row)}: {words}")

    return tell


def say_twice(inbox: "Inbox") -> None:
    """Say on stderr what was sent twice, as long as nobody has decided about it."""
    from tui.inbox.outbox.decide import sent_twice

    for row in sent_twice(inbox):
        template = shell_texts.SENT_TWICE if row.conversation_id else shell_texts.SENT_TWICE_TO_KEEP
        complain(template.format(what=inbox.outbox.describe(row), number=row.id))


def say_watched(inbox: "Inbox", now: datetime) -> None:
    """A line on stderr for each action that is watched, in the time zone of ``now``."""
    from tui.text.durations import clock

    for watch in inbox.duplicate_watch.watched():
        row = inbox.outbox.get(watch.outbox_id)
        if row is not None:
            until = clock(int(watch.until), now.tzinfo or UTC)
            complain(shell_texts.WATCHED.format(until=until, what=inbox.outbox.describe(row), number=row.id))


def say_not_copied(trouble: str) -> None:
    """Say that Intercom has done its part and this machine's copy failed, where ``trouble`` tells why."""
    if trouble:
        complain(shell_texts.DONE_BUT_NOT_COPIED.format(trouble=trouble))
