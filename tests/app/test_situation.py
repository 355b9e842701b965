"""States as the screen says them, with a link that comes and goes."""

import re
from pathlib import Path

from tests.app.conftest import SIZES, Stage, stage_at
from tests.app.test_guard import pane


def unread_here(stage: Stage) -> str:
    listed = stage.inbox.views.list(stage.inbox.views.get("open"))
    return next(row.id for row in reversed(listed.rows(0, len(listed))) if not stage.inbox.threads.cached(row.id))


async def offline(stage: Stage) -> None:
    stage.online = False
    stage.inbox.sync.refresh()
    await stage.wait(lambda: stage.inbox.status.connection == "offline")
    await stage.pilot.pause()


async def test_a_reply_written_offline_is_queued_and_says_so_everywhere(tmp_path: Path) -> None:
    async with stage_at(tmp_path, SIZES[1], undo_seconds=1.0) as stage:
        await stage.read()
        await stage.press("r")
        await stage.type("hello")
        await stage.press("ctrl+s")
        assert "sending in 1 s · u undo" in pane(stage)
        assert "Reply will be sent in 1 s · u undo" in stage.notice
        await offline(stage)
        assert "queued - sent when you are online · u undo" in pane(stage)
        await stage.press("O")
        assert "queued" in stage.text()
        assert "sent when you are online" in stage.text()
        assert "in 0 s" not in stage.text()
        await stage.press("escape")
        assert "offline since" in stage.app.layout.status.words
        stage.online = True
        stage.inbox.sync.refresh()
        await stage.sent()
        assert "when you are online" not in pane(stage)


async def test_the_countdown_counts(tmp_path: Path) -> None:
    async with stage_at(tmp_path, SIZES[1], undo_seconds=600.0) as stage:
        await stage.read()
        await stage.press("r")
        await stage.type("hello")
        await stage.press("ctrl+s")

        def left() -> int:
            found = re.search(r"sending in (\d+) s", pane(stage))
            assert found
            return int(found[1])

        first = left()
        assert 500 < first <= 600
        while left() == first:  # the pane counts by itself: nothing changes in the store
            await stage.pilot.pause(0.05)
        assert left() < first


async def test_a_thread_that_is_not_here_says_why_and_comes_with_the_link(small: Stage) -> None:
    cid = unread_here(small)
    await offline(small)
    small.app.ui.thread.open(cid)
    await small.pilot.pause()
    assert "Not downloaded." in pane(small)
    assert "Loads when you are online." in pane(small)
    small.online = True
    small.inbox.sync.refresh()
    await small.wait(lambda: small.inbox.threads.cached(cid))
    await small.pilot.pause()
    assert "Not downloaded." not in pane(small)


async def test_a_contact_that_is_not_here_says_why_and_comes_with_the_link(tmp_path: Path) -> None:
    async with stage_at(tmp_path, SIZES[1]) as stage:
        cid = unread_here(stage)
        await offline(stage)
        stage.app.ui.thread.open(cid)
        await stage.pilot.pause()
        row = stage.inbox.threads.conversation(cid)
        assert row is not None
        left, right = stage.app.ui.contact.view.region.column_span

        def contact() -> str:
            return "\n".join(line[left:right] for line in stage.text().split("\n"))

        assert "Not downloaded." in contact()
        assert "Loading" not in contact()
        stage.online = True
        stage.inbox.sync.refresh()
        await stage.wait(lambda: (known := stage.inbox.contacts.cached(row.contact_id)) and known.fetched_at)
        await stage.pilot.pause()
        assert "Not downloaded." not in contact()


async def test_a_request_that_hangs_while_the_link_is_gone_is_no_loading(small: Stage) -> None:
    """The thread is being asked for when the link goes: what is shown changes with the link, not with the answer."""
    cid = unread_here(small)
    small.hanging.add(f"/conversations/{cid}")
    small.app.ui.thread.open(cid)
    await small.pilot.pause()
    assert "Loading…" in pane(small)
    await offline(small)
    assert "Loading…" not in pane(small)
