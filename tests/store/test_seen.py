"""What was seen, as it is stored: in stores of older programs too, and gone with the conversation."""

import sqlite3
from pathlib import Path

from tui.inbox.actions.codec import overlay
from tui.store import conversations, seen
from tui.store.conversations import ServerConversation
from tui.store.schema import MIGRATIONS
from tui.store.store import Store


def conversation(cid: str) -> ServerConversation:
    return ServerConversation(
        cid, "", "open", True, False, 1, 2, 0, 0, "", "", "", "", "", "", "customer", "", "", "", 0, "", 0
    )


def test_a_store_of_the_first_version_opens_and_keeps_the_second_that_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    db = sqlite3.connect(path)
    db.executescript(MIGRATIONS[0])
    db.execute("PRAGMA user_version = 1")
    db.close()
    store = Store.open(path)
    try:
        store.write_now(lambda db: conversations.put(db, [conversation("1")], overlay))
        store.write_now(lambda db: conversations.set_seen(db, "1", 77))
        assert seen.get(store.reader, "1") == b""
        row = conversations.get(store.reader, "1")
        assert row is not None
        assert row.seen_at == 77
    finally:
        store.close()


def test_what_was_seen_goes_with_the_conversation_and_stays_with_nothing_else(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "s.db")
    try:
        store.write_now(lambda db: conversations.put(db, [conversation("1"), conversation("2")], overlay))
        for cid in ("1", "2", "not stored"):
            store.write_now(lambda db, cid=cid: seen.put(db, cid, b"what", 5))  # type: ignore[misc]
        assert seen.get(store.reader, "not stored") == b""
        store.write_now(lambda db: conversations.delete(db, ["1"]))
        assert (seen.get(store.reader, "1"), seen.get(store.reader, "2")) == (b"", b"what")
    finally:
        store.close()
