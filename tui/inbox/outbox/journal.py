"""What journaling an action, or taking one out of the journal, does to the store. Inside the caller's transaction."""

import sqlite3
from collections.abc import Sequence

import msgspec

from tui.inbox import incoming
from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Action, WordsAction
from tui.inbox.actions.redact import Redact
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.unreadable import Unreadable
from tui.inbox.outbox import duplicates as twice
from tui.inbox.outbox.order import cancelled
from tui.model.outbox import TAKEN_BACK, Hold, State, sources
from tui.model.rows import DraftRow, OutboxRow, PartRow
from tui.store import conversations, outbox, parts, people
from tui.store.store import Overlay


def cancel(db: sqlite3.Connection, action: Action, now: float, origin: str, show: Overlay) -> int:
    """Withdraw what the action sets back before it has left; the id of the first such action, 0 for none."""
    base = conversations.base_of(db, action.conversation_id) if action.conversation_id else None
    if base is None or action.carries_text:
        return 0
    pending = outbox.effective(db, action.conversation_id)
    void = cancelled(base, pending, action, origin, int(now))
    for outbox_id in void.withdrawn:
        outbox.move(db, outbox_id, State.UNDONE, now=now)
        parts.drop_pending(db, outbox_id)
    for outbox_id, payload in void.reworded:
        outbox.rewrite(db, outbox_id, payload)
    touched = (*void.withdrawn, *(outbox_id for outbox_id, _ in void.reworded))
    if touched:
        remake(db, action.conversation_id, min(touched), show)
    return min(touched, default=0)


def remake(db: sqlite3.Connection, conversation_id: str, withdrawn: int, show: Overlay) -> None:
    """Show a conversation without the action ``withdrawn``; later ones then start from another state."""
    row = conversations.base_of(db, conversation_id)
    for later in outbox.effective(db, conversation_id):
        if row is None:
            break
        action = acts.decode(later.payload)
        if later.id > withdrawn and later.state in (State.HELD, State.QUEUED):
            outbox.rewrite(db, later.id, acts.encode(msgspec.structs.replace(action, before=action.remembered(row))))
        row = action.apply(row, int(later.created_at))
    conversations.reshow(db, conversation_id, show)


def note_reversal(db: sqlite3.Connection, back: Action, outbox_id: int, now: float, origin: str) -> None:
    """Remember that an action is taken back although nothing is sent for it: somebody else has reversed it."""
    noted = outbox.append(
        db, conversation_id=back.conversation_id, kind=back.kind, payload=acts.encode(back), state=State.DONE, now=now,
        undoes=outbox_id, origin=origin,
    )  # fmt: skip
    outbox.move(db, noted, State.DONE, now=now)


def send_again(db: sqlite3.Connection, outbox_id: int) -> OutboxRow | None:
    """Let an action whose fate is unknown leave before its time; the row as it was, None where its fate is known."""
    row = outbox.get(db, outbox_id)
    if row is None or row.state is not State.UNKNOWN:
        return None
    outbox.move(db, outbox_id, State.QUEUED)
    db.execute("UPDATE outbox SET attempts = 0 WHERE id = ?", (outbox_id,))
    return row


def arrived(db: sqlite3.Connection, outbox_id: int, now: float, show: Overlay) -> OutboxRow | None:
    """Take an action whose fate is unknown as done; the row as it was, None where its fate is known."""
    row = outbox.get(db, outbox_id)
    if row is None or not row.settles_at or not (row.state is State.UNKNOWN or row.held_for is Hold.GIVEN_UP):
        return None
    action = acts.decode(row.payload)
    outbox.move(db, outbox_id, State.DONE, now=now)
    parts.drop_pending(db, outbox_id)
    if row.conversation_id:
        conversations.rebase(db, row.conversation_id, lambda base: action.apply(base, int(now)))
        conversations.reshow(db, row.conversation_id, show)
    return row


def withdraw(
    db: sqlite3.Connection, outbox_id: int, action: Action, state: State, now: float, show: Overlay
) -> str | None:
    """Take an action, with what follows it, out of what will be sent: ``state`` says how. None where it was too late.

    The text that is a draft again, ``""`` where none is.
    """
    row = outbox.get(db, outbox_id)
    if row is None or row.state not in sources(state) - TAKEN_BACK:
        return None
    if row.settles_at and action.carries_text:
        # it may arrive all the same
        twice.begin(db, row.id, now)
    gone = [row.id]
    for later in outbox.of_conversation(db, row.conversation_id) if row.conversation_id else ():
        if later.state in (State.HELD, State.QUEUED) and acts.decode(later.payload).follows == row.id:
            gone.append(later.id)
    for one in gone:
        outbox.move(db, one, state, now=now)
        parts.drop_pending(db, one)
    if row.conversation_id:
        remake(db, row.conversation_id, row.id, show)
    if state is not State.UNDONE or not action.carries_text:
        return ""
    if row.conversation_id and isinstance(action, WordsAction):
        return give_back(db, action, int(now))
    return action.text


def release(
    db: sqlite3.Connection, outbox_id: int, name: str, show: Overlay, *, force: bool, read: Sequence[PartRow]
) -> OutboxRow | None:
    """Let a held or rejected action leave; the row as it was, None where there is nothing that could.

    ``read`` are parts that its writer has been shown since, ``name`` who acts. A copy of a contact's note stays where
    it is: nothing can redact it.
    """
    row = outbox.get(db, outbox_id)
    if row is None or row.state not in (State.HELD, State.REJECTED):
        return None
    action = acts.decode(row.payload)
    if isinstance(action, Unreadable):
        return None
    if isinstance(action, Redact) and not row.conversation_id:
        return row
    outbox.move(db, outbox_id, State.QUEUED)
    db.execute("UPDATE outbox SET attempts = 0, force = max(force, ?) WHERE id = ?", (force, outbox_id))
    if read and isinstance(action, Reply):
        action = action.having_seen(incoming.with_more(action.seen, read))
        outbox.rewrite(db, outbox_id, acts.encode(action))
    if row.conversation_id:
        parts.drop_pending(db, outbox_id)
        part = action.part(outbox_id, int(row.created_at), name)
        if part is not None:
            parts.put(db, row.conversation_id, part)
        conversations.reshow(db, row.conversation_id, show)
    return row


def with_before(db: sqlite3.Connection, action: Action) -> Action:
    """The action with what its conversation is now, which an undo goes back to, and its contact's name."""
    row = conversations.get(db, action.conversation_id) if action.conversation_id else None
    if row is None:
        return action
    name = action.contact_name or row.contact
    return msgspec.structs.replace(action, before=action.remembered(row), contact_name=name)


def give_back(db: sqlite3.Connection, action: WordsAction, now: int) -> str:
    """Make the words of an action a draft again, before what has been written since; return the whole draft."""
    kind = action.draft_kind
    existing = next((d.text for d in people.drafts(db, action.conversation_id) if d.kind == kind), "")
    text = f"{action.text}\n\n{existing}" if existing and existing != action.text else action.text
    people.put_drafts(db, [DraftRow(action.conversation_id, kind, text, now)])
    return text
