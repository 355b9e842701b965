"""One row of the list: two lines of name, age, last words and marks."""

from dataclasses import dataclass
from typing import Final

from rich.style import Style

from tui.app.glyphs import Glyphs
from tui.app.themes import Palette
from tui.app.widgets.lines import Appearance, Piece, cut, pieces_len
from tui.app.widgets.model import Names
from tui.app.widgets.words import AGE_CELLS, heat, initials, short_age
from tui.model.rows import ConversationRow
from tui.text.durations import DAY, HOUR, local
from tui.text.width import truncate

_CUSTOMER = frozenset({"", "customer", "user", "lead", "contact"})
_LEAST_TEAM: Final = 6
_MOST_TEAM: Final = 16
"""Cells of a team's sign and name in a row."""


@dataclass(frozen=True, slots=True)
class RowPainter:
    """Draws rows at one moment (`now`, Unix seconds) in one width (cells)."""

    palette: Palette
    signs: Glyphs
    appearance: Appearance
    names: Names
    me_id: str
    now: int
    width: int
    by_update: bool = False
    """The age is that of the last change, as the list is in that order; its colour still tells who waits."""

    def age(self, row: ConversationRow) -> tuple[str, int]:
        """The text of the age column and its heat: -1 not waiting, -2 snoozed."""
        if row.state == "snoozed" and row.snoozed_until > self.now:
            return self._until(row.snoozed_until), -2
        if row.waiting_since and row.state == "open":
            waits = self.now - row.waiting_since
            shown = self.now - row.updated_at if self.by_update else waits
            return short_age(shown, coarse=self.appearance.low_bandwidth), heat(waits)
        return short_age(self.now - row.updated_at, coarse=self.appearance.low_bandwidth), -1

    def _until(self, at: int) -> str:
        then = local(at, self.appearance.zone)
        left = at - self.now
        if left < 20 * HOUR:
            return f"{then:%H:%M}"
        return f"{then:%a}" if left < 6 * DAY else f"{then.day} {then:%b}"

    def lines(
        self, row: ConversationRow, *, at_cursor: bool, focused: bool, selected: bool
    ) -> tuple[list[Piece], list[Piece]]:
        """Both lines of `row`, one cell short of the width: that one is the scroll thumb's."""
        style, signs = self.palette, self.signs
        room = self.width - 4  # gutter bar, mark, space; the thumb's column at the right
        bar_style = style.bar if focused else style.bar_blurred
        bar: Piece = (signs.bar, bar_style) if at_cursor else (" ", style.text)
        if selected:
            mark: Piece = (signs.selected, style.accent)
        else:
            mark = (" ", style.text) if row.read else (signs.unread, style.unread)

        age, warmth = self.age(row)
        if warmth >= 0:
            right: list[Piece] = [(age.rjust(AGE_CELLS), style.heat[warmth])]
        elif warmth == -2:
            right = [(f"{signs.snoozed} {age}", style.faint)]
        else:
            right = [(age.rjust(AGE_CELLS), style.faint)]
        name = row.contact_name or row.contact_email or "Unknown contact"
        shown: list[Piece] = [(name, self._name_style(row, at_cursor))]
        space: Piece = (" ", style.text)
        if (
            at_cursor and not self.appearance.low_bandwidth
        ):  # a label on the name, not a bar over the row: a third of the bytes
            space = (" ", style.cursor)
            shown.append(space)
        first = [
            bar,
            mark,
            space,
            *self._spread(shown, [*self._team(row, room - pieces_len([*shown, *right])), *right], room),
        ]

        marks = self._marks(row)
        under: Piece = bar if not self.appearance.low_bandwidth else (" ", style.text)
        words = self._preview(row)
        second = [under, ("  ", style.text), *self._spread(words, marks, room)]
        return first, second

    def _team(self, row: ConversationRow, room: int) -> list[Piece]:
        """The team that has it, in the ``room`` that the name leaves; nothing where less than a syllable of it fits."""
        name = self.names.team_name(row.team_assignee_id) if row.team_assignee_id else ""
        room -= 2  # a space to either side
        if not name or room < _LEAST_TEAM:
            return []
        shown = truncate(f"{self.signs.team} {name}", min(room, _MOST_TEAM), self.signs.ellipsis)
        return [(f"{shown} ", self.palette.faint)]

    def _name_style(self, row: ConversationRow, at_cursor: bool) -> Style:
        style = self.palette
        if at_cursor and not self.appearance.low_bandwidth:
            return style.cursor
        if not row.read:
            return style.bold
        return style.text

    def _spread(self, left: list[Piece], right: list[Piece], room: int) -> list[Piece]:
        """`left` and `right` at the two ends of `room` cells; `left` gives way."""
        taken = pieces_len(right)
        space = max(0, room - taken - (1 if right else 0))
        left = cut(left, space, self.signs.ellipsis)
        return [*left, (" " * (room - taken - pieces_len(left)), self.palette.text), *right]

    def _preview(self, row: ConversationRow) -> list[Piece]:
        style = self.palette
        words = row.preview or row.title or "(no words)"
        if row.preview_by not in _CUSTOMER:
            return [(self.signs.ours + " ", style.faint), (words, style.faint)]
        return [(words, style.muted)]

    def _marks(self, row: ConversationRow) -> list[Piece]:
        style, signs = self.palette, self.signs
        marks: list[Piece] = []
        if row.pending in ("rejected", "unsure", "held"):
            marks.append((signs.failed, style.err if row.pending == "rejected" else style.warn))
        elif row.pending:
            marks.append((signs.pending, style.warn))
        if row.has_draft:
            marks.append((signs.draft, style.accent))
        if row.sla == "missed":
            marks.append(("SLA", style.err))
        if row.priority:
            marks.append((signs.priority, style.warn))
        if row.rating:
            marks.append((f"{row.rating}{signs.star}", style.ok if row.rating > 3 else style.warn))
        who = self._assignee(row)
        if who is not None:
            marks.append(who)
        spaced: list[Piece] = []
        for mark in marks:
            if spaced:
                spaced.append((" ", style.text))
            spaced.append(mark)
        return spaced

    def _assignee(self, row: ConversationRow) -> Piece | None:
        style = self.palette
        if row.admin_assignee_id:
            if row.admin_assignee_id == self.me_id:
                return ("me", style.accent)
            letters = initials(self.names.admin_name(row.admin_assignee_id)) or "??"
            return (letters.rjust(2), style.faint)
        return None
