"""Sync: only what changed comes in, nothing that is gone stays, and nothing is asked for twice."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.inbox.conftest import Desk
from tests.inbox.virtual import Fault, World
from tui.api.client import Intercom
from tui.api.rate_limit import Priority
from tui.inbox.inbox import Options
from tui.inbox.status import Status
from tui.inbox.sync.identity import WrongWorkspace
from tui.inbox.sync.sync import ACTIVE_FOR, Sync, SyncOptions
from tui.sandbox.faults import Faults
from tui.sandbox.workspace import Workspace
from tui.store import people
from tui.store.store import Store


async def poll(desk: Desk) -> None:
    """One look at everything, to its end."""
    desk.inbox.sync.refresh()
    looked = asyncio.Event()
    whole = desk.inbox.sync._reconcile

    async def reconcile(client: Intercom) -> bool:
        done = await whole(client)
        looked.set()
        return done

    setattr(desk.inbox.sync, "_reconcile", reconcile)  # noqa: B010
    await asyncio.wait_for(looked.wait(), 20)
    setattr(desk.inbox.sync, "_reconcile", whole)  # noqa: B010


async def filled(desk: Desk) -> None:
    await desk.wait(lambda: '"complete"' in people.meta(desk.store.reader, "sync.fill"))


def searches(desk: Desk) -> int:
    return sum(path == "/conversations/search" for _, path in desk.requests)


def gets(desk: Desk, cid: str) -> int:
    return desk.requests.count(("GET", f"/conversations/{cid}"))


def open_ids(desk: Desk) -> list[str]:
    view = desk.inbox.views.list(desk.inbox.views.get("open"))
    return [row.id for row in view.rows(0, len(view))]


async def test_everything_of_the_workspace_comes_in(desk: Desk, workspace: Workspace) -> None:
    await filled(desk)
    for state in ("open", "snoozed", "closed"):
        view = desk.inbox.views.list(desk.inbox.views.get(state))
        there = {str(one.id) for one in workspace.conversations if one.state == state}
        assert {row.id for row in view.rows(0, len(view))} == there, state
        assert desk.inbox.views.get(state).count == len(there)
    assert desk.inbox.status.acting_as == workspace.me.name
    assert {tag.id for tag in desk.inbox.directory.tags()} == {str(tag) for tag in workspace.rooms.tags}


async def test_a_poll_brings_what_changed_and_costs_a_page(desk: Desk, workspace: Workspace) -> None:
    await filled(desk)
    await poll(desk)
    cid = open_ids(desk)[0]
    workspace.advance(200)
    workspace.customer_reply(cid, "<p>Any news?</p>")
    changed: set[str] = set()
    desk.inbox.changes.subscribe(lambda change: changed.update(change.conversations))
    before = searches(desk)
    await poll(desk)
    assert cid in changed
    assert searches(desk) - before <= 3  # what changed, and a page each of open and snoozed
    row = desk.inbox.threads.conversation(cid)
    assert row is not None
    assert row.updated_at == workspace.conversations.get(cid).updated_at


async def test_what_search_shows_late_is_caught_by_the_overlap(desk: Desk, workspace: Workspace) -> None:
    """A change of half a minute ago that the last search did not know yet."""
    await filled(desk)
    first, second = open_ids(desk)[:2]
    workspace.customer_reply(first, "<p>now</p>", at=workspace.now())
    await poll(desk)
    workspace.customer_reply(second, "<p>earlier</p>", at=workspace.now() - 30)
    await poll(desk)
    row = desk.inbox.threads.conversation(second)
    assert row is not None
    assert row.updated_at == workspace.conversations.get(second).updated_at


async def test_a_conversation_dated_in_the_future_hides_nothing(desk: Desk, workspace: Workspace) -> None:
    await filled(desk)
    first, second = open_ids(desk)[:2]
    workspace.customer_reply(first, "<p>from tomorrow</p>", at=workspace.now() + 86_400)
    await poll(desk)
    workspace.customer_reply(second, "<p>today</p>")
    await poll(desk)
    row = desk.inbox.threads.conversation(second)
    assert row is not None
    assert row.updated_at == workspace.conversations.get(second).updated_at


@pytest.mark.parametrize("state", ["open", "snoozed"])
async def test_what_was_deleted_leaves_its_view(desk: Desk, workspace: Workspace, state: str) -> None:
    await filled(desk)
    view = desk.inbox.views.list(desk.inbox.views.get(state))
    cid = view.id_at(0)
    heard: set[str] = set()
    desk.inbox.changes.subscribe(lambda change: heard.update(change.conversations))
    desk.inbox.drafts.save(cid, "reply", "kept")
    workspace.conversations.delete(workspace.conversations.get(cid))
    await poll(desk)
    assert desk.inbox.threads.conversation(cid) is None
    assert cid in heard
    assert desk.inbox.views.get(state).count == len(view) - 1
    assert desk.inbox.drafts.get(cid, "reply") == "kept"


async def test_nothing_missing_costs_one_page_a_state(desk: Desk) -> None:
    desk.inbox.sync._options = desk.inbox.sync._options._replace(page=5)
    await filled(desk)
    await poll(desk)
    before = searches(desk)
    await poll(desk)
    assert searches(desk) - before <= 4  # what changed, and a page each of open and snoozed


async def test_assigned_away_leaves_mine(desk: Desk, workspace: Workspace) -> None:
    await filled(desk)
    cid = open_ids(desk)[0]
    other = next(one for one in workspace.rooms.admins if one != workspace.me.id)
    workspace.advance(5)
    workspace.admin_part(cid, other, "assignment", assignee=("admin", workspace.me.id))
    await poll(desk)
    mine = desk.inbox.views.list(desk.inbox.views.get("mine"))
    assert mine.index_of(cid) >= 0
    workspace.advance(5)
    workspace.admin_part(cid, other, "assignment", assignee=("admin", other))
    await poll(desk)
    assert desk.inbox.views.list(desk.inbox.views.get("mine")).index_of(cid) == -1


# ------------------------------------------------------------------------------------------------------- the long fill


def _fill_desk(path: Path, workspace: Workspace) -> Desk:
    return Desk(path, workspace, options=Options(page=10, fast_seconds=3600, settle_seconds=0.5))


@pytest.mark.parametrize("dead", [False, True])
async def test_a_fill_goes_on_where_it_was_left(tmp_path: Path, dead: bool) -> None:
    workspace = Workspace(seed=3, conversations=120)
    desk = _fill_desk(tmp_path / "s.db", workspace)
    await desk.inbox.start()
    await desk.wait(lambda: desk.inbox.views.get("closed").count >= 20)
    await desk.stop()
    if dead:
        workspace.cursor_epoch += 1
    desk = _fill_desk(tmp_path / "s.db", workspace)
    stored = msgspec.json.decode(people.meta(desk.store.reader, "sync.fill"))
    assert stored["phase"] == "closed"
    before = desk.inbox.views.get("closed").count
    await desk.start()
    await filled(desk)
    there = sum(one.state == "closed" for one in workspace.conversations)
    assert desk.inbox.views.get("closed").count == there
    closed_pages = searches(desk)
    assert closed_pages <= (there // 10 + 5 if dead else (there - before) // 10 + 6)
    await desk.wait(lambda: desk.inbox.status.syncing == "")
    await desk.stop()


async def test_faults_on_the_way_lose_no_page(tmp_path: Path) -> None:
    workspace = Workspace(seed=3, conversations=60)
    faults = Faults.parse("5xx=0.2,cut_before=0.1,truncate=0.1", 5)
    desk = Desk(tmp_path / "s.db", workspace, faults, Options(page=10, fast_seconds=3600))
    await desk.inbox.start()
    await filled(desk)
    assert sum(desk.inbox.views.get(state).count for state in ("open", "snoozed", "closed")) == 60
    await desk.stop()


# ------------------------------------------------------------------------------------------------------------- threads


async def test_an_unchanged_thread_costs_nothing(desk: Desk, workspace: Workspace) -> None:
    await filled(desk)
    cid = open_ids(desk)[0]
    desk.inbox.threads.open(cid)
    await desk.wait(lambda: bool(desk.inbox.threads.cached(cid)) and not desk.inbox.threads.loading(cid))
    assert gets(desk, cid) == 1
    for _ in range(3):
        desk.inbox.threads.open(cid)
        await asyncio.sleep(0)
    desk.inbox.threads.prefetch([cid])
    await poll(desk)
    assert gets(desk, cid) == 1
    # somebody writes while it is on screen: it is fetched by itself
    workspace.advance(5)
    workspace.customer_reply(cid, "<p>There?</p>")
    desk.inbox.sync.refresh()
    await desk.wait(lambda: any("There?" in part.body for part in desk.inbox.threads.cached(cid)))
    assert gets(desk, cid) == 2


async def test_the_next_two_are_fetched_ahead_and_behind_everything(desk: Desk) -> None:
    await filled(desk)
    first, second = open_ids(desk)[1:3]
    client = await desk.inbox.connection.open()
    levels: list[Priority] = []
    whole = client.connection.call

    async def call(method: str, path: str, *rest: Any, **more: Any) -> object:
        if method == "GET" and path.startswith("/conversations/"):
            levels.append(more["priority"])
        return await whole(method, path, *rest, **more)

    setattr(client.connection, "call", call)  # noqa: B010
    desk.inbox.threads.prefetch([first, second])
    await desk.wait(lambda: bool(desk.inbox.threads.cached(first)) and bool(desk.inbox.threads.cached(second)))
    assert levels == [Priority.BACKGROUND, Priority.BACKGROUND]
    desk.inbox.threads.open(first)
    assert not desk.inbox.threads.loading(first)


async def test_a_thread_that_is_gone_leaves_the_list(desk: Desk, workspace: Workspace) -> None:
    await filled(desk)
    cid = open_ids(desk)[0]
    workspace.conversations.delete(workspace.conversations.get(cid))
    desk.inbox.threads.open(cid)
    await desk.wait(lambda: desk.inbox.threads.conversation(cid) is None)
    assert cid not in open_ids(desk)


# ---------------------------------------------------------------------------------------------- profiles and workspaces


async def test_a_second_profile_sees_nothing_of_the_first(tmp_path: Path, desk: Desk) -> None:
    await filled(desk)
    other_space = Workspace(seed=11, conversations=5)
    other = Desk(tmp_path / "other" / "s.db", other_space)
    await other.start()
    await filled(other)
    theirs = {str(one.id) for one in other_space.conversations}
    there = {row[0] for row in other.store.reader.execute("SELECT id FROM conversations")}
    assert there == theirs
    await other.stop()


async def test_a_token_of_another_workspace_is_refused(tmp_path: Path, workspace: Workspace) -> None:
    path = tmp_path / "s.db"
    Store.open(path).close()
    db = sqlite3.connect(path)
    db.execute("INSERT INTO meta VALUES ('workspace', 'notthis1')")
    db.commit()
    db.close()
    desk = Desk(path, workspace)
    with pytest.raises(WrongWorkspace, match="notthis1"):
        await desk.inbox.sync.once()
    await desk.inbox.start()
    await desk.wait(lambda: desk.inbox.status.connection == "refused")
    assert "another profile" in desk.inbox.status.error
    assert not any(path.startswith("/conversations") for _, path in desk.requests)
    await desk.stop()


async def test_acting_as_somebody_who_is_not_there_says_so(tmp_path: Path, workspace: Workspace) -> None:
    desk = Desk(tmp_path / "s.db", workspace, options=Options(acting_as="12"))
    await desk.inbox.start()
    await desk.wait(lambda: desk.inbox.status.connection == "refused")
    assert "no teammate 12" in desk.inbox.status.error
    await desk.stop()


# ----------------------------------------------------------------------------------------------- how often it asks


class Asking:
    """A sync in the world whose clock jumps."""

    def __init__(self, world: World) -> None:
        program = world.program
        self.world = world
        self.sync = Sync(
            program.store, program.changes, program.ingest, program.connection, program.board,
            options=SyncOptions(page=150, history_days=0), acting_as="", on_me=lambda _me, _name: None,
            monotonic=world.loop.time,
        )  # fmt: skip
        program.spawn(self.sync.run())
        world.wait(5)

    def status(self) -> Status:
        return self.world.program.board.now

    def deltas(self, seconds: float) -> int:
        """How many times it asks what changed in so many seconds."""
        before = self._count()
        self.world.wait(seconds)
        return self._count() - before

    def _count(self) -> int:
        return sum("POST /conversations/search" in line for line in self.world.wire.log)


@pytest.fixture
def asking(world: World) -> Asking:
    return Asking(world)


def between(least: int, most: int) -> Callable[[int], bool]:
    return lambda count: least <= count <= most


def test_it_asks_often_in_front_of_a_person_and_seldom_otherwise(asking: Asking) -> None:
    asking.world.wait(15)
    assert between(9, 11)(asking.deltas(100))
    asking.world.wait(ACTIVE_FOR)
    assert between(9, 13)(asking.deltas(600))  # ten polls, and the looks for what was deleted
    asking.sync.activity()
    assert asking.deltas(1) >= 1  # at once
    assert between(9, 12)(asking.deltas(100))


def test_a_refresh_comes_at_once(asking: Asking) -> None:
    asking.world.wait(2)
    asking.sync.refresh()
    assert asking.deltas(0.5) >= 1


def test_offline_it_asks_less_and_less_and_at_once_when_the_link_is_back(asking: Asking) -> None:
    asking.world.wire.offline = True
    asking.world.wait(600)
    assert asking.status().connection == "offline"
    asking.world.wire.offline = False
    asking.world.program.connection.worked()
    assert asking.deltas(1) >= 1
    assert asking.status().connection == "online"


def test_rate_limited_it_rests_until_the_window_opens(asking: Asking) -> None:
    asking.world.wire.reads.extend([Fault("429")] * 5)
    assert asking.deltas(35) <= 5
    asking.world.wait(60)
    status = asking.world.program.board.now
    assert (status.connection, status.limited_until) == ("online", 0)
