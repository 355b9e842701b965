"""Where the log goes: a file that rotates in the profile's folder for logs, for its owner alone."""

import contextlib
import logging
import os
import time
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.config.owner import open_private, private_dir, secure_dir
from tui.model.log import ROOT

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

FILE: Final = "intercom-tui.log"
BYTES: Final = 1_000_000
"""Size at which the file is put aside."""
KEPT: Final = 3
"""Files that were put aside and are kept: ``intercom-tui.log.1`` is the newest."""

_LEVELS: Final = {"debug": 10, "info": 20, "warning": 30, "error": 40}


@contextlib.contextmanager
def open_log(folder: Path, level: str) -> Iterator[None]:
    """Log into ``folder`` what is at least of ``level``: ``debug``, ``info``, ``warning``, ``error``; ``off``: nothing.

    Folder and file are made with the first line. A line that cannot be written is lost, and nobody is told.
    """
    if level == "off":
        yield
        return
    handler = _Late(folder)
    before = ROOT.level
    ROOT.addHandler(handler)
    ROOT.setLevel(_LEVELS[level])
    try:
        yield
    finally:
        ROOT.removeHandler(handler)
        ROOT.setLevel(before)
        handler.close()


class _Late(logging.Handler):
    """Opens the file for the first line: most runs have none, and what rotates files takes long to import."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: RotatingFileHandler | None = None
        self._is_broken = False

    def emit(self, record: logging.LogRecord) -> None:
        if self._is_broken:
            return
        try:
            if self._file is None:
                self._file = _rotating(self._folder)
            self._file.emit(record)
        except Exception:  # noqa: BLE001 - whatever is wrong with the log must not be what ends the program
            self._is_broken = True

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def _rotating(folder: Path) -> "RotatingFileHandler":
    from logging.handlers import RotatingFileHandler

    class Private(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            file = open_private(Path(self.baseFilename), os.O_APPEND | os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW)
            return open(file, "a", encoding="utf-8", errors="backslashreplace")

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name of logging's
            """Without a traceback on somebody's screen."""

    private_dir(folder)
    secure_dir(folder)
    made = Private(folder / FILE, maxBytes=BYTES, backupCount=KEPT, delay=True)
    form = logging.Formatter(
        "%(asctime)s.%(msecs)03dZ %(levelname)s %(process)d %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"
    )
    form.converter = time.gmtime
    made.setFormatter(form)
    return made
