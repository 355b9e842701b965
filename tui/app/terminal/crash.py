"""When the program fails: a short report in a file, one sentence on the terminal, exit code 70.

Textual's own report prints the value of every local variable, a token among them, and exits with 0 or 1. This one holds
the traceback without locals, and no string that `secrets` names or that looks like a token.

Leans on `App._handle_exception`, `_fatal_error`, `panic` and `_print_error_renderables` of Textual 8.2.
"""

import os
import platform
import re
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from textual.app import App, ReturnType
from textual.worker import WorkerFailed

from tui.app.terminal.options import FaceOptions
from tui.text.clean import clean

__all__ = ["EX_SOFTWARE", "CrashReportingApp", "describe", "redact", "write_report"]

EX_SOFTWARE: Final = 70
"""The exit code of an internal fault (sysexits.h)."""

_TOKENISH: Final = (
    r"(?i)(?:bearer\s+|(?:token|secret|password|authorization)[\"']?\s*[:=]\s*[\"']?)\S+"
    r"|dG9rO[A-Za-z0-9+/_=-]{8,}"  # an Intercom access token: base64 of "tok:..."
    r"|[A-Za-z0-9+/_-]{40,}={0,2}"
)
_MAX_CHARACTERS: Final = 20_000


def redact(text: str, secrets: Iterable[str]) -> str:
    """`text` without control characters, without `secrets`, and without what looks like a token."""
    for secret in sorted({secret for secret in secrets if secret}, key=len, reverse=True):
        text = text.replace(secret, "[removed]")
    return "\n".join(
        # The paths of a traceback are as long as tokens, and needed.
        line if line.lstrip().startswith('File "') else re.sub(_TOKENISH, "[removed]", line)
        for line in clean(text).split("\n")
    )


def describe(error: BaseException, secrets: Iterable[str], *, program: str) -> str:
    """The report of `error`: versions, terminal, traceback without locals, causes included."""
    lines = [
        f"{program} {_version(program)}, Textual {_version('textual')}, Python {platform.python_version()}"
        f" on {platform.system()} {platform.release()}",
        f"time {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}, TERM={os.environ.get('TERM', '')}",
        "",
        *traceback.TracebackException.from_exception(error, capture_locals=False).format(),
    ]
    return redact("\n".join(line.rstrip("\n") for line in lines), secrets)[-_MAX_CHARACTERS:] + "\n"


def write_report(path: Path, text: str) -> bool:
    """Write `text` to `path`, readable by its owner only; False when the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        # O_EXCL: never into a file or through a link that somebody else put there.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return False
    return True


def _version(distribution: str) -> str:
    from importlib import metadata  # slow to load, and few runs crash

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "(not installed)"


class CrashReportingApp(App[ReturnType]):
    """An app that ends in one clear sentence when it fails. Subclasses provide `face`."""

    face: FaceOptions
    _crash: BaseException | None = None
    _crash_sentence: str = ""

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
        face = self.face
        sentence = f"{face.program} stopped because of a fault of its own ({type(error).__name__})."
        if face.crash_report is None:
            return f"{sentence} No report was kept."
        if write_report(face.crash_report, describe(error, face.secrets(), program=face.program)):
            return f"{sentence} A report is in {clean(str(face.crash_report))}; it may quote what was on the screen."
        return f"{sentence} Its report could not be written to {clean(str(face.crash_report))}."

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
