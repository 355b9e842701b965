"""Whether the clock on the wall jumped: the machine slept for hours, or somebody or NTP set the clock.

The monotonic clock stands still while the machine sleeps and is never set (clock_gettime(2), CLOCK_MONOTONIC): where
both clocks went on by different times, the wall clock jumped.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

LEAST = 2.0
"""Seconds below which a difference is no jump: NTP slews a clock by less between two looks."""


class Jump(NamedTuple):
    """The wall clock went ``by`` seconds too far (negative: back); ``before`` is what it would show otherwise."""

    by: float
    before: float


class Clocks:
    """Compares both clocks at every look."""

    def __init__(self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._last = (wall(), monotonic())

    @property
    def now(self) -> float:
        """The monotonic clock, in seconds."""
        return self._monotonic()

    def look(self) -> Jump | None:
        """The jump since the last look, None for none."""
        wall, monotonic = self._wall(), self._monotonic()
        before = self._last[0] + monotonic - self._last[1]
        self._last = (wall, monotonic)
        return Jump(wall - before, before) if abs(wall - before) >= LEAST else None
