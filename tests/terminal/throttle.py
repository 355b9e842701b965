"""A slow, long line with deep buffers between program and terminal, as sshd over a hotel network has them.

The program can write as fast as it likes (sshd swallows megabytes); the bytes then trickle to the terminal at `rate`
bytes a second, half a round trip late, and keys and answers take the other half on their way back.
"""

import select
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tests.terminal.pty_harness import Answers, Terminal

__all__ = ["Held", "ThrottledTerminal", "hold_key"]

_PACKET = 512


class ThrottledTerminal(Terminal):
    """A `Terminal` at the end of a line of `rate` bytes a second and `round_trip` seconds."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        rate: float = 16_000.0,
        round_trip: float = 0.2,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.rate = rate
        self.round_trip = round_trip
        self._down: deque[tuple[float, bytes]] = deque()
        self._up: deque[tuple[float, bytes]] = deque()
        self._line_free = 0.0
        self.in_flight = 0
        """Bytes that the program has written and the terminal has not yet received."""
        self.most_in_flight = 0
        self.last_arrival = 0.0
        """When the last byte reached the terminal (`time.monotonic`)."""
        super().__init__(argv, columns=columns, rows=rows, env=env, answers=answers)

    def pump(self, timeout: float) -> int:
        """Move what is due on the line, for at most `timeout`; answers how many bytes reached the terminal."""
        before = self.received
        end = time.monotonic() + timeout
        while True:
            now = time.monotonic()
            while self._up and self._up[0][0] <= now:
                self._write_master(self._up.popleft()[1])
            while self._down and self._down[0][0] <= now:
                data = self._down.popleft()[1]
                self.in_flight -= len(data)
                self.last_arrival = now
                self._deliver(data)
            if self.received > before or now >= end or self.closed:
                return self.received - before
            due = min([end, *(queue[0][0] for queue in (self._up, self._down) if queue)])
            if select.select([self._master], [], [], max(due - now, 0.0))[0]:
                super().pump(0)
                if self.process.poll() is not None:
                    return self.received - before

    def _receive(self, data: bytes) -> None:
        now = time.monotonic()
        for start in range(0, len(data), _PACKET):
            packet = data[start : start + _PACKET]
            self._line_free = max(self._line_free, now) + len(packet) / self.rate
            self._down.append((self._line_free + self.round_trip / 2, packet))
        self.in_flight += len(data)
        self.most_in_flight = max(self.most_in_flight, self.in_flight)

    def _type(self, data: bytes) -> None:
        self._up.append((time.monotonic() + self.round_trip / 2, data))


class Held(NamedTuple):
    """What holding a key cost: keys sent, bytes written for them, the most that were under way at once, and the seconds
    from the last key to the last byte on the terminal."""

    keys: int
    bytes: int
    most_in_flight: int
    settled_after: float


def hold_key(
    terminal: ThrottledTerminal,
    key: str,
    *,
    seconds: float = 2.0,
    repeat: float = 1 / 30,
    settled: Callable[[], bool] | None = None,
    wait: bool = True,
) -> Held:
    """Hold `key` for `seconds`, repeated every `repeat`, then wait until nothing is under way (and `settled` holds).

    Without `wait` it returns with the last key, and `settled_after` is 0.
    """
    before = terminal.received
    terminal.most_in_flight = terminal.in_flight
    start = time.monotonic()
    keys = 0
    while (now := time.monotonic()) < start + seconds:
        terminal.press(key)
        keys += 1
        while (left := start + keys * repeat - now) > 0:
            terminal.pump(left)
            now = time.monotonic()
    last_key = time.monotonic()
    terminal.last_arrival = last_key
    while wait:
        terminal.pump(0.1)
        quiet = time.monotonic() - max(terminal.last_arrival, last_key)
        if quiet > 0.8 and not terminal.in_flight and (settled is None or settled()):
            break
        if time.monotonic() - last_key > 120:
            raise TimeoutError("the screen does not settle")
    return Held(keys, terminal.received - before, terminal.most_in_flight, terminal.last_arrival - last_key)
