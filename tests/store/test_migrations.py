"""Stores that earlier programs wrote open, with everything in them."""

import sqlite3
from pathlib import Path

import pytest

from tui.store import conversations
from tui.store.schema import APPLICATION_ID, MIGRATIONS, _statements
from tui.store.store import Store

_OLD = (
    "id, title, state, read, priority, created_at, updated_at, waiting_since, snoozed_until, admin, team, contact_id,"
    " contact_name, contact_email, preview, preview_by, channel, tag_ids, sla, rating, rating_remark,"
    " part_count, thread_updated_at"
)


def _old_store(path: Path, version: int, *, parts: int = 2) -> None:
    """A store as the program of that version wrote it, with a conversation."""
    db = sqlite3.connect(path, isolation_level=None)
    for script in MIGRATIONS[:version]:
        for statement in _statements(script):
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {version}")
    values = (
        "7", "Title", "open", 1, 0, 5, 6, 0, 0, "", "3", "c", "Ada", "", "words", "customer", "", " 1 ", "", 0, "",
        parts, 6,
    )  # fmt: skip
    db.execute(f"INSERT INTO conversations ({_OLD}) VALUES ({', '.join('?' * len(values))})", values)
    db.execute("INSERT INTO words (rowid, head, thread) VALUES (1, 'Title Ada words', '')")
    db.close()


def test_long_threads_of_older_stores_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    _old_store(path, 1, parts=712)
    store = Store.open(path)
    try:
        row = conversations.get(store.reader, "7")
        assert row is not None
        assert row.thread_updated_at == 0
    finally:
        store.close()


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_store_of_every_earlier_version_opens_with_what_it_holds(tmp_path: Path, version: int) -> None:
    path = tmp_path / "store.sqlite3"
    _old_store(path, version)
    store = Store.open(path)
    try:
        row = conversations.get(store.reader, "7")
        assert row is not None
        assert (row.title, row.contact_name, row.team_assignee_id, row.tag_ids, row.part_total) == (
            "Title", "Ada", "3", ("1",), 0,
        )  # fmt: skip
        assert row.attributes == ""
        assert store.reader.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    finally:
        store.close()
