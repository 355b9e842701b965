"""The thread: source and parts, opened at the newest, laid out from there, the rest in short slices."""

import time
from typing import Final, NamedTuple

from textual import events
from textual.geometry import clamp
from textual.strip import Strip
from textual.timer import Timer

from tui.app.widgets.lines import LineView, Look, Piece, cut, pieces_len, thumb
from tui.app.widgets.model import Names, NoNames
from tui.app.widgets.thread_layout import Item, Layouter, TLine, items_of, right_aligned
from tui.app.widgets.words import heat, moment, short_age
from tui.store.rows import AttachmentRow, ConversationRow, PartRow
from tui.text.html import Link, to_text

HEADER_LINES: Final = 2
_SLICE: Final = 0.005
"""Seconds of layout work at a time; a key never waits longer than this for us."""
_PAUSE: Final = 0.004
_NEW_RULE_SCREENS: Final = 6
"""How far up the "new" rule may be for the thread to open there."""

_PLACEHOLDERS = {
    "nothing": ("No conversation here.", "choose one in the list: enter reads it"),
    "loading": ("Fetching the thread", "it is read once and kept"),
    "offline": ("Not on this machine yet.", "the thread comes when the connection does"),
    "empty": ("No words in this conversation.", "b opens it in the browser"),
}


class NumberedFile(NamedTuple):
    """An attachment under the number the thread shows for it."""

    number: int
    part_id: str
    file: AttachmentRow


class ThreadView(LineView, can_focus=True):
    """The parts of one conversation.

    Positions count from the newest line: laying out older parts then moves nothing that is on the screen.
    """

    def __init__(
        self,
        look: Look | None = None,
        *,
        names: Names | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """`names` gives the names of assignees, teams and tags."""
        super().__init__(look, id=id)
        self.names: Names = names or NoNames()
        self._conversation: ConversationRow | None = None
        self._parts: list[PartRow] = []
        self._seen_at = 0
        self._items: list[Item] = []
        self._laid: dict[int, tuple[int, int]] = {}  # item -> (its newest line counted from the end, its lines)
        self._next = -1  # the item to lay out next, going up
        self._tail: list[tuple[TLine, int]] = []  # newest line first, each with its item
        self._below = 0
        self._current = ""
        self._layouter: Layouter | None = None
        self._timer: Timer | None = None
        self._going_home = False
        self._opening = False
        self._state = "nothing"
        self._now = 0

    # What is shown

    def show(self, conversation: ConversationRow | None, parts: list[PartRow], *, seen_at: int = 0) -> None:
        """Show a conversation from its newest words, or from the "new since you looked" rule when there is one.

        `parts` come oldest first, the source first. `seen_at` is the `created_at` of the newest part looked at before
        (0: never). Without parts a placeholder stands there: see `set_state`.
        """
        self._conversation = conversation
        self._parts = parts
        self._seen_at = seen_at
        self._current = ""
        self._below = 0
        self._going_home = False
        self._state = "nothing" if conversation is None else self._state if self._state != "nothing" else "loading"
        self._now = self.now()
        self._layouter = None
        self._opening = True
        self._rebuild()
        self._open_position()
        self.sync()

    def update(self, conversation: ConversationRow | None, parts: list[PartRow], *, seen_at: int | None = None) -> None:
        """The same conversation, changed: the lines on screen stay where they are, only changed ones are painted.

        At the newest line the view follows what comes in.
        """
        anchor = self._anchor() if self._below else None
        self._conversation = conversation
        self._parts = parts
        if seen_at is not None:
            self._seen_at = seen_at
        self._now = self.now()
        self._rebuild()
        if anchor is not None:
            self._restore(anchor)
        self.sync()

    def set_state(self, state: str) -> None:
        """What an empty thread says: `loading`, `offline` or `empty`."""
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
    def complete(self) -> bool:
        """True when every part is laid out."""
        return self._next < 0

    @property
    def at_end(self) -> bool:
        """True when the newest line is on screen."""
        return self._below == 0

    # Moving

    def scroll_lines(self, delta: int) -> None:
        """Scroll by lines; positive is towards the newest."""
        self._scroll(self._below - delta)

    def page(self, delta: int) -> None:
        """Scroll by screens, keeping two lines in view."""
        self._scroll(self._below - delta * max(1, self._height - 2))

    def half_page(self, delta: int) -> None:
        """Scroll by half screens."""
        self._scroll(self._below - delta * max(1, self._height // 2))

    def home(self) -> None:
        """To the first message; while older parts are still being laid out, as far as they are and then on."""
        self._going_home = not self.complete
        self._scroll(len(self._tail))

    def end(self) -> None:
        """To the newest line."""
        self._scroll(0)

    def _scroll(self, below: int) -> None:
        if below <= self._below:
            self._going_home = False
        self._opening = False
        self._lay_out(max(0, below) + self._height)
        self._below = clamp(below, 0, max(0, len(self._tail) - self._height))
        self.sync()

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
                self._scroll(len(self._tail) if direction < 0 else 0)
                return
            target = messages[place]
        self._current = self._items[target].part_id
        self._reveal(target)

    def _on_screen(self, index: int) -> bool:
        if index not in self._laid:
            return False
        start, count = self._laid[index]
        return start < self._below + self._height and start + count > self._below

    def _reveal(self, index: int) -> None:
        while index not in self._laid and not self.complete:
            self._lay_one()
        start, count = self._laid[index]
        top = start + count  # one past its first line, counted from the end
        below = self._below
        if top > below + self._height or count >= self._height:
            below = top - self._height
        elif start < below:
            below = start
        self._scroll(below)

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
        """The addresses in the highlighted message, or in all messages, newest first."""
        made = self._layouter
        if made is None:
            return []
        current = self.current_part
        parts = [current] if current is not None else [part for part in reversed(self._parts) if part.body]
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
            f"{'[note] ' if part.is_note else ''}{part.author_name or part.author_type}, "
            f"{moment(part.created_at, self.now(), self.look.zone)}\n{to_text(part.body, quotes=False)}"
            for part in self._parts
            if part.is_message
        ]
        return "\n\n".join(pieces)

    # Layout

    @property
    def _height(self) -> int:
        return max(0, self.size.height - HEADER_LINES)

    def _rebuild(self) -> None:
        """Make the items anew; what was laid out before costs nothing to lay out again."""
        old = self._layouter
        width = self.size.width - 1
        if old is None or old.width != max(20, width) or old.palette is not self.palette:
            self._layouter = Layouter(self.palette, self.glyphs, width, self._now, self.look.zone)
            if old is not None:
                self._layouter.keep_from(old)
        shown = self._conversation is not None and bool(self._parts)
        self._items = items_of(self._parts, self._conversation, self._seen_at, self.look.zone) if shown else []
        self._tail = []
        self._laid = {}
        self._next = len(self._items) - 1
        made = self._layouter
        if self._height:
            self._lay_out(self._below + self._height)
            while made is not None and self._next >= 0 and made.is_made(self._items[self._next]):
                self._lay_one()
            self._below = clamp(self._below, 0, max(0, len(self._tail) - self._height))
        if self.complete:
            self._stop()
        elif self._timer is None and self.is_attached:
            self._timer = self.set_timer(_PAUSE, self._slice)

    def _lay_one(self) -> None:
        made = self._layouter
        if made is None or self._next < 0:
            return
        index = self._next
        lines = made.lines(self._items[index])
        self._laid[index] = (len(self._tail), len(lines))
        self._tail += [(line, index) for line in reversed(lines)]
        self._next = index - 1

    def _lay_out(self, lines: int) -> None:
        while len(self._tail) < lines and self._next >= 0:
            self._lay_one()

    def _slice(self) -> None:
        self._timer = None
        stop_at = time.perf_counter() + _SLICE
        while self._next >= 0 and time.perf_counter() < stop_at:
            self._lay_one()
        if self._going_home:
            self._below = max(0, len(self._tail) - self._height)
            self._going_home = not self.complete
        if not self.complete:
            self._timer = self.set_timer(_PAUSE, self._slice)
        self.sync()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _open_position(self) -> None:
        """At the newest, or with the "new" rule at the top when more than a screen came in since."""
        height = self._height
        rule = next((index for index, item in enumerate(self._items) if item.kind == "new"), -1)
        if not height or rule < 0:
            return
        while self._next >= rule and len(self._tail) < height * _NEW_RULE_SCREENS:
            self._lay_one()
        if rule in self._laid:
            start, count = self._laid[rule]
            if start + count > height:
                self._lay_out(start + count)
                self._below = max(0, start + count - height)

    def _anchor(self) -> tuple[str, int, int]:
        """What stands in the top line of the view: kind with part, time, and the line counted from the item's end."""
        top = self._index(0)
        if top is None:
            return ("", 0, 0)
        index = self._tail[top][1]
        item = self._items[index]
        return (f"{item.kind}:{item.part_id}", item.at, top - self._laid[index][0])

    def _restore(self, anchor: tuple[str, int, int]) -> None:
        name, at, offset = anchor
        for index, item in enumerate(self._items):
            if f"{item.kind}:{item.part_id}" == name and (item.part_id or item.at == at):
                while index not in self._laid and not self.complete:
                    self._lay_one()
                start, count = self._laid[index]
                below = start + min(offset, count - 1) + 1 - self._height
                self._lay_out(below + self._height)
                self._below = clamp(below, 0, max(0, len(self._tail) - self._height))
                return

    def resized(self) -> None:
        """Lay out again for the new width, holding the place."""
        anchor = self._anchor() if self._below and not self._opening else None
        self._rebuild()
        if self._opening:
            self._open_position()
        elif anchor is not None:
            self._restore(anchor)

    def forget(self) -> None:
        """Styles or glyphs changed: lay out again."""
        old = self._layouter
        if old is not None:
            self._layouter = Layouter(self.palette, self.glyphs, self.size.width - 1, self._now, self.look.zone)
            self._layouter.keep_from(old)
            self._rebuild()

    def on_unmount(self) -> None:
        """No slice after the pane is gone."""
        self._stop()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls three lines."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls three lines."""
        event.stop()
        self.scroll_lines(-3)

    # Drawing

    def _index(self, row: int) -> int | None:
        """The line of the tail at content row `row`, None below the last."""
        total, height = len(self._tail), self._height
        index = total - 1 - row if total < height else self._below + height - 1 - row
        return index if 0 <= index < total else None

    def _has_thumb(self, row: int) -> bool:
        if not self.complete:
            return False
        total = len(self._tail)
        start, length = thumb(total - self._height - self._below, self._height, total)
        return bool(length) and start <= row < start + length

    def line_key(self, y: int) -> object:
        """What the line shows."""
        if y < HEADER_LINES:
            row = self._conversation
            if row is None:
                return (y, self.has_focus)
            waits = self._waiting(row)
            return (y, row.title, row.contact_name, self.has_focus, waits, self._chips_key(row) if y else ())
        if not self._tail:
            return ("placeholder", y, self._state)
        index = self._index(y - HEADER_LINES)
        if index is None:
            return ()
        line, item = self._tail[index]
        at_cursor = bool(self._current) and self._items[item].part_id == self._current
        return (line, at_cursor, at_cursor and self.has_focus, self._has_thumb(y - HEADER_LINES))

    def draw_line(self, y: int) -> Strip:
        """One line of the pane."""
        if y == 0:
            return self._draw_title()
        if y < HEADER_LINES:
            return self._draw_chips()
        if not self._tail:
            return self._draw_placeholder(y)
        index = self._index(y - HEADER_LINES)
        return self.blank() if index is None else self._draw_content(index, self._has_thumb(y - HEADER_LINES))

    def _draw_content(self, index: int, has_thumb: bool) -> Strip:
        style, signs, made = self.palette, self.glyphs, self._layouter
        line, item = self._tail[index]
        if self._current and self._items[item].part_id == self._current and line.pieces:
            gutter: Piece = (signs.bar, style.bar if self.has_focus else style.bar_blurred)
        elif line.note:
            gutter = (signs.note_bar, style.note)
        else:
            gutter = (" ", line.fill)
        room = made.body + 2 if made is not None else self.size.width - 2
        pieces = [gutter, *right_aligned(line, room)]
        gap = room + 1 - pieces_len(pieces)
        if gap > 0:
            pieces.append((" " * gap, line.fill))
        rest = self.size.width - 1 - pieces_len(pieces)
        if rest > 0:
            pieces.append((" " * rest, style.text))
        pieces.append((signs.thumb, style.line) if has_thumb else (" ", style.text))
        return self.strip(pieces)

    def _waiting(self, row: ConversationRow) -> tuple[str, int]:
        if row.state == "snoozed" and row.snoozed_until > self._now:
            return f"{self.glyphs.snoozed} until {moment(row.snoozed_until, self._now, self.look.zone)}", -1
        if row.waiting_since and row.state == "open":
            waits = self._now - row.waiting_since
            return f"waits {short_age(waits, coarse=self.low_bandwidth)}", heat(waits)
        return "", -1

    def _draw_title(self) -> Strip:
        style, row = self.palette, self._conversation
        title = style.head_focus if self.has_focus else style.head_title
        if row is None:
            return self.header([("Thread", title)], [])
        name = row.contact_name or row.contact_email or "Unknown contact"
        left: list[Piece] = [(name, title)]
        if row.title:
            left.append((f"  {row.title}", style.head))
        words, warmth = self._waiting(row)
        colour = style.head_muted if warmth < 0 else style.head + style.heat[warmth].without_color
        if warmth >= 0 and (heat_colour := style.heat[warmth].color) is not None:
            colour = style.head + type(style.head)(color=heat_colour)
        return self.header(left, [(words, colour)] if words else [])

    def _chips_key(self, row: ConversationRow) -> tuple[object, ...]:
        return (row.state, row.priority, row.sla, row.admin_assignee_id, row.team_assignee_id, row.tag_ids, row.channel)

    def _draw_chips(self) -> Strip:
        style, signs, row = self.palette, self.glyphs, self._conversation
        if row is None:
            return self.blank()
        chips: list[list[Piece]] = []
        state = {"open": style.ok, "snoozed": style.accent}.get(row.state, style.muted)
        chips.append([(row.state, state)])
        if row.priority:
            chips.append([(f"{signs.priority} priority", style.warn)])
        if row.sla:
            chips.append([(f"SLA {row.sla}", style.err if row.sla == "missed" else style.muted)])
        who = self.names.admin_name(row.admin_assignee_id) if row.admin_assignee_id else ""
        team = self.names.team_name(row.team_assignee_id) if row.team_assignee_id else ""
        if who or team:
            chips.append([(f"{signs.arrow} ", style.faint), (" / ".join(filter(None, (team, who))), style.muted)])
        else:
            chips.append([(f"{signs.arrow} ", style.faint), ("nobody", style.muted)])
        for tag_id in row.tag_ids:
            if tag := self.names.tag_name(tag_id):
                chips.append([(f"#{tag}", style.accent)])
        if row.channel:
            chips.append([(row.channel.replace("_", " "), style.faint)])
        pieces: list[Piece] = [(" ", style.text)]
        for number, chip in enumerate(chips):
            if number:
                pieces.append(("  ", style.text))
            pieces += chip
        return self.strip(cut(pieces, self.size.width - 1))

    def _draw_placeholder(self, y: int) -> Strip:
        style = self.palette
        state = self._state if self._conversation is not None else "nothing"
        first, second = _PLACEHOLDERS.get(state, _PLACEHOLDERS["loading"])
        if state == "loading":
            first += self.glyphs.ellipsis
        middle = HEADER_LINES + max(1, self._height // 3)
        if y == middle:
            return self.centred(first, style.muted)
        if y == middle + 1:
            return self.centred(second, style.faint)
        return self.blank()
