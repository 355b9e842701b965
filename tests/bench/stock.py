"""Stores with as much in them as one wants: made-up conversations, contacts and threads, written in bulk.

They lie on top of what a sync of the sandbox brought and are closed, as most of what one has cached is: so the program
finds its workspace again, and nothing open here is missing there. In the view "closed" the ones with long waits come
first: :data:`SHORT` threads of three parts, then as many of 20 and of 500.
"""

import sqlite3
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tui.inbox.actions.codec import overlay
from tui.model.rows import ContactRow, PartRow
from tui.store import conversations, parts, people
from tui.store.conversations import ServerConversation
from tui.store.store import Store

SHORT: Final = 24
"""How many threads there are to try of each length."""
LENGTHS: Final = (3, 20, 500)
SURNAMES: Final = (
    "Abara", "Brandt", "Castellanos", "Dvořák", "Eriksen", "Fontaine", "Grünwald", "Haddad", "Ivanova", "Jansen",
    "Kowalska", "Lindqvist", "Moreau", "Nakamura", "Okafor", "Petrović", "Quispe", "Rossi", "Silva", "Tanaka",
)  # fmt: skip
_FIRST_NAMES = (
    "Ada", "Bruno", "Chiara", "Diego", "Elif", "Farid", "Greta", "Hana", "Imani", "Jonas", "Katya", "Liam", "Mei",
    "Nadia", "Omar", "Priya", "Quentin", "Rosa", "Sven", "Tomás",
)  # fmt: skip
_SUBJECTS = (
    "Charged twice this month", "Cannot log in since the update", "Export stops at 10,000 rows", "Where is my invoice?",
    "Webhook returns 502", "Change of address", "Feature request: dark mode", "Upgrade to the yearly plan",
    "App crashes when I open settings", "Refund for order", "Kündigung zum Monatsende", "No puedo descargar el informe",
)  # fmt: skip
_SENTENCES = (
    "Hi there, I have a question about our account.",
    "We were charged twice for the same seat this month and the second payment shows no invoice.",
    "Could you please have a look? Our finance team closes the books on Friday.",
    "I tried Firefox and Chrome, with and without the extension, and it fails the same way.",
    "The export says “done” but the file holds only the first ten thousand rows.",
    "Thanks a lot for the quick help, that solved it for us 🎉",
    "Sure, I have issued the refund; it takes three to five business days to arrive.",
    "Let me check with the team that owns billing and come back to you today.",
    "It also happens on <b>mobile</b>, see <a href=\"https://status.example.com/a/b?c=d\">the status page</a>.",
    "Danke für die schnelle Antwort, ich probiere es gleich aus.",
)  # fmt: skip
_LIST = "<ul><li>open the settings</li><li>choose <i>Billing</i></li><li>press “Export”</li></ul>"


class Stock(NamedTuple):
    """A prepared store: its file, and how many conversations and parts were made."""

    path: Path
    conversations: int
    parts: int


def fill(path: Path, total: int, *, all_parts: bool = False, seed: int = 1) -> Stock:
    """Bring the store at ``path`` to ``total`` conversations.

    With ``all_parts`` each gets a thread of about 20 parts, else of one.
    """
    rng = Random(seed)
    store = Store.open(path)
    try:
        held = int(store.reader.execute("SELECT count(*) FROM conversations").fetchone()[0])
        now = int(time.time())
        made = 0
        store.write_now(lambda db: _exhibits(db, rng, now))
        held += SHORT * len(LENGTHS)
        threads = SHORT * sum(length + 1 for length in LENGTHS)
        while held + made < total:
            some = min(5000, total - held - made)
            first = made
            records = [_record(rng, first + at, now) for at in range(some)]
            threads += store.write_now(partial(_write, records=records, rng=rng, all_parts=all_parts))
            made += some
        store.reader.execute("SELECT 1").fetchone()
    finally:
        store.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return Stock(path, held + made, threads)


def letters(count: int, seed: int = 1) -> Iterator[tuple[str, str, str, int, str]]:
    """The same conversations for mail programs: name, address, subject, Unix time and plain text, newest last."""
    rng = Random(seed)
    now = int(time.time())
    for at in range(count):
        record = _record(rng, at, now)
        text = "\n\n".join(rng.choice(_SENTENCES) for _ in range(6))
        yield record.contact_name, record.contact_email, record.title, record.updated_at, text


def _write(db: sqlite3.Connection, records: list[ServerConversation], rng: Random, all_parts: bool) -> int:
    conversations.put(db, records, overlay)
    for record in records:
        people.put_contact(db, _contact(record))
    rows: list[tuple[object, ...]] = []
    where = dict(db.execute("SELECT id, n FROM conversations WHERE id >= ? AND id LIKE 'b%'", (records[0].id,)))
    for record in records:
        number = where[record.id]
        rows += [parts._values(number, part) for part in _thread(rng, record, rng.randint(12, 28) if all_parts else 1)]
    db.executemany(parts._INSERT, rows)
    # every thread is what Intercom has: the program has nothing to ask for
    db.execute(
        "UPDATE conversations SET thread_updated_at = updated_at WHERE id >= ? AND id LIKE 'b%'", (records[0].id,)
    )
    return len(rows)


def _exhibits(db: sqlite3.Connection, rng: Random, now: int) -> None:
    """The threads to open: closed, and waiting for so long that they stand at the top of their view."""
    records: list[ServerConversation] = []
    for group, length in enumerate(LENGTHS):
        for at in range(SHORT):
            number = group * SHORT + at
            plain = _record(rng, 9_000_000 + number, now - 3 * 86400)
            records.append(
                plain._replace(
                    title=f"Exhibit {length} {at}",
                    read=True,
                    admin="",
                    waiting_since=now - 400 * 86400 + number,
                    part_count=length,
                )
            )
    conversations.put(db, records, overlay)
    for number, record in enumerate(records):
        people.put_contact(db, _contact(record))
        parts.put_thread(db, record.id, _thread(rng, record, LENGTHS[number // SHORT]))
        conversations.set_thread_state(db, record.id, record.updated_at)


def _record(rng: Random, number: int, now: int) -> ServerConversation:
    name = f"{_FIRST_NAMES[rng.randrange(20)]} {SURNAMES[rng.randrange(20)]}"
    updated = now - rng.randrange(120, 40 * 86400)
    return ServerConversation(
        id=f"b{number:09d}",
        title=f"{rng.choice(_SUBJECTS)} {number}",
        state="closed",
        read=rng.random() < 0.7,
        priority=rng.random() < 0.03,
        created_at=updated - rng.randrange(60, 86400),
        updated_at=updated,
        waiting_since=0,
        snoozed_until=0,
        admin="" if rng.random() < 0.4 else "900001",
        team="" if rng.random() < 0.5 else "900002",
        contact_id=f"bc{number:09d}",
        contact_name=name,
        contact_email=f"{name.split()[0].lower()}{number}@example.com",
        preview=f"{rng.choice(_SENTENCES)[:90]}".replace("<b>", "").replace("</b>", ""),
        preview_by=rng.choice(("customer", "customer", "admin", "bot")),
        channel=rng.choice(("email", "conversation")),
        tag_ids="",
        sla="missed" if rng.random() < 0.02 else "",
        rating=0,
        rating_remark="",
        part_count=rng.randint(1, 20),
    )


def _contact(record: ServerConversation) -> ContactRow:
    return ContactRow(
        record.contact_id,
        record.contact_name,
        record.contact_email,
        phone="+49 30 901820",
        role="user",
        created_at=record.created_at,
        updated_at=record.updated_at,
        city="Berlin",
        country="Germany",
        custom_attributes=(("seats", "12"), ("plan", "Team"), ("account id", record.contact_id)),
        company_names=("Example GmbH",),
        plan="Team",
        fetched_at=int(time.time()),
    )


def _thread(rng: Random, record: ServerConversation, length: int) -> list[PartRow]:
    """A source and ``length`` parts: talk, notes, and now and then an assignment."""
    rows: list[PartRow] = []
    at = record.created_at
    step = max(1, (record.updated_at - record.created_at) // (length + 2))
    for number in range(length + 1):
        body = f"<p>{rng.choice(_SENTENCES)}</p><p>{rng.choice(_SENTENCES)} {rng.choice(_SENTENCES)}</p>"
        if number % 7 == 3:
            body += _LIST
        kind, admin = "comment", number % 2 == 1
        if number == 0:
            kind = "source"
        elif number % 9 == 5:
            kind, admin = "note", True
        elif number % 11 == 7:
            kind, admin, body = "assignment", True, ""
        rows.append(
            PartRow(
                f"{record.id}-{number:04d}",
                record.id,
                kind,
                body,
                at + number * step,
                "admin" if admin else "user",
                "900001" if admin else record.contact_id,
                "Sam Teammate" if admin else record.contact_name,
                detail="Sam Teammate" if kind == "assignment" else "",
            )
        )
    return rows
