"""A real inbox on a real store, whose client talks to a real workspace in the process."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest

import tui.store.store as store_module
from tests.inbox.virtual import World
from tui.api.client import Intercom
from tui.api.rate_limit import Budget
from tui.inbox.inbox import Inbox, Options
from tui.model.outbox import MOVES
from tui.model.rows import Change
from tui.sandbox.app import create_app
from tui.sandbox.faults import Faults
from tui.sandbox.workspace import Workspace
from tui.store import schema
from tui.store.store import Store

TOKEN = "sandbox-token"


@pytest.fixture(autouse=True)
def only_known_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test does: an action that moves as `MOVES` does not say fails the transaction that moved it.

    What cannot be trusted becomes held for a person, from wherever it was.
    """
    known = " OR ".join(
        f"(old.state = '{before}' AND new.state = '{after}')" for before, ways in MOVES.items() for after in ways
    )

    def migrate(db: sqlite3.Connection) -> None:
        schema.migrate(db)
        db.execute(
            "CREATE TEMP TRIGGER only_known_moves AFTER UPDATE OF state ON main.outbox WHEN old.state <> new.state AND"
            f" NOT (new.held_for IN ('damaged', 'rescued') OR {known}) BEGIN SELECT RAISE(ABORT, 'no such move'); END"
        )

    monkeypatch.setattr(store_module, "migrate", migrate)


class Desk:
    """An inbox with everything around it. ``wait`` runs until something is true, woken by changes."""

    def __init__(self, path: Path, workspace: Workspace, faults: Faults | None = None, options: Options | None = None):
        self.workspace = workspace
        self.requests: list[tuple[str, str]] = []
        app = create_app(workspace, token=TOKEN, faults=faults)
        inner = httpx.ASGITransport(app=app)
        requests = self.requests

        class Recording(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                requests.append((request.method, request.url.path))
                return await inner.handle_async_request(request)

        self.transport = Recording()
        self.store = Store.open(path)
        self.options = options or Options(undo_seconds=0, settle_seconds=0.5, fast_seconds=3600)
        self.inbox = Inbox(self.store, self.client, self.options)

    def client(self, on_budget: Callable[[Budget], None] | None = None) -> Intercom:
        return Intercom("http://127.0.0.1:9", TOKEN, transport=self.transport, on_budget=on_budget)

    async def start(self) -> None:
        await self.inbox.start()
        await self.wait(lambda: self.inbox.status.synced_at > 0)

    async def wait(self, is_true: Callable[[], bool]) -> None:
        """Return once ``is_true()`` holds; looks again at every change the inbox announces."""
        import asyncio

        changed = asyncio.Event()

        def hear(_change: Change) -> None:
            changed.set()

        unsubscribe = self.inbox.changes.subscribe(hear)
        try:
            async with asyncio.timeout(20):
                while not is_true():
                    await changed.wait()
                    changed.clear()
        finally:
            unsubscribe()

    async def settled(self) -> None:
        """Wait until the outbox holds nothing that will move by itself."""
        await self.wait(lambda: all(row in self.inbox.outbox.attention() for row in self.inbox.outbox.pending()))

    async def stop(self) -> None:
        await self.inbox.stop()
        self.store.close()


@pytest.fixture
def workspace() -> Workspace:
    return Workspace(seed=7, conversations=40)


@pytest.fixture
async def desk(tmp_path: Path, workspace: Workspace) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path / "inbox.db", workspace)
    await desk.start()
    await desk.wait(lambda: len(desk.inbox.views.list(desk.inbox.views.get("open"))) > 5)
    yield desk
    await desk.stop()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The outbox in a world whose time passes when it is told to."""
    world = World(tmp_path)
    yield world
    world.close()
