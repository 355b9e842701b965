"""Which message of a thread is marked: the one that copy, links and pipe then mean, so it is never out of view."""

from tui.app.widgets.thread_viewport import Place, Viewport


class MessageCursor:
    """The mark in a thread, on at most one of its messages."""

    def __init__(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self.part_id = ""
        """The marked message, "" for none."""

    def is_on(self, item: int) -> bool:
        """Whether the mark is on an item of the view."""
        return bool(self.part_id) and self._viewport.items[item].part_id == self.part_id

    def step(self, direction: int) -> Place | None:
        """Mark the next message (1) or the one before (-1), the first or last in view where none was marked.

        The place that shows it, or the end of the thread beyond it; None where there is no message.
        """
        view = self._viewport
        messages = [index for index, item in enumerate(view.items) if item.kind == "message"]
        if not messages:
            return None
        at = next((index for index in messages if self.is_on(index)), None)
        if at is None:
            in_view = self._in_view()
            target = (in_view[-1] if direction < 0 else in_view[0]) if in_view else messages[-1]
        else:
            place = messages.index(at) + direction
            if not 0 <= place < len(messages):
                return (0, 0) if direction < 0 else view.end()
            target = messages[place]
        self.part_id = view.items[target].part_id
        return view.showing(target)

    def follow(self) -> None:
        """The view was scrolled: a mark that went out of it goes to the message nearest to where it was."""
        in_view = self._in_view() if self.part_id else []
        if not self.part_id or any(self.is_on(index) for index in in_view):
            return
        items = self._viewport.items
        at = next((index for index, item in enumerate(items) if item.part_id == self.part_id), 0)
        nearest = min(in_view, key=lambda index: abs(index - at), default=None)
        self.part_id = "" if nearest is None else items[nearest].part_id

    def _in_view(self) -> list[int]:
        """The messages of which any line is in view, from the top; the gap below one is none of its lines."""
        items, rows = self._viewport.items, self._viewport.rows
        shown = dict.fromkeys([index for line, index in rows if line.pieces])
        return [index for index in shown if items[index].kind == "message"]
