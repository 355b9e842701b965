"""Dark or light: what the terminal is asked once, what its answer means, and what is guessed until it comes."""

import pytest

from tests.terminal.program import PROGRAM
from tests.terminal.pty_harness import Answers, Terminal
from tui.app.colours import INK, PAPER
from tui.app.terminal.background import QUESTION, BackgroundReport, guess_is_light, reported_is_light
from tui.app.terminal.input import InputReader
from tui.app.terminal.modes import Modes
from tui.config.terminal import TerminalKind


@pytest.mark.parametrize(
    ("colour", "is_light"),
    [
        ("rgb:0000/0000/0000", False),
        ("rgb:ffff/ffff/ffff", True),
        ("rgb:ff/ff/ff", True),
        ("rgb:f/f/f", True),
        ("rgba:fdfd/f6f6/e3e3/ffff", True),  # Solarized light
        ("rgb:0000/2b2b/3636", False),  # and dark
        ("#fdf6e3", True),
        ("#1d1f21", False),
    ],
)
def test_an_answer_tells_dark_from_light(colour: str, is_light: bool) -> None:
    for end in ("\x07", "\x1b\\"):
        assert reported_is_light(f"\x1b]11;{colour}{end}") is is_light


@pytest.mark.parametrize(
    "sequence", ["\x1b]10;rgb:ff/ff/ff\x07", "\x1b]11;white\x07", "\x1b]11;rgb:fffff/0/0\x07", "\x1b]11;?\x07"]
)
def test_other_strings_tell_nothing(sequence: str) -> None:
    assert reported_is_light(sequence) is None


@pytest.mark.parametrize(
    ("value", "is_light"),
    [
        ("15;0", False),
        ("0;15", True),
        ("0;default;15", True),
        ("12;8", False),
        ("0;7", True),
        ("", False),
        ("x;y", False),
    ],
)
def test_the_environment_is_a_guess(value: str, is_light: bool) -> None:
    assert guess_is_light({"COLORFGBG": value}) is is_light


def test_an_answer_is_heard_where_it_was_asked_for() -> None:
    answer = b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
    for asked in (True, False):
        reader = InputReader(escape_delay=0.1, on_cursor_report=lambda: False, background=asked)
        found = [message for at in range(len(answer)) for message in reader.feed(answer[at : at + 1])]
        assert [type(message) for message in found] == [BackgroundReport] * asked


def test_it_is_asked_once_and_only_of_a_terminal_that_answers() -> None:
    for kind in TerminalKind:
        modes = Modes(kind, mouse=False, focus=False, ask=True, environ={}, background=True)
        first, again = modes.enter(after_others=False), modes.enter(after_others=True)
        assert (QUESTION in first) == (kind is TerminalKind.FULL)
        assert QUESTION not in again
    deaf = Modes(TerminalKind.FULL, mouse=False, focus=False, ask=False, environ={}, background=True)
    assert QUESTION not in deaf.enter(after_others=False)


@pytest.mark.parametrize(("answer", "page"), [("rgb:ffff/ffff/ffff", PAPER), ("rgb:0000/0000/0000", INK), ("", INK)])
def test_the_program_takes_the_terminals_side(answer: str, page: dict[str, str]) -> None:
    env = {"COLORTERM": "truecolor", "COLORFGBG": ""}
    with Terminal([*PROGRAM], columns=80, rows=24, env=env, answers=Answers(background=answer)) as terminal:
        terminal.wait_for("r reply")
        terminal.settle()
        shown = terminal.screen.cell(60, 12)
        assert shown.background == page["bg"][1:]
        terminal.press("?")
        terminal.wait_for("esc")
        assert terminal.raw.count(QUESTION.encode()) == 1
