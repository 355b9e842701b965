"""The journal of actions: rows in, rows out, and the moves between states that must be one statement each.

The states and the moves between them are those of :mod:`tui.model.outbox`. What the actions mean is the inbox's
business.
"""

import math
import sqlite3
from collections.abc import Sequence

import msgspec

from tui.model.decoders import decoder
from tui.model.errors import StoreError
from tui.model.labels import store_errors
from tui.model.log import logger
from tui.model.outbox import FINISHED, OPEN, Hold, State, hold_of, sources, state_of
from tui.model.rows import OutboxRow
from tui.store import soundness

OPEN_LIST = f"({', '.join(repr(state.value) for state in OPEN)})"
"""The open states as SQL writes them; the partial indexes of the journal have the same words."""
DAMAGED = store_errors.ACTION_DAMAGED
"""Why an action waits that cannot be read as it was journaled."""
_log = logger("outbox")
_OBJECT = decoder(dict[str, msgspec.Raw])
_STATES: frozenset[str] = frozenset(State)
_SOURCES = {state: f"({', '.join(repr(one.value) for one in sorted(sources(state)))})" for state in State}
"""The states that may become a state, as SQL writes them."""

_LONGEST_AFTER_JUMP = 60.0
"""Seconds for which anything may still wait after the clock was set back."""

_SELECT = (
    "SELECT id, conversation_id, kind, payload, state, created_at, due_at, held_for, reason, attempts, sent_at,"
    " lease_owner, lease_until, baseline, part_id, undoes, finished_at, force, batch, origin,"
    " settles_at FROM outbox "
)
_OPEN = f"state IN {OPEN_LIST}"


def append(
    db: sqlite3.Connection,
    *,
    conversation_id: str,
    kind: str,
    payload: bytes,
    state: State,
    now: float,
    due_at: float = 0.0,
    held_for: Hold = Hold.NONE,
    reason: str = "",
    baseline: bytes = b"",
    undoes: int = 0,
    force: bool = False,
    batch: str = "",
    origin: str = "",
) -> int:
    """Journal an action; return its id."""
    cursor = db.execute(
        "INSERT INTO outbox (conversation_id, kind, payload, state, created_at, due_at, held_for, reason, baseline,"
        " undoes, force, batch, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (conversation_id, kind, payload, state, now, due_at, held_for, reason, baseline, undoes, force, batch, origin),
    )
    if cursor.lastrowid is None:
        raise StoreError(store_errors.NOT_JOURNALED)
    _log.info("action %d: %s, %s %s", cursor.lastrowid, kind, state, held_for)
    return cursor.lastrowid


def put_back(db: sqlite3.Connection, row: OutboxRow) -> int:
    """Journal an action that was lost, under its old number where that is free; return its number."""
    taken = db.execute("SELECT 1 FROM outbox WHERE id = ?", (row.id,)).fetchone() is not None
    names = [name for name in OutboxRow.__struct_fields__ if name != "id"]
    cursor = db.execute(
        f"INSERT INTO outbox (id, {', '.join(names)}) VALUES (?, {', '.join('?' * len(names))})",  # noqa: S608
        (None if taken else row.id, *(getattr(row, name) for name in names)),
    )
    return int(cursor.lastrowid or 0)


def replace(db: sqlite3.Connection, row: OutboxRow) -> None:
    """Write all columns of an action that is there."""
    names = [name for name in OutboxRow.__struct_fields__ if name != "id"]
    db.execute(
        f"UPDATE outbox SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",  # noqa: S608 - our own names
        (*(getattr(row, name) for name in names), row.id),
    )


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


def by_origin(db: sqlite3.Connection, origin: str, since: float, limit: int) -> list[OutboxRow]:
    """Actions that one program journaled after ``since`` (Unix seconds), whatever their state, newest first."""
    query = _SELECT + "INDEXED BY outbox_origin WHERE origin = ? AND created_at > ? ORDER BY id DESC LIMIT ?"
    return [_row(row) for row in db.execute(query, (origin, since, limit))]


def of_batch(db: sqlite3.Connection, batch: str) -> list[OutboxRow]:
    """Every action of a batch, whatever its state, oldest first; none for ``""``."""
    query = _SELECT + "WHERE batch = ? AND batch <> '' ORDER BY id"
    return [_row(row) for row in db.execute(query, (batch,))]


def rewrite(db: sqlite3.Connection, outbox_id: int, payload: bytes) -> None:
    """Replace what an action that has not left says."""
    db.execute("UPDATE outbox SET payload = ? WHERE id = ?", (payload, outbox_id))


def end_undo_window(db: sqlite3.Connection, origin: str, now: float) -> list[int]:
    """Let what one program holds for its undo window leave now; return which actions that are, oldest first."""
    rows = db.execute(
        "UPDATE outbox SET due_at = min(due_at, ?) WHERE state = 'held' AND held_for = 'undo' AND origin = ?"
        " RETURNING id",
        (now, origin),
    )
    return sorted(row[0] for row in rows.fetchall())


def jumped(
    db: sqlite3.Connection,
    *,
    origin: str,
    owner: str,
    now: float,
    before: float,
    undo_seconds: float,
    lease_until: float,
) -> None:
    """The wall clock jumped from ``before`` to ``now``: times that one program wrote by the old clock are moved.

    What is left of an undo window stays left; nothing waits longer for the clock being set back; leases stay ours.
    """
    db.execute("UPDATE outbox SET lease_until = ? WHERE lease_owner = ? AND lease_owner <> ''", (lease_until, owner))
    is_window = "state = 'held' AND held_for = 'undo' AND origin = ?"
    if now > before:
        db.execute(
            f"UPDATE outbox SET due_at = due_at + ? WHERE {is_window} AND due_at > 0 AND created_at <= ?",  # noqa: S608
            (now - before, origin, before),
        )
        # the machine may have slept: what may have arrived is looked for a while before it may leave again
        db.execute(
            "UPDATE outbox SET settles_at = max(settles_at, ?) WHERE state = 'unsure' AND settles_at >= ?",
            (now + _LONGEST_AFTER_JUMP, before),
        )
        return
    db.execute(f"UPDATE outbox SET due_at = min(due_at, ?) WHERE {is_window}", (now + undo_seconds, origin))  # noqa: S608
    db.execute(
        "UPDATE outbox SET due_at = min(due_at, ?) WHERE state IN ('ready', 'unsure')", (now + _LONGEST_AFTER_JUMP,)
    )
    db.execute(
        "UPDATE outbox SET settles_at = min(settles_at, ?) WHERE state = 'unsure'", (now + 2 * _LONGEST_AFTER_JUMP,)
    )
    db.execute("UPDATE watches SET look_at = min(look_at, ?)", (now + _LONGEST_AFTER_JUMP,))


def totals(db: sqlite3.Connection) -> dict[tuple[State, Hold], int]:
    """How many unfinished actions there are by ``(state, held_for)``."""
    query = f"SELECT state, held_for, count(*) FROM outbox INDEXED BY outbox_unfinished WHERE {_OPEN} GROUP BY 1, 2"  # noqa: S608
    found: dict[tuple[State, Hold], int] = {}
    for state, held_for, total in db.execute(query):
        key = state_of(state), hold_of(held_for)
        found[key] = found.get(key, 0) + total
    return found


def settled_at(db: sqlite3.Connection) -> float:
    """Until when (Unix seconds) actions whose fate is unknown are looked for at most, 0 where there are none."""
    query = f"SELECT max(settles_at) FROM outbox INDEXED BY outbox_unfinished WHERE {_OPEN} AND state = 'unsure'"  # noqa: S608
    return float(db.execute(query).fetchone()[0] or 0.0)


def claim(
    db: sqlite3.Connection, outbox_id: int, *, from_states: Sequence[State], to_state: State, owner: str, now: float,
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
    _log.info("action %d: claimed, %s%s", outbox_id, to_state, "" if cursor.rowcount == 1 else " refused")
    return cursor.rowcount == 1


def move(
    db: sqlite3.Connection, outbox_id: int, state: State, *, owner: str | None = None, now: float = 0.0,
    due_at: float = 0.0, held_for: Hold = Hold.NONE, reason: str = "", part_id: str | None = None,
    baseline: bytes | None = None,
) -> bool:  # fmt: skip
    """Put an action into ``state`` and end its lease; with ``owner``, only while that owner holds it.

    Finished states get ``finished_at = now``. True where the row was changed: a move that
    :data:`tui.model.outbox.MOVES` does not have changes nothing.
    """
    finished = now if state in FINISHED else 0.0
    cursor = db.execute(
        "UPDATE outbox SET state = ?, due_at = ?, held_for = ?, reason = ?, lease_owner = '', lease_until = 0,"  # noqa: S608
        " finished_at = ?, part_id = coalesce(?, part_id), baseline = coalesce(?, baseline)"
        f" WHERE id = ? AND (? IS NULL OR lease_owner = ?) AND state IN {_SOURCES[state]}",
        (state, due_at, held_for, reason, finished, part_id, baseline, outbox_id, owner, owner),
    )
    _log.info("action %d: %s %s%s", outbox_id, state, held_for, "" if cursor.rowcount == 1 else " refused")
    return cursor.rowcount == 1


def renew(db: sqlite3.Connection, outbox_id: int, owner: str, until: float) -> bool:
    """Keep a lease of ours until the Unix time ``until``; False where it is no longer ours."""
    cursor = db.execute("UPDATE outbox SET lease_until = ? WHERE id = ? AND lease_owner = ?", (until, outbox_id, owner))
    return cursor.rowcount == 1


def inherit(db: sqlite3.Connection, row: OutboxRow, now: float, settles_at: float) -> bool:
    """End the lease of a worker that is gone, as ``row`` shows it; what it was sending becomes ``unsure``, looked for
    until ``settles_at`` (Unix seconds).

    False where the row has moved since it was read.
    """
    cursor = db.execute(
        "UPDATE outbox SET lease_owner = '', lease_until = 0, sent_at = iif(state = 'sending', ?, sent_at),"
        " settles_at = iif(state = 'sending', ?, settles_at), held_for = '',"
        " state = iif(state = 'sending', 'unsure', state)"
        " WHERE id = ? AND lease_owner = ? AND lease_until = ? AND state = ?",
        (now, settles_at, row.id, row.lease_owner, row.lease_until, row.state),
    )
    _log.warning("action %d: left behind while %s", row.id, row.state)
    return cursor.rowcount == 1


def unsent(db: sqlite3.Connection, outbox_id: int) -> None:
    """The last attempt never left: it does not count. What an earlier one may have left behind is still looked for."""
    db.execute(
        "UPDATE outbox SET attempts = max(0, attempts - 1), baseline = iif(settles_at > 0, baseline, x'') WHERE id = ?",
        (outbox_id,),
    )


def unknown(db: sqlite3.Connection, outbox_id: int, sent_at: float, settles_at: float) -> None:
    """Since ``sent_at`` nobody knows whether it arrived: it is looked for until ``settles_at`` (Unix seconds)."""
    db.execute("UPDATE outbox SET sent_at = ?, settles_at = ? WHERE id = ?", (sent_at, settles_at, outbox_id))


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


KINDS: tuple[soundness.Kind, ...] = (
    int, str, str, bytes, str, float, float, str, str, int, float, str, float, bytes, str, int, float, int, str, str,
    float,
)  # fmt: skip
"""The types of the columns of :data:`_SELECT`."""


def is_sound(row: tuple) -> bool:  # type: ignore[type-arg] # a row of _SELECT
    """Whether every column holds what it should, and the state is one there is."""
    return (
        tuple(map(type, row)) == KINDS
        and math.isfinite(row[5] + row[6] + row[10] + row[12] + row[16] + row[20])
        and row[4] in _STATES
    )


def set_aside(row: OutboxRow, reason: str = DAMAGED, held_for: Hold = Hold.DAMAGED) -> OutboxRow:
    """The action as one that waits for a person and is nobody's to send."""
    return msgspec.structs.replace(
        row, state=State.HELD, held_for=held_for, reason=reason, due_at=0.0, lease_owner="", lease_until=0.0,
        finished_at=0.0,
    )  # fmt: skip


def made_good(row: tuple) -> OutboxRow:  # type: ignore[type-arg] # a row of _SELECT
    """What can be read of a row that is not sound; it waits for a person, whatever it says of its state."""
    return set_aside(row_of(soundness.made_good(row, KINDS)))


def unsound(db: sqlite3.Connection) -> list[OutboxRow]:
    """The actions of which some column holds what it never should, or the payload is cut.

    They are as they can still be read, and wait for a person. Looks at every row.
    """
    states = ", ".join(f"'{state}'" for state in sorted(_STATES))
    odd = [row[0] for row in db.execute(f"SELECT id FROM outbox WHERE state IS NULL OR state NOT IN ({states})")]  # noqa: S608
    marks = ", ".join("?" * len(odd))
    rows = db.execute(_SELECT + f"WHERE {_OPEN} OR id IN ({marks}) ORDER BY id", odd)
    return [made_good(row) for row in rows if not is_sound(row) or soundness.decoded(_OBJECT, row[3]) is None]


def _row(row: tuple) -> OutboxRow:  # type: ignore[type-arg] # a row of _SELECT
    return row_of(row) if is_sound(row) else made_good(row)


def row_of(row: tuple) -> OutboxRow:  # type: ignore[type-arg] # of the types of KINDS
    """An action of its columns."""
    values = (*row[:4], state_of(row[4]), *row[5:7], hold_of(row[7]), *row[8:17], bool(row[17]), *row[18:])
    return OutboxRow(*values)
