"""Drafts: kept as they are typed, gone when they are sent, and there after anything."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.inbox.conftest import Desk
from tui.store.people import drafts
from tui.store.store import Store

_TYPING = """
import asyncio, sys, time
from pathlib import Path
from tui.inbox.changes import Changes
from tui.inbox.drafts import Drafts
from tui.store.store import Store

async def main():
    drafts = Drafts(Store.open(Path(sys.argv[1])), Changes())
    for n in range(100_000):
        drafts.save("1", "reply", f"typed {n} at {time.time():.6f}")
        drafts.save("2", "note", f"note {n}")
        if n == 40:
            print("typing", flush=True)
        await asyncio.sleep(0.03)

asyncio.run(main())
"""


def test_sigkill_costs_at_most_a_second_of_typing(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    typing = subprocess.Popen([sys.executable, "-c", _TYPING, str(path)], stdout=subprocess.PIPE, text=True)
    assert typing.stdout is not None
    assert typing.stdout.readline() == "typing\n"
    killed = time.time()
    os.kill(typing.pid, signal.SIGKILL)
    typing.communicate()
    store = Store.open(path)
    try:
        kept = {row.conversation_id: row for row in drafts(store.reader)}
    finally:
        store.close()
    assert kept["1"].text.startswith("typed ")
    assert killed - float(kept["1"].text.rpartition(" ")[2]) < 1.0
    assert kept["2"].kind == "note"


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
    result = await desk.inbox.outbox.undo()
    assert result.text == "First\n\nSecond, not saved yet"
    assert desk.inbox.drafts.get(cid, "reply") == result.text
    await desk.inbox.drafts.flush()
    assert desk.inbox.drafts.get(cid, "reply") == result.text
