"""The driver: how the terminal is set up, read, listened to and, in every case, put back.

What stock Textual 8.2 does otherwise: it dies on SIGTERM and SIGHUP without restoring the terminal, spins when the
terminal closes, believes COLUMNS and LINES over the terminal, re-issues unknown sequences as keys (see `input`).

Leans on `LinuxDriver` of Textual 8.2: `_key_thread`, `exit_event`, `attrs_before`, `_file`, `_mouse`, `_size`,
`_auto_restart`, `_must_signal_resume`, `_patch_lflag`, `_patch_iflag`, and the handlers of SIGTSTP and SIGCONT.
"""

import asyncio
import atexit
import errno
import fcntl
import os
import select
import signal
import struct
import sys
import termios
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from tui.app.terminal.input import InputReader
from tui.app.terminal.options import FaceOptions, escape_delay
from tui.app.terminal.output import Output
from tui.app.terminal.pacing import Pacer

__all__ = ["EXIT_HANGUP", "TerminalDriver", "TerminalHost", "terminal_size"]

EXIT_HANGUP: Final = 128 + signal.SIGHUP
"""The exit code when the terminal went away."""

_GRACE: Final = 5.0  # seconds the app has to end by itself after a signal
_DRAIN: Final = 1.0
_SETTLE: Final = 0.5
_SMALL_BACKLOG: Final = 4096
_ENDING: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)

# Alternate screen, hidden cursor, bracketed paste, no line wrap.
_ENTER: Final = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l"
_LEAVE: Final = "\x1b[m\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
# Buttons and drags (1002) in SGR coordinates (1006), not every movement (1003): a hover over a list costs 15 kB.
_MOUSE_ON: Final = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
_MOUSE_OFF: Final = "\x1b[?1006l\x1b[?1002l\x1b[?1000l"
_FOCUS_ON, _FOCUS_OFF = "\x1b[?1004h", "\x1b[?1004l"
_SYNC_QUERY: Final = "\x1b[?2026$p"
_NO_QUERIES: Final = ("linux", "dumb", "vt52")


@runtime_checkable
class TerminalHost(Protocol):
    """What the driver asks of its app, besides being one."""

    @property
    def face(self) -> FaceOptions:
        """The choices of this run."""

    def frames_wanted(self) -> None:
        """There is room for a frame."""

    def terminal_changed_hands(self) -> None:
        """The terminal was taken (again)."""

    def terminal_resized(self, *, same_size: bool) -> None:
        """SIGWINCH came."""


def terminal_size(*descriptors: int) -> tuple[int, int]:
    """Columns and rows of the first of `descriptors` that knows its size; else COLUMNS × LINES, else 80 × 24."""
    for fd in descriptors:
        try:
            packed = fcntl.ioctl(fd, termios.TIOCGWINSZ, bytes(8))
        except OSError:
            continue
        rows, columns, _, _ = struct.unpack("HHHH", packed)
        if rows and columns:
            return columns, rows
    sizes = []
    for name, default in (("COLUMNS", 80), ("LINES", 24)):
        value = os.environ.get(name, "")
        sizes.append(int(value) if value.isdecimal() and int(value) else default)
    return sizes[0], sizes[1]


class TerminalDriver(LinuxDriver):
    """Drives the terminal at stdin and stderr for an app that is a `TerminalHost`."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        if not isinstance(app, TerminalHost):
            raise TypeError("TerminalDriver drives a TerminalFace only")
        self._host: TerminalHost = app
        face = app.face
        super().__init__(app, debug=debug, mouse=mouse and face.mouse_wanted, size=size)
        self._output_fd = self._choose_output()
        if size is None:
            self._size = self._get_terminal_size()
        self.pacer = Pacer(enabled=face.pacing and face.diff)
        self._output: Output | None = None
        self._active = False
        self._gone = False
        self._wake: tuple[int, int] | None = None
        self._waiting: asyncio.TimerHandle | None = None
        self._known_size = self._size
        self._ending = False
        self._suspending = False

    # The size

    def _get_terminal_size(self) -> tuple[int, int]:
        return terminal_size(self._output_fd, self.fileno)

    def _choose_output(self) -> int:
        """stderr as stock Textual does, so that stdout may be a pipe; stdout when stderr is none."""
        for stream in (sys.__stderr__, sys.__stdout__):
            if stream is not None and stream.isatty():
                return stream.fileno()
        return 2

    def _send_size(self) -> None:
        size = Size(*self._get_terminal_size())
        self._known_size = (size.width, size.height)
        self.send_message(events.Resize(size, size))

    def _on_window_change(self) -> None:
        self._host.terminal_resized(same_size=self._get_terminal_size() == self._known_size)
        self._send_size()

    # Writing

    def write(self, data: str) -> None:
        """Queue `data` for the terminal; dropped when another program has it."""
        if self._output is not None:
            self._output.write(data)

    def may_send(self) -> bool:
        """Whether a frame may leave: the line is free, and the terminal has drawn all but one of those before."""
        return self._output is not None and self._output.backlog <= _SMALL_BACKLOG and self.pacer.may_send()

    def send_frame(self, data: str) -> None:
        """Write one frame, with the question whether it has arrived."""
        self.write(data + self.pacer.question(len(data)))

    def frame_waits(self) -> None:
        """A frame waits: for room on the line, for an answer, or for the pacer's patience to end."""
        if self._waiting is None and self.pacer.active:
            self._waiting = self._loop.call_later(self.pacer.patience(), self._stop_waiting)

    def _stop_waiting(self) -> None:
        self._waiting = None
        if self.pacer.active and self.pacer.patience() <= 0 and not self.pacer.may_send():
            self.pacer.give_up()
        self._host.frames_wanted()

    def _room(self) -> None:
        """From the output and input threads: something was written or answered."""
        self._in_loop(self._on_room)

    def _on_room(self) -> None:
        if self._active and self.may_send():
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None
            self._host.frames_wanted()

    def _on_cursor_report(self) -> bool:
        taken = self.pacer.answered()
        if taken:
            self._room()
        return taken

    def _in_loop(self, callback: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the loop has ended; so will the thread
            self._loop.call_soon_threadsafe(callback)

    # Taking the terminal and giving it back

    def start_application_mode(self) -> None:
        """Take the terminal: raw input, alternate screen, and a thread each to read and write."""
        if self._active:
            return
        self._active = True
        self.attrs_before = _attributes(self.fileno)
        # In the background this stops us (SIGTTOU) until we are in the foreground, before anything is written.
        self._enter_raw_mode()
        atexit.register(self._emergency)
        self._output = Output(self._output_fd, on_room=self._room, on_closed=self._hang_up)
        self._listen_to_signals()
        self.pacer.reset()
        self._host.terminal_changed_hands()
        self.write(self._enter_sequence())
        self.exit_event.clear()
        self._wake = os.pipe()
        self._key_thread = threading.Thread(target=self._run_input_thread, name="terminal-input", daemon=True)
        self._key_thread.start()
        self._send_size()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self.send_message(self.SignalResume())

    def _enter_sequence(self) -> str:
        parts = [_ENTER]
        if self._mouse:
            parts.append(_MOUSE_ON)
        if self._host.face.focus_reports:
            parts.append(_FOCUS_ON)
        if self.input_tty and os.environ.get("TERM", "") not in _NO_QUERIES:
            if os.environ.get("TERM_PROGRAM") != "Apple_Terminal":  # writes the query on the screen
                parts.append(_SYNC_QUERY)
            parts.append(self.pacer.question(0))
        return "".join(parts)

    def _leave_sequence(self) -> str:
        focus = _FOCUS_OFF if self._host.face.focus_reports else ""
        return (_MOUSE_OFF if self._mouse else "") + focus + _LEAVE

    def _enter_raw_mode(self) -> None:
        if self.attrs_before is None:
            return
        raw = list(self.attrs_before)
        raw[tty.CC] = list(raw[tty.CC])
        raw[tty.LFLAG] = self._patch_lflag(raw[tty.LFLAG])
        raw[tty.IFLAG] = self._patch_iflag(raw[tty.IFLAG])
        raw[tty.OFLAG] &= ~termios.OPOST  # a line feed goes down, and nothing else
        raw[tty.CC][termios.VMIN] = 1
        raw[tty.CC][termios.VTIME] = 0
        _set_attributes(self.fileno, raw)

    def disable_input(self) -> None:
        """End the thread that reads, and drop what was typed but not read."""
        thread, self._key_thread = self._key_thread, None
        if thread is None:
            return
        self.exit_event.set()
        if self._wake is not None:
            os.write(self._wake[1], b"x")
        if thread is not threading.current_thread():
            thread.join(1.0)
        if self._wake is not None and not thread.is_alive():
            for fd in self._wake:
                os.close(fd)
        self._wake = None
        with suppress(termios.error):  # no terminal, nothing to flush
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        if not self._active:
            return
        self._active = False
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        if self._output is not None and not self._gone:
            self.write(self._leave_sequence())
            self._output.drain(_DRAIN)
            # An answer still on its way would be typed into the shell.
            self.pacer.settle(_SETTLE)
        self.disable_input()
        self._leave_signals()
        if self.attrs_before is not None:
            _set_attributes(self.fileno, self.attrs_before)
        atexit.unregister(self._emergency)

    def close(self) -> None:
        """End the thread that writes."""
        output, self._output = self._output, None
        if output is not None:
            output.stop(0.0 if self._gone else _DRAIN)

    def _emergency(self) -> None:
        """Restore the terminal from wherever we are, once, without the loop or the threads."""
        if not self._active:
            return
        self._active = False
        try:
            if select.select([], [self._output_fd], [], 0.5)[1]:
                os.write(self._output_fd, self._leave_sequence().encode())
        except OSError:
            pass  # the terminal is gone
        if self.attrs_before is not None:
            _set_attributes(self.fileno, self.attrs_before)

    # Signals

    def _listen_to_signals(self) -> None:
        for number in _ENDING:
            self._loop.add_signal_handler(number, self._end, 128 + number)
        self._loop.add_signal_handler(signal.SIGWINCH, self._on_window_change)

    def _leave_signals(self) -> None:
        """While another program has the terminal, ctrl+c is for that one; SIGTERM and SIGHUP still end us."""
        self._loop.remove_signal_handler(signal.SIGWINCH)
        if self._suspending:
            # A handler, not SIG_IGN: that would be inherited by the other program.
            self._loop.add_signal_handler(signal.SIGINT, _nothing)
            return
        for number in _ENDING:
            self._loop.remove_signal_handler(number)

    def suspend_application_mode(self) -> None:
        """Give the terminal to another program, or to the shell, for a while."""
        self._suspending = True
        try:
            super().suspend_application_mode()
        finally:
            self._suspending = False

    def _sigcont_application(self, *_: object) -> None:
        if self._active:
            # Stopped without our knowing (SIGSTOP): the shell has used the terminal meanwhile.
            self._enter_raw_mode()
            self.write(self._enter_sequence())
            self._host.terminal_changed_hands()
            self._in_loop(self._host.frames_wanted)
        elif self._auto_restart:
            self.resume_application_mode()

    def _hang_up(self) -> None:
        """From a thread: the terminal is gone."""
        self._gone = True
        self._in_loop(self._on_hang_up)

    def _on_hang_up(self) -> None:
        # a closing terminal says so twice, by a signal and by the end of input: the second is not impatience
        if self._active and not self._ending:
            self._end(EXIT_HANGUP)

    def _end(self, code: int) -> None:
        """End the app in good order; by force when it does not within the grace, or when asked twice.

        A terminal that closes is heard of twice, as SIGHUP and as the end of its input: nobody is impatient then.
        """
        if self._ending:
            if code != EXIT_HANGUP:
                self._end_by_force(code)
            return
        self._ending = True
        timer = threading.Timer(_GRACE, self._end_by_force, (code,))
        timer.daemon = True
        timer.start()
        atexit.register(timer.cancel)
        self._app.exit(return_code=code)

    def _end_by_force(self, code: int) -> None:
        self._emergency()
        os._exit(code)

    # Reading

    def run_input_thread(self) -> None:
        """Read until told to stop or the terminal closes; sleeps when nothing is typed."""
        if self._wake is None:
            return
        wake = self._wake[0]
        reader = InputReader(
            escape_delay=escape_delay(os.environ),
            on_cursor_report=self._on_cursor_report,
            focus_reports=self._host.face.focus_reports,
        )
        while not self.exit_event.is_set():
            try:
                ready, _, _ = select.select([self.fileno, wake], [], [], reader.deadline())
                if wake in ready:
                    break
                data = os.read(self.fileno, 65536) if ready else None
            except BlockingIOError:
                continue
            except OSError as error:
                if error.errno == errno.EINTR:
                    continue
                self._hang_up()
                break
            if data == b"":
                self._hang_up()
                break
            for message in reader.expire() if data is None else reader.feed(data):
                self.process_message(message)

    def _run_input_thread(self) -> None:
        self.run_input_thread()


def _nothing() -> None:
    """Handle a signal by doing nothing."""


_Attributes = list[int | list[bytes | int]]


def _attributes(fd: int) -> _Attributes | None:
    try:
        return termios.tcgetattr(fd)
    except termios.error:
        return None


def _set_attributes(fd: int, attributes: _Attributes) -> None:
    while True:
        try:
            termios.tcsetattr(fd, termios.TCSANOW, attributes)
        except termios.error as error:
            if error.args[0] == errno.EINTR:
                continue
        return
