"""The thread: source and parts, opened at the newest; only what comes on the screen is laid out."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer

from tui.app.widgets.card import Card, absent_line, card_for
from tui.app.widgets.lines import Appearance, Piece, pieces_len
from tui.app.widgets.model import Names, NoNames
from tui.app.widgets.scrolling import ScrollingLines
from tui.app.widgets.thread_contents import Openable, openables, thread_text
from tui.app.widgets.thread_cursor import MessageCursor
from tui.app.widgets.thread_header import ThreadHeader
from tui.app.widgets.thread_items import items_of
from tui.app.widgets.thread_layout import Layouter, right_aligned
from tui.app.widgets.thread_pending import Pending
from tui.app.widgets.thread_sight import DrawnLines
from tui.app.widgets.thread_viewport import Anchor, Place, Viewport
from tui.config.access import Access
from tui.inbox.situation import Absent, thread_words
from tui.inbox.status import Status
from tui.model.rows import ConversationRow, PartRow
from tui.text.html import to_text

HEADER_LINES: Final = 2


class ThreadView(ScrollingLines, can_focus=True):
    """The parts of one conversation, with at most one of them highlighted."""

    header_lines: ClassVar[int] = HEADER_LINES
    kept_lines: ClassVar[int] = 2

    def __init__(
        self,
        appearance: Appearance | None = None,
        *,
        names: Names | None = None,
        browser_key: str = "",
        access: Access | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """`names` gives the names of assignees, teams and tags; `browser_key` opens the browser, "" for none; `access`
        is how Intercom is reached, for the card that says that it refuses."""
        super().__init__(appearance, id=id)
        self._browser_key = browser_key
        self.names: Names = names or NoNames()
        self._conversation: ConversationRow | None = None
        self._parts: list[PartRow] = []
        self._looked_at: frozenset[str] | None = None
        self._viewport = Viewport()
        self._cursor = MessageCursor(self._viewport)
        self._opening = False
        self._state = Absent.NOTHING
        self._access = access or Access()
        self._card: Card | None = None
        self._pending = Pending(self.appearance.clock, self.appearance.key_of)
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
        self._cursor.part_id = ""
        if conversation is None:
            self._state = Absent.NOTHING
        elif self._state is Absent.NOTHING:
            self._state = Absent.LOADING
        self._now = self.now()
        self._opening = True
        view = self._viewport
        view.layouter = None  # what was unfolded in another conversation is not kept
        self._rebuild()
        view.put(view.opening())
        self.sync()
        self._tick_while_undoable()

    def update(self, conversation: ConversationRow | None, parts: list[PartRow]) -> None:
        """The same conversation, changed: the lines on screen stay where they are, only changed ones are painted.

        At the newest line the view follows what comes in.
        """
        anchor = self._viewport.anchor()
        self._conversation = conversation
        self._parts = parts
        self._now = self.now()
        self._rebuild_around(anchor)
        self._tick_while_undoable()

    def set_status(self, status: Status) -> None:
        """How the link is: what is said of our own parts follows from it."""
        self._pending.status = status
        card = card_for(status, self._access, self.appearance.key_of)
        if card != self._card:
            self._card = card
            self.sync()
        self._say_pending()

    def _say_pending(self) -> None:
        """Bring the lines of our unconfirmed parts up to date."""
        if self._pending.any(self._parts):
            self._viewport.restore(self._viewport.anchor())
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
        if self._timer is not None:
            self._timer.stop()

    def set_state(self, state: Absent) -> None:
        """Say why there are no parts, as long as there are none."""
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
        return self._viewport.follows

    # What was on screen

    @property
    def parts(self) -> list[PartRow]:
        """The thread on screen or around it, oldest first."""
        return self._parts

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region for the screen; they count as drawn from now on."""
        lines = super().render_lines(crop)
        self._lines_drawn.drew(crop, self._viewport.rows, HEADER_LINES)
        return lines

    def newest_drawn(self, wanted: Callable[[PartRow], bool]) -> PartRow | None:
        """The newest part, of those `wanted`, of which any line is on screen."""
        return self._lines_drawn.newest(self._viewport.rows, HEADER_LINES, self._viewport.items, wanted)

    def parts_drawn(self, wanted: Callable[[str], bool]) -> list[PartRow]:
        """The parts, of those `wanted` by id, whose words have been on screen since the conversation was shown."""
        made = self._viewport.layouter
        if made is None:
            return []
        view = self._viewport
        return self._lines_drawn.complete(view.rows, HEADER_LINES, view.items, made.lines, view.free_height, wanted)

    def show_part(self, part_id: str) -> bool:
        """Scroll so that the view begins with a part, or ends with the newest line; False where it is not in view."""
        view = self._viewport
        index = next((at for at, item in enumerate(view.items) if any(part.id == part_id for part in item.parts)), None)
        if index is None or not view.height:
            return False
        made, item = view.layouter, view.items[index]
        if made is not None and item.kind == "events" and not made.all_events:
            # folded away among others
            self.toggle_events()
            return self.show_part(part_id)
        self._go(min(view.at_top((index, 0)), view.end()))
        return True

    # Moving

    def scroll_lines(self, delta: int) -> None:
        """Scroll by lines; positive is towards the newest."""
        self._go(self._viewport.walk(self._viewport.top, delta))

    def thumb_rows(self) -> tuple[int, int]:
        return self._viewport.thumb

    def home(self) -> None:
        """Scroll to the first message."""
        self._go((0, 0))

    def end(self) -> None:
        """Scroll to the newest line."""
        self._go(self._viewport.end())

    def _go(self, place: Place) -> None:
        self._opening = False
        self._viewport.put(place)
        self._cursor.follow()
        self.sync()

    # Parts

    @property
    def current_part(self) -> PartRow | None:
        """The highlighted message, None when none is."""
        marked = self._cursor.part_id
        return next((part for part in self._parts if part.id == marked), None) if marked else None

    def next_part(self) -> None:
        """Highlight the next message, towards the newest."""
        self._step(1)

    def prev_part(self) -> None:
        """Highlight the message before."""
        self._step(-1)

    def clear_part(self) -> None:
        """Highlight no message."""
        self._cursor.part_id = ""
        self.sync()

    def _step(self, direction: int) -> None:
        place = self._cursor.step(direction)
        if place is not None:
            self._go(place)

    def toggle_quotes(self) -> None:
        """Show or hide quoted mail: of the highlighted message, or of all when none is."""
        made = self._viewport.layouter
        if made is None:
            return
        anchor = self._viewport.anchor()
        if marked := self._cursor.part_id:
            made.unfolded ^= {marked}
        else:
            made.all_quotes = not made.all_quotes
        self._rebuild_around(anchor)

    def toggle_events(self) -> None:
        """Show runs of events one by one, or as one line."""
        made = self._viewport.layouter
        if made is None:
            return
        anchor = self._viewport.anchor()
        made.all_events = not made.all_events
        self._rebuild_around(anchor)

    def openables(self) -> list[Openable]:
        """Links and files by number: those of the highlighted message first, else of the newest message."""
        made = self._viewport.layouter
        return openables(self._parts, made, self.current_part) if made is not None else []

    def text(self) -> str:
        """The words of the highlighted message, or of the whole thread with its authors."""
        current = self.current_part
        if current is not None:
            return to_text(current.body)
        earlier = self._conversation.earlier(self._parts) if self._conversation is not None else 0
        return thread_text(self._parts, self.now(), self.appearance.zone, earlier=earlier)

    # Layout

    def _rebuild(self, *, restyled: bool = False) -> None:
        """Make the items anew; those laid out before are laid out no second time, unless they are `restyled`."""
        made, width = self._viewport.layouter, max(20, self.width - 1)
        if made is None or restyled or made.width != width:
            old = made
            made = Layouter(self.palette, self.glyphs, width, self._now, self.appearance.zone, self._browser_key)
            made.pending_words = self._pending.words
            if old is not None:
                made.keep_from(old)
        shown = self._conversation is not None and bool(self._parts)
        items = items_of(self._parts, self._conversation, self._looked_at, self.appearance.zone) if shown else []
        self._viewport.set_items(items, made)

    def _rebuild_around(self, anchor: Anchor | None) -> None:
        """Make the items anew and repaint, with what `anchor` names where it stood."""
        self._rebuild()
        self._viewport.restore(anchor)
        self.sync()

    def resized(self) -> None:
        """Lay out again for the new width, holding the place."""
        view = self._viewport
        view.height = self.body_height
        anchor = view.anchor()
        self._rebuild()
        if self._opening:
            view.put(view.opening())
        else:
            view.restore(anchor)

    def forget(self) -> None:
        """Lay out again: styles or glyphs changed."""
        anchor = self._viewport.anchor()
        self._rebuild(restyled=True)
        self._viewport.restore(anchor)

    # Drawing

    def line_key(self, y: int) -> object:
        if y < HEADER_LINES:
            header = self._header()
            return (y, self.has_focus, header.key if header is not None else ())
        view = self._viewport
        if not view.items:
            return ("placeholder", y, self._state, self._card)
        row_at = y - HEADER_LINES
        if row_at >= len(view.rows):
            return ()
        line, item = view.rows[row_at]
        at_cursor = self._cursor.is_on(item)
        start, length = view.thumb
        return (line, at_cursor, at_cursor and self.has_focus, start <= row_at < start + length)

    def draw_line(self, y: int) -> Strip:
        if y < HEADER_LINES:
            return self._draw_header(y)
        if not self._viewport.items:
            return self._draw_placeholder(y)
        row_at = y - HEADER_LINES
        return self._draw_content(row_at) if row_at < len(self._viewport.rows) else self.blank()

    def _draw_content(self, row_at: int) -> Strip:
        style, signs, made = self.palette, self.glyphs, self._viewport.layouter
        line, item = self._viewport.rows[row_at]
        if self._cursor.is_on(item) and line.pieces:
            gutter: Piece = (signs.bar, style.bar if self.has_focus else style.bar_blurred)
        elif line.note:
            gutter = (signs.note_bar, style.note_bar)
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
        pieces.append((signs.thumb, style.line) if self.has_thumb(row_at) else (" ", style.text))
        return self.strip(pieces)

    def _header(self) -> ThreadHeader | None:
        row = self._conversation
        if row is None:
            return None
        return ThreadHeader(row, self.palette, self.glyphs, self.appearance, self.names, self._now)

    def _draw_header(self, y: int) -> Strip:
        style, header = self.palette, self._header()
        if y:
            return self.strip(self.cut(header.chips(), self.width - 1), style.head) if header else self.blank()
        if header is None:
            return self.header([("Thread", style.head_focus if self.has_focus else style.head_title)], [])
        return self.header(*header.title(self.width, focused=self.has_focus))

    def _draw_placeholder(self, y: int) -> Strip:
        is_open = self._conversation is not None
        words = thread_words(self._state if is_open else Absent.NOTHING, self.appearance.key_of)
        return absent_line(self, y - HEADER_LINES, self.body_height, None if is_open else self._card, words)
