"""What the contact pane says of one contact, as lines: sections of aligned labels, each only where it has something."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from rich.style import Style

from tui.app.glyphs import Glyphs
from tui.app.themes import Palette
from tui.app.widgets.lines import Appearance, Piece, pieces_len
from tui.app.widgets.model import Names
from tui.app.widgets.words import moment, short_age
from tui.inbox.situation import Absent, contact_words
from tui.model.labels import texts
from tui.model.rows import ContactRow, ConversationRow
from tui.text.durations import local
from tui.text.sanitize import clean_line
from tui.text.width import cell_len, pad, truncate, wrap_text

_LABEL: Final = 10
"""Cells of a label with the space behind it; the longest has more where it is shown, and its neighbours with it."""
NARROWEST: Final = 11
"""Cells of a pane below which nothing is shown."""
_SHOWN_COMPANIES: Final = 3
_SHOWN_NOTES: Final = 4
_SHOWN_EVENTS: Final = 8


class ContactLine(msgspec.Struct, eq=False):
    """One line: what it is told from others by, its pieces, and the id of the conversation that Enter opens there."""

    key: object
    pieces: list[Piece]
    target: str = ""
    fill: Style | None = None


class Known(msgspec.Struct, frozen=True):
    """What there is to show. `state` tells why details are missing, `trouble` what Intercom said instead of them."""

    contact: ContactRow | None = None
    conversations: Sequence[ConversationRow] = ()
    state: Absent = Absent.NOTHING
    trouble: str = ""

    @property
    def failure(self) -> str:
        """What Intercom said instead of the details, while nothing else explains why they are not here."""
        return self.trouble if self.state in (Absent.NOTHING, Absent.EMPTY, Absent.FAILED) else ""


def absent_words(state: Absent, glyphs: Glyphs) -> tuple[str, str]:
    """The two sentences for a contact that is not there."""
    first, second = contact_words(state)
    return (first[:-1] + glyphs.ellipsis if first.endswith("…") else first), second


def contact_lines(
    known: Known, palette: Palette, glyphs: Glyphs, appearance: Appearance, names: Names, *, width: int, now: int
) -> list[ContactLine]:
    """The lines for a pane of `width` cells at `now` (Unix seconds)."""
    return _Lines(known, palette, glyphs, appearance, names, width, now).made()


class _Lines:
    def __init__(
        self, known: Known, palette: Palette, glyphs: Glyphs, appearance: Appearance, names: Names, width: int, now: int
    ) -> None:
        self.known = known
        self.palette = palette
        self.glyphs = glyphs
        self.appearance = appearance
        self.names = names
        self.width = width
        self._now = now
        self._label = _LABEL
        self._lines: list[ContactLine] = []

    def made(self) -> list[ContactLine]:
        contact, width = self.known.contact, self.width - 3
        if contact is None:
            if self.known.failure:
                self._add_sentence(self.known.failure)
            return self._lines
        if contact.external_id:
            self._label = cell_len(texts.EXTERNAL_ID) + 1
        self._add_identity(contact)
        self._add_place(contact)
        self._add_company(contact)
        self._add_unread(contact)
        self._add_words("Segments", contact.segments)
        tags = tuple(name for tag_id in contact.tag_ids if (name := self.names.tag_name(tag_id)))
        self._add_words("Tags", tuple(f"#{tag}" for tag in tags), self.palette.tag)
        self._add_conversations()
        self._add_attributes(contact)
        self._add_notes(contact, width)
        self._add_events(contact)
        state = self.known.state
        if state not in (Absent.NOTHING, Absent.EMPTY) and not contact.fetched_at and not self.known.failure:
            self._gap()
            for words in filter(None, absent_words(state, self.glyphs)):
                for line in wrap_text(words, width):
                    self._line(("missing", line), [(line, self.palette.faint)])
        return self._lines

    def _line(self, key: tuple[object, ...], pieces: list[Piece], target: str = "", fill: Style | None = None) -> None:
        self._lines.append(ContactLine(key, pieces, target, fill))

    def _gap(self) -> None:
        if self._lines:
            self._line(("gap",), [])

    def _title(self, words: str) -> None:
        self._gap()
        self._line(("title", words), [(words.upper(), self.palette.heading)])

    def _pair(self, label: str, value: str, style: Style | None = None, cells: int = 0) -> None:
        if not value:
            return
        value_style = style or self.palette.text
        label_cells = min(cells or self._label, max(6, self.width // 2 - 2))
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
        self._pair(texts.EXTERNAL_ID, contact.external_id, style.muted)
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
        if not self.known.conversations:
            return
        self._title(f"Conversations  {len(self.known.conversations)}")
        for row in self.known.conversations:
            age = short_age(self._now - row.updated_at, coarse=self.appearance.low_bandwidth).rjust(3)
            room = self.width - 4 - len(age) - 1
            words = truncate(clean_line(row.title or row.preview or texts.NO_TEXT), room, self.glyphs.ellipsis)
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
        cells = max(self._label, *[cell_len(name) + 1 for name, _ in pairs])
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
        if self.known.failure:
            sentences.append(self.known.failure)
        for sentence in sentences:
            self._add_sentence(sentence)

    def _add_sentence(self, sentence: str) -> None:
        self._gap()
        for line in wrap_text(sentence, self.width - 4):
            self._line(("words", line), [(line, self.palette.faint)])

    def _ago(self, at: int) -> str:
        if not at:
            return ""
        words = short_age(self._now - at, coarse=self.appearance.low_bandwidth)
        return words if words == "now" else f"{words} ago"

    def _date(self, at: int) -> str:
        return moment(at, self._now, self.appearance.zone) if at else ""

    def _local_time(self, zone_name: str) -> str:
        """The customer's clock to ten minutes (it would tick otherwise), with its distance from ours."""
        if not zone_name:
            return ""
        from zoneinfo import ZoneInfo

        try:
            zone = ZoneInfo(zone_name)
        except (KeyError, ValueError, OSError):  # not a zone we know: show what Intercom says
            return zone_name
        there, here = local(self._now, zone), local(self._now, self.appearance.zone)
        hours = (_offset(there) - _offset(here)).total_seconds() / 3600
        apart = "" if not hours else f" ({hours:+g} h)"
        return f"{there:%a %H:%M}{apart}"


def _offset(at: datetime) -> timedelta:
    return at.utcoffset() or timedelta()
