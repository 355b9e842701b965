"""A held key over a slow, long line: what is under way stays bounded, so the screen follows the finger."""

import sys

from tests.terminal.throttle import ThrottledTerminal, hold_key

TOY = [sys.executable, "-m", "tests.terminal.toys"]
QUESTION = b"\x1b[6n"


def test_at_most_two_frames_are_under_way_however_fast_the_keys_come() -> None:
    with ThrottledTerminal(TOY, rate=1e6, round_trip=0.0) as terminal:
        terminal.wait_for("Conversation 3")
        terminal.settle(0.3)
        terminal.rate, terminal.round_trip = 2_000.0, 0.4
        asked = terminal.raw.count(QUESTION)
        held = hold_key(terminal, "down", seconds=1.5, wait=False)
        frames = terminal.raw.count(QUESTION) - asked
        assert held.keys > 20
        # Frames merged: two a round trip leave, and none waits for ever.
        assert 1 <= frames <= 10
        # Two frames, even if each is a whole list.
        assert held.most_in_flight < 4_000
        asked = terminal.raw.count(QUESTION)
        terminal.wait_until(lambda: terminal.raw.count(QUESTION) > asked, what="the merged frame")
