"""Keys typed while the program starts: they neither stop it nor act on what comes first."""

from collections.abc import Iterator

import pytest

from tests.terminal.program import PROGRAM
from tests.terminal.pty_harness import Terminal


@pytest.fixture
def starting() -> Iterator[Terminal]:
    """The program, in raw mode and with nothing on its screen yet."""
    with Terminal(PROGRAM, columns=80, rows=24) as terminal:
        terminal.wait_until(terminal.is_raw)
        yield terminal


@pytest.mark.parametrize("keys", ["c", "ccir", "rhi", "\x1b[B\x1b[Bc", "jjjc"])
def test_keys_typed_ahead_are_dropped_with_a_word_and_the_program_goes_on(starting: Terminal, keys: str) -> None:
    starting.send(keys)
    starting.wait_for("live")
    starting.wait_for("ignored, nothing was on screen yet")
    assert "queued" not in starting.text
    assert "REPLY" not in starting.text
    starting.press("?")
    starting.wait_for("Keys")


def test_leaving_may_be_typed_ahead(starting: Terminal) -> None:
    starting.send(b"q")
    assert starting.wait_exit() == 0
