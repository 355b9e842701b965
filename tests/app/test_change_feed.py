"""What the inbox announces reaches the screen once a frame, and all of it."""

import asyncio

from tui.app.controllers.changes import ChangeFeed
from tui.model.rows import Change


async def test_changes_of_one_frame_arrive_as_one() -> None:
    applied: asyncio.Queue[Change] = asyncio.Queue()
    feed = ChangeFeed(applied.put_nowait, lambda: True)
    feed.heard(Change(conversations=frozenset({"1"})))
    feed.heard(Change(conversations=frozenset({"2"}), status=True))
    assert applied.empty()
    assert await applied.get() == Change(conversations=frozenset({"1", "2"}), status=True)
    assert applied.empty()


async def test_whoever_cannot_wait_for_the_frame_gets_it_at_once_and_nobody_twice() -> None:
    applied: list[Change] = []
    feed = ChangeFeed(applied.append, lambda: True)
    feed.heard(Change(drafts=True))
    feed.flush()
    assert applied == [Change(drafts=True)]
    await asyncio.sleep(0.05)
    feed.flush()
    assert len(applied) == 1


async def test_nothing_is_handed_to_a_screen_that_is_gone() -> None:
    applied: list[Change] = []
    feed = ChangeFeed(applied.append, lambda: False)
    feed.heard(Change(everything=True))
    feed.flush()
    assert applied == []
