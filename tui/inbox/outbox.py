"""The outbox: every action is journaled with its effect in one transaction, before anything is sent.

Sending is the business of :mod:`tui.inbox.sender`; here are the journal's words for a person: what waits, what can be
undone, what needs a decision.
"""

import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence

import msgspec

from tui.inbox import actions as acts
from tui.inbox.actions import Action, Before, describe
from tui.inbox.changes import Changes
from tui.inbox.effects import optimistic_part, overlay
from tui.inbox.status import StatusBoard
from tui.store import conversations, outbox, parts, people
from tui.store.rows import Change, DraftRow, OutboxRow
from tui.store.store import Store

UNDO_WINDOW = 24 * 3600.0
"""Seconds for which a finished action is offered in the undo list."""


class Undoable(msgspec.Struct, frozen=True):
    """An action that can be taken back: ``how`` says what taking it back does."""

    outbox_id: int
    conversation_id: str
    title: str
    how: str


class UndoResult(msgspec.Struct, frozen=True):
    """What an undo did: ``message`` for the person; where words came back, ``draft_kind`` and ``text`` (now a draft).

    ``conversation_id`` is ``""`` where there was nothing to undo.
    """

    conversation_id: str
    message: str
    draft_kind: str = ""
    text: str = ""


class Outbox:
    """The journal as the app and the command line use it.

    ``wake`` is called when something may leave, ``flush_drafts`` before words go back to a draft.
    """

    def __init__(
        self, store: Store, changes: Changes, board: StatusBoard, *, undo_seconds: float,
        admin_name: Callable[[], str], clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store = store
        self._changes = changes
        self._board = board
        self._admin_name = admin_name
        self.undo_seconds = undo_seconds
        self.wake: Callable[[], None] = lambda: None
        self.flush_drafts: Callable[[], Awaitable[None]] = _nothing
        self._clock = clock
        store.overlay = overlay
        changes.subscribe(self._hear)

    async def journal(self, action: Action, *, force: bool = False, undoes: int = 0) -> int:
        """Journal an action and its effect; return its outbox id once both are on disk.

        What customers or teammates will read is held for the undo window; the rest may leave at once.
        """
        return (await self.journal_all([action], force=force, undoes=undoes))[0]

    async def journal_all(self, actions: Sequence[Action], *, force: bool = False, undoes: int = 0) -> list[int]:
        """Journal what was asked for with one key: all of it or nothing. The later ones follow the first."""
        name = self._admin_name()

        def job(db: sqlite3.Connection) -> list[int]:
            now = self._clock()
            made: list[int] = []
            for action in actions:
                follows = made[0] if made else 0
                made.append(
                    self._append(db, msgspec.structs.replace(action, follows=follows), name, now, force, undoes)
                )
            return made

        made = await self._store.write(job)
        self.announce(*{action.conversation_id for action in actions})
        self.wake()
        return made

    def _append(self, db: sqlite3.Connection, action: Action, name: str, now: float, force: bool, undoes: int) -> int:
        hold = self.undo_seconds if action.carries_text and not action.contact_id else 0.0
        complete = _with_before(db, action)
        outbox_id = outbox.append(
            db,
            conversation_id=action.conversation_id,
            kind=action.kind,
            payload=acts.encode(complete),
            state="held" if hold else "ready",
            now=now,
            due_at=now + hold if hold else 0.0,
            held_for="undo" if hold else "",
            undoes=undoes,
            force=force,
        )
        if action.conversation_id:
            part = optimistic_part(complete, outbox_id, int(now), name)
            if part is not None:
                parts.put(db, action.conversation_id, part)
            conversations.reshow(db, action.conversation_id, self._store.overlay)
        if action.carries_text and action.conversation_id and action.drafted:
            kind = "note" if action.kind == "note" else "reply"
            people.put_drafts(db, [DraftRow(action.conversation_id, kind, "")])
        return outbox_id

    def pending(self) -> list[OutboxRow]:
        """Every unfinished action, oldest first."""
        return outbox.unfinished(self._store.reader)

    def get(self, outbox_id: int) -> OutboxRow | None:
        """One action, whatever its state."""
        return outbox.get(self._store.reader, outbox_id)

    def attention(self) -> list[OutboxRow]:
        """Actions that a person must decide on: rejected, held because the thread moved on, or given up."""
        return [
            row for row in self.pending() if row.state == "rejected" or (row.state == "held" and row.held_for != "undo")
        ]

    def describe(self, row: OutboxRow) -> str:
        """An action in a few words."""
        return describe(acts.decode(row.payload))

    def text_of(self, row: OutboxRow) -> tuple[str, str]:
        """``(kind, Markdown)`` of the words an action carries: kind ``reply`` or ``note``; ``("", "")``: none."""
        action = acts.decode(row.payload)
        if not action.carries_text:
            return "", ""
        return ("note" if action.kind == "note" else "reply"), action.text

    def undoable(self) -> list[Undoable]:
        """What can be taken back, newest first."""
        found: list[Undoable] = []
        rows = outbox.recent(self._store.reader, self._clock() - UNDO_WINDOW)
        taken_back = {row.undoes for row in rows if row.undoes and row.state not in ("undone", "discarded", "rejected")}
        unsent = {row.id for row in rows if row.state in ("held", "ready")}
        for row in rows:
            if row.id in taken_back or row.undoes or row.state in ("undone", "discarded", "rejected"):
                continue
            action = acts.decode(row.payload)
            if action.kind in acts.SILENT_KINDS or action.follows in unsent:
                continue
            if row.state in ("held", "ready"):
                how = "returns the text to the composer" if action.carries_text else "withdraws it before it is sent"
            elif acts.inverse(action) is not None:
                how = _how(action)
            else:
                continue
            found.append(Undoable(row.id, row.conversation_id, describe(action), how))
        return found

    async def undo(self, outbox_id: int | None = None) -> UndoResult:
        """Take back an action, the newest where none is named."""
        if outbox_id is None:
            candidates = self.undoable()
            if not candidates:
                return UndoResult("", "There is nothing to undo.")
            outbox_id = candidates[0].outbox_id
        row = self.get(outbox_id)
        if row is None:
            return UndoResult("", "That action is no longer in the outbox.")
        action = acts.decode(row.payload)
        if row.state in ("held", "ready"):
            withdrawn = await self._withdraw(row, action, "undone")
            if withdrawn is not None:
                return withdrawn
        back = acts.inverse(action)
        if back is not None and back.kind == "snooze" and back.until <= self._clock() + 1:
            # it would have woken by now
            back = msgspec.structs.replace(back, kind="open", until=0)
        if back is None or row.state in ("undone", "discarded", "rejected"):
            return UndoResult("", f"{describe(action)} can no longer be undone: it has left.")
        await self.journal(back, undoes=row.id)
        return UndoResult(action.conversation_id, f"Undone: {describe(action)}")

    async def retry(self, outbox_id: int) -> str:
        """Send a rejected or given-up action again; return a sentence."""
        return await self._release(outbox_id, force=False)

    async def send_anyway(self, outbox_id: int) -> str:
        """Send a reply although the thread moved on since it was written; return a sentence."""
        return await self._release(outbox_id, force=True)

    async def discard(self, outbox_id: int) -> str:
        """Drop an unsent action and its words for good; return a sentence."""
        row = self.get(outbox_id)
        if row is None:
            return "There is no such action in the outbox."
        done = await self._withdraw(row, acts.decode(row.payload), "discarded")
        return "Discarded." if done else "It is on its way already and cannot be discarded."

    async def reopen(self, outbox_id: int) -> UndoResult:
        """Take an unsent or rejected reply or note out of the outbox and make its words a draft again."""
        row = self.get(outbox_id)
        if row is None:
            return UndoResult("", "There is no such action in the outbox.")
        done = await self._withdraw(row, acts.decode(row.payload), "undone")
        return done or UndoResult("", "It is on its way already.")

    def refresh_status(self) -> None:
        """Bring the status line's counts up to date."""
        totals = outbox.totals(self._store.reader)
        undo_until, undo_what = 0.0, ""
        if totals.get(("held", "undo")):
            held = {row.id: row for row in self.pending() if row.held_for == "undo"}
            newest = self.undoable()[:1]
            # the countdown is for what the undo key would take back now
            if newest and newest[0].outbox_id in held:
                undo_until, undo_what = held[newest[0].outbox_id].due_at, newest[0].title.split(":")[0]
        person = sum(n for (state, why), n in totals.items() if state == "held" and why != "undo")
        failed = sum(n for (state, _), n in totals.items() if state == "rejected")
        self._board.set(
            queued=sum(totals.values()) - person - failed,
            held=person,
            failed=failed,
            undo_until=undo_until,
            undo_what=undo_what,
        )

    def announce(self, *conversation_ids: str) -> None:
        """Tell the screen that an action of these conversations moved."""
        touched = frozenset(filter(None, conversation_ids))
        self._changes.announce(Change(conversations=touched, threads=touched, outbox=True))
        self.refresh_status()

    def _hear(self, change: Change) -> None:
        """Another program on this store wrote: what it journaled may be ours to send, should it be gone."""
        if change.everything and change.outbox:
            self.refresh_status()
            self.wake()

    async def _withdraw(self, row: OutboxRow, action: Action, state: str) -> UndoResult | None:
        """Withdraw what has not left, with what follows it; None where it was too late."""
        if action.carries_text:
            await self.flush_drafts()

        def job(db: sqlite3.Connection) -> str | None:
            now = outbox.get(db, row.id)
            if now is None or now.state not in ("held", "ready", "rejected"):
                return None
            gone = [row.id]
            for later in outbox.of_conversation(db, row.conversation_id) if row.conversation_id else ():
                if later.state in ("held", "ready") and acts.decode(later.payload).follows == row.id:
                    gone.append(later.id)
            for outbox_id in gone:
                outbox.move(db, outbox_id, state, now=self._clock())
                parts.drop_pending(db, outbox_id)
            if row.conversation_id:
                conversations.reshow(db, row.conversation_id, self._store.overlay)
            if state == "undone" and action.carries_text:
                return _give_back(db, action, int(self._clock())) if row.conversation_id else action.text
            return ""

        text = await self._store.write(job)
        if text is None:
            return None
        self.announce(row.conversation_id)
        self.wake()
        kind, _ = self.text_of(row)
        if text:
            return UndoResult(row.conversation_id, "Not sent: the text is back in the composer.", kind, text)
        return UndoResult(row.conversation_id, f"Withdrawn: {describe(action)}")

    async def _release(self, outbox_id: int, *, force: bool) -> str:
        def job(db: sqlite3.Connection) -> OutboxRow | None:
            row = outbox.get(db, outbox_id)
            if row is None or row.state not in ("held", "rejected"):
                return None
            outbox.move(db, outbox_id, "ready")
            db.execute("UPDATE outbox SET attempts = 0, force = max(force, ?) WHERE id = ?", (force, outbox_id))
            if row.conversation_id:
                action = acts.decode(row.payload)
                parts.drop_pending(db, outbox_id)
                part = optimistic_part(action, outbox_id, int(row.created_at), self._admin_name())
                if part is not None:
                    parts.put(db, row.conversation_id, part)
                conversations.reshow(db, row.conversation_id, self._store.overlay)
            return row

        row = await self._store.write(job)
        if row is None:
            return "There is nothing to send again under that number."
        self.announce(row.conversation_id)
        self.wake()
        return "On its way again."


def _with_before(db: sqlite3.Connection, action: Action) -> Action:
    row = conversations.get(db, action.conversation_id) if action.conversation_id else None
    if row is None:
        return action
    before = Before(
        state=row.state,
        admin_id=row.admin_assignee_id,
        team_id=row.team_assignee_id,
        snoozed_until=row.snoozed_until,
        title=row.title,
        had_tag=action.tag_id in row.tag_ids,
        read=row.read,
    )
    name = action.contact_name or row.contact_name or row.contact_email
    return msgspec.structs.replace(action, before=before, contact_name=name)


async def _nothing() -> None:
    return None


def _give_back(db: sqlite3.Connection, action: Action, now: int) -> str:
    """Make the words of an action a draft again, before what has been written since; return the whole draft."""
    kind = "note" if action.kind == "note" else "reply"
    existing = next((d.text for d in people.drafts(db, action.conversation_id) if d.kind == kind), "")
    text = f"{action.text}\n\n{existing}" if existing and existing != action.text else action.text
    people.put_drafts(db, [DraftRow(action.conversation_id, kind, text, now)])
    return text


def _how(action: Action) -> str:
    match action.kind:
        case "close" | "open" | "snooze":
            return f"makes it {action.before.state} again"
        case "assign":
            return "gives it back to who had it"
        case "tag" | "untag" | "tag_contact" | "untag_contact":
            return "untags it" if action.kind.startswith("tag") else "tags it again"
        case _:
            return "sets it back"
