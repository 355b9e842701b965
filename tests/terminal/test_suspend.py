"""ctrl+z: the program stops like any other in the shell, and comes back whole."""

import os
import re
import shlex
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.program import PROGRAM, editor, press_for, program
from tests.terminal.pty_harness import Terminal

PROMPT = "ready$ "
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks its processes up in /proc")


@contextmanager
def shell(*options: str, env: dict[str, str] | None = None, around: str = "{}") -> Iterator[Terminal]:
    """A shell with job control that runs the program in its foreground; `around` is put around the command."""
    command = around.format(shlex.join([*PROGRAM, *options]))
    environ = {"PS1": PROMPT, "ENV": "", "HOME": "/nowhere"} | (env or {})
    with Terminal(["/bin/sh", "-i"], columns=80, rows=24, env=environ) as terminal:
        terminal.wait_for(PROMPT.strip())
        terminal.send(f"{command}\n")
        terminal.wait_for("r reply")
        terminal.wait_until(terminal.is_raw)
        terminal.settle()
        try:
            yield terminal
        finally:
            # An interactive shell ignores SIGTERM, and what is stopped hears of it only when it goes on.
            for pid in [*descendants(terminal.process.pid), terminal.process.pid]:
                os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and theirs."""
    found: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def is_stopped(pid: int) -> bool:
    """Whether a process is stopped."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def drawn(terminal: Terminal) -> list[list[str]]:
    """The panes' words, but for what a clock changes."""
    return [[word for word in line.split() if not re.search(r"\d", word)] for line in terminal.screen.rows()[:22]]


def prompts(terminal: Terminal) -> int:
    return bytes(terminal.raw).count(PROMPT.encode())


def suspend(terminal: Terminal) -> None:
    """Press ctrl+z and wait for the shell, which has the terminal as it was."""
    before = prompts(terminal)
    terminal.press("ctrl+z")
    terminal.wait_until(lambda: prompts(terminal) > before, what="the shell's prompt")
    assert terminal.modes == {7, 25}
    assert not terminal.is_raw()


def foreground(terminal: Terminal) -> None:
    """Bring it back and wait until it has the terminal with all it had set, on a screen the shell has written on."""
    terminal._stream.feed(b"\x1b[H\x1b[2Jwhat the shell left")
    terminal.send("fg\n")
    terminal.wait_until(lambda: terminal.is_raw() and {1049, 2004} <= terminal.modes and 25 not in terminal.modes)
    terminal.wait_until(lambda: "what the shell left" not in terminal.text)


def test_from_the_list_and_back() -> None:
    with shell() as terminal:
        expected = drawn(terminal)
        suspend(terminal)
        terminal.send("echo $((6*7))\n")
        terminal.wait_for("42")
        foreground(terminal)
        terminal.wait_until(lambda: drawn(terminal) == expected)
        terminal.press("?")
        terminal.wait_for("esc close")


def test_from_the_composer_whose_words_stay() -> None:
    with shell() as terminal:
        press_for(terminal, "r", "REPLY")
        terminal.send("half a reply")
        terminal.wait_for("half a reply")
        suspend(terminal)
        foreground(terminal)
        terminal.wait_for("half a reply")
        terminal.send(" and the rest")
        terminal.wait_for("half a reply and the rest")


def test_while_a_dialog_is_open_that_takes_text() -> None:
    with shell() as terminal:
        press_for(terminal, "z", "Snooze")
        terminal.send("tomo")
        terminal.wait_for("tomo")
        suspend(terminal)
        foreground(terminal)
        terminal.wait_for("Snooze")
        terminal.send("rrow 9am")
        terminal.wait_for("tomorrow 9am")


def test_the_mouse_and_bracketed_paste_are_asked_for_again(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text("[ui]\nmouse = true\n")
    with shell("--config", str(settings)) as terminal:
        assert {1000, 1002, 1006} <= terminal.modes
        suspend(terminal)
        foreground(terminal)
        assert {1000, 1002, 1006, 2004} <= terminal.modes
        press_for(terminal, "r", "REPLY")
        terminal.send("\x1b[200~pasted q\x1b[201~")
        terminal.wait_for("pasted q")


def test_a_size_that_changed_meanwhile() -> None:
    with shell() as terminal:
        suspend(terminal)
        terminal.resize(140, 40)
        foreground(terminal)
        terminal.wait_for("Contact")
        suspend(terminal)
        terminal.resize(60, 20)
        foreground(terminal)
        terminal.wait_until(lambda: "Contact" not in terminal.text and "r reply" in terminal.text)


def test_stopped_from_outside_and_brought_back_at_another_size() -> None:
    with shell() as terminal:
        (pid,) = descendants(terminal.process.pid)
        before = prompts(terminal)
        os.kill(pid, signal.SIGSTOP)
        terminal.wait_until(lambda: prompts(terminal) > before)
        terminal.resize(140, 40)
        foreground(terminal)
        terminal.wait_for("Contact")
        terminal.press("?")
        terminal.wait_for("esc close")


def test_continued_without_having_been_stopped() -> None:
    with program() as terminal:
        expected = drawn(terminal)
        terminal._stream.feed(b"\x1b[H\x1b[2J")
        terminal.send(signal.SIGCONT)
        terminal.wait_until(lambda: drawn(terminal) == expected)
        terminal.press("?")
        terminal.wait_for("esc close")


def test_a_script_around_the_program_stops_with_it() -> None:
    with shell(around="/bin/sh -c '{}; echo the script went on'") as terminal:
        suspend(terminal)
        assert all(is_stopped(pid) for pid in descendants(terminal.process.pid))
        foreground(terminal)
        terminal.press("q")
        terminal.wait_for("the script went on")


def test_again_and_again() -> None:
    with shell() as terminal:
        for _ in range(3):
            suspend(terminal)
            foreground(terminal)
        terminal.press("?")
        terminal.wait_for("esc close")


def test_brought_back_in_the_background_it_waits_for_the_terminal() -> None:
    with shell() as terminal:
        suspend(terminal)
        (pid,) = descendants(terminal.process.pid)
        terminal.send("bg\n")
        terminal.wait_until(lambda: is_stopped(pid))
        assert terminal.modes == {7, 25}
        foreground(terminal)
        terminal.press("?")
        terminal.wait_for("esc close")


def test_where_no_shell_is_it_says_so_and_goes_on() -> None:
    with program() as terminal:
        received = bytes(terminal.raw).count(b"\x1b[?1049l")
        terminal.press("ctrl+z")
        terminal.wait_for("There is no shell to suspend to.")
        assert bytes(terminal.raw).count(b"\x1b[?1049l") == received
        terminal.press("?")
        terminal.wait_for("esc close")


@pytest.mark.parametrize("how", ["kill -TSTP 0", "kill -STOP $$"], ids=["the group", "itself"])
def test_an_editor_that_suspends_itself_brings_back_the_shell(tmp_path: Path, how: str) -> None:
    script = f'{how}; sed -i "1s/.*/went on after all/" "$1"'
    with shell(env={"EDITOR": editor(tmp_path, script)}) as terminal:
        press_for(terminal, "r", "REPLY")
        before = prompts(terminal)
        terminal.press("ctrl+g")
        terminal.wait_until(lambda: prompts(terminal) > before)
        terminal.send("fg\n")
        terminal.wait_for("went on after all")
        terminal.wait_until(terminal.is_raw)
        terminal.send("!")
        terminal.wait_until(lambda: "all!" in terminal.text or "!went" in terminal.text)


def test_undo_in_the_composer_is_readlines_key() -> None:
    with program() as terminal:
        press_for(terminal, "r", "REPLY")
        terminal.send("words to take back")
        terminal.wait_for("words to take back")
        terminal.send("\x1f")
        terminal.wait_until(lambda: "words to take back" not in terminal.text)
