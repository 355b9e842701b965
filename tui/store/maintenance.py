"""Care of the store file: what is in it, making it smaller, emptying it, and saving what can be saved of a damaged one.

What cannot be fetched from Intercom again are drafts and actions that have not left: nothing here drops those unasked.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tui.model.errors import StoreDamaged, StoreError, StoreTooNew, StoreUnwritable
from tui.model.labels import store_errors
from tui.store import kept, outbox
from tui.store.connection import Connection, connect, damage_marker, mark_damaged
from tui.store.mending import mend
from tui.store.outbox import OPEN_LIST
from tui.store.rescue import SUFFIXES, Rescue, bring_over, move_aside
from tui.store.schema import MIGRATIONS, SEQ, migrate
from tui.store.soundness import text, whole
from tui.store.store import Store

_NO_VERSION = 9_999
"""A store that says it is newer than this was damaged in its header."""


class Info(msgspec.Struct, frozen=True):
    """What a store holds. ``bytes`` counts the file and its journal."""

    path: str
    version: int
    bytes: int
    conversations: int
    parts: int
    contacts: int
    drafts: int
    unsent: int
    workspace: str


def open_store(path: Path) -> tuple[Store, Rescue | None]:
    """Open the store at ``path``; a damaged one is moved aside first and its unsent work brought over.

    Rows that cannot be read are set aside, and words that the store has lost come back from its second file: what there
    is to say of it is in :attr:`tui.store.store.Store.notice`. Raises what :meth:`tui.store.store.Store.open` raises
    but for damage.
    """
    with _waiting(path):
        # before the store: what another program writes meanwhile is in the store first
        known = kept.read(path)
        with contextlib.suppress(StoreDamaged):
            return _checked(path, known), None
    with _alone(path):
        try:
            # another program may have seen to it meanwhile
            mark_damaged(path)
            return _checked(path, kept.read(path)), None
        except StoreDamaged:
            rescue, saved = move_aside(path, known)
            store = Store.open(path)
            store.write_now(lambda db: bring_over(db, saved, known.seq))
            store.keep_all()
            _forget(damage_marker(path))
            store.notice = rescue.sentence()
            return store, rescue


def _checked(path: Path, known: kept.Kept) -> Store:
    """The open store, in order. Raises :class:`StoreDamaged` where it cannot be brought in order."""
    marker = damage_marker(path)
    if marker.exists() and path.exists() and not _is_sound(path):
        raise StoreDamaged(store_errors.IS_DAMAGED.format(path=path))
    try:
        store = Store.open(path)
    except StoreTooNew as error:
        if error.version > _NO_VERSION and known.version == len(MIGRATIONS):
            # a program of this version was the last to use it, and no program will ever write that
            raise StoreDamaged(store_errors.HEADER_IS_WRONG.format(path=path)) from None
        raise
    try:
        with contextlib.suppress(StoreUnwritable):
            store.notice = mend(store, known).sentence()
        if store.is_read_only:
            store.notice = store_errors.KEPT_IN_MEMORY.format(refusal=store.refusal)
    except BaseException:
        store.close()
        raise
    _forget(marker)
    return store


@contextlib.contextmanager
def _waiting(path: Path) -> Iterator[None]:
    """Not while another program rescues: it fills a new store, and what is still missing there is not lost."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError:  # there is no folder yet, and what is wrong with it is said by the store
        yield
        return
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(folder, fcntl.LOCK_SH)
        yield
    finally:
        os.close(folder)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one program at a time moves a damaged store aside."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def info(store: Store) -> Info:
    """Count what the store holds; on a store of millions of parts this takes a second."""
    db = store.reader

    def count(query: str) -> int:
        return whole(db.execute(query).fetchone()[0])

    workspace = db.execute("SELECT value FROM meta WHERE key = 'workspace_name'").fetchone()
    return Info(
        path=str(store.path),
        version=count("PRAGMA user_version"),
        bytes=sum(_size(store.path.with_name(store.path.name + suffix)) for suffix in SUFFIXES),
        conversations=count("SELECT total(total) FROM counts"),
        parts=count("SELECT count(*) FROM parts"),
        contacts=count("SELECT count(*) FROM contacts"),
        drafts=count("SELECT count(*) FROM drafts"),
        unsent=len(outbox.unfinished(db)),
        workspace=text(workspace[0]) if workspace else "",
    )


def vacuum(store: Store) -> int:
    """Give unused space back; return how many bytes smaller the store became."""
    before = info(store).bytes
    db = connect(store.path)
    try:
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except StoreDamaged:
        raise
    except StoreError as error:
        raise StoreError(store_errors.NOT_SMALLER_NOW.format(reason=error)) from error
    finally:
        db.close()
    return before - info(store).bytes


def clear(store: Store, *, force: bool = False) -> int:
    """Forget all conversations and contacts; with ``force`` also drafts and unsent actions. Return what was forgotten.

    Raises :class:`StoreError` where unsent work would be lost and ``force`` is not given.
    """
    held = info(store)
    if (held.unsent or held.drafts) and not force:
        raise StoreError(store_errors.HOLDS_UNSENT.format(actions=held.unsent, drafts=held.drafts))

    def job(db: sqlite3.Connection) -> None:
        for table in ("parts", "conversations", "counts", "bases", "words", "contacts", "admins", "teams", "tags"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        for table in ("drafts", "outbox"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        # the second file is compared by what it counts
        db.execute("DELETE FROM meta WHERE key <> ?", (SEQ,))

    store.write_now(job)
    store.keep_all()
    vacuum(store)
    return held.conversations


def retain(db: sqlite3.Connection, before: int, most: int = 200) -> int:
    """Forget closed conversations untouched since ``before`` (Unix seconds), at most ``most`` at once; return how many.

    Those with a draft or an unsent action stay.
    """
    rows = db.execute(
        "SELECT id FROM conversations c WHERE state = 'closed' AND updated_at < ?"  # noqa: S608 - our own words
        " AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id)"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id"
        f" AND o.state IN {OPEN_LIST})"
        " ORDER BY updated_at LIMIT ?",
        (before, most),
    ).fetchall()
    from tui.store.conversations import delete

    delete(db, [row[0] for row in rows])
    return len(rows)


def _is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong, and every table is as this program makes it."""
    try:
        db = connect(path)
        try:
            if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return False
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            return version != len(MIGRATIONS) or _schema(db) == _own_schema()
        finally:
            db.close()
    except StoreDamaged:
        return False


def _schema(db: Connection) -> list[tuple[str, str, str]]:
    return db.execute("SELECT type, name, coalesce(sql, '') FROM main.sqlite_master ORDER BY type, name").fetchall()


def _own_schema() -> list[tuple[str, str, str]]:
    db = connect(Path(":memory:"))
    try:
        migrate(db)
        return _schema(db)
    finally:
        db.close()


def _forget(marker: Path) -> None:
    with contextlib.suppress(OSError):
        marker.unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
