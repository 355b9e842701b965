"""What the list shows: a view or the result of a query, in an order, and the way back from a count's digit."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.desk import Desk
    from tui.app.keys.command import Where
    from tui.app.widgets.conversation_list import Place
    from tui.inbox.lists import ConversationList

FIRST_VIEWS: Final = ("mine", "unassigned", "open")
"""Views tried at the start: the first that holds something is shown."""
_FAR: Final = 200
"""Rows looked at for one to go to when those around the cursor leave."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A view, or a query as the view ``search``."""

    key: str = ""
    query: str = ""
    sort: str = "waiting"


@dataclass(slots=True)
class _Before:
    """What was on screen before a digit; `outdated` once conversations changed that its model has not heard of."""

    shown: Shown
    model: "ConversationList | None"
    place: "Place"
    pane: "Where"
    outdated: bool = False


class Listing:
    """The list pane's model, and what it came from."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._view = desk.panes.list
        self.shown = Shown()
        self.model: ConversationList | None = None
        self._home = Shown()
        self._home_id = ""
        self._before: _Before | None = None
        self._loading = False

    def show_first(self) -> None:
        """The first view with something in it."""
        views = {view.key: view for view in self._desk.inbox.views.all()}
        self.show(Shown(next((key for key in FIRST_VIEWS if views[key].count > 0), "open")))

    def show_view(self, key: str) -> None:
        """A view, from its first row; `take_back` returns to what was there before."""
        if self._before is None:
            self._before = _Before(self.shown, self.model, self._view.place, self._desk.pane)
        self.show(Shown(key, sort=self._home.sort))

    def show_home(self) -> None:
        """Out of a search: the view before it, with the cursor on the same conversation where it is there."""
        here, before = self._view.current_id, self._home_id
        self.show(self._home, keep=here)
        if before and self._view.current_id != here:
            self._view.jump(before)

    def take_back(self) -> None:
        """The digit that showed this view was a count: list, cursor, selection and pane are as they were."""
        before, self._before = self._before, None
        if before is None:
            return
        if before.outdated:
            self.show(before.shown)
        else:
            self.shown, self.model = before.shown, before.model
        self._view.put_back(before.place, self.model, self.shown.key)
        self._desk.panes.focus(before.pane)

    def forget_before(self) -> None:
        """Something else begins: the view shown by earlier digits stays."""
        self._before = None

    @property
    def is_tentative(self) -> bool:
        """Whether the view on screen may still turn out to be a count."""
        return self._before is not None

    def changed(self) -> None:
        """Conversations changed: a list that is not on screen did not hear of it."""
        if self._before is not None:
            self._before.outdated = True

    def show(self, shown: Shown, keep: str | None = None) -> None:
        """Show it. Raises `tui.inbox.query.QueryError` for a query with a mistake."""
        views = self._desk.inbox.views
        if shown.key == "search":
            if self.shown.key != "search":
                self._home_id = self._view.current_id
            model = views.search(shown.query, shown.sort)
        else:
            model = views.list(views.get(shown.key), shown.sort)
            self._home = shown
        self.shown, self.model = shown, model
        self._view.me_id = self._desk.inbox.me.id
        self._view.set_list(model, keep, view_key=shown.key)
        self.load_rest()

    def load_rest(self) -> None:
        """Bring in the rest of a long list, beside the keys."""
        if self.model is not None and not self.model.loaded and not self._loading:
            self._loading = True
            self._desk.background(self._load(self.model))

    async def _load(self, model: "ConversationList") -> None:
        try:
            more = await model.load()
        finally:
            self._loading = False
        if model is not self.model:
            self.load_rest()
        elif more:
            self._view.grew()

    def ahead(self, count: int) -> list[str]:
        """The next `count` conversations below the cursor."""
        model, at = self.model, self._view.cursor
        if model is None:
            return []
        found = [model.id_at(index) for index in range(at + 1, min(len(model), at + 1 + count))]
        return [one for one in found if one]

    def following(self, gone: "Sequence[str]") -> str:
        """The conversation to go to when `gone` have left: the next one below, else the one above."""
        model, at = self.model, self._view.cursor
        if model is None:
            return ""
        leaving = set(gone)
        for index in (*range(at, min(len(model), at + _FAR)), *range(at - 1, max(-1, at - _FAR), -1)):
            conversation_id = model.id_at(index)
            if conversation_id and conversation_id not in leaving:
                return conversation_id
        return ""
