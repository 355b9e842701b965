"""Hours of nothing: answers that come too late, tokens that are renewed, other workspaces, clocks that jump."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.inbox.conftest import Desk
from tui.api.client import Intercom
from tui.api.errors import AuthError, NetworkError
from tui.api.rate_limit import Budget
from tui.config.timezone import find_zone, reread_zone
from tui.inbox.changes import Changes
from tui.inbox.inbox import Options
from tui.inbox.outbox import lease
from tui.inbox.situation import ListState, list_words
from tui.inbox.status import Status, StatusBoard
from tui.inbox.sync import clocks
from tui.inbox.sync.clocks import Clocks
from tui.inbox.sync.connection import Connection
from tui.model.outbox import Hold, State
from tui.sandbox.app import create_app
from tui.sandbox.furniture import WORKSPACE_ID
from tui.sandbox.wire import directory
from tui.sandbox.workspace import Workspace
from tui.store import outbox
from tui.store.store import Store

HOURS = 8 * 3600.0


# ------------------------------------------------------------------------------------------- answers that come too late


class Wire(httpx.AsyncBaseTransport):
    """Answers ``/me`` when told to: each request waits for its own word."""

    def __init__(self) -> None:
        self.waiting: list[asyncio.Future[bool]] = []
        self._came = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        word: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.waiting.append(word)
        self._came.set()
        if not await word:
            raise httpx.ConnectError("gone", request=request)
        return httpx.Response(200, json={"type": "admin", "id": "1", "app": {"id_code": "a"}}, request=request)

    async def asked(self, count: int) -> None:
        while len(self.waiting) < count:
            self._came.clear()
            await self._came.wait()


def link_of(board: StatusBoard) -> str:
    return board.now.connection


async def test_an_answer_asked_for_before_the_link_went_does_not_bring_it_back() -> None:
    wire = Wire()
    board = StatusBoard(Changes())
    connection = Connection(
        lambda on_budget: Intercom("http://127.0.0.1:9", "t", transport=wire, on_budget=on_budget), board
    )
    client = await connection.open()
    client.connection._jitter = lambda: -0.5  # no rest between tries
    back: list[str] = []
    connection.on_back.append(lambda: back.append("back"))
    connection.on_doubt.append(lambda: back.append("doubt"))
    slow = asyncio.create_task(client.me())
    await wire.asked(1)
    lost = asyncio.create_task(client.me())
    for number in (2, 3, 4):
        await wire.asked(number)
        wire.waiting[number - 1].set_result(False)
    with pytest.raises(NetworkError) as failure:
        await lost
    connection.failed(failure.value)
    assert link_of(board) == "offline"
    wire.waiting[0].set_result(True)
    await slow
    connection.worked()
    assert link_of(board) == "offline"
    assert back == ["doubt"]
    fresh = asyncio.create_task(client.me())
    await wire.asked(5)
    wire.waiting[4].set_result(True)
    await fresh
    connection.worked()
    assert link_of(board) == "online"
    assert back == ["doubt", "back"]


# ---------------------------------------------------------------------------------------- tokens and other workspaces


class Renewable(Desk):
    """A desk whose token lies somewhere and may be another one the next time somebody looks."""

    def __init__(self, path: Path, workspace: Workspace) -> None:
        self.kept = "first"
        self.application = create_app(workspace, token="first")
        super().__init__(path, workspace, options=Options(undo_seconds=0, settle_seconds=0.5, fast_seconds=3600))
        inner = httpx.ASGITransport(app=self.application)
        desk = self

        class Elsewhere(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                desk.requests.append((request.method, request.url.path))
                return await inner.handle_async_request(request)

        self.transport = Elsewhere()  # type: ignore[assignment]

    def client(self, on_budget: Callable[[Budget], None] | None = None) -> Intercom:
        return Intercom(
            "http://127.0.0.1:9", "first",
            transport=self.transport, find_token=lambda: self.kept, on_budget=on_budget,
        )  # fmt: skip

    def accept(self, token: str) -> None:
        self.application.state.gate.token = token


@pytest.fixture
async def renewable(tmp_path: Path, workspace: Workspace) -> AsyncIterator[Renewable]:
    desk = Renewable(tmp_path / "inbox.db", workspace)
    await desk.start()
    await desk.wait(lambda: len(desk.inbox.views.list(desk.inbox.views.get("open"))) > 5)
    yield desk
    await desk.stop()


async def test_a_renewed_token_is_found_and_what_was_queued_leaves(renewable: Renewable) -> None:
    desk = renewable
    view = desk.inbox.views.list(desk.inbox.views.get("open"))
    cid = view.id_at(0)
    desk.accept("second")
    desk.inbox.drafts.save(view.id_at(1), "reply", "half a thought")
    desk.inbox.sync.refresh()
    await desk.wait(lambda: desk.inbox.status.connection == "refused")
    await desk.inbox.actions.close(cid)
    assert desk.inbox.outbox.pending()
    words = list_words(ListState.REFUSED, desk.inbox.status, "open", lambda command: "R" * (command == "app.refresh"))
    assert any("at once with R" in line for line in words)
    desk.kept = "second"
    desk.inbox.sync.refresh()
    await desk.wait(lambda: desk.inbox.status.connection == "online")
    await desk.wait(lambda: desk.workspace.conversations.get(cid).state == "closed")
    assert desk.inbox.drafts.get(view.id_at(1), "reply") == "half a thought"


async def test_another_workspace_under_the_same_token_gets_nothing_and_gives_nothing(
    renewable: Renewable, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = renewable
    cid = desk.inbox.views.list(desk.inbox.views.get("open")).id_at(0)
    before = desk.workspace.conversations.get(cid).state
    monkeypatch.setattr(directory, "WORKSPACE_ID", "theirs")
    desk.inbox.sync.refresh()
    await desk.wait(lambda: "theirs" in desk.inbox.status.error)
    desk.requests.clear()
    await desk.inbox.actions.close(cid)
    with pytest.raises(AuthError, match="workspace"):
        await desk.inbox.threads.fetch(cid)
    assert [line for line in desk.requests if line[0] != "GET"] == []
    assert desk.workspace.conversations.get(cid).state == before
    monkeypatch.setattr(directory, "WORKSPACE_ID", WORKSPACE_ID)
    desk.inbox.sync.refresh()
    await desk.wait(lambda: desk.workspace.conversations.get(cid).state == "closed")
    assert desk.inbox.status.error == ""


# --------------------------------------------------------------------------------------------------- clocks that jump


def test_only_a_jump_of_the_wall_clock_is_one() -> None:
    wall, monotonic = [1000.0], [5.0]
    looks = Clocks(lambda: wall[0], lambda: monotonic[0])
    wall[0] += 600
    monotonic[0] += 599.5
    assert looks.look() is None
    wall[0] += HOURS + 2
    monotonic[0] += 2
    jump = looks.look()
    assert jump is not None
    assert (round(jump.by), round(jump.before)) == (HOURS, 1602)
    wall[0] -= 3600
    jump = looks.look()
    assert jump is not None
    assert round(jump.by) == -3600
    assert looks.look() is None


@pytest.mark.parametrize(("by", "due"), [(HOURS, 1003 + HOURS), (-3600.0, 1000 - 3600 + 5)])
def test_an_undo_window_keeps_what_is_left_of_it_across_a_jump(tmp_path: Path, by: float, due: float) -> None:
    store = Store.open(tmp_path / "store.sqlite3")
    try:
        ids = store.write_now(
            lambda db: [
                outbox.append(
                    db, conversation_id="1", kind="reply", payload=b"{}", state=State.HELD, now=998.0, due_at=1003.0,
                    held_for=Hold.UNDO, origin=origin,
                )
                for origin in ("ours", "theirs")
            ]
        )  # fmt: skip
        now = 1000.0 + by
        store.write_now(
            lambda db: outbox.jumped(
                db, origin="ours", owner="me", now=now, before=1000.0, undo_seconds=5.0, lease_until=now + 90
            )
        )
        rows = [outbox.get(store.reader, one) for one in ids]
        assert [row.due_at for row in rows if row] == [due, 1003.0]
    finally:
        store.close()


def test_what_waits_for_a_clock_that_was_set_back_does_not_wait_for_hours(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.sqlite3")
    try:
        one = store.write_now(
            lambda db: outbox.append(
                db,
                conversation_id="1",
                kind="close",
                payload=b"{}",
                state=State.QUEUED,
                now=0,
                due_at=HOURS,
                origin="x",
            )
        )
        store.write_now(
            lambda db: outbox.jumped(
                db, origin="ours", owner="me", now=100.0, before=100.0 + HOURS, undo_seconds=5.0, lease_until=190.0
            )
        )
        row = outbox.get(store.reader, one)
        assert row is not None
        assert row.due_at <= 160.0
    finally:
        store.close()


def test_a_process_that_runs_is_known_to() -> None:
    assert lease.is_alive(lease.owner_name())
    assert not lease.is_alive(lease.owner_name().replace(f"|{os.getpid()}|", "|1|"))
    assert not lease.is_alive("elsewhere|1|2|x")


async def test_after_a_jump_everything_is_looked_at_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.wait(lambda: desk.inbox.status.filling == "")
    looks = iter([clocks.Jump(HOURS, 0.0)])
    monkeypatch.setattr(desk.inbox._clocks, "look", lambda: next(looks, None))
    cid = desk.inbox.views.list(desk.inbox.views.get("open")).id_at(0)
    desk.workspace.customer_reply(cid, "<p>Good morning</p>", at=desk.workspace.now() + 1)
    desk.requests.clear()
    changed: list[bool] = []
    desk.inbox.changes.subscribe(lambda change: changed.append(change.everything))
    desk.inbox._look_at_clocks()
    await desk.wait(lambda: ("GET", "/me") in desk.requests and ("POST", "/conversations/search") in desk.requests)
    assert any(changed)


# ------------------------------------------------------------------------------------------------------- another zone


def test_the_machines_zone_is_read_again_where_another_file_lies(tmp_path: Path) -> None:
    place = tmp_path / "localtime"
    database = Path("/usr/share/zoneinfo")
    if not (database / "Asia/Tokyo").is_file():
        pytest.skip("there is no zone database here")
    shutil.copy(database / "Europe/Berlin", place)
    zone = find_zone("", {}, place).zone
    noon = datetime(2027, 1, 15, 12, tzinfo=UTC)
    assert noon.astimezone(zone).hour == 13
    assert not reread_zone()
    other = tmp_path / "other"
    shutil.copy(database / "Asia/Tokyo", other)
    other.replace(place)
    assert reread_zone()
    assert noon.astimezone(zone).hour == 21


def test_an_unavailable_intercom_says_why_nothing_comes() -> None:
    words = list_words(ListState.CONNECTING, Status(error="Intercom answered 503."), "open")
    assert "Intercom answered 503." in words
