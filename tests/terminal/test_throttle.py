"""A held key over a slow, long line: what is under way stays bounded, so the screen follows the finger."""

import sys

from tests.terminal.throttle import ThrottledTerminal, hold_key

TOY = [sys.executable, "-m", "tests.terminal.toys"]
ROUND_TRIP = 0.2
RATE = 6_000


def hold(*options: str) -> tuple[int, int]:
    """The most bytes under way while the down key is held, and the keys that were pressed."""
    with ThrottledTerminal([*TOY, *options], rate=RATE, round_trip=ROUND_TRIP) as terminal:
        terminal.wait_for("Conversation 3")
        terminal.settle(0.5)
        held = hold_key(terminal, "down", seconds=1.0, wait=False)
        return held.most_in_flight, held.keys


def test_acknowledged_frames_keep_what_is_under_way_small() -> None:
    paced, keys = hold()
    free, _ = hold("--no-pacing")
    assert keys > 15
    # Two frames at most, however many keys came.
    assert paced < 3_500
    assert paced < free / 2
