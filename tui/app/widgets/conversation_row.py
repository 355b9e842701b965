"""One row of the list: a line of name, signs and age, then the subject and the last words."""

from typing import Final

import msgspec

from tui.app.glyphs import Glyphs
from tui.app.themes import Palette
from tui.app.widgets.lines import Appearance, Piece, cut, pieces_len
from tui.app.widgets.model import Names
from tui.app.widgets.words import AGE_CELLS, heat, initials, short_age
from tui.model.labels import texts
from tui.model.rows import ConversationRow
from tui.text.durations import DAY, HOUR, local
from tui.text.width import truncate, wrap_text

_CUSTOMER = frozenset({"", "customer", "user", "lead", "contact"})
_LEAST_TEAM: Final = 6
_MOST_TEAM: Final = 16
"""Cells of a team's sign and name in a row."""


_TALL: Final = 33
"""Lines of a pane from where on a row has all its lines: a terminal of 36."""


def row_height(appearance: Appearance, height: int) -> int:
    """The lines of a row in a pane of `height` lines: the name's, those under it that fit, and an empty one."""
    under = len(appearance.row)
    match appearance.density:
        case "compact":
            return 1
        case "roomy":
            return 1 + under + 1
        case "normal":
            return 1 + (under if height >= _TALL else min(under, 1))


class RowPainter(msgspec.Struct, frozen=True):
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
    rows: int = 2
    """Lines of a row: the name, and what was said about what."""
    all_mine: bool = False
    """Every row is ours, so that none says so."""

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

    def lines(self, row: ConversationRow, *, at_cursor: bool, focused: bool, selected: bool) -> tuple[list[Piece], ...]:
        """The `rows` lines of `row`, one cell short of the width: that one is the scroll thumb's."""
        style, signs = self.palette, self.signs
        room = self.width - 4  # gutter bar, mark, space; the thumb's column at the right
        bar: Piece = (signs.bar, style.bar if focused else style.bar_blurred) if at_cursor else (" ", style.text)
        if selected:
            mark: Piece = (signs.selected, style.accent)
        else:
            mark = (" ", style.text) if row.read else (signs.unread, style.unread)

        ours = self._ours(row) if self.rows == 1 else []
        right = [*ours, *([(" ", style.text)] if ours else []), *self._urgency(row), self._age(row)]
        name = row.contact or texts.UNKNOWN_CONTACT
        shown: list[Piece] = [(name, style.text if row.read else style.bold)]
        if self.rows == 1:
            shown += self._beside(row)
        team = self._team(row, room - pieces_len([*shown, *right]))
        first = [bar, mark, (" ", style.text), *self._spread(shown, [*team, *right], room)]

        under: Piece = bar if not self.appearance.low_bandwidth else (" ", style.text)
        texts_below = enumerate(self._texts(row, room))
        gap: Piece = ("  ", style.text)
        below = ([under, gap, *self._spread(text, [] if at else self._ours(row), room)] for at, text in texts_below)
        lines = (first, *below)
        if at_cursor and not self.appearance.low_bandwidth:
            lines = tuple(self._at_cursor(line, focused, line is first) for line in lines)
        if self.appearance.density == "roomy":
            lines = (*lines, [(" " * (self.width - 1), style.text)])
        return lines

    def last_cell(self, *, at_cursor: bool, has_thumb: bool) -> Piece:
        """The cell at the right end of a row's lines, which is the scroll thumb's."""
        style = self.palette
        if has_thumb:
            return (self.signs.thumb, style.line)
        return (" ", style.cursor_text if at_cursor and not self.appearance.low_bandwidth else style.text)

    def _at_cursor(self, line: list[Piece], focused: bool, is_first: bool) -> list[Piece]:
        """A line of the cursor's row, in one ink on one background, as its bytes are sent at every move; its bar tells
        that the list has the keys."""
        text = "".join(piece for piece, _ in line[1:])
        ink = self.palette.cursor if is_first else self.palette.cursor_text
        return [((line[0][0] if focused else " ") + text, ink)]

    def _age(self, row: ConversationRow) -> Piece:
        age, warmth = self.age(row)
        if warmth >= 0:
            return (age.rjust(AGE_CELLS), self.palette.heat[warmth])
        return (f"{self.signs.snoozed} {age}" if warmth == -2 else age.rjust(AGE_CELLS), self.palette.faint)

    def _texts(self, row: ConversationRow, room: int) -> list[list[Piece]]:
        """What stands under the name, as the settings say; the last message alone where there is no subject."""
        below = self.rows - 1 - (self.appearance.density == "roomy")
        wanted, words = self.appearance.row, self._preview(row)
        if row.title and "subject" in wanted:
            of = {"subject": self._subject(row), "preview": words}
            said = [of[line] for line in wanted]
        else:
            *sign, (text, style) = words
            lines = wrap_text(text[: (below + 1) * room], max(1, room - pieces_len(sign))) if below > 1 else [text]
            said = [[*sign, (lines[0], style)], [(" ".join(lines[1:]), style)]]
        return [*said, *([] for _ in range(below))][:below]

    def _beside(self, row: ConversationRow) -> list[Piece]:
        """What stands beside the name where a row is one line: the first thing that would stand under it."""
        if not self.appearance.row:
            return []
        is_subject = self.appearance.row[0] == "subject" and row.title
        return [("  ", self.palette.text), *(self._subject(row) if is_subject else self._preview(row))]

    def _subject(self, row: ConversationRow) -> list[Piece]:
        return [(row.title, self.palette.muted if row.read else self.palette.text)]

    def _team(self, row: ConversationRow, room: int) -> list[Piece]:
        """The team that has it, in the ``room`` that the name leaves; nothing where less than a syllable of it fits."""
        name = self.names.team_name(row.team_assignee_id) if row.team_assignee_id else ""
        room -= 2  # a space to either side
        if not name or room < _LEAST_TEAM:
            return []
        shown = truncate(f"{self.signs.team} {name}", min(room, _MOST_TEAM), self.signs.ellipsis)
        return [(f"{shown} ", self.palette.faint)]

    def _spread(self, left: list[Piece], right: list[Piece], room: int) -> list[Piece]:
        """`left` and `right` at the two ends of `room` cells; `left` gives way."""
        taken = pieces_len(right)
        space = max(0, room - taken - (1 if right else 0))
        left = cut(left, space, self.signs.ellipsis)
        return [*left, (" " * (room - taken - pieces_len(left)), self.palette.text), *right]

    def _preview(self, row: ConversationRow) -> list[Piece]:
        style = self.palette
        words = row.preview or "(no text)"
        if row.preview_by not in _CUSTOMER:
            return [(self.signs.ours + " ", style.faint), (words, style.faint)]
        return [(words, style.muted)]

    def _urgency(self, row: ConversationRow) -> list[Piece]:
        """The signs before the age, each with a space after it: priority, channel, a missed SLA."""
        style, signs = self.palette, self.signs
        marks: list[Piece] = []
        if row.priority:
            marks.append((signs.priority, style.warn))
        channel = {"email": signs.email, "conversation": signs.chat}.get(row.channel, "")
        if channel:
            marks.append((channel, style.faint))
        if row.sla == "missed":
            marks.append(("SLA", style.err))
        return [piece for mark in marks for piece in (mark, (" ", style.text))]

    def _ours(self, row: ConversationRow) -> list[Piece]:
        """What of ours is in it, at the end of the second line: an action, a draft, the rating, who has it."""
        style, signs = self.palette, self.signs
        marks: list[Piece] = []
        if row.pending in ("rejected", "unsure", "held"):
            marks.append((signs.failed, style.err if row.pending == "rejected" else style.warn))
        elif row.pending:
            marks.append((signs.pending, style.warn))
        if row.has_draft:
            marks.append((signs.draft, style.accent))
        if row.rating:
            marks.append((f"{row.rating}{signs.star}", style.ok if row.rating > 3 else style.warn))
        who = self._assignee(row)
        if who is not None:
            marks.append(who)
        return [piece for mark in marks for piece in ((" ", style.text), mark)][1:]

    def _assignee(self, row: ConversationRow) -> Piece | None:
        style = self.palette
        if row.admin_assignee_id:
            if row.admin_assignee_id == self.me_id:
                return None if self.all_mine else ("me", style.accent)
            letters = initials(self.names.admin_name(row.admin_assignee_id)) or "??"
            return (letters.rjust(2), style.faint)
        return None
