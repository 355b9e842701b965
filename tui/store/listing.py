"""Which conversations a view or a search holds, in which order, and how many.

Views go through the counts that triggers keep and through covering indexes, so that a key press never scans; free
searches may look at every row and run in a thread.
"""

import array
import sqlite3

from tui.model.decoders import decoder
from tui.model.selection import Condition, Field, Selection, Sort
from tui.store.outbox import OPEN_LIST
from tui.store.people import fts_phrase
from tui.store.soundness import whole

_ORDER: dict[Sort, str] = {
    "waiting": "wait_key, n",
    "newest": "updated_at DESC, n DESC",
    "oldest": "updated_at, n",
    "priority": "wait_key, n",
}
_KEY: dict[Sort, str] = {
    "waiting": "CAST(coalesce(wait_key, 0) AS INTEGER)",
    "newest": "-CAST(coalesce(updated_at, 0) AS INTEGER)",
    "oldest": "CAST(coalesce(updated_at, 0) AS INTEGER)",
    "priority": "CAST(coalesce(wait_key - 100000000000 * priority, 0) AS INTEGER)",
}
"""What a list is sorted by, as a whole number whatever the columns hold."""

_PIECE = 32_768
"""Characters of numbers that are decoded at once."""
_NUMBERS = decoder(list[int])


def window(db: sqlite3.Connection, selection: Selection, sort: Sort, limit: int) -> list[int]:
    """The ``n`` of the first ``limit`` conversations."""
    found: list[int] = []
    for part, order in _ordered(selection, sort):
        where, values = to_sql(part)
        query = f"SELECT n FROM conversations c WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 - our words
        found += [row[0] for row in db.execute(query, (*values, limit - len(found)))]
        if len(found) >= limit:
            break
    return found


def everything(db: sqlite3.Connection, selection: Selection, sort: Sort) -> "array.array[int]":
    """The ``n`` of all, as one array. SQLite joins them in C, so that other threads run meanwhile."""
    found = array.array("q")
    for part, order in _ordered(selection, sort):
        where, values = to_sql(part)
        query = f"SELECT group_concat(n) FROM (SELECT n FROM conversations c WHERE {where} ORDER BY {order})"  # noqa: S608
        text = db.execute(query, values).fetchone()[0]
        start = 0
        while text and start < len(text):
            # a tenth of the time that int() takes; in pieces, since a list of all of them would be five times the array
            end = text.find(",", start + _PIECE)
            end = len(text) if end < 0 else end
            found.extend(_NUMBERS(f"[{text[start:end]}]"))
            start = end + 1
    return found


def _ordered(selection: Selection, sort: Sort) -> list[tuple[Selection, str]]:
    """The pieces whose orders, one after the other, are the sort: each comes from an index."""
    if sort != "priority":
        return [(selection, _ORDER[sort])]
    return [
        (Selection((*selection.conditions, Condition("priority", "=", (wanted,)))), _ORDER["waiting"])
        for wanted in (1, 0)
    ]


def matching(db: sqlite3.Connection, selection: Selection, sort: Sort, numbers: list[int]) -> dict[int, int]:
    """Of these conversations those that the selection holds, with their sort keys (ascending order)."""
    where, values = to_sql(selection, few=True)
    marks = ",".join("?" * len(numbers))
    query = f"SELECT n, {_KEY[sort]} FROM conversations c WHERE c.n IN ({marks}) AND {where}"  # noqa: S608
    return dict(db.execute(query, (*numbers, *values)).fetchall())


def sort_key(db: sqlite3.Connection, sort: Sort, number: int) -> int:
    """The sort key of one conversation; a huge one where it is gone."""
    row = db.execute(f"SELECT {_KEY[sort]} FROM conversations WHERE n = ?", (number,)).fetchone()  # noqa: S608
    return int(row[0]) if row else 1 << 62


def next_waiting(db: sqlite3.Connection, selection: Selection, since: int, n: int) -> int:
    """The ``n`` of the first conversation that has waited less long than one of ``since`` (Unix seconds; 0: than none)
    with the store's number ``n``; 0 where there is none. Equal waits are in the order of their numbers."""
    where, values = to_sql(selection)
    query = (
        f"SELECT n FROM conversations c WHERE {where} AND waiting_since > 0 AND wait_key >= ? "  # noqa: S608 - our words
        "AND (wait_key > ? OR n > ?) ORDER BY wait_key, n LIMIT 1"
    )
    row = db.execute(query, (*values, since, since, n)).fetchone()
    return int(row[0]) if row else 0


def oldest_wait(db: sqlite3.Connection, selection: Selection) -> int:
    """The earliest ``waiting_since`` (Unix seconds) of those in which somebody waits, from the index; 0 for none."""
    where, values = to_sql(selection)
    query = f"SELECT waiting_since FROM conversations c WHERE {where} ORDER BY wait_key LIMIT 1"  # noqa: S608 - our words
    row = db.execute(query, values).fetchone()
    return whole(row[0]) if row else 0


def numbers_of(db: sqlite3.Connection, ids: list[str]) -> dict[str, int]:
    """``id`` → ``n`` for those that the store knows."""
    marks = ",".join("?" * len(ids))
    return dict(db.execute(f"SELECT id, n FROM conversations WHERE id IN ({marks})", ids).fetchall())  # noqa: S608


def existing(db: sqlite3.Connection) -> set[int]:
    """The ``n`` of every conversation there is: about 10 ms for 100,000."""
    return {row[0] for row in db.execute("SELECT n FROM conversations")}


_NOTHING_IS_0: frozenset[str] = frozenset({"waiting_since", "snoozed_until", "rating"})
"""Fields whose 0 says that there is none, which is less than nothing else."""

_COUNTED: frozenset[Field] = frozenset({"state", "admin", "team", "unassigned"})
"""Fields of which the counts are kept, and which indexes lead with."""


def total(db: sqlite3.Connection, selection: Selection) -> int:
    """How many conversations the selection holds: from the kept counts where these suffice, else by counting."""
    fields = {condition.field for condition in selection.conditions}
    if fields <= _COUNTED:
        where, values = to_sql(selection)
        return whole(db.execute(f"SELECT total(total) FROM counts c WHERE {where}", values).fetchone()[0])  # noqa: S608
    where, values = to_sql(selection)
    return int(db.execute(f"SELECT count(*) FROM conversations c WHERE {where}", values).fetchone()[0])  # noqa: S608


def is_indexed(selection: Selection) -> bool:
    """True where a first window comes from an index and may be read on a key press."""
    return {condition.field for condition in selection.conditions} <= _COUNTED


def to_sql(selection: Selection, *, few: bool = False) -> tuple[str, tuple[str | int, ...]]:
    """The conditions of a selection on ``conversations c``, with their values.

    ``few``: only a handful of named conversations are asked about, so their words are looked up one by one.
    """
    clauses: list[str] = []
    values: list[str | int] = []
    for condition in selection.conditions:
        clause, its_values = _clause(condition, few)
        clauses.append(clause)
        values += its_values
    return " AND ".join(clauses) or "1", tuple(values)


def _clause(condition: Condition, few: bool) -> tuple[str, list[str | int]]:
    field, operator, values = condition.field, condition.operator, list(condition.values)
    negated = operator in ("!=", "!~")
    if condition.where:
        sought: list[str | int] = [_like(str(value)) for value in values] if operator in ("~", "!~") else values
        return _negate(f"({' OR '.join([condition.where] * len(sought))})", negated), sought
    if field in ("draft", "pending"):
        table = (
            "drafts d WHERE d.conversation_id = c.id"
            if field == "draft"
            else f"outbox o WHERE o.conversation_id = c.id AND o.state IN {OPEN_LIST}"
        )
        wanted = bool(values[0]) != negated
        return f"{'' if wanted else 'NOT '}EXISTS (SELECT 1 FROM {table})", []  # noqa: S608
    if field == "unassigned":
        return _negate("(c.admin = '' AND c.team = '')", bool(values[0]) == negated), []
    if field == "tag":
        clause = " OR ".join("c.tag_ids LIKE ?" for _ in values)
        return _negate(f"({clause})", negated), [f"% {value} %" for value in values]
    if field == "words":
        phrase = " OR ".join(f"({fts_phrase(str(value))})" for value in values if fts_phrase(str(value)))
        if not phrase:
            return "1", []
        inner = "rowid = c.n AND " if few else ""
        found = f"c.n IN (SELECT rowid FROM words WHERE {inner}words MATCH ?)"  # noqa: S608 - our words
        return _negate(found, negated), [phrase]
    if field == "priority":
        # written out: SQLite takes a partial index only where it can prove its condition
        return f"c.priority = {int(bool(values[0]) != negated)}", []
    columns = {"contact": ("contact_name", "contact_email", "contact_id")}.get(field, (field,))
    if operator in ("~", "!~"):
        likes = [f"c.{column} LIKE ? ESCAPE '\\'" for column in columns for _ in values]
        return _negate(f"({' OR '.join(likes)})", negated), [_like(str(v)) for _ in columns for v in values]
    if operator in ("<", ">"):
        guard = f"c.{field} > 0 AND " if operator == "<" and field in _NOTHING_IS_0 else ""
        return f"({guard}c.{field} {operator} ?)", values[:1]
    if len(values) == 1:
        return f"c.{columns[0]} {'<>' if negated else '='} ?", values
    marks = ",".join("?" * len(values))
    return f"c.{columns[0]} {'NOT IN' if negated else 'IN'} ({marks})", values


def _negate(clause: str, negated: bool) -> str:
    return f"NOT {clause}" if negated else clause


def _like(text: str) -> str:
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
