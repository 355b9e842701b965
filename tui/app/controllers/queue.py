"""The queue: waiting conversations that are nobody's or yours, one after the other, the longest wait first."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.inbox.search.views import Views
    from tui.model.rows import ConversationRow


class Step(NamedTuple):
    """The next conversation of the queue; `wrapped` when it begins again at the longest wait."""

    conversation_id: str
    wrapped: bool = False


class _Visit(NamedTuple):
    """A conversation that the queue has led to, and where it stood in it then (Unix seconds, the store's number)."""

    conversation_id: str
    since: int
    n: int


class Queue:
    """Goes on from where somebody is, and from where that one stood when an answer has ended its waiting."""

    def __init__(self, views: "Views") -> None:
        self._views = views
        self._last: _Visit | None = None

    def next(self, current: "ConversationRow | None") -> Step | None:
        """The one after `current`, None where no other conversation waits."""
        since = n = 0
        if current is not None:
            if current.waiting_since:
                since, n = current.waiting_since, current.n
            elif self._last is not None and self._last.conversation_id == current.id:
                _, since, n = self._last
        row, wrapped = self._views.next_waiting(since, n), False
        if row is None and since:
            row, wrapped = self._views.next_waiting(), True
        if row is None or (current is not None and row.id == current.id):
            return None
        self._last = _Visit(row.id, row.waiting_since, row.n)
        return Step(row.id, wrapped)
