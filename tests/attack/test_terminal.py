"""A terminal that shrinks, floods, hangs up and lies about itself; a profile that cannot be written."""

import resource
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.attack.conftest import environment, leaks, program, terminal, wrong_bytes
from tests.attack.hostile import Server, World
from tests.terminal.pty_harness import Terminal

PASTE = "\x1b[200~{}\x1b[201~"


def drafts(home: Path) -> list[str]:
    db = sqlite3.connect(home / "data/default/store.sqlite3")
    try:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in db.execute("SELECT text FROM drafts")]
    finally:
        db.close()


def writing(screen: Terminal) -> None:
    """The composer is open."""
    screen.wait_for("Subject")
    screen.settle()
    screen.press("r")
    screen.wait_for("the customer will see")


def test_sizes_and_pastes_and_keys_without_a_terminal(tmp_path: Path, world: World, server: Server) -> None:
    with terminal(tmp_path, server) as screen:
        screen.wait_for("Subject")
        screen.wait_for("live")
        for columns, rows in ((1, 1), (39, 9), (240, 80), (2, 60), (80, 24), (200, 1), (40, 10), (3, 3)) * 2:
            screen.resize(columns, rows)
            screen.press("j")
            screen.pump(0.01)
        screen.resize(120, 40)
        screen.wait_for("Subject")
        # Everything pasted over the list is text, though each of these letters would be a command.
        screen.send(PASTE.format("ccq\x1bq\ncq\x1b[31mdq\x1b[A\x9b31m" * 10_000))
        for control in "\x03\x1c\x00\x1d\x1e\x1f":
            screen.send(control)
        screen.settle()
        assert screen.process.poll() is None
        assert world.asked("POST /conversations/[^/]*/(reply|parts)") == 0
        screen.press("r")
        screen.wait_for("the customer will see")
        screen.send(PASTE.format("hello\n" * 5_000))
        screen.settle(0.3)
        screen.send(signal.SIGTERM)
        assert screen.wait_exit() == 143
    assert drafts(tmp_path)[0].count("hello") == 5_000


@pytest.mark.parametrize("how", ["hang up", "SIGHUP", "SIGTERM"])
def test_what_is_being_written_survives_the_end(how: str, tmp_path: Path, world: World, server: Server) -> None:
    with terminal(tmp_path, server) as screen:
        writing(screen)
        screen.send("half a thought")
        screen.wait_for("half a thought")
        if how == "hang up":
            screen.hang_up()
        else:
            screen.send(signal.Signals[how])
        assert screen.wait_exit() == (143 if how == "SIGTERM" else 129)
    assert drafts(tmp_path) == ["half a thought"]


@pytest.mark.parametrize(
    "env",
    [{"TERM": "", "LANG": "C", "LC_ALL": "C", "HOME": "/nowhere"}, {"TERM": "linux"}, {"TERM": "made-up-9"}],
    ids=["bare", "linux", "unknown"],
)
def test_a_terminal_that_can_little(env: dict[str, str], tmp_path: Path, world: World, server: Server) -> None:
    with terminal(tmp_path, server, env=env) as screen:
        screen.wait_for("Subject")
        screen.press("q")
        assert screen.wait_exit() == 0
        assert not screen.modes & {1049, 2004}
        raw = bytes(screen.raw)
        assert b"\x1b[?1049" not in raw
        assert b"\x1b]" not in raw, "no operating system command"
        assert b"$p" not in raw
        assert b"\x1b[6n" not in raw or env["TERM"] == "linux"


@pytest.mark.parametrize("term", ["dumb", "vt52", "unknown"])
def test_a_terminal_that_prints_lines_gets_lines(term: str, tmp_path: Path, world: World, server: Server) -> None:
    with terminal(tmp_path, server, env={"TERM": term}) as screen:
        screen.wait_for("Subject")
        screen.wait_for("intercom-tui>")
        screen.send("help\n")
        screen.wait_for("Every command of the shell")
        screen.send("1\n")
        screen.wait_until(lambda: screen.text.count("intercom-tui>") >= 3)
        screen.send("conversation nonsense\n")
        screen.wait_until(lambda: screen.text.count("intercom-tui>") >= 4)
        screen.send("q\n")
        assert screen.wait_exit() == 0
        assert b"\x1b" not in screen.raw
        assert screen.attributes == screen.attributes_at_start


def test_a_full_disk_is_said_and_loses_no_words(tmp_path: Path, world: World, server: Server) -> None:
    assert program("conversation", "list", home=tmp_path, server=server).returncode == 0
    with terminal(tmp_path, server) as screen:
        screen.wait_for("live")
        pid = screen.process.pid
        writing(screen)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        screen.send("my words")
        screen.wait_for("Cannot write the store")
        screen.press("ctrl+s")
        screen.settle()
        assert "my words" in screen.text
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        screen.press("ctrl+s")
        screen.wait_for("sending in")
        screen.press("u")
        screen.wait_for("my words")


def test_a_saved_view_with_a_mistake_only_says_so(tmp_path: Path, world: World, server: Server) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config/config.toml").write_text('[views]\n"[/x]" = "state:"\n')
    with terminal(tmp_path, server) as screen:
        screen.wait_for("Subject")
        screen.press("v")
        screen.wait_for("[/x]")
        screen.send("x]")
        screen.settle(0.1)
        screen.press("enter")
        screen.wait_for("needs a value")
        assert screen.process.poll() is None


FAULT = """
import os, sys
from tui.app.controllers.list import ListController
from tui.cli.main import main

def fail(self, *_):
    token = os.environ["INTERCOM_TOKEN"]
    raise RuntimeError("\\x1b]52;c;aGk=\\x07 it was " + token)

ListController.show_view = fail
sys.exit(main([]))
"""


def test_a_fault_tells_neither_the_token_nor_what_drives_a_terminal(
    tmp_path: Path, world: World, server: Server
) -> None:
    argv = [sys.executable, "-X", "dev", "-c", FAULT]
    with Terminal(argv, env=environment(tmp_path, server, TEXTUAL="debug,devtools")) as screen:
        screen.wait_for("Subject")
        screen.press("3")
        assert screen.wait_exit() == 70
        assert wrong_bytes(bytes(screen.raw)) == []
        assert not leaks(bytes(screen.raw))
        # where the line wraps depends on where the cursor was
        assert b"error (RuntimeError)" in screen.raw, bytes(screen.raw)[-1500:]
    report = (tmp_path / "log/default/crash.txt").read_bytes()
    assert b"it was [removed]" in report
    assert not leaks(report)
    assert wrong_bytes(report) == []
