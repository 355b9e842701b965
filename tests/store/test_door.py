"""Every statement goes through one door, and no error of SQLite or of a stored value gets past it."""

import ast
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.model.errors import StoreDamaged, StoreError
from tui.model.outbox import State
from tui.model.rows import AdminRow, DraftRow
from tui.model.selection import SORTS, Selection
from tui.store import conversations, listing, outbox, parts, people, seen
from tui.store.connection import Connection, Cursor, connect
from tui.store.store import Store

TUI = Path(__file__).parents[2] / "tui"


def _sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(TUI.rglob("*.py")):
        if "sandbox" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_only_the_door_opens_a_database() -> None:
    opening = [
        path.name
        for path, tree in _sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "sqlite3.connect"
    ]
    assert opening == ["connection.py"]


def test_stored_json_is_decoded_in_one_place() -> None:
    """A decoder of a stored column is only ever handed to ``decoded``, which says None to what cannot be read."""
    bypassing: list[str] = []
    for path, tree in _sources():
        if path.relative_to(TUI).parts[0] not in ("store", "inbox") or path.name == "soundness.py":
            continue
        decoders = {
            target.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and "Decoder(" in ast.unparse(node.value)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if (
                called in decoders
                or called == "msgspec.json.decode"
                or (called.endswith(").decode") and "Decoder(" in called)
            ):
                bypassing.append(f"{path.name}:{node.lineno} {called}")
    # numbers that SQLite joined itself are no stored column
    assert [one for one in bypassing if not one.startswith("listing.py")] == []


def test_whatever_gives_rows_is_ours() -> None:
    for name in ("execute", "fetchone", "fetchmany", "fetchall", "__iter__", "__next__", "executemany"):
        assert name in vars(Cursor), name
    for name in ("execute", "executemany", "cursor"):
        assert name in vars(Connection), name


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "inbox.db")
    yield store
    store.close()


def test_an_error_of_any_kind_leaves_as_ours(store: Store) -> None:
    for statement in (
        "SELECT * FROM nowhere", "SELECT nothing FROM outbox", "nonsense", "INSERT INTO meta VALUES ('a', NULL)",
        "SELECT json_extract('{', '$.a')",
    ):  # fmt: skip
        db = connect(store.path)
        with pytest.raises(StoreError):
            db.execute(statement).fetchall()
        db.close()
        with pytest.raises(StoreError):
            db.execute("SELECT 1")


def test_text_that_is_not_utf8_is_read(store: Store) -> None:
    with sqlite3.connect(store.path) as db:
        for number in range(600):
            db.execute(
                "INSERT INTO meta VALUES (?, CAST(? AS TEXT))", (f"k{number:04}", b"a\xffb" if number == 400 else b"ok")
            )
    rows = list(store.reader.execute("SELECT key, value FROM meta WHERE key LIKE 'k0%' ORDER BY key"))
    assert [row[0] for row in rows] == [f"k{number:04}" for number in range(600)]
    assert rows[400][1] == "a\ufffdb"
    assert people.meta(store.reader, "k0400") == "a\ufffdb"


@pytest.mark.parametrize("odd", [None, b"\xff", "", "words", 7, -1, 1 << 62, 1e300, float("inf"), "{", "x" * 5000])
def test_no_value_in_any_column_keeps_the_rest_from_being_read(tmp_path: Path, odd: object) -> None:
    """Each column of each table in turn; whoever reads gets rows, or is told that the store is damaged."""
    from tests.damage.made import make

    made = make(tmp_path, 6)
    path = made.closed / made.store
    db = sqlite3.connect(path)
    db.execute("PRAGMA writable_schema = ON")
    # a damaged page asks nobody whether a value may be NULL
    db.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE type = 'table' AND name <> 'words'")
    db.commit()
    db.close()
    db = sqlite3.connect(path)
    reader = connect(path, read_only=True)
    tables = ("conversations", "parts", "contacts", "admins", "drafts", "outbox", "bases", "seen", "counts", "meta")
    for table in tables:
        for column in [row[1] for row in db.execute(f"PRAGMA table_xinfo({table})")]:
            if column in ("n", "wait_key") or (table, column) == ("outbox", "id"):
                continue
            try:
                db.execute(f"UPDATE {table} SET {column} = ?", (odd,))
                db.commit()
            except sqlite3.IntegrityError:
                db.rollback()
                db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = 1" if table in ("outbox", "conversations")
                           else f"UPDATE OR IGNORE {table} SET {column} = ?", (odd,))  # fmt: skip
                db.commit()
            try:
                _read_everything(reader)
            except StoreDamaged as error:
                pytest.fail(f"{table}.{column}: {error}")
    reader.close()
    db.close()


def _read_everything(db: Connection) -> None:
    numbers = listing.window(db, Selection(), "waiting", 50)
    for sort in SORTS:
        keys = listing.matching(db, Selection(), sort, numbers)
        assert all(type(key) is int for key in keys.values())
        sorted(listing.sort_key(db, sort, number) for number in numbers)
    for row in conversations.by_numbers(db, numbers):
        assert type(row.updated_at) is int
        for part in parts.of_conversation(db, row.id):
            assert type(part.body) is str
        parts.ids_and_newest(db, row.id)
        conversations.base_of(db, row.id)
        seen.get(db, row.id)
    listing.total(db, Selection())
    conversations.newest_before(db, 1 << 40)
    people.find_contacts(db, "ada")
    people.directory(db, AdminRow)
    for draft in people.drafts(db):
        assert all(type(value) in (str, int) for value in (draft.conversation_id, draft.kind, draft.text))
    for action in [*outbox.unfinished(db), *outbox.recent(db, 0.0)]:
        assert (type(action.payload), type(action.state), type(action.created_at)) == (bytes, State, float)
        int(action.created_at)
    outbox.totals(db)
    people.meta(db, "workspace")


def test_a_wrong_draft_is_still_a_draft(store: Store) -> None:
    with sqlite3.connect(store.path) as db:
        db.execute("INSERT INTO drafts VALUES ('1', 'reply', ?, 5)", (b"caf\xe9 words",))
    assert people.drafts(store.reader) == [DraftRow("1", "reply", "caf\ufffd words", 5)]


def test_half_a_character_is_a_sentence_and_damages_nothing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.db")
    try:
        for ask in (
            lambda: store.reader.execute("SELECT 1 WHERE 'x' = ?", ("\udcfd",)),
            lambda: store.write_now(lambda db: people.put_drafts(db, [DraftRow("1", "note", "half \ud83d", 1)])),
        ):
            with pytest.raises(StoreError, match="Half of a character") as caught:
                ask()
            assert not isinstance(caught.value, StoreDamaged)
        assert conversations.get(store.reader, "1") is None
    finally:
        store.close()
