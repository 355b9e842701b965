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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from tui.config.owner import open_private, private_dir
from tui.model.errors import StoreError, StoreUnwritable
from tui.model.labels import store_errors
from tui.model.rows import ConversationRow, DraftRow, OutboxRow
from tui.store.connection import Connection, connect
from tui.store.noting import Noting
from tui.store.reading import Reading, open_to_read
from tui.store.schema import migrate

T = TypeVar("T")

Overlay = Callable[[ConversationRow, Sequence[OutboxRow]], ConversationRow]
"""Shows a conversation as it will be once these actions of ours have taken effect."""


class Store:
    """A profile's SQLite file. Make one with :meth:`open`; reads are plain calls, writes go through :meth:`write`.

    ``reader`` is for the thread that made the store.
    """

    def __init__(self, path: Path, writer: Connection | StoreUnwritable, reading: Reading) -> None:
        self.path = path
        self._reading = reading
        self.notice = ""
        """What was found wrong when it was opened, for the person; ``""`` for nothing."""
        self._health: list[Callable[[str], None]] = []
        self._damage: list[Callable[[], None]] = []
        self.is_damaged = False
        self._number = _number_of(path)
        self._wrong = ""
        self._writer = writer
        self._noting = None if isinstance(writer, StoreUnwritable) else Noting(path, writer)
        self._jobs: list[tuple[int, int, Callable[[], None] | None]] = []
        self._order = itertools.count()
        self._wake = threading.Condition()
        for db in (writer, reading.db):
            if isinstance(db, Connection):
                db.on_damaged = self._damaged
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open or make the store at ``path`` (file 0600 in a 0700 folder), migrated to this version.

        One that is there and cannot be written can still be read: every write tries anew. Raises
        :class:`tui.model.errors.StoreTooNew`, :class:`StoreUnwritable` or :class:`StoreDamaged`.
        """
        try:
            writer = _open_to_write(path)
            try:
                reading = Reading(connect(path, read_only=True))
            except BaseException:
                writer.close()
                raise
        except StoreUnwritable as error:
            found = open_to_read(path)
            if found is None:
                raise
            return cls(path, error, found)
        return cls(path, writer, reading)

    @property
    def reader(self) -> Connection:
        """The connection that only reads."""
        return self._reading.db

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written, as far as is known."""
        return isinstance(self._writer, StoreUnwritable)

    @property
    def refusal(self) -> str:
        """Why nothing can be written, in a sentence; ``""`` where it can."""
        return str(self._writer) if isinstance(self._writer, StoreUnwritable) else ""

    @contextlib.contextmanager
    def another_reader(self) -> Iterator[Connection]:
        """A connection for another thread, closed after use. Raises :class:`StoreError`."""
        db = self._reading.another()
        try:
            yield db
        finally:
            db.close()

    def look_whether_it_is_there(self) -> None:
        """A file that was deleted, or moved aside by another program, takes no words that anybody would find."""
        if not self.is_read_only and _number_of(self.path) != self._number:
            self._damaged()

    def listen(self, health: Callable[[str], None], damaged: Callable[[], None]) -> None:
        """Call ``health`` in the writer's thread with what is wrong when a write fails, and with ``""`` when one works
        again; call ``damaged`` once, in whatever thread, when a statement has met damage."""
        self._health.append(health)
        self._damage.append(damaged)

    def _damaged(self) -> None:
        if not self.is_damaged:
            self.is_damaged = True
            for told in self._damage:
                told()

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

    def keep(self, drafts: Sequence[DraftRow]) -> None:
        """Put drafts that the store cannot take into the second file alone; whoever opens the store next finds them."""
        if self._noting is not None:
            self._noting.keep(drafts)

    def keep_all(self) -> None:
        """Write the second file anew, with what is in the store now and nothing else."""
        self.write_now(lambda _db: self._noting.renew() if self._noting is not None else None)

    def close(self) -> None:
        """Finish the writes already asked for and close both connections."""
        with self._wake:
            heapq.heappush(self._jobs, (2, next(self._order), None))
            self._wake.notify()
        self._thread.join(timeout=10)
        self._reading.close()
        if not self._thread.is_alive() and self._noting is not None and not isinstance(self._writer, StoreUnwritable):
            self._noting.close()
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
                if self._noting is not None:
                    self._noting.tidy()

        with self._wake:
            if not self._thread.is_alive():
                raise StoreError(store_errors.CLOSED)
            heapq.heappush(self._jobs, (int(background), next(self._order), run))
            self._wake.notify()
        return future

    def _transact(self, job: Callable[[sqlite3.Connection], T], background: bool) -> T:
        try:
            result = self._attempt(job, background)
        except StoreError as error:
            self._feel(str(error))
            raise
        self._feel("")
        return result

    def _feel(self, sentence: str) -> None:
        if sentence != self._wrong:
            self._wrong = sentence
            for told in self._health:
                told(sentence)

    def _attempt(self, job: Callable[[sqlite3.Connection], T], background: bool) -> T:
        db, noting = self._writing()
        db.execute(f"PRAGMA synchronous = {'NORMAL' if background else 'FULL'}")
        db.execute("BEGIN IMMEDIATE")
        try:
            noting.begin()
            result = job(db)
            noting.gather()
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                with contextlib.suppress(StoreError):
                    db.execute("ROLLBACK")
            raise
        noting.committed()
        return result

    def _writing(self) -> tuple[Connection, Noting]:
        """What writes; for a store that could not be written this is another try."""
        if isinstance(self._writer, StoreUnwritable) or self._noting is None:
            writer = _open_to_write(self.path)
            # what was read so far may have been a copy; whoever still reads from it keeps it
            self._reading, self._noting = Reading(connect(self.path, read_only=True)), Noting(self.path, writer)
            self._writer, self._number = writer, _number_of(self.path)
            writer.on_damaged = self._reading.db.on_damaged = self._damaged
            return writer, self._noting
        return self._writer, self._noting

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._jobs:
                    self._wake.wait()
                _, _, run = heapq.heappop(self._jobs)
            if run is None:
                return
            run()


def _number_of(path: Path) -> int:
    """The file's number in its file system, 0 where it is gone."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _open_to_write(path: Path) -> Connection:
    """The writer's connection to a store of this version. Raises :class:`StoreError`."""
    try:
        private_dir(path.parent)
        with contextlib.suppress(FileExistsError):
            # before SQLite, which gives the files beside it the same mode
            os.close(open_private(path, os.O_CREAT | os.O_EXCL | os.O_RDWR))
    except OSError as error:
        raise StoreUnwritable(store_errors.CANNOT_WRITE.format(path=path, reason=error.strerror or error)) from error
    writer = connect(path)
    try:
        # a first fill touches every index: room for their pages, and checkpoints in larger bites
        writer.execute("PRAGMA cache_size = -16000")
        writer.execute("PRAGMA wal_autocheckpoint = 4000")
        migrate(writer)
        # a disk that is full or may only be read tells itself with the first write
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("ROLLBACK")
    except BaseException:
        writer.close()
        raise
    return writer


def smaller_cache(db: sqlite3.Connection) -> None:
    """After a first fill the writer touches few pages at a time: what it kept in memory for that goes."""
    db.execute("PRAGMA cache_size = -2000")
    db.execute("PRAGMA shrink_memory")
