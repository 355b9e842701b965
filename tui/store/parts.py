"""The parts of threads: one range of a table each."""

import sqlite3
from collections.abc import Sequence

import msgspec

from tui.model.decoders import decoder
from tui.model.outbox import Hold, State
from tui.model.rows import AttachmentRow, PartRow
from tui.store import soundness
from tui.store.outbox import OPEN_LIST

_ENCODE = msgspec.json.Encoder().encode
_SETTLED = ("", "", 0.0)
_DECODE = decoder(tuple[AttachmentRow, ...])
_KINDS: tuple[soundness.Kind, ...] = (int, str, str, str, str, str, str, int, str, str, str, int, int)
"""The types of the columns that :func:`of_conversation` selects."""
_INSERT = "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def of_conversation(db: sqlite3.Connection, conversation_id: str) -> list[PartRow]:
    """A thread, oldest first, the source message before all, our unconfirmed parts at the end.

    What still waits out its undo window shows only where it carries words: nothing has happened to the conversation.
    """
    states = {
        outbox_id: ((held_for if state == State.HELD and held_for != Hold.UNDO else state), reason, due_at)
        for outbox_id, state, held_for, reason, due_at in db.execute(
            "SELECT id, state, held_for, CAST(reason AS TEXT),"  # noqa: S608 - our own words
            " CAST(iif(state = 'unsure', settles_at, due_at) AS REAL) FROM outbox"
            f" WHERE conversation_id = ? AND state IN {OPEN_LIST}",
            (conversation_id,),
        )
    }
    rows = db.execute(
        "SELECT p.created_at, p.id, p.part_type, p.body, p.author_type, p.author_id, p.author_name, p.from_ai,"
        " p.assigned_to, p.attachments, p.detail, p.redacted, p.outbox_id FROM parts p"
        " WHERE p.n = (SELECT n FROM conversations WHERE id = ?)",
        (conversation_id,),
    ).fetchall()
    rows = [row if tuple(map(type, row)) == _KINDS else soundness.made_good(row, _KINDS) for row in rows]
    # ids grow with time but are text: shorter is older within a second
    rows.sort(key=lambda row: (row[12], row[2] != "source", row[0], len(row[1]), row[1]))
    found: list[PartRow] = []
    for row in rows:
        pending, reason, due_at = states.get(row[12], _SETTLED)
        if pending == "held" and not row[3]:
            continue
        found.append(
            PartRow(
                row[1], conversation_id, row[2], row[3], row[0], row[4], row[5], row[6], bool(row[7]), row[8],
                (soundness.decoded(_DECODE, row[9]) or ()) if row[9] else (), reason or row[10], bool(row[11]), row[12],
                pending, due_at,
            )
        )  # fmt: skip
    return found


def put_thread(db: sqlite3.Connection, conversation_id: str, parts: Sequence[PartRow]) -> None:
    """Replace a thread by what Intercom sent; older parts than its newest 500 stay, as do our unconfirmed ones."""
    found = db.execute("SELECT n FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
    if found is None:
        return
    n = found[0]
    oldest = min((part.created_at for part in parts if part.part_type != "source"), default=0)
    db.execute(
        "DELETE FROM parts WHERE n = ? AND outbox_id = 0 AND (created_at >= ? OR part_type = 'source')", (n, oldest)
    )
    db.executemany(_INSERT, [_values(n, part) for part in parts])


def put(db: sqlite3.Connection, conversation_id: str, part: PartRow) -> None:
    """Add or replace one part (an optimistic one carries its ``outbox_id``)."""
    found = db.execute("SELECT n FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
    if found is not None:
        db.execute(_INSERT, _values(found[0], part))


def drop_pending(db: sqlite3.Connection, outbox_id: int) -> None:
    """Take an unconfirmed part off the screen: its action is confirmed, refused or withdrawn."""
    # the second condition is what lets SQLite use the partial index, and not walk every part there is
    db.execute("DELETE FROM parts WHERE outbox_id = ? AND outbox_id > 0", (outbox_id,))


def ids_and_newest(db: sqlite3.Connection, conversation_id: str) -> tuple[set[str], int]:
    """The ids of the stored, confirmed parts and the newest ``created_at`` among them (0: none)."""
    rows = db.execute(
        "SELECT id, created_at FROM parts WHERE n = (SELECT n FROM conversations WHERE id = ?) AND outbox_id = 0",
        (conversation_id,),
    ).fetchall()
    return {row[0] for row in rows}, max((soundness.whole(row[1]) for row in rows), default=0)


def _values(n: int, part: PartRow) -> tuple[object, ...]:
    return (
        n, part.created_at, part.id, part.part_type, part.body, part.author_type, part.author_id, part.author_name,
        part.from_ai, part.assigned_to, _ENCODE(part.attachments).decode() if part.attachments else "", part.detail,
        part.redacted, part.outbox_id,
    )  # fmt: skip
