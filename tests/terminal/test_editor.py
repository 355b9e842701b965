"""$EDITOR from within the program: whatever it does, the terminal is taken back, and no word is lost or sent."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.support import TOKEN, environment, serve
from tests.terminal.program import editor, press_for, program
from tests.terminal.pty_harness import Terminal

WORDS = "words that matter"


@pytest.fixture
def tmp(tmp_path: Path) -> Path:
    """The directory for temporary files that the program is given."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def folders(tmp: Path) -> list[Path]:
    """The editor's folders that are left."""
    return list(tmp.glob("intercom-tui-edit-*"))


def writes(terminal: Terminal) -> None:
    """Write in the composer and call the editor."""
    press_for(terminal, "r", "REPLY")
    terminal.send(WORDS)
    terminal.wait_for(WORDS)
    terminal.press("ctrl+g")


def is_back(terminal: Terminal) -> None:
    """The program has the terminal, with the words in the composer, and answers keys."""
    terminal.wait_until(lambda: terminal.is_raw() and {1049, 2004} <= terminal.modes and 25 not in terminal.modes)
    terminal.wait_for(WORDS)
    terminal.send("!")
    terminal.wait_for(f"{WORDS}!")


KINDS = {
    "missing": ("/no/such/editor -w", "Could not start EDITOR=/no/such/editor -w: no such program."),
    "missing-in-the-shell": ("X=1 /no/such/ed", "Could not start EDITOR=X=1 /no/such/ed: no such program."),
    "not-executable": ("{plain}", "not executable."),
    "not-executable-in-the-shell": ("'{plain}' -w", "not executable."),
    "folder": ("{folder}", "not executable."),
    "below-a-file": ("{plain}/ed", "no such program."),
    "open-quote": ('vi "oops', 'Could not start EDITOR=vi "oops: a quote in it is not closed.'),
    "crash": ("sh -c 'kill -SEGV $$'", "was ended by signal 11. The text is unchanged."),
    "killed": ("sh -c 'kill -9 $$'", "was ended by signal 9. The text is unchanged."),
    "code": ("sh -c 'exit 3'", "ended with code 3. The text is unchanged."),
    "dirty": ("sh -c 'stty raw -echo; printf \"\\033[?1000h\\033[3;9r\\033[?25l\"; exit 1'", "ended with code 1."),
    "removes": ('sh -c \'sleep 1; rm -rf "$(dirname "$1")"\' x', "The editor left no file"),
}
"""What each editor is, and what the program says of it."""


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_the_editor_does_the_terminal_comes_back_with_the_words(tmp: Path, tmp_path: Path, kind: str) -> None:
    plain = tmp_path / "plain"
    plain.write_text("not a program")
    command, said = KINDS[kind]
    command = command.replace("{plain}", str(plain)).replace("{folder}", str(tmp_path))
    with program(env={"EDITOR": command, "TMPDIR": str(tmp)}, columns=120) as terminal:
        writes(terminal)
        terminal.wait_for(said)
        is_back(terminal)
        assert terminal.modes <= {1049, 2004}
        assert folders(tmp) == []


def test_words_from_the_editor_come_without_the_customers_and_the_folder_goes_with_all_in_it(
    tmp: Path, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    script = (
        f'ls -ld "$(dirname "$1")" "$1" >{seen}; cat "$1" >>{seen}; touch "$1~" "$(dirname "$1")/.swap"; '
        'sed -i "1s/.*/written elsewhere/" "$1"'
    )
    with program(env={"EDITOR": editor(tmp_path, script), "TMPDIR": str(tmp)}) as terminal:
        writes(terminal)
        terminal.wait_for("written elsewhere")
        terminal.wait_until(terminal.is_raw)
        assert WORDS not in terminal.text
        assert ">8" not in terminal.text
        assert folders(tmp) == []
    folder, file, first, *rest = seen.read_text().splitlines()
    assert folder.startswith("drwx------")
    assert file.startswith("-rw-------")
    assert "/reply-to-" in file
    assert first == WORDS
    assert ">8" in rest[1]
    assert any(line.startswith("> ") for line in rest)


def test_an_editor_that_returns_at_once_is_noticed_and_its_late_words_are_picked_up(tmp: Path) -> None:
    with program(env={"EDITOR": "true", "TMPDIR": str(tmp)}) as terminal:
        writes(terminal)
        terminal.wait_for("Did your editor need --wait?")
        (folder,) = folders(tmp)
        (file,) = folder.iterdir()
        assert file.name in terminal.text.replace("\n", "")
        terminal.press("enter")
        is_back(terminal)  # and has typed a sign: the draft is no longer what the editor began with
        file.write_text(file.read_text().replace(WORDS, "late words"))
        terminal.wait_for("late words")
        assert f"{WORDS}!" in terminal.text
        file.write_text("later still")
        terminal.wait_for("later still")
        terminal.press("escape")
        terminal.wait_for("r reply")
        terminal.press("q")
        terminal.wait_exit()
    assert folders(tmp) == []


def test_late_words_that_never_came_stay_in_their_file(tmp: Path) -> None:
    with program(env={"EDITOR": "true", "TMPDIR": str(tmp)}) as terminal:
        writes(terminal)
        terminal.wait_for("Did your editor need --wait?")
        terminal.press("escape", "escape")
        terminal.wait_for("r reply")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    (folder,) = folders(tmp)
    assert len(list(folder.iterdir())) == 1


def test_what_an_editor_saved_before_it_crashed_is_kept_and_named(tmp: Path, tmp_path: Path) -> None:
    script = 'echo "half a thought" >"$1"; kill -9 $$'
    with program(env={"EDITOR": editor(tmp_path, script), "TMPDIR": str(tmp)}) as terminal:
        writes(terminal)
        terminal.wait_for("What the editor saved is kept:")
        (folder,) = folders(tmp)
        (file,) = folder.iterdir()
        assert file.read_text() == "half a thought\n"
        assert file.name in terminal.text
        terminal.press("enter")
        is_back(terminal)


def test_an_editor_that_stops_itself_where_no_shell_is_goes_on(tmp: Path, tmp_path: Path) -> None:
    script = 'kill -STOP $$; sed -i "1s/.*/went on/" "$1"'
    with program(env={"EDITOR": editor(tmp_path, script), "TMPDIR": str(tmp)}) as terminal:
        writes(terminal)
        terminal.wait_for("went on")
        terminal.wait_until(terminal.is_raw)


def test_ctrl_c_and_ctrl_z_while_the_editor_has_the_terminal_are_the_editors(tmp: Path, tmp_path: Path) -> None:
    script = 'trap "" INT; echo in the editor; read line; sed -i "1s/.*/$line/" "$1"'
    with program(env={"EDITOR": editor(tmp_path, script), "TMPDIR": str(tmp)}) as terminal:
        writes(terminal)
        terminal.wait_for("in the editor")
        terminal.press("ctrl+c", "ctrl+z")
        terminal.settle()
        terminal.send("read\n")
        terminal.wait_for("read")
        terminal.wait_until(terminal.is_raw)
        terminal.send("y")
        terminal.wait_for("ready")


def test_a_shell_command_that_fails_leaves_the_terminal_ours() -> None:
    with program() as terminal:
        terminal.press("enter")
        terminal.settle()
        for command, said in (("/no/such/program", "127"), ("kill -9 $$", "-9"), ('echo "oops', "oops")):
            terminal.press("!")
            terminal.wait_for("shell command")
            terminal.send(command)
            terminal.press("enter")
            terminal.wait_for(said)
            terminal.wait_until(terminal.is_raw)
            terminal.press("escape")
            terminal.settle()


def test_words_below_the_scissors_are_not_taken_and_not_lost(tmp: Path, tmp_path: Path) -> None:
    script = 'echo "an answer below the quote" >>"$1"'
    with program(env={"EDITOR": editor(tmp_path, script), "TMPDIR": str(tmp)}) as terminal:
        writes(terminal)
        terminal.wait_for("Something was left out")
        (folder,) = folders(tmp)
        (file,) = folder.iterdir()
        assert file.name in terminal.text
        assert "an answer below the quote" in file.read_text()
        terminal.press("enter")
        is_back(terminal)
        assert "an answer below" not in terminal.text


# ------------------------------------------------------------------------------- signals while the editor is open

TEMPERS = {
    "polite": "sleep 600",
    "stubborn": "trap '' TERM HUP INT; while :; do sleep 600; done",
    "forks": "(trap '' TERM HUP; sleep 600) & sleep 600",
}
"""Editors, which saved ``half a thought`` and are open then."""


def _lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] not in ("Z", "X")


@pytest.fixture
def desk(tmp_path: Path) -> "Iterator[dict[str, str]]":
    """A profile on a sandbox of its own."""
    for served in serve():
        yield environment(
            tmp_path / "home", INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url, TMPDIR=str(tmp_path / "tmp")
        )


def drafts(env: dict[str, str]) -> list[str]:
    """The drafts that are on disk."""
    with closing(sqlite3.connect(Path(env["INTERCOM_TUI_HOME"]) / "data" / "default" / "store.sqlite3")) as db:
        return [text for (text,) in db.execute("SELECT text FROM drafts")]


def open_editor(folder: Path, temper: str) -> tuple[str, Path]:
    """An editor, and the file that it writes its process id into once it has saved."""
    ready = folder / "ready"
    return editor(folder, f'echo "half a thought" >"$1"; env >{folder}/env; echo $$ >{ready}; {TEMPERS[temper]}'), ready


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "closed"])
@pytest.mark.parametrize("temper", TEMPERS)
def test_a_signal_to_the_app_ends_the_editor_and_keeps_its_text(
    desk: dict[str, str], tmp: Path, tmp_path: Path, temper: str, how: str
) -> None:
    command, ready = open_editor(tmp_path, temper)
    with Terminal([sys.executable, "-m", "tui"], columns=100, rows=30, env={**desk, "EDITOR": command}) as terminal:
        terminal.wait_for("r reply")
        terminal.wait_until(terminal.is_raw)
        terminal.settle()
        writes(terminal)
        terminal.wait_until(lambda: ready.exists() and ready.read_text().strip() != "")
        if how == "closed":
            terminal.hang_up()
        else:
            terminal.send(getattr(signal, how))
        terminal.wait_exit()
    assert not _lives(int(ready.read_text()))
    assert "INTERCOM_TOKEN" not in (tmp_path / "env").read_text()
    assert drafts(desk) == ["half a thought"]
    assert folders(tmp) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("temper", TEMPERS)
def test_a_signal_to_the_shell_command_ends_the_editor_and_keeps_its_text(
    desk: dict[str, str], tmp: Path, tmp_path: Path, temper: str, number: signal.Signals
) -> None:
    command, ready = open_editor(tmp_path, temper)
    with shell_reply(desk, command) as process:
        wait_for(ready)
        process.send_signal(number)
        _, said = process.communicate(timeout=100)
    assert process.returncode == 128 + number
    assert "kept as a draft" in said
    assert not _lives(int(ready.read_text()))
    assert "INTERCOM_TOKEN" not in (tmp_path / "env").read_text()
    assert drafts(desk) == ["half a thought"]
    assert folders(tmp) == []


def test_what_a_killed_program_left_is_found_by_the_next_start(desk: dict[str, str], tmp: Path, tmp_path: Path) -> None:
    command, ready = open_editor(tmp_path, "polite")
    with shell_reply(desk, command) as process:
        wait_for(ready)
        # another start leaves what is in use alone
        again = [sys.executable, "-m", "tui", "outbox", "list"]
        assert subprocess.run(again, env=desk, capture_output=True, check=True).stderr == b""
        assert len(folders(tmp)) == 1
        process.kill()
        process.wait(100)
        os.kill(int(ready.read_text()), signal.SIGKILL)
    assert len(folders(tmp)) == 1
    said = subprocess.run(again, env=desk, capture_output=True, check=True).stderr
    assert b"is kept as a draft of conversation" in said
    assert drafts(desk) == ["half a thought"]
    assert folders(tmp) == []


@contextmanager
def shell_reply(env: dict[str, str], command: str) -> "Iterator[subprocess.Popen[str]]":
    """``conversation reply --edit`` on a conversation that the profile knows."""
    ids = subprocess.run(
        [sys.executable, "-m", "tui", "conversation", "list", "--json"], env=env, capture_output=True, check=True
    ).stdout
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "conversation", "reply", json.loads(ids)[0]["id"], "--edit"],
        env={**env, "EDITOR": command}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def wait_for(ready: Path) -> None:
    """Until the editor has saved."""
    end = time.monotonic() + 100
    while not (ready.exists() and ready.read_text().strip()):
        assert time.monotonic() < end
        time.sleep(0.02)
