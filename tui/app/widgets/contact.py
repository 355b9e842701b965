"""The contact pane: who writes, in sections of aligned labels, with their last conversations to open."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.style import Style
from textual import events
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip

from tui.app.widgets.lines import LineView, Look, Piece, pieces_len, thumb
from tui.app.widgets.model import Names, NoNames
from tui.app.widgets.words import moment, short_age
from tui.inbox.situation import Absent, contact_words
from tui.store.rows import ContactRow, ConversationRow
from tui.text.ages import local
from tui.text.clean import clean_line
from tui.text.width import cell_len, pad, truncate, wrap_text

HEADER_LINES = 1
_LABEL = 10
_SHOWN_COMPANIES = 3
_SHOWN_NOTES = 4
_SHOWN_EVENTS = 8


@dataclass(slots=True, eq=False)
class _Row:
    """One line: its pieces, and the conversation that Enter opens there."""

    key: object
    pieces: list[Piece]
    target: str = ""
    fill: Style | None = None


class ContactView(LineView, can_focus=True):
    """Everything known about one contact; the cursor rests on the last conversations."""

    @dataclass
    class OpenConversation(Message):
        """Enter or a click on one of the last conversations."""

        conversation_id: str

    def __init__(
        self,
        look: Look | None = None,
        *,
        names: Names | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """`names` gives the names of tags and owners."""
        super().__init__(look, id=id)
        self.names: Names = names or NoNames()
        self._contact: ContactRow | None = None
        self._conversations: list[ConversationRow] = []
        self._lines: list[_Row] = []
        self._top = 0
        self._cursor = -1
        self._now = 0
        self._state = Absent.NOTHING
        self._trouble = ""

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
        same = contact is not None and self._contact is not None and contact.id == self._contact.id
        target = self.current_conversation
        self._contact = contact
        self._conversations = conversations
        self._state = state
        self._trouble = clean_line(trouble)
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
        if state is not self._state:
            self._state = state
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
        return self._contact.id if self._contact is not None else ""

    @property
    def current_conversation(self) -> str:
        """The conversation under the cursor, or `""`."""
        return self._lines[self._cursor].target if 0 <= self._cursor < len(self._lines) else ""

    @property
    def pointed_conversation(self) -> str:
        """The conversation under the cursor while that line is in view, or `""`."""
        in_view = self._top <= self._cursor < self._top + self._height
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
        seen = range(self._top, self._top + self._height)
        target = (ahead[0] if step > 0 else ahead[-1]) if ahead else -1
        if target in seen:
            self._cursor = target
        elif step < 0 and not ahead and self._top == 0:
            self._cursor = -1
        else:
            self._top = clamp(self._top + step, 0, self._last_top)

    def page(self, delta: int) -> None:
        """Scroll by screens."""
        self._scroll(delta * max(1, self._height - 1))

    def half_page(self, delta: int) -> None:
        """Scroll by half screens."""
        self._scroll(delta * max(1, self._height // 2))

    def home(self) -> None:
        """To the top."""
        self._cursor = -1
        self._scroll(-len(self._lines))

    def end(self) -> None:
        """To the bottom."""
        self._scroll(len(self._lines))

    def open_current(self) -> None:
        """Post `OpenConversation` for the conversation under the cursor."""
        if target := self.current_conversation:
            self.post_message(self.OpenConversation(target))

    def _scroll(self, lines: int) -> None:
        self._top = clamp(self._top + lines, 0, self._last_top)
        self.sync()

    @property
    def _height(self) -> int:
        return max(0, self.height - HEADER_LINES)

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self._height)

    def on_click(self, event: events.Click) -> None:
        """A click on a conversation opens it."""
        index = self._top + event.y - HEADER_LINES
        if event.y >= HEADER_LINES and index < len(self._lines) and self._lines[index].target:
            self._cursor = index
            self.sync()
            self.open_current()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls three lines."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls three lines."""
        event.stop()
        self._scroll(-3)

    # Building

    def resized(self) -> None:
        """Wrap again for the new width."""
        self._build()
        self._top = clamp(self._top, 0, self._last_top)

    def forget(self) -> None:
        """Styles changed."""
        self._build()

    def _build(self) -> None:
        self._lines = []
        contact, width = self._contact, self.width - 3
        if width < 8:
            return
        if contact is None:
            if self._failure:
                self._add_sentence(self._failure)
            return
        self._add_identity(contact)
        self._add_place(contact)
        self._add_company(contact)
        self._add_unread(contact)
        self._add_words("Segments", contact.segments)
        tags = tuple(name for tag_id in contact.tag_ids if (name := self.names.tag_name(tag_id)))
        self._add_words("Tags", tuple(f"#{tag}" for tag in tags), self.palette.accent)
        self._add_conversations()
        self._add_attributes(contact)
        self._add_notes(contact, width)
        self._add_events(contact)
        if self._state not in (Absent.NOTHING, Absent.EMPTY) and not contact.fetched_at and not self._failure:
            self._gap()
            for words in filter(None, self._words()):
                for line in wrap_text(words, width):
                    self._line(("missing", line), [(line, self.palette.faint)])

    @property
    def _failure(self) -> str:
        """What Intercom said instead of the details, while nothing else explains why they are not here."""
        return self._trouble if self._state in (Absent.NOTHING, Absent.EMPTY, Absent.FAILED) else ""

    def _words(self) -> tuple[str, str]:
        first, second = contact_words(self._state)
        return (first[:-1] + self.glyphs.ellipsis if first.endswith("…") else first), second

    def _line(self, key: tuple[object, ...], pieces: list[Piece], target: str = "", fill: Style | None = None) -> None:
        self._lines.append(_Row(key, pieces, target, fill))

    def _gap(self) -> None:
        if self._lines:
            self._line(("gap",), [])

    def _title(self, words: str) -> None:
        self._gap()
        self._line(("title", words), [(words, self.palette.accent)])

    def _pair(self, label: str, value: str, style: Style | None = None, cells: int = _LABEL) -> None:
        if not value:
            return
        value_style = style or self.palette.text
        label_cells = min(cells, max(6, self.width // 2 - 2))
        shown = truncate(clean_line(value), self.width - 4 - label_cells, self.glyphs.ellipsis)
        self._line(
            ("pair", label, shown, value_style),
            [(pad(label, label_cells - 1, self.glyphs.ellipsis) + " ", self.palette.faint), (shown, value_style)],
        )

    def _add_identity(self, contact: ContactRow) -> None:
        style = self.palette
        name = truncate(contact.display, self.width - 4, self.glyphs.ellipsis)
        self._line(("name", name), [(name, style.bold)])
        role = {"user": "customer", "lead": "lead", "visitor": "visitor"}.get(contact.role, contact.role)
        flags = [word for word, on in (("unsubscribed", contact.unsubscribed), ("blocked", contact.blocked)) if on]
        line: list[Piece] = [(role or "contact", style.muted)]
        for flag in flags:
            line += [("  ", style.text), (flag, style.warn)]
        self._line(("role", role, *flags), line)
        self._gap()
        if contact.email != contact.display:
            self._pair("email", contact.email, style.link)
        self._pair("phone", contact.phone)
        self._pair("id", contact.external_id, style.muted)
        if contact.owner_id:
            self._pair("owner", self.names.admin_name(contact.owner_id))

    def _add_place(self, contact: ContactRow) -> None:
        there = ", ".join(filter(None, (contact.city, contact.country)))
        self._pair("local", self._local_time(contact.timezone))
        self._pair("place", there)
        self._pair("language", contact.language)
        self._pair("browser", ", ".join(filter(None, (contact.browser, contact.os))))
        self._pair("seen", self._ago(contact.last_seen_at))
        self._pair("since", self._date(contact.signed_up_at or contact.created_at))

    def _add_company(self, contact: ContactRow) -> None:
        if not contact.company_names and not contact.plan:
            return
        self._title("Company")
        for name in contact.company_names[:_SHOWN_COMPANIES]:
            self._pair("name", name, self.palette.bright)
        more = len(contact.company_names) - _SHOWN_COMPANIES
        if more > 0:
            self._pair("", f"+{more} more", self.palette.faint)
        self._pair("plan", contact.plan)

    def _add_words(self, title: str, words: tuple[str, ...], style: Style | None = None) -> None:
        if not words:
            return
        self._title(title)
        text = "  ".join(clean_line(word) for word in words)
        for line in wrap_text(text, self.width - 4):
            self._line(("words", line), [(line, style or self.palette.text)])

    def _add_conversations(self) -> None:
        style = self.palette
        if not self._conversations:
            return
        self._title(f"Conversations  {len(self._conversations)}")
        for row in self._conversations:
            age = short_age(self._now - row.updated_at, coarse=self.look.low_bandwidth).rjust(3)
            room = self.width - 4 - len(age) - 1
            words = truncate(clean_line(row.title or row.preview or "(no words)"), room, self.glyphs.ellipsis)
            colour = style.text if row.state == "open" else style.muted
            gap = " " * max(1, room + 1 - pieces_len([(words, colour)]))
            self._line(
                ("conversation", row.id, words, age, row.state),
                [(words, colour), (gap, style.text), (age, style.faint)],
                row.id,
            )

    def _add_attributes(self, contact: ContactRow) -> None:
        if not contact.custom_attributes:
            return
        self._title("Attributes")
        pairs = [(clean_line(name).replace("_", " "), value) for name, value in contact.custom_attributes]
        cells = max(_LABEL, *[cell_len(name) + 1 for name, _ in pairs])
        for name, value in pairs:
            self._pair(name, value, cells=cells)

    def _add_notes(self, contact: ContactRow, width: int) -> None:
        style = self.palette
        if not contact.notes:
            return
        self._title(f"Notes  {len(contact.notes)}")
        for at, author, text in contact.notes[:_SHOWN_NOTES]:
            head = f"{author}, {self._date(at)}" if author else self._date(at)
            self._line(("note", head), [(truncate(head, width), style.note_muted)], fill=style.note_text)
            for line in wrap_text(text, width)[:6]:
                self._line(("words", line), [(line, style.note_text)], fill=style.note_text)

    def _add_events(self, contact: ContactRow) -> None:
        if not contact.events:
            return
        self._title("Events")
        for at, name in contact.events[:_SHOWN_EVENTS]:
            self._pair(self._ago(at).replace(" ago", ""), name, self.palette.muted)

    def _add_unread(self, contact: ContactRow) -> None:
        """What is missing and why, each reason once."""
        why: dict[str, list[str]] = {}
        for part, reason in contact.unread:
            why.setdefault(reason, []).append(part)
        sentences = [f"{', '.join(parts).capitalize()}: {reason}" for reason, parts in why.items()]
        if self._failure:
            sentences.append(self._failure)
        for sentence in sentences:
            self._add_sentence(sentence)

    def _add_sentence(self, sentence: str) -> None:
        self._gap()
        for line in wrap_text(sentence, self.width - 4):
            self._line(("words", line), [(line, self.palette.faint)])

    def _ago(self, at: int) -> str:
        if not at:
            return ""
        words = short_age(self._now - at, coarse=self.look.low_bandwidth)
        return words if words == "now" else f"{words} ago"

    def _date(self, at: int) -> str:
        return moment(at, self._now, self.look.zone) if at else ""

    def _local_time(self, zone_name: str) -> str:
        """The customer's clock to ten minutes (it would tick otherwise), with its distance from ours."""
        if not zone_name:
            return ""
        from zoneinfo import ZoneInfo

        try:
            zone = ZoneInfo(zone_name)
        except (KeyError, ValueError, OSError):  # not a zone we know: show what Intercom says
            return zone_name
        there, here = local(self._now, zone), local(self._now, self.look.zone)
        hours = (_offset(there) - _offset(here)).total_seconds() / 3600
        apart = "" if not hours else f" ({hours:+g} h)"
        return f"{there:%a %H:%M}{apart}"

    # Drawing

    def _thumb(self) -> tuple[int, int]:
        return thumb(self._top, self._height, len(self._lines))

    def line_key(self, y: int) -> object:
        """What the line shows."""
        if y < HEADER_LINES:
            return ("head", self.has_focus)
        row = y - HEADER_LINES
        index = self._top + row
        start, length = self._thumb()
        has_thumb = bool(length) and start <= row < start + length
        if index >= len(self._lines):
            return ("blank", y, self._contact is None and not self._lines, self._state)
        return (self._lines[index].key, index == self._cursor, index == self._cursor and self.has_focus, has_thumb)

    def draw_line(self, y: int) -> Strip:
        """One line of the pane."""
        style, signs = self.palette, self.glyphs
        if y < HEADER_LINES:
            title = style.head_focus if self.has_focus else style.head_title
            return self.header([("Contact", title)], [])
        row = y - HEADER_LINES
        index = self._top + row
        if index >= len(self._lines):
            middle = max(1, self._height // 3)
            if self._contact is None and not self._lines and row in (middle, middle + 1):
                return self.centred(self._words()[row - middle], style.muted if row == middle else style.faint)
            return self.blank()
        line = self._lines[index]
        start, length = self._thumb()
        at_cursor = index == self._cursor
        bar_style = style.bar if self.has_focus else style.bar_blurred
        gutter: list[Piece] = [(signs.bar, bar_style) if at_cursor else (" ", style.text), (" ", style.text)]
        pieces = self.cut(line.pieces, self.width - 3)
        gap = " " * (self.width - 3 - pieces_len(pieces))
        end: Piece = (signs.thumb, style.line) if length and start <= row < start + length else (" ", style.text)
        return self.strip([*gutter, *pieces, (gap, line.fill or style.text), end])


def _offset(at: datetime) -> timedelta:
    return at.utcoffset() or timedelta()
