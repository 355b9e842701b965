"""The views: mine, unassigned, all open, snoozed, closed, each team, and saved queries."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from tui.inbox.directory import Directory
from tui.inbox.search.list_model import ConversationList
from tui.inbox.search.query import People, QueryError, parse
from tui.model.labels import VIEWS, search_errors
from tui.model.rows import ConversationRow
from tui.model.selection import SORTS, Condition, Selection, Sort
from tui.store import conversations, listing
from tui.store.store import Store


class View(msgspec.Struct, frozen=True):
    """A named list. ``key`` is ``mine``, ``unassigned``, ``open``, ``snoozed``, ``closed``, ``team:ID`` or
    ``saved:NAME``; ``count`` is -1 where it was not counted (saved queries are by :meth:`Views.searched`)."""

    key: str
    title: str
    query: str
    count: int = -1


class Searched(msgspec.Struct, frozen=True):
    """What only a search tells: how many conversations each saved view holds, by its key (-1: its query has a
    mistake), and how many open ones have missed their SLA."""

    counts: dict[str, int] = {}
    missed: int = 0


class Views:
    """All views with live counts, and the lists they open."""

    def __init__(
        self,
        store: Store,
        directory: Directory,
        me: Callable[[], str],
        saved: Mapping[str, str],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._directory = directory
        self._me = me
        self._saved = dict(saved)
        self._now = now

    def all(self) -> list[View]:
        """Every view in the order of the keys 1–9."""
        return [self._counted(view) for view in self.known()]

    def known(self) -> "list[View]":
        """Every view, not counted."""
        fixed = [View(*view) for view in VIEWS]
        teams = [View(f"team:{team.id}", team.name, f"is:open team:{team.id}") for team in self._directory.teams()]
        saved = [View(f"saved:{name}", name, query) for name, query in self._saved.items()]
        return [*fixed, *teams, *saved]

    def get(self, key: str) -> View:
        """The view ``key``; the first one where there is no such view (any more)."""
        views = self.known()
        return self._counted(next((view for view in views if view.key == key), views[0]))

    def list(self, view: View, sort: str = "waiting") -> ConversationList:
        """The list of a view. Raises :class:`tui.inbox.search.query.QueryError` for a saved query with a mistake."""
        return ConversationList(self._store, view.title, self._selection(view), _sort(sort))

    def search(self, query: str, sort: str = "newest", as_of: int = 0) -> ConversationList:
        """What a query finds in the store; its ages count back from ``as_of`` (Unix seconds, 0: now).

        Raises :class:`~tui.inbox.search.query.QueryError`.
        """
        now = self._now()
        selection = self.selection(query, datetime.fromtimestamp(as_of, now.tzinfo) if as_of else now)
        return ConversationList(self._store, query.strip(), selection, _sort(sort))

    def selection(self, query: str, now: datetime | None = None) -> Selection:
        """A query as conditions. Raises :class:`tui.inbox.search.query.QueryError`."""
        people = People(self._me(), self._directory.admins(), self._directory.teams(), self._directory.tags())
        return parse(query, people, now or self._now())

    def oldest_wait(self) -> int:
        """Since when (Unix seconds) the customer of an open conversation has waited longest; 0 where nobody waits."""
        return listing.oldest_wait(self._store.reader, Selection((Condition("state", "=", ("open",)),)))

    def holds_any(self, key: str) -> bool:
        """Whether a view that is kept count of has something in it."""
        return self.get(key).count > 0

    async def searched(self) -> Searched:
        """Count what no count is kept of, in a thread: some queries look at every row there is."""
        selections: dict[str, Selection | None] = {}
        for view in self.known():
            if view.key.startswith("saved:"):
                try:
                    selections[view.key] = self._selection(view)
                except QueryError:
                    selections[view.key] = None
        return await asyncio.to_thread(self._search, selections)

    def _search(self, selections: "dict[str, Selection | None]") -> Searched:
        with self._store.another_reader() as db:
            counts = {key: -1 if one is None else listing.total(db, one) for key, one in selections.items()}
            missed = Selection((Condition("state", "=", ("open",)), Condition("sla", "=", ("missed",))))
            return Searched(counts, listing.total(db, missed))

    def next_waiting(self, since: int = 0, n: int = 0) -> ConversationRow | None:
        """The open conversation, nobody's or mine, that comes next in waiting order.

        It waits less long than one that waits ``since`` (Unix seconds) with the store's number ``n``; 0: the longest
        wait of all. None where none comes next.
        """
        best: ConversationRow | None = None
        for owner in {"", self._me()}:
            selection = Selection((Condition("state", "=", ("open",)), Condition("admin", "=", (owner,))))
            found = listing.next_waiting(self._store.reader, selection, since, n)
            for row in conversations.by_numbers(self._store.reader, [found] if found else []):
                if best is None or (row.waiting_since, row.n) < (best.waiting_since, best.n):
                    best = row
        return best

    def _counted(self, view: View) -> View:
        if view.key.startswith("saved:"):
            return view
        return msgspec.structs.replace(view, count=listing.total(self._store.reader, self._selection(view)))

    def _selection(self, view: View) -> Selection:
        state = {"snoozed": "snoozed", "closed": "closed"}.get(view.key, "open")
        is_state = Condition("state", "=", (state,))
        if view.key == "mine":
            return Selection((is_state, Condition("admin", "=", (self._me(),))))
        if view.key == "unassigned":
            return Selection((is_state, Condition("unassigned", "=", (1,))))
        if view.key.startswith("team:"):
            return Selection((is_state, Condition("team", "=", (view.key[5:],))))
        if view.key.startswith("saved:"):
            return self.selection(view.query)
        return Selection((is_state,))


def _sort(name: str) -> Sort:
    for sort in SORTS:
        if sort == name:
            return sort
    raise QueryError(search_errors.NOT_A_SORT_ORDER.format(name=name, known=", ".join(SORTS)))
