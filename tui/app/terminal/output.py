"""The way out: a thread that writes to the terminal, so that a slow terminal never blocks the loop."""

import codecs
import errno
import os
import select
import threading
from collections.abc import Callable

__all__ = ["Output"]

_CHUNK = 16384
_MAX_BACKLOG = 1 << 20


class Output:
    """Writes text as UTF-8 to a file descriptor, in order, from its own thread.

    `on_room` is called (from that thread) each time the backlog has been written, `on_closed` once when the terminal is
    gone; everything after that is dropped in silence.
    """

    def __init__(self, fd: int, *, on_room: Callable[[], None], on_closed: Callable[[], None]) -> None:
        self._fd = fd
        self._on_room = on_room
        self._on_closed = on_closed
        self._encode = codecs.getencoder("utf-8")
        self._waiting: list[bytes] = []
        self._change = threading.Condition()
        self._backlog = 0
        self._stopping = False
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    @property
    def backlog(self) -> int:
        """Bytes not yet taken by the terminal's line."""
        return self._backlog

    @property
    def closed(self) -> bool:
        """Whether the terminal has gone away."""
        return self._closed

    def write(self, text: str) -> None:
        """Queue `text`. Blocks only while a megabyte waits, which takes a painter that does not look at `backlog`."""
        data = self._encode(text, "replace")[0]
        with self._change:
            self._change.wait_for(lambda: self._backlog < _MAX_BACKLOG or self._closed or self._stopping)
            if self._closed or self._stopping or not data:
                return
            self._waiting.append(data)
            self._backlog += len(data)
            self._change.notify_all()

    def drain(self, timeout: float) -> bool:
        """Wait until everything is written, at most `timeout` seconds."""
        with self._change:
            return self._change.wait_for(lambda: not self._backlog or self._closed, timeout)

    def stop(self, timeout: float) -> None:
        """Write what waits, for at most `timeout` seconds, then end the thread."""
        self.drain(timeout)
        with self._change:
            self._stopping = True
            self._waiting.clear()
            self._change.notify_all()
        # A thread stuck in a write to a terminal that takes nothing is a daemon: it goes with the process.
        self._thread.join(timeout if not self._backlog else 0.1)

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting or self._stopping)
                if self._stopping and not self._waiting:
                    return
                data = b"".join(self._waiting)
                self._waiting.clear()
            if not self._write(data):
                with self._change:
                    self._closed = True
                    self._waiting.clear()
                    self._backlog = 0
                    self._change.notify_all()
                self._on_closed()
                return
            self._on_room()

    def _write(self, data: bytes) -> bool:
        view = memoryview(data)
        while view:
            try:
                written = os.write(self._fd, view[:_CHUNK])
            except BlockingIOError:
                # Another program left the shared file description non-blocking.
                select.select([], [self._fd], [], 1.0)
                continue
            except OSError as error:
                if error.errno == errno.EINTR:
                    continue
                return False
            view = view[written:]
            with self._change:
                self._backlog -= written
                self._change.notify_all()
        return True
