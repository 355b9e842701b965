"""Two copies of words that were meant once: when that can happen, and how it is told.

It is told in the journal: a ``redact`` of the copy, which waits for a person (``held_for`` ``twice``). So it survives
any restart, every program on the store shows it, and nothing else waits for it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.inbox.actions.base import Action, shortened
from tui.inbox.actions.codec import decode, encode
from tui.inbox.actions.redact import Redact
from tui.inbox.outbox import reconcile
from tui.model.labels import outcomes
from tui.model.outbox import TAKEN_BACK, Hold, State
from tui.store import outbox, watches

if TYPE_CHECKING:
    from tui.model.rows import OutboxRow

WATCHED = 3600.0
"""Seconds for which words that left a second time are watched for a second copy."""

FIRST_LOOK = 2.0
_LONGEST_PAUSE = 60.0

SENT_TWICE = outcomes.BOTH_COPIES_ARE_THERE
AFTER_ALL = outcomes.ARRIVED_AFTER_UNDO


def begin(db: sqlite3.Connection, outbox_id: int, now: float) -> None:
    """Watch words from now on: an earlier attempt may have arrived, or still may."""
    watches.begin(db, outbox_id, now, now + WATCHED, now + FIRST_LOOK)


def pause(watched_for: float) -> float:
    """Seconds until the next look at what has been watched for so many: ever longer ones, up to a minute."""
    return min(_LONGEST_PAUSE, max(FIRST_LOOK, watched_for / 4))


def tell(db: sqlite3.Connection, row: OutboxRow, ours: Sequence[str], since: float, now: float) -> list[int]:
    """Journal what is there once too often; the outbox ids of what a person must decide now.

    ``ours`` are the ids of all parts (or contact notes) with the words of the action ``row``, oldest first; some may be
    those of other actions with the same words, which were meant. ``since``: the Unix time since which it is watched.
    """
    action = decode(row.payload)
    left, meant = _left(db, row, action, ours), 0 if row.state in TAKEN_BACK else 1
    meant += _may_be_others(db, row, action, since)
    left.sort(key=lambda part_id: part_id != row.part_id)
    return [_journal(db, row, action, part_id, now) for part_id in left[meant:]]


def _left(db: sqlite3.Connection, row: OutboxRow, action: Action, ours: Sequence[str]) -> list[str]:
    """What is neither another action's nor told already."""
    known = {
        part_id
        for part_id, outbox_id in db.execute(
            "SELECT part_id, id FROM outbox WHERE conversation_id = ? AND part_id <> ''", (row.conversation_id,)
        )
        if outbox_id != row.id
    }
    told = db.execute(
        "SELECT payload FROM outbox WHERE conversation_id = ? AND kind = 'redact'", (row.conversation_id,)
    )
    copies = (decode(payload) for (payload,) in told)
    known |= {one.part_id for one in copies if isinstance(one, Redact) and one.contact_id == action.contact_id}
    return [part_id for part_id in ours if part_id not in known]


def _may_be_others(db: sqlite3.Connection, row: OutboxRow, action: Action, since: float) -> int:
    """How many other actions with the same words may be there, without it being known by which part."""
    words = reconcile.essence(action.html)
    found = db.execute(
        "SELECT payload FROM outbox WHERE conversation_id = ? AND id <> ? AND part_id = '' AND kind <> 'redact'"
        " AND state IN ('sending', 'unsure', 'done') AND (finished_at = 0 OR finished_at >= ?)",
        (row.conversation_id, row.id, min(since, row.created_at)),
    )
    others = [decode(payload) for (payload,) in found]
    return sum(
        one.contact_id == action.contact_id and one.traces == action.traces and reconcile.essence(one.html) == words
        for one in others
        if one.carries_text
    )


def _journal(db: sqlite3.Connection, row: OutboxRow, action: Action, part_id: str, now: float) -> int:
    copy = Redact(
        conversation_id=action.conversation_id,
        contact_id=action.contact_id,
        contact_name=action.contact_name,
        acting_as=action.acting_as,
        title=shortened(action.text),
        part_id=part_id,
        copy_of=row.id,
    )
    outbox_id = outbox.append(
        db, conversation_id=row.conversation_id, kind="redact", payload=encode(copy), state=State.HELD, now=now,
        held_for=Hold.TWICE,
    )  # fmt: skip
    outbox.move(
        db, outbox_id, State.HELD, held_for=Hold.TWICE, reason=AFTER_ALL if row.state in TAKEN_BACK else SENT_TWICE
    )
    return outbox_id
