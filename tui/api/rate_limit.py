"""Who may send next, and when: priorities, concurrency and Intercom's rate limit.

Intercom counts requests per minute but enforces the count in windows of ten seconds, and tells with every answer how
many are left (``X-RateLimit-Remaining``) until when (``X-RateLimit-Reset``, a Unix second). A 429 of its own carries no
``Retry-After``; one that does, from whatever stands before it, is respected up to a ceiling, and so is a 503's. Source:
"Rate limiting" in Intercom's developer documentation. The gate below never spends more than what is left, keeps a part
of it for people, and lets a person's request overtake everything that waits.
"""

from __future__ import annotations

import asyncio
import heapq
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from enum import IntEnum

import msgspec

__all__ = ["Budget", "Clock", "Priority", "RateLimiter"]

WINDOW = 10.0
"""Seconds in one of Intercom's windows."""

_LONGEST_RESET = 120.0
"""A reset further away than this is a clock gone wrong, not a rate limit."""


_WORTH_A_WORD = 1.5
"""Seconds of waiting that somebody who waits should be told of."""

_WRONGEST_CLOCK = 400 * 86_400.0
"""An answer dated further away than these seconds has a made-up date; no certificate would forgive us such a clock."""


class Priority(IntEnum):
    """Whose request it is; a lower number goes first."""

    PERSON = 0
    """Somebody pressed a key and waits."""
    VIEW = 1
    """The open view keeps itself fresh."""
    BACKGROUND = 2
    """Filling the cache ahead of need."""


class Clock(msgspec.Struct, frozen=True):
    """Where time comes from: ``monotonic`` and ``now`` (Unix) in seconds, and how to ``sleep`` for some."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Budget(msgspec.Struct, frozen=True):
    """What Intercom lets us send. All None until the first answer has told.

    ``limit`` requests a minute, ``remaining`` of them in this window, which ends at ``reset_at``; ``limited_until`` is
    set while a 429 (or, ``unavailable``, a 503) holds everything back, ``waiting_until`` while the request of somebody
    who looks on waits because the window is used up. Times are Unix seconds by this machine's clock.
    """

    limit: int | None = None
    remaining: int | None = None
    reset_at: int | None = None
    limited_until: int | None = None
    waiting_until: int | None = None
    unavailable: bool = False


class RateLimiter:
    """Hands out turns to send.

    At most ``concurrency`` requests are on their way at once, two fewer for background work, so that a person never
    queues behind it. Background work leaves a fifth of each window alone. Not thread-safe: one event loop.
    """

    def __init__(
        self,
        *,
        concurrency: int = 6,
        clock: Clock | None = None,
        on_budget: Callable[[Budget], None] | None = None,
    ) -> None:
        self._on_budget = on_budget
        self._clock = clock or Clock()
        self._concurrency = concurrency
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._turn = 0
        self._flying = 0
        self._limit: int | None = None
        self._remaining: int | None = None
        self._fullest = 0
        self._resets: float | None = None
        self._blocked: float | None = None
        self._unavailable = False
        self._waits_until: float | None = None
        self._skew: float | None = None
        self._sent: deque[float] = deque()
        self._timer: asyncio.Task[None] | None = None

    # ------------------------------------------------------------------------------------------------------ turns

    @asynccontextmanager
    async def turn(self, priority: Priority) -> AsyncIterator[None]:
        """Wait for a turn at ``priority``, and hold it for the length of one request."""
        await self._acquire(priority)
        try:
            yield
        finally:
            self._flying -= 1
            self._pump()

    async def _acquire(self, priority: Priority) -> None:
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._turn += 1
        heapq.heappush(self._waiting, (int(priority), self._turn, granted))
        self._pump()
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                # The turn was given in the same instant: it goes to the next.
                self._flying -= 1
            self._pump()
            raise

    def _pump(self) -> None:
        """Give turns to as many as may go now; see to it that the rest are looked at again in time."""
        while self._waiting:
            priority, _, granted = self._waiting[0]
            if granted.done():
                heapq.heappop(self._waiting)
                continue
            delay = self._delay(Priority(priority))
            if delay is None:
                return
            if delay > 0:
                self._say_waiting(Priority(priority), delay)
                self._look_again(delay)
                return
            self._say_waiting(Priority(priority), 0.0)
            heapq.heappop(self._waiting)
            self._flying += 1
            self._sent.append(self._clock.monotonic())
            granted.set_result(None)

    def _say_waiting(self, priority: Priority, delay: float) -> None:
        """Tell when somebody who looks on begins to wait, and when that is over."""
        until = None
        if delay > _WORTH_A_WORD and priority <= Priority.VIEW:
            until = self._clock.monotonic() + delay
        was, self._waits_until = self._waits_until, until
        if (was is None) != (until is None):
            self._tell()

    def _delay(self, priority: Priority) -> float | None:
        """Seconds until a request of ``priority`` may go; 0 for now, None for "when another one has come back"."""
        now = self._clock.monotonic()
        self._roll(now)
        if self._blocked is not None:
            return self._blocked - now
        room = self._concurrency - (2 if priority == Priority.BACKGROUND and self._concurrency > 2 else 0)
        if self._flying >= room:
            return None
        if self._remaining is None or self._resets is None:
            return 0
        free = self._remaining - self._flying - self._reserve(priority)
        if free <= 0:
            return max(self._resets - now, 0.05)
        return self._spread(now)

    def _reserve(self, priority: Priority) -> int:
        if priority == Priority.PERSON:
            return 0
        size = self._window_size()
        if priority == Priority.VIEW:
            return size // 20
        # Of the smallest windows too, background work gets something.
        return min(max(size // 5, 1), size - 1)

    def _window_size(self) -> int:
        return max(self._fullest, (self._limit or 0) // 6, 1)

    def _spread(self, now: float) -> float:
        """What is left may belong to a whole minute: then no ten seconds of it may take more than their sixth."""
        if self._limit is None or self._resets is None or self._resets - now <= WINDOW + 1:
            return 0
        while self._sent and self._sent[0] <= now - WINDOW:
            self._sent.popleft()
        if len(self._sent) < max(self._limit // 6, 1):
            return 0
        return self._sent[0] + WINDOW - now

    def _roll(self, now: float) -> None:
        """Begin a new window when the old one is over."""
        if self._blocked is not None and now >= self._blocked:
            self._blocked, self._unavailable = None, False
        if self._resets is not None and now >= self._resets:
            self._remaining = self._window_size()
            self._resets = now + WINDOW
        while self._sent and self._sent[0] <= now - 6 * WINDOW:
            self._sent.popleft()

    def _look_again(self, delay: float) -> None:
        # One timer is enough: whatever it finds still too early starts the next one.
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().create_task(self._after(delay))

    async def _after(self, delay: float) -> None:
        await self._clock.sleep(delay)
        self._timer = None
        self._pump()
        self._tell()

    def start_over(self) -> None:
        """Forget what was learned of limits and of the other clock; whoever waits may try."""
        self._blocked = self._resets = self._remaining = self._waits_until = self._skew = None
        self._unavailable = False
        self._pump()
        self._tell()

    def close(self) -> None:
        """Stop the timer. Those who wait stay waiting until they are cancelled."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    # ---------------------------------------------------------------------------------------------------- learning

    def learn(self, headers: Mapping[str, str], *, limited: bool = False, unavailable: bool = False) -> float | None:
        """Take in an answer's headers; ``limited`` when it was a 429, ``unavailable`` when it was a 503.

        Seconds until the reset (until it may be tried again, where that is later), None when not told.
        """
        now = self._clock.monotonic()
        self._roll(now)
        self._learn_skew(headers)
        limit = _whole(headers.get("x-ratelimit-limit"))
        remaining = _whole(headers.get("x-ratelimit-remaining"))
        reset = _whole(headers.get("x-ratelimit-reset"))
        delay: float | None = None
        if reset is not None:
            ahead = max(reset - self.server_time(), 0.0)
            delay = ahead if ahead <= _LONGEST_RESET else None
        if limit is not None and limit > 0:
            self._limit = limit
        if remaining is not None and delay is not None:
            self._take(now, remaining, now + delay)
        elif self._remaining is not None:
            self._remaining = max(self._remaining - 1, 0)
        later = self._retry_after(headers.get("retry-after")) if limited or unavailable else None
        if limited:
            self._remaining = 0
            wait = max(delay or 0.0, later or 0.0) if delay is not None or later is not None else WINDOW
            # A little after the reset, for clocks differ and every client of the workspace wakes at that moment.
            self._block(now + min(wait, _LONGEST_RESET) + 0.25)
            self._resets = max(self._resets or 0.0, self._blocked or 0.0)
            delay = wait if delay is not None or later is not None else None
        elif later:
            self._unavailable = self._blocked is None
            self._block(now + min(later, _LONGEST_RESET))
        self._tell()
        return delay

    def _block(self, until: float) -> None:
        self._blocked = max(self._blocked or 0.0, until)

    def _retry_after(self, text: str | None) -> float | None:
        """Seconds, from either form of the header (RFC 9110, 10.2.3); None where it is absent or makes no sense."""
        if not text:
            return None
        seconds = _whole(text)
        if seconds is None:
            moment = _moment(text)
            seconds = None if moment is None else math.ceil(moment - self.server_time())
        return None if seconds is None else float(max(seconds, 0))

    def held_back_for(self) -> float:
        """Seconds for which a 429 or 503 holds everything back; 0 for not at all."""
        now = self._clock.monotonic()
        self._roll(now)
        return 0.0 if self._blocked is None else self._blocked - now

    def _take(self, now: float, remaining: int, resets: float) -> None:
        if self._resets is not None and abs(resets - self._resets) < 1.5 and self._remaining is not None:
            # Answers overtake each other within a window: the lowest count is the latest.
            self._remaining = min(self._remaining, remaining)
            self._resets = min(self._resets, resets)
        elif self._resets is None or resets >= self._resets - 1.5 or self._resets > now + WINDOW:
            self._remaining, self._resets = remaining, resets
            self._fullest = remaining + 1
        self._fullest = max(self._fullest, self._remaining or 0)

    def _learn_skew(self, headers: Mapping[str, str]) -> None:
        moment = _moment(headers.get("date"))
        if moment is None:
            return
        ahead = moment - self._clock.now()
        if abs(ahead) > _WRONGEST_CLOCK:
            return
        # The header drops fractions of a second and ages on its way: every answer shows the other clock up to some
        # seconds slow, so the highest reading is the truest. One far below it means that a clock was set.
        if self._skew is None or ahead > self._skew or ahead < self._skew - 5:
            self._skew = ahead

    def server_time(self) -> float:
        """Intercom's clock, in Unix seconds, as far as its answers tell (within a second)."""
        return self._clock.now() + (self._skew or 0.0)

    @property
    def budget(self) -> Budget:
        """What is left, as of now."""
        now = self._clock.monotonic()
        self._roll(now)
        wall = self._clock.now()

        def at(moment: float | None) -> int | None:
            return None if moment is None else round(wall + moment - now)

        waits = self._waits_until if self._waits_until is not None and self._waits_until > now else None
        return Budget(self._limit, self._remaining, at(self._resets), at(self._blocked), at(waits), self._unavailable)

    def _tell(self) -> None:
        if self._on_budget is not None:
            self._on_budget(self.budget)


def _moment(text: str | None) -> float | None:
    """An HTTP date as Unix seconds, None for what is none."""
    if not text:
        return None
    from email.utils import parsedate_to_datetime  # slow to load: with the first answer, not with the program

    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _whole(text: str | None) -> int | None:
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
