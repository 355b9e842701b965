"""A damaged store is moved aside and a new one made, with every draft and unsent action that is left anywhere.

Three places are looked at: the damaged file through SQLite (with a mended header where its own is gone), its pages one
by one, and the second file beside it. What is known to be finished stays finished; what may have been sent since waits
for a person.
"""

import contextlib
import os
import shutil
import sqlite3
import struct
import time
from pathlib import Path

import msgspec

from tui.config.owner import open_private
from tui.model.errors import StoreError, StoreUnwritable
from tui.model.labels import store_errors
from tui.model.outbox import FINISHED, OPEN, Hold, State
from tui.model.rows import DraftRow, OutboxRow
from tui.store import outbox, pages, people
from tui.store.connection import Connection, connect
from tui.store.kept import Kept
from tui.store.schema import APPLICATION_ID, MIGRATIONS, SEQ
from tui.store.soundness import text, whole

SUFFIXES = ("", "-wal", "-shm")
"""What belongs to a store beside its own file."""

_MOST = 100_000
"""Rows of the journal that are looked for one by one."""

FROM_DAMAGED = store_errors.SAVED_MAY_BE_SENT


class Rescue(msgspec.Struct, frozen=True):
    """What became of a damaged store: where it was moved to, and how much came over.

    ``waiting`` actions of those saved wait for a person; ``surely_all`` tells that nothing can be missing.
    """

    moved_to: str
    drafts: int
    actions: int
    waiting: int = 0
    surely_all: bool = False

    def sentence(self) -> str:
        """For the person."""
        return store_errors.rescued(self.moved_to, self.drafts, self.actions, self.waiting, surely_all=self.surely_all)


class Saved(msgspec.Struct):
    """Drafts and actions that come over, and whose they are."""

    drafts: list[DraftRow] = []
    actions: list[OutboxRow] = []
    workspace: str = ""
    surely_all: bool = False


class _Read(msgspec.Struct):
    """What SQLite could read: ``sound`` where it vouches for the journal and the drafts."""

    drafts: dict[tuple[str, str], DraftRow] = {}
    actions: dict[int, OutboxRow] = {}
    workspace: str = ""
    seq: int = -1
    sound: bool = False


def move_aside(path: Path, kept: Kept) -> tuple[Rescue, Saved]:
    """Move a damaged store away and read what is left of it; ``kept`` is what its second file says.

    Raises :class:`tui.model.errors.StoreUnwritable` where it cannot be moved.
    """
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    count = 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{count}")
    for suffix in SUFFIXES:
        try:
            os.replace(path.with_name(path.name + suffix), aside.with_name(aside.name + suffix))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StoreUnwritable(
                store_errors.CANNOT_BE_MOVED.format(path=path, reason=error.strerror or error)
            ) from error
    saved = salvage(aside, kept)
    waiting = sum(row.state is State.HELD and row.held_for is not Hold.UNDO for row in saved.actions)
    return Rescue(str(aside), len(saved.drafts), len(saved.actions), waiting, saved.surely_all), saved


def salvage(path: Path, kept: Kept) -> Saved:
    """Every draft and unsent action that is left of the store at ``path``, and of its second file."""
    # the pages first: to open a database, even a damaged one, may change it
    found = pages.search(path)
    read = _through_sqlite(path)
    saved = Saved(workspace=read.workspace or kept.workspace or found.workspace)
    # whether the second file is as new as the damaged store: then it knows what was finished
    knows = kept.complete and (read.seq <= kept.seq)
    saved.surely_all = knows or read.sound
    for key in dict.fromkeys((*kept.drafts, *read.drafts, *found.drafts)):
        mine = kept.drafts.get(key)
        theirs = read.drafts.get(key) or found.drafts.get(key)
        if mine is not None and (theirs is None or knows or mine.updated_at >= theirs.updated_at):
            saved.drafts.append(mine)
        elif theirs is not None and not (knows and kept.seq):
            saved.drafts.append(theirs)
    for number in sorted({*kept.actions, *read.actions, *found.actions}):
        row = _action(number, kept, read, found, knows)
        if row is not None:
            saved.actions.append(
                row if saved.workspace or read.sound else outbox.set_aside(row, FROM_DAMAGED, Hold.RESCUED)
            )
    return saved


def bring_over(db: sqlite3.Connection, saved: Saved, seq: int) -> None:
    """Put what was saved into a new store, whose changes are counted on from ``seq``."""
    people.put_drafts(db, saved.drafts)
    for row in saved.actions:
        outbox.put_back(db, row)
    if saved.workspace:
        people.set_meta(db, "workspace", saved.workspace)
    people.set_meta(db, SEQ, str(max(seq, whole(people.meta(db, SEQ))) + 1))


def _action(number: int, kept: Kept, read: _Read, found: pages.Found, knows: bool) -> OutboxRow | None:
    """What comes over of an action; None for nothing: it is finished."""
    mine, theirs = kept.actions.get(number), read.actions.get(number)
    if theirs is not None and read.sound and read.seq >= kept.seq:
        return _as_it_was(theirs)
    if number in kept.finished:
        return None
    if mine is not None:
        return outbox.set_aside(mine, FROM_DAMAGED, Hold.RESCUED)
    if knows and kept.seq:
        return None
    theirs = theirs or found.actions.get(number)
    if theirs is None or theirs.state in FINISHED:
        return None
    return outbox.set_aside(theirs, FROM_DAMAGED, Hold.RESCUED)


def _as_it_was(row: OutboxRow) -> OutboxRow | None:
    """An action of a journal that is sound: it goes on as it would have."""
    if row.state not in OPEN:
        return None
    # whatever may have left is looked for before it leaves again
    state = State.UNKNOWN if row.state is State.SENDING else row.state
    return msgspec.structs.replace(
        row, state=state, sent_at=row.sent_at or time.time(), lease_owner="", lease_until=0.0
    )


def _through_sqlite(path: Path) -> _Read:
    """What SQLite can read of a copy, with a fresh header where it refuses its own."""
    best = _Read()
    for mend in (False, True):
        copy = path.with_name(path.name + ".copy")
        try:
            for suffix in SUFFIXES[:2]:
                with contextlib.suppress(FileNotFoundError):
                    _copy(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
            if mend:
                mend_header(copy)
            best = _rows(copy)
        except (OSError, StoreError):
            continue
        finally:
            for suffix in (*SUFFIXES, ".check"):
                with contextlib.suppress(OSError):
                    copy.with_name(copy.name + suffix).unlink(missing_ok=True)
        if best.sound or best.actions or best.drafts:
            break
    return best


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as old, open(open_private(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY), "wb") as new:
        shutil.copyfileobj(old, new)


def _rows(path: Path) -> _Read:
    db = connect(path)
    found = _Read()
    try:
        with contextlib.suppress(StoreError):
            found.workspace = people.meta(db, "workspace")
            found.seq = whole(people.meta(db, SEQ))
        with contextlib.suppress(StoreError):
            for draft in people.drafts(db):
                found.drafts[draft.conversation_id, draft.kind] = draft
        newest = 0
        with contextlib.suppress(StoreError):
            newest = min(whole(db.execute("SELECT max(id) FROM outbox").fetchone()[0]), _MOST)
        for number in range(1, newest + 1):
            with contextlib.suppress(StoreError):
                row = outbox.get(db, number)
                if row is not None:
                    found.actions[number] = row
        found.sound = found.seq >= 0 and all(_vouches(db, table) for table in ("outbox", "drafts", "meta"))
    finally:
        db.close()
    return found


def _vouches(db: Connection, table: str) -> bool:
    try:
        return text(db.execute(f"PRAGMA integrity_check({table})").fetchone()[0]) == "ok"
    except StoreError:
        return False


def mend_header(path: Path) -> None:
    """Write a fresh header over the first 100 bytes of a database (https://www.sqlite.org/fileformat2.html#the_database_header).

    The schema that follows it must still be there. Raises :class:`OSError`.
    """
    with open(path, "r+b") as file:
        data = file.read()
        size = pages.page_size(data)
        header = struct.pack(
            ">16sHBBBBBB12I20xII",
            b"SQLite format 3\0", 1 if size == 65536 else size, 2, 2, 0, 64, 32, 32,
            1, len(data) // size, 0, 0, 1, 4, 0, 0, 1, len(MIGRATIONS), 0, APPLICATION_ID, 1, 3_040_000,
        )  # fmt: skip
        file.seek(0)
        file.write(header)
