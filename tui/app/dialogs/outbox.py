"""The outbox on screen."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from tui.app.dialogs.base import Dialog, Piece, Row, window
from tui.app.keys.press import Press
from tui.inbox.situation import ActionState, action_state, action_words, connection_state
from tui.model.labels import texts
from tui.model.outbox import Hold, State
from tui.model.rows import OutboxRow
from tui.text.width import pad, truncate

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

_STATE_CELLS = 20
_UNKNOWN = frozenset({ActionState.UNKNOWN, ActionState.UNKNOWN_OFFLINE})
_HELD = frozenset({ActionState.STALE, ActionState.STOPPED, ActionState.DAMAGED, ActionState.RESCUED})
_BAD = _HELD | _UNKNOWN | {ActionState.REJECTED, ActionState.TWICE}
_COUNTED = frozenset({ActionState.UNDOABLE, ActionState.UNKNOWN})
_HINTS = (("enter", "review"), ("u", "undo"), ("r", "retry"), ("D", "delete"))
_CLOSE = ("esc", "close")


class Decisions(NamedTuple):
    """What the keys of the outbox do to an action.

    `decide` asks what is to become of it and calls the function once its words are in the composer again; `take_back`
    brings them there at once; `retry` sends it again; `discard` asks whether to drop it.
    """

    decide: Callable[[OutboxRow, Callable[[], None]], None]
    take_back: Callable[[OutboxRow], Awaitable[None]]
    retry: Callable[[OutboxRow], Awaitable[None]]
    discard: Callable[[OutboxRow], None]


class OutboxScreen(Dialog):
    """Everything unfinished, what needs a person first."""

    title = "Outbox"
    tall = True
    snug = True

    def __init__(self, inbox: "Inbox", decisions: Decisions) -> None:
        super().__init__()
        self.cursor = 0
        self._ticking: asyncio.TimerHandle | None = None
        self._inbox = inbox
        self._decisions = decisions
        self._top = 0

    def entries(self) -> list[OutboxRow]:
        """What is listed, read afresh."""
        box = self._inbox.outbox
        waiting = box.attention()
        known = {row.id for row in waiting}
        return waiting + [row for row in box.pending() if row.id not in known]

    def rows(self, width: int, height: int) -> list[Row]:
        """One line an action, the reason below where there is one."""
        entries = self.entries()
        self.hints = (*_HINTS, _CLOSE) if entries else (_CLOSE,)
        if not entries:
            return [(Piece(texts.ALL_SENT, "dim"),)]
        self.cursor = max(0, min(self.cursor, len(entries) - 1))
        self._top = window(len(entries), self.cursor, self._top, max(1, height // 2))
        rows: list[Row] = []
        for at in range(self._top, len(entries)):
            row = entries[at]
            if at == self.cursor:
                self.selected = len(rows)
            said, why, style = self._state(row)
            room = width - _STATE_CELLS
            rows.append(
                (Piece(pad(said, _STATE_CELLS), style), Piece(truncate(self._inbox.outbox.describe(row), room)))
            )
            below = why if row.state is State.UNKNOWN else row.reason or why
            if below:
                rows.append((Piece(" " * _STATE_CELLS), Piece(truncate(below, room), "dim")))
            if len(rows) >= height:
                break
        return rows[:height]

    def _state(self, row: OutboxRow) -> tuple[str, str, str]:
        """The state in a word or two, what more there is to say of it, and its style."""
        now = time.time()
        state = action_state(row.state, row.held_for, row.counts_to, connection_state(self._inbox.status, now), now)
        if state in _COUNTED and self._ticking is None:
            self._ticking = asyncio.get_running_loop().call_later(1.0, self._tick)
        said, _, why = action_words(state, due_in=row.counts_to - now).partition(" - ")
        if state in _UNKNOWN:
            why = " · ".join(filter(None, (why, row.reason)))
        return said, why, "error" if state is ActionState.REJECTED else "warning" if state in _BAD else "dim"

    def _tick(self) -> None:
        self._ticking = None
        self.refresh()

    async def key(self, press: Press) -> None:
        """Move, decide, take back, retry, discard."""
        entries = self.entries()
        row = entries[self.cursor] if entries else None
        if press.name in ("j", "down"):
            self.cursor += 1
        elif press.name in ("k", "up"):
            self.cursor = max(0, self.cursor - 1)
        elif press.name in ("q", "O"):
            self.close()
        elif row is None:
            await super().key(press)
        elif press.name == "enter":
            self._decisions.decide(row, self.close)
        elif press.name == "u":
            await self._decisions.take_back(row)
            self.close()
        elif row.held_for is Hold.TWICE or (row.state is State.UNKNOWN and press.name in ("r", "u")):
            # what may be there, or is there once too often, is shown before anything is done about it
            self._decisions.decide(row, _nothing)
        elif press.name == "r":
            await self._decisions.retry(row)
        elif press.name == "D":
            self._decisions.discard(row)
        else:
            await super().key(press)


def _nothing() -> None:
    pass
