"""The real output path, signals and input, in a pseudo-terminal."""

import random
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.terminal import odd_input
from tests.terminal.pty_harness import Answers, Terminal
from tests.terminal.toys import LEAK, SECRET

TOY = [sys.executable, "-m", "tests.terminal.toys"]
READY = "Conversation 3"


def toy(
    *options: str, env: dict[str, str] | None = None, answers: Answers | None = None, columns: int = 100, rows: int = 30
) -> Terminal:
    terminal = Terminal([*TOY, *options], env=env, answers=answers, columns=columns, rows=rows)
    terminal.wait_for(READY)
    terminal.wait_until(terminal.is_raw)
    terminal.settle()
    return terminal


def assert_restored(terminal: Terminal) -> None:
    """The terminal is as the shell left it: no mode of ours is set, input is cooked, the cursor shows."""
    assert terminal.modes == {7, 25}
    assert terminal.attributes == terminal.attributes_at_start
    # The last thing about attributes is that all are off.
    assert re.findall(rb"\x1b\[[\d;]*m", bytes(terminal.raw))[-1] == b"\x1b[m"


def test_quitting_restores_the_terminal_and_leaves_with_zero() -> None:
    with toy() as terminal:
        assert {1049, 2004} <= terminal.modes
        assert not {25, 1000, 1002, 1003, 1004, 2048} & terminal.modes
        assert b"\x1b[>" not in terminal.raw  # no keyboard protocol of kitty's
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert_restored(terminal)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGTERM, 143),
        (signal.SIGHUP, 129),
        (signal.SIGINT, 130),
        (signal.SIGQUIT, 131),
        (signal.SIGABRT, 134),
        (signal.SIGUSR1, 138),
    ],
    ids=lambda value: str(value),
)
def test_a_signal_ends_the_program_in_good_order(number: signal.Signals, code: int) -> None:
    with toy() as terminal:
        terminal.send(number)
        assert terminal.wait_exit() == code
        assert_restored(terminal)


def test_a_second_signal_ends_a_program_that_hangs() -> None:
    with toy() as terminal:
        terminal.press("f")
        terminal.wait_for("hanging")
        terminal.send(signal.SIGTERM)
        terminal.settle()
        assert terminal.process.poll() is None
        terminal.send(signal.SIGTERM)
        assert terminal.wait_exit() == 143
        assert_restored(terminal)


def test_a_closed_terminal_ends_the_program() -> None:
    with toy() as terminal:
        terminal.hang_up()
        assert terminal.wait_exit() == 129


def test_a_paste_with_escape_sequences_is_text_and_presses_nothing() -> None:
    with toy() as terminal:
        terminal.send("\x1b[200~hello\x1b[31mdq\x1b[201~")
        terminal.wait_for("paste:11:'hello[31mdq'")
        assert "did:" not in terminal.text
        assert "key:" not in terminal.text
        assert terminal.process.poll() is None


def test_a_paste_goes_into_the_input_that_has_the_focus() -> None:
    with toy() as terminal:
        terminal.press("backtab")
        terminal.settle()
        for piece in ("\x1b[20", "0~hello\x1b[3", "1mdq\x1b", "[201~!"):
            terminal.send(piece)
            terminal.settle(0.05)
        terminal.wait_for("hello[31mdq!")
        assert terminal.process.poll() is None


def test_invalid_bytes_are_survived() -> None:
    with toy(columns=200) as terminal:
        terminal.send(b"\xff\xfe\xc3(z")
        terminal.wait_for("key:z")


def test_unknown_sequences_press_nothing() -> None:
    with toy() as terminal:
        terminal.send("\x1b[99;99z\x1bP>|term(1)\x1b\\\x1b]11;rgb:0/0/0\x07z")
        terminal.wait_for("[3] size:100x30 size:100x30 key:z .")


def test_odd_sequences_leave_the_keyboard_alive() -> None:
    with toy("--mouse", columns=200) as terminal:
        for odd in (
            b"\x1b[97;5:3u",
            b"\x1b[:P",
            b"\x1b[9999999~",
            b"\x1b[" + b"9" * 5000 + b"R",
            b"\x9b99~",
            b"\x1b[200",
        ):
            terminal.send(odd)
        dice = random.Random(5)
        terminal.send(b"".join(odd for odd in (odd_input.csi(dice) for _ in range(300)) if odd[-1:] not in b"ZuM~"))
        terminal.send(b"\x1b[<0;9999;9999M\x1b[<0;99999;1m\x1b[201~\x1b\\")
        terminal.settle(0.3)
        terminal.press("escape")
        terminal.settle()
        assert "did:delete" not in terminal.text
        terminal.press("z")
        terminal.wait_for("key:z")
        terminal.send(b"\x1b[113u")
        assert terminal.wait_exit() == 0
        assert_restored(terminal)


def test_a_lone_escape_arrives() -> None:
    with toy() as terminal:
        terminal.press("escape")
        terminal.wait_for("did:escape")


def test_the_size_is_the_terminals_whatever_the_environment_says() -> None:
    with toy(env={"COLUMNS": "61", "LINES": "13"}) as terminal:
        terminal.wait_for("size:100x30")
        terminal.resize(90, 20)
        terminal.wait_for("size:90x20")
        assert "61x13" not in terminal.text


@pytest.mark.parametrize("size", [(60, 20), (130, 35)])
def test_after_a_resize_the_screen_is_whole(size: tuple[int, int]) -> None:
    with toy("--no-diff") as stock, toy() as ours:
        for terminal in (stock, ours):
            terminal.press("down", "down")
            terminal.settle()
            terminal.resize(*size)
            terminal.wait_for(f"size:{size[0]}x{size[1]}")
            terminal.settle()
        assert ours.screen.cells() == stock.screen.cells()


def test_the_same_session_shows_the_same_cells_with_and_without_the_painter() -> None:
    keys = ["down", "pagedown", "m", "escape", "tab", "pagedown", "backtab", "backtab", "x", "tab"]
    with toy("--no-diff") as stock, toy() as ours:
        for terminal in (stock, ours):
            for key in keys:
                terminal.press(key)
                terminal.settle(0.1)
        assert ours.screen.cells() == stock.screen.cells()
        assert ours.received < stock.received / 5


def test_bytes_of_a_move_and_of_an_idle_screen() -> None:
    with toy(columns=120, rows=40) as terminal:
        terminal.press("down")
        terminal.settle()
        before = terminal.received
        terminal.press("down")
        terminal.wait_until(lambda: terminal.received > before)
        terminal.settle()
        assert terminal.received - before < 400
        before = terminal.received
        terminal.settle(0.4)
        assert terminal.received == before


def test_redraw_repairs_a_screen_that_another_program_wrote_on() -> None:
    with toy() as terminal:
        expected = terminal.screen.cells()[:-1]
        terminal._stream.feed(b"\x1b[5;5Hwall: the system is going down\x1b[0m")
        assert terminal.screen.cells()[:-1] != expected
        terminal.press("ctrl+l")
        terminal.wait_until(lambda: terminal.screen.cells()[:-1] == expected)


def test_the_program_can_be_stopped_and_continued() -> None:
    with toy() as terminal:
        expected = terminal.screen.cells()[:-1]
        terminal.send(signal.SIGTSTP)
        terminal.wait_until(lambda: 1049 not in terminal.modes)
        terminal.settle()
        assert_restored(terminal)
        terminal._stream.feed(b"\x1b[H\x1b[2Jshell")
        terminal.send(signal.SIGCONT)
        terminal.wait_for(READY)
        terminal.wait_until(lambda: terminal.screen.cells()[:-1] == expected)
        terminal.press("z")
        terminal.wait_for("key:z")


def test_after_a_stop_it_did_not_see_the_program_takes_the_terminal_again() -> None:
    with toy() as terminal:
        terminal.send(signal.SIGSTOP)
        terminal.settle()
        terminal._stream.feed(b"\x1b[H\x1b[2Jshell")
        terminal.send(signal.SIGCONT)
        terminal.wait_for(READY)
        terminal.press("z")
        terminal.wait_for("key:z")


def test_another_program_gets_the_terminal_and_gives_it_back() -> None:
    with toy() as terminal:
        terminal.press("e")
        terminal.wait_for("in-the-editor")
        terminal.settle()
        assert_restored(terminal)
        terminal.send("dq\n")
        terminal.wait_for("editor:3")
        terminal.wait_for(READY)
        assert b"got-dq" in terminal.raw
        assert "in-the-editor" not in terminal.text
        assert "did:" not in terminal.text
        terminal.press("z")
        terminal.wait_for("key:z")


def test_ctrl_c_in_the_other_program_does_not_end_ours() -> None:
    with toy() as terminal:
        terminal.press("e")
        terminal.wait_for("in-the-editor")
        terminal.send(signal.SIGINT)
        terminal.settle()
        terminal.send("\n")
        terminal.wait_for("editor:3")


def test_copying_cleans_and_refuses_what_no_terminal_takes() -> None:
    with toy() as terminal:
        terminal.press("y")
        terminal.wait_for("copied:True:False")
        assert b"\x1b]52;c;Y29waWVkIFszMW10ZXh0\x07" in terminal.raw


def test_inside_tmux_a_copy_is_passed_through_too() -> None:
    with toy(env={"TMUX": "/tmp/tmux,1,0", "TERM": "tmux-256color"}) as terminal:
        terminal.press("y")
        terminal.wait_for("copied:True:False")
        assert b"\x1bPtmux;\x1b\x1b]52;c;Y29waWVkIFszMW10ZXh0\x07\x1b\\" in terminal.raw


def test_mouse_and_focus_reports_are_on_only_when_asked_for() -> None:
    with toy("--mouse", "--focus") as terminal:
        assert {1000, 1002, 1006, 1004} <= terminal.modes
        assert 1003 not in terminal.modes
        terminal.press("q")
        assert terminal.wait_exit() == 0
        assert_restored(terminal)
    with toy("--mouse", "--low-bandwidth") as terminal:
        assert not {1000, 1002, 1006} & terminal.modes


def test_synchronised_output_only_where_the_terminal_has_it() -> None:
    with toy() as terminal:
        terminal.press("ctrl+l")
        terminal.settle()
        assert b"\x1b[?2026h" in terminal.raw
        assert 2026 not in terminal.modes
    with toy(answers=Answers(synchronised=False)) as terminal:
        terminal.press("ctrl+l")
        terminal.settle()
        assert b"\x1b[?2026h" not in terminal.raw


def test_a_terminal_that_never_answers_is_painted_all_the_same() -> None:
    with toy(answers=Answers(cursor=False, synchronised=False)) as terminal:
        for _ in range(8):
            terminal.press("down")
            terminal.settle(0.05)
        terminal.press("z")
        terminal.wait_for("key:z")
        assert terminal.raw.count(b"\x1b[6n") == 2


def test_no_questions_without_pacing() -> None:
    with toy("--no-pacing") as terminal:
        terminal.press("down")
        terminal.settle()
        assert b"\x1b[6n" not in terminal.raw


def test_answers_never_reach_the_shell_after_the_end() -> None:
    with toy() as terminal:
        terminal.send("\x1b[B" * 20 + "q")
        assert terminal.wait_exit() == 0
        assert terminal.raw.count(b"\x1b[6n") >= 2
        leave = terminal.raw.rindex(b"\x1b[?1049l")
        assert terminal.raw[leave:] == b"\x1b[?1049l"


@pytest.mark.parametrize("how", ["b", "w", "start"])
def test_a_crash_is_one_sentence_and_a_report_without_locals_or_secrets(how: str, tmp_path: Path) -> None:
    report = tmp_path / "state" / "crash.txt"
    options = ["--crash-report", str(report)]
    if how == "start":
        terminal = Terminal([*TOY, *options, "--crash-at-start"])
    else:
        terminal = toy(*options, columns=300)
        terminal.press(how)
    with terminal:
        assert terminal.wait_exit() == 70
        said = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
        assert said.strip().startswith("intercom-tui stopped because of an internal error (")
        assert len(said.strip().splitlines()) == 1
        assert str(report) in said
        assert_restored(terminal)
        text = report.read_text()
        assert report.stat().st_mode & 0o777 == 0o600
        assert "Traceback" in text
        assert "toys.py" in text
        for forbidden in (SECRET, LEAK, "Lovelace"):
            assert forbidden not in text
            assert forbidden.encode() not in terminal.raw


def test_a_failure_without_a_place_for_reports_says_so() -> None:
    with toy() as terminal:
        terminal.press("b")
        assert terminal.wait_exit() == 70
        assert b"(ValueError). No report was kept." in terminal.raw
