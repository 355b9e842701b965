"""The driver: how the terminal is set up, read, listened to and, in every case, put back.

What stock Textual 8.2 does otherwise: it dies on SIGTERM and SIGHUP without restoring the terminal, spins when the
terminal closes, believes COLUMNS and LINES over the terminal, re-issues unknown sequences as keys (see `input`).

Leans on `LinuxDriver` of Textual 8.2: `attrs_before`, `_down_buttons`, `_file`, `_mouse`, `_size`,
`_must_signal_resume`, `_patch_lflag`, `_patch_iflag`, and sets handlers of SIGTSTP and SIGCONT of its own over its.
"""

import asyncio
import atexit
import os
import select
import signal
import sys
import termios
import threading
import time
import tty
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from tui.app.terminal.flow_control import FlowControl
from tui.app.terminal.host import TerminalHost
from tui.app.terminal.input import InputReader
from tui.app.terminal.line import attributes_of, set_attributes, terminal_size
from tui.app.terminal.listening import Listener
from tui.app.terminal.modes import Modes
from tui.app.terminal.options import escape_delay
from tui.app.terminal.output import Output
from tui.app.terminal.signals import ENDING, TYPED
from tui.config.terminal import terminal_kind

__all__ = ["EXIT_HANGUP", "TerminalDriver"]

EXIT_HANGUP: Final = 128 + signal.SIGHUP
"""The exit code when the terminal went away."""

_GRACE: Final = 5.0  # seconds the app has to end by itself after a signal
_DRAIN: Final = 1.0
_SETTLE: Final = 0.5
_STOPS_WITHIN: Final = 0.05  # seconds: the kernel stops a process that signals itself at once, or never
_SMALL_BACKLOG: Final = 4096
_BUTTONS: Final = 8


class TerminalDriver(LinuxDriver):
    """Drives the terminal at stdin and stderr for an app that is a `TerminalHost`."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        if not isinstance(app, TerminalHost):
            raise TypeError("TerminalDriver drives a TerminalApp only")
        self._host: TerminalHost = app
        options = app.terminal_options
        super().__init__(app, debug=debug, mouse=mouse and options.mouse_wanted, size=size)
        self._output_fd = self._choose_output()
        if size is None:
            self._size = self._get_terminal_size()
        self._modes = Modes(
            terminal_kind(os.environ),
            mouse=self._mouse,
            focus=options.focus_reports,
            ask=self.input_tty,
            environ=os.environ,
            background=options.background,
        )
        self._mouse = self._modes.mouse
        self.pacer = FlowControl(enabled=options.pacing and options.diff and self._modes.answers)
        self._output: Output | None = None
        self._active = False
        self._gone = False
        self._listener: Listener | None = None
        self._waiting: asyncio.TimerHandle | None = None
        self._known_size = self._size
        self._ending = False
        self._suspending = False
        self._was_lent = False
        self._continued = False
        self._taken_back = False
        self._stop_wanted = False
        signal.signal(signal.SIGTSTP, self._on_stop_signal)
        signal.signal(signal.SIGCONT, self._on_continued_signal)

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
        self._wait_for_foreground()
        self.attrs_before = attributes_of(self.fileno)
        self._enter_raw_mode()
        atexit.register(self._emergency)
        self._output = Output(self._output_fd, on_room=self._room, on_closed=self._hang_up)
        self._listen_to_signals()
        self.pacer.reset()
        self._host.terminal_changed_hands()
        self.write(self._enter_sequence())
        self._listener = self._listen()
        self._listener.start()
        self._send_size()
        if self._must_signal_resume:
            self._must_signal_resume = False
            self.send_message(self.SignalResume())

    def _enter_sequence(self) -> str:
        return self._modes.enter(after_others=self._was_lent) + (
            self.pacer.question(0) if self.input_tty and self._modes.asks else ""
        )

    def _wait_for_foreground(self) -> None:
        """In the background this stops us (SIGTTOU) until we are in the foreground, before anything is read or written.

        What the terminal is set to before that is the shell's own line editing, and nothing to come back to.
        """
        attributes = attributes_of(self.fileno)
        if attributes is not None:
            set_attributes(self.fileno, attributes)

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
        set_attributes(self.fileno, raw)

    def disable_input(self) -> None:
        """End the thread that reads, and drop what was typed but not read."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        listener.stop()
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
            self.write(self._modes.leave())
            self._output.drain(_DRAIN)
            # An answer still on its way would be typed into the shell.
            self.pacer.settle(_SETTLE)
        self.disable_input()
        self._leave_signals()
        if self.attrs_before is not None:
            set_attributes(self.fileno, self.attrs_before)
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
                os.write(self._output_fd, self._modes.leave().encode())
        except OSError:
            pass  # the terminal is gone
        if self.attrs_before is not None:
            set_attributes(self.fileno, self.attrs_before)

    # Signals

    def _listen_to_signals(self) -> None:
        for number in ENDING:
            self._loop.add_signal_handler(number, self._end, 128 + number)
        self._loop.add_signal_handler(signal.SIGWINCH, self._on_window_change)

    def _leave_signals(self) -> None:
        """While another program has the terminal, ctrl+c is for that one; SIGTERM and SIGHUP still end us."""
        self._loop.remove_signal_handler(signal.SIGWINCH)
        if self._suspending:
            # A handler, not SIG_IGN: that would be inherited by the other program.
            for number in TYPED:
                self._loop.add_signal_handler(number, _nothing)
            return
        for number in ENDING:
            self._loop.remove_signal_handler(number)

    def _on_continued_signal(self, *_: object) -> None:
        """SIGCONT, between any two instructions of the main thread: what is to be done is done in the loop."""
        self._continued = True
        self._in_loop(self._on_continued)

    def _on_continued(self) -> None:
        if self._active and not self._taken_back:
            # Stopped without our knowing (SIGSTOP): the shell has used the terminal meanwhile, and may have resized it.
            self._enter_raw_mode()
            self.write(self._enter_sequence())
            self._host.terminal_changed_hands()
            self._on_window_change()
            self._host.frames_wanted()
        self._taken_back = False

    def _on_stop_signal(self, *_: object) -> None:
        """SIGTSTP: somebody's kill, or an editor that stops its whole group."""
        self._stop_wanted = True
        self._in_loop(self._on_stop_wanted)

    def _on_stop_wanted(self) -> None:
        if not self._stop_wanted:  # stopped for it already
            return
        if self._active:
            # The terminal is raw and cannot have sent it: somebody means it, and will continue us.
            self._stop(os.getpid(), signal.SIGSTOP)
        else:
            self._stop(os.getpid(), signal.SIGTSTP)

    def stop_process(self) -> bool:
        """Give the terminal to the shell and stop until it continues us; False where nobody would.

        Our whole process group stops, as with a ctrl+z that the terminal itself sees: a shell does not notice that its
        job stopped while the script around us runs on. Whether there is a shell that could continue us is the kernel's
        to say: it drops the signal in a process group that has none (POSIX: an orphaned process group).
        """
        if os.getsid(0) == os.getpid():
            return False  # the session's leader has no shell above it: not even a flicker
        return self._stop(0, signal.SIGTSTP)

    def _stop(self, whom: int, number: signal.Signals) -> bool:
        was_active = self._active
        if was_active:
            self.suspend_application_mode()
        self._continued = False
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        try:
            os.kill(whom, number)
            end = time.monotonic() + _STOPS_WITHIN
            while not self._continued and time.monotonic() < end:
                time.sleep(0.005)
        finally:
            signal.signal(signal.SIGTSTP, self._on_stop_signal)
            self._stop_wanted = False
        stopped = self._continued
        if was_active:
            self.resume_application_mode()
            self._host.frames_wanted()
            self._taken_back = stopped  # the word of it is still in the loop
        return stopped

    def suspend_application_mode(self) -> None:
        """Give the terminal to another program, or to the shell, for a while."""
        self._suspending = self._was_lent = True
        try:
            super().suspend_application_mode()
        finally:
            self._suspending = False

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

    def _listen(self) -> Listener:
        options = self._host.terminal_options
        reader = InputReader(
            escape_delay=escape_delay(os.environ),
            on_cursor_report=self._on_cursor_report,
            focus_reports=options.focus_reports,
            mouse=self._mouse,
            background=options.background,
        )
        return Listener(
            self.fileno, reader, deliver=self._take, on_closed=self._hang_up, on_fault=self._host.input_failed
        )

    def _take(self, message: Message) -> None:
        self.process_message(message)
        # Kept by Textual until the button comes up, which a terminal may never say.
        del self._down_buttons[:-_BUTTONS]


def _nothing() -> None:
    """Handle a signal by doing nothing."""
