"""Leaving the real program while something is held for undo: sent where that is quick, else queued and told."""

import re
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.harness.sandbox import Served, environment
from tests.terminal.pty_harness import Terminal

SLOW = "latency=1:20000-20000"


def program(served: Served, home: Path) -> Terminal:
    config = home / "config"
    config.mkdir(mode=0o700, parents=True)
    (config / "config.toml").write_text("[outbox]\nundo_seconds = 600\n")
    return Terminal([sys.executable, "-m", "tui", "--base-url", served.base_url], env=environment(home))


def close_first(terminal: Terminal) -> None:
    terminal.wait_for("● live")
    terminal.wait_for("\u258c")  # the cursor of a list that holds something
    terminal.settle()
    terminal.press("c")
    terminal.wait_for(re.compile(r"Closed .* undo"))


def closed(served: Served) -> int:
    found = served.ask("GET", "/conversations?per_page=150")["conversations"]
    return sum(one["state"] == "closed" for one in found)


def kept(home: Path) -> list[tuple[str, str]]:
    db = sqlite3.connect(home / "data" / "default" / "store.sqlite3")
    try:
        return db.execute("SELECT kind, state FROM outbox WHERE kind <> 'read'").fetchall()
    finally:
        db.close()


@pytest.mark.parametrize("way", ["q", "SIGTERM", "SIGHUP"])
def test_what_is_held_is_sent_when_the_program_ends(tmp_path: Path, way: str) -> None:
    with Served(conversations=30, seed=7, latency_ms=5) as served:
        before = closed(served)
        with program(served, tmp_path) as terminal:
            close_first(terminal)
            assert closed(served) == before
            if way == "q":
                terminal.press("q")
            else:
                terminal.send(signal.Signals[way])
            terminal.wait_exit()
        assert (closed(served), kept(tmp_path)) == (before + 1, [("close", "done")])


@pytest.mark.parametrize("way", ["q", "SIGTERM"])
def test_what_is_not_sent_in_time_stays_queued_and_is_told(tmp_path: Path, way: str) -> None:
    with Served(conversations=30, seed=7, latency_ms=5) as served:
        before = closed(served)
        with program(served, tmp_path) as terminal:
            close_first(terminal)
            served.faults(SLOW, 1)
            if way == "q":
                terminal.press("q")
                terminal.wait_for("unsent actions")
                terminal.press("q")
            else:
                terminal.send(signal.SIGTERM)
            terminal.wait_exit()
            assert "Queued: sent the next time" in " ".join(terminal.text.split())
        served.faults("", 1)
        assert closed(served) == before
        ((kind, state),) = kept(tmp_path)
        assert (kind, state in ("held", "ready", "sending", "unsure")) == ("close", True)
