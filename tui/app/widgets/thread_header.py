"""The two lines above a thread: who and what, and how it stands."""

import msgspec
from rich.style import Style

from tui.app.glyphs import Glyphs
from tui.app.themes import Palette
from tui.app.widgets.lines import Appearance, Piece
from tui.app.widgets.model import Names
from tui.app.widgets.words import heat, moment, short_age
from tui.model.labels import texts
from tui.model.rows import ConversationRow
from tui.text.width import truncate

_CHANNELS = {"conversation": "chat"}
"""Intercom's names of channels that say nothing to people."""


class ThreadHeader(msgspec.Struct, frozen=True):
    """What stands above one conversation at one moment (`now`, Unix seconds)."""

    row: ConversationRow
    palette: Palette
    signs: Glyphs
    appearance: Appearance
    names: Names
    now: int

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for headers that look the same."""
        row = self.row
        names = tuple(self.names.tag_name(tag_id) for tag_id in row.tag_ids)
        return (
            *(row.title, row.contact_name, row.contact_email, row.state, row.priority, row.sla, row.channel),
            *(self.waiting(), self._assignees(), names),
        )

    def waiting(self) -> tuple[str, int]:
        """How long the customer waits or until when it is snoozed, with the heat: -1 for none."""
        row = self.row
        if row.state == "snoozed" and row.snoozed_until > self.now:
            return f"{self.signs.snoozed} until {moment(row.snoozed_until, self.now, self.appearance.zone)}", -1
        if row.waiting_since and row.state == "open":
            waits = self.now - row.waiting_since
            return f"waits {short_age(waits, coarse=self.appearance.low_bandwidth)}", heat(waits)
        return "", -1

    def title(self, width: int, *, focused: bool) -> tuple[list[Piece], list[Piece]]:
        """The left and right end of the first line, for a pane of `width` cells."""
        style, row = self.palette, self.row
        name = row.contact or texts.UNKNOWN_CONTACT
        if row.title:  # room for half of it at least
            name = truncate(name, max(12, width // 2), self.signs.ellipsis)
        left: list[Piece] = [(name, style.head_focus if focused else style.head_title)]
        if row.title:
            left.append((f"  {row.title}", style.head))
        words, warmth = self.waiting()
        colour = style.on_head(style.heat[warmth]) if warmth >= 0 else style.head_muted
        return left, [(words, colour)] if words else []

    def chips(self) -> list[Piece]:
        """The second line: state, priority, SLA, assignees, tags, channel."""
        style, signs, row = self.palette, self.signs, self.row
        state = {"open": style.ok, "snoozed": style.accent}.get(row.state, style.muted)
        chips: list[tuple[str, Style]] = [(row.state, state)]
        if row.priority:
            chips.append((f"{signs.priority} priority", style.warn))
        if row.sla:
            chips.append((f"SLA {row.sla}", style.err if row.sla == "missed" else style.muted))
        chips += [(who, style.muted) for who in self._assignees()]
        chips += [(f"#{tag}", style.tag) for tag_id in row.tag_ids if (tag := self.names.tag_name(tag_id))]
        if row.channel:
            chips.append((_CHANNELS.get(row.channel, row.channel).replace("_", " "), style.faint))
        pieces: list[Piece] = []
        for text, colour in chips:
            pieces += [("  " if pieces else " ", style.head), (text, style.on_head(colour))]
        return pieces

    def _assignees(self) -> tuple[str, ...]:
        """The team and the teammate, each under its own sign; or that neither has it."""
        row = self.row
        if not row.team_assignee_id and not row.admin_assignee_id:
            return ("unassigned",)
        team = who = ""
        if row.team_assignee_id:
            team = f"{self.signs.team} {self.names.team_name(row.team_assignee_id) or row.team_assignee_id}"
        if row.admin_assignee_id:
            who = f"@ {self.names.admin_name(row.admin_assignee_id) or row.admin_assignee_id}"
        return tuple(filter(None, (team, who or texts.NO_TEAMMATE)))
