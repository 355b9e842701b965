"""Contacts, admins, teams, tags, drafts and small facts: tables with little to them."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from tui.model.decoders import decoder
from tui.model.rows import AdminRow, ContactRow, DraftRow, TagRow, TeamRow
from tui.store import soundness

_ENCODE = msgspec.json.Encoder().encode
_CONTACT = decoder(ContactRow)
DirectoryRow = TypeVar("DirectoryRow", AdminRow, TeamRow, TagRow)
_TABLES: dict[type[AdminRow | TeamRow | TagRow], str] = {AdminRow: "admins", TeamRow: "teams", TagRow: "tags"}


def contact(db: sqlite3.Connection, contact_id: str) -> ContactRow | None:
    """A contact as last read, or None."""
    row = db.execute("SELECT row FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return soundness.decoded(_CONTACT, row[0]) if row else None


def put_contact(db: sqlite3.Connection, row: ContactRow) -> None:
    """Add or replace a contact."""
    db.execute(
        "INSERT OR REPLACE INTO contacts VALUES (?, ?, ?, ?, ?)", (row.id, row.name, row.email, row.phone, _ENCODE(row))
    )


def drop_contact(db: sqlite3.Connection, contact_id: str) -> None:
    """Forget a deleted contact."""
    db.execute("DELETE FROM contacts WHERE id = ?", (contact_id,))


def find_contacts(db: sqlite3.Connection, text: str, limit: int = 50) -> list[ContactRow]:
    """Contacts whose name, e-mail or phone holds ``text`` (case-insensitive): the read ones, then those that only
    conversations name."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = db.execute(
        "SELECT row FROM contacts WHERE name LIKE ?1 ESCAPE '\\' OR email LIKE ?1 ESCAPE '\\'"
        " OR phone LIKE ?1 ESCAPE '\\' LIMIT ?2",
        (like, limit),
    )
    read = (soundness.decoded(_CONTACT, blob) for (blob,) in rows)
    found = {row.id: row for row in read if row is not None}
    query = fts_phrase(text)
    if query and len(found) < limit:
        named = db.execute(
            "SELECT DISTINCT c.contact_id, c.contact_name, c.contact_email FROM"
            " (SELECT rowid FROM words WHERE words MATCH ? LIMIT 2000) w JOIN conversations c ON c.n = w.rowid"
            " WHERE c.contact_id <> '' AND (c.contact_name LIKE ?2 ESCAPE '\\' OR c.contact_email LIKE ?2 ESCAPE '\\')"
            " LIMIT ?3",
            (f"head : ({query})", like, limit),
        )
        for contact_id, name, email in named:
            known = ContactRow(soundness.text(contact_id), soundness.text(name), soundness.text(email))
            found.setdefault(known.id, known)
    return list(found.values())[:limit]


def fts_phrase(text: str) -> str:
    """Words as an FTS5 query: each must occur, the last as a prefix; ``""`` where there is no word."""
    words = ["".join(ch for ch in word if ch.isalnum() or ch in "_'") for word in _split(text)]
    quoted = ['"' + word + '"' for word in words if word]
    if not quoted:
        return ""
    quoted[-1] += "*"
    return " ".join(quoted)


def _split(text: str) -> list[str]:
    return "".join(ch if ch.isalnum() or ch == "_" else " " for ch in text).split()


def directory(db: sqlite3.Connection, kind: type[DirectoryRow]) -> list[DirectoryRow]:
    """All rows of ``AdminRow``, ``TeamRow`` or ``TagRow``, by name."""
    decode = decoder(kind)
    rows = (soundness.decoded(decode, blob) for (blob,) in db.execute(f"SELECT row FROM {_TABLES[kind]}"))  # noqa: S608
    return sorted((row for row in rows if row is not None), key=lambda row: row.name.casefold())


def put_directory(db: sqlite3.Connection, kind: type[DirectoryRow], rows: Iterable[DirectoryRow]) -> None:
    """Replace the whole table by what Intercom lists now."""
    table = _TABLES[kind]
    db.execute(f"DELETE FROM {table}")  # noqa: S608 - one of three names above
    db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", [(row.id, _ENCODE(row)) for row in rows])  # noqa: S608


def drafts(db: sqlite3.Connection, conversation_id: str | None = None) -> list[DraftRow]:
    """The drafts of a conversation, or all; newest first."""
    where, values = ("", ()) if conversation_id is None else (" WHERE conversation_id = ?", (conversation_id,))
    return [
        DraftRow(soundness.text(cid), soundness.text(kind), soundness.text(words), soundness.whole(at))
        for cid, kind, words, at in db.execute(f"{_DRAFTS}{where} ORDER BY updated_at DESC", values)
    ]


RawDraft = tuple[object, object, object, object]
"""Conversation id, kind, text and ``updated_at`` of a draft as they lie in the store, of whatever type."""
_DRAFTS = "SELECT conversation_id, kind, text, updated_at FROM drafts"


def raw_drafts(db: sqlite3.Connection) -> list[RawDraft]:
    """Every draft as it lies in the store."""
    return db.execute(_DRAFTS).fetchall()


def put_drafts(db: sqlite3.Connection, rows: Sequence[DraftRow]) -> None:
    """Save drafts; an empty text deletes."""
    for row in rows:
        if row.text:
            db.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)",
                (row.conversation_id, row.kind, row.text, row.updated_at),
            )
        else:
            db.execute("DELETE FROM drafts WHERE conversation_id = ? AND kind = ?", (row.conversation_id, row.kind))


def meta(db: sqlite3.Connection, key: str) -> str:
    """A small fact by name; ``""`` where it was never set."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return soundness.text(row[0]) if row else ""


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Set a small fact."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))
