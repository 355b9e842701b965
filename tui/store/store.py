"""The open store: one connection that only reads, one thread that writes.

The screen reads directly (a page of a list takes about 0.07 ms); all writes go through one thread, a transaction each,
those of a person before those of the background.
"""

import asyncio
import contextlib
import heapq
import itertools
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from tui.store.errors import StoreDamaged, StoreError, StoreUnwritable
from tui.store.rows import ConversationRow, OutboxRow
from tui.store.schema import migrate

T = TypeVar("T")

BUSY_MS = 5_000
"""How long a writer waits for another process's transaction, in milliseconds."""

Overlay = Callable[[ConversationRow, Sequence[OutboxRow]], ConversationRow]
"""Shows a conversation as it will be once these actions of ours have taken effect."""


class Store:
    """A profile's SQLite file. Make one with :meth:`open`; reads are plain calls, writes go through :meth:`write`.

    ``reader`` is for the thread that made the store. ``overlay`` is set by the inbox, which knows what actions do.
    """

    def __init__(self, path: Path, reader: sqlite3.Connection, writer: sqlite3.Connection) -> None:
        self.path = path
        self.reader = reader
        self.overlay: Overlay = lambda row, _actions: row
        self._writer = writer
        self._jobs: list[tuple[int, int, Callable[[], None] | None]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open or make the store at ``path`` (file 0600 in a 0700 folder), migrated to this version.

        Raises :class:`tui.store.errors.StoreTooNew`, :class:`StoreUnwritable` or :class:`StoreDamaged`.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreUnwritable(f"Cannot write the store at {path}: {error.strerror or error}.") from error
        with translated(path):
            writer = connect(path)
            # a first fill touches every index: room for their pages, and checkpoints in larger bites
            writer.execute("PRAGMA cache_size = -16000")
            writer.execute("PRAGMA wal_autocheckpoint = 4000")
            try:
                migrate(writer)
            except BaseException:
                writer.close()
                raise
            reader = connect(path, read_only=True)
        return cls(path, reader, writer)

    async def write(self, job: Callable[[sqlite3.Connection], T], *, background: bool = False) -> T:
        """Run ``job`` in a transaction on the writer's thread and return its result, once it is on disk.

        A person's write survives power loss when this returns (``synchronous=FULL``); a ``background`` one (what
        Intercom can send again) survives a crash. Raises what ``job`` raises (rolled back), or a
        :class:`StoreError`.
        """
        return await asyncio.wrap_future(self._submit(job, background))

    def write_now(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """The same as :meth:`write` for callers without an event loop: waits for the transaction."""
        return self._submit(job, False).result()

    def close(self) -> None:
        """Finish the writes already asked for and close both connections."""
        with self._wake:
            heapq.heappush(self._jobs, (2, next(self._order), None))
            self._wake.notify()
        self._thread.join(timeout=10)
        self.reader.close()
        if not self._thread.is_alive():
            self._writer.close()

    def _submit(self, job: Callable[[sqlite3.Connection], T], background: bool) -> "Future[T]":
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = self._transact(job, background)
            except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the future
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._wake:
            if not self._thread.is_alive():
                raise StoreError("The store is closed.")
            heapq.heappush(self._jobs, (int(background), next(self._order), run))
            self._wake.notify()
        return future

    def _transact(self, job: Callable[[sqlite3.Connection], T], background: bool) -> T:
        db = self._writer
        with translated(self.path):
            db.execute(f"PRAGMA synchronous = {'NORMAL' if background else 'FULL'}")
            db.execute("BEGIN IMMEDIATE")
            try:
                result = job(db)
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
        return result

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._jobs:
                    self._wake.wait()
                _, _, run = heapq.heappop(self._jobs)
            if run is None:
                return
            run()


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection set up as ours are: WAL, autocommit (transactions are explicit), usable from any one thread."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=256)
    db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    _write_ahead(db)
    db.execute("PRAGMA temp_store = MEMORY")
    # the system has the file in memory already: more of it here would only be there twice
    db.execute("PRAGMA cache_size = -2000")
    db.execute("PRAGMA recursive_triggers = ON")
    if read_only:
        db.execute("PRAGMA query_only = ON")
    return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. A new store that two programs open at once refuses the second one's switch without
    waiting (the busy time-out does not apply to it): try until the other is done."""
    end = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(0.005)
        else:
            return


def damage_marker(path: Path) -> Path:
    """The empty file that asks the next start to check this store."""
    return path.with_name(path.name + ".check")


class translated:  # noqa: N801 - reads as a verb at its call sites
    """Turn SQLite's errors into ours, with one sentence for a person; mark a damaged store for the next start."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if not isinstance(error, sqlite3.DatabaseError) or isinstance(
            error, sqlite3.IntegrityError | sqlite3.ProgrammingError
        ):
            return
        text = str(error)
        if "malformed" in text or "not a database" in text:
            with contextlib.suppress(OSError):
                damage_marker(self.path).touch(mode=0o600)
            raise StoreDamaged(f"The store at {self.path} is damaged ({text}).") from error
        if "full" in text:
            raise StoreUnwritable(f"The disk is full: {self.path} could not be written, nothing was lost.") from error
        if "readonly" in text or "unable to open" in text or "disk I/O" in text:
            raise StoreUnwritable(f"Cannot write the store at {self.path}: {text}.") from error
        if "locked" in text:
            raise StoreError(f"Another program holds the store at {self.path} locked: try again.") from error
