"""The far end of a pseudo-terminal for many hours: it counts bytes, answers what terminals answer, keeps no past."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.terminal.emulator import Emulator
from tests.terminal.pty_harness import KEYS

_QUESTIONS = re.compile(rb"\x1b\[6n|\x1b\[\?2026\$p")
_ANSWERS = {b"\x1b[6n": b"\x1b[1;1R", b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
_ROOT = Path(__file__).parents[2]


class Screen:
    """Runs ``argv`` in a pseudo-terminal of its own session. A context manager; leaving it ends the program."""

    def __init__(self, argv: Sequence[str], *, columns: int, rows: int, env: Mapping[str, str]) -> None:
        self.columns, self.rows = columns, rows
        self.received = 0
        """Bytes that the program has written so far."""
        self.last_words = b""
        """The last two thousand bytes of it."""
        self._tail = b""
        self._watch: list[bytes] | None = None
        self._master, self._slave = pty.openpty()
        self.resize(columns, rows)
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$@" <>"$0" >&0 2>&1', os.ttyname(self._slave), *argv],
            env={**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"}, cwd=_ROOT,
            start_new_session=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + 5
            if self.process.poll() is None:
                self.process.send_signal(number)
            while self.process.poll() is None and time.monotonic() < end:
                self.pump(0.05)
        self.process.wait()
        os.close(self._slave)
        os.close(self._master)

    @property
    def pid(self) -> int:
        """The program's process: the shell has become it."""
        return self.process.pid

    def resize(self, columns: int, rows: int) -> None:
        """Another size, in cells."""
        self.columns, self.rows = columns, rows
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, *keys: str) -> None:
        """Type keys by name (:data:`tests.terminal.pty_harness.KEYS`), others as they are spelled."""
        self._type("".join(KEYS.get(key, key) for key in keys).encode())

    def pump(self, seconds: float) -> None:
        """Read for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self._master], [], [], left)
            if ready and not self._read():
                time.sleep(min(left, 0.05))

    def text(self) -> str:
        """What is on the screen now: asked for with a whole repaint."""
        emulator = Emulator(self.columns, self.rows)
        import pyte

        stream = pyte.ByteStream(emulator)
        self._watch = []
        self.press("ctrl+l")
        self.pump(1.5)
        for data in self._watch:
            stream.feed(data)
        self._watch = None
        return "\n".join(emulator.rows())

    def _read(self) -> bool:
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.received += len(data)
        self.last_words = (self.last_words + data)[-2000:]
        if self._watch is not None:
            self._watch.append(data)
        tail = self._tail + data
        end = 0
        for found in _QUESTIONS.finditer(tail):
            end = found.end()
            self._type(_ANSWERS[found.group()])
        # a question may be cut in two by the reading
        self._tail = tail[max(end, len(tail) - 8) :]
        return bool(data)

    def _type(self, data: bytes) -> None:
        while data:
            _, ready, _ = select.select([], [self._master], [], 0.05)
            if ready:
                data = data[os.write(self._master, data[:256]) :]
            else:
                self._read_if_any()

    def _read_if_any(self) -> None:
        if select.select([self._master], [], [], 0)[0]:
            self._read()
