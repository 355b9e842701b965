"""The order in which conversations changed, kept sorted while they change."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

Key = tuple[int, int]
"""``updated_at`` and id of a conversation."""


class Order:
    """All keys oldest first, and apart from them those of conversations that are not closed."""

    def __init__(self, keys: Iterable[tuple[Key, bool]]) -> None:
        known = sorted(keys)
        self._all = [key for key, _ in known]
        self._awake = [key for key, awake in known if awake]

    def keys(self, *, awake_only: bool = False) -> Sequence[Key]:
        """Oldest first; with ``awake_only`` those that are not closed."""
        return self._awake if awake_only else self._all

    def put(self, key: Key, *, awake: bool) -> None:
        """Add a key, in whichever lists it belongs to."""
        insort(self._all, key)
        if awake:
            insort(self._awake, key)

    def drop(self, key: Key) -> None:
        """Forget a key; unknown ones are no matter."""
        for keys in (self._all, self._awake):
            place = bisect_left(keys, key)
            if place < len(keys) and keys[place] == key:
                del keys[place]
