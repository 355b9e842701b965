"""The second file: drafts and unsent actions once more, beside the store, for the day on which the store is lost.

A line is a CRC-32 of the rest in hexadecimal, how many changes it holds, the number of the last of them, and a JSON
array of entries:

- ``["d", conversation_id, kind, text, updated_at]``: a draft, ``""`` for one that is gone;
- ``["a", {…}]``: an action with all of :class:`tui.model.rows.OutboxRow`, bytes as text;
- ``["s", id, state, held_for, attempts, sent_at]``: what became of an action;
- ``["w", workspace]``: whose words these are;
- ``["v", version]``: the version of the store that was open when the file was written anew.

The store numbers the changes (``kept.seq`` in ``meta``, by triggers), so that both can be compared when the store is
opened: nobody else reads this file. A line is written after the transaction was committed and never waited for.
"""

import contextlib
import fcntl
import os
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from tui.config.owner import open_private
from tui.model.decoders import converted, decoder
from tui.model.errors import StoreError
from tui.model.outbox import FINISHED, State, hold_of, state_of
from tui.model.rows import DraftRow, OutboxRow
from tui.store.schema import MIGRATIONS
from tui.store.soundness import decoded

Entry = tuple[object, ...]
"""One change, as described above."""

Snapshot = tuple[int, Sequence[DraftRow], Sequence[OutboxRow], str]
"""All that the file should hold: the number of the last change, drafts, open actions, the workspace."""

_ROOM = 256 * 1024
"""Bytes up to which the file may grow whatever it holds."""
_SPREAD = 4
"""How many times larger than what it holds the file may be."""
_SOON = 0.2
"""Seconds that one fsync gathers."""


class Kept(msgspec.Struct):
    """What the second file says: what is open now, and what became of the rest since it was last written anew.

    ``seq`` is the number of the last change, ``complete`` whether every line up to it could be read. ``has_more`` is
    True where it holds drafts that the store could not take.
    """

    seq: int = 0
    complete: bool = False
    has_more: bool = False
    version: int = 0
    workspace: str = ""
    drafts: dict[tuple[str, str], DraftRow] = {}
    actions: dict[int, OutboxRow] = {}
    finished: dict[int, State] = {}
    gone_drafts: set[tuple[str, str]] = set()

    def take(self, entry: Entry) -> None:
        """Replay one change. Raises :class:`ValueError`, :class:`TypeError` or :class:`msgspec.MsgspecError`."""
        match entry:
            case ["d", str(conversation_id), str(kind), str(text), int(at)]:
                key = (conversation_id, kind)
                self.drafts.pop(key, None)
                self.gone_drafts.discard(key)
                if text:
                    self.drafts[key] = DraftRow(conversation_id, kind, text, at)
                else:
                    self.gone_drafts.add(key)
            case ["a", dict(fields)]:
                row = _action(fields)
                self.actions[row.id] = row
                self.finished.pop(row.id, None)
            case ["s", int(number), str(state), str(held_for), int(attempts), int(at) | float(at)]:
                row_or_none = self.actions.get(number)
                if state in FINISHED:
                    self.actions.pop(number, None)
                    self.finished[number] = State(state)
                elif row_or_none is not None:
                    self.actions[number] = msgspec.structs.replace(
                        row_or_none,
                        state=state_of(state),
                        held_for=hold_of(held_for),
                        attempts=attempts,
                        sent_at=float(at),
                    )
            case ["w", str(workspace)]:
                self.workspace = workspace
            case ["v", int(version)]:
                self.version = version
            case _:
                raise ValueError("no entry of ours")


def kept_file(store: Path) -> Path:
    """Where the second file of a store lies."""
    return store.with_name(store.name + ".kept")


def read(store: Path) -> Kept:
    """What the second file of a store holds; damaged lines are skipped. Never raises."""
    try:
        raw = kept_file(store).read_bytes()
    except OSError:
        return Kept()
    kept = Kept(complete=True)
    lines: list[tuple[int, int, list[Entry]]] = []
    *whole, rest = raw.split(b"\n")
    if rest:
        kept.complete = False
    for line in whole:
        found = _parsed(line)
        if found is None:
            kept.complete = False
        elif found[:2] == (0, 0):
            kept.has_more = True
            lines.append((0, lines[-1][1] if lines else 0, found[2]))
        else:
            lines.append(found)
    # two programs write in the order of their locks, which need not be that of their transactions
    lines.sort(key=lambda one: one[1])
    for at, (count, seq, entries) in enumerate(lines):
        if at and count and seq - count != kept.seq:
            kept.complete = False
        kept.seq = max(kept.seq, seq)
        for entry in entries:
            try:
                kept.take(entry)
            except (ValueError, TypeError, msgspec.MsgspecError):
                kept.complete = False
    return kept


class KeptFile:
    """The second file as the writer's thread writes it. No method raises: the words are in the store by then."""

    def __init__(self, store: Path) -> None:
        self.path = kept_file(store)
        self._mutex = threading.Lock()
        self._file = -1
        self._size = 0
        self._least = 0
        self._known: dict[int, int] = {}
        self.is_behind = False
        """True where a line could not be written: the file wants to be written anew."""
        self._dirty = threading.Event()
        self._closed = threading.Event()
        self._syncing: threading.Thread | None = None

    @property
    def wants_rewriting(self) -> bool:
        """True where it lacks something, or has grown far beyond what it holds."""
        return self.is_behind or self._size > max(_ROOM, _SPREAD * self._least)

    def entries_of(self, drafts: Iterable[DraftRow], actions: Iterable[OutboxRow]) -> list[Entry]:
        """What to write of these rows as they are now; of an action whose words are there already only its state."""
        entries: list[Entry] = [("d", row.conversation_id, row.kind, row.text, row.updated_at) for row in drafts]
        for row in actions:
            mark = hash((row.payload, row.baseline, row.conversation_id, row.kind))
            if row.state in FINISHED or self._known.get(row.id) == mark:
                entries.append(("s", row.id, row.state, row.held_for, row.attempts, row.sent_at))
            else:
                entries.append(("a", _fields(row)))
                self._known[row.id] = mark
            if row.state in FINISHED:
                self._known.pop(row.id, None)
        return entries

    def append(self, count: int, seq: int, entries: Sequence[Entry]) -> None:
        """Add a line: ``count`` changes, the last of which is ``seq``."""
        line = _line(count, seq, entries)
        try:
            with self._held():
                if os.write(self._file, line) != len(line):
                    raise OSError("the disk is full")
                self._size += len(line)
        except OSError:
            self.is_behind = True
            return
        self._want_sync()

    def rewrite(self, look: Callable[[], Snapshot]) -> None:
        """Write the whole file anew, on disk before it takes the old one's place.

        ``look`` reads the store while no other program can add a line: what it commits meanwhile it adds afterwards.
        """
        fresh = self.path.with_name(self.path.name + ".new")
        lines: list[bytes] = []
        try:
            with self._held():
                seq, drafts, actions, workspace = look()
                self._known.clear()
                entries = self.entries_of(drafts, actions)
                head: list[Entry] = [("v", len(MIGRATIONS)), ("w", workspace)]
                lines = [_line(0, seq, head), *(_line(0, seq, [entry]) for entry in entries)]
                with open(open_private(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY), "wb") as file:
                    file.write(b"".join(lines))
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(fresh, self.path)
        except (OSError, StoreError):
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            self._known.clear()
            self.is_behind = True
            return
        self.is_behind = False
        self._size = self._least = sum(map(len, lines))

    def close(self) -> None:
        """Bring it to the disk and let go of it."""
        self._closed.set()
        self._dirty.set()
        if self._syncing is not None:
            self._syncing.join(timeout=10)
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.close(self._file)
            self._file = -1

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        with self._mutex:
            self._lock()
            try:
                yield
            finally:
                with contextlib.suppress(OSError):
                    fcntl.flock(self._file, fcntl.LOCK_UN)

    def _lock(self) -> None:
        """Hold the file that is there now: another program may have put a new one in its place."""
        while True:
            if self._file < 0:
                self._file = open_private(self.path, os.O_CREAT | os.O_APPEND | os.O_RDWR)
                self._size = os.fstat(self._file).st_size
                self._known.clear()
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                there = os.stat(self.path).st_ino
            except FileNotFoundError:
                there = 0
            if os.fstat(self._file).st_ino == there:
                return
            os.close(self._file)
            self._file = -1

    def _want_sync(self) -> None:
        self._dirty.set()
        if self._syncing is None:
            self._syncing = threading.Thread(target=self._sync, name="kept-sync", daemon=True)
            self._syncing.start()

    def _sync(self) -> None:
        """Bring to the disk what was written, some changes at once, beside whoever waits for the screen."""
        while not self._closed.is_set():
            self._dirty.wait()
            self._closed.wait(_SOON)
            self._dirty.clear()
            with contextlib.suppress(OSError):
                os.fsync(self._file)


def _line(count: int, seq: int, entries: Sequence[Entry]) -> bytes:
    rest = b"%d %d %s" % (count, seq, msgspec.json.encode(entries))
    return b"%08x %s\n" % (zlib.crc32(rest), rest)


def _parsed(line: bytes) -> tuple[int, int, list[Entry]] | None:
    try:
        mark, _, rest = line.partition(b" ")
        if len(mark) != 8 or int(mark, 16) != zlib.crc32(rest):
            return None
        count, seq, body = rest.split(b" ", 2)
        entries = decoded(_ENTRIES, body)
        return None if entries is None else (int(count), int(seq), [tuple(entry) for entry in entries])
    except ValueError:
        return None


_ENTRIES = decoder(list[list[object]])


def _fields(row: OutboxRow) -> dict[str, object]:
    return {
        name: value.decode("utf-8", "replace") if isinstance(value := getattr(row, name), bytes) else value
        for name in row.__struct_fields__
    }


def _action(fields: dict[object, object]) -> OutboxRow:
    plain = {
        str(name): value.encode() if name in ("payload", "baseline") and isinstance(value, str) else value
        for name, value in fields.items()
        if name in OutboxRow.__struct_fields__
    }
    for name, meant in (("state", state_of), ("held_for", hold_of)):
        if isinstance(text := plain.get(name), str):
            plain[name] = meant(text)
    return converted(plain, OutboxRow)
