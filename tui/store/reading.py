"""Opening a store that cannot be written: a full disk, a folder that is read-only. One can still read."""

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path
from urllib.parse import quote

from tui.model.errors import StoreError
from tui.store.connection import Connection, connect
from tui.store.schema import MIGRATIONS

_PLACES = ("", "/dev/shm")  # noqa: S108 - a private folder is made in it
"""Where a copy may lie for as long as the program runs: the usual place, else memory."""


class Reading:
    """A connection that only reads, and the copy it reads where the write-ahead log cannot be used in its place."""

    def __init__(
        self, db: Connection, address: str = "", folder: "tempfile.TemporaryDirectory[str] | None" = None
    ) -> None:
        self.db = db
        self._address = address
        self._folder = folder

    def another(self) -> Connection:
        """One more connection to the same, for another thread. Raises :class:`tui.model.errors.StoreError`."""
        db = connect(self.db.path, read_only=True, address=self._address)
        db.on_damaged = self.db.on_damaged
        return db

    def close(self) -> None:
        """Close it; the copy goes."""
        self.db.close()
        if self._folder is not None:
            self._folder.cleanup()


def open_to_read(path: Path) -> Reading | None:
    """A way to read the store at ``path``; None where there is none, or an older program wrote it."""
    if not path.is_file():
        return None
    address = f"file:{quote(str(path))}?mode=ro"
    db = _tried(path, address)
    if db is not None:
        return Reading(db, address)
    # a write-ahead log needs an index beside it, which cannot be made there (https://www.sqlite.org/wal.html#readonly)
    for place in _PLACES:
        with contextlib.suppress(OSError):
            folder = tempfile.TemporaryDirectory(prefix="intercom-tui-", dir=place or None)
            copy = Path(folder.name) / path.name
            try:
                for suffix in ("", "-wal"):
                    with contextlib.suppress(FileNotFoundError):
                        shutil.copyfile(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
                address = f"file:{quote(str(copy))}"
                db = _tried(path, address)
            except OSError:
                db = None
            if db is not None:
                return Reading(db, address, folder)
            folder.cleanup()
    address = f"file:{quote(str(path))}?immutable=1"
    db = _tried(path, address)
    return Reading(db, address) if db is not None else None


def _tried(path: Path, address: str) -> Connection | None:
    try:
        db = connect(path, read_only=True, address=address)
    except (StoreError, sqlite3.Error):
        return None
    try:
        if int(db.execute("PRAGMA user_version").fetchone()[0]) == len(MIGRATIONS):
            db.execute("SELECT count(*) FROM meta").fetchone()
            return db
    except StoreError:
        pass
    db.close()
    return None
