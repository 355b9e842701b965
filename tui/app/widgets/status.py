"""The status line: who we act as, the connection, how fresh the screen is, what is on its way."""

import math
import time

from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer

from tui.app.widgets.lines import Appearance, LineView, Piece, pieces_len
from tui.app.widgets.words import short_age
from tui.inbox.situation import ConnectionState, connection_state, countdown, limited_words, until_next_count
from tui.inbox.status import Status
from tui.model.labels import texts
from tui.text.durations import clock
from tui.text.sanitize import clean_line
from tui.text.width import truncate

_LONGEST_NAME = 30
"""Cells of a name: a long one must not push the state off an 80 column screen."""


def _name(text: str) -> str:
    """A name, short enough to leave the state its room."""
    return truncate(clean_line(text), _LONGEST_NAME)


class StatusLine(LineView):
    """One line; painted again only when its words change, and ticking only while it counts seconds down."""

    DEFAULT_CSS = "StatusLine { height: 1; }"

    def __init__(
        self,
        appearance: Appearance | None = None,
        *,
        undo_key: str = "u",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Empty until `set_status`. `undo_key` is the binding of undo as shown to people, "" where it has none."""
        super().__init__(appearance, id=id)
        self._undo_key = undo_key
        self._status: Status | None = None
        self._now = time.time()
        self._timer: Timer | None = None
        self._left: list[Piece] = []
        self._names = self._state = 0
        """How many pieces of the left side are names, and how many these and the state of the connection."""
        self._right: list[Piece] = []
        self._short: list[Piece] = []

    def set_status(self, status: Status, now: float | None = None) -> None:
        """Show `status`; call it again on every change and once a minute for the age."""
        self._status = status
        self._now = self.appearance.clock() if now is None else now
        self._compose_pieces()
        self.sync()
        self._tick_while_counting()

    def _tick_while_counting(self) -> None:
        status = self._status
        ends = (status.undo_until, status.limited_until) if status is not None else ()
        left = min((end - self._now for end in ends if end > self._now), default=0.0)
        unknown = status.unknown_until - self._now if status is not None and status.unknown else 0.0
        if (left <= 0 and unknown <= 0) or not self.is_attached:
            if self._timer is not None:
                self._timer.stop()
                self._timer = None
            return
        if self._timer is None:
            # with the next whole second of what ends first
            seconds = [max(0.05, left - math.ceil(left) + 1)] if left > 0 else []
            seconds += [until_next_count(unknown)] if unknown > 0 else []
            self._timer = self.set_timer(min(seconds), self._tick)

    def _tick(self) -> None:
        self._timer = None
        if self._status is not None:
            self.set_status(self._status)

    def on_mount(self) -> None:
        """A countdown set before the mount starts now."""
        if self._status is not None:
            self.set_status(self._status)

    def on_unmount(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def forget(self) -> None:
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
            self._names = self._state = 0
            return
        style = self.palette
        back = style.head
        gap: Piece = (f" {self.glyphs.sep} ", style.head_muted)
        left: list[Piece] = []
        if status.acting_as:
            left.append((_name(status.acting_as), style.head_title))
        if status.workspace:
            workspace: Piece = (_name(status.workspace), style.head_muted)
            left += [gap, workspace] if left else [workspace]
        left += [gap] if left else []
        self._names = len(left)
        left += self._connection_pieces(status)
        self._state = len(left)
        told = self._connection in (ConnectionState.OFFLINE, ConnectionState.LIMITED)
        wrong = status.trouble if told else status.error
        if wrong:
            left += [gap, (clean_line(wrong), self._colour("err"))]
        if status.incomplete and not status.syncing:
            left += [gap, (clean_line(status.incomplete), style.head_muted)]
        self._left = left
        undo_key = self.appearance.key_of("undo.last")

        groups: list[list[Piece]] = []
        for count, word, colour in (
            (status.failed, "failed", "err"),
            (status.twice, texts.SENT_TWICE_COUNT, "err"),
            (status.held, "held", "warn"),
            (status.queued, "queued", "warn"),
        ):
            if count:
                sign = self.glyphs.pending if word == "queued" else self.glyphs.failed
                groups.append([(f"{sign} {count} {word}", self._colour(colour))])
        needed = [*groups]
        if status.unknown:
            left_ = status.unknown_until - self._now
            time_left = f", {countdown(left_)}" if left_ > 0 else ""
            words = f"{self.glyphs.failed} {texts.UNKNOWN_DELIVERY}"
            groups.append([(f"{words} - checking{time_left}", self._colour("warn"))])
            # what is wrong is told before how long this is looked for
            needed.append([(words, self._colour("warn"))])
        seconds = math.ceil(status.undo_until - self._now)
        if seconds > 0:
            what = " ".join(filter(None, ("undo", clean_line(status.undo_what))))
            left_over: Piece = (f"{seconds}s", style.head_focus)
            key = [(f"{undo_key} ", style.head_focus)] if undo_key else []
            needed.append([*key, ("undo ", back), left_over])
            groups.append([*key, (f"{what} ", back), left_over])
        # of the rate limit a person need know only when it is nearly reached
        if status.budget_left * 5 < status.budget_limit:
            groups.append([(f"API {self._coarse_budget(status)}", self._colour("warn"))])
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

    @property
    def _connection(self) -> ConnectionState:
        return connection_state(self._status, self._now) if self._status is not None else ConnectionState.STARTING

    def _connection_pieces(self, status: Status) -> list[Piece]:
        signs, style = self.glyphs, self.palette
        state = self._connection
        if state is ConnectionState.LIMITED:
            return [(f"{signs.limited} {limited_words(status, self._now)}", self._colour("warn"))]
        if state is ConnectionState.OFFLINE:
            told = [
                texts.OFFLINE_SINCE.format(time=clock(int(status.since), self.appearance.zone))
                if status.since
                else "offline"
            ]
            if status.synced_at:
                told.append(texts.LAST_UPDATE.format(time=clock(status.synced_at, self.appearance.zone)))
            return [(f"{signs.offline} {f' {signs.sep} '.join(told)}", self._colour("warn"))]
        if state is ConnectionState.REFUSED:
            return [(f"{signs.failed} {texts.ACCESS_REJECTED}", self._colour("err"))]
        if status.syncing:
            return [(f"{signs.online} ", self._colour("ok")), (clean_line(status.syncing), style.head_muted)]
        if state is ConnectionState.STARTING or not status.synced_at:
            return [(f"{signs.offline} connecting", style.head_muted)]
        seconds = self._now - status.synced_at
        words = "live" if seconds < 90 else texts.SYNCED_AGO.format(age=short_age(seconds, coarse=self.low_bandwidth))
        return [(f"{signs.online} ", self._colour("ok")), (words, style.head_muted)]

    def line_key(self, _y: int) -> object:
        return (*self._left, "", *self._right)

    def _left_within(self, room: int) -> list[Piece]:
        """The left side in `room` cells: long names give way to whether there is a connection."""
        names, state = self._left[: self._names], self._left[self._names : self._state]
        over = pieces_len(names) + pieces_len(state) - room
        if names and over > 0:
            gap = names[-1]
            names = [*self.cut(names[:-1], max(1, pieces_len(names[:-1]) - over)), gap]
        return self.cut([*names, *self._left[self._names :]], room)

    def draw_line(self, _y: int) -> Strip:
        back = self.palette.head
        room = self.width - 2
        right = self._right
        if pieces_len(self._left) + pieces_len(right) + 2 > room:
            right = self._short
        right = self.cut(right, room)
        left = self._left_within(max(0, room - pieces_len(right) - 2))
        gap = max(0, room - pieces_len(left) - pieces_len(right))
        return self.strip([(" ", back), *left, (" " * gap, back), *right, (" ", back)], back)
