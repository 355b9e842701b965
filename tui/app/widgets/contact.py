"""The contact pane: who writes, in sections of aligned labels, with their last conversations to open."""

from dataclasses import dataclass

import msgspec
from textual import events
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip

from tui.app.widgets.contact_lines import NARROWEST, ContactLine, Known, absent_words, contact_lines
from tui.app.widgets.lines import Appearance, Piece, pieces_len, thumb
from tui.app.widgets.model import Names, NoNames
from tui.app.widgets.scrolling import ScrollingLines
from tui.inbox.situation import Absent
from tui.model.rows import ContactRow, ConversationRow
from tui.text.sanitize import clean_line

HEADER_LINES = 1


class ContactView(ScrollingLines, can_focus=True):
    """Everything known about one contact; the cursor rests on the last conversations."""

    @dataclass
    class OpenConversation(Message):
        """Enter or a click on one of the last conversations."""

        conversation_id: str

    def __init__(
        self,
        appearance: Appearance | None = None,
        *,
        names: Names | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """`names` gives the names of tags and owners."""
        super().__init__(appearance, id=id)
        self.names: Names = names or NoNames()
        self._known = Known()
        self._lines: list[ContactLine] = []
        self._top = 0
        self._cursor = -1
        self._now = 0

    def show(
        self,
        contact: ContactRow | None,
        conversations: list[ConversationRow],
        now: int | None = None,
        *,
        state: Absent = Absent.EMPTY,
        trouble: str = "",
    ) -> None:
        """Show `contact` with their last `conversations`, newest first. `state` tells why details are not there,
        `trouble` what Intercom said when they were asked for.

        The same contact keeps its place; another one starts at the top.
        """
        same = contact is not None and contact.id == self.contact_id
        target = self.current_conversation
        self._known = Known(contact, conversations, state, clean_line(trouble))
        self._now = self.now() if now is None else now
        self._build()
        self._cursor = -1
        if same:
            self._cursor = next((index for index, row in enumerate(self._lines) if target and row.target == target), -1)
            self._top = clamp(self._top, 0, self._last_top)
        else:
            self._top = 0
        self.sync()

    def set_state(self, state: Absent) -> None:
        """Why the contact, or the details of it, are not there."""
        if state is not self._known.state:
            self._known = msgspec.structs.replace(self._known, state=state)
            self._build()
            self.sync()

    def refresh_ages(self) -> None:
        """Repaint times that read differently."""
        self._now = self.now()
        self._build()
        self.sync()

    @property
    def contact_id(self) -> str:
        """The contact on screen, or `""`."""
        contact = self._known.contact
        return contact.id if contact is not None else ""

    @property
    def current_conversation(self) -> str:
        """The conversation under the cursor, or `""`."""
        return self._lines[self._cursor].target if 0 <= self._cursor < len(self._lines) else ""

    @property
    def pointed_conversation(self) -> str:
        """The conversation under the cursor while that line is in view, or `""`."""
        in_view = self._top <= self._cursor < self._top + self.body_height
        return self.current_conversation if in_view else ""

    # Moving

    def move(self, delta: int) -> None:
        """To the next or previous conversation where it is in view, else scroll a line."""
        step = 1 if delta > 0 else -1
        for _ in range(abs(delta)):
            self._step(step)
        self.sync()

    def _step(self, step: int) -> None:
        stops = [index for index, row in enumerate(self._lines) if row.target]
        ahead = [stop for stop in stops if stop > self._cursor] if step > 0 else [s for s in stops if s < self._cursor]
        seen = range(self._top, self._top + self.body_height)
        target = (ahead[0] if step > 0 else ahead[-1]) if ahead else -1
        if target in seen:
            self._cursor = target
        elif step < 0 and not ahead and self._top == 0:
            self._cursor = -1
        else:
            self._top = clamp(self._top + step, 0, self._last_top)

    def home(self) -> None:
        """Scroll to the top, with the cursor on nothing."""
        self._cursor = -1
        self.scroll_lines(-len(self._lines))

    def end(self) -> None:
        """Scroll to the bottom."""
        self.scroll_lines(len(self._lines))

    def open_current(self) -> None:
        """Post `OpenConversation` for the conversation under the cursor."""
        if target := self.current_conversation:
            self.post_message(self.OpenConversation(target))

    def scroll_lines(self, delta: int) -> None:
        self._top = clamp(self._top + delta, 0, self._last_top)
        self.sync()

    def thumb_rows(self) -> tuple[int, int]:
        return thumb(self._top, self.body_height, len(self._lines))

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.body_height)

    def on_click(self, event: events.Click) -> None:
        """A click on a conversation opens it."""
        index = self._top + event.y - HEADER_LINES
        if event.y >= HEADER_LINES and index < len(self._lines) and self._lines[index].target:
            self._cursor = index
            self.sync()
            self.open_current()

    # Building

    def resized(self) -> None:
        self._build()
        self._top = clamp(self._top, 0, self._last_top)

    def forget(self) -> None:
        self._build()

    def _build(self) -> None:
        if self.width < NARROWEST:
            self._lines = []
            return
        self._lines = contact_lines(
            self._known, self.palette, self.glyphs, self.appearance, self.names, width=self.width, now=self._now
        )

    # Drawing

    def line_key(self, y: int) -> object:
        if y < HEADER_LINES:
            return ("head", self.has_focus)
        row = y - HEADER_LINES
        index = self._top + row
        if index >= len(self._lines):
            return ("blank", y, self._known.contact is None and not self._lines, self._known.state)
        return (
            self._lines[index].key,
            index == self._cursor,
            index == self._cursor and self.has_focus,
            self.has_thumb(row),
        )

    def draw_line(self, y: int) -> Strip:
        style, signs = self.palette, self.glyphs
        if y < HEADER_LINES:
            title = style.head_focus if self.has_focus else style.head_title
            return self.header([("Contact", title)], [])
        row = y - HEADER_LINES
        index = self._top + row
        if index >= len(self._lines):
            middle = max(1, self.body_height // 3)
            if self._known.contact is None and not self._lines and row in (middle, middle + 1):
                words = absent_words(self._known.state, self.glyphs)
                return self.centred(words[row - middle], style.muted if row == middle else style.faint)
            return self.blank()
        line = self._lines[index]
        at_cursor = index == self._cursor
        bar_style = style.bar if self.has_focus else style.bar_blurred
        gutter: list[Piece] = [(signs.bar, bar_style) if at_cursor else (" ", style.text), (" ", style.text)]
        pieces = self.cut(line.pieces, self.width - 3)
        gap = " " * (self.width - 3 - pieces_len(pieces))
        end: Piece = (signs.thumb, style.line) if self.has_thumb(row) else (" ", style.text)
        return self.strip([*gutter, *pieces, (gap, line.fill or style.text), end])
