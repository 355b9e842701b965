"""Drafts: kept as they are typed, gone when they are sent, and there after anything."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.inbox.conftest import Desk
from tui.inbox.changes import Changes
from tui.inbox.drafts import DELAY, Drafts
from tui.inbox.outbox.outbox import UndoResult
from tui.store.people import drafts
from tui.store.store import Store

_TYPING = """
import asyncio, sys, threading
from pathlib import Path
from tui.inbox.changes import Changes
from tui.inbox.drafts import Drafts
from tui.store.connection import connect
from tui.store.people import drafts as stored
from tui.store.store import Store

path = Path(sys.argv[1])

def announce():
    db, said = connect(path, read_only=True), ""
    while True:
        there = {row.kind: row.text for row in stored(db)}
        if there.get("reply", "") != said and "note" in there:
            said = there["reply"]
            print(said, flush=True)

async def main():
    drafts = Drafts(Store.open(path), Changes())
    threading.Thread(target=announce, daemon=True).start()
    for n in range(100_000):
        drafts.save("1", "reply", f"typed {n}")
        drafts.save("2", "note", f"note {n}")
        await asyncio.sleep(0.01)

asyncio.run(main())
"""


def test_sigkill_loses_nothing_that_was_written(tmp_path: Path) -> None:
    """What another connection has seen in the store is there after SIGKILL, and in the second file as well."""
    path = tmp_path / "s.db"
    typing = subprocess.Popen([sys.executable, "-c", _TYPING, str(path)], stdout=subprocess.PIPE, text=True)
    assert typing.stdout is not None
    seen = [typing.stdout.readline() for _ in range(5)]
    os.kill(typing.pid, signal.SIGKILL)
    rest, _ = typing.communicate()
    # the last line may be cut short
    announced = max(int(line.split()[1]) for line in [*seen, *rest.split("\n")[:-1]])
    store = Store.open(path)
    try:
        there = {row.conversation_id: row for row in drafts(store.reader)}
    finally:
        store.close()
    assert int(there["1"].text.split()[1]) >= announced > 0
    assert there["2"].kind == "note"


async def test_a_key_waits_half_of_100_ms_for_its_write_to_begin(tmp_path: Path) -> None:
    """By the loop's own clock: the first key sets the time, later keys do not put it off."""
    store = Store.open(tmp_path / "s.db")
    loop = asyncio.get_running_loop()
    asked: list[float] = []

    def call_later(delay: float, callback: Callable[..., object], *args: object) -> asyncio.TimerHandle:
        asked.append(delay)
        return loop.call_at(loop.time() + delay, callback, *args)

    box = Drafts(store, Changes(), call_later)
    for n in range(20):
        box.save("1", "reply", f"typed {n}")
    assert asked == [DELAY]
    assert DELAY <= 0.05
    await box.flush()
    assert [row.text for row in drafts(store.reader)] == ["typed 19"]
    box.save("1", "reply", "more")
    assert asked == [DELAY, DELAY]
    await box.flush()
    store.close()


async def test_one_draft_a_conversation_and_kind(desk: Desk) -> None:
    first, second = (row.id for row in desk.inbox.views.list(desk.inbox.views.get("open")).rows(0, 2))
    box = desk.inbox.drafts
    box.save(first, "reply", "to you")
    box.save(first, "note", "about you")
    box.save(second, "reply", "to another")
    assert (box.get(first, "reply"), box.get(first, "note"), box.get(second, "note")) == ("to you", "about you", "")
    await box.flush()
    assert {(row.conversation_id, row.kind, row.text) for row in box.all()} == {
        (first, "reply", "to you"), (first, "note", "about you"), (second, "reply", "to another"),
    }  # fmt: skip
    row = desk.inbox.threads.conversation(first)
    assert row is not None
    assert row.has_draft
    box.save(first, "reply", "   ")
    assert (box.get(first, "reply"), box.kinds(first)) == ("", ["note"])
    await box.flush()
    assert {(row.conversation_id, row.kind) for row in box.all()} == {(first, "note"), (second, "reply")}


async def test_words_typed_while_a_save_is_on_its_way_are_saved_too(desk: Desk) -> None:
    box = desk.inbox.drafts
    box.save("1", "reply", "one")
    writing = asyncio.create_task(box.flush())
    await asyncio.sleep(0)
    box.save("1", "reply", "one two")
    await writing
    assert box.get("1", "reply") == "one two"
    await box.flush()
    assert [row.text for row in box.all()] == ["one two"]


async def test_a_save_is_announced_once_it_is_on_disk(desk: Desk) -> None:
    desk.inbox.drafts.save("1", "reply", "hello")
    await desk.wait(lambda: [row.text for row in desk.inbox.drafts.all()] == ["hello"])


async def test_stopping_writes_what_was_typed(desk: Desk) -> None:
    desk.inbox.drafts.save("1", "reply", "last words")
    await desk.inbox.stop()
    assert [row.text for row in drafts(desk.store.reader)] == ["last words"]


async def test_undo_does_not_lose_what_was_typed_an_instant_ago(desk: Desk) -> None:
    desk.inbox.outbox.undo_seconds = 60
    cid = desk.inbox.views.list(desk.inbox.views.get("open")).id_at(0)
    await desk.inbox.actions.reply(cid, "First")
    desk.inbox.drafts.save(cid, "reply", "Second, not saved yet")
    result = await desk.inbox.undo.newest()
    assert isinstance(result, UndoResult)
    assert result.text == "First\n\nSecond, not saved yet"
    assert desk.inbox.drafts.get(cid, "reply") == result.text
    await desk.inbox.drafts.flush()
    assert desk.inbox.drafts.get(cid, "reply") == result.text
