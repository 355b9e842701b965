"""A pseudo-terminal that times what a person would see: bytes are stamped when they arrive and drawn afterwards."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tests.terminal.pty_harness import Terminal

QUIET: Final = 0.05
"""Seconds without a byte after which the answer to a key is taken to be complete: a second key would come by then."""

_CALM: Final = 0.15
"""Seconds of silence after which what a starting program has written is looked at."""

_CURSOR, _SYNC, _DEVICE = b"\x1b[6n", b"\x1b[?2026$p", (b"\x1b[c", b"\x1b[0c")


class Press(NamedTuple):
    """What a key cost: bytes, milliseconds to the first and last of them, and to the effect that was asked for."""

    bytes: int
    first_ms: float | None
    last_ms: float | None
    effect_ms: float | None


class Probe(Terminal):
    """Answers the terminal's questions at once and keeps the emulator's own work out of every measured time."""

    def __init__(
        self, argv: Sequence[str], *, columns: int = 120, rows: int = 40, env: Mapping[str, str] | None = None
    ) -> None:
        self._log: list[tuple[float, bytes]] = []
        self._drawn = 0
        self._deferring = False
        self._tail = b""
        fixed = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": ""}
        self.exec_at = time.perf_counter()
        super().__init__(argv, columns=columns, rows=rows, env=fixed | dict(env or {}))

    def first_screen(self, shown: Callable[["Probe"], bool], timeout: float = 60.0) -> float:
        """Milliseconds from exec to the chunk of bytes that makes ``shown`` true. Raises TimeoutError."""
        self._deferring = True
        try:
            while time.perf_counter() - self.exec_at < timeout:
                # Nothing is drawn while more may come: a program that writes must never wait for its reader.
                if self.pump(_CALM):
                    continue
                found = self._draw(shown)
                if found is not None:
                    return 1e3 * (found - self.exec_at)
                if self.process.poll() is not None and not self.pump(0.05):
                    break
        finally:
            self._end()
        raise TimeoutError(f"no rows; on the screen:\n{self.text}")

    def press_and_time(
        self,
        key: str,
        *,
        quiet: float = QUIET,
        limit: float = 2.0,
        effect: Callable[["Probe"], bool] | None = None,
    ) -> Press:
        """Press ``key`` and read until ``quiet`` seconds passed without a byte, and until ``effect`` is seen if given.

        At most ``limit`` seconds.
        """
        while self.pump(0):
            pass
        self._deferring = True
        start = time.perf_counter()
        self.press(key)
        found: float | None = None
        while time.perf_counter() - start < limit:
            if self.pump(quiet if self._log else limit):
                continue
            found = self._draw(effect) if effect is not None else None
            if effect is None or found is not None or not self._log:
                break
        if effect is not None and found is None:
            found = self._draw(effect)
        log = self._end()

        def since(at: float | None) -> float | None:
            return None if at is None else 1e3 * (at - start)

        return Press(
            sum(len(data) for _, data in log),
            since(log[0][0] if log else None),
            since(log[-1][0] if log else None),
            since(found),
        )

    def cpu_ms(self) -> float:
        """Processor time of the program's threads so far, in milliseconds (Linux; 0.0 elsewhere)."""
        return sum(used for used, _ in self._schedule()) / 1e6

    def waited_ms(self) -> float:
        """Milliseconds for which the program could have run and other programs had the processor (Linux; else 0.0)."""
        return max((waited for _, waited in self._schedule()), default=0) / 1e6

    def _schedule(self) -> list[tuple[int, int]]:
        """Nanoseconds run and waited, by thread: Documentation/scheduler/sched-stats.rst of Linux."""
        found: list[tuple[int, int]] = []
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"):
            try:
                used, waited, *_ = path.read_text().split()
            except (OSError, ValueError):
                continue  # the thread ended meanwhile
            found.append((int(used), int(waited)))
        return found

    def rss_mib(self) -> float:
        """Resident memory of the program and its children, in MiB."""
        return self.memory_mib()

    def pss_mib(self) -> float:
        """Memory of the program with what it shares counted in part, in MiB (Linux; 0.0 elsewhere)."""
        try:
            for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    return int(line.split()[1]) / 1024
        except OSError:
            pass
        return 0.0

    def left(self, columns: int) -> list[str]:
        """The left ``columns`` of each row."""
        return [line[:columns] for line in self.screen.display]

    # Underneath

    def _draw(self, until: Callable[["Probe"], bool] | None = None) -> float | None:
        """Feed the emulator what was kept back, chunk by chunk; when ``until`` holds, the time of that chunk."""
        while self._drawn < len(self._log):
            at, data = self._log[self._drawn]
            self._drawn += 1
            self._stream.feed(data)
            if until is not None and until(self):
                return at
        return None

    def _end(self) -> list[tuple[float, bytes]]:
        """Draw the rest and keep nothing back any more; answers the chunks since the start of the measurement."""
        self._draw()
        log, self._log, self._drawn = self._log, [], 0
        self._deferring = False
        return log

    def _deliver(self, data: bytes) -> None:
        self.raw += data
        if self._deferring:
            self._log.append((time.perf_counter(), data))
        else:
            self._stream.feed(data)
        self._answer(data)

    def _answer(self, data: bytes) -> None:
        seen = self._tail + data
        answers = b"\x1b[1;1R" * _new(seen, data, (_CURSOR,))
        answers += b"\x1b[?2026;2$y" * _new(seen, data, (_SYNC,))
        answers += b"\x1b[?62;22c" * _new(seen, data, _DEVICE)
        self._tail = seen[-(len(_SYNC) - 1) :]
        if answers and not self.closed:
            os.write(self._master, answers)

    def _answer_cursor(self, data: str) -> None:
        """Questions are answered when they arrive, not when they are drawn."""


def _new(seen: bytes, data: bytes, questions: Iterable[bytes]) -> int:
    """How often one of ``questions`` ends within ``data``, the newest piece of ``seen``."""
    return sum(seen[-(len(data) + len(question) - 1) :].count(question) for question in questions)
