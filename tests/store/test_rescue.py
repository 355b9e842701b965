"""Saving what a damaged store holds, from its pages alone and by several programs at once."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.damage.made import Made, make
from tui.inbox.actions import codec as acts
from tui.store import kept, maintenance, outbox, pages, people
from tui.store.rescue import mend_header


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("made"))


def copy_of(made: Made, folder: Path, *, running: bool = False) -> Path:
    """A copy of the store without its second file."""
    shutil.copytree(made.running if running else made.closed, folder / "home")
    store = folder / "home" / made.store
    kept.kept_file(store).unlink()
    return store


@pytest.mark.parametrize("running", [False, True])
def test_pages_give_what_sqlite_gives(made: Made, tmp_path: Path, running: bool) -> None:
    """Long texts too, which lie on chains of overflow pages, and those that are in the write-ahead log only."""
    store = copy_of(made, tmp_path, running=running)
    found = pages.search(store)
    db = sqlite3.connect(store)
    drafts = {row[0]: row[2] for row in db.execute("SELECT * FROM drafts")}
    actions = dict(db.execute("SELECT id, payload FROM outbox"))
    states = dict(db.execute("SELECT id, state FROM outbox"))
    workspace = db.execute("SELECT value FROM meta WHERE key = 'workspace'").fetchone()[0]
    db.close()
    assert {key[0]: row.text for key, row in found.drafts.items()} == drafts
    assert {number: row.payload for number, row in found.actions.items()} == actions
    finished = ("done", "undone", "discarded")
    assert {n for n, row in found.actions.items() if row.state in finished} == {
        n for n, state in states.items() if state in finished
    }
    assert found.workspace == workspace


def test_a_header_is_made_anew(made: Made, tmp_path: Path) -> None:
    store = copy_of(made, tmp_path)
    with open(store, "r+b") as file:
        file.write(os.urandom(100))
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(store).execute("SELECT count(*) FROM outbox").fetchone()
    mend_header(store)
    db = sqlite3.connect(store)
    assert db.execute("PRAGMA integrity_check(outbox)").fetchone() == ("ok",)
    assert db.execute("SELECT count(*) FROM outbox").fetchone() == (15,)
    db.close()


@pytest.mark.parametrize("harm", ["header", "schema"])
def test_without_a_second_file_header_and_schema_damage_lose_nothing(made: Made, tmp_path: Path, harm: str) -> None:
    path = copy_of(made, tmp_path)
    with open(path, "r+b") as file:
        file.write(os.urandom(100 if harm == "header" else 4096))
    store, rescue = maintenance.open_store(path)
    assert rescue is not None
    assert Path(rescue.moved_to).exists()
    assert "6 drafts and 12 unsent actions were saved" in rescue.sentence()
    texts = [acts.decode(row.payload).text for row in outbox.unfinished(store.reader)]
    texts += [draft.text for draft in people.drafts(store.reader)]
    assert sorted(texts) == sorted(made.words)
    store.close()


_OPENS = """
import sys
from pathlib import Path
from tui.store import outbox, people
from tui.store import maintenance
store, rescue = maintenance.open_store(Path(sys.argv[1]))
print(len(people.drafts(store.reader)), len(outbox.unfinished(store.reader)), rescue is not None)
store.close()
"""


def test_two_programs_rescue_once(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.closed, tmp_path / "home")
    path = tmp_path / "home" / made.store
    with open(path, "r+b") as file:
        file.write(os.urandom(4096))
    both = [
        subprocess.Popen([sys.executable, "-c", _OPENS, str(path)], stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = sorted(one.communicate(timeout=120)[0].strip() for one in both)
    assert said == ["6 12 False", "6 12 True"]
    assert len([name for name in os.listdir(path.parent) if ".damaged-" in name and name[-1].isdigit()]) == 1
