"""The model behind the list on screen: the numbers of a view's conversations, and a page of rows when asked.

A list holds one array of the store's numbers. After a change only the conversations named in it are looked at again;
100,000 rows that did not change cost nothing.
"""

import array
import asyncio
import sqlite3

import msgspec

from tui.store import conversations, listing
from tui.store.listing import Selection, Sort
from tui.store.rows import Change, ConversationRow
from tui.store.store import Store, connect

FIRST = 200
"""Conversations read before the first paint; the rest of a long list follows in a thread."""

_MANY = 300


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
        numbers |= self._displaced
        if len(numbers) < len(ids):
            # a conversation is gone from the store: its number is only known here
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
        db: sqlite3.Connection = connect(self._store.path, read_only=True)
        try:
            return listing.everything(db, self.selection, self.sort)
        finally:
            db.close()

    def _place(self, numbers: set[int], hold: str) -> ListDelta:
        reader = self._store.reader
        held = listing.numbers_of(reader, [hold]).get(hold) if hold else None
        keys = listing.matching(reader, self.selection, self.sort, list(numbers))
        inserted: list[int] = []
        changed: list[int] = []
        removed = 0
        for number in numbers:
            index = self._index(number)
            if index < 0:
                continue
            if number in keys and (number == held or self._fits(index, keys[number])):
                if number == held and not self._fits(index, keys[number]):
                    self._displaced.add(number)
                else:
                    self._displaced.discard(number)
                keys.pop(number)
                changed.append(number)
                continue
            self._displaced.discard(number)
            self._numbers.pop(index)
            removed += 1
        for number, key in sorted(keys.items(), key=lambda item: (item[1], item[0])):
            self._numbers.insert(self._find(key, number), number)
            inserted.append(number)
        self.total = len(self._numbers)
        return ListDelta(
            inserted=tuple(sorted(self._index(n) for n in inserted)),
            removed=removed,
            changed=tuple(sorted(self._index(n) for n in changed)),
        )

    def _without_deleted(self, numbers: set[int], hold: str) -> ListDelta:
        existing: set[int] = set()
        known = self._numbers.tolist()
        for start in range(0, len(known), 500):
            page = known[start : start + 500]
            existing |= {row.n for row in conversations.by_numbers(self._store.reader, page)}
        before = len(known)
        self._numbers = array.array("q", (n for n in known if n in existing))
        delta = self._place(numbers, hold) if numbers else ListDelta()
        self.total = len(self._numbers)
        return msgspec.structs.replace(delta, removed=delta.removed + before - len(self._numbers), reset=True)

    def _index(self, number: int) -> int:
        try:
            return self._numbers.index(number)
        except ValueError:
            return -1

    def _fits(self, index: int, key: int) -> bool:
        reader, number = self._store.reader, self._numbers[index]
        if index > 0:
            before = self._numbers[index - 1]
            if before not in self._displaced and not (
                (listing.sort_key(reader, self.sort, before), before) < (key, number)
            ):
                return False
        if index + 1 < len(self._numbers):
            after = self._numbers[index + 1]
            if after not in self._displaced and not (
                (key, number) < (listing.sort_key(reader, self.sort, after), after)
            ):
                return False
        return True

    def _find(self, key: int, number: int) -> int:
        reader, low, high = self._store.reader, 0, len(self._numbers)
        while low < high:
            middle = (low + high) // 2
            probe = self._numbers[middle]
            if (listing.sort_key(reader, self.sort, probe), probe) < (key, number):
                low = middle + 1
            else:
                high = middle
        return low


def empty(store: Store, title: str) -> ConversationList:
    """A list that holds nothing."""
    return ConversationList(store, title, _NOTHING, "newest")


_NOTHING = Selection((listing.Condition("id", "=", ("",)),))
