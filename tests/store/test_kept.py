"""The second file: what it says, what it survives, and when the store takes words from it."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import msgspec
import pytest

from tui.inbox.actions import codec as acts
from tui.inbox.actions.reply import Reply
from tui.model.outbox import State
from tui.model.rows import DraftRow
from tui.store import kept, maintenance, outbox, people
from tui.store.store import Store


def journal(store: Store, said: str, state: State = State.QUEUED) -> int:
    action = Reply(conversation_id="7", text=said, html=f"<p>{said}</p>")

    def job(db: sqlite3.Connection) -> int:
        return outbox.append(
            db, conversation_id="7", kind="reply", payload=acts.encode(action), state=state, now=1000.0
        )

    return store.write_now(job)


def draft(store: Store, said: str, conversation_id: str = "7") -> None:
    store.write_now(partial(people.put_drafts, rows=[DraftRow(conversation_id, "reply", said, 5)]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inbox.db"


def opened(path: Path) -> Store:
    return maintenance.open_store(path)[0]


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_a_lost_store_gives_drafts_back_and_holds_actions(path: Path) -> None:
    store = opened(path)
    draft(store, "a draft")
    number, sending = journal(store, "an action"), journal(store, "on its way", State.SENDING)
    done = journal(store, "it has left")
    store.write_now(lambda db: outbox.move(db, done, State.DONE, now=1001.0))
    store.close()
    assert stat.S_IMODE(kept.kept_file(path).stat().st_mode) == 0o600
    remove(path)
    store = opened(path)
    assert "1 draft and 2 unsent actions" in store.notice
    assert [row.text for row in people.drafts(store.reader)] == ["a draft"]
    rows = outbox.unfinished(store.reader)
    assert [(row.id, row.state, row.held_for) for row in rows] == [
        (number, "held", "rescued"), (sending, "held", "rescued"),
    ]  # fmt: skip
    assert [acts.decode(row.payload).text for row in rows] == ["an action", "on its way"]
    store.close()
    assert opened(path).notice == ""


def test_an_older_copy_of_the_store_never_sends_what_has_left_since(path: Path, tmp_path: Path) -> None:
    store = opened(path)
    first, second = journal(store, "first"), journal(store, "second")
    store.close()
    shutil.copy(path, tmp_path / "older")
    store = opened(path)
    store.write_now(lambda db: outbox.move(db, first, State.DONE, now=1001.0))
    store.write_now(lambda db: outbox.move(db, second, State.SENDING, now=1001.0))
    store.close()
    remove(path)
    shutil.copy(tmp_path / "older", path)
    store = opened(path)
    assert [(row.id, row.state, row.held_for) for row in outbox.unfinished(store.reader)] == [
        (second, "held", "rescued")
    ]
    store.close()


def test_a_byte_of_a_reply_that_changed_is_noticed(path: Path) -> None:
    store = opened(path)
    journal(store, "the price is 100 euros")
    store.close()
    path.write_bytes(path.read_bytes().replace(b"is 100 euros", b"is 900 euros"))
    store = opened(path)
    (row,) = outbox.unfinished(store.reader)
    assert (acts.decode(row.payload).text, row.state, row.held_for) == ("the price is 100 euros", "held", "rescued")
    store.close()


def test_in_normal_times_nothing_is_taken_from_it(path: Path) -> None:
    """Whatever another hand wrote with SQL is newer, and the second file follows."""
    store = opened(path)
    draft(store, "old words")
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE drafts SET text = 'new words'")
    store = opened(path)
    assert (store.notice, people.drafts(store.reader)[0].text) == ("", "new words")
    store.close()
    assert [row.text for row in kept.read(path).drafts.values()] == ["new words"]


def test_two_programs_write_one_file(path: Path) -> None:
    one, two = opened(path), opened(path)
    for number in range(30):
        draft(one if number % 2 else two, f"words {number}", str(number))
        if number == 15:
            one.keep_all()
    one.close()
    two.close()
    found = kept.read(path)
    assert found.complete
    assert {row.text for row in found.drafts.values()} == {f"words {number}" for number in range(30)}


def test_it_stays_small(path: Path) -> None:
    store = opened(path)
    for number in range(400):
        draft(store, f"{number} " + "x" * 5000)
    store.close()
    assert kept.kept_file(path).stat().st_size < 300_000
    assert kept.read(path).drafts["7", "reply"].text.startswith("399 ")


def test_what_is_cleared_for_good_is_gone_from_it(path: Path) -> None:
    store = opened(path)
    draft(store, "private words")
    maintenance.clear(store, force=True)
    store.close()
    assert b"private" not in kept.kept_file(path).read_bytes()
    assert opened(path).notice == ""


@pytest.mark.parametrize("damage", ["gone", "noise", "cut", "line"])
def test_damage_to_it_alone_costs_nothing(path: Path, damage: str) -> None:
    store = opened(path)
    draft(store, "a draft")
    journal(store, "an action")
    store.close()
    second = kept.kept_file(path)
    if damage == "gone":
        second.unlink()
    elif damage == "noise":
        second.write_bytes(os.urandom(500))
    elif damage == "cut":
        second.write_bytes(second.read_bytes()[:-20])
    else:
        second.write_bytes(second.read_bytes().replace(b"an action", b"an fiction"))
    store = opened(path)
    assert store.notice == ""
    assert [row.state for row in outbox.unfinished(store.reader)] == ["ready"]
    store.close()
    found = kept.read(path)
    assert (found.complete, len(found.drafts), len(found.actions)) == (True, 1, 1)


_KILLED = """
import os, signal, sys
from functools import partial
from pathlib import Path
from tui.store import people
from tui.store import maintenance
from tui.model.rows import DraftRow
store, _ = maintenance.open_store(Path(sys.argv[1]))
for number in range(200):
    store.write_now(partial(people.put_drafts, rows=[DraftRow("7", "reply", f"words {number}", 5)]))
    print(number, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_was_announced_is_in_it_after_sigkill(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.split()[-1] == "199"
    remove(path)
    store = opened(path)
    assert [row.text for row in people.drafts(store.reader)] == ["words 199"]
    store.close()


def test_a_row_cut_short_is_shown_with_what_is_left_of_it(path: Path) -> None:
    """Without the second file, which would have all of it."""
    store = opened(path)
    number = journal(store, "these words were “written” \\ and cut somewhere in the middle of it all")
    journal(store, "whole")
    store.close()
    kept.kept_file(path).unlink()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE outbox SET payload = substr(payload, 1, 95) WHERE id = ?", (number,))
    store = opened(path)
    assert "could not be read" in store.notice
    rows = outbox.unfinished(store.reader)
    assert [(row.id, row.state, row.held_for) for row in rows] == [
        (number, "held", "damaged"),
        (number + 1, "ready", ""),
    ]
    left = acts.decode(rows[0].payload)
    assert (left.kind, left.conversation_id) == ("unreadable", "7")
    assert "these words were “written” \\ and".startswith(left.text[:20])
    assert len(left.text) >= 20
    store.close()


def test_entries_that_are_none_are_skipped() -> None:
    found = kept.Kept()
    for entry in ((), ("d",), ("a", {"id": "x"}), ("s", 1), ("z", 1), ("d", 1, 2, 3, 4)):
        with pytest.raises((ValueError, TypeError, msgspec.MsgspecError)):
            found.take(entry)
    assert not found.drafts
