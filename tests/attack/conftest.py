"""The real program against a server that lies: as an app under Pilot, as a command line, in a pseudo-terminal."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from tests.attack.hostile import TOKEN, Server, World, serving
from tests.terminal.pty_harness import Terminal
from tui.api.client import Intercom
from tui.app.app import InboxApp
from tui.app.run import build
from tui.config.keymap import character_key, show_key
from tui.config.settings import loads
from tui.inbox.inbox import Inbox, Options
from tui.store.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    with serving(world) as made:
        yield made


class Seat:
    """The app on screen, on a hostile server."""

    def __init__(self, app: InboxApp, inbox: Inbox, pilot: "Pilot[int]") -> None:
        self.app, self.inbox, self.pilot = app, inbox, pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            sign = " " if key == "space" else show_key(key)
            self.app.post_message(events.Key(key, sign if len(sign) == 1 else None))
        handled = asyncio.Event()
        self.app.call_later(handled.set)
        await handled.wait()
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*[character_key(char) for char in text])

    async def wait(self, is_true: Callable[[], object], seconds: float = 10.0) -> None:
        async with asyncio.timeout(seconds):
            while not is_true():
                self.app.changes.flush()
                await self.pilot.pause(0.01)

    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def ids(self) -> list[str]:
        """The open conversations in the list."""
        views = self.inbox.views
        listed = views.list(views.get("open"), "newest")
        return [row.id for row in listed.rows(0, len(listed))]

    async def synced(self) -> None:
        await self.wait(lambda: self.inbox.status.synced_at and not self.inbox.status.syncing)
        self.app.ui.list.show_view("open")
        await self.pilot.pause()


@asynccontextmanager
async def seated(
    path: Path, server: Server, *, size: tuple[int, int] = (140, 40), settings: str = ""
) -> AsyncIterator[Seat]:
    """The app, whose client talks HTTP to `server`."""
    store = Store.open(path / "inbox.db")
    options = Options(undo_seconds=0.0, settle_seconds=0.5, fast_seconds=3600, idle_seconds=3600)
    inbox = Inbox(store, lambda on_budget: Intercom(server.url, TOKEN, on_budget=on_budget), options)
    app = build(inbox, loads(settings), low_bandwidth=False, environ={})
    try:
        async with app.run_test(size=size) as pilot:
            yield Seat(app, inbox, pilot)
    finally:
        store.close()


def environment(home: Path, server: Server | None = None, **more: str) -> dict[str, str]:
    """A child's environment: a profile of its own, and nothing of the caller's."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")}
    told = {"INTERCOM_TUI_HOME": str(home), "INTERCOM_TOKEN": TOKEN, "LANG": "C.UTF-8"}
    if server is not None:
        told["INTERCOM_BASE_URL"] = server.url
    return {**kept, **told, **more}


def program(*argv: str, home: Path, server: Server | None = None, **more: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a command of the program to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *argv],
        env=environment(home, server, **more), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=90,
        check=False,
    )  # fmt: skip


def terminal(
    home: Path,
    server: Server | None,
    *argv: str,
    columns: int = 140,
    rows: int = 40,
    env: Mapping[str, str] | None = None,
) -> Terminal:
    """The program in a pseudo-terminal."""
    return Terminal(
        [sys.executable, "-m", "tui", *argv],
        columns=columns, rows=rows, env=environment(home, server, **dict(env or {})),
    )  # fmt: skip


def wrong_bytes(raw: bytes) -> list[str]:
    """What of `raw` should never reach a terminal: foreign escapes, titles, C1, bidi controls."""
    found = [name for name, data in {
        "OSC 52": b"\x1b]52", "OSC title": b"\x1b]0", "OSC 2": b"\x1b]2;", "BEL": b"\x07", "bare C1": b"\xc2\x9b",
        "C1 OSC": b"\xc2\x9d", "bidi": "\u202e".encode(), "title in tmux": b"\x1bk",
    }.items() if data in raw]  # fmt: skip
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return [*found, f"no UTF-8: {error}"]
    return found + sorted({f"U+{ord(char):04X}" for char in text if "\x7f" <= char <= "\x9f"})


def leaks(data: "bytes | str | Sequence[Any]") -> bool:
    """Whether the token, or a piece of it long enough to matter, is in `data`."""
    raw = data if isinstance(data, bytes) else str(data).encode()
    return TOKEN.encode() in raw or TOKEN[:20].encode() in raw or TOKEN[-20:].encode() in raw
