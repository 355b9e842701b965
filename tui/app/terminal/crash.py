"""When the program fails: a short report in a file, one sentence on the terminal, exit code 70.

Textual's own report prints the value of every local variable, a token among them, and exits with 0 or 1.

Leans on `App._handle_exception`, `_fatal_error`, `panic` and `_print_error_renderables` of Textual 8.2.
"""

import sys
from typing import Final

from rich.console import RenderableType
from textual.app import App, ReturnType
from textual.worker import WorkerFailed

from tui.app.terminal.options import TerminalOptions
from tui.config.report import FaultLog, describe, write_report
from tui.model.labels import texts
from tui.text.sanitize import clean

__all__ = ["EX_SOFTWARE", "CrashReportingApp", "describe", "write_report"]

EX_SOFTWARE: Final = 70
"""The exit code of an internal fault (sysexits.h)."""


class CrashReportingApp(App[ReturnType]):
    """An app that ends in one clear sentence when it fails. Subclasses provide `terminal_options`."""

    terminal_options: TerminalOptions
    _crash: BaseException | None = None
    _crash_sentence: str = ""
    _faults: FaultLog | None = None

    @property
    def faults(self) -> FaultLog:
        """Where faults go that do not end the program: a file beside the crash report."""
        if self._faults is None:
            report = self.terminal_options.crash_report
            self._faults = FaultLog(report.with_name("faults.txt") if report else None, self.terminal_options.secrets)
        return self._faults

    def input_failed(self, error: Exception) -> None:
        """From the thread that reads the terminal: something could not be handled and was dropped."""
        self.faults.add(error, "terminal input")

    def _handle_exception(self, error: Exception) -> None:
        cause: BaseException = error.error if isinstance(error, WorkerFailed) else error
        # Pilot raises what it finds here again, so that tests fail with the real error.
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._report(cause)
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._report(sys.exc_info()[1] or RuntimeError("unknown fault"))
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End with a crash report. `renderables` (Textual hands over tracebacks with locals) are not shown."""
        self._report(sys.exc_info()[1] or RuntimeError("Textual gave up"))
        self._close_messages_no_wait()

    def _report(self, error: BaseException) -> None:
        self._return_code = EX_SOFTWARE
        if self._crash is not None:
            return
        self._crash = error
        self._crash_sentence = self.crash_sentence(error)

    def crash_sentence(self, error: BaseException) -> str:
        """Write the report of `error`, and say in one sentence what happened and where it lies."""
        options = self.terminal_options
        sentence = texts.CRASHED.format(program=options.program, error=type(error).__name__)
        if options.crash_report is None:
            return texts.NO_REPORT_KEPT.format(sentence=sentence)
        if write_report(options.crash_report, describe(error, options.secrets(), program=options.program)):
            return texts.REPORT_IS_IN.format(sentence=sentence, path=clean(str(options.crash_report)))
        return texts.REPORT_NOT_WRITTEN.format(sentence=sentence, path=clean(str(options.crash_report)))

    def _print_error_renderables(self) -> None:
        if self._crash is None:
            super()._print_error_renderables()
            return
        self._exit_renderables.clear()
        stream = sys.__stderr__
        if stream is not None and self._crash_sentence and not self.is_headless:
            sentence, self._crash_sentence = self._crash_sentence, ""
            try:
                print(sentence, file=stream, flush=True)
            except OSError:
                self._crash_sentence = sentence  # the terminal is gone; the caller may still log it
