"""The real application on a real inbox, whose client talks to a real workspace in the process."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from textual import events
from textual.pilot import Pilot

from tui.api.client import Intercom
from tui.app.app import InboxApp
from tui.app.keyboard.refusals import SETTLED
from tui.app.keys.key_resolver import COUNT_WINDOW
from tui.app.run import build
from tui.config.keymap import character_key, show_key
from tui.config.settings import loads
from tui.inbox.inbox import Inbox, Options
from tui.model.rows import Change
from tui.sandbox.app import create_app
from tui.sandbox.faults import Faults
from tui.sandbox.model import Conversation, Part
from tui.sandbox.workspace import Workspace
from tui.store.store import Store

TOKEN = "sandbox-token"
SIZES = ((80, 24), (140, 40))
MACROS = """
[macros]
"Thanks" = "Hi {first_name}, thanks for writing. {me}"
"Sorry" = "We are sorry."
"""


class Stage:
    """The app on screen with everything around it; `press` types, `text` reads the screen, `wait` follows changes."""

    def __init__(
        self,
        path: Path,
        workspace: Workspace,
        *,
        settings: str,
        options: Options,
        faults: Faults,
        environ: Mapping[str, str],
    ) -> None:
        self.workspace = workspace
        self.faults = faults
        self.requests: list[tuple[str, str]] = []
        self.online = True
        self.hanging: set[str] = set()
        """Paths of requests that are never answered."""
        self._earliest = 0.0
        sandbox = httpx.ASGITransport(app=create_app(workspace, token=TOKEN, faults=faults))
        stage = self

        class Wire(httpx.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                if not stage.online:
                    raise httpx.ConnectError("the link is down", request=request)
                stage.requests.append((request.method, request.url.path))
                if request.url.path in stage.hanging:
                    await asyncio.Event().wait()
                return await sandbox.handle_async_request(request)

        wire = Wire()
        self.store = Store.open(path)
        self.inbox = Inbox(
            self.store,
            lambda on_budget: Intercom("http://127.0.0.1:9", TOKEN, transport=wire, on_budget=on_budget),
            options,
        )
        self.app: InboxApp = build(self.inbox, loads(MACROS + settings), low_bandwidth=False, environ=environ)
        self.pilot: Pilot[int]

    # What a person does and sees

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names, in one burst as a fast typist or a slow link delivers them.

        Whoever presses them has seen what is on the screen; after a call that ends in a digit, the next one begins when
        this is no count any more.
        """
        at = max(time.monotonic() + SETTLED, self._earliest)
        for key in keys:
            self.app.post_message(self.key_event(key, at))
        self._earliest = at + COUNT_WINDOW + 0.01 if keys[-1].isdecimal() else at
        handled = asyncio.Event()
        self.app.call_later(handled.set)
        await handled.wait()
        await self.pilot.pause()

    @staticmethod
    def key_event(key: str, at: float) -> events.Key:
        """A key pressed `at` (monotonic seconds)."""
        sign = " " if key == "space" else show_key(key)
        event = events.Key(key, sign if len(sign) == 1 else None)
        event.time = at
        return event

    async def type(self, text: str) -> None:
        """Type characters."""
        await self.press(*[character_key(char) for char in text])

    async def read(self) -> str:
        """Open the conversation under the cursor and wait for its thread; its id."""
        await self.press("enter")
        cid = self.app.ui.thread.view.conversation_id
        threads = self.inbox.threads
        await self.wait(lambda: threads.cached(cid) and not threads.loading(cid))
        return cid

    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def current(self) -> str:
        """The conversation under the cursor of the list."""
        return self.app.ui.list.view.current_id

    @property
    def pane(self) -> str:
        """The pane that has the keys."""
        return self.app.ui.state.pane

    @property
    def notice(self) -> str:
        """The footer's line."""
        return self.app.layout.footer.words

    @property
    def dialog(self) -> str:
        """The title of the dialog on top, "" for none."""
        top = self.app.layout.overlay.top
        return top.title if top is not None else ""

    # What is at Intercom

    def there(self, conversation_id: str) -> Conversation:
        """The conversation as the workspace has it."""
        return self.workspace.conversations.get(conversation_id)

    def parts(self, conversation_id: str) -> list[Part]:
        """Its parts as the workspace has them."""
        return self.workspace.conversations.parts(self.there(conversation_id))

    async def wait(self, is_true: Callable[[], object]) -> None:
        """Return once `is_true()`; looks again at every change the inbox announces, and when the screen settled."""
        changed = asyncio.Event()

        def hear(_change: Change) -> None:
            changed.set()

        unsubscribe = self.inbox.changes.subscribe(hear)
        try:
            async with asyncio.timeout(90):
                while not is_true():
                    await changed.wait()
                    changed.clear()
                    self.app.changes.flush()
                    await self.pilot.pause()
        finally:
            unsubscribe()

    async def sent(self) -> None:
        """Wait until the outbox holds nothing that will move by itself."""
        box = self.inbox.outbox
        await self.wait(lambda: all(row in box.attention() for row in box.pending()))


@asynccontextmanager
async def stage_at(
    path: Path,
    size: tuple[int, int],
    *,
    conversations: int = 40,
    settings: str = "",
    undo_seconds: float = 0.0,
    settle_seconds: float = 0.5,
    workspace: Workspace | None = None,
    faults: Faults | None = None,
    environ: Mapping[str, str] | None = None,
    saved_views: Mapping[str, str] | None = None,
) -> AsyncIterator[Stage]:
    """The app at `size`, filled from a workspace and showing all open conversations."""
    stage = Stage(
        path / "inbox.db",
        workspace or Workspace(seed=7, conversations=conversations),
        settings=settings,
        options=Options(
            undo_seconds=undo_seconds,
            settle_seconds=settle_seconds,
            fast_seconds=3600,
            idle_seconds=3600,
            saved_views=saved_views or {},
        ),
        faults=faults or Faults(),
        environ=environ or {},
    )
    async with stage.app.run_test(size=size) as pilot:
        stage.pilot = pilot
        await stage.wait(lambda: stage.inbox.status.synced_at and not stage.inbox.status.syncing)
        stage.app.ui.list.show_view("open")
        await pilot.pause()
        yield stage
    stage.store.close()


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Stage]:
    """The app at 80×24, for what does not depend on the size."""
    async with stage_at(tmp_path, SIZES[0]) as made:
        yield made


@pytest.fixture(params=SIZES, ids=["80x24", "140x40"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The app at each of the two sizes that everything must work at."""
    size: tuple[int, int] = request.param
    async with stage_at(tmp_path, size) as made:
        yield made
