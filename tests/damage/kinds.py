"""Ways in which a store's files get damaged. Each takes a seeded generator and the store's path, and changes files."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

PAGE = 4096
Damage = Callable[[random.Random, Path], None]


def _beside(store: Path, suffix: str) -> Path:
    return store.with_name(store.name + suffix)


def _edit(path: Path, change: Callable[[bytearray], None]) -> None:
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)


def _pages(store: Path) -> int:
    return max(1, store.stat().st_size // PAGE)


def flip_bits(rng: random.Random, store: Path) -> None:
    """1 to 200 bits anywhere."""

    def change(data: bytearray) -> None:
        for _ in range(rng.choice((1, 3, 20, 200))):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)

    _edit(store, change)


def zero_pages(rng: random.Random, store: Path) -> None:
    """1 to 5 pages of zeros."""

    def change(data: bytearray) -> None:
        for _ in range(rng.randint(1, 5)):
            at = rng.randrange(_pages(store)) * PAGE
            data[at : at + PAGE] = bytes(len(data[at : at + PAGE]))

    _edit(store, change)


def noise_pages(rng: random.Random, store: Path) -> None:
    """1 to 8 pages of noise."""

    def change(data: bytearray) -> None:
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(_pages(store)) * PAGE
            data[at : at + PAGE] = rng.randbytes(len(data[at : at + PAGE]))

    _edit(store, change)


def swap_pages(rng: random.Random, store: Path) -> None:
    """Pages in each other's place."""

    def change(data: bytearray) -> None:
        for _ in range(rng.randint(1, 4)):
            one, other = (rng.randrange(1, _pages(store)) * PAGE for _ in range(2))
            data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]

    _edit(store, change)


def truncate(rng: random.Random, store: Path) -> None:
    """Cut short anywhere."""
    size = store.stat().st_size
    with open(store, "r+b") as file:
        file.truncate(rng.choice((0, 1, 99, 100, 511, PAGE, rng.randrange(size), rng.randrange(size))))


def harm_header(rng: random.Random, store: Path) -> None:
    """The first hundred bytes, wholly or in part."""

    def change(data: bytearray) -> None:
        if rng.random() < 0.5:
            data[:100] = rng.choice((bytes(100), rng.randbytes(100)))
        else:
            for _ in range(rng.randint(1, 6)):
                data[rng.randrange(100)] = rng.randrange(256)

    _edit(store, change)


def harm_schema(rng: random.Random, store: Path) -> None:
    """The page of the schema, or what the schema says."""
    if rng.random() < 0.5:

        def change(data: bytearray) -> None:
            start = rng.randrange(100, PAGE - 40)
            data[start : start + 40] = rng.randbytes(40)

        _edit(store, change)
        return
    db = sqlite3.connect(store)
    db.execute("PRAGMA writable_schema = ON")
    table = rng.choice(("outbox", "drafts", "meta", "conversations", "parts", "words", "contacts", "seen", "counts"))
    db.execute(
        rng.choice(
            (
                "DELETE FROM sqlite_master WHERE name = ?",
                "UPDATE sqlite_master SET rootpage = 3 WHERE name = ?",
                "UPDATE sqlite_master SET rootpage = 999999 WHERE name = ?",
                "UPDATE sqlite_master SET sql = 'CREATE nonsense' WHERE name = ?",
            )
        ),
        (table,),
    )
    db.commit()
    db.close()


def drop_something(rng: random.Random, store: Path) -> None:
    """A table or an index is gone."""
    db = sqlite3.connect(store)
    name, kind = rng.choice(
        db.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'index', 'trigger') AND sql NOT NULL"
                   " AND name NOT LIKE 'words_%' AND name NOT LIKE 'sqlite%'").fetchall()
    )  # fmt: skip
    db.execute(f"DROP {kind} {name}")
    db.commit()
    db.close()


ODD: tuple[object, ...] = (
    None, b"\xff\xfe\x00", "", "nonsense", "\x00", -1, 1 << 62, 1e300, float("inf"), "{", '{"kind": 5}',
    b'{"text":"cut of', "held", "x" * 5000,
)  # fmt: skip


def odd_values(rng: random.Random, store: Path) -> None:
    """Values of any type in any column, as another hand's SQL may leave them."""
    db = sqlite3.connect(store)
    db.execute("PRAGMA ignore_check_constraints = ON")
    tables = ("outbox", "outbox", "drafts", "conversations", "parts", "contacts", "admins", "teams", "tags", "meta",
              "bases", "seen", "counts")  # fmt: skip
    done = 0
    while done < 3:
        table = rng.choice(tables)
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        column = rng.choice(columns)
        keys = [row[0] for row in db.execute(f"SELECT {columns[0]} FROM {table}")]
        if not keys or (table == "outbox" and column == "id") or (table == "conversations" and column == "n"):
            continue
        # words that somebody changed into other words are no damage
        odd = b"\xff\xfe" if (table, column) == ("drafts", "text") else rng.choice(ODD)
        if (table, column) == ("meta", "key"):
            continue
        try:
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {columns[0]} = ?", (odd, rng.choice(keys)))
        except sqlite3.IntegrityError:
            continue
        done += 1
    db.commit()
    db.close()


def cut_rows(rng: random.Random, store: Path) -> None:
    """Journal rows and drafts cut short."""
    db = sqlite3.connect(store)
    for number in rng.sample([row[0] for row in db.execute("SELECT id FROM outbox")], rng.randint(1, 5)):
        length = int(db.execute("SELECT length(payload) FROM outbox WHERE id = ?", (number,)).fetchone()[0])
        db.execute("UPDATE outbox SET payload = substr(payload, 1, ?) WHERE id = ?", (rng.randrange(length), number))
    db.execute(
        "UPDATE drafts SET text = CAST(substr(CAST(text AS BLOB), 1, 40) AS BLOB) WHERE conversation_id ="
        " (SELECT min(conversation_id) FROM drafts)"
    )
    db.commit()
    db.close()


def _log(rng: random.Random, store: Path) -> None:
    log = _beside(store, "-wal")
    if not log.exists() or log.stat().st_size < 64:
        raise AssertionError("this copy has no write-ahead log")
    kind = rng.randrange(5)
    if kind == 0:
        log.unlink()
    elif kind == 1:
        log.write_bytes(rng.randbytes(log.stat().st_size))
    elif kind == 2:
        with open(log, "r+b") as file:
            file.truncate(rng.randrange(log.stat().st_size))
    elif kind == 3:

        def change(data: bytearray) -> None:
            for _ in range(rng.choice((1, 20, 300))):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)

        _edit(log, change)
    else:
        _foreign_log(store)
    _beside(store, "-shm").unlink(missing_ok=True)


def _foreign_log(store: Path) -> None:
    """The log of another database."""
    other = store.with_name("other.db")
    db = sqlite3.connect(other)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("CREATE TABLE something (a, b)")
    db.executemany("INSERT INTO something VALUES (?, ?)", [(n, "x" * 900) for n in range(200)])
    db.commit()
    _beside(store, "-wal").write_bytes(_beside(other, "-wal").read_bytes())
    db.close()
    other.unlink()


def lose_store(rng: random.Random, store: Path) -> None:
    """The store is gone, empty, or noise; its log with it or not."""
    kind = rng.randrange(4)
    if kind == 0:
        store.unlink()
    elif kind == 1:
        store.write_bytes(b"")
    elif kind == 2:
        store.write_bytes(rng.randbytes(store.stat().st_size))
    else:
        store.write_bytes(bytes(store.stat().st_size))
    if rng.random() < 0.7:
        for suffix in ("-wal", "-shm"):
            _beside(store, suffix).unlink(missing_ok=True)


def harm_second(rng: random.Random, store: Path) -> None:
    """The second file alone."""
    second = _beside(store, ".kept")
    kind = rng.randrange(5)
    if kind == 0:
        second.unlink()
    elif kind == 1:
        second.write_bytes(rng.randbytes(second.stat().st_size))
    elif kind == 2:
        with open(second, "r+b") as file:
            file.truncate(rng.randrange(second.stat().st_size))
    elif kind == 3:

        def change(data: bytearray) -> None:
            for _ in range(rng.choice((1, 20, 300))):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)

        _edit(second, change)
    else:
        lines = second.read_bytes().splitlines(keepends=True)
        rng.shuffle(lines)
        second.write_bytes(b"".join(lines[: rng.randrange(len(lines))]))


KINDS: dict[str, Damage] = {
    "bits flipped": flip_bits,
    "pages of zeros": zero_pages,
    "pages of noise": noise_pages,
    "pages swapped": swap_pages,
    "cut short": truncate,
    "header": harm_header,
    "schema": harm_schema,
    "table, index or trigger dropped": drop_something,
    "odd values": odd_values,
    "rows cut": cut_rows,
    "log missing, damaged or foreign": _log,
    "store lost": lose_store,
    "second file": harm_second,
}
"""By name; every kind takes either copy of the store, but for the log, which only a running program has."""

NEEDS_LOG = frozenset({"log missing, damaged or foreign"})
"""Kinds that need the copy of a running program."""


def both(rng: random.Random, store: Path) -> str:
    """Store and second file at once: nothing is promised of those."""
    name = rng.choice([name for name in KINDS if name not in NEEDS_LOG and name != "second file"])
    harm_second(rng, store)
    KINDS[name](rng, store)
    return name
