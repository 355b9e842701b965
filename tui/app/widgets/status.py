"""The status line: who we act as, the link, how fresh the screen is, what is on its way."""

import math
import time

from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer

from tui.app.widgets.lines import LineView, Look, Piece, pieces_len
from tui.app.widgets.words import short_age
from tui.inbox.status import Status
from tui.text.clean import clean_line


class StatusLine(LineView):
    """One line; painted again only when its words change, and ticking only while something can be undone."""

    DEFAULT_CSS = "StatusLine { height: 1; }"

    def __init__(self, look: Look | None = None, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Empty until `set_status`."""
        super().__init__(look, id=id)
        self._status: Status | None = None
        self._now = time.time()
        self._timer: Timer | None = None
        self._left: list[Piece] = []
        self._right: list[Piece] = []
        self._short: list[Piece] = []

    def set_status(self, status: Status, now: float | None = None) -> None:
        """Show `status`; call it again on every change and once a minute for the age."""
        self._status = status
        self._now = self.look.clock() if now is None else now
        self._compose_pieces()
        self.sync()
        self._tick_while_undoable()

    def _tick_while_undoable(self) -> None:
        status = self._status
        left = status.undo_until - self._now if status is not None else 0.0
        if left <= 0 or not self.is_attached:
            if self._timer is not None:
                self._timer.stop()
                self._timer = None
            return
        if self._timer is None:
            self._timer = self.set_timer(max(0.05, left - math.ceil(left) + 1), self._tick)

    def _tick(self) -> None:
        self._timer = None
        if self._status is not None:
            self.set_status(self._status)

    def on_mount(self) -> None:
        """A countdown set before the mount starts now."""
        if self._status is not None:
            self.set_status(self._status)

    def on_unmount(self) -> None:
        """No tick after the line is gone."""
        if self._timer is not None:
            self._timer.stop()

    def forget(self) -> None:
        """Styles changed."""
        self._compose_pieces()

    @property
    def words(self) -> str:
        """The line as plain text."""
        left = "".join(text for text, _ in self._left)
        right = "".join(text for text, _ in self._right)
        return f"{left}  {right}".strip()

    def _compose_pieces(self) -> None:
        status = self._status
        if status is None:
            self._left, self._right, self._short = [], [], []
            return
        style = self.palette
        back = style.head
        gap: Piece = (f" {self.glyphs.sep} ", style.head_muted)
        left: list[Piece] = []
        if status.acting_as:
            left.append((clean_line(status.acting_as), style.head_title))
        if status.workspace:
            left += (
                [gap, (clean_line(status.workspace), style.head_muted)]
                if left
                else [(clean_line(status.workspace), style.head_muted)]
            )
        left += [gap] if left else []
        left += self._link(status)
        if status.error:
            left += [gap, (clean_line(status.error), self._colour("err"))]
        self._left = left

        groups: list[list[Piece]] = []
        needed: list[list[Piece]] = []
        for count, word, colour in (
            (status.failed, "failed", "err"),
            (status.held, "held", "warn"),
            (status.queued, "queued", "warn"),
        ):
            if count:
                sign = self.glyphs.pending if word == "queued" else self.glyphs.failed
                groups.append([(f"{sign} {count} {word}", self._colour(colour))])
        seconds = math.ceil(status.undo_until - self._now)
        if seconds > 0:
            what = " ".join(filter(None, ("undo", clean_line(status.undo_what))))
            left_over: Piece = (f"{seconds}s", style.head_focus)
            needed = [*groups, [("u", style.head_focus), (" undo ", back), left_over]]
            groups.append([("u", style.head_focus), (f" {what} ", back), left_over])
        else:
            needed = [*groups]
        if status.budget_limit:
            low = status.budget_left * 5 < status.budget_limit
            words = f"API {self._coarse_budget(status)}"
            groups.append([(words, self._colour("warn") if low else style.head_muted)])
            if low:
                needed.append(groups[-1])
        self._right, self._short = self._joined(groups), self._joined(needed)

    def _joined(self, groups: list[list[Piece]]) -> list[Piece]:
        pieces: list[Piece] = []
        for group in groups:
            pieces += [("  ", self.palette.head), *group] if pieces else group
        return pieces

    def _coarse_budget(self, status: Status) -> str:
        """In steps of 5 %: the exact number would repaint the line after every request."""
        percent = 100 * max(0, status.budget_left) // status.budget_limit
        return f"{percent // 5 * 5}%"

    def _colour(self, name: str) -> Style:
        return Style(color=self.palette.colours[name].rich_color, bgcolor=self.palette.head.bgcolor)

    def _link(self, status: Status) -> list[Piece]:
        signs, style = self.glyphs, self.palette
        if status.link == "limited" or status.limited_until > self._now:
            return [(f"{signs.limited} limited by Intercom, waiting", self._colour("warn"))]
        if status.link == "offline":
            age = short_age(self._now - status.synced_at) if status.synced_at else ""
            known = f", as of {'just now' if age == 'now' else f'{age} ago'}" if age else ""
            return [(f"{signs.offline} offline{known}", self._colour("warn"))]
        if status.link == "refused":
            return [(f"{signs.failed} token refused", self._colour("err"))]
        if status.syncing:
            return [(f"{signs.online} ", self._colour("ok")), (clean_line(status.syncing), style.head_muted)]
        if status.link == "starting" or not status.synced_at:
            return [(f"{signs.offline} connecting", style.head_muted)]
        seconds = self._now - status.synced_at
        words = "live" if seconds < 90 else f"synced {short_age(seconds, coarse=self.low_bandwidth)} ago"
        return [(f"{signs.online} ", self._colour("ok")), (words, style.head_muted)]

    def line_key(self, _y: int) -> object:
        """The words and their colours."""
        return (*self._left, "", *self._right)

    def draw_line(self, _y: int) -> Strip:
        """The line."""
        back = self.palette.head
        room = self.width - 2
        right = self._right
        if pieces_len(self._left) + pieces_len(right) + 2 > room:
            right = self._short
        right = self.cut(right, room)
        left = self.cut(self._left, max(0, room - pieces_len(right) - 2))
        gap = max(0, room - pieces_len(left) - pieces_len(right))
        return self.strip([(" ", back), *left, (" " * gap, back), *right, (" ", back)], back)
