"""What journaling an action, or taking one out of the journal, does to the store. Inside the caller's transaction."""

import sqlite3

import msgspec

from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Action, WordsAction
from tui.inbox.order import cancelled
from tui.model.outbox import Hold, State
from tui.store import conversations, outbox, parts, people
from tui.store.rows import DraftRow, OutboxRow
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
        if later.id > withdrawn and later.state in (State.HELD, State.READY):
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
    if row is None or row.state is not State.UNSURE:
        return None
    outbox.move(db, outbox_id, State.READY)
    db.execute("UPDATE outbox SET attempts = 0 WHERE id = ?", (outbox_id,))
    return row


def arrived(db: sqlite3.Connection, outbox_id: int, now: float, show: Overlay) -> OutboxRow | None:
    """Take an action whose fate is unknown as done; the row as it was, None where its fate is known."""
    row = outbox.get(db, outbox_id)
    if row is None or not row.settles_at or not (row.state is State.UNSURE or row.held_for is Hold.GIVEN_UP):
        return None
    action = acts.decode(row.payload)
    outbox.move(db, outbox_id, State.DONE, now=now)
    parts.drop_pending(db, outbox_id)
    if row.conversation_id:
        conversations.rebase(db, row.conversation_id, lambda base: action.apply(base, int(now)))
        conversations.reshow(db, row.conversation_id, show)
    return row


def with_before(db: sqlite3.Connection, action: Action) -> Action:
    row = conversations.get(db, action.conversation_id) if action.conversation_id else None
    if row is None:
        return action
    name = action.contact_name or row.contact_name or row.contact_email
    return msgspec.structs.replace(action, before=action.remembered(row), contact_name=name)


def give_back(db: sqlite3.Connection, action: WordsAction, now: int) -> str:
    """Make the words of an action a draft again, before what has been written since; return the whole draft."""
    kind = action.draft_kind
    existing = next((d.text for d in people.drafts(db, action.conversation_id) if d.kind == kind), "")
    text = f"{action.text}\n\n{existing}" if existing and existing != action.text else action.text
    people.put_drafts(db, [DraftRow(action.conversation_id, kind, text, now)])
    return text
