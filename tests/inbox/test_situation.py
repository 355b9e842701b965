"""Every sentence about a state follows from the state: all states, all links, nothing that stays when it is over."""

import itertools
import sqlite3
from pathlib import Path

import msgspec
import pytest

from tests.inbox.conftest import Desk
from tui.inbox import situation
from tui.inbox.inbox import Inbox, Options
from tui.inbox.situation import Absent, ActionState, ConnectionState, ListState
from tui.inbox.status import Status, StatusBoard
from tui.inbox.sync.progress import Progress
from tui.model.errors import StoreError
from tui.sandbox.workspace import Workspace
from tui.store import people
from tui.store.store import Store

NOW = 1_000.0
LINKS = ("starting", "online", "offline", "limited", "refused")
ROWS = [
    *itertools.product(("held",), ("undo", "stale", "given up", "twice", "damaged", "rescued", "a new reason")),
    *itertools.product(("ready", "sending", "unsure", "rejected", "done", "undone", "discarded"), ("",)),
    # as a part of the thread names them
    ("stale", ""),
    ("given up", ""),
    ("twice", ""),
    ("damaged", ""),
    ("rescued", ""),
]
VIEWS = ("mine", "unassigned", "open", "snoozed", "closed", "team:1", "saved:x", "search")
_BOTH = (True, False)
FILLING = ("", "open", "snoozed", "closed")


def status(link: str, **more: object) -> Status:
    return msgspec.structs.replace(Status(), connection=link, **more)


def test_the_connection_is_told_for_every_link_and_a_limit_ends_with_its_time() -> None:
    for link in LINKS:
        assert situation.connection_state(status(link, limited_until=0.0), NOW) == link
    assert situation.connection_state(status("online", limited_until=NOW + 5), NOW) is ConnectionState.LIMITED
    assert situation.connection_state(status("limited", limited_until=NOW + 5), NOW) is ConnectionState.LIMITED
    assert situation.connection_state(status("limited", limited_until=NOW - 5), NOW) is ConnectionState.ONLINE
    assert situation.connection_state(status("offline", limited_until=NOW + 5), NOW) is ConnectionState.OFFLINE
    assert situation.limited_words(status("limited", limited_until=NOW + 7.2), NOW) == "rate limited - retrying in 8 s"
    assert situation.limited_words(status("limited", limited_until=NOW - 1), NOW) == "rate limited - retrying"


def test_every_row_of_the_outbox_has_a_state_and_words_for_every_link() -> None:
    met: set[ActionState] = set()
    for (state, held_for), link, due in itertools.product(
        ROWS, ConnectionState, (0.0, NOW - 1, NOW, NOW + 0.2, NOW + 5)
    ):
        found = situation.action_state(state, held_for, due, link, NOW)
        met.add(found)
        words = situation.action_words(found, due_in=due - NOW)
        assert words
        assert "moment" not in words
        assert " 0 s" not in words
        if found is ActionState.UNDOABLE:
            # only what will really be sent then
            assert due > NOW
            assert link in (ConnectionState.ONLINE, ConnectionState.STARTING)
        if link is ConnectionState.OFFLINE and state in ("held", "ready", "unsure") and held_for in ("undo", ""):
            assert "when you are online" in words
        if link is ConnectionState.REFUSED and state == "ready":
            assert "token" in words
    assert met == set(ActionState)


def test_a_reply_that_is_held_says_when_it_is_sent_and_how_to_undo_it() -> None:
    def said(link: ConnectionState, due: float) -> str:
        state = situation.action_state("held", "undo", due, link, NOW)
        return situation.action_words(state, due_in=due - NOW, key_of=lambda _: "u")

    assert said(ConnectionState.ONLINE, NOW + 4.2) == "sending in 5 s · u undo"
    assert said(ConnectionState.ONLINE, NOW - 1) == "waiting to be sent · u undo"
    assert said(ConnectionState.OFFLINE, NOW + 4.2) == "queued - sent when you are online · u undo"


def test_what_can_no_longer_be_taken_back_offers_no_undo() -> None:
    offering = {state for state in ActionState if "undo" in situation.action_words(state, key_of=lambda _: "U").split()}
    assert offering == {state for state in ActionState if state.name.startswith(("UNDOABLE", "QUEUED"))}


def test_why_something_is_absent_is_told_for_every_link() -> None:
    for link, meant, loading, came in itertools.product(ConnectionState, _BOTH, _BOTH, _BOTH):
        found = situation.absent(link, meant=meant, loading=loading, came=came)
        assert (found is Absent.NOTHING) == (not meant)
        if meant and not came and link in (ConnectionState.OFFLINE, ConnectionState.LIMITED, ConnectionState.REFUSED):
            assert found.value == link.value  # never "loading", however long a request takes
        for words in (situation.thread_words(found), situation.contact_words(found)):
            assert words.first
            if found in (Absent.OFFLINE, Absent.LIMITED, Absent.REFUSED, Absent.FAILED):
                assert words.first == "Not downloaded."
                assert words.second
    assert " ".join(situation.thread_words(Absent.OFFLINE)) == "Not downloaded. Loads when you are online."


def test_an_empty_view_says_that_it_is_empty_only_when_all_of_it_is_here() -> None:
    met: set[ListState] = set()
    for link, view, filling, loaded, wrong in itertools.product(LINKS, VIEWS, FILLING, (True, False), ("", "a fault")):
        now = status(link, known=filling != "open", filling=filling, error=wrong)
        state = situation.list_state(now, view, loaded=loaded, now=NOW)
        met.add(state)
        words = situation.list_words(state, now, view)
        assert all(words)
        assert "moment" not in " ".join(words)
        if state is ListState.EMPTY:
            assert loaded
            assert filling != "open"
            assert not (view == "closed" and filling)
            assert not (view == "snoozed" and filling == "snoozed")
            assert not (view in ("search", "saved:x") and filling)
        elif link == "offline" and loaded and view != "search":
            assert state is ListState.OFFLINE
    assert met == set(ListState)


def test_every_key_in_a_sentence_is_asked_for_by_the_id_of_a_command() -> None:
    from tui.app.commands import all_commands

    known = {command.id for command in all_commands()}
    asked: set[str] = set()

    def key_of(command: str) -> str:
        asked.add(command)
        return f"<{command}>"

    full = status("online", known=True)
    for view in VIEWS:
        situation.list_words(ListState.EMPTY, full, view, key_of)
    for absent in Absent:
        situation.thread_words(absent, key_of)
    for state in ActionState:
        situation.action_words(state, key_of=key_of)
    assert asked
    assert asked <= known


# --------------------------------------------------------------------------------------------- states of real parts


@pytest.mark.parametrize("phase", ["open", "snoozed", "closed", "complete"])
def test_a_start_in_the_middle_of_the_first_fill_knows_what_is_missing(tmp_path: Path, phase: str) -> None:
    store = Store.open(tmp_path / "s.db")
    try:
        progress = msgspec.json.encode(Progress(phase, "a cursor", 150)).decode()
        store.write_now(lambda db: people.set_meta(db, "sync.fill", progress))
        inbox = Inbox(store, lambda _: pytest.fail("nobody goes online"), Options())
        assert inbox.status.known == (phase != "open")
        assert inbox.status.filling == ("" if phase == "complete" else phase)
        state = situation.list_state(inbox.status, "open", loaded=True, now=NOW)
        assert state is (ListState.CONNECTING if phase == "open" else ListState.EMPTY)
    finally:
        store.close()


def test_each_source_clears_its_own_trouble() -> None:
    from tui.inbox.changes import Changes

    board = StatusBoard(Changes())
    board.trouble("connection", "Intercom had a fault.")
    board.trouble("store", "The disk is full.")
    assert (board.now.error, board.now.trouble) == ("The disk is full.", "The disk is full.")
    board.trouble("connection", "")
    assert board.now.error == "The disk is full."
    board.trouble("store", "")
    assert (board.now.error, board.now.trouble) == ("", "")
    board.trouble("connection", "Intercom had a fault.")
    assert (board.now.error, board.now.trouble) == ("Intercom had a fault.", "")


async def test_disk_full_is_said_until_a_write_works_whatever_requests_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "inbox.db", Workspace(seed=7, conversations=20))
    await desk.start()
    try:
        # whatever the workers wrote would work, and take back what is said: only this test writes from here on
        await desk.inbox.stop()

        def shrink(db: sqlite3.Connection) -> None:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages}")

        await desk.store.write(shrink)
        with pytest.raises(StoreError):
            await desk.store.write(lambda db: people.set_meta(db, "large", "x" * 10_000_000))
        await desk.wait(lambda: "disk is full" in desk.inbox.status.error)
        # a good request that writes nothing
        client = await desk.inbox.connection.open()
        await client.me()
        desk.inbox.connection.worked()
        assert "disk is full" in desk.inbox.status.error
        await desk.store.write(lambda db: db.execute("PRAGMA max_page_count = 1073741823").fetchone())
        await desk.wait(lambda: not desk.inbox.status.error)
    finally:
        await desk.stop()
