"""The store: its file, its rows, its lists against a naive filter, and what happens when it is damaged."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.inbox.actions.codec import overlay
from tui.model.errors import StoreError, StoreTooNew, StoreUnwritable
from tui.model.outbox import State
from tui.model.rows import AttachmentRow, DraftRow, PartRow
from tui.model.selection import SORTS, Condition, Selection, Sort
from tui.store import conversations, listing, maintenance, outbox, parts, people
from tui.store.conversations import ServerConversation
from tui.store.schema import MIGRATIONS
from tui.store.store import Store


def record(number: int, **fields: object) -> ServerConversation:
    plain = ServerConversation(
        id=str(number), title=f"Title {number}", state="open", read=True, priority=False, created_at=1000,
        updated_at=2000, waiting_since=0, snoozed_until=0, admin="", team="", contact_id=f"c{number}",
        contact_name=f"Ada {number}", contact_email=f"ada{number}@x.example", preview="hello there",
        preview_by="customer", channel="email", tag_ids="", sla="", rating=0, rating_remark="", part_count=1,
    )  # fmt: skip
    return plain._replace(**fields)  # type: ignore[arg-type] # the test's own fields


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "state" / "inbox.db")


def test_file_is_private(store: Store) -> None:
    store.write_now(lambda db: people.set_meta(db, "a", "b"))
    for name in os.listdir(store.path.parent):
        assert stat.S_IMODE((store.path.parent / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_write_rolls_back_what_raises(store: Store) -> None:
    def job(db: sqlite3.Connection) -> None:
        people.set_meta(db, "a", "b")
        raise KeyError("stop")

    with pytest.raises(KeyError):
        store.write_now(job)
    assert people.meta(store.reader, "a") == ""
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.write_now(job)


def test_newer_store_is_refused_and_left_alone(store: Store) -> None:
    store.close()
    db = sqlite3.connect(store.path)
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    before = store.path.read_bytes()
    with pytest.raises(StoreTooNew, match="newer intercom-tui"):
        Store.open(store.path)
    assert store.path.read_bytes() == before


def test_unwritable_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnwritable, match="Cannot write the store"):
        Store.open(tmp_path / "file" / "inbox.db")


def test_older_word_is_ignored_and_newer_taken(store: Store) -> None:
    def put(item: ServerConversation) -> set[str]:
        return store.write_now(lambda db: conversations.put(db, [item], overlay))

    assert put(record(1, updated_at=50)) == {"1"}
    assert put(record(1, updated_at=50)) == set()
    assert put(record(1, updated_at=49, state="closed")) == set()
    assert put(record(1, updated_at=51, state="closed")) == {"1"}
    row = conversations.get(store.reader, "1")
    assert row is not None
    assert (row.state, row.updated_at) == ("closed", 51)


def test_thread_keeps_older_parts_than_intercom_sends(store: Store) -> None:
    def part(number: int, at: int, kind: str = "comment") -> PartRow:
        files = (AttachmentRow("a.png", "https://x.example/a", "image/png", 7),)
        return PartRow(str(number), "1", kind, f"<p>{number}</p>", at, attachments=files)

    def job(db: sqlite3.Connection) -> None:
        conversations.put(db, [record(1)], overlay)
        parts.put_thread(db, "1", [part(1, 100, "source"), part(9, 200), part(10, 200)])
        parts.put_thread(db, "1", [part(1, 100, "source"), part(10, 200), part(11, 300)])
        parts.put_thread(db, "1", [part(1, 100, "source"), part(11, 300)])

    store.write_now(job)
    assert [row.id for row in parts.of_conversation(store.reader, "1")] == ["1", "10", "11"]
    assert parts.of_conversation(store.reader, "1")[0].attachments[0].size == 7


def test_deleted_conversation_keeps_its_draft(store: Store) -> None:
    def job(db: sqlite3.Connection) -> None:
        conversations.put(db, [record(1), record(2)], overlay)
        people.put_drafts(db, [DraftRow("1", "reply", "words", 5)])
        conversations.delete(db, ["1"])

    store.write_now(job)
    assert conversations.get(store.reader, "1") is None
    assert [draft.text for draft in people.drafts(store.reader)] == ["words"]
    assert listing.total(store.reader, Selection()) == 1


def test_contacts_are_found_by_name_and_mail(store: Store) -> None:
    store.write_now(lambda db: conversations.put(db, [record(1), record(2, contact_name="Zoë [/] %x")], overlay))
    assert [row.id for row in people.find_contacts(store.reader, "ada 1")] == ["c1"]
    assert [row.id for row in people.find_contacts(store.reader, "zoe")] == []
    assert [row.id for row in people.find_contacts(store.reader, "zoë")] == ["c2"]
    assert people.find_contacts(store.reader, "%") == []


def test_damaged_store_is_moved_aside_and_unsent_work_saved(store: Store) -> None:
    def job(db: sqlite3.Connection) -> None:
        conversations.put(db, [record(n) for n in range(400)], overlay)
        people.put_drafts(db, [DraftRow("1", "reply", "precious", 5)])
        outbox.append(db, conversation_id="1", kind="reply", payload=b"{}", state=State.SENDING, now=1.0)
        outbox.append(db, conversation_id="1", kind="reply", payload=b"{}", state=State.DONE, now=1.0)

    store.write_now(job)
    store.close()
    whole = bytearray(store.path.read_bytes())
    db = sqlite3.connect(store.path)
    root, size = (
        db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'conversations'").fetchone()[0],
        db.execute("PRAGMA page_size").fetchone()[0],
    )
    db.close()
    whole[(root - 1) * size : root * size] = os.urandom(size)
    store.path.write_bytes(whole)
    (store.path.parent / (store.path.name + ".check")).touch()

    fresh, rescue = maintenance.open_store(store.path)
    assert rescue is not None
    assert Path(rescue.moved_to).exists()
    assert "1 drafts and 1 unsent actions" in rescue.sentence()
    assert [row.state for row in outbox.unfinished(fresh.reader)] == ["unsure"]
    assert people.drafts(fresh.reader)[0].text == "precious"
    fresh.close()
    again, nothing = maintenance.open_store(store.path)
    assert nothing is None
    again.close()


def test_a_file_that_is_no_database_is_moved_aside(tmp_path: Path) -> None:
    path = tmp_path / "inbox.db"
    path.write_bytes(b"this is not a database, " * 300)
    store, rescue = maintenance.open_store(path)
    assert rescue is not None
    assert rescue.drafts == 0
    store.close()


def test_clear_refuses_to_lose_unsent_work(store: Store) -> None:
    def job(db: sqlite3.Connection) -> None:
        conversations.put(db, [record(1)], overlay)
        outbox.append(db, conversation_id="1", kind="note", payload=b"{}", state=State.QUEUED, now=1.0)

    store.write_now(job)
    with pytest.raises(StoreError, match="1 unsent actions"):
        maintenance.clear(store)
    assert maintenance.info(store).conversations == 1
    assert maintenance.clear(store, force=True) == 1
    held = maintenance.info(store)
    assert (held.conversations, held.unsent, held.parts) == (0, 0, 0)


def test_retention_spares_what_is_open_or_unsent(store: Store) -> None:
    def job(db: sqlite3.Connection) -> int:
        rows = [record(n, state="closed", updated_at=100 + n) for n in range(4)]
        conversations.put(db, [*rows, record(9, updated_at=1)], overlay)
        people.put_drafts(db, [DraftRow("0", "note", "x", 1)])
        return maintenance.retain(db, before=103)

    assert store.write_now(job) == 2
    left = listing.everything(store.reader, Selection(), "oldest")
    assert [row.id for row in conversations.by_numbers(store.reader, left)] == ["9", "0", "3"]


NUMBER = st.integers(1, 6)
ROWS = st.lists(
    st.builds(
        record,
        NUMBER,
        state=st.sampled_from(["open", "closed", "snoozed"]),
        admin=st.sampled_from(["", "7", "8"]),
        team=st.sampled_from(["", "3"]),
        priority=st.booleans(),
        waiting_since=st.sampled_from([0, 10, 20, 30]),
        updated_at=st.integers(100, 104),
        tag_ids=st.sampled_from(["", " 1 ", " 1 2 ", " 12 "]),
        rating=st.integers(0, 5),
    ),
    max_size=14,
)
OPERATORS = st.sampled_from(["=", "!="])
COMPARING = st.sampled_from(["<", ">"])
CONDITIONS = st.lists(
    st.one_of(
        st.builds(Condition, st.just("state"), OPERATORS, st.sampled_from([("open",), ("closed", "snoozed")])),
        st.builds(Condition, st.just("admin"), OPERATORS, st.sampled_from([("",), ("7", "8"), ("8",)])),
        st.builds(Condition, st.just("tag"), OPERATORS, st.sampled_from([("1",), ("2", "12")])),
        st.builds(Condition, st.just("priority"), OPERATORS, st.sampled_from([(0,), (1,)])),
        st.builds(Condition, st.just("rating"), COMPARING, st.tuples(st.integers(0, 5))),
        st.builds(Condition, st.just("waiting_since"), COMPARING, st.sampled_from([(20,)])),
    ),
    max_size=3,
)  # fmt: skip


def holds(item: ServerConversation, condition: Condition) -> bool:
    value: object = getattr(item, condition.field if condition.field != "tag" else "tag_ids")
    wanted = condition.values
    match condition.field, condition.operator:
        case "tag", operator:
            return bool(set(str(value).split()) & {str(v) for v in wanted}) == (operator == "=")
        case "waiting_since" | "rating", "<":  # 0 is none
            return 0 < int(str(value)) < int(wanted[0])
        case _, "<":
            return int(str(value)) < int(wanted[0])
        case _, ">":
            return int(str(value)) > int(wanted[0])
        case "priority", operator:
            return (int(bool(value)) == wanted[0]) == (operator == "=")
        case _, operator:
            return (value in wanted) == (operator == "=")


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, conditions=CONDITIONS, sort=st.sampled_from(SORTS))
def test_lists_hold_what_a_naive_filter_holds(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[ServerConversation],
    conditions: list[Condition],
    sort: Sort,
) -> None:
    store = Store.open(tmp_path_factory.mktemp("s") / "inbox.db")
    try:
        for row in rows:
            store.write_now(lambda db, row=row: conversations.put(db, [row], overlay))  # type: ignore[misc]
        newest: dict[str, ServerConversation] = {}
        for row in rows:
            old = newest.get(row.id)
            if old is None or row.updated_at >= old.updated_at:
                newest[row.id] = row
        selection = Selection(tuple(conditions))
        expected = {row.id for row in newest.values() if all(holds(row, one) for one in conditions)}
        numbers = listing.everything(store.reader, selection, sort)
        shown = conversations.by_numbers(store.reader, numbers)
        assert {row.id for row in shown} == expected
        assert listing.total(store.reader, selection) == len(expected)
        assert listing.window(store.reader, selection, sort, 100) == list(numbers)
        keys = [listing.matching(store.reader, selection, sort, [row.n])[row.n] for row in shown]
        assert keys == sorted(keys)
    finally:
        store.close()


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("field", ["state", "admin", "team"])
def test_views_never_scan_the_table(store: Store, sort: Sort, field: str) -> None:
    plans: list[str] = []
    conditions = [Condition("state", "=", ("open",))]
    if field == "admin":
        conditions.append(Condition("admin", "=", ("7",)))
    elif field == "team":
        conditions.append(Condition("team", "=", ("7",)))

    class Explaining:
        """A connection that tells SQLite's plan of each query (https://www.sqlite.org/eqp.html)."""

        def execute(self, query: str, values: tuple[str | int, ...] = ()) -> sqlite3.Cursor:
            plans.extend(row[3] for row in store.reader.execute("EXPLAIN QUERY PLAN " + query, values))
            return store.reader.execute(query, values)

    db: sqlite3.Connection = Explaining()  # type: ignore[assignment] # only execute is asked of it
    listing.window(db, Selection(tuple(conditions)), sort, 200)
    listing.total(db, Selection(tuple(conditions)))
    conversations.by_numbers(db, [1, 2, 3])
    conversations.get(db, "1")
    parts.of_conversation(db, "1")
    outbox.unfinished(db)
    assert plans
    for plan in plans:
        assert not plan.startswith("SCAN") or "USING" in plan or plan.startswith("SCAN counts"), plan
        # the team of a priority list is the one sort in memory: SQLite has no index with both
        assert "TEMP B-TREE" not in plan, plan
