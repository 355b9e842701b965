"""The outbox on screen, and the decisions that only a person can take: a reply held back, a reply refused."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.app.commands.keys import Press
from tui.app.screens.base import Dialog, Piece, Row, window
from tui.app.screens.confirm import Answer, Confirm
from tui.store.rows import OutboxRow, PartRow
from tui.text.width import pad, truncate

if TYPE_CHECKING:
    from tui.app.commands.context import Context

_STATES = {
    "held": "held",
    "ready": "waiting",
    "sending": "sending",
    "unsure": "checking",
    "rejected": "refused",
}
_SHOWN_PARTS = 4
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
            return [(Piece("Nothing waits: everything has reached Intercom.", "dim"),)]
        self.cursor = max(0, min(self.cursor, len(entries) - 1))
        self._top = window(len(entries), self.cursor, self._top, max(1, height // 2))
        rows: list[Row] = []
        for at in range(self._top, len(entries)):
            row = entries[at]
            if at == self.cursor:
                self.selected = len(rows)
            said, style = self._state(row)
            rows.append(
                (Piece(pad(said, 12), style), Piece(truncate(self._ctx.inbox.outbox.describe(row), width - 12)))
            )
            if row.reason:
                rows.append((Piece(" " * 12), Piece(truncate(row.reason, width - 12), "dim")))
            if len(rows) >= height:
                break
        return rows[:height]

    def _state(self, row: OutboxRow) -> tuple[str, str]:
        if row.state == "held" and row.held_for == "undo":
            return f"in {max(0, round(row.due_at - time.time()))} s", "dim"
        needs = row.state == "rejected" or row.state == "held"
        return _STATES.get(row.state, row.state), "error" if row.state == "rejected" else "warning" if needs else "dim"

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
    elif row.state == "held" and row.held_for != "undo":
        _stale(ctx, row, edited)
    else:
        ctx.notify(f"{ctx.inbox.outbox.describe(row)}: nothing to decide, it leaves by itself.")


async def reopen(ctx: "Context", row: OutboxRow) -> None:
    """Take an action out of the outbox; its words go back to the composer."""
    box = ctx.inbox.outbox
    await ctx.save_drafts()
    if box.text_of(row)[0]:
        result = await box.reopen(row.id)
    else:
        result = await box.undo(row.id)
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
    return [first, *edits, Answer("d", "discard it", discard)]


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
    async def send() -> None:
        ctx.notify(await ctx.inbox.outbox.send_anyway(row.id))

    lines: list[tuple[str, str]] = [
        (row.reason or "The conversation went on while this was written.", "warning"),
        ("", ""),
    ]
    came = _came_in(ctx.inbox.threads.cached(row.conversation_id), int(row.created_at))
    for part in came[-_SHOWN_PARTS:]:
        lines += _part_lines(part)
    lines += [("Your words:", "key"), (ctx.inbox.outbox.text_of(row)[1] or ctx.inbox.outbox.describe(row), "")]
    title = "Held back: read this first" if row.held_for == "stale" else "Held back"
    ctx.show(Confirm(title, lines, _answers(ctx, row, Answer("s", "send it anyway", send), edited), width=72))


def _came_in(parts: list[PartRow], written_at: int) -> list[PartRow]:
    """The last messages that were not ours to send; those after `written_at` where there are any."""
    messages = [part for part in parts if part.is_message and not part.outbox_id]
    after = [part for part in messages if part.created_at >= written_at]
    return after or messages[-1:]


def _part_lines(part: PartRow) -> list[tuple[str, str]]:
    from tui.text.html import to_text

    who = part.author_name or part.author_type or "Somebody"
    label = f"{who} (note):" if part.is_note else f"{who}:"
    return [(label, "key"), (to_text(part.body, quotes=False).strip() or "(no words)", ""), ("", "")]
