"""Rate limits: so many requests a minute, enforced in ten-second windows."""

from __future__ import annotations

from collections.abc import Callable

WINDOW = 10
"""Seconds a window lasts."""


class RateLimit:
    """Counts requests in windows of ten seconds; each window allows a sixth of the minute's ``per_minute``.

    ``per_minute`` 0 means no limit is enforced; the headers then show Intercom's 10,000.
    """

    def __init__(self, per_minute: int, now: Callable[[], float]) -> None:
        self.per_minute = per_minute
        self.now = now
        self._window = -1
        self._used = 0

    @property
    def allowance(self) -> int:
        """Requests that one window allows."""
        return max(1, (self.per_minute or 10_000) // (60 // WINDOW))

    def take(self) -> bool:
        """Count one request; False when the window is used up."""
        window = int(self.now()) // WINDOW
        if window != self._window:
            self._window, self._used = window, 0
        if self.per_minute and self._used >= self.allowance:
            return False
        self._used += 1
        return True

    def headers(self, *, pretend: bool = False) -> list[tuple[bytes, bytes]]:
        """What every answer says of the limit; the reset is the Unix second at which the window ends.

        ``pretend``: say that the window is used up and ends within a second, for a 429 that is a fault.
        """
        left = 0 if pretend else max(0, self.allowance - self._used)
        reset = int(self.now()) + 1 if pretend else (int(self.now()) // WINDOW + 1) * WINDOW
        return [
            (b"x-ratelimit-limit", str(self.per_minute or 10_000).encode()),
            (b"x-ratelimit-remaining", str(left).encode()),
            (b"x-ratelimit-reset", str(reset).encode()),
        ]
