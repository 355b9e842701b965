"""A thread of which Intercom did not give everything says so at its top, by the key that opens the browser."""

from pathlib import Path

import pytest

from tests.app.conftest import SIZES, stage_at
from tests.app.widgets_desk import desk, part
from tui.sandbox.model import Author
from tui.sandbox.workspace import Workspace


@pytest.mark.parametrize(("settings", "key"), [("", "b"), ('[keys]\n"link.browser" = ["ctrl+b"]\n', "ctrl+b")])
async def test_a_cut_thread_says_so_at_the_top_with_the_key_as_bound(tmp_path: Path, settings: str, key: str) -> None:
    workspace = Workspace(seed=7, conversations=40)
    async with stage_at(tmp_path, SIZES[1], workspace=workspace, settings=settings) as stage:
        cid = stage.current
        before = len(stage.parts(cid))
        author = Author("admin", "991267700", "Priya", "priya@example.test")
        for n in range(712 - before):
            workspace.conversations.add(stage.there(cid), "comment", f"<p>Message {n}</p>", author)
        await stage.inbox.threads.fetch(cid)
        await stage.read()
        await stage.press("g", "g")
        assert f"212 earlier messages are in the browser ({key} opens it)" in stage.text()
        assert stage.app.ui.thread.view.text().startswith("[212 earlier messages are in the browser]")
        # kept with the thread, whatever happens to it afterwards
        await stage.inbox.actions.note(cid, "ours")
        await stage.sent()
        row = stage.inbox.threads.conversation(cid)
        assert row is not None
        stored = stage.inbox.threads.cached(cid)
        assert row.earlier(stored) == 713 - (len(stored) - 1)


def test_nothing_is_missing_where_all_came_or_none_was_asked_for() -> None:
    row = desk()[0]
    parts = [part(1, "source", "<p>x</p>", 9), part(2, "comment", "<p>y</p>", 8)]
    assert row.earlier([]) == row.earlier(parts) == 0
