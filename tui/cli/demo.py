"""``--demo``: a made-up workspace in this process, and a profile that is gone when the program ends."""

import os
import re
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.config.paths import HOME_VARIABLE, Paths
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.cli.in_process import Room
    from tui.inbox.sync.connection import OnBudget

CONVERSATIONS = 160
SEED = 3

MACROS = {
    "Thanks, on it": "Hello {first_name},\n\nthank you for writing. I am on it and come back to you today.\n\n{me}",
    "Ask for a screenshot": shell_texts.DEMO_SCREENSHOT,
    "Solved?": shell_texts.DEMO_CLOSING,
}
"""Prepared texts to try ``m`` with."""

_PREFIX = "intercom-tui-demo-"
_LEFT = re.compile(rf"{_PREFIX}(\d{{1,7}})-\w+")


class Demo:
    """A throw-away profile beneath a temporary directory, and the workspace that it belongs to.

    The workspace is made with the client, which happens after the first paint. ``live`` lets customers and teammates
    act on their own, gently.
    """

    base_url = "http://127.0.0.1"
    """Where requests seem to go; they never leave the process."""

    def __init__(self, *, live: bool) -> None:
        self._live = live
        self._directory = tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)
        os.chmod(self._directory.name, 0o700)  # whatever the umask took away
        self._room: Room | None = None
        self.paths = Paths.of("demo", {HOME_VARIABLE: self._directory.name})

    @property
    def directory(self) -> Path:
        """Everything that the profile writes is in here."""
        return Path(self._directory.name)

    def client(self, on_budget: "OnBudget") -> "Intercom":
        """Make the workspace and a client of it, in whatever thread this is called."""
        from tui.api.client import Intercom
        from tui.cli.in_process import Room

        sweep(self.directory.parent)
        if self._room is None:
            self._room = Room(CONVERSATIONS, SEED, self.base_url, live=self._live)
        return Intercom(self.base_url, "demo", transport=self._room.transport(), on_budget=on_budget)

    def close(self) -> None:
        """End the workspace and remove the profile."""
        if self._room is not None:
            self._room.close()
            self._room = None
        self._directory.cleanup()


def sweep(directory: Path) -> None:
    """Remove the profiles in ``directory`` that demos of ours left when they were killed."""
    for entry in os.scandir(directory):
        named = _LEFT.fullmatch(entry.name)
        if named is None or _is_alive(int(named[1])):
            continue
        found = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
            shutil.rmtree(entry.path, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
