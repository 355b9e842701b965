"""Care of the store file: what is in it, making it smaller, emptying it, and saving what can be saved of a damaged one.

What cannot be fetched from Intercom again are drafts and actions that have not left: nothing here drops those unasked.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tui.store import outbox
from tui.store.errors import StoreDamaged, StoreError
from tui.store.rows import DraftRow, OutboxRow
from tui.store.store import Store, connect, damage_marker

_SUFFIXES = ("", "-wal", "-shm")


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


class Rescue(msgspec.Struct, frozen=True):
    """What became of a damaged store: where it was moved to, and how much came over."""

    moved_to: str
    drafts: int
    actions: int

    def sentence(self) -> str:
        """For the person, in one sentence."""
        return (
            f"The store was damaged and has been moved to {self.moved_to}; {self.drafts} drafts and {self.actions} "
            "unsent actions were saved, conversations are fetched again."
        )


def open_store(path: Path) -> tuple[Store, Rescue | None]:
    """Open the store at ``path``; a damaged one is moved aside first and its unsent work brought over.

    Raises what :meth:`tui.store.store.Store.open` raises but for damage.
    """
    marker = damage_marker(path)
    try:
        if marker.exists() and path.exists() and not _is_sound(path):
            raise StoreDamaged(f"The store at {path} is damaged.")
        store = Store.open(path)
    except StoreDamaged:
        rescue, drafts, actions = _move_aside(path)
        store = Store.open(path)
        store.write_now(lambda db: _bring_over(db, drafts, actions))
        _forget(marker)
        return store, rescue
    _forget(marker)
    return store, None


def info(store: Store) -> Info:
    """Count what the store holds; on a store of millions of parts this takes a second."""
    db = store.reader

    def count(query: str) -> int:
        return int(db.execute(query).fetchone()[0])

    workspace = db.execute("SELECT value FROM meta WHERE key = 'workspace_name'").fetchone()
    return Info(
        path=str(store.path),
        version=count("PRAGMA user_version"),
        bytes=sum(_size(store.path.with_name(store.path.name + suffix)) for suffix in _SUFFIXES),
        conversations=count("SELECT coalesce(sum(total), 0) FROM counts"),
        parts=count("SELECT count(*) FROM parts"),
        contacts=count("SELECT count(*) FROM contacts"),
        drafts=count("SELECT count(*) FROM drafts"),
        unsent=len(outbox.unfinished(db)),
        workspace=str(workspace[0]) if workspace else "",
    )


def vacuum(store: Store) -> int:
    """Give unused space back; return how many bytes smaller the store became."""
    before = info(store).bytes
    db = connect(store.path)
    try:
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        raise StoreError(f"The store cannot be made smaller now: {error}.") from error
    finally:
        db.close()
    return before - info(store).bytes


def clear(store: Store, *, force: bool = False) -> int:
    """Forget all conversations and contacts; with ``force`` also drafts and unsent actions. Return what was forgotten.

    Raises :class:`StoreError` where unsent work would be lost and ``force`` is not given.
    """
    held = info(store)
    if (held.unsent or held.drafts) and not force:
        raise StoreError(
            f"There are {held.unsent} unsent actions and {held.drafts} drafts in this store: "
            "send or discard them first, or use --force to lose them."
        )

    def job(db: sqlite3.Connection) -> None:
        for table in ("parts", "conversations", "counts", "bases", "words", "contacts", "admins", "teams", "tags"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        for table in ("drafts", "outbox", "meta"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    store.write_now(job)
    vacuum(store)
    return held.conversations


def retain(db: sqlite3.Connection, before: int, most: int = 200) -> int:
    """Forget closed conversations untouched since ``before`` (Unix seconds), at most ``most`` at once; return how many.

    Those with a draft or an unsent action stay.
    """
    rows = db.execute(
        "SELECT id FROM conversations c WHERE state = 'closed' AND updated_at < ?"
        " AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id)"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id"
        " AND o.state IN ('held', 'ready', 'sending', 'unsure', 'rejected'))"
        " ORDER BY updated_at LIMIT ?",
        (before, most),
    ).fetchall()
    from tui.store.conversations import delete

    delete(db, [row[0] for row in rows])
    return len(rows)


def _is_sound(path: Path) -> bool:
    try:
        db = connect(path)
        try:
            return bool(db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        finally:
            db.close()
    except sqlite3.DatabaseError:
        return False


def _move_aside(path: Path) -> tuple[Rescue, list[DraftRow], list[OutboxRow]]:
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}")
    for suffix in _SUFFIXES:
        with contextlib.suppress(FileNotFoundError):
            os.replace(path.with_name(path.name + suffix), aside.with_name(aside.name + suffix))
    drafts, actions = _salvage(aside)
    return Rescue(str(aside), len(drafts), len(actions)), drafts, actions


def _salvage(path: Path) -> tuple[list[DraftRow], list[OutboxRow]]:
    """Every draft and unsent action that SQLite can still read, row by row."""
    drafts: list[DraftRow] = []
    actions: list[OutboxRow] = []
    with contextlib.suppress(sqlite3.DatabaseError):
        db = sqlite3.connect(path, isolation_level=None)
        try:
            with contextlib.suppress(sqlite3.DatabaseError):
                for row in db.execute("SELECT conversation_id, kind, text, updated_at FROM drafts"):
                    drafts.append(DraftRow(*row))
            newest = 0
            with contextlib.suppress(sqlite3.DatabaseError):
                newest = int(db.execute("SELECT max(id) FROM outbox").fetchone()[0] or 0)
            for outbox_id in range(1, newest + 1):
                with contextlib.suppress(sqlite3.DatabaseError):
                    found = outbox.get(db, outbox_id)
                    if found is not None and found.state in outbox.OPEN_STATES:
                        actions.append(found)
        finally:
            db.close()
    return drafts, actions


def _bring_over(db: sqlite3.Connection, drafts: Sequence[DraftRow], actions: Sequence[OutboxRow]) -> None:
    from tui.store.people import put_drafts

    put_drafts(db, drafts)
    for row in actions:
        # whatever may have left is looked for before it leaves again
        state = "unsure" if row.state == "sending" else row.state
        outbox_id = outbox.append(
            db,
            conversation_id=row.conversation_id,
            kind=row.kind,
            payload=row.payload,
            state=state,
            now=row.created_at,
            due_at=row.due_at,
            held_for=row.held_for,
            baseline=row.baseline,
            force=row.force,
        )
        db.execute("UPDATE outbox SET sent_at = ?, reason = ? WHERE id = ?", (time.time(), row.reason, outbox_id))


def _forget(marker: Path) -> None:
    with contextlib.suppress(OSError):
        marker.unlink(missing_ok=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
