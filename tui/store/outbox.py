"""The journal of actions: rows in, rows out, and the moves between states that must be one statement each.

States: ``held`` → ``ready`` → ``sending`` → ``done`` | ``rejected`` | ``unsure``; a person may make it ``undone`` or
``discarded``. What the actions mean is the inbox's business.
"""

import sqlite3
from collections.abc import Sequence

from tui.store.rows import OutboxRow

OPEN_STATES = ("held", "ready", "sending", "unsure", "rejected")
"""States that still want something to happen."""

_SELECT = (
    "SELECT id, conversation_id, kind, payload, state, created_at, due_at, held_for, reason, attempts, sent_at,"
    " lease_owner, lease_until, baseline, part_id, undoes, finished_at, force FROM outbox "
)
_OPEN = "state IN ('held', 'ready', 'sending', 'unsure', 'rejected')"


def append(
    db: sqlite3.Connection,
    *,
    conversation_id: str,
    kind: str,
    payload: bytes,
    state: str,
    now: float,
    due_at: float = 0.0,
    held_for: str = "",
    baseline: bytes = b"",
    undoes: int = 0,
    force: bool = False,
) -> int:
    """Journal an action; return its id."""
    cursor = db.execute(
        "INSERT INTO outbox (conversation_id, kind, payload, state, created_at, due_at, held_for, baseline, undoes,"
        " force) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (conversation_id, kind, payload, state, now, due_at, held_for, baseline, undoes, force),
    )
    if cursor.lastrowid is None:
        raise sqlite3.DatabaseError("no row was journaled")
    return cursor.lastrowid


def get(db: sqlite3.Connection, outbox_id: int) -> OutboxRow | None:
    """One action, or None."""
    row = db.execute(_SELECT + "WHERE id = ?", (outbox_id,)).fetchone()
    return _row(row) if row else None


def unfinished(db: sqlite3.Connection) -> list[OutboxRow]:
    """Every action that still wants something to happen, oldest first."""
    return [_row(row) for row in db.execute(_SELECT + f"INDEXED BY outbox_unfinished WHERE {_OPEN} ORDER BY id")]


def effective(db: sqlite3.Connection, conversation_id: str) -> list[OutboxRow]:
    """The actions whose effect the screen shows on top of Intercom's word: unfinished and not refused."""
    query = _SELECT + f"WHERE conversation_id = ? AND {_OPEN} AND state <> 'rejected' ORDER BY id"
    return [_row(row) for row in db.execute(query, (conversation_id,))]


def of_conversation(db: sqlite3.Connection, conversation_id: str) -> list[OutboxRow]:
    """The unfinished actions of a conversation, oldest first."""
    return [
        _row(row)
        for row in db.execute(_SELECT + f"WHERE conversation_id = ? AND {_OPEN} ORDER BY id", (conversation_id,))
    ]


def recent(db: sqlite3.Connection, since: float, limit: int = 100) -> list[OutboxRow]:
    """Actions journaled after ``since`` (Unix seconds), whatever their state, newest first."""
    query = _SELECT + "WHERE created_at > ? ORDER BY id DESC LIMIT ?"
    return [_row(row) for row in db.execute(query, (since, limit))]


def totals(db: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """How many unfinished actions there are by ``(state, held_for)``."""
    query = f"SELECT state, held_for, count(*) FROM outbox INDEXED BY outbox_unfinished WHERE {_OPEN} GROUP BY 1, 2"  # noqa: S608
    return {(state, held_for): total for state, held_for, total in db.execute(query)}


def claim(
    db: sqlite3.Connection, outbox_id: int, *, from_states: Sequence[str], to_state: str, owner: str, now: float,
    lease_until: float, sent_at: float | None = None,
) -> bool:  # fmt: skip
    """Lease an action for one process: True for the one that got it. A living lease of another is respected.

    What waits for a person, or whose undo window still runs, is nobody's to send, whatever the caller had read before.
    """
    marks = ",".join("?" * len(from_states))
    cursor = db.execute(
        f"UPDATE outbox SET state = ?, lease_owner = ?, lease_until = ?, sent_at = coalesce(?, sent_at), held_for = '',"  # noqa: S608
        f" attempts = attempts + (? = 'sending') WHERE id = ? AND state IN ({marks})"
        " AND (lease_owner IN ('', ?) OR lease_until <= ?)"
        " AND (state <> 'held' OR (held_for = 'undo' AND due_at <= ?))",
        (to_state, owner, lease_until, sent_at, to_state, outbox_id, *from_states, owner, now, now),
    )
    return cursor.rowcount == 1


def move(
    db: sqlite3.Connection, outbox_id: int, state: str, *, owner: str | None = None, now: float = 0.0,
    due_at: float = 0.0, held_for: str = "", reason: str = "", part_id: str | None = None,
    baseline: bytes | None = None,
) -> bool:  # fmt: skip
    """Put an action into ``state`` and end its lease; with ``owner``, only while that owner holds it.

    Finished states get ``finished_at = now``. True where the row was changed.
    """
    finished = now if state in ("done", "undone", "discarded") else 0.0
    cursor = db.execute(
        "UPDATE outbox SET state = ?, due_at = ?, held_for = ?, reason = ?, lease_owner = '', lease_until = 0,"
        " finished_at = ?, part_id = coalesce(?, part_id), baseline = coalesce(?, baseline)"
        " WHERE id = ? AND (? IS NULL OR lease_owner = ?)",
        (state, due_at, held_for, reason, finished, part_id, baseline, outbox_id, owner, owner),
    )
    return cursor.rowcount == 1


def renew(db: sqlite3.Connection, outbox_id: int, owner: str, until: float) -> bool:
    """Keep a lease of ours until the Unix time ``until``; False where it is no longer ours."""
    cursor = db.execute("UPDATE outbox SET lease_until = ? WHERE id = ? AND lease_owner = ?", (until, outbox_id, owner))
    return cursor.rowcount == 1


def inherit(db: sqlite3.Connection, row: OutboxRow, now: float) -> bool:
    """End the lease of a worker that is gone, as ``row`` shows it; what it was sending becomes ``unsure``.

    False where the row has moved since it was read.
    """
    cursor = db.execute(
        "UPDATE outbox SET lease_owner = '', lease_until = 0, sent_at = CASE state WHEN 'sending' THEN ? ELSE sent_at"
        " END, held_for = '', state = CASE state WHEN 'sending' THEN 'unsure' ELSE state END"
        " WHERE id = ? AND lease_owner = ? AND lease_until = ? AND state = ?",
        (now, row.id, row.lease_owner, row.lease_until, row.state),
    )
    return cursor.rowcount == 1


def unsent(db: sqlite3.Connection, outbox_id: int) -> None:
    """The last attempt never left: it does not count, and nothing needs to be looked for."""
    db.execute("UPDATE outbox SET attempts = max(0, attempts - 1), baseline = x'' WHERE id = ?", (outbox_id,))


def pending_targets(db: sqlite3.Connection) -> set[str]:
    """The conversations on which an unfinished action of ours shows."""
    query = (
        f"SELECT DISTINCT conversation_id FROM outbox INDEXED BY outbox_unfinished WHERE {_OPEN}"  # noqa: S608
        " AND state <> 'rejected' AND conversation_id <> ''"
    )
    return {row[0] for row in db.execute(query)}


def claimed_parts(db: sqlite3.Connection, conversation_id: str) -> set[str]:
    """Ids of Intercom's parts that are known to be the effect of an action of ours."""
    query = "SELECT part_id FROM outbox WHERE conversation_id = ? AND part_id <> ''"
    return {row[0] for row in db.execute(query, (conversation_id,))}


def forget_finished(db: sqlite3.Connection, before: float) -> int:
    """Drop finished actions older than ``before`` (Unix seconds); return how many."""
    return db.execute(
        "DELETE FROM outbox WHERE finished_at > 0 AND finished_at < ? AND state IN ('done', 'undone', 'discarded')",
        (before,),
    ).rowcount


def _row(row: tuple) -> OutboxRow:  # type: ignore[type-arg] # a row of _SELECT
    values = (*row[:17], bool(row[17]))
    return OutboxRow(*values)
