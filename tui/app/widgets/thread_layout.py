"""The items of a thread as lines. Laying one out costs about a millisecond, so each is laid out once and kept."""

from collections.abc import Callable, Iterable
from datetime import tzinfo
from typing import Final

import msgspec
from rich.style import Style

from tui.app.glyphs import UNICODE as UNICODE_GLYPHS
from tui.app.glyphs import Glyphs
from tui.app.themes import Palette
from tui.app.widgets.lines import Piece, cut, pieces_len
from tui.app.widgets.thread_items import Item, event_line
from tui.app.widgets.words import file_words, plural
from tui.inbox.part_words import also_words, author_words, earlier_words, event_words
from tui.model.labels import texts
from tui.model.rows import AttachmentRow, PartRow
from tui.text.durations import clock, day_label
from tui.text.html import ASCII, UNICODE, Block, layout, parse
from tui.text.numbering import NumberedLink, number_links
from tui.text.spans import Mark, Span
from tui.text.width import cell_len, truncate

MAX_BODY: Final = 96
"""Cells; longer lines are hard to read however wide the pane is."""
INDENT: Final = 2
"""Cells between the pane's edge and the words: the gutter bar and a space."""
FOLD_FROM: Final = 3
"""So many events in a row become one line."""

KEPT_ITEMS: Final = 120
"""Items whose lines are kept; some screens around the reader."""

_CUSTOMER = frozenset({"user", "lead", "contact"})


class TLine(msgspec.Struct, eq=False):
    """One laid out line: the pieces after the gutter, how the rest of the line is filled, and the gutter's own bar."""

    pieces: list[Piece]
    fill: Style
    note: bool = False
    right: list[Piece] = msgspec.field(default_factory=list)


class Parsed(msgspec.Struct, frozen=True):
    """A parsed body with its links under the numbers shown; `first_file` is the number of the first attachment."""

    body: str
    files: int
    blocks: list[Block]
    links: list[NumberedLink]
    first_file: int


class Layouter:
    """Lays items out for one width and appearance, and keeps what it made."""

    def __init__(
        self, palette: Palette, signs: Glyphs, width: int, now: int, zone: tzinfo, browser_key: str = ""
    ) -> None:
        """`width` is the pane's, in cells, without the scroll thumb's column.

        `browser_key` is the key that opens a conversation in the browser, "" where none does.
        """
        self.palette = palette
        self.signs = signs
        self.width = max(20, width)
        self.body = min(self.width - INDENT - 2, MAX_BODY)
        self.now = now
        self.zone = zone
        self.browser_key = browser_key
        self.unfolded: set[str] = set()
        """Ids of parts whose quotations are shown."""
        self.all_quotes = False
        self.all_events = False
        self.pending_words: Callable[[PartRow], str] = lambda part: part.pending
        """What is said of a part of ours that Intercom has not confirmed."""
        self._made: dict[tuple[object, ...], list[TLine]] = {}
        self._parsed: dict[str, Parsed] = {}

    def keep_from(self, older: "Layouter") -> None:
        """Take over what does not depend on width or style."""
        self.unfolded, self.all_quotes, self.all_events = older.unfolded, older.all_quotes, older.all_events
        self.pending_words = older.pending_words
        self._parsed = older._parsed

    def parsed(self, part: PartRow) -> Parsed:
        """The parsed body; the last ones are kept, for another width or fold."""
        files = len(part.attachments)
        known = self._parsed.get(part.id)
        if known is None or known.body != part.body or known.files != files:
            if len(self._parsed) >= KEPT_ITEMS:
                del self._parsed[next(iter(self._parsed))]
            blocks = parse(part.body)
            links, first_file = number_links(blocks, files)
            known = self._parsed[part.id] = Parsed(part.body, files, blocks, links, first_file)
        return known

    def guess(self, item: Item) -> int:
        """About how many lines `item` takes: good enough for a scroll thumb, and free."""
        if item.kind != "message":
            return 2
        part = item.parts[0]
        return 3 + len(part.body) * 5 // (self.body * 4) + len(part.attachments)

    def lines(self, item: Item) -> list[TLine]:
        """The lines of `item`; those of the items used last are kept."""
        key = self._key(item)
        lines = self._made.pop(key, None)
        if lines is None:
            lines = self._make(item)
            if len(self._made) >= KEPT_ITEMS:
                del self._made[next(iter(self._made))]
        self._made[key] = lines
        return lines

    def _key(self, item: Item) -> tuple[object, ...]:
        if item.kind == "message":
            part = item.parts[0]
            pending = self.pending_words(part) if part.outbox_id else ""
            return (*item.key, self.all_quotes or item.part_id in self.unfolded, pending)
        return (*item.key, self.all_events)

    def _make(self, item: Item) -> list[TLine]:
        if item.kind == "message":
            return self._message(item)
        if item.kind == "events":
            return self._events(item)
        if item.kind == "rating":
            return self._rating(item)
        if item.kind == "earlier":
            return self._earlier(item)
        return self._rule(item)

    def _cut(self, pieces: list[Piece], cells: int) -> list[Piece]:
        return cut(pieces, cells, self.signs.ellipsis)

    # Rules

    def _rule(self, item: Item) -> list[TLine]:
        style, dash = self.palette, self.signs.rule
        if item.kind == "new":
            words, colour = f" {texts.NEW_SINCE_YOU_LOOKED.format(count=item.count)} ", style.accent
        else:
            words, colour = f" {day_label(item.at, self.now, self.zone)} ", style.faint
        room = min(self.width - 2, self.body + INDENT + 2)
        side = max(2, (room - len(words)) // 2)
        rule = style.accent if item.kind == "new" else style.line
        rest = max(2, room - side - len(words))
        pieces: list[Piece] = [(dash * side, rule), (words, colour), (dash * rest, rule)]
        return [TLine(self._cut(pieces, self.width - 1), style.text), TLine([], style.text)]

    # Events

    def _events(self, item: Item) -> list[TLine]:
        style, signs = self.palette, self.signs
        if len(item.parts) >= FOLD_FROM and not self.all_events:
            kinds: list[str] = []
            for part in item.parts:
                words = event_words(part)
                if not kinds or kinds[-1] != words:
                    kinds.append(words)
            text = f"{signs.folded} {plural(len(item.parts), 'event')}: {', '.join(kinds)}"
            return [self._event_line(text, item.parts[-1].created_at), TLine([], style.text)]
        lines = [self._event_line(f"{signs.event} {event_line(part)}", part.created_at) for part in item.parts]
        return [*lines, TLine([], style.text)]

    def _event_line(self, text: str, at: int) -> TLine:
        style = self.palette
        when = clock(at, self.zone)
        text = truncate(text, self.body + 2 - len(when) - 2, self.signs.ellipsis)
        return TLine([(" ", style.text), (text, style.faint)], style.text, right=[(when, style.faint)])

    def _earlier(self, item: Item) -> list[TLine]:
        style = self.palette
        opens = texts.OPENS_IT.format(key=self.browser_key) if self.browser_key else ""
        text = truncate(f"{earlier_words(item.count)}{opens}", self.body + 2, self.signs.ellipsis)
        return [TLine([(" ", style.text), (text, style.accent)], style.text), TLine([], style.text)]

    def _rating(self, item: Item) -> list[TLine]:
        style, signs = self.palette, self.signs
        colour = style.ok if item.count > 3 else style.warn if item.count == 3 else style.err
        stars = signs.star * item.count + signs.no_star * (5 - item.count)
        pieces: list[Piece] = [
            (" ", style.text),
            (stars, colour),
            (f"  {texts.RATED.format(count=item.count)}", style.muted),
        ]
        if item.words:
            pieces.append((f"  {signs.open_quote}{item.words}{signs.close_quote}", style.text))
        return [TLine(self._cut(pieces, self.body + INDENT), style.text), TLine([], style.text)]

    # Messages

    def _message(self, item: Item) -> list[TLine]:
        part = item.parts[0]
        style = self.palette
        base = style.note_text if part.is_note else style.text
        dim = style.note_muted if part.is_note else style.faint
        lines = [self._author(part, dim)]
        if part.redacted and not part.body:
            lines.append(self._plain("redacted", dim, base, part.is_note))
        for line in self._body(part, base):
            lines.append(TLine([(" ", base), *line], base, note=part.is_note))
        for number, file in enumerate(part.attachments, self.parsed(part).first_file):
            lines.append(self._file(number, file, base, dim, part.is_note))
        if part.outbox_id:
            lines.append(self._state(part, base))
        lines.append(TLine([], style.text))
        return lines

    def _plain(self, text: str, style: Style, base: Style, note: bool) -> TLine:
        text = truncate(text, self.body, self.signs.ellipsis)
        return TLine([(" ", base), (text, style)], base, note=note)

    def _author(self, part: PartRow, dim: Style) -> TLine:
        style = self.palette
        who = author_words(part)
        done = also_words(part)
        when: list[Piece] = [(clock(part.created_at, self.zone), dim)]
        if part.is_note:
            pieces: list[Piece] = [
                (" ", style.note_text),
                (" NOTE ", style.note_label),
                (" ", style.note_text),
                (who, style.note),
                (f"  {done}  {texts.TEAMMATES_ONLY}" if done else f"  {texts.TEAMMATES_ONLY}", style.note_muted),
            ]
            return TLine(self._cut(pieces, self.body + INDENT - 6), style.note_text, note=True, right=when)
        space: Piece = (" ", style.text)
        if part.author_type in _CUSTOMER:
            pieces = [space, (who, style.customer)]
        elif part.author_type == "bot" or part.from_ai:
            label = "AI" if part.from_ai else "bot"
            pieces = [space, (who, style.bot), ("  " + label, style.bot_label)]
        else:
            pieces = [space, (who, style.admin)]
        if done:
            pieces.append((f"  {done}", style.faint))
        return TLine(self._cut(pieces, self.body + INDENT - 6), style.text, right=when)

    def _body(self, part: PartRow, base: Style) -> Iterable[list[Piece]]:
        signs = UNICODE if self.signs is UNICODE_GLYPHS else ASCII
        fold = not (self.all_quotes or part.id in self.unfolded)
        styles: dict[Mark, Style] = {}
        for line in layout(self.parsed(part).blocks, self.body, fold, signs):
            yield [self._piece(span, base, styles) for span in line]

    def _piece(self, span: Span, base: Style, known: dict[Mark, Style]) -> Piece:
        marks = span.marks
        if not marks:
            return (span.text, base)
        made = known.get(marks)
        if made is None:
            made = known[marks] = self._style(marks, base)
        return (span.text, made)

    def _style(self, marks: Mark, base: Style) -> Style:
        palette = self.palette
        style = base
        if Mark.CODE in marks:
            style = palette.code
        if Mark.QUOTE in marks:
            style = base + Style(color=palette.muted.color)
        if Mark.DIM in marks:
            style = base + Style(color=palette.faint.color)
        if Mark.FOLD in marks:
            style = base + Style(color=palette.muted.color, italic=True)
        if (Mark.LINK in marks or Mark.IMAGE in marks) and Mark.DIM not in marks:
            style = base + Style(color=palette.link.color, underline=True)
        if Mark.HEADING in marks or Mark.BOLD in marks:
            style += Style(bold=True, color=palette.bold.color if style is base else None)
        if Mark.NUMBER in marks:
            style = base + Style(color=palette.accent.color, bold=True)
        if Mark.ITALIC in marks:
            style += Style(italic=True)
        if Mark.UNDERLINE in marks:
            style += Style(underline=True)
        if Mark.STRIKE in marks:
            style += Style(strike=True)
        return style

    def _file(self, number: int, file: AttachmentRow, base: Style, dim: Style, note: bool) -> TLine:
        style = self.palette
        mark = base + Style(color=style.accent.color, bold=True)
        pieces: list[Piece] = [(" ", base), (f"[{number}]", mark), (" ", base)]
        words = f"  {said}" if (said := file_words(file)) else ""
        room = max(12, self.body + 1 - pieces_len(pieces) - cell_len(words))
        pieces += [(truncate(file.name or "file", room, self.signs.ellipsis), base), (words, dim)]
        return TLine(self._cut(pieces, self.body + 1), base, note=note)

    def _state(self, part: PartRow, base: Style) -> TLine:
        style, signs = self.palette, self.signs
        bad = part.pending in ("rejected", "unsure", "stale", "given up", "damaged", "rescued")
        colour = style.err if part.pending == "rejected" else style.warn
        text = self.pending_words(part)
        if part.detail:
            text = f"{text}: {part.detail}"
        sign = signs.failed if bad else signs.pending
        shown = base + Style(color=colour.color)
        return TLine(
            [(" ", base), (truncate(f"{sign} {text}", self.body, signs.ellipsis), shown)], base, note=part.is_note
        )


def right_aligned(line: TLine, room: int) -> list[Piece]:
    """The pieces of `line` with its right part at the end of `room` cells."""
    if not line.right:
        return line.pieces
    gap = max(1, room - pieces_len(line.pieces) - pieces_len(line.right))
    return [*line.pieces, (" " * gap, line.fill), *line.right]
