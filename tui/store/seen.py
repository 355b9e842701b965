"""Which parts of a conversation a person has had before them; ``conversations.seen_at`` only has a second."""

import sqlite3

from tui.store import conversations, soundness


def get(db: sqlite3.Connection, conversation_id: str) -> bytes:
    """What was stored last, ``b""`` where nothing was. What the bytes mean is :mod:`tui.inbox.incoming`'s business."""
    found = db.execute("SELECT what FROM seen WHERE conversation_id = ?", (conversation_id,)).fetchone()
    return soundness.text(found[0]).encode() if found is not None else b""


def put(db: sqlite3.Connection, conversation_id: str, what: bytes, at: int) -> None:
    """Remember ``what`` was seen of a stored conversation, up to the second ``at`` (``created_at``)."""
    known = db.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
    if known is None:
        return
    db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (conversation_id, what))
    conversations.set_seen(db, conversation_id, at)
