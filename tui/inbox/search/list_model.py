"""The model behind the list on screen: the numbers of a view's conversations, and a page of rows when asked.

A list holds one array of the store's numbers. After a change only the conversations named in it are looked at again;
100,000 rows that did not change cost nothing.
"""

import array
import asyncio
import contextlib

import msgspec

from tui.model.rows import Change, ConversationRow
from tui.model.selection import Condition, Selection, Sort
from tui.store import conversations, listing
from tui.store.store import Store

FIRST = 200
"""Conversations read before the first paint; the rest of a long list follows in a thread."""

_MANY = 300
_FEW = 4


class ListDelta(msgspec.Struct, frozen=True):
    """What a change did to a list: indices after it. ``reset`` where everything may have moved."""

    inserted: tuple[int, ...] = ()
    removed: int = 0
    changed: tuple[int, ...] = ()
    reset: bool = False

    def __bool__(self) -> bool:
        return bool(self.inserted or self.removed or self.changed or self.reset)


class ConversationList:
    """The conversations of a view or search, in order. ``total`` may be above ``len()`` until :meth:`load` is done.

    The list of a view begins with its first conversations; that of a free search is empty until :meth:`load`.
    """

    def __init__(self, store: Store, title: str, selection: Selection, sort: Sort, *, limit: int = FIRST) -> None:
        self.title = title
        self.sort: Sort = sort
        self.selection = selection
        self._store = store
        self._displaced: set[int] = set()
        self._generation = 0
        self._numbers = array.array("q")
        self.loaded = False
        self.total = 0
        self._read_first(limit)

    def __len__(self) -> int:
        return len(self._numbers)

    def rows(self, start: int, stop: int) -> list[ConversationRow]:
        """The rows ``start`` to ``stop`` (exclusive), read from the store as they are now."""
        wanted = self._numbers[max(0, start) : max(0, stop)]
        if not wanted:
            return []
        rows = conversations.by_numbers(self._store.reader, wanted)
        if len(rows) < len(wanted):
            # one was deleted a moment ago: keep its place until the change arrives
            found = {row.n: row for row in rows}
            rows = [found.get(n) or ConversationRow(n, "", title="(gone)") for n in wanted]
        return rows

    def index_of(self, conversation_id: str) -> int:
        """Where a conversation stands, -1 where the list does not hold it."""
        number = listing.numbers_of(self._store.reader, [conversation_id]).get(conversation_id)
        return self._index(number) if number is not None else -1

    def id_at(self, index: int) -> str:
        """The id of the conversation at ``index``, ``""`` outside the list."""
        rows = self.rows(index, index + 1) if 0 <= index < len(self._numbers) else []
        return rows[0].id if rows else ""

    def apply(self, change: Change, hold: str = "") -> ListDelta:
        """Take in a change. The conversation ``hold`` (where the cursor is) keeps its place while it stays in the list.

        Reads only what the change names, so it may run on a key press.
        """
        if change.everything:
            self._read_first(max(FIRST, len(self._numbers)) if len(self._numbers) <= FIRST else FIRST)
            return ListDelta(reset=True)
        ids = list(change.conversations)
        if len(ids) > _MANY or (ids and not self.loaded):
            self._read_first(FIRST)
            return ListDelta(reset=True)
        numbers = set(listing.numbers_of(self._store.reader, ids).values()) if ids else set()
        unknown = len(ids) - len(numbers) - len(change.gone)
        numbers |= self._displaced | change.gone
        if unknown > 0:
            # a conversation is gone from the store and nobody said which: its number is only known here
            return self._without_deleted(numbers, hold)
        return self._place(numbers, hold) if numbers else ListDelta()

    async def load(self) -> bool:
        """Read the rest of a long list in a thread; True where that changed the list."""
        if self.loaded:
            return False
        generation = -1
        numbers = self._numbers
        while generation != self._generation:  # a change that came meanwhile is not in what was read
            generation = self._generation
            numbers = await asyncio.to_thread(self._read_all)
        self._numbers = numbers
        self.loaded = True
        self.total = len(numbers)
        return True

    def _read_first(self, limit: int) -> None:
        self._generation += 1
        self._displaced.clear()
        reader = self._store.reader
        if not listing.is_indexed(self.selection):
            # a free search may look at every word there is: that is for the thread of load()
            self.loaded = False
            return
        self._numbers = array.array("q", listing.window(reader, self.selection, self.sort, limit))
        self.loaded = len(self._numbers) < limit
        self.total = len(self._numbers) if self.loaded else listing.total(reader, self.selection)

    def _read_all(self) -> "array.array[int]":
        with self._store.another_reader() as db:
            return listing.everything(db, self.selection, self.sort)

    def _place(self, numbers: set[int], hold: str) -> ListDelta:
        """Put ``numbers`` where they belong now. All leave the list first: none is compared with another that may be
        about to move."""
        reader = self._store.reader
        held = listing.numbers_of(reader, [hold]).get(hold, 0) if hold else 0
        keys = listing.matching(reader, self.selection, self.sort, list(numbers))
        before, read = self._numbers[:], dict(keys)
        stays = held in numbers and held in keys and self._index(held) >= 0
        moving = numbers - {held} if stays else numbers
        self._displaced -= numbers
        for index in sorted(_positions(before, moving).values(), reverse=True):
            del self._numbers[index]
        if stays and not self._is_placed(held, keys[held]):
            self._displaced.add(held)  # before the others come: where it stands tells them nothing
        for rank, number in sorted((self._rank(key, n), n) for n, key in keys.items() if n in moving):
            self._numbers.insert(self._find(rank, read), number)
        if stays and self._is_placed(held, keys[held]):
            self._displaced.discard(held)
        self.total = len(self._numbers)
        return self._told(before, numbers)

    def _is_placed(self, number: int, key: int) -> bool:
        """Whether a row stands where it belongs among the others."""
        stood = self._index(number)
        del self._numbers[stood]
        belongs = self._find(self._rank(key, number), {})
        self._numbers.insert(stood, number)
        return belongs == stood

    def _told(self, before: "array.array[int]", numbers: set[int]) -> ListDelta:
        """What the change did. A row that stands between the same rows as before has changed, not moved."""
        after = self._numbers
        new = _positions(after, numbers)
        if len(before) == len(after) and before.tobytes() == after.tobytes():
            return ListDelta(changed=tuple(sorted(new.values())))
        old = _positions(before, numbers)
        inserted: list[int] = []
        changed: list[int] = []
        removed = 0
        for number in numbers:
            was, now = old.get(number, -1), new.get(number, -1)
            if now < 0:
                removed += was >= 0
            elif was >= 0 and before[max(0, was - 1) : was + 2] == after[max(0, now - 1) : now + 2]:
                changed.append(now)
            else:
                removed += was >= 0
                inserted.append(now)
        return ListDelta(inserted=tuple(sorted(inserted)), removed=removed, changed=tuple(sorted(changed)))

    def _without_deleted(self, numbers: set[int], hold: str) -> ListDelta:
        existing = listing.existing(self._store.reader)
        before = len(self._numbers)
        self._numbers = array.array("q", (n for n in self._numbers if n in existing))
        gone = before - len(self._numbers)
        numbers &= existing
        self._displaced &= existing
        delta = self._place(numbers, hold) if numbers else ListDelta()
        self.total = len(self._numbers)
        return msgspec.structs.replace(delta, removed=delta.removed + gone, reset=delta.reset or gone > 0)

    def _index(self, number: int) -> int:
        try:
            return self._numbers.index(number)
        except ValueError:
            return -1

    def _rank(self, key: int, number: int) -> tuple[int, int]:
        """What the list is sorted by: SQLite breaks ties of the newest first by the newest number."""
        return (key, -number if self.sort == "newest" else number)

    def _find(self, rank: tuple[int, int], keys: dict[int, int]) -> int:
        """Where a row of this rank belongs; rows that are held out of their place tell nothing. ``keys`` remembers the
        sort keys that were read for it."""
        reader, low, high = self._store.reader, 0, len(self._numbers)
        while low < high:
            middle = probe = (low + high) // 2
            while probe < high and self._numbers[probe] in self._displaced:
                probe += 1
            if probe == high:
                high = middle
                continue
            number = self._numbers[probe]
            key = keys.get(number)
            if key is None:
                key = keys[number] = listing.sort_key(reader, self.sort, number)
            if self._rank(key, number) < rank:
                low = probe + 1
            else:
                high = middle
        return low


def _positions(where: "array.array[int]", numbers: set[int]) -> dict[int, int]:
    """Where those of ``numbers`` stand that are there: looked for one by one, or in one walk where they are many."""
    if len(numbers) > _FEW:
        return {number: index for index, number in enumerate(where) if number in numbers}
    found: dict[int, int] = {}
    for number in numbers:
        with contextlib.suppress(ValueError):
            found[number] = where.index(number)
    return found


def empty(store: Store, title: str) -> ConversationList:
    """A list that holds nothing."""
    return ConversationList(store, title, _NOTHING, "newest")


_NOTHING = Selection((Condition("id", "=", ("",)),))
