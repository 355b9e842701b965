"""The outbox on screen, and the decisions that only a person can take: a reply held back, a reply refused."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.app.dialogs import delivery
from tui.app.dialogs.base import Dialog, Piece, Row, window
from tui.app.dialogs.confirm import Answer, Confirm
from tui.app.keys.press import Press
from tui.app.widgets.thread_items import event_line
from tui.inbox import incoming
from tui.inbox.situation import ActionState, action_state, action_words, connection
from tui.store.rows import OutboxRow, PartRow
from tui.text.width import pad, truncate

if TYPE_CHECKING:
    from tui.app.commands.context import Context

_STATE_CELLS = 20
_UNKNOWN = frozenset({ActionState.UNKNOWN, ActionState.UNKNOWN_OFFLINE})
_HELD = frozenset({ActionState.STALE, ActionState.STOPPED, ActionState.DAMAGED, ActionState.RESCUED})
_BAD = _HELD | _UNKNOWN | {ActionState.REJECTED, ActionState.TWICE}
_COUNTED = frozenset({ActionState.UNDOABLE, ActionState.UNKNOWN})
_MOST_PARTS = 40
"""Parts shown when a reply is held: laying out the text of one takes a millisecond."""
_HINTS = (("enter", "decide"), ("u", "take back"), ("r", "retry"), ("D", "discard"))
_CLOSE = ("esc", "close")


class OutboxScreen(Dialog):
    """Everything unfinished, what needs a person first."""

    title = "Outbox"
    tall = True
    snug = True

    def __init__(self, ctx: "Context") -> None:
        super().__init__()
        self.cursor = 0
        self._ticking: asyncio.TimerHandle | None = None
        self._ctx = ctx
        self._top = 0

    def entries(self) -> list[OutboxRow]:
        """What is listed, read afresh."""
        box = self._ctx.inbox.outbox
        waiting = box.attention()
        known = {row.id for row in waiting}
        return waiting + [row for row in box.pending() if row.id not in known]

    def rows(self, width: int, height: int) -> list[Row]:
        """One line an action, the reason below where there is one."""
        entries = self.entries()
        self.hints = (*_HINTS, _CLOSE) if entries else (_CLOSE,)
        if not entries:
            return [(Piece("All sent.", "dim"),)]
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
                (Piece(pad(said, _STATE_CELLS), style), Piece(truncate(self._ctx.inbox.outbox.describe(row), room)))
            )
            below = why if row.state == "unsure" else row.reason or why
            if below:
                rows.append((Piece(" " * _STATE_CELLS), Piece(truncate(below, room), "dim")))
            if len(rows) >= height:
                break
        return rows[:height]

    def _state(self, row: OutboxRow) -> tuple[str, str, str]:
        """The state in a word or two, what more there is to say of it, and its style."""
        now = time.time()
        state = action_state(row.state, row.held_for, row.counts_to, connection(self._ctx.inbox.status, now), now)
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
        box = self._ctx.inbox.outbox
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
            decide(self._ctx, row, self.close)
        elif press.name == "u":
            await reopen(self._ctx, row)
            self.close()
        elif row.held_for == "twice" or (row.state == "unsure" and press.name in ("r", "u")):
            # what may be there, or is there once too often, is shown before anything is done about it
            decide(self._ctx, row)
        elif press.name == "r":
            self._ctx.notify(await box.retry(row.id))
        elif press.name == "D":
            _ask_discard(self._ctx, row)
        else:
            await super().key(press)


def decide(ctx: "Context", row: OutboxRow, edited: Callable[[], None] = lambda: None) -> None:
    """Ask what is to become of an action; `edited` is called when its words are in the composer again."""
    if row.state == "rejected":
        _rejected(ctx, row, edited)
    elif row.state == "unsure":
        delivery.ask_unknown(ctx, row, lambda: _ask_discard(ctx, row))
    elif row.held_for == "twice":
        delivery.ask_twice(ctx, row)
    elif row.state == "held" and row.held_for != "undo":
        _stale(ctx, row, edited)
    else:
        now = time.time()
        state = action_state(row.state, row.held_for, row.counts_to, connection(ctx.inbox.status, now), now)
        ctx.notify(f"{ctx.inbox.outbox.describe(row)}: {action_words(state, due_in=row.counts_to - now)}.")


async def reopen(ctx: "Context", row: OutboxRow) -> None:
    """Take an action out of the outbox; its words go back to the composer."""
    box = ctx.inbox.outbox
    await ctx.save_drafts()
    if box.text_of(row)[0]:
        result = await box.reopen(row.id)
    elif row.state in ("held", "ready"):
        result = await box.undo(row.id)
    else:
        why = (
            "Intercom refused it, so there is nothing to undo"
            if row.state == "rejected"
            else "it is on its way already"
        )
        ctx.notify(f"{box.describe(row)}: {why}.", "warning")
        return
    ctx.notify(result.message)
    if result.draft_kind:
        ctx.open_conversation(result.conversation_id)
        ctx.compose(result.draft_kind, text=result.text, conversation_id=result.conversation_id)


def _ask_discard(ctx: "Context", row: OutboxRow) -> None:
    async def discard() -> None:
        ctx.notify(await ctx.inbox.outbox.discard(row.id))

    lines = [(ctx.inbox.outbox.describe(row), "strong"), ("This cannot be undone: the words are gone.", "warning")]
    ctx.show(Confirm("Discard?", lines, [Answer("D", "discard for good", discard)]))


def _answers(ctx: "Context", row: OutboxRow, first: Answer, edited: Callable[[], None]) -> list[Answer]:
    async def edit() -> None:
        await reopen(ctx, row)
        edited()

    async def discard() -> None:
        _ask_discard(ctx, row)

    edits = [Answer("e", "edit it in the composer", edit)] if ctx.inbox.outbox.text_of(row)[0] else []
    seen = [delivery.it_arrived(ctx, row)] if row.settles_at and row.held_for == "given up" else []
    return [first, *edits, *seen, Answer("d", "discard it", discard)]


def _rejected(ctx: "Context", row: OutboxRow, edited: Callable[[], None]) -> None:
    async def retry() -> None:
        ctx.notify(await ctx.inbox.outbox.retry(row.id))

    lines = [
        (ctx.inbox.outbox.describe(row), "strong"),
        ("", ""),
        ("Intercom refused it:", ""),
        (row.reason or "It gave no reason.", "error"),
    ]
    ctx.show(Confirm("Not sent", lines, _answers(ctx, row, Answer("r", "try again", retry), edited)))


def _stale(ctx: "Context", row: OutboxRow, edited: Callable[[], None]) -> None:
    box = ctx.inbox.outbox
    came = box.came_in(row)

    async def send() -> None:
        # past what is shown here, and no further
        ctx.notify(await box.send_anyway(row.id, came))

    lines: list[tuple[str, str]] = [(_why(ctx, row), "warning"), ("", "")]
    if len(came) > _MOST_PARTS:
        lines += [(f"{len(came) - _MOST_PARTS} earlier parts are in the thread.", "dim"), ("", "")]
    for part in came[-_MOST_PARTS:]:
        lines += _part_lines(part)
    lines += [("Your reply:", "key"), (box.text_of(row)[1] or box.describe(row), "")]
    title = "New messages since you last read" if row.held_for == "stale" else "Held"
    ctx.show(
        Confirm(
            title, lines, _answers(ctx, row, Answer("s", "send anyway", send, after_reading=True), edited), width=72
        )
    )


def _why(ctx: "Context", row: OutboxRow) -> str:
    """Why it is held, by what is known now: more may have come in since the reason was written down."""
    holding = ctx.inbox.outbox.held_by(row) if row.held_for == "stale" else []
    if holding:
        return incoming.held_sentence(holding)
    return row.reason or "The conversation went on while this was written."


def _part_lines(part: PartRow) -> list[tuple[str, str]]:
    from tui.text.html import to_text

    who = incoming.name_of(part)
    if not part.body and not part.attachments and not part.is_message:
        return [(event_line(part), "dim"), ("", "")]
    label = f"{who} (note):" if part.is_note else f"{who}:"
    text = to_text(part.body, quotes=False).strip()
    files = "\n".join(f"[{file.name}]" for file in part.attachments)
    return [(label, "key"), ("\n".join(filter(None, (text, files))) or "(no text)", ""), ("", "")]
