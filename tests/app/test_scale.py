"""What a key costs the store: the same at any size, and never a scan. Counted in SQLite's steps, not in time."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.bench.stock import SHORT, fill
from tui.inbox.actions import codec as acts
from tui.inbox.actions.codec import overlay
from tui.inbox.actions.state import Close
from tui.inbox.inbox import Inbox
from tui.model.outbox import State
from tui.model.rows import Change, DraftRow, PartRow
from tui.model.selection import SORTS
from tui.store import conversations, outbox, parts, people
from tui.store.conversations import ServerConversation
from tui.store.store import Store

SMALL, LARGE = 600, 9_000
STEP = 20
"""SQLite tells of every so many steps."""
GROWTH = 2.0
"""How much more a key may cost on a store fifteen times as large: trees grow a level."""
FEW = ("SCAN counts", "SCAN admins", "SCAN teams", "SCAN tags", "SCAN CONSTANT ROW", "SCAN j", "SCAN outbox")
"""Tables of a few rows, and the newest hundred of our own actions. A conversation has two drafts at most."""
OURS = ("SCAN bases", "SCAN main.words_config")
"""Conversations with an unconfirmed action of ours; what the full-text index keeps about itself."""
RECORD = f"SELECT {', '.join(ServerConversation._fields)} FROM conversations WHERE id = ?"
VIEWS = ("mine", "unassigned", "open", "snoozed", "closed")


class Undone(Exception):
    """Ends a transaction without a trace."""


class Desk:
    """An inbox on a stock of some size, with a whole list of the largest view and a thread of each length."""

    def __init__(self, path: Path, total: int) -> None:
        self.store = Store.open(fill(path, total).path)
        self.inbox = Inbox(self.store, self._no_client)
        self.list = self.inbox.views.list(self.inbox.views.get("closed"))
        asyncio.run(self.list.load())
        self.middle = len(self.list) // 2
        self.long = self.list.id_at(2 * SHORT)
        self.some = self.list.rows(self.middle, self.middle + 1)[0]

    @staticmethod
    def _no_client(_on_budget: object) -> NoReturn:
        raise AssertionError("nothing here asks the network")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    folder = tmp_path_factory.mktemp("scale")
    made = Desk(folder / "small.sqlite3", SMALL), Desk(folder / "large.sqlite3", LARGE)
    yield made
    for desk in made:
        desk.store.close()


def change(desk: Desk) -> object:
    return desk.list.apply(Change(conversations=frozenset((desk.some.id,))))


def gone(desk: Desk) -> object:
    return desk.list.apply(Change(conversations=frozenset(("nobody",)), gone=frozenset((1 << 40,))))


KEYS: dict[str, Callable[[Desk], object]] = {
    "views with their counts": lambda desk: desk.inbox.views.all(),
    **{
        f"open {view} by {sort}": lambda desk, view=view, sort=sort: desk.inbox.views.list(  # type: ignore[misc]
            desk.inbox.views.get(view), sort
        )
        for view in VIEWS
        for sort in SORTS
    },
    "a page in the middle": lambda desk: desk.list.rows(desk.middle, desk.middle + 20),
    "the last page": lambda desk: desk.list.rows(len(desk.list) - 20, len(desk.list)),
    "where one stands": lambda desk: desk.list.index_of(desk.some.id),
    "one that changed": change,
    "one that is gone": gone,
    "a thread": lambda desk: desk.inbox.threads.cached(desk.long),
    "its conversation": lambda desk: desk.inbox.threads.conversation(desk.long),
    "a contact": lambda desk: desk.inbox.contacts.cached(desk.some.contact_id),
    "a contact's conversations": lambda desk: desk.inbox.contacts.conversations(desk.some.contact_id),
    "the next that waits": lambda desk: desk.inbox.views.next_waiting(),
    "the outbox": lambda desk: (desk.inbox.outbox.pending(), desk.inbox.outbox.attention()),
    "what can be undone": lambda desk: desk.inbox.undo.undoable(),
    "drafts": lambda desk: (desk.inbox.drafts.get(desk.some.id, "reply"), desk.inbox.drafts.kinds(desk.some.id)),
}
"""What keys read from the store, through the very calls that the app makes."""


@contextlib.contextmanager
def counting(db: sqlite3.Connection) -> Iterator[Callable[[], int]]:
    """Count the steps that SQLite takes: https://www.sqlite.org/c3ref/progress_handler.html."""
    steps = 0

    def more() -> int:
        nonlocal steps
        steps += STEP
        return 0

    db.set_progress_handler(more, STEP)
    try:
        yield lambda: steps
    finally:
        db.set_progress_handler(None, 0)


@contextlib.contextmanager
def queries(db: sqlite3.Connection) -> Iterator[list[str]]:
    """The statements that run, with their values."""
    found: list[str] = []
    db.set_trace_callback(found.append)
    try:
        yield found
    finally:
        db.set_trace_callback(None)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_costs_the_same_at_any_size(desks: tuple[Desk, Desk], key: str) -> None:
    took: list[int] = []
    for desk in desks:
        with counting(desk.store.reader) as steps:
            KEYS[key](desk)
        took.append(steps())
    small, large = took
    assert large <= GROWTH * max(small, 1000), f"{small} steps at {SMALL}, {large} at {LARGE}"


@pytest.mark.parametrize("key", KEYS)
def test_no_key_scans_or_sorts(desks: tuple[Desk, Desk], key: str) -> None:
    db = desks[0].store.reader
    with queries(db) as found:
        KEYS[key](desks[0])
    for query in found:
        for *_, plan in db.execute("EXPLAIN QUERY PLAN " + query):
            assert not plan.startswith("SCAN") or "USING" in plan or plan.startswith(FEW), f"{plan}: {query}"
            assert "FOR ORDER BY" not in plan or "FROM drafts WHERE conversation_id" in query, f"{plan}: {query}"


def written(db: sqlite3.Connection, desk: Desk) -> None:
    """What actions, their answers and polls write, through the store's own functions."""
    cid, now = desk.some.id, desk.some.updated_at + 1
    outbox_id = outbox.append(
        db,
        conversation_id=cid,
        kind="close",
        payload=acts.encode(Close(conversation_id=cid)),
        state=State.QUEUED,
        now=float(now),
    )
    parts.put(db, cid, PartRow("mine", cid, "note", "<p>x</p>", now, outbox_id=outbox_id))
    conversations.reshow(db, cid, overlay)
    outbox.claim(
        db, outbox_id, from_states=(State.QUEUED,), to_state=State.SENDING, owner="me", now=now, lease_until=now + 9
    )
    outbox.move(db, outbox_id, State.DONE, now=float(now), part_id="9")
    parts.drop_pending(db, outbox_id)
    conversations.reshow(db, cid, overlay)
    record = desk.store.reader.execute(RECORD, (cid,)).fetchone()
    conversations.put(db, [ServerConversation(*record)._replace(updated_at=now + 1)], overlay)
    parts.put_thread(db, cid, [PartRow("source", cid, "source", "<p>y</p>", now)])
    conversations.set_preview(db, cid, "y", "customer")
    conversations.set_thread_state(db, cid, now + 1)
    conversations.set_seen(db, cid, now)
    conversations.words_of(db, cid, "y")
    conversations.set_contact(db, desk.some.contact_id, "Zoë", "zoe@example.com")
    people.put_drafts(db, [DraftRow(cid, "note", "words", now)])
    conversations.delete(db, [cid])


def test_no_write_scans(desks: tuple[Desk, Desk]) -> None:
    desk = desks[0]
    found: list[str] = []

    def job(db: sqlite3.Connection) -> None:
        with queries(db) as seen:
            written(db, desk)
        found.extend(seen)
        raise Undone

    with pytest.raises(Undone):
        desk.store.write_now(job)
    assert len(found) > 20
    for query in found:
        if query.startswith("--"):  # what a trigger ran
            continue
        for *_, plan in desk.store.reader.execute("EXPLAIN QUERY PLAN " + query):
            assert not plan.startswith("SCAN") or "VIRTUAL" in plan or plan.startswith((*FEW, *OURS)), (
                f"{plan}: {query}"
            )
