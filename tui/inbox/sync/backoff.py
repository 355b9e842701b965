"""How long a loop that failed waits: longer each time, up to a ceiling. Every loop over the network has one.

The ceilings bound what a lasting failure costs: one try in 60 seconds where nothing answers (which costs nothing, and
the network may be back any moment), one in 120 where something answers in Intercom's place (somebody may log in any
moment, yet a page may be large), one in 300 where Intercom itself does.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from tui.api.errors import IntercomError, NetworkError, NotIntercom, RateLimitedError

SILENT_CEILING = 60.0
"""Seconds between tries while nothing answers."""

FOREIGN_CEILING = 120.0
"""Seconds between tries while something that is not Intercom answers."""

ANSWERED_CEILING = 300.0
"""Seconds between tries while Intercom answers with what is no use."""


class Backoff:
    """Waits after failures in a row, from ``first`` seconds on, doubling up to ``longest`` (by default what
    :func:`ceiling` says of the error)."""

    def __init__(self, first: float, longest: float | None = None) -> None:
        self._first = first
        self._longest = longest
        self.failures = 0

    def failed(self, error: Exception) -> float:
        """Count a failure; the seconds to wait."""
        self.failures += 1
        wait = self._first * 2.0 ** min(self.failures - 1, 30)
        return min(wait, max(self._first, ceiling(error) if self._longest is None else self._longest))

    def worked(self) -> None:
        """Begin anew."""
        self.failures = 0


class Backoffs:
    """The same for many things, by name: a thing that failed is left alone for a while."""

    def __init__(self, first: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._first = first
        self._monotonic = monotonic
        self._all: dict[str, Backoff] = {}
        self._until: dict[str, float] = {}

    def failed(self, name: str, error: Exception) -> float:
        """Count a failure; the seconds for which the thing is left alone."""
        wait = self._all.setdefault(name, Backoff(self._first)).failed(error)
        self._until[name] = self._monotonic() + wait
        return wait

    def worked(self, name: str) -> None:
        """It is as good as new."""
        self._all.pop(name, None)
        self._until.pop(name, None)

    def waits(self, name: str) -> bool:
        """True while the thing is to be left alone."""
        return self._until.get(name, 0.0) > self._monotonic()


def is_silent(error: Exception) -> bool:
    """True where no answer came at all: asking again costs nothing."""
    return isinstance(error, NetworkError) and not isinstance(error, NotIntercom)


def ceiling(error: Exception) -> float:
    """The longest wait after an error, in seconds."""
    if isinstance(error, NotIntercom):
        return FOREIGN_CEILING
    answered = isinstance(error, IntercomError) and not isinstance(error, NetworkError | RateLimitedError)
    return ANSWERED_CEILING if answered else SILENT_CEILING
