"""Reading the rows of a damaged store from its pages, without SQLite: whatever leaf of a b-tree can still be parsed.

The format is https://www.sqlite.org/fileformat2.html. Tables are not told by their roots, which a damaged schema does
not know, but by the shape of their rows. Pages of the write-ahead log are read as well, whatever their checksums say.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from tui.model.outbox import FINISHED, State
from tui.model.rows import DraftRow, OutboxRow
from tui.store.outbox import KINDS, row_of
from tui.store.soundness import made_good as _good
from tui.store.soundness import text, whole

Value = int | float | str | bytes | None
Record = tuple[int, list[Value]]
"""The rowid (0 in a table without) and the columns, as far as they could be read."""

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 13, 10, 2
_SIZES = (4096, 1024, 2048, 8192, 16384, 32768, 65536, 512)
_HINTS = (b'"kind"', b'"conversation_id"', b"reply", b"note", b"workspace")
"""One of these is on every page that holds a draft, an action or the workspace."""
_MOST = 1 << 26
"""Bytes of a row that are believed."""
_STATES: frozenset[str] = frozenset(State)
_FIRST_COLUMNS = 18
"""Columns of the journal in stores of the first version."""


class Found:
    """Drafts, actions and the workspace as pages gave them; of several copies of a row the one that came furthest."""

    def __init__(self) -> None:
        self.drafts: dict[tuple[str, str], DraftRow] = {}
        self.actions: dict[int, OutboxRow] = {}
        self.workspace = ""

    def take(self, rowid: int, values: list[Value]) -> None:
        """Look whether a record is one of ours, and keep it."""
        draft = _as_draft(values)
        if draft is not None:
            known = self.drafts.get((draft.conversation_id, draft.kind))
            if known is None or draft.updated_at >= known.updated_at:
                self.drafts[draft.conversation_id, draft.kind] = draft
            return
        action = _as_action(rowid, values)
        if action is not None:
            there = self.actions.get(action.id)
            if there is None or _progress(action) >= _progress(there):
                self.actions[action.id] = action
        elif len(values) == 2 and values[0] == "workspace" and isinstance(values[1], str):
            self.workspace = values[1]


def search(path: Path) -> Found:
    """Everything of ours in the pages of the store at ``path`` and its write-ahead log. Never raises."""
    found = Found()
    pages = _Pages(_bytes(path))
    for number in range(1, pages.count + 1):
        _search_page(pages, number, found)
    for committed in _transactions(_bytes(path.with_name(path.name + "-wal")), pages.size):
        pages.newer.update(committed)
        for number in committed:
            _search_page(pages, number, found)
    return found


class _Pages:
    """A file's pages, counted from 1, under those that the write-ahead log has of them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = page_size(data)
        self.count = -(-len(data) // self.size)
        self.newer: dict[int, bytes] = {}

    def get(self, number: int) -> bytes:
        """A page, ``b""`` where there is none."""
        page = self.newer.get(number)
        if page is None:
            page = self._data[(number - 1) * self.size : number * self.size] if number > 0 else b""
        return page.ljust(self.size, b"\0") if page else b""


def _search_page(pages: _Pages, number: int, found: Found) -> None:
    page = pages.get(number)
    if any(hint in page for hint in _HINTS):
        for rowid, values in _records(page, number, pages):
            found.take(rowid, values)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def page_size(data: bytes) -> int:
    """The page size: the header's where it makes sense, else that at whose multiples most pages begin as pages do."""
    told = int.from_bytes(data[16:18], "big")
    told = 65536 if told == 1 else told
    if data[:16] == b"SQLite format 3\0" and told in _SIZES:
        return told

    def fitting(size: int) -> float:
        starts = range(size, len(data), size)
        good = sum(data[at] in (2, 5, 10, 13) and data[at + 7 : at + 8] < b"\x40" for at in starts)
        return good / max(1, len(starts))

    # at multiples of the true size the starts fit as well, at parts of it they do not
    fits = {size: fitting(size) for size in sorted(_SIZES)}
    best = max(fits.values())
    return next((size for size, fit in fits.items() if best and fit > best * 0.8), _SIZES[0])


def _transactions(log: bytes, size: int) -> Iterator[dict[int, bytes]]:
    """The pages of a write-ahead log, a transaction at a time, oldest first: a long row is whole only at its end."""
    pages: dict[int, bytes] = {}
    for at in range(32, len(log) - 24 - size + 1, 24 + size):
        number = int.from_bytes(log[at : at + 4], "big")
        if 0 < number < 1 << 28:
            pages[number] = log[at + 24 : at + 24 + size]
        if log[at + 4 : at + 8] != b"\0\0\0\0":  # the size of the database after it: only with a commit
            yield pages
            pages = {}
    yield pages


def _records(page: bytes, number: int, pages: _Pages) -> Iterator[Record]:
    size = pages.size
    start = 100 if number == 1 else 0
    kind = page[start]
    if kind not in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
        return
    first = start + (12 if kind == _INDEX_INTERIOR else 8)
    count = min(int.from_bytes(page[start + 3 : start + 5], "big"), (size - first) // 2)
    seen: set[int] = set()
    for index in range(count):
        at = int.from_bytes(page[first + 2 * index : first + 2 * index + 2], "big")
        if at in seen or not first <= at < size - 3:
            continue
        seen.add(at)
        if kind == _INDEX_INTERIOR:
            at += 4
        length, at = _varint(page, at)
        rowid = 0
        if kind == _TABLE_LEAF:
            rowid, at = _varint(page, at)
        if 0 < length <= _MOST:
            payload = _payload(page, at, length, kind, pages)
            values = _values(payload)
            if values is not None:
                yield rowid, values


def _payload(page: bytes, at: int, length: int, kind: int, pages: _Pages) -> bytes:
    """A record, from its page and the overflow pages that follow; cut short where one is missing."""
    size = pages.size
    most = size - 35 if kind == _TABLE_LEAF else (size - 12) * 64 // 255 - 23
    if length <= most:
        return page[at : at + length]
    least = (size - 12) * 32 // 255 - 23
    local = least + (length - least) % (size - 4)
    local = local if local <= most else least
    pieces = [page[at : at + local]]
    left = length - local
    follow = int.from_bytes(page[at + local : at + local + 4], "big")
    visited: set[int] = set()
    while left > 0 and follow not in visited and (overflow := pages.get(follow)):
        visited.add(follow)
        pieces.append(overflow[4 : 4 + min(left, size - 4)])
        left -= size - 4
        follow = int.from_bytes(overflow[:4], "big")
    return b"".join(pieces)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(9):
        byte = data[at + index] if at + index < len(data) else 0
        if index == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + index + 1
    return value, at + 9


_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Serial types of whole numbers and their bytes."""


def _values(payload: bytes) -> list[Value] | None:
    """The columns of a record; None where its header makes no sense. What is cut off at the end is given cut."""
    header, at = _varint(payload, 0)
    if not at <= header <= min(len(payload), 400):
        return None
    kinds: list[int] = []
    while at < header:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    at = header
    for kind in kinds:
        if kind in _INTEGERS:
            length = _INTEGERS[kind]
            values.append(int.from_bytes(payload[at : at + length], "big", signed=True))
        elif kind == 7:
            length = 8
            values.append(struct.unpack(">d", payload[at : at + 8].ljust(8, b"\0"))[0])
        elif kind >= 12:
            length = (kind - 12) // 2
            raw = payload[at : at + length]
            values.append(raw if kind % 2 == 0 else raw.decode("utf-8", "replace"))
        else:
            length = 0
            values.append({0: None, 8: 0, 9: 1}.get(kind))
        at += length
    return values


def _as_draft(values: list[Value]) -> DraftRow | None:
    """A draft, were the record one: ids are letters and digits, and times those of this century."""
    if len(values) != 4 or values[1] not in ("reply", "note") or not isinstance(values[2], str):
        return None
    conversation_id = text(values[0])
    if not conversation_id or len(conversation_id) > 64 or not values[2].strip():
        return None
    return DraftRow(conversation_id, str(values[1]), values[2], min(max(whole(values[3]), 0), 1 << 33))


def _as_action(rowid: int, values: list[Value]) -> OutboxRow | None:
    """An action, were the record one: its words, or its state, are what tells it."""
    if not rowid or not _FIRST_COLUMNS <= len(values) <= len(KINDS) or values[0] is not None:
        return None
    payload = values[3] if isinstance(values[3], bytes) else text(values[3]).encode("utf-8", "replace")
    if values[4] not in _STATES and b'"' not in payload[:2]:
        return None
    padded = [rowid, values[1], values[2], payload, *values[4:], *([""] * (len(KINDS) - len(values)))]
    row = row_of(_good(padded, KINDS))
    return row if row.payload or values[4] in _STATES else None


def _progress(row: OutboxRow) -> tuple[bool, int, float]:
    """How far an action has come: copies of a row on old pages tell what it was."""
    return row.state in FINISHED, row.attempts, max(row.sent_at, row.finished_at)
