"""Words that may arrive twice: which actions are watched for a second copy, and when each is looked at next."""

import sqlite3
from typing import NamedTuple


class Watch(NamedTuple):
    """One watched action. Unix seconds: watched ``since``, ``until``, and looked at next at ``look_at``."""

    outbox_id: int
    since: float
    until: float
    look_at: float


def begin(db: sqlite3.Connection, outbox_id: int, now: float, until: float, look_at: float) -> None:
    """Watch an action from now on; one that is watched already is watched anew."""
    db.execute("INSERT OR REPLACE INTO watches VALUES (?, ?, ?, ?)", (outbox_id, now, until, look_at))


def every(db: sqlite3.Connection) -> list[Watch]:
    """All that are watched, the next to be looked at first."""
    return [Watch(*row) for row in db.execute("SELECT outbox_id, since, until, look_at FROM watches ORDER BY look_at")]


def put_off(db: sqlite3.Connection, watch: Watch, look_at: float) -> bool:
    """Look next at ``look_at``; False where another program has begun a look since ``watch`` was read."""
    cursor = db.execute(
        "UPDATE watches SET look_at = ? WHERE outbox_id = ? AND look_at = ?", (look_at, watch.outbox_id, watch.look_at)
    )
    return cursor.rowcount == 1


def end(db: sqlite3.Connection, watch: Watch) -> None:
    """The time is over, unless the action was watched anew meanwhile."""
    db.execute("DELETE FROM watches WHERE outbox_id = ? AND since = ?", (watch.outbox_id, watch.since))
