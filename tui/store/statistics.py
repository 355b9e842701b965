"""How many conversations wait, are with whom, came and were closed: counted by SQLite, for a thread.

Each function looks at every row of a state or a time, so none of them belongs on a key press.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from tui.model.rows import ConversationRow
from tui.model.selection import Condition, Selection
from tui.store import conversations, listing
from tui.store.soundness import text, whole

OPEN = Selection((Condition("state", "=", ("open",)),))


class WaitCounts(NamedTuple):
    """Of the conversations of a selection: how many there are, how many wait in each step, and missed their SLA."""

    total: int
    steps: tuple[int, ...]
    missed: int


class Load(NamedTuple):
    """The open conversations of a teammate, ``""`` for those without one, and how many of them wait."""

    admin_id: str
    open: int
    waiting: int


def stored(db: sqlite3.Connection) -> dict[str, int]:
    """How many conversations there are of each state, from the kept counts."""
    rows = db.execute("SELECT state, total(total) FROM counts GROUP BY state")
    return {text(state): whole(total) for state, total in rows}


def wait_counts(db: sqlite3.Connection, selection: Selection, edges: Sequence[int]) -> WaitCounts:
    """Count a selection by how long the customer waits.

    ``edges`` are Unix seconds, the latest first: a wait that began at an edge or before it belongs to the next step, so
    there is one step more than edges.
    """
    where, values = listing.to_sql(selection)
    bounds: list[tuple[str, tuple[int, ...]]] = [("c.waiting_since > ?", (edges[0],))]
    bounds += [
        ("c.waiting_since > ? AND c.waiting_since <= ?", (below, edge))
        for edge, below in zip(edges, [*edges[1:], 0], strict=True)
    ]
    counts = ", ".join(f"total({clause})" for clause, _ in bounds)
    query = f"SELECT count(*), total(c.sla = 'missed'), {counts} FROM conversations c WHERE {where}"  # noqa: S608
    limits = [limit for _, one in bounds for limit in one]
    total, missed, *steps = db.execute(query, (*limits, *values)).fetchone()
    return WaitCounts(whole(total), tuple(whole(step) for step in steps), whole(missed))


def loads(db: sqlite3.Connection) -> list[Load]:
    """The open conversations by teammate, the most first."""
    rows = db.execute(
        "SELECT admin, count(*) held, total(waiting_since > 0) FROM conversations WHERE state = 'open'"
        " GROUP BY admin ORDER BY held DESC, admin"
    )
    return [Load(text(admin), whole(held), whole(waiting)) for admin, held, waiting in rows]


def arrivals(db: sqlite3.Connection, starts: Sequence[int]) -> list[int]:
    """How many conversations began in each span; ``starts`` are Unix seconds in order, the last span has no end."""
    return _spread(db, "created_at", "1", starts)


def closes(db: sqlite3.Connection, starts: Sequence[int]) -> list[int]:
    """How many conversations that are closed changed last in each span, as :func:`arrivals`."""
    return _spread(db, "updated_at", "state = 'closed'", starts)


def _spread(db: sqlite3.Connection, column: str, where: str, starts: Sequence[int]) -> list[int]:
    cases = " ".join(f"WHEN {column} >= ? THEN {at}" for at in range(len(starts) - 1, -1, -1))
    query = (
        f"SELECT CASE {cases} END span, count(*) FROM conversations"  # noqa: S608 - our words
        f" WHERE {where} AND {column} >= ? GROUP BY span"
    )
    counted = {whole(span): whole(total) for span, total in db.execute(query, (*reversed(starts), starts[0]))}
    return [counted.get(at, 0) for at in range(len(starts))]


def oldest_waits(db: sqlite3.Connection, limit: int) -> list[ConversationRow]:
    """The open conversations whose customers wait longest."""
    waiting = Selection((*OPEN.conditions, Condition("waiting_since", ">", (0,))))
    return conversations.by_numbers(db, listing.window(db, waiting, "waiting", limit))
