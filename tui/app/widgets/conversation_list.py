"""The list of conversations: two or three lines a row, any number of rows; only lines that change are painted."""

from dataclasses import dataclass
from typing import NamedTuple

from textual import events
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip

from tui.app.widgets import list_frame
from tui.app.widgets.conversation_row import RowPainter, row_height
from tui.app.widgets.lines import Appearance, LineView, thumb
from tui.app.widgets.list_rows import ListPosition, RowCache, neighbours
from tui.app.widgets.model import ConversationModel, Names, NoNames
from tui.app.widgets.scrolling import WHEEL_LINES
from tui.inbox.status import Status
from tui.model.rows import Change, ConversationRow

HEADER_LINES = 1


class Place(NamedTuple):
    """Where a list stood: the conversation under the cursor, the first row on screen, what was selected."""

    current_id: str
    top: int
    selected: tuple[str, ...]


class ConversationListView(LineView, can_focus=True):
    """Rows over a `ConversationModel`; rows are read a screen at a time and kept for that screen only.

    The cursor is an index; after a change it stays on the same conversation, or goes to what was next when that left.
    """

    @dataclass
    class Highlighted(Message):
        """The cursor rests on another conversation (`""`: the list is empty)."""

        conversation_id: str

    @dataclass
    class Opened(Message):
        """Enter or a click: somebody wants to read this one."""

        conversation_id: str

    def __init__(
        self,
        appearance: Appearance | None = None,
        *,
        names: Names | None = None,
        me_id: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """`names` gives teammates' names for initials; `me_id` is who we act as."""
        super().__init__(appearance, id=id)
        self.names: Names = names or NoNames()
        self.me_id = me_id
        self.view_key = ""
        self.selection_keys: tuple[tuple[str, str], ...] = ()
        """(key, what it does) to name in the header while something is selected."""
        self._model: ConversationModel | None = None
        self._rows = RowCache()
        self._strips: dict[object, tuple[Strip, ...]] = {}
        self._selected: dict[str, None] = {}
        self._at = ListPosition()
        self._announced = ""
        self._status = Status()
        self._now = 0
        self._row_painter: RowPainter | None = None

    # The model

    def set_list(self, model: ConversationModel | None, keep: str | None = None, *, view_key: str = "") -> None:
        """Show another list, with the cursor on conversation `keep` where it is in it, else on the first.

        `view_key` (`mine`, `open`, `search`, …) chooses the words of the empty state. The selection is dropped.
        """
        self._model = model
        self.view_key = view_key
        self._rows.known.clear()
        self._selected.clear()
        self._row_painter = None  # another order shows other ages
        self._now = self.now()
        self._at.top = 0
        position = model.index_of(keep) if model is not None and keep else -1
        self._at.cursor = max(0, position)
        self._follow()
        self.sync()
        self._announce()

    def put_back(self, place: Place, model: ConversationModel | None, view_key: str) -> None:
        """Show a list again as `place` remembers it: cursor, scroll position and selection."""
        self.set_list(model, place.current_id, view_key=view_key)
        self._at.top = place.top
        self._selected = dict.fromkeys(place.selected)
        self._follow()
        self.sync()

    @property
    def place(self) -> Place:
        """Where the list stands, for `put_back`."""
        return Place(self.current_id, self._at.top, tuple(self._selected))

    def set_status(self, status: Status) -> None:
        """How the connection is and what is being fetched: an empty list says why it is empty."""
        self._status = status
        if not len(self):
            self.sync()

    def apply(self, change: Change) -> None:
        """Bring list and screen up to date after `change`; the cursor stays on its conversation."""
        model = self._model
        if model is None:
            return
        current = self.current_id
        successors = neighbours(model, self.cursor) if current else []
        old_length, old_cursor = len(model), self._at.cursor
        # what is being read must not jump away because an answer ended its waiting
        delta = model.apply(change, current)
        if not (delta.reset or delta.inserted or delta.removed or delta.changed) and len(model) == old_length:
            return
        self._rows.known.clear()
        position = model.index_of(current) if current else 0
        if position < 0:
            position = next((at for at in map(model.index_of, successors) if at >= 0), old_cursor)
        self._at.cursor = clamp(position, 0, max(0, len(model) - 1))
        if self._at.top > 0:  # keep the cursor where it is on the screen; at the top, what comes in pushes down
            self._at.top += self._at.cursor - old_cursor
        for gone in [known for known in self._selected if model.index_of(known) < 0]:
            del self._selected[gone]
        self._follow()
        self.sync()
        self._announce()

    def reload(self) -> None:
        """Draw everything anew: the list grew, names became known, or we act as somebody else."""
        self._rows.known.clear()
        self.forget()
        self._at.cursor = clamp(self._at.cursor, 0, max(0, len(self) - 1))
        self._follow()
        self.repaint()
        self._announce()

    def grew(self) -> None:
        """The rest of the list was read: what is on screen stays."""
        self._follow()
        self.sync()
        self._announce()

    def refresh_ages(self) -> None:
        """Repaint the rows whose age now reads differently; call it about once a minute."""
        self._now = self.now()
        self.sync()

    def __len__(self) -> int:
        return len(self._model) if self._model is not None else 0

    # The cursor

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor, from 0."""
        return self._at.cursor

    @property
    def current(self) -> ConversationRow | None:
        """The row under the cursor."""
        return self._row(self._at.cursor)

    @property
    def current_id(self) -> str:
        """The conversation under the cursor, `""` in an empty list."""
        if self._model is None or not 0 <= self._at.cursor < len(self._model):
            return ""
        return self._model.id_at(self._at.cursor)

    @property
    def at_end(self) -> bool:
        """True when there is nothing below the cursor."""
        return self._at.cursor >= len(self) - 1

    def move(self, delta: int) -> None:
        """Move the cursor by rows."""
        self.go(self._at.cursor + delta)

    def page(self, delta: int) -> None:
        """Move the cursor by screens."""
        self.go(self._at.cursor + delta * max(1, self.visible_rows))

    def half_page(self, delta: int) -> None:
        """Move the cursor by half screens."""
        self.go(self._at.cursor + delta * max(1, self.visible_rows // 2))

    def home(self) -> None:
        """Move the cursor to the first row."""
        self.go(0)

    def end(self) -> None:
        """Move the cursor to the last row."""
        self.go(len(self) - 1)

    def jump(self, conversation_id: str) -> bool:
        """To that conversation; False when it is not in the list."""
        position = self._model.index_of(conversation_id) if self._model is not None else -1
        if position < 0:
            return False
        self.go(position)
        return True

    def open_current(self) -> None:
        """Post `Opened` for the row under the cursor."""
        if conversation_id := self.current_id:
            self.post_message(self.Opened(conversation_id))

    @property
    def row_lines(self) -> int:
        """Lines of a row."""
        return row_height(self.appearance, self.height)

    @property
    def visible_rows(self) -> int:
        """How many whole rows the pane shows."""
        return max(0, self.height - HEADER_LINES) // self.row_lines

    def go(self, index: int) -> None:
        """Move the cursor to the row at `index` (from 0), or to the nearest there is."""
        if not len(self):
            return
        self._at.cursor = clamp(index, 0, len(self) - 1)
        self._follow()
        self.sync()
        self._announce()

    def _follow(self) -> None:
        self._at.follow(len(self), self.visible_rows)

    def _announce(self) -> None:
        current = self.current_id
        if current != self._announced:
            self._announced = current
            self.post_message(self.Highlighted(current))

    # The selection

    @property
    def selected(self) -> list[str]:
        """Ids of the selected conversations, in the order they were selected."""
        return list(self._selected)

    def holds(self, conversation_id: str) -> bool:
        """Whether the list has that conversation."""
        return self._model is not None and self._model.index_of(conversation_id) >= 0

    def toggle_select(self, conversation_id: str) -> bool:
        """Select a conversation of the list, or no longer; False where the list does not hold it."""
        if not self.holds(conversation_id):
            return False
        if conversation_id in self._selected:
            del self._selected[conversation_id]
        else:
            self._selected[conversation_id] = None
        self.sync()
        return True

    def extend_select(self, count: int) -> None:
        """Select `count` rows from the cursor on, and move to the row after them."""
        if self._model is None or not len(self):
            return
        after = min(self._at.cursor + count, len(self))
        for row in self._model.rows(self._at.cursor, after):
            self._selected[row.id] = None
        self.go(after)

    def clear_selection(self) -> None:
        """Drop the selection."""
        self._selected.clear()
        self.sync()

    # The mouse, where it is on

    def on_click(self, event: events.Click) -> None:
        index = self._at.top + (event.y - HEADER_LINES) // self.row_lines
        if event.y >= HEADER_LINES and 0 <= index < len(self):
            self.go(index)
            self.open_current()

    def on_mouse_scroll_down(self) -> None:
        self.move(WHEEL_LINES)

    def on_mouse_scroll_up(self) -> None:
        self.move(-WHEEL_LINES)

    # Drawing

    def resized(self) -> None:
        self._strips.clear()
        self._follow()

    def forget(self) -> None:
        self._strips.clear()
        self._row_painter = None

    def _row(self, index: int) -> ConversationRow | None:
        row = self._rows.known.get(index)
        return row if row is not None else self._rows.read(self._model, index, self._at.top, self.visible_rows)

    def line_key(self, y: int) -> object:
        """What the line shows: the header's words, or the row with all that colours it."""
        if y < HEADER_LINES:
            model = self._model
            head = (model.title, model.total, model.sort) if model is not None else ()
            return (*head, len(self._selected), self.selection_keys, self.has_focus)
        if not len(self):
            return ("empty", y, self._empty())
        index, line = divmod(y - HEADER_LINES, self.row_lines)
        start, length = self._thumb()
        return (self._row_key(self._at.top + index), line, start <= y < start + length)

    def line_keys(self) -> list[object]:
        """All keys; a row's is worked out once for all its lines."""
        if not len(self):
            return super().line_keys()
        keys: list[object] = [self.line_key(0)]
        start, length = self._thumb()
        for y in range(HEADER_LINES, self.height, self.row_lines):
            key = self._row_key(self._at.top + (y - HEADER_LINES) // self.row_lines)
            keys += [(key, line, start <= y + line < start + length) for line in range(self.row_lines)]
        return keys[: self.height]

    def _row_key(self, index: int) -> tuple[object, ...]:
        row = self._row(index)
        if row is None:
            return ()
        at_cursor = index == self._at.cursor
        selected, age = row.id in self._selected, self._painter().age(row)
        return (row, at_cursor, at_cursor and self.has_focus, selected, age)

    def _thumb(self) -> tuple[int, int]:
        """First line (of the pane) and length of the scroll thumb."""
        # of all there are: it does not jump when the rest of a long list has been read
        total = max(len(self), self._model.total) if self._model is not None else 0
        start, length = thumb(self._at.top * self.row_lines, self.height - HEADER_LINES, total * self.row_lines)
        return start + HEADER_LINES, length

    def draw_line(self, y: int) -> Strip:
        if y < HEADER_LINES:
            return self._draw_header()
        if not len(self):
            return self._draw_empty(y)
        index, line = divmod(y - HEADER_LINES, self.row_lines)
        index += self._at.top
        row = self._row(index)
        if row is None:
            return self.blank()
        start, length = self._thumb()
        key = (self._row_key(index), has_thumb := start <= y < start + length)
        pair = self._strips.get(key)
        if pair is None:
            if len(self._strips) > 160:
                self._strips.clear()
            pair = self._strips[key] = self._draw_row(row, index == self._at.cursor, has_thumb)
        return pair[line]

    def _painter(self) -> RowPainter:
        painter, drawn = self._row_painter, (self._now, self.me_id, self.width, self.row_lines)
        if painter is None or (painter.now, painter.me_id, painter.width, painter.rows) != drawn:
            by_update = self._model is not None and self._model.sort in ("newest", "oldest")
            painter = self._row_painter = RowPainter(
                self.palette, self.glyphs, self.appearance, self.names, self.me_id, self._now, self.width, by_update,
                self.row_lines, self.view_key == "mine",
            )  # fmt: skip
        return painter

    def _draw_row(self, row: ConversationRow, at_cursor: bool, has_thumb: bool) -> tuple[Strip, ...]:
        selected = row.id in self._selected
        painter = self._painter()
        lines = painter.lines(row, at_cursor=at_cursor, focused=self.has_focus, selected=selected)
        end = painter.last_cell(at_cursor=at_cursor, has_thumb=has_thumb)
        return tuple(self.strip([*line, end]) for line in lines)

    def _draw_header(self) -> Strip:
        style = self.palette
        if self._model is not None and (count := len(self._selected)):
            return self.header(list_frame.selection(style, self.glyphs, count, self.selection_keys, self.width - 3), [])
        return self.header(*list_frame.title(style, self._model, focused=self.has_focus))

    def _empty(self) -> list_frame.Empty:
        return list_frame.empty(self._model, self._status, self.view_key, self.appearance)

    def _draw_empty(self, y: int) -> Strip:
        middle = HEADER_LINES + max(1, (self.height - HEADER_LINES) // 3)
        told, key = self._empty(), self.view_key
        lines = list_frame.empty_lines(told, self.palette, self.glyphs, view_key=key, width=self.width)
        if 0 <= y - middle < len(lines):
            return self.centred(*lines[y - middle])
        return self.blank()
