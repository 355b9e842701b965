"""A picture of each screen at both sizes, on a desk whose clock stands still.

After a change that is meant: ``python -m pytest tests/app/test_snapshots.py -n 0 --snapshot-update``, and look.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from textual.pilot import Pilot

from tui.api.client import Intercom
from tui.app.app import InboxApp
from tui.app.commands import all_commands
from tui.app.dialogs.finder import Finder
from tui.app.keys.key_resolver import COUNT_WINDOW
from tui.app.keys.registry import Registry
from tui.app.options import UiOptions
from tui.app.widgets.lines import Appearance
from tui.inbox.inbox import Inbox, Options
from tui.sandbox.app import create_app
from tui.sandbox.workspace import Workspace
from tui.store.store import Store

NOW = 1_795_000_000
"""Friday 18 November 2026, 10:26 UTC."""

Compare = Callable[..., bool]
Scene = Callable[[InboxApp, Pilot[int]], Awaitable[None]]


def inbox_app(path: Path, *, low_bandwidth: bool = False, theme: str = "ink") -> InboxApp:
    workspace = Workspace(seed=7, conversations=60, now=lambda: NOW)
    transport = httpx.ASGITransport(app=create_app(workspace, token="t"))
    store = Store.open(path / "inbox.db")
    inbox = Inbox(
        store,
        lambda on_budget: Intercom("http://127.0.0.1:9", "t", transport=transport, on_budget=on_budget),
        Options(undo_seconds=0, fast_seconds=3600, idle_seconds=3600),
    )
    zone = ZoneInfo("UTC")
    appearance = Appearance(low_bandwidth=low_bandwidth, clock=lambda: NOW, zone=zone)
    options = UiOptions(low_bandwidth=low_bandwidth, macros={"Thanks": "Thanks for writing."}, zone=zone)
    return InboxApp(inbox, Registry(all_commands()), options=options, appearance=appearance, theme=theme, age_refresh=0)


async def rested(app: InboxApp, pilot: Pilot[int]) -> None:
    """Until all conversations are in, and nothing is being fetched or laid out."""
    inbox = app.inbox
    while (
        not inbox.status.synced_at or inbox.status.syncing or inbox.threads.loading(app.ui.thread.view.conversation_id)
    ):
        await pilot.pause(0.01)
    await inbox.drafts.flush()
    await pilot.pause(0.25)
    while inbox.contacts.loading(app.layout.contact.contact_id) or inbox.outbox.pending() or is_asking(app):
        await pilot.pause(0.01)
    await pilot.pause(0.05)


def is_asking(app: InboxApp) -> bool:
    """Whether the dialog on top waits for Intercom's answer, or the line of views for a search."""
    top = app.ui.dialogs.top
    return app.ui.list.strip.is_searching or (isinstance(top, Finder) and top.asking)


def keys(*pressed: str) -> Scene:
    async def play(app: InboxApp, pilot: Pilot[int]) -> None:
        for key in ("3", *pressed):
            await pilot.press(key)
            if key == "3":
                await pilot.pause(COUNT_WINDOW)
            elif key in ("enter", "j"):
                await rested(app, pilot)

    return play


SCENES: dict[str, Scene] = {
    "inbox": keys("j", "j"),
    "thread": keys("j", "j", "j", "enter"),
    "reply": keys("j", "enter", "r", "H", "e", "l", "l", "o"),
    "note": keys("j", "enter", "n", "l", "o", "o", "k"),
    "assign": keys("j", "a"),
    "snooze": keys("j", "z", "3", "h"),
    "palette": keys("j", "colon", "t", "a", "g"),
    "help": keys("question_mark"),
    "search": keys("slash", "i", "s", "colon", "o"),
    "nothing-found": keys("slash", "q", "x", "q", "x", "enter"),
    "views": keys("v"),
    "finder": keys("at", "a", "n"),
    "closed": keys("j", "c"),
}


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
@pytest.mark.parametrize("name", SCENES)
def test_screen(snap_compare: Compare, tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    app = inbox_app(tmp_path)

    async def play(pilot: Pilot[int]) -> None:
        await rested(app, pilot)
        await SCENES[name](app, pilot)
        await rested(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=play)


@pytest.mark.parametrize("theme", ["paper", "contrast", "terminal"])
def test_theme(snap_compare: Compare, tmp_path: Path, theme: str) -> None:
    app = inbox_app(tmp_path, theme=theme, low_bandwidth=theme == "terminal")

    async def play(pilot: Pilot[int]) -> None:
        await rested(app, pilot)
        await keys("j", "j", "enter")(app, pilot)
        await rested(app, pilot)

    assert snap_compare(app, terminal_size=(120, 36), run_before=play)
