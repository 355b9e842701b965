"""A list that follows changes row by row is the list that a fresh query gives."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.inbox.actions.codec import overlay
from tui.inbox.search.list_model import ConversationList
from tui.model.rows import Change
from tui.model.selection import SORTS, Condition, Selection, Sort
from tui.store import conversations, listing
from tui.store.conversations import ServerConversation
from tui.store.store import Store

OPEN = Selection((Condition("state", "=", ("open",)),))
MINE = Selection((Condition("state", "=", ("open",)), Condition("admin", "=", ("7",))))


def record(number: int, *, state: str = "open", updated: int = 1, waiting: int = 0, admin: str = "",
           priority: bool = False) -> ServerConversation:  # fmt: skip
    return ServerConversation(
        str(1000 + number), "", state, True, priority, 1, updated, waiting, 0, admin, "", f"c{number}", "Ada", "a@b.c",
        "hi", "customer", "email", "", "", 0, "", 1,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "s.db")
    yield store
    store.close()


def put(store: Store, *records: ServerConversation) -> Change:
    changed = store.write_now(lambda db: conversations.put(db, records, overlay))
    return Change(conversations=frozenset(changed))


def ids(shown: ConversationList) -> list[str]:
    return [row.id for row in shown.rows(0, len(shown))]


_rows = st.builds(
    record,
    number=st.integers(0, 11),
    state=st.sampled_from(("open", "open", "closed", "snoozed")),
    updated=st.integers(1, 9),
    waiting=st.integers(0, 5),
    admin=st.sampled_from(("", "7", "8")),
    priority=st.booleans(),
)
_rounds = st.lists(
    st.tuples(
        st.lists(_rows, min_size=0, max_size=5, unique_by=lambda one: one.id),
        st.lists(st.integers(0, 11), max_size=2),
        st.integers(-1, 11),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(start=st.lists(_rows, max_size=12, unique_by=lambda one: one.id), rounds=_rounds,
       sort=st.sampled_from(SORTS), selection=st.sampled_from((OPEN, MINE)))  # fmt: skip
def test_following_changes_is_asking_again(
    store: Store, start: list[ServerConversation],
    rounds: list[tuple[list[ServerConversation], list[int], int]], sort: Sort, selection: Selection,
) -> None:  # fmt: skip
    store.write_now(lambda db: [db.execute("DELETE FROM conversations"), db.execute("DELETE FROM words")])
    put(store, *start)
    shown = ConversationList(store, "", selection, sort)
    clock = 10
    for changed, deleted, cursor in rounds:
        clock += 10  # Intercom's updated_at never goes back
        before = ids(shown)
        held = before[cursor] if 0 <= cursor < len(before) else ""
        gone = [str(1000 + number) for number in deleted]
        fresh = [one._replace(updated_at=clock + one.updated_at) for one in changed if one.id not in gone]
        touched = put(store, *fresh).conversations | set(gone)
        store.write_now(lambda db, gone=gone: conversations.delete(db, gone))  # type: ignore[misc]
        delta = shown.apply(Change(conversations=frozenset(touched)), held)

        numbers = listing.everything(store.reader, selection, sort)
        expected = [row.id for row in conversations.by_numbers(store.reader, numbers)]
        after = ids(shown)
        assert sorted(after) == sorted(expected)
        assert shown.total == len(expected)
        # all but the row under the cursor stand where a fresh query puts them, and it stands between its neighbours
        assert [one for one in after if one != held] == [one for one in expected if one != held]
        if held in after and held not in touched:
            assert after == expected
        if after != before:
            assert delta
        assert all(after[index] in touched for index in (*delta.inserted, *delta.changed) if held == "")
        if not delta.reset:
            assert len(after) == len(before) - delta.removed + len(delta.inserted)
        # the cursor goes on: what was held out of its place goes where it belongs
        shown.apply(Change(conversations=frozenset()), "")
        assert ids(shown) == expected


def test_the_row_under_the_cursor_stays_while_others_move(store: Store) -> None:
    put(store, *(record(n, waiting=n + 1) for n in range(5)))
    shown = ConversationList(store, "", OPEN, "waiting")
    change = put(store, record(0, updated=2, waiting=9))
    delta = shown.apply(change, "1000")
    assert ids(shown) == ["1000", "1001", "1002", "1003", "1004"]
    assert delta.changed == (0,)
    shown.apply(put(store, record(3, updated=2, waiting=1)), "1000")
    assert ids(shown) == ["1003", "1000", "1001", "1002", "1004"]
    shown.apply(Change(), "1004")
    assert ids(shown) == ["1003", "1001", "1002", "1004", "1000"]


def test_a_row_under_the_cursor_that_stands_right_lets_nobody_pass(store: Store) -> None:
    put(store, *(record(n, waiting=10 * n + 10) for n in range(5)))
    shown = ConversationList(store, "", OPEN, "waiting")
    change = put(store, record(0, updated=2, waiting=10), record(4, updated=2, waiting=15))
    shown.apply(change, "1000")
    assert ids(shown) == ["1000", "1004", "1001", "1002", "1003"]


def test_closing_the_row_under_the_cursor_takes_it_out(store: Store) -> None:
    put(store, *(record(n, waiting=n + 1) for n in range(3)))
    shown = ConversationList(store, "", OPEN, "waiting")
    delta = shown.apply(put(store, record(1, updated=2, state="closed")), "1001")
    assert ids(shown) == ["1000", "1002"]
    assert (delta.removed, delta.inserted, shown.index_of("1001")) == (1, (), -1)


async def test_a_long_list_is_right_however_it_comes_in(store: Store) -> None:
    rng = random.Random(3)
    records = [record(n, waiting=rng.randrange(1, 10_000), updated=n + 1) for n in range(1200)]
    put(store, *records)
    shown = ConversationList(store, "", OPEN, "waiting")
    assert (len(shown), shown.total, shown.loaded) == (200, 1200, False)
    first = ids(shown)
    assert await shown.load()
    assert (len(shown), ids(shown)[:200]) == (1200, first)
    many = put(store, *(one._replace(updated_at=5000, waiting_since=rng.randrange(1, 10_000)) for one in records[:600]))
    assert shown.apply(many).reset
    await shown.load()
    fresh = ConversationList(store, "", OPEN, "waiting")
    await fresh.load()
    assert ids(shown) == ids(fresh)
