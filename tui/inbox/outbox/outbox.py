"""The outbox: every action is journaled with its effect in one transaction, before anything is sent.

Sending is the business of :mod:`tui.inbox.outbox.worker`; here is what a person is told of the journal: what waits,
what can be undone, what needs a decision.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

import msgspec

from tui.inbox import incoming
from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Action, WordsAction
from tui.inbox.actions.codec import overlay
from tui.inbox.actions.redact import Redact
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.unreadable import Unreadable
from tui.inbox.changes import Changes
from tui.inbox.outbox import journal
from tui.inbox.outbox.batch import current_batch, new_batch
from tui.inbox.outbox.steps import Step, steps
from tui.inbox.situation import action_state, action_words, connection_state
from tui.inbox.status import StatusBoard
from tui.model.labels import outcomes
from tui.model.outbox import OPEN, TAKEN_BACK, Hold, State
from tui.model.rows import Change, DraftRow, OutboxRow, PartRow
from tui.store import conversations, outbox, parts, people
from tui.store.store import Store

UNDO_WINDOW = 24 * 3600.0
"""Seconds for which a finished action is offered in the undo list."""

_RECENT = 2000
"""Actions looked through for what can be undone."""
_MOVING = (State.HELD, State.QUEUED, State.SENDING, State.UNKNOWN)
A_FEW = 40
"""Actions looked through for the newest of this program, after every change."""

NO_REDACTING = outcomes.NO_REDACTING_OF_CONTACT_NOTES

Outcome = Literal["", "withdrawn", "reversed", "same"]
"""What an undo did: nothing, the action never leaves, another one reverses it, or somebody else had reversed it."""


async def _nothing() -> None:
    return None


class UndoResult(msgspec.Struct, frozen=True):
    """What an undo did: ``message`` for the person; where words came back, ``draft_kind`` and ``text`` (now a draft).

    ``conversation_id`` is ``""`` where nothing was undone.
    """

    conversation_id: str
    message: str
    draft_kind: str = ""
    text: str = ""
    outcome: Outcome = ""


class Outbox:
    """The journal as the app and the command line use it.

    ``wake`` is called when something may leave, ``flush_drafts`` before words go back to a draft. ``origin`` names this
    program in the journal (see :func:`tui.inbox.outbox.steps.origin_of`).
    """

    def __init__(
        self, store: Store, changes: Changes, board: StatusBoard, *, undo_seconds: float,
        origin: str, admin_name: Callable[[], str], flush_drafts: Callable[[], Awaitable[None]] = _nothing,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store = store
        self._changes = changes
        self._board = board
        self._admin_name = admin_name
        self.undo_seconds = undo_seconds
        self.origin = origin
        self.changed = asyncio.Event()
        """Set when there may be something to send: the worker waits for it."""
        self._flush_drafts = flush_drafts
        self._clock = clock
        changes.subscribe(self._hear)

    async def journal(self, action: Action, *, force: bool = False, undoes: int = 0) -> int:
        """Journal an action and its effect; return its outbox id once both are on disk.

        What others will see and cannot be taken back without a trace is held for the undo window (see
        :attr:`Action.waits`); the rest may leave at once. What only sets back an action that is held is not journaled:
        that action is withdrawn, and its id returned.
        """
        return (await self.journal_all([action], force=force, undoes=undoes))[0]

    async def journal_all(self, actions: Sequence[Action], *, force: bool = False, undoes: int = 0) -> list[int]:
        """Journal what was asked for with one key: all of it or nothing. The later ones follow the first.

        More than one action are a batch, as are all that are journaled within :func:`tui.inbox.outbox.batch.batch`.
        """
        name = self._admin_name()
        batch = current_batch() or (new_batch() if len(actions) > 1 else "")

        def job(db: sqlite3.Connection) -> list[int]:
            now = self._clock()
            made: list[int] = []
            for action in actions:
                follows = made[0] if made else 0
                complete = journal.with_before(db, msgspec.structs.replace(action, follows=follows))
                alone = not undoes and len(actions) == 1
                void = journal.cancel(db, complete, now, self.origin, overlay) if alone else 0
                made.append(void or self._append(db, complete, name, now, force, undoes, batch))
            return made

        made = await self._store.write(job)
        self.announce(*{action.conversation_id for action in actions})
        self.changed.set()
        return made

    def _append(
        self, db: sqlite3.Connection, action: Action, name: str, now: float, force: bool, undoes: int, batch: str
    ) -> int:
        hold = self.undo_seconds if action.waits and not undoes else 0.0
        outbox_id = outbox.append(
            db,
            conversation_id=action.conversation_id,
            kind=action.kind,
            payload=acts.encode(action),
            state=State.HELD if hold else State.QUEUED,
            now=now,
            due_at=now + hold if hold else 0.0,
            held_for=Hold.UNDO if hold else Hold.NONE,
            undoes=undoes,
            force=force,
            batch=batch,
            origin=self.origin,
        )
        if action.conversation_id:
            part = action.part(outbox_id, int(now), name)
            if part is not None:
                parts.put(db, action.conversation_id, part)
            conversations.reshow(db, action.conversation_id, overlay)
        if isinstance(action, WordsAction) and action.carries_text and action.conversation_id and action.drafted:
            people.put_drafts(db, [DraftRow(action.conversation_id, action.draft_kind, "")])
        return outbox_id

    def pending(self) -> list[OutboxRow]:
        """Every unfinished action, oldest first."""
        return [_told(row) for row in outbox.unfinished(self._store.reader)]

    def is_moving(self, outbox_id: int) -> bool:
        """Whether an action is unfinished and needs no person."""
        row = self.get(outbox_id)
        return row is not None and row.state in _MOVING and row.held_for in (Hold.NONE, Hold.UNDO)

    def get(self, outbox_id: int) -> OutboxRow | None:
        """One action, whatever its state."""
        row = outbox.get(self._store.reader, outbox_id)
        return _told(row) if row is not None else None

    def attention(self) -> list[OutboxRow]:
        """Actions that a person must decide on: rejected, held because the thread moved on, given up, or sent twice."""
        return [
            row
            for row in self.pending()
            if row.state is State.REJECTED or (row.state is State.HELD and row.held_for is not Hold.UNDO)
        ]

    def unknown(self) -> list[OutboxRow]:
        """Words that may have arrived and are looked for: a person may decide earlier."""
        return [row for row in self.pending() if row.state is State.UNKNOWN and acts.decode(row.payload).carries_text]

    def describe(self, row: OutboxRow) -> str:
        """An action in a few words."""
        return acts.decode(row.payload).describe()

    def text_of(self, row: OutboxRow) -> tuple[str, str]:
        """``(kind, Markdown)`` of the words an action carries: kind ``reply`` or ``note``; ``("", "")``: none."""
        action = acts.decode(row.payload)
        if not isinstance(action, WordsAction) or not action.carries_text:
            return "", ""
        return action.draft_kind or "reply", action.text

    def steps(self) -> list[Step]:
        """What was done on this store in the last day, by whatever program, newest first."""
        return steps(outbox.recent(self._store.reader, self._clock() - UNDO_WINDOW, _RECENT))

    def own_steps(self, limit: int = _RECENT) -> list[Step]:
        """What this program did, newest first; of the newest step all, of older ones what ``limit`` actions tell."""
        db = self._store.reader
        rows = outbox.by_origin(db, self.origin, self._clock() - UNDO_WINDOW, limit)
        found = steps(rows)
        if found and len(rows) == limit:
            known = {row.id for row in rows}
            rest = [row for row in outbox.of_batch(db, found[0].key) if row.id not in known]
            return steps([*rows, *rest]) if rest else found
        return found

    def reversal(self, row: OutboxRow) -> Action | None:
        """The action that takes back one that was sent, None where none can."""
        back = acts.decode(row.payload).inverse()
        return back.instead(self._clock()) if back is not None else None

    async def undo(self, outbox_id: int) -> UndoResult:
        """Take back one action: before it has left it never does, afterwards its reversal is journaled."""
        row = self.get(outbox_id)
        if row is None:
            return UndoResult("", outcomes.NO_LONGER_IN_OUTBOX)
        action = acts.decode(row.payload)
        if row.state in (State.HELD, State.QUEUED):
            withdrawn = await self._withdraw(row, action, State.UNDONE)
            if withdrawn is not None:
                return withdrawn
            row = self.get(outbox_id) or row
        back = self.reversal(row)
        if back is None or row.state in (*TAKEN_BACK, State.REJECTED):
            return UndoResult("", outcomes.SENT_CANNOT_BE_UNDONE.format(action=action.describe()))
        shown = conversations.get(self._store.reader, action.conversation_id) if action.conversation_id else None
        if shown is not None and back.apply(shown, int(self._clock())) == shown:
            await self._store.write(lambda db: journal.note_reversal(db, back, outbox_id, self._clock(), self.origin))
            self.refresh_status()
            nothing = outcomes.NOTHING_TO_UNDO_ANY_MORE.format(action=action.describe())
            return UndoResult(action.conversation_id, nothing, outcome="same")
        await self.journal(back, undoes=row.id)
        return UndoResult(action.conversation_id, f"Undone: {action.describe()}", outcome="reversed")

    async def retry(self, outbox_id: int) -> str:
        """Send a rejected or given-up action again; return a sentence."""
        return await self._release(outbox_id, force=False)

    async def send_again(self, outbox_id: int) -> str:
        """Do not look any longer for what may have arrived: it leaves after one more look. Return a sentence."""
        said = outcomes.SENT_AGAIN_UNLESS_FOUND
        return await self._decided(lambda db: journal.send_again(db, outbox_id), said)

    async def arrived(self, outbox_id: int) -> str:
        """Somebody has seen what may have arrived: it is done, and never leaves again. Return a sentence."""
        taken = outcomes.MARKED_AS_DELIVERED
        return await self._decided(lambda db: journal.arrived(db, outbox_id, self._clock(), overlay), taken)

    async def _decided(self, job: Callable[[sqlite3.Connection], OutboxRow | None], said: str) -> str:
        row = await self._store.write(job)
        if row is None:
            return outcomes.DELIVERY_IS_KNOWN
        self.announce(row.conversation_id)
        self.changed.set()
        return said

    async def send_anyway(self, outbox_id: int, read: Sequence[PartRow] | None = None) -> str:
        """Send a reply although the thread moved on since it was written; return a sentence.

        ``read`` are the parts that whoever says so has been shown: what came in after those holds it again. None sends
        it whatever came in.
        """
        return await self._release(outbox_id, force=read is None, read=read or ())

    def came_in(self, row: OutboxRow) -> list[PartRow]:
        """The parts that came in after what the writer of a reply had read, oldest first, as far as they are stored.

        Not all of them hold it: see :meth:`held_by`.
        """
        action = acts.decode(row.payload)
        thread = parts.of_conversation(self._store.reader, row.conversation_id)
        return incoming.came_in(thread, action.seen) if isinstance(action, Reply) else []

    def own_parts(self, conversation_id: str) -> set[str]:
        """Ids of the parts that are known to be the effect of our own actions."""
        return outbox.claimed_parts(self._store.reader, conversation_id)

    def held_by(self, row: OutboxRow) -> list[PartRow]:
        """Those of :meth:`came_in` that hold the reply."""
        ours = self.own_parts(row.conversation_id)
        me = acts.decode(row.payload).acting_as
        return [part for part in self.came_in(row) if incoming.holds(part, me, ours)]

    async def discard(self, outbox_id: int) -> str:
        """Drop an unsent action and its words for good; return a sentence."""
        row = self.get(outbox_id)
        if row is None:
            return outcomes.NO_SUCH_ACTION
        done = await self._withdraw(row, acts.decode(row.payload), State.DISCARDED)
        if done and row.held_for is Hold.TWICE:
            return outcomes.BOTH_COPIES_STAY
        return "Discarded." if done else outcomes.BEING_SENT_NOT_DISCARDED

    async def reopen(self, outbox_id: int) -> UndoResult:
        """Take an unsent or rejected reply or note out of the outbox and make its words a draft again."""
        row = self.get(outbox_id)
        if row is None:
            return UndoResult("", outcomes.NO_SUCH_ACTION)
        done = await self._withdraw(row, acts.decode(row.payload), State.UNDONE)
        return done or UndoResult("", outcomes.BEING_SENT)

    async def end_undo_window(self) -> list[int]:
        """Let what this program holds leave now; return the outbox ids, oldest first."""
        freed = await self._store.write(lambda db: outbox.end_undo_window(db, self.origin, self._clock()))
        self.changed.set()
        return freed

    async def jumped(self, before: float, owner: str, lease_until: float) -> None:
        """The wall clock jumped from ``before`` to what it shows now: the times of our rows go along."""
        now, undo_seconds = self._clock(), self.undo_seconds
        await self._store.write(
            lambda db: outbox.jumped(
                db, origin=self.origin, owner=owner, now=now, before=before, undo_seconds=undo_seconds,
                lease_until=lease_until,
            )
        )  # fmt: skip
        self.announce("")

    def refresh_status(self) -> None:
        """Bring the status line's counts up to date."""
        totals = outbox.totals(self._store.reader)
        undo_until, undo_what = 0.0, ""
        if totals.get((State.HELD, Hold.UNDO)):
            # the countdown is for what the undo key would take back now
            newest = next(iter(self.own_steps(A_FEW)), None)
            if newest is not None and newest.unsent and not newest.stuck and not newest.sent:
                undo_until = max(row.due_at for row in newest.unsent)
                undo_what = newest.noun
        twice_ = totals.get((State.HELD, Hold.TWICE), 0)
        person = sum(
            n for (state, why), n in totals.items() if state is State.HELD and why not in (Hold.UNDO, Hold.TWICE)
        )
        unknown = sum(n for (state, _), n in totals.items() if state is State.UNKNOWN)
        failed = sum(n for (state, _), n in totals.items() if state is State.REJECTED)
        self._board.set(
            queued=sum(totals.values()) - person - failed - twice_ - unknown,
            held=person,
            failed=failed,
            twice=twice_,
            unknown=unknown,
            unknown_until=outbox.settled_at(self._store.reader) if unknown else 0.0,
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
            self.changed.set()

    async def _withdraw(self, row: OutboxRow, action: Action, state: State) -> UndoResult | None:
        """Withdraw what has not left, with what follows it; None where it was too late."""
        if action.carries_text:
            await self._flush_drafts()

        def job(db: sqlite3.Connection) -> str | None:
            return journal.withdraw(db, row.id, action, state, self._clock(), overlay)

        text = await self._store.write(job)
        if text is None:
            return None
        self.announce(row.conversation_id)
        self.changed.set()
        kind, _ = self.text_of(row)
        if text:
            said = outcomes.NOT_SENT_TEXT_IS_BACK
            if row.settles_at:
                said = outcomes.TEXT_IS_BACK_MAY_ARRIVE
            return UndoResult(row.conversation_id, said, kind, text, "withdrawn")
        return UndoResult(row.conversation_id, f"Withdrawn: {action.describe()}", outcome="withdrawn")

    async def _release(self, outbox_id: int, *, force: bool, read: Sequence[PartRow] = ()) -> str:
        name = self._admin_name()

        def job(db: sqlite3.Connection) -> OutboxRow | None:
            return journal.release(db, outbox_id, name, overlay, force=force, read=read)

        row = await self._store.write(job)
        if row is None:
            held = self.get(outbox_id)
            if held is not None and held.held_for is Hold.DAMAGED:
                return outcomes.DAMAGED_NOT_SENT
            return outcomes.NOTHING_TO_SEND_AGAIN
        if isinstance(acts.decode(row.payload), Redact) and not row.conversation_id:
            return NO_REDACTING
        self.announce(row.conversation_id)
        self.changed.set()
        now = self._clock()
        words = action_words(action_state(State.QUEUED, Hold.NONE, 0.0, connection_state(self._board.now, now), now))
        return f"{words[:1].upper()}{words[1:]}."


def _told(row: OutboxRow) -> OutboxRow:
    """A row as it is to be told of: one whose action cannot be read waits for a person."""
    if row.state in OPEN and row.held_for is not Hold.DAMAGED and isinstance(acts.decode(row.payload), Unreadable):
        return outbox.set_aside(row)
    return row
