"""The thread that reads the terminal: nothing that comes in, and no fault in what handles it, ends it."""

import errno
import os
import select
import threading
from collections.abc import Callable
from typing import Final

from textual.message import Message

from tui.app.terminal.input import InputReader

__all__ = ["Listener"]

_ONE_READ: Final = 65536  # bytes
_AFTER_FAULT: Final = 0.05  # seconds: a fault that comes with every read must not take the whole processor
_JOIN: Final = 1.0


class Listener:
    """Reads `fd` in a thread from `start` to `stop`.

    `deliver` gets each message, in that thread. `on_closed` is called when the terminal is gone; `on_fault` with what
    was raised by the reader or by `deliver`: the input that did it is dropped, and reading goes on.
    """

    def __init__(
        self,
        fd: int,
        reader: InputReader,
        *,
        deliver: Callable[[Message], None],
        on_closed: Callable[[], None],
        on_fault: Callable[[Exception], None],
    ) -> None:
        self._fd = fd
        self._reader = reader
        self._deliver = deliver
        self._on_closed = on_closed
        self._on_fault = on_fault
        self._stopped = threading.Event()
        self._wake = os.pipe()
        self._thread = threading.Thread(target=self._watch, name="terminal-input", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; it may be the one that asks for it."""
        self._stopped.set()
        os.write(self._wake[1], b"x")
        if self._thread is not threading.current_thread():
            self._thread.join(_JOIN)
        if not self._thread.is_alive():
            for fd in self._wake:
                os.close(fd)

    def _watch(self) -> None:
        while not self._stopped.is_set():
            try:
                if not self._read_on():
                    return
            except Exception as error:  # noqa: BLE001 - whatever it is: without this thread no key works, not even to leave
                self._reader.forget()
                self._on_fault(error)
                self._stopped.wait(_AFTER_FAULT)

    def _read_on(self) -> bool:
        """Read once, sleeping until something is typed; False when there is nothing more to read."""
        try:
            ready, _, _ = select.select([self._fd, self._wake[0]], [], [], self._reader.deadline())
            if self._wake[0] in ready:
                return False
            data = os.read(self._fd, _ONE_READ) if ready else None
        except BlockingIOError:
            return True
        except OSError as error:
            if error.errno == errno.EINTR:
                return True
            data = b""
        if data == b"":
            self._on_closed()
            return False
        for message in self._reader.expire() if data is None else self._reader.feed(data):
            self._deliver(message)
        return True
