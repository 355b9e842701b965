"""``--demo``: a workspace without a token, and nothing left of it."""

import argparse
import asyncio
import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.support import child
from tui.cli.demo import Demo
from tui.cli.main import main


def test_demo_answers_every_noun_and_leaves_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made: list[Demo] = []
    real = Demo.__init__

    def remember(self: Demo, *, live: bool) -> None:
        made.append(self)
        real(self, live=live)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Demo, "__init__", remember)
        assert main(["--demo", "--still", "conversation", "list", "--view", "mine"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5
    assert not made[0].directory.exists()
    assert not home.exists()
    assert not [thread for thread in threading.enumerate() if thread.name == "sandbox"]


def test_demo_writes_go_through_the_outbox(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tui.cli.opening import inbox_of
    from tui.inbox.outbox.submit import carry_out

    async def go() -> tuple[str, int]:
        async with inbox_of(parsed(["--demo", "--still"])) as inbox:
            client = await inbox.connection.open()
            await inbox.sync.identify(client)
            await inbox.sync.once()
            page = await anext(aiter(client.conversations.list_pages()))
            await inbox.ingest.page(page.items)
            outbox_id = await inbox.actions.reply(page.items[0].id, "from the demo", force=True)
            carried = await carry_out(inbox, [outbox_id], online=True, still_unknown=lambda row: None)
            thread = await client.conversations.get(page.items[0].id)
            bodies = [part.body for part in thread.conversation_parts.parts]
            return carried[0].state, bodies.count("<p>from the demo</p>")

    assert asyncio.run(go()) == ("done", 1)


def test_live_demo_ends_with_its_room(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--demo", "tag", "list"]) == 0
    assert not [thread for thread in threading.enumerate() if thread.name == "sandbox"]


def test_the_sandbox_never_holds_up_the_screens_loop(home: Path) -> None:
    """Requests are answered on another thread: the asking loop only waits."""
    from tui.api.query import Field

    demo = Demo(live=False)
    answering: set[str] = set()

    async def go() -> None:
        async with contextlib.AsyncExitStack() as stack:
            client = await stack.enter_async_context(demo.client(lambda _: None))
            room = demo._room
            assert room is not None
            real: Callable[[], None] = room.workspace.tick

            def tick() -> None:
                answering.add(threading.current_thread().name)
                real()

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(room.workspace, "tick", tick)
                page = await client.conversations.search(Field("state") == "open")
            assert page.items

    try:
        asyncio.run(go())
    finally:
        demo.close()
    assert answering == {"sandbox"}


def test_demo_as_a_program_needs_no_settings(home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("broken [")
    assert child("admin", "list", home=home).code == 2
    shown = child("--demo", "--still", "admin", "list", "--json", home=home)
    assert shown.code == 0, shown.err
    assert len(shown.json()) > 3


def test_what_a_killed_demo_left_is_swept(tmp_path: Path) -> None:
    from tui.cli.demo import sweep

    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    left = tmp_path / f"intercom-tui-demo-{gone.pid}-abc"
    (left / "data").mkdir(parents=True)
    kept = [tmp_path / f"intercom-tui-demo-{os.getpid()}-abc", tmp_path / "intercom-tui-demo-notes"]
    for path in kept:
        path.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / f"intercom-tui-demo-{gone.pid}-link").symlink_to(elsewhere)
    sweep(tmp_path)
    assert not left.exists()
    assert elsewhere.exists()
    assert all(path.exists() for path in kept)


def parsed(argv: list[str]) -> argparse.Namespace:
    from tui.cli.main import build_parser

    return build_parser().parse_args(argv)
