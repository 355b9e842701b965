"""The tables, and how older stores become newer ones."""

import sqlite3

from tui.model.errors import StoreTooNew
from tui.model.labels import store_errors

APPLICATION_ID = 0x49545549
"""``ITUI``: marks the file as ours in SQLite's header (https://www.sqlite.org/pragma.html#pragma_application_id)."""

_V1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE conversations (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, state TEXT NOT NULL, read INTEGER NOT NULL, priority INTEGER NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
    waiting_since INTEGER NOT NULL, snoozed_until INTEGER NOT NULL,
    admin TEXT NOT NULL, team TEXT NOT NULL,
    contact_id TEXT NOT NULL, contact_name TEXT NOT NULL, contact_email TEXT NOT NULL,
    preview TEXT NOT NULL, preview_by TEXT NOT NULL, channel TEXT NOT NULL, tag_ids TEXT NOT NULL,
    sla TEXT NOT NULL, rating INTEGER NOT NULL, rating_remark TEXT NOT NULL, part_count INTEGER NOT NULL,
    thread_updated_at INTEGER NOT NULL DEFAULT 0, seen_at INTEGER NOT NULL DEFAULT 0,
    -- longest waiting first, then those nobody waits in, newest first
    wait_key INTEGER AS (CASE WHEN waiting_since > 0 THEN waiting_since ELSE 10000000000 - updated_at END) VIRTUAL
);
CREATE INDEX conversations_wait ON conversations (state, wait_key);
CREATE INDEX conversations_admin_wait ON conversations (state, admin, wait_key);
CREATE INDEX conversations_team_wait ON conversations (state, team, wait_key);
CREATE INDEX conversations_updated ON conversations (state, updated_at);
CREATE INDEX conversations_admin_updated ON conversations (state, admin, updated_at);
CREATE INDEX conversations_team_updated ON conversations (state, team, updated_at);
CREATE INDEX conversations_priority ON conversations (state, wait_key) WHERE priority = 1;
CREATE INDEX conversations_contact ON conversations (contact_id, updated_at);

-- how many a view holds, kept by triggers: a count never scans
CREATE TABLE counts (
    state TEXT NOT NULL, admin TEXT NOT NULL, team TEXT NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY (state, admin, team)
) WITHOUT ROWID;
CREATE TRIGGER counts_insert AFTER INSERT ON conversations BEGIN
    INSERT INTO counts VALUES (new.state, new.admin, new.team, 1)
    ON CONFLICT DO UPDATE SET total = total + 1;
END;
CREATE TRIGGER counts_delete AFTER DELETE ON conversations BEGIN
    UPDATE counts SET total = total - 1 WHERE state = old.state AND admin = old.admin AND team = old.team;
END;
CREATE TRIGGER counts_update AFTER UPDATE OF state, admin, team ON conversations
WHEN old.state <> new.state OR old.admin <> new.admin OR old.team <> new.team BEGIN
    UPDATE counts SET total = total - 1 WHERE state = old.state AND admin = old.admin AND team = old.team;
    INSERT INTO counts VALUES (new.state, new.admin, new.team, 1)
    ON CONFLICT DO UPDATE SET total = total + 1;
END;

-- what Intercom last said of a conversation that shows an action of ours on top
CREATE TABLE bases (conversation_id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID;

-- a thread is one range of this table; the optimistic parts have an outbox_id
CREATE TABLE parts (
    n INTEGER NOT NULL, created_at INTEGER NOT NULL, id TEXT NOT NULL,
    part_type TEXT NOT NULL, body TEXT NOT NULL, author_type TEXT NOT NULL, author_id TEXT NOT NULL,
    author_name TEXT NOT NULL, from_ai INTEGER NOT NULL, assigned_to TEXT NOT NULL, attachments TEXT NOT NULL,
    detail TEXT NOT NULL, redacted INTEGER NOT NULL, outbox_id INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (n, created_at, id)
) WITHOUT ROWID;
CREATE INDEX parts_outbox ON parts (outbox_id) WHERE outbox_id > 0;

-- words to search: head from the list, thread once its parts were read
CREATE VIRTUAL TABLE words USING fts5 (head, thread, tokenize = "unicode61 remove_diacritics 2", detail = 'column');

CREATE TABLE contacts (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL, row BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE admins (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE teams (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE tags (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID;

CREATE TABLE drafts (
    conversation_id TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, updated_at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, kind)
) WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id TEXT NOT NULL, kind TEXT NOT NULL, payload BLOB NOT NULL, state TEXT NOT NULL,
    created_at REAL NOT NULL, due_at REAL NOT NULL DEFAULT 0, held_for TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0, sent_at REAL NOT NULL DEFAULT 0,
    lease_owner TEXT NOT NULL DEFAULT '', lease_until REAL NOT NULL DEFAULT 0, baseline BLOB NOT NULL DEFAULT x'',
    part_id TEXT NOT NULL DEFAULT '', undoes INTEGER NOT NULL DEFAULT 0, finished_at REAL NOT NULL DEFAULT 0,
    force INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_open ON outbox (conversation_id, id)
    WHERE state IN ('held', 'ready', 'sending', 'unsure', 'rejected');
CREATE INDEX outbox_unfinished ON outbox (id) WHERE state IN ('held', 'ready', 'sending', 'unsure', 'rejected');
CREATE INDEX outbox_finished ON outbox (finished_at);
"""

_BATCHES = """
-- batch: shared by actions that were asked for with one key, else ""; origin: the program that journaled it
ALTER TABLE outbox ADD COLUMN batch TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_batch ON outbox (batch) WHERE batch <> '';
CREATE INDEX outbox_origin ON outbox (origin, id);
"""

_PARTS_TOTAL_ATTRIBUTES_UNASSIGNED = """
-- how many parts Intercom has of a thread whose parts were read, which may be more than it gives
ALTER TABLE conversations ADD COLUMN part_total INTEGER NOT NULL DEFAULT 0;
-- custom attributes as Intercom sent them, a JSON object or ''
ALTER TABLE conversations ADD COLUMN attributes TEXT NOT NULL DEFAULT '';
-- unassigned is what has neither a teammate nor a team
CREATE INDEX conversations_unassigned_wait ON conversations (state, admin, team, wait_key);
"""

_SEEN_PARTS = """
-- which parts a person has had before them: a second (conversations.seen_at) does not tell two parts of it apart
CREATE TABLE seen (conversation_id TEXT PRIMARY KEY, what BLOB NOT NULL) WITHOUT ROWID;
CREATE TRIGGER seen_delete AFTER DELETE ON conversations BEGIN
    DELETE FROM seen WHERE conversation_id = old.id;
END;
"""

_LONG_THREADS_AGAIN = """
-- of which more may be missing than is known: they are read again when somebody opens them
UPDATE conversations SET thread_updated_at = 0 WHERE part_count >= 500 AND part_total = 0;
"""

SEQ = "kept.seq"
"""The fact in ``meta`` that counts the changes to drafts and unsent actions."""

KEPT_EVENTS: tuple[tuple[str, str, str], ...] = (
    ("draft", "insert", "AFTER INSERT ON drafts"),
    ("draft", "update", "AFTER UPDATE ON drafts"),
    ("draft", "delete", "AFTER DELETE ON drafts"),
    ("action", "insert", "AFTER INSERT ON outbox"),
    (
        "action",
        "update",
        "AFTER UPDATE OF conversation_id, kind, payload, state, held_for, attempts, sent_at, baseline ON outbox",
    ),
    ("action", "delete", "AFTER DELETE ON outbox WHEN old.state NOT IN ('done', 'undone', 'discarded')"),
)
"""What is counted; the second file takes the same down (see :mod:`tui.store.noting`). Part of a migration."""

_COUNT = "UPDATE meta SET value = value + 1 WHERE key = 'kept.seq';"
_KEPT = "INSERT OR IGNORE INTO meta VALUES ('kept.seq', '0');\n" + "".join(  # noqa: S608 - our own names
    f"CREATE TRIGGER kept_{what}_{name} {event} BEGIN {_COUNT} END;\n" for what, name, event in KEPT_EVENTS
)
_WATCHES = """
-- Unix seconds until which an action whose fate is or was unknown is looked for before it may leave again, 0: never was
ALTER TABLE outbox ADD COLUMN settles_at REAL NOT NULL DEFAULT 0;
UPDATE outbox SET settles_at = sent_at + 120 WHERE state = 'unsure';
-- words that left a second time after an unknown fate, or were taken back after one: both copies may arrive
CREATE TABLE watches (
    outbox_id INTEGER PRIMARY KEY, since REAL NOT NULL, until REAL NOT NULL, look_at REAL NOT NULL
);
CREATE TRIGGER watches_delete AFTER DELETE ON outbox BEGIN
    DELETE FROM watches WHERE outbox_id = old.id;
END;
"""

MIGRATIONS: tuple[str, ...] = (
    _V1,
    _BATCHES,
    _PARTS_TOTAL_ATTRIBUTES_UNASSIGNED,
    _SEEN_PARTS,
    _LONG_THREADS_AGAIN,
    _KEPT,
    _WATCHES,
)
"""Script ``i`` brings a store from version ``i`` to ``i + 1``; never edited once released, only added to."""


def migrate(db: sqlite3.Connection) -> None:
    """Bring the open store to this program's version, each step in a transaction of its own.

    Raises :class:`StoreTooNew`, having changed nothing, where a newer program wrote it.
    """
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        error = StoreTooNew(store_errors.WRITTEN_BY_NEWER.format(version=version, known=len(MIGRATIONS)))
        error.version = version
        raise error
    for target in range(version + 1, len(MIGRATIONS) + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            # another process may have done this step while we waited for the lock
            if int(db.execute("PRAGMA user_version").fetchone()[0]) < target:
                for statement in _statements(MIGRATIONS[target - 1]):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {target}")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def _statements(script: str) -> list[str]:
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
