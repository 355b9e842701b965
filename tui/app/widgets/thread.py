"""The thread: source and parts, opened at the newest; only what comes on the screen is laid out.

A place in the thread is an item and a line in it, never a line number of the whole: so nothing has to be laid out to
know where we are, however long the thread, and neither opening, scrolling nor going to the first message waits for it.
"""

from collections.abc import Callable
from itertools import accumulate
from typing import Final, NamedTuple

from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer

from tui.app.widgets.lines import LineView, Look, Piece, pieces_len, thumb
from tui.app.widgets.model import Names, NoNames
from tui.app.widgets.thread_header import ThreadHeader
from tui.app.widgets.thread_items import Item, items_of
from tui.app.widgets.thread_layout import Layouter, TLine, right_aligned
from tui.app.widgets.thread_pending import Pending
from tui.app.widgets.thread_sight import DrawnLines
from tui.app.widgets.words import moment
from tui.inbox.part_words import author_words, earlier_words
from tui.inbox.situation import Absent, thread_words
from tui.inbox.status import Status
from tui.store.rows import AttachmentRow, ConversationRow, PartRow
from tui.text.html import Link, to_text

HEADER_LINES: Final = 2
_LINK_PARTS: Final = 60
"""Messages searched for links when none is highlighted; older ones are reached by highlighting them."""

Place = tuple[int, int]
"""An item, and a line in it from its first."""


class NumberedFile(NamedTuple):
    """An attachment under the number the thread shows for it."""

    number: int
    part_id: str
    file: AttachmentRow


class ThreadView(LineView, can_focus=True):
    """The parts of one conversation, with at most one of them highlighted."""

    def __init__(
        self,
        look: Look | None = None,
        *,
        names: Names | None = None,
        browser_key: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """`names` gives the names of assignees, teams and tags; `browser_key` opens the browser, "" for none."""
        super().__init__(look, id=id)
        self._browser_key = browser_key
        self.names: Names = names or NoNames()
        self._conversation: ConversationRow | None = None
        self._parts: list[PartRow] = []
        self._looked_at: frozenset[str] | None = None
        self._items: list[Item] = []
        self._weights: list[int] = [0]  # about how many lines stand before each item, for the scroll thumb
        self._at: Place = (0, 0)  # the top line of the view
        self._screen: list[tuple[TLine, int]] = []  # the lines in view, each with its item
        self._thumb = (0, 0)
        self._follows = True  # the newest line was at the bottom when the view was last put somewhere
        self._current = ""
        self._layouter: Layouter | None = None
        self._opening = False
        self._state = Absent.NOTHING
        self._pending = Pending(self.look.clock, self.look.key_of)
        self._timer: Timer | None = None
        self._now = 0
        self._lines_drawn = DrawnLines()

    # What is shown

    def show(
        self, conversation: ConversationRow | None, parts: list[PartRow], *, looked_at: frozenset[str] | None = None
    ) -> None:
        """Show a conversation from its newest words, or from the "new since you looked" rule when there is one.

        `parts` come oldest first, the source first. `looked_at` are the ids of the parts looked at before (None: it was
        never looked at). Without parts a placeholder stands there: see `set_state`.
        """
        self._conversation = conversation
        self._parts = parts
        self._looked_at = looked_at
        self._lines_drawn.forget()
        self._current = ""
        if conversation is None:
            self._state = Absent.NOTHING
        elif self._state is Absent.NOTHING:
            self._state = Absent.LOADING
        self._now = self.now()
        self._layouter = None
        self._opening = True
        self._rebuild()
        self._to_opening()
        self.sync()
        self._tick_while_undoable()

    def update(self, conversation: ConversationRow | None, parts: list[PartRow]) -> None:
        """The same conversation, changed: the lines on screen stay where they are, only changed ones are painted.

        At the newest line the view follows what comes in.
        """
        anchor = self._anchor()
        self._conversation = conversation
        self._parts = parts
        self._now = self.now()
        self._rebuild()
        self._restore(anchor)
        self.sync()
        self._tick_while_undoable()

    def set_status(self, status: Status) -> None:
        """How the link is: what is said of our own parts follows from it."""
        self._pending.status = status
        self._say_pending()

    def _say_pending(self) -> None:
        """Bring the lines of our unconfirmed parts up to date."""
        if self._pending.any(self._parts):
            self._restore(self._anchor())
            self.sync()
        self._tick_while_undoable()

    def _tick_while_undoable(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        seconds = self._pending.next_change(self._parts)
        if seconds and self.is_attached:
            self._timer = self.set_timer(seconds, self._say_pending)

    def on_unmount(self) -> None:
        """No tick after the pane is gone."""
        if self._timer is not None:
            self._timer.stop()

    def set_state(self, state: Absent) -> None:
        """Why an empty thread is empty."""
        if state != self._state and self._conversation is not None:
            self._state = state
            self.sync()

    def refresh_ages(self) -> None:
        """Repaint the waiting time when it reads differently; call it about once a minute."""
        self._now = self.now()
        self.sync()

    @property
    def conversation_id(self) -> str:
        """The conversation on screen, or `""`."""
        return self._conversation.id if self._conversation is not None else ""

    @property
    def contact_id(self) -> str:
        """The contact whose conversation is on screen, or `""`."""
        return self._conversation.contact_id if self._conversation is not None else ""

    @property
    def at_end(self) -> bool:
        """True when the newest line is on screen."""
        return self._follows

    # What was on screen

    @property
    def parts(self) -> list[PartRow]:
        """The thread on screen or around it, oldest first."""
        return self._parts

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual's question for the lines of a region; what it is given goes to the screen."""
        lines = super().render_lines(crop)
        self._lines_drawn.drew(crop, self._screen, HEADER_LINES)
        return lines

    def newest_drawn(self) -> PartRow | None:
        """The newest part of which any line is on screen."""
        return self._lines_drawn.newest(self._screen, HEADER_LINES, self._items)

    def parts_drawn(self, wanted: Callable[[str], bool]) -> list[PartRow]:
        """The parts, of those `wanted` by id, whose words have been on screen since the conversation was shown."""
        made = self._layouter
        if made is None:
            return []
        return self._lines_drawn.complete(self._screen, HEADER_LINES, self._items, made.lines, self._height, wanted)

    def show_part(self, part_id: str) -> bool:
        """Scroll so that the view begins with a part, or ends with the newest line; False where it is not in view."""
        index = next(
            (at for at, item in enumerate(self._items) if any(part.id == part_id for part in item.parts)), None
        )
        if index is None or not self._height:
            return False
        made, item = self._layouter, self._items[index]
        if made is not None and item.kind == "events" and not made.all_events:
            # folded away among others
            self.toggle_events()
            return self.show_part(part_id)
        self._go(min((index, 0), self._end_place()))
        return True

    # Moving

    def scroll_lines(self, delta: int) -> None:
        """Scroll by lines; positive is towards the newest."""
        self._go(self._walk(self._at, delta))

    def page(self, delta: int) -> None:
        """Scroll by screens, keeping two lines in view."""
        self.scroll_lines(delta * max(1, self._height - 2))

    def half_page(self, delta: int) -> None:
        """Scroll by half screens."""
        self.scroll_lines(delta * max(1, self._height // 2))

    def home(self) -> None:
        """To the first message."""
        self._go((0, 0))

    def end(self) -> None:
        """To the newest line."""
        self._go(self._end_place())

    def _go(self, place: Place) -> None:
        self._opening = False
        self._put(place)
        self.sync()

    def _put(self, place: Place) -> None:
        """Make `place` the top of the view and collect what is in view."""
        made, height = self._layouter, self._height
        self._screen = []
        self._thumb = (0, 0)
        self._follows = True
        if made is None or not self._items or not height:
            self._at = (0, 0)
            return
        last = self._end_place()
        self._at = max((0, 0), min(place, last))
        self._follows = self._at == last
        index, offset = self._at
        while index < len(self._items) and len(self._screen) < height:
            lines = made.lines(self._items[index])
            self._screen += [(line, index) for line in lines[offset : offset + height - len(self._screen)]]
            index, offset = index + 1, 0
        if last > (0, 0):
            total = max(self._weights[-1], height + 1)
            before = min(self._weights[self._at[0]] + self._at[1], total - height)
            before = total - height if self._at == last else min(before, total - height - 1)
            start, length = thumb(before, height, total)
            self._thumb = (max(start, 1) if self._at > (0, 0) and length < height - 1 else start, length)

    def _walk(self, place: Place, delta: int) -> Place:
        """The place `delta` lines further on, at most one past the last line of the last item."""
        made = self._layouter
        if made is None or not self._items:
            return (0, 0)
        index, offset = place
        offset += delta
        while offset < 0 and index > 0:
            index -= 1
            offset += len(made.lines(self._items[index]))
        while index < len(self._items) - 1 and offset >= (size := len(made.lines(self._items[index]))):
            index, offset = index + 1, offset - size
        return index, max(0, offset)

    def _end_place(self) -> Place:
        """The top of the view when the newest line is at its bottom."""
        made = self._layouter
        if made is None or not self._items:
            return (0, 0)
        last = len(self._items) - 1
        return self._walk((last, len(made.lines(self._items[last]))), -self._height)

    # Parts

    @property
    def current_part(self) -> PartRow | None:
        """The highlighted message, None when none is."""
        return next((part for part in self._parts if part.id == self._current), None) if self._current else None

    def next_part(self) -> None:
        """Highlight the next message, towards the newest."""
        self._step(1)

    def prev_part(self) -> None:
        """Highlight the message before."""
        self._step(-1)

    def clear_part(self) -> None:
        """Highlight none."""
        self._current = ""
        self.sync()

    def _step(self, direction: int) -> None:
        messages = [index for index, item in enumerate(self._items) if item.kind == "message"]
        if not messages:
            return
        at = next((index for index in messages if self._items[index].part_id == self._current), None)
        if at is None:
            on_screen = [index for index in messages if self._on_screen(index)]
            target = (on_screen[-1] if direction < 0 else on_screen[0]) if on_screen else messages[-1]
        else:
            place = messages.index(at) + direction
            if not 0 <= place < len(messages):
                self._go((0, 0) if direction < 0 else self._end_place())
                return
            target = messages[place]
        self._current = self._items[target].part_id
        self._reveal(target)

    def _on_screen(self, index: int) -> bool:
        return any(item == index for _, item in self._screen)

    def _reveal(self, index: int) -> None:
        """Scroll as little as shows the whole of an item; a taller one from its first line."""
        made = self._layouter
        if made is None:
            return
        size = len(made.lines(self._items[index]))
        lowest = self._walk((index, size), -self._height)
        if size >= self._height or self._at > (index, 0):
            self._go((index, 0))
        elif self._at < lowest:
            self._go(lowest)
        else:
            self._go(self._at)

    def toggle_quotes(self) -> None:
        """Show or hide quoted mail: of the highlighted message, or of all when none is."""
        made = self._layouter
        if made is None:
            return
        anchor = self._anchor()
        if self._current:
            made.unfolded ^= {self._current}
        else:
            made.all_quotes = not made.all_quotes
        self._rebuild()
        self._restore(anchor)
        self.sync()

    def toggle_events(self) -> None:
        """Show runs of events one by one, or as one line."""
        made = self._layouter
        if made is None:
            return
        anchor = self._anchor()
        made.all_events = not made.all_events
        self._rebuild()
        self._restore(anchor)
        self.sync()

    def links(self) -> list[Link]:
        """The addresses in the highlighted message, or in the newest messages, newest first."""
        made = self._layouter
        if made is None:
            return []
        current = self.current_part
        said = [part for part in reversed(self._parts) if part.body][:_LINK_PARTS]
        parts = [current] if current is not None else said
        return [link for part in parts for link in made.links(part)]

    def attachments(self) -> list[NumberedFile]:
        """All attachments of the thread under the numbers shown."""
        files = [(part.id, file) for part in self._parts for file in part.attachments]
        return [NumberedFile(number, part_id, file) for number, (part_id, file) in enumerate(files, 1)]

    def text(self) -> str:
        """The words of the highlighted message, or of the whole thread with its authors."""
        current = self.current_part
        if current is not None:
            return to_text(current.body)
        pieces = [
            f"{'[note] ' if part.is_note else ''}{author_words(part)}, "
            f"{moment(part.created_at, self.now(), self.look.zone)}\n{to_text(part.body, quotes=False)}"
            for part in self._parts
            if part.is_message
        ]
        earlier = self._conversation.earlier(self._parts) if self._conversation is not None else 0
        return "\n\n".join([f"[{earlier_words(earlier)}]", *pieces] if earlier else pieces)

    # Layout

    @property
    def _height(self) -> int:
        return max(0, self.height - HEADER_LINES)

    def _rebuild(self, *, restyled: bool = False) -> None:
        """Make the items anew; those laid out before are laid out no second time, unless they are `restyled`."""
        made, width = self._layouter, max(20, self.width - 1)
        if made is None or restyled or made.width != width:
            old = made
            made = self._layouter = Layouter(
                self.palette, self.glyphs, width, self._now, self.look.zone, self._browser_key
            )
            made.pending_words = self._pending.words
            if old is not None:
                made.keep_from(old)
        shown = self._conversation is not None and bool(self._parts)
        self._items = items_of(self._parts, self._conversation, self._looked_at, self.look.zone) if shown else []
        self._weights = [0, *accumulate([made.guess(item) for item in self._items])]

    def _to_opening(self) -> None:
        """At the newest, or with the "new" rule at the top when more than a screen came in since."""
        rule = next((index for index, item in enumerate(self._items) if item.kind == "new"), len(self._items))
        self._put(min((rule, 0), self._end_place()))

    def _anchor(self) -> tuple[str, int, int] | None:
        """What stands in the top line of the view: kind with part, time, line. None at the newest."""
        if not self._screen or self._follows:
            return None
        item = self._items[self._at[0]]
        return (f"{item.kind}:{item.part_id}", item.at, self._at[1])

    def _restore(self, anchor: tuple[str, int, int] | None) -> None:
        made = self._layouter
        if anchor is None or made is None:
            self._put(self._end_place())
            return
        name, at, offset = anchor
        for index, item in enumerate(self._items):
            if f"{item.kind}:{item.part_id}" == name and (item.part_id or item.at == at):
                self._put((index, min(offset, len(made.lines(item)) - 1)))
                return
        self._put(self._at)

    def resized(self) -> None:
        """Lay out again for the new width, holding the place."""
        anchor = self._anchor()
        self._rebuild()
        if self._opening:
            self._to_opening()
        else:
            self._restore(anchor)

    def forget(self) -> None:
        """Styles or glyphs changed: lay out again."""
        anchor = self._anchor()
        self._rebuild(restyled=True)
        self._restore(anchor)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls three lines."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls three lines."""
        event.stop()
        self.scroll_lines(-3)

    # Drawing

    def _has_thumb(self, row: int) -> bool:
        start, length = self._thumb
        return start <= row < start + length

    def line_key(self, y: int) -> object:
        """What the line shows."""
        if y < HEADER_LINES:
            header = self._header()
            return (y, self.has_focus, header.key if header is not None else ())
        if not self._items:
            return ("placeholder", y, self._state)
        row_at = y - HEADER_LINES
        if row_at >= len(self._screen):
            return ()
        line, item = self._screen[row_at]
        at_cursor = bool(self._current) and self._items[item].part_id == self._current
        return (line, at_cursor, at_cursor and self.has_focus, self._has_thumb(row_at))

    def draw_line(self, y: int) -> Strip:
        """One line of the pane."""
        if y < HEADER_LINES:
            return self._draw_header(y)
        if not self._items:
            return self._draw_placeholder(y)
        row_at = y - HEADER_LINES
        return self._draw_content(row_at) if row_at < len(self._screen) else self.blank()

    def _draw_content(self, row_at: int) -> Strip:
        style, signs, made = self.palette, self.glyphs, self._layouter
        line, item = self._screen[row_at]
        if self._current and self._items[item].part_id == self._current and line.pieces:
            gutter: Piece = (signs.bar, style.bar if self.has_focus else style.bar_blurred)
        elif line.note:
            gutter = (signs.note_bar, style.note)
        else:
            gutter = (" ", line.fill)
        room = made.body + 2 if made is not None else self.width - 2
        pieces = [gutter, *right_aligned(line, room)]
        gap = room + 1 - pieces_len(pieces)
        if gap > 0:
            pieces.append((" " * gap, line.fill))
        rest = self.width - 1 - pieces_len(pieces)
        if rest > 0:
            pieces.append((" " * rest, style.text))
        pieces.append((signs.thumb, style.line) if self._has_thumb(row_at) else (" ", style.text))
        return self.strip(pieces)

    def _header(self) -> ThreadHeader | None:
        row = self._conversation
        if row is None:
            return None
        return ThreadHeader(row, self.palette, self.glyphs, self.look, self.names, self._now)

    def _draw_header(self, y: int) -> Strip:
        style, header = self.palette, self._header()
        if y:
            return self.strip(self.cut(header.chips(), self.width - 1), style.head) if header else self.blank()
        if header is None:
            return self.header([("Thread", style.head_focus if self.has_focus else style.head_title)], [])
        return self.header(*header.title(self.width, focused=self.has_focus))

    def _draw_placeholder(self, y: int) -> Strip:
        style = self.palette
        state = self._state if self._conversation is not None else Absent.NOTHING
        first, second = thread_words(state, self.look.key_of)
        if first.endswith("…"):
            first = first[:-1] + self.glyphs.ellipsis
        middle = HEADER_LINES + max(1, self._height // 3)
        if y == middle:
            return self.centred(first, style.muted)
        if y == middle + 1:
            return self.centred(second, style.faint)
        return self.blank()
