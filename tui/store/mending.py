"""When a store is opened: rows that cannot be read are set aside, and what it lost is taken from the second file.

Nothing is deleted here. What comes from the second file waits for a person: it may have been sent since, and nothing is
ever sent twice.
"""

import sqlite3

import msgspec

from tui.model.labels import store_errors
from tui.model.outbox import OPEN, Hold, State
from tui.model.rows import DraftRow, OutboxRow
from tui.store import outbox, people
from tui.store.kept import Kept
from tui.store.schema import MIGRATIONS, SEQ
from tui.store.soundness import text, whole
from tui.store.store import Store

LOST = store_errors.LOST_MAY_BE_SENT
RESTORED = store_errors.TEXT_RESTORED
LEFT = store_errors.REST_OF_A_DRAFT


class Mended(msgspec.Struct):
    """What was found when a store was opened: actions set aside, and words brought back."""

    set_aside: int = 0
    drafts: int = 0
    actions: int = 0

    def sentence(self) -> str:
        """For the person; ``""`` where nothing was wrong."""
        said: list[str] = []
        if self.drafts or self.actions:
            drafts, actions = counted(self.drafts, "draft"), counted(self.actions, "unsent action")
            said.append(store_errors.HAD_LOST.format(drafts=drafts, actions=actions))
        if self.set_aside:
            said.append(store_errors.SET_ASIDE.format(rows=counted(self.set_aside, "row")))
        return " ".join(said)


def counted(number: int, noun: str) -> str:
    """``1 draft``, ``2 drafts``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def mend(store: Store, kept: Kept) -> Mended:
    """Bring a store that was just opened in order; ``kept`` is its second file, read before it was opened.

    Raises :class:`tui.model.errors.StoreError`.
    """
    db = store.reader
    seq = _seq(db)
    current = kept.complete and not kept.has_more and kept.seq == seq and kept.version == len(MIGRATIONS)
    if current and _agree(db, kept) and not _is_odd(db):
        return Mended()

    def job(db: sqlite3.Connection) -> Mended:
        found = Mended()
        seq = _seq(db)
        _odd_drafts(db, kept, found)
        _odd_actions(db, kept, found)
        if kept.seq > seq:
            _bring_back(db, kept, found)
        elif kept.has_more:
            for draft in kept.drafts.values():
                found.drafts += _add_draft(db, draft)
        elif kept.seq == seq and kept.complete:
            _compare(db, kept, found)
        if kept.workspace and not people.meta(db, "workspace"):
            people.set_meta(db, "workspace", kept.workspace)
        people.set_meta(db, SEQ, str(max(_seq(db), kept.seq) + 1))
        return found

    found = store.write_now(job)
    store.keep_all()
    return found


def _seq(db: sqlite3.Connection) -> int:
    return whole(people.meta(db, SEQ))


def _is_odd(db: sqlite3.Connection) -> bool:
    return bool(outbox.unsound(db) or any(not _is_sound(row) for row in people.raw_drafts(db)))


def _is_sound(row: people.RawDraft) -> bool:
    return tuple(map(type, row)) == (str, str, str, int) and row[1] in ("reply", "note") and bool(row[0])


def _odd_drafts(db: sqlite3.Connection, kept: Kept, found: Mended) -> None:
    for row in people.raw_drafts(db):
        if _is_sound(row):
            continue
        found.set_aside += 1
        conversation_id, kind, words = text(row[0]), text(row[1]), text(row[2])
        db.execute("DELETE FROM drafts WHERE conversation_id IS ? AND kind IS ?", row[:2])
        if (conversation_id, kind) in kept.drafts or not words.strip():
            continue  # it comes back whole, or there is nothing to come back
        if conversation_id.isalnum():
            _add_draft(db, DraftRow(conversation_id, "note" if kind.startswith("n") else "reply", words, whole(row[3])))
        else:
            _set_words_aside(db, words)
    for key, draft in kept.drafts.items():
        stored = db.execute("SELECT 1 FROM drafts WHERE conversation_id = ? AND kind = ?", key).fetchone()
        if found.set_aside and stored is None:
            _add_draft(db, draft)


def _set_words_aside(db: sqlite3.Connection, words: str) -> None:
    """Words of which it is not known where they belong: an action that nobody can send."""
    outbox.append(
        db, conversation_id="", kind="unreadable", payload=msgspec.json.encode({"text": words}), state=State.HELD,
        now=0.0, held_for=Hold.DAMAGED, reason=LEFT,
    )  # fmt: skip


def _odd_actions(db: sqlite3.Connection, kept: Kept, found: Mended) -> None:
    for row in outbox.unsound(db):
        known = kept.actions.get(row.id)
        if known is not None:
            row = outbox.set_aside(known, RESTORED, Hold.RESCUED)
        elif row.id in kept.finished:
            row = msgspec.structs.replace(row, state=kept.finished[row.id], held_for=Hold.NONE, finished_at=1.0)
        found.set_aside += row.state is State.HELD
        outbox.replace(db, row)


def _bring_back(db: sqlite3.Connection, kept: Kept, found: Mended) -> None:
    """The store is older than its second file, or gone: what it lacks comes from there."""
    for draft in kept.drafts.values():
        found.drafts += _add_draft(db, draft)
    stored = {row.id: row for row in outbox.unfinished(db)}
    for number, row in kept.actions.items():
        there = stored.pop(number, None)
        if there is None or not _same_action(there, row):
            done = outbox.get(db, number)
            if done is None or done.state in OPEN:
                outbox.put_back(db, outbox.set_aside(row, LOST, Hold.RESCUED))
                found.actions += 1
        elif (there.state, there.attempts, there.payload) != (row.state, row.attempts, row.payload):
            outbox.replace(db, outbox.set_aside(row, LOST, Hold.RESCUED))
            found.actions += 1
    for number, row in stored.items():
        state = kept.finished.get(number)
        if state is not None:
            outbox.replace(
                db, msgspec.structs.replace(row, state=state, held_for=Hold.NONE, finished_at=row.created_at)
            )
        elif kept.complete and row.held_for is not Hold.DAMAGED:
            # written anew since, without it: it was finished, or another took its place
            outbox.replace(db, outbox.set_aside(row, LOST, Hold.RESCUED))
            found.actions += 1


def _compare(db: sqlite3.Connection, kept: Kept, found: Mended) -> None:
    """Both are equally new: where they differ a byte of the store has changed without anybody writing it."""
    for draft in kept.drafts.values():
        found.drafts += _add_draft(db, draft)
    stored = {row.id: row for row in outbox.unfinished(db)}
    for number, row in kept.actions.items():
        there = stored.get(number)
        if there is None:
            done = outbox.get(db, number)
            if done is None or not _same_action(done, row):
                outbox.put_back(db, outbox.set_aside(row, LOST, Hold.RESCUED))
            else:
                outbox.replace(db, outbox.set_aside(row, RESTORED, Hold.RESCUED))
            found.actions += 1
        elif there.payload != row.payload and there.held_for is not Hold.RESCUED:
            outbox.replace(db, outbox.set_aside(row, RESTORED, Hold.RESCUED))
            found.actions += 1


def _agree(db: sqlite3.Connection, kept: Kept) -> bool:
    drafts = {(row.conversation_id, row.kind): row.text for row in people.drafts(db)}
    if drafts != {key: row.text for key, row in kept.drafts.items()}:
        return False
    actions = {row.id: row.payload.decode("utf-8", "replace") for row in outbox.unfinished(db)}
    return actions == {number: text(row.payload) for number, row in kept.actions.items()}


def _same_action(one: OutboxRow, other: OutboxRow) -> bool:
    """Whether two rows of one number are the same action, whatever became of it."""
    return one.created_at == other.created_at or one.payload == other.payload


def _add_draft(db: sqlite3.Connection, draft: DraftRow) -> bool:
    """Save a draft without losing one that is there; False where nothing changes."""
    there = next((row for row in people.drafts(db, draft.conversation_id) if row.kind == draft.kind), None)
    words = draft.text
    if there is not None:
        if there.text == words or (words in there.text and there.updated_at >= draft.updated_at):
            return False
        if there.text not in words and len(there.text) != len(words):
            words = f"{words}\n\n{there.text}"
    people.put_drafts(db, [msgspec.structs.replace(draft, text=words)])
    return True
