"""Conversations in the store: what Intercom says of them, and what the screen shows.

A row of the table is what the screen shows: Intercom's last word with our unconfirmed actions on top. While there are
such actions, Intercom's own word waits in ``bases``; every new word of Intercom's goes there and the row is made again,
so that a refresh never hides an action of ours and a refused action leaves nothing behind.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Final, NamedTuple

import msgspec

from tui.model.decoders import decoder
from tui.model.rows import ConversationRow
from tui.store import soundness
from tui.store.outbox import OPEN_LIST, effective, pending_targets
from tui.store.store import Overlay

_PENDING = {"": "", "1": "waiting", "2": "held", "3": "unsure", "4": "rejected"}
_PENDING_SQL = f"""
coalesce((SELECT max(CASE o.state WHEN 'rejected' THEN '4' WHEN 'unsure' THEN '3'
            WHEN 'held' THEN CASE o.held_for WHEN 'undo' THEN '1' ELSE '2' END ELSE '1' END)
 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN {OPEN_LIST}), '')"""  # noqa: S608 - our own words
_DRAFT_SQL = "EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id)"


def _split(tag_ids: str) -> tuple[str, ...]:
    return tuple(tag_ids.split())


class Column(NamedTuple):
    """One column of the table, or one value that is found for each of its rows.

    ``kind`` is what SQLite gives. ``field`` is what :class:`ConversationRow` calls it: ``""`` where it does not have
    it. ``sql`` finds a value that is not a column. ``told`` is True where Intercom tells it, ``compared`` where another
    value means that the conversation has changed, ``once`` where the first value stays. ``read`` makes the row's value
    of SQLite's.
    """

    name: str
    kind: soundness.Kind
    field: str
    sql: str = ""
    told: bool = True
    compared: bool = False
    once: bool = False
    read: Callable[..., object] | None = None


COLUMNS: Final = (
    Column("n", int, "n", told=False),
    Column("id", str, "id", once=True),
    Column("title", str, "title", compared=True),
    Column("state", str, "state", compared=True),
    Column("read", int, "read", compared=True, read=bool),
    Column("priority", int, "priority", compared=True, read=bool),
    Column("created_at", int, "created_at", once=True),
    Column("updated_at", int, "updated_at", compared=True),
    Column("waiting_since", int, "waiting_since", compared=True),
    Column("snoozed_until", int, "snoozed_until", compared=True),
    Column("admin", str, "admin_assignee_id", compared=True),
    Column("team", str, "team_assignee_id", compared=True),
    Column("contact_id", str, "contact_id"),
    Column("contact_name", str, "contact_name", compared=True),
    Column("contact_email", str, "contact_email"),
    Column("preview", str, "preview", once=True),
    Column("preview_by", str, "preview_by", once=True),
    Column("channel", str, "channel"),
    Column("tag_ids", str, "tag_ids", compared=True, read=_split),
    Column("sla", str, "sla", compared=True),
    Column("rating", int, "rating", compared=True),
    Column("rating_remark", str, "rating_remark"),
    Column("part_count", int, "part_count"),
    Column("thread_updated_at", int, "thread_updated_at", told=False),
    Column("seen_at", int, "seen_at", told=False),
    Column("pending", str, "pending", sql=_PENDING_SQL, told=False, read=_PENDING.__getitem__),
    Column("has_draft", int, "has_draft", sql=_DRAFT_SQL, told=False, read=bool),
    Column("part_total", int, "part_total", told=False),
    Column("attributes", str, "attributes", compared=True),
)
"""The columns in the order of :class:`ConversationRow`; of all that is read, written and compared."""


class ServerConversation(NamedTuple):
    """What Intercom says of a conversation: the told ones of :data:`COLUMNS`. ``tag_ids`` is ``" 1 2 "``,
    ``attributes`` a JSON object or ``""``."""

    id: str
    title: str
    state: str
    read: bool
    priority: bool
    created_at: int
    updated_at: int
    waiting_since: int
    snoozed_until: int
    admin: str
    team: str
    contact_id: str
    contact_name: str
    contact_email: str
    preview: str
    preview_by: str
    channel: str
    tag_ids: str
    sla: str
    rating: int
    rating_remark: str
    part_count: int
    attributes: str = ""


_SHOWN = tuple(column for column in COLUMNS if column.field)
_ROW = f"SELECT {', '.join(one.sql or f'c.{one.name}' for one in _SHOWN)} FROM conversations c "  # noqa: S608
_KINDS: tuple[soundness.Kind, ...] = tuple(one.kind for one in _SHOWN)
_READ = tuple((at, one.read) for at, one in enumerate(_SHOWN) if one.read is not None)
_TOLD = tuple(column.name for column in COLUMNS if column.told)
_UPSERT = f"""
INSERT INTO conversations ({", ".join(_TOLD)}) VALUES ({", ".join("?" * len(_TOLD))})
ON CONFLICT (id) DO UPDATE SET {
    ", ".join(f"{one.name} = excluded.{one.name}" for one in COLUMNS if one.told and not one.once)
}
"""  # noqa: S608 - column names are ours
_WRITTEN = tuple(one for one in _SHOWN if one.told and one.name not in ("id", "created_at"))
_WRITE = f"UPDATE conversations SET {', '.join(f'{one.name} = ?' for one in _WRITTEN)} WHERE id = ?"  # noqa: S608
_FROM_ROW = attrgetter(*(one.field for one in _WRITTEN), "id")
_TAGS_AT = next(at for at, one in enumerate(_WRITTEN) if one.name == "tag_ids")
_OF_SERVER = tuple((one.field, one.name) for one in _SHOWN if one.told and not one.once)
MOST_WORDS: Final = 65_536
"""Characters of a thread that can be found by search."""
_PREVIEW = "UPDATE conversations SET preview = ?, preview_by = ? WHERE id = ?"
_COMPARED = ("updated_at", *(one.name for one in COLUMNS if one.compared and one.name != "updated_at"))
_FINGERPRINT = (
    f"SELECT c.id, c.n, CAST(c.updated_at AS INTEGER), {', '.join(f'c.{name}' for name in _COMPARED[1:])}"  # noqa: S608
    " FROM json_each(?) j JOIN conversations c ON c.id = j.value"
)
_COMPARABLE = attrgetter(*_COMPARED)


def get(db: sqlite3.Connection, conversation_id: str) -> ConversationRow | None:
    """The conversation as the screen shows it, or None."""
    row = db.execute(_ROW + "WHERE c.id = ?", (conversation_id,)).fetchone()
    return _row(row) if row else None


def by_numbers(db: sqlite3.Connection, numbers: Sequence[int]) -> list[ConversationRow]:
    """The conversations with these ``n``, in this order; those that are gone are left out."""
    if not numbers:
        return []
    marks = ",".join("?" * len(numbers))
    found = {row[0]: _row(row) for row in db.execute(_ROW + f"WHERE c.n IN ({marks})", tuple(numbers))}
    return [found[n] for n in numbers if n in found]


def by_ids(db: sqlite3.Connection, ids: Sequence[str]) -> list[ConversationRow]:
    """The conversations with these ids that the store knows, in no order."""
    marks = ",".join("?" * len(ids))
    return [_row(row) for row in db.execute(_ROW + f"WHERE c.id IN ({marks})", tuple(ids))]


def newest_before(db: sqlite3.Connection, moment: int) -> int:
    """The last ``updated_at`` that is not after ``moment`` (Unix seconds), 0 for none. Looks at every row."""
    found = db.execute("SELECT max(updated_at) FROM conversations WHERE updated_at <= ?", (moment,)).fetchone()
    return soundness.whole(found[0])


def of_contact(db: sqlite3.Connection, contact_id: str, limit: int = 20) -> list[ConversationRow]:
    """A contact's conversations, newest first."""
    query = _ROW + "WHERE c.contact_id = ? ORDER BY c.updated_at DESC LIMIT ?"
    return [_row(row) for row in db.execute(query, (contact_id, limit))]


def put(db: sqlite3.Connection, records: Sequence[ServerConversation], overlay: Overlay) -> set[str]:
    """Take in what Intercom says (newest word wins); return the ids of what really changed.

    A record older than what is stored (search lags behind writes) is ignored. Previews of known conversations are
    left to :func:`set_preview`, which the thread's own parts feed.
    """
    if not records:
        return set()
    # an answer may hold a conversation twice (it moved between two of Intercom's pages): once is enough
    if len({record.id for record in records}) < len(records):
        records = list({one.id: one for one in sorted(records, key=lambda one: one.updated_at)}.values())
    based = {row[0] for row in db.execute("SELECT conversation_id FROM bases")}
    waited_for = pending_targets(db) - based
    known = {row[0]: row for row in db.execute(_FINGERPRINT, (msgspec.json.encode([r.id for r in records]).decode(),))}
    fresh: list[ServerConversation] = []
    new_words: list[tuple[str, str]] = []
    changed: set[str] = set()
    for record in records:
        old = known.get(record.id)
        if record.id in based:
            if _rebase(db, record, overlay):
                changed.add(record.id)
            continue
        if old is None:
            new_words.append((_head(record), record.id))
        elif record.updated_at < old[2] or _same(record, old):
            continue
        fresh.append(record)
        changed.add(record.id)
    db.executemany(_UPSERT, fresh)
    db.executemany(
        "INSERT OR IGNORE INTO words (rowid, head, thread)"
        " VALUES ((SELECT n FROM conversations WHERE id = ?2), ?1, '')",
        new_words,
    )
    for conversation_id in waited_for & changed:
        # acted on before the store knew it (the command line may), or gone and back
        reshow(db, conversation_id, overlay)
    return changed


def set_preview(db: sqlite3.Connection, conversation_id: str, preview: str, by: str) -> None:
    """Set the last words shown in the list (one line) and whether ``customer``, ``admin`` or ``bot`` said them."""
    db.execute(_PREVIEW, (preview, by, conversation_id))
    _edit_base(db, conversation_id, preview=preview, preview_by=by)


def set_thread_state(db: sqlite3.Connection, conversation_id: str, thread_updated_at: int, part_total: int = 0) -> None:
    """Remember which ``updated_at`` the stored parts belong to, and how many parts Intercom has altogether."""
    db.execute(
        "UPDATE conversations SET thread_updated_at = ?, part_total = ? WHERE id = ?",
        (thread_updated_at, part_total, conversation_id),
    )
    _edit_base(db, conversation_id, part_total=part_total)


def set_seen(db: sqlite3.Connection, conversation_id: str, created_at: int) -> None:
    """Remember the newest part that was on this screen (never goes back)."""
    db.execute("UPDATE conversations SET seen_at = max(seen_at, ?) WHERE id = ?", (created_at, conversation_id))


def set_contact(db: sqlite3.Connection, contact_id: str, name: str, email: str) -> set[str]:
    """Fill in the name of a contact in their conversations; return the ids of those that changed."""
    rows = db.execute(
        "UPDATE conversations SET contact_name = ?, contact_email = ? WHERE contact_id = ? AND"
        " (contact_name <> ? OR contact_email <> ?) RETURNING id",
        (name, email, contact_id, name, email),
    ).fetchall()
    for (conversation_id,) in rows:
        _edit_base(db, conversation_id, contact_name=name, contact_email=email)
    return {row[0] for row in rows}


def delete(db: sqlite3.Connection, ids: Iterable[str]) -> frozenset[int]:
    """Forget conversations that Intercom no longer has, with their parts and words; drafts and the outbox stay.

    Return the numbers they had.
    """
    gone: set[int] = set()
    for conversation_id in ids:
        found = db.execute("SELECT n FROM conversations WHERE id = ?", (conversation_id,)).fetchone()
        if found is None:
            continue
        db.execute("DELETE FROM parts WHERE n = ? AND outbox_id = 0", found)
        db.execute("DELETE FROM words WHERE rowid = ?", found)
        db.execute("DELETE FROM bases WHERE conversation_id = ?", (conversation_id,))
        db.execute("DELETE FROM conversations WHERE n = ?", found)
        gone.add(found[0])
    return frozenset(gone)


def reshow(db: sqlite3.Connection, conversation_id: str, overlay: Overlay) -> None:
    """Make the shown row again after an action was journaled, finished or withdrawn."""
    actions = effective(db, conversation_id)
    base = _stored_base(db, conversation_id)
    if base is None:
        shown = get(db, conversation_id)
        if shown is None or not actions:
            return
        base = shown
        db.execute("INSERT OR REPLACE INTO bases VALUES (?, ?)", (conversation_id, _ENCODE(base)))
    _write_shown(db, overlay(base, actions))
    if not actions:
        db.execute("DELETE FROM bases WHERE conversation_id = ?", (conversation_id,))


def base_of(db: sqlite3.Connection, conversation_id: str) -> ConversationRow | None:
    """Intercom's own last word on a conversation, without our unconfirmed actions."""
    return _stored_base(db, conversation_id) or get(db, conversation_id)


def rebase(db: sqlite3.Connection, conversation_id: str, change: Callable[[ConversationRow], ConversationRow]) -> None:
    """Change Intercom's own word by what an answer without a conversation told (a tag was added)."""
    stored = _stored_base(db, conversation_id)
    if stored is not None:
        fresh = change(stored)
        db.execute("UPDATE bases SET row = ? WHERE conversation_id = ?", (_ENCODE(fresh), conversation_id))


def words_of(db: sqlite3.Connection, conversation_id: str, thread: str) -> None:
    """Make the words of a thread findable (plain text, capped at 64 kB)."""
    db.execute(
        "UPDATE words SET thread = ? WHERE rowid = (SELECT n FROM conversations WHERE id = ?)",
        (thread[:MOST_WORDS], conversation_id),
    )


_ENCODE = msgspec.json.Encoder().encode
_DECODE = decoder(ConversationRow)


def _stored_base(db: sqlite3.Connection, conversation_id: str) -> ConversationRow | None:
    """What waits in ``bases``; None where nothing does, or nothing that can be read: then what is shown must do."""
    stored = db.execute("SELECT row FROM bases WHERE conversation_id = ?", (conversation_id,)).fetchone()
    return soundness.decoded(_DECODE, stored[0]) if stored else None


def _row(row: tuple) -> ConversationRow:  # type: ignore[type-arg] # one of our own selected rows
    if tuple(map(type, row)) != _KINDS:
        row = soundness.made_good(row, _KINDS)
    values = list(row)
    for at, read in _READ:
        values[at] = read(values[at])
    return ConversationRow(*values)


def _same(record: ServerConversation, old: tuple) -> bool:  # type: ignore[type-arg] # a row of _FINGERPRINT
    return bool(_COMPARABLE(record) == old[2:])


def _head(record: ServerConversation) -> str:
    return " ".join(part for part in (record.title, record.contact_name, record.contact_email, record.preview) if part)


def _rebase(db: sqlite3.Connection, record: ServerConversation, overlay: Overlay) -> bool:
    base = base_of(db, record.id)
    if base is None or record.updated_at < base.updated_at:
        return False
    told = {field: getattr(record, name) for field, name in _OF_SERVER} | {
        "tag_ids": _split(record.tag_ids),
        "contact_name": record.contact_name or base.contact_name,
        "contact_email": record.contact_email or base.contact_email,
    }
    fresh = msgspec.structs.replace(base, **told, pending="", has_draft=False)
    db.execute("INSERT OR REPLACE INTO bases VALUES (?, ?)", (record.id, _ENCODE(fresh)))
    reshow(db, record.id, overlay)
    return True


def _edit_base(db: sqlite3.Connection, conversation_id: str, **fields: str | int) -> None:
    stored = _stored_base(db, conversation_id)
    if stored is not None:
        edited = msgspec.structs.replace(stored, **fields)
        db.execute("UPDATE bases SET row = ? WHERE conversation_id = ?", (_ENCODE(edited), conversation_id))


def _write_shown(db: sqlite3.Connection, row: ConversationRow) -> None:
    values = list(_FROM_ROW(row))
    values[_TAGS_AT] = joined(row.tag_ids)
    db.execute(_WRITE, values)


def joined(tag_ids: Iterable[str]) -> str:
    """Tag ids as the table keeps them: ``" 1 2 "``, so that one can be found with ``LIKE '% 1 %'``."""
    text = " ".join(tag_ids)
    return f" {text} " if text else ""
