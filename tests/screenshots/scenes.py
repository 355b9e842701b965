"""The states that have a picture: what is pressed and done until each is on screen."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx
from textual.pilot import Pilot

from tui.app.app import InboxApp
from tui.app.keys.key_resolver import COUNT_WINDOW
from tui.inbox.inbox import Inbox, Options
from tui.sandbox.app import create_app
from tui.sandbox.workspace import Workspace

WIDE, SMALL = (140, 40), (80, 24)


@dataclass
class Stage:
    """What a scene can act on."""

    app: InboxApp
    pilot: Pilot[int]
    inbox: Inbox
    workspace: Workspace
    transport: "Switchable"

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            if key.isdecimal():
                # a digit alone is a view: let the time pass in which a motion would make it a count
                await self.pilot.pause(COUNT_WINDOW)
        await self.calm()

    async def type(self, text: str) -> None:
        for char in text:
            await self.pilot.press(_NAMES.get(char, char))

    async def calm(self) -> None:
        """Until nothing is on its way any more."""
        for _ in range(12):
            await self.pilot.pause(0.03)
        while self.app.ui.list.strip.is_searching:
            await self.pilot.pause(0.03)


class Switchable(httpx.AsyncBaseTransport):
    """The way to the workspace; ``down`` cuts it, ``slow`` gives no answer, ``says`` is an answer in place of all."""

    def __init__(self, workspace: Workspace) -> None:
        self.inner = httpx.ASGITransport(app=create_app(workspace, token="demo"))
        self.down = False
        self.slow: frozenset[str] = frozenset()
        """Parts of paths that are not answered."""
        self.says: tuple[int, dict[str, str], dict[str, object]] | None = None
        """Status, headers and document."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("Network is unreachable", request=request)
        if any(part in request.url.path for part in self.slow):
            await asyncio.Event().wait()
        if self.says is not None:
            status, headers, document = self.says
            return httpx.Response(status, headers=headers, json=document, request=request)
        return await self.inner.handle_async_request(request)


Scene = Callable[[Stage], Awaitable[None]]


@dataclass
class Shot:
    """A picture: its name, what to do before it is taken, and the size in cells."""

    name: str
    scene: Scene
    size: tuple[int, int] = WIDE
    low_bandwidth: bool = False
    png: bool = False
    conversations: int = 160
    options: Options = field(default_factory=lambda: Options(undo_seconds=30, fast_seconds=3600))
    theme: str = "ink"
    environ: dict[str, str] = field(default_factory=dict)
    before: Callable[[Switchable], None] | None = None
    """What is done to the way to the workspace before the program starts; it is then not waited for the first sync."""


async def inbox(stage: Stage) -> None:
    await stage.press("3", "j", "j")


async def reply(stage: Stage) -> None:
    await stage.press("3", "j", "j", "enter", "r")
    await stage.type(
        "Thanks for the details. We found the cause:\n\n- the batch job ran twice\n- both runs were billed\n\n"
    )
    await stage.type("The second charge is on its way back to you.")
    await stage.calm()


async def note(stage: Stage) -> None:
    await stage.press("3", "j", "j", "enter", "n")
    await stage.type("Second report today. Looks like the 06:00 batch again, please check before answering.")
    await stage.calm()


async def undo(stage: Stage) -> None:
    await stage.press("3", "j", "j", "enter", "r")
    await stage.type("All sorted, the refund is on its way.")
    await stage.press("ctrl+s")


async def palette(stage: Stage) -> None:
    await stage.press("3", "j", "colon")
    await stage.type("sno")
    await stage.calm()


async def helping(stage: Stage) -> None:
    await stage.press("3", "question_mark")


async def assign(stage: Stage) -> None:
    await stage.press("3", "j", "j", "a")


async def snooze(stage: Stage) -> None:
    await stage.press("3", "j", "z")
    await stage.type("mon 9am")
    await stage.calm()


async def search(stage: Stage) -> None:
    await stage.press("slash")
    await stage.type("is:open waiting>2h tag:bi")
    await stage.calm()


async def finder(stage: Stage) -> None:
    await stage.press("3", "at")
    await stage.type("an")
    await stage.calm()


async def views(stage: Stage) -> None:
    await stage.press("3", "v")


async def offline(stage: Stage) -> None:
    await stage.press("3", "j")
    stage.transport.down = True
    stage.inbox.sync.refresh()
    await stage.press("c", "i")
    while stage.inbox.status.connection != "offline":
        await stage.pilot.pause(0.1)
    await stage.calm()


async def empty(stage: Stage) -> None:
    await stage.press("slash")
    await stage.type("is:open tag:nothing-like-it")
    await stage.press("enter")


async def overview(stage: Stage) -> None:
    await stage.press("3", "D")
    await stage.calm()


async def nothing(stage: Stage) -> None:
    await stage.calm()


async def no_snoozed(stage: Stage) -> None:
    for conversation in stage.workspace.conversations:
        if conversation.state == "snoozed":
            stage.workspace.admin_part(conversation.id, int(stage.inbox.me.id), "open")
    stage.inbox.sync.refresh()
    await stage.press("4")
    while len(stage.app.ui.list.view):
        await stage.pilot.pause(0.05)
    await stage.calm()


async def selection(stage: Stage) -> None:
    await stage.press("3", "X", "X", "X", "X", "X")


async def held(stage: Stage) -> None:
    await stage.press("3", "j", "enter", "r")
    await stage.type("It is fixed since this morning.")
    cid = stage.app.ui.target.current
    stage.workspace.customer_reply(cid, "<p>Wait, it is the other printer. And who pays for the labels?</p>")
    await stage.press("ctrl+s")
    while not stage.inbox.outbox.attention():
        await stage.pilot.pause(0.05)
    await stage.press("ctrl+o")


async def themes(stage: Stage) -> None:
    await stage.press("3", "j", "colon")
    await stage.type("theme")
    await stage.press("enter", "down", "down")


async def leaving(stage: Stage) -> None:
    stage.transport.down = True
    await stage.press("3", "j", "c", "j", "i", "q")


async def not_downloaded(stage: Stage) -> None:
    stage.transport.down = True
    await stage.press("5", "j", "j", "enter")


def _slow(transport: Switchable) -> None:
    transport.slow = frozenset(("search",))


def _cut(transport: Switchable) -> None:
    transport.down = True


def _limited(transport: Switchable) -> None:
    transport.says = (429, {"X-RateLimit-Reset": str(int(time.time()) + 9)}, {"type": "error.list", "errors": []})


def _refused(transport: Switchable) -> None:
    error = {"code": "unauthorized", "message": "Access Token Invalid"}
    transport.says = (401, {}, {"type": "error.list", "errors": [error]})


async def outbox(stage: Stage) -> None:
    stage.transport.down = True
    await stage.press("3", "j", "c", "i", "t", "enter")
    await stage.press("colon")
    await stage.type("outbox")
    await stage.press("enter")


_NAMES = {
    " ": "space", "\n": "enter", ".": "full_stop", ",": "comma", ":": "colon", "-": "minus", ">": "greater_than_sign",
    "/": "slash", "?": "question_mark", "@": "at", "'": "apostrophe", "!": "exclamation_mark",
}  # fmt: skip

STATES: list[Shot] = [
    Shot("inbox", inbox, png=True),
    Shot("reply", reply, png=True),
    Shot("note", note, png=True),
    Shot("undo", undo),
    Shot("palette", palette),
    Shot("help", helping),
    Shot("assign", assign),
    Shot("snooze", snooze),
    Shot("search", search),
    Shot("contact-finder", finder),
    Shot("views", views),
    Shot("overview", overview, png=True),
    Shot("selection", selection),
    Shot("held", held, options=Options(undo_seconds=0, fast_seconds=3600)),
    Shot("themes", themes),
    Shot("leaving", leaving),
    Shot("offline", offline),
    Shot("outbox", outbox),
    Shot("empty", empty),
    Shot("empty-view", no_snoozed),
    Shot("not-downloaded", not_downloaded),
    Shot("loading", nothing, before=_slow),
    Shot("no-connection", nothing, before=_cut),
    Shot("rate-limited", nothing, before=_limited),
    Shot("token-rejected", nothing, before=_refused),
]
"""Every state, wide and dark."""
