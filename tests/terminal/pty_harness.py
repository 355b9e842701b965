"""A program in a pseudo-terminal, with an emulator at the other end: for tests that watch the real output path.

    with Terminal(["python", "-m", "tui", "--demo"], columns=120, rows=40) as terminal:
        terminal.wait_for("Inbox")
        cost = terminal.measure("j")         # bytes and milliseconds of one key
        terminal.press("down", "enter")
        terminal.send(signal.SIGTERM)
        assert terminal.wait_exit() == 143

Nothing runs in the background: every method that waits also reads what the program writes, feeds it to the emulator and
answers the questions that terminals answer. Sizes are in cells, times in seconds, except where a name says `_ms`.
"""

import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import termios
import time
import tty
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

import pyte

from tests.terminal.emulator import Emulator

__all__ = ["KEYS", "PATIENCE", "Answers", "KeyCost", "Terminal", "median_cost"]

KEYS: Final[Mapping[str, str]] = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "backtab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
} | {f"ctrl+{chr(code)}": chr(code - 96) for code in range(ord("a"), ord("z") + 1)}
"""What terminals send for the keys that have names; any other key is sent as it is spelled."""

PATIENCE: Final = 90.0
"""Seconds after which what is waited for is taken never to come; much longer than a busy machine needs."""

_LOOK = 0.01  # seconds between looks at whether the program is idle
_ROOT = Path(__file__).parents[2]
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_SYNC_QUERY = b"\x1b[?2026$p"
_BACKGROUND_QUERY = b"\x1b]11;?\x1b\\"


@dataclass(frozen=True, slots=True)
class Answers:
    """Which questions the terminal answers: cursor reports (`CSI 6 n`), synchronised output (`CSI ? 2026 $ p`), and
    with which colour that for its background (`OSC 11`; "" for silence)."""

    cursor: bool = True
    synchronised: bool = True
    background: str = ""


class KeyCost(NamedTuple):
    """What one key cost: bytes written for it, milliseconds to its first and last byte (None: nothing was written)."""

    bytes: int
    first_ms: float | None
    last_ms: float | None


def median_cost(costs: Sequence[KeyCost]) -> KeyCost:
    """The median of each figure."""
    first = [cost.first_ms for cost in costs if cost.first_ms is not None]
    last = [cost.last_ms for cost in costs if cost.last_ms is not None]
    return KeyCost(
        int(statistics.median(cost.bytes for cost in costs)),
        statistics.median(first) if first else None,
        statistics.median(last) if last else None,
    )


class Terminal:
    """Starts `argv` in a pseudo-terminal of its own session. Use as a context manager; leaving it ends the program.

    `env` is laid over a small, fixed environment (no COLUMNS, no TMUX, no SSH variables). `stderr` sends the program's
    stderr to a file instead of the terminal.
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        answers: Answers | None = None,
        cwd: Path = _ROOT,
    ) -> None:
        self.answers = answers or Answers()
        self.screen = Emulator(columns, rows, self._answer_cursor)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        """Every byte that the terminal received."""
        self.exit_code: int | None = None
        self.closed = False
        """Whether the program's side has closed its end, or we ours."""
        self._queries_seen = 0
        self._backgrounds_seen = 0
        self._replies = b""
        self._master, slave = pty.openpty()
        # A terminal echoes until the program switches it off; the tests look at what the program writes.
        self.attributes_at_start = termios.tcgetattr(slave)
        self._set_size(columns, rows)
        base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        base |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(_ROOT)}
        self.started = time.monotonic()
        # The first terminal that a session's leader opens becomes its controlling terminal: SIGHUP and ctrl+z work.
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", 'exec "$@" <>"$0" >&0 2>&1', os.ttyname(slave), *argv],
            env=base | dict(env or {}),
            cwd=cwd,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
        )
        self._slave = slave

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What is on the screen

    @property
    def columns(self) -> int:
        """The width in cells."""
        return int(self.screen.columns)

    @property
    def rows(self) -> int:
        """The height in cells."""
        return int(self.screen.lines)

    @property
    def text(self) -> str:
        """The text on the screen, one line a row."""
        return "\n".join(self.screen.rows())

    @property
    def received(self) -> int:
        """How many bytes the terminal has received."""
        return len(self.raw)

    @property
    def modes(self) -> set[int]:
        """The DEC private modes that the program has set and not reset, such as 1049 (alternate screen)."""
        modes: set[int] = set()
        for match in _MODE.finditer(bytes(self.raw)):
            numbers = {int(number) for number in match[1].split(b";")}
            modes = modes | numbers if match[2] == b"h" else modes - numbers
        return modes

    @property
    def attributes(self) -> list[object]:
        """The terminal's line settings now (termios)."""
        return list(termios.tcgetattr(self._slave))

    # Doing

    def send(self, what: str | bytes | signal.Signals) -> None:
        """Type text or bytes as they are, or send a signal to the program."""
        if isinstance(what, signal.Signals):
            self.process.send_signal(what)
        else:
            self._type(what.encode() if isinstance(what, str) else what)

    def press(self, *keys: str) -> None:
        """Type keys by name (`KEYS`)."""
        for key in keys:
            self._type(KEYS.get(key, key).encode())

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size and tell the program (SIGWINCH, by the kernel)."""
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def hang_up(self) -> None:
        """Close the terminal's end, as when the window is closed or the connection drops; no signal of ours."""
        if not self.closed:
            self.closed = True
            os.close(self._slave)
            os.close(self._master)

    def close(self) -> None:
        """End the program, by SIGTERM and then by force, and close the terminal."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is not None:
                break
            self.process.send_signal(number)
            end = time.monotonic() + 20
            while self.process.poll() is None and time.monotonic() < end:
                self.pump(0.02)
        self.process.wait()
        self.hang_up()

    # Waiting

    def pump(self, timeout: float) -> int:
        """Read once, waiting at most `timeout`; answers how many bytes came."""
        if self.closed:
            time.sleep(min(timeout, 0.01))
            return 0
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return 0
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return 0
        self._receive(data)
        return len(data)

    def wait_until(self, condition: Callable[[], bool], timeout: float = PATIENCE, what: str = "") -> float:
        """Read until `condition` holds; answers how long it took. TimeoutError shows the screen."""
        start = time.monotonic()
        while not condition():
            if time.monotonic() - start > timeout:
                raise TimeoutError(f"{what or 'condition'} did not come in {timeout} s; on the screen:\n{self.text}")
            if self.process.poll() is not None and not self.pump(0.05) and not condition():
                raise RuntimeError(f"exit {self.process.returncode} before {what or 'condition'}:\n{self.text}")
            self.pump(0.05)
        return time.monotonic() - start

    def wait_for(self, pattern: str | re.Pattern[str], timeout: float = PATIENCE) -> float:
        """Read until `pattern` (text, or a compiled expression) is on the screen; answers how long it took."""
        if isinstance(pattern, str):
            pattern = re.compile(re.escape(pattern))
        found = pattern
        return self.wait_until(lambda: found.search(self.text) is not None, timeout, repr(pattern.pattern))

    def settle(self, quiet: float = 0.15, limit: float = PATIENCE) -> int:
        """Read until the program has been idle for `quiet` seconds; answers how many bytes came.

        Only time in which it waits counts, with all its input read: a busy machine makes this longer, and not untrue.
        """
        total, end, idle, before = 0, time.monotonic() + limit, 0.0, time.monotonic()
        while idle < quiet and time.monotonic() < end:
            count = self.pump(_LOOK)
            now = time.monotonic()
            total += count
            if count or self._is_busy():
                idle = 0.0
            else:
                # Where we were kept waiting ourselves, no more is known than that it is idle now.
                idle += min(now - before, 2 * _LOOK)
            before = now
        return total

    def _is_busy(self) -> bool:
        """Whether input is unread, or a thread of the program or its children runs or wants to (Linux; else False)."""
        if self.closed:
            return False
        unread = bytearray(4)
        fcntl.ioctl(self._slave, termios.FIONREAD, unread)
        if any(unread) and self.is_raw():
            return True
        pids = [self.process.pid]
        while pids:
            for task in Path(f"/proc/{pids.pop()}/task").glob("*"):
                try:
                    # proc(5): the state stands behind the name, which is in parentheses.
                    if (task / "stat").read_text().rpartition(")")[2].split()[0] in "RD":
                        return True
                    pids += [int(child) for child in (task / "children").read_text().split()]
                except OSError:
                    continue  # it has ended meanwhile
        return False

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Read until the program ends; answers its exit code (negative: the signal that killed it)."""
        end = time.monotonic() + timeout
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise TimeoutError(f"still running after {timeout} s; on the screen:\n{self.text}")
            self.pump(0.02)
        # the kernel hands the last bytes over when it comes to it
        while self.pump(0.3):
            pass
        return int(self.process.returncode)

    # Measuring

    def measure(self, key: str, *, quiet: float = 0.12, limit: float = 2.0) -> KeyCost:
        """Press `key` (a name or the characters) and read until nothing came for `quiet` seconds."""
        start = time.perf_counter()
        self.press(key)
        first = last = None
        total = 0
        while time.perf_counter() - start < limit:
            count = self.pump(limit if first is None else quiet)
            if not count:
                break
            last = 1e3 * (time.perf_counter() - start)
            first = last if first is None else first
            total += count
        return KeyCost(total, first, last)

    def memory_mib(self) -> float:
        """Resident memory of the program and its children, in MiB (Linux; 0.0 elsewhere)."""
        total, pids = 0, [self.process.pid]
        while pids:
            pid = pids.pop()
            try:
                total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
                for children in Path(f"/proc/{pid}/task").glob("*/children"):
                    pids += [int(child) for child in children.read_text().split()]
            except OSError:
                continue  # it has ended meanwhile
        return total / 2**20

    def cpu_seconds(self) -> float:
        """Processor time the program has used (Linux; 0.0 elsewhere)."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    # Underneath; a slower link overrides these

    def _receive(self, data: bytes) -> None:
        self._deliver(data)

    def _type(self, data: bytes) -> None:
        self._write_master(data)

    def _write_master(self, data: bytes) -> None:
        view = memoryview(data)
        while view and not self.closed:
            ready, writable, _ = select.select([self._master], [self._master], [], 5.0)
            if ready:
                self.pump(0)
            if writable:
                # No more at a time than an uncooked line takes.
                view = view[os.write(self._master, view[:1024]) :]

    def _deliver(self, data: bytes) -> None:
        """What happens when bytes arrive at the terminal."""
        self.raw += data
        self._stream.feed(data)
        queries = self.raw.count(_SYNC_QUERY)
        if queries > self._queries_seen and self.answers.synchronised:
            self._replies += b"\x1b[?2026;2$y" * (queries - self._queries_seen)
        self._queries_seen = queries
        asked = self.raw.count(_BACKGROUND_QUERY)
        if asked > self._backgrounds_seen and self.answers.background:
            self._replies += f"\x1b]11;{self.answers.background}\x1b\\".encode()
        self._backgrounds_seen = asked
        # The emulator is done with the data: typing may read, and so feed it, again.
        replies, self._replies = self._replies, b""
        if replies:
            self._type(replies)

    def _answer_cursor(self, data: str) -> None:
        if self.answers.cursor:
            self._replies += data.encode()

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def is_raw(self) -> bool:
        """Whether the program has switched off echo and line editing."""
        return not int(str(self.attributes[tty.LFLAG])) & (termios.ECHO | termios.ICANON)
