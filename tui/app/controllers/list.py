"""What the list shows: a view or the result of a query, in an order, and the way back from a count's digit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from tui.app.controllers.background import BackgroundTasks
from tui.app.controllers.view_strip import ViewStripController
from tui.app.keys.command import Where
from tui.app.layout import Layout
from tui.app.state import ListQuery, ScreenState
from tui.app.widgets.conversation_list import ConversationListView, Place
from tui.model.rows import Change

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.inbox.search.list_model import ConversationList

FIRST_VIEWS: Final = ("mine", "unassigned", "open")
"""Views tried at the start: the first that holds something is shown."""
_FAR: Final = 200
"""Rows looked at for one to go to when those around the cursor leave."""


class _Before(msgspec.Struct):
    """What was on screen before a digit; `outdated` once conversations changed that its model has not heard of."""

    shown: ListQuery
    model: "ConversationList | None"
    place: Place
    pane: Where
    outdated: bool = False


class ListController:
    """The list pane's model, and what it came from."""

    def __init__(
        self,
        inbox: "Inbox",
        layout: Layout,
        state: ScreenState,
        background: BackgroundTasks,
        strip: ViewStripController,
    ) -> None:
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._background = background
        self.strip = strip
        """The line of views on top."""
        self.view: ConversationListView = layout.list
        """The list pane."""
        self.model: ConversationList | None = None
        """The conversations that it shows."""
        self.untouched = True
        """Whether nobody has run a command yet: until then, what the first sync brings may choose view and row."""
        self._was_empty = False
        self._home = ListQuery()
        self._home_id = ""
        self._before: _Before | None = None
        self._loading = False

    # Views, searches, orders

    def show_first(self) -> None:
        """The first view with something in it."""
        self._show(ListQuery(next(filter(self._inbox.views.holds_any, FIRST_VIEWS), "open")))
        self._was_empty = not len(self.view)

    def show_view(self, key: str) -> None:
        """A view, from its first row; `take_back` returns to what was there before."""
        self._state.came_from = None
        if self._before is None:
            self._before = _Before(self._state.shown, self.model, self.view.place, self._state.pane)
        self._show(ListQuery(key, sort=self._home.sort))
        self._bring_on_screen()

    def show_search(self, query: str, sort: str = "newest", as_of: int = 0) -> None:
        """What a query finds, its ages counted back from `as_of` (Unix seconds, 0: now).

        Raises `tui.inbox.search.query.QueryError` for one with a mistake.
        """
        self._state.came_from = None
        self._show(ListQuery("search", query, sort, as_of))
        self._bring_on_screen()

    def set_sort(self, sort: str) -> None:
        """Another order of the same, with the cursor on the same conversation."""
        self._show(msgspec.structs.replace(self._state.shown, sort=sort), keep=self.view.current_id)

    def leave_search(self) -> None:
        """Out of a search: the view before it, with the cursor on the same conversation where it is there."""
        here, before = self.view.current_id, self._home_id
        self._show(self._home, keep=here)
        if before and self.view.current_id != here:
            self.view.jump(before)

    def _show(self, shown: ListQuery, keep: str | None = None) -> None:
        views = self._inbox.views
        if shown.view == "search":
            if self._state.shown.view != "search":
                self._home_id = self.view.current_id
            model = views.search(shown.query, shown.sort, shown.as_of)
        else:
            model = views.list(views.get(shown.view), shown.sort)
            self._home = shown
        self._state.shown, self.model = shown, model
        self.view.me_id = self._inbox.me.id
        self.view.set_list(model, keep, view_key=shown.view)
        self.strip.show()
        self._load_rest()

    def _bring_on_screen(self) -> None:
        if self._state.pane != "composer":
            self._layout.focus("list")

    # A view shown by a digit that may be a count

    def take_back(self) -> None:
        """The digit that showed this view was a count: list, cursor, selection and pane are as they were."""
        before, self._before = self._before, None
        if before is None:
            return
        if before.outdated:
            self._show(before.shown)
        else:
            self._state.shown, self.model = before.shown, before.model
        self.view.put_back(before.place, self.model, self._state.shown.view)
        self.strip.show()
        self._layout.focus(before.pane)

    def keep_view(self) -> None:
        """Something else begins: the view shown by earlier digits stays."""
        self._before = None

    @property
    def is_tentative(self) -> bool:
        """Whether the view on screen may still turn out to be a count."""
        return self._before is not None

    # Around the cursor

    def ahead(self, count: int) -> list[str]:
        """The next `count` conversations below the cursor."""
        model, at = self.model, self.view.cursor
        if model is None:
            return []
        found = [model.id_at(index) for index in range(at + 1, min(len(model), at + 1 + count))]
        return [one for one in found if one]

    def following(self, gone: Sequence[str]) -> str:
        """The conversation to go to when `gone` have left: the next one below, else the one above."""
        model, at = self.model, self.view.cursor
        if model is None:
            return ""
        leaving = set(gone)
        for index in (*range(at, min(len(model), at + _FAR)), *range(at - 1, max(-1, at - _FAR), -1)):
            conversation_id = model.id_at(index)
            if conversation_id and conversation_id not in leaving:
                return conversation_id
        return ""

    # What changed

    def apply(self, change: Change) -> None:
        """Bring the list up to date."""
        if self._was_empty and (change.conversations or change.everything):
            self._was_empty = False
            if self.untouched:  # else somebody has chosen a view meanwhile
                self.show_first()
                self._was_empty = False
        if self._before is not None and (change.conversations or change.everything):
            self._before.outdated = True  # a list that is not on screen does not hear of it
        if change.conversations or change.outbox or change.everything or change.drafts or change.directory:
            self.view.apply(change)
            self._load_rest()
            self.strip.show()
        if change.directory:
            self.view.me_id = self._inbox.me.id
            self.view.reload()

    def _load_rest(self) -> None:
        """Bring in the rest of a long list, beside the keys."""
        if self.model is not None and not self.model.loaded and not self._loading:
            self._loading = True
            self._background.start(self._load(self.model))

    async def _load(self, model: "ConversationList") -> None:
        try:
            more = await model.load()
        finally:
            self._loading = False
        if model is not self.model:
            self._load_rest()
        elif more:
            self.view.grew()
