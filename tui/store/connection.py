"""The one door to SQLite: every connection to a store is made here, and every error of a statement leaves as ours.

A statement that fails raises a :class:`tui.model.errors.StoreError`, whether it fails when it is run or when its rows
are taken. Text that is not UTF-8 is read with its bad bytes replaced. What a row holds is checked by
:mod:`tui.store.soundness`.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from tui.config.owner import open_private
from tui.model.errors import StoreDamaged, StoreError, StoreUnwritable
from tui.model.labels import store_errors

T = TypeVar("T")

BUSY_MS = 5_000
"""How long a writer waits for another process's transaction, in milliseconds."""

Values = Sequence[object] | Mapping[str, object]
"""What a statement's marks stand for."""

_ROOM = 64 * 1024
"""Bytes without which nothing can be written: the index of the write-ahead log alone takes 32 kB."""
_FAILURES = (sqlite3.Error, OverflowError, MemoryError, UnicodeError)
"""What a statement may raise; Python reads the names in a damaged schema, and SQLite's own sentences, as UTF-8."""
_CHUNK = 256
"""Rows taken at once where somebody walks through a result."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_TOOBIG})
_DAMAGED_IO = frozenset({sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS})
_UNWRITABLE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
_PRIMARY = 0xFF
"""The bits of a result code that name its kind (https://www.sqlite.org/rescode.html)."""


class Cursor(sqlite3.Cursor):
    """A cursor whose errors are ours."""

    connection: "Connection"
    _asked: tuple[str, Values] = ("", ())
    _given = 0

    def execute(self, sql: str, parameters: Values = (), /) -> "Cursor":  # type: ignore[override] # only what we use
        """Run one statement."""
        self._asked = (sql, parameters)
        self._given = 0
        try:
            super().execute(sql, cast("Any", parameters))
        except _FAILURES as error:
            raise self.connection.failed(error) from error
        return self

    def executemany(self, sql: str, parameters: Iterable[Values], /) -> "Cursor":  # type: ignore[override] # as above
        """Run one statement for each of many rows."""
        try:
            super().executemany(sql, cast("Any", parameters))
        except _FAILURES as error:
            raise self.connection.failed(error) from error
        return self

    def fetchone(self) -> Any:
        """The next row, or None."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next ``size`` rows (one), or fewer at the end."""
        try:
            rows = super().fetchmany(size or 1)
        except _FAILURES as error:
            self._read_on(error)
            rows = self.fetchmany(size)
        else:
            self._given += len(rows)
        return rows

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        try:
            return super().fetchall()
        except _FAILURES as error:
            self._read_on(error)
            return self.fetchall()

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override] # whoever iterates gets rows, not the cursor
        while rows := self.fetchmany(_CHUNK):
            yield from rows

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def _read_on(self, error: Exception) -> None:
        """Where text is not UTF-8, ask again and read it leniently; else raise what the error means."""
        sql, values = self._asked
        lenient = self.connection.text_factory is _leniently
        if "Could not decode" not in str(error) or lenient or sql.lstrip()[:6].upper() != "SELECT":
            if "Could not decode" in str(error):
                self.connection.text_factory = _leniently
            raise self.connection.failed(error) from error
        self.connection.text_factory = _leniently
        given = self._given
        self.execute(sql, values)
        if given:
            super().fetchmany(given)
            self._given = given


class Connection(sqlite3.Connection):
    """A connection to the store at ``path`` whose errors are ours."""

    path = Path()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on_damaged: Callable[[], None] = lambda: None
        """Called when a statement has met damage."""

    def failed(self, error: Exception) -> Exception:
        """What an error of one of its statements means."""
        meant = understood(error, self.path)
        if isinstance(meant, StoreDamaged):
            self.on_damaged()
        return meant

    def cursor(self, factory: object = None) -> Cursor:  # type: ignore[override] # ours and no other
        """A cursor of ours."""
        try:
            return super().cursor(Cursor)
        except _FAILURES as error:
            raise self.failed(error) from error

    def execute(self, sql: str, parameters: Values = (), /) -> Cursor:  # type: ignore[override] # only what we use
        """Run one statement."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Values], /) -> Cursor:  # type: ignore[override] # as above
        """Run one statement for each of many rows."""
        return self.cursor().executemany(sql, parameters)


def connect(path: Path, *, read_only: bool = False, address: str = "") -> Connection:
    """A connection set up as ours are: WAL, autocommit (transactions are explicit), usable from any one thread.

    ``address`` is a ``file:`` address to open instead of the path (https://www.sqlite.org/uri.html), of a file that
    cannot be written. Raises :class:`tui.model.errors.StoreError`.
    """
    try:
        db = sqlite3.connect(
            address or path, isolation_level=None, check_same_thread=False, cached_statements=256, factory=Connection,
            uri=bool(address),
        )  # fmt: skip
    except _FAILURES as error:
        raise understood(error, path) from error
    db.path = path
    try:
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if not address:
            _write_ahead(db)
        db.execute("PRAGMA temp_store = MEMORY")
        # the system has the file in memory already: more of it here would only be there twice
        db.execute("PRAGMA cache_size = -2000")
        db.execute("PRAGMA recursive_triggers = ON")
        if read_only:
            db.execute("PRAGMA query_only = ON")
    except BaseException:
        db.close()
        raise
    return db


def _write_ahead(db: Connection) -> None:
    """Switch to the write-ahead log. A new store that two programs open at once refuses the second one's switch without
    waiting (the busy time-out does not apply to it): try until the other is done."""
    end = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except StoreError as error:
            if "locked" not in str(error.__cause__) or time.monotonic() > end:
                raise
            time.sleep(0.005)
        else:
            return


def damage_marker(path: Path) -> Path:
    """The empty file that asks the next start to check this store."""
    return path.with_name(path.name + ".check")


def mark_damaged(path: Path) -> None:
    """Ask the next start to check this store. Raises `OSError`."""
    os.close(open_private(damage_marker(path), os.O_CREAT | os.O_WRONLY))


def understood(error: Exception, path: Path) -> Exception:
    """What an error of SQLite means, in one sentence for a person; a damaged store is marked for the next start.

    What is a mistake of ours (a wrong number of values) comes back as it is.
    """
    if isinstance(error, sqlite3.ProgrammingError):
        return StoreError(store_errors.CLOSED) if "closed" in str(error) else error
    if isinstance(error, OverflowError):
        return StoreError(store_errors.NUMBER_TOO_LARGE)
    if isinstance(error, UnicodeEncodeError):
        return StoreError(store_errors.HALF_A_CHARACTER)
    text = str(error) or type(error).__name__
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    kind = code & _PRIMARY
    if kind in _BUSY:
        return StoreError(store_errors.LOCKED.format(path=path))
    if kind == sqlite3.SQLITE_FULL or (kind in _UNWRITABLE and _is_full(path)):
        return StoreUnwritable(store_errors.DISK_IS_FULL.format(path=path))
    if kind in _UNWRITABLE and code not in _DAMAGED_IO:
        return StoreUnwritable(store_errors.CANNOT_WRITE.format(path=path, reason=text))
    if kind == sqlite3.SQLITE_INTERRUPT:
        return StoreError(store_errors.READING_INTERRUPTED)
    # a table that is not there, a value where none may be, a record that ends too soon: each of our statements is
    # right for a store that was migrated, so what it finds is not
    with contextlib.suppress(OSError):
        mark_damaged(path)
    return StoreDamaged(store_errors.DAMAGED.format(path=path, reason=text))


def _is_full(path: Path) -> bool:
    """Whether the disk has no room for a transaction: SQLite tells some full disks as other errors."""
    try:
        there = os.statvfs(path.parent)
    except OSError:
        return False
    return there.f_bavail * there.f_frsize < _ROOM


def _leniently(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
