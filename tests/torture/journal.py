"""The outbox's rows as a stranger reads them: which steps of the script are in it, and what became of them."""

import json
import re
import sqlite3
from typing import Any, NamedTuple

MARK = re.compile(r"mark[a-z0-9]+end")

FINISHED = frozenset({"done", "undone", "discarded"})


class Row(NamedTuple):
    """One action: ``target`` is the id of its conversation or contact, ``value`` its mark, or what else tells it."""

    kind: str
    target: str
    value: str
    state: str
    action: Any


def rows(db: sqlite3.Connection) -> list[Row]:
    """Every action of the journal, in the order in which they were journaled."""
    found: list[Row] = []
    for kind, cid, payload, state in db.execute("SELECT kind, conversation_id, payload, state FROM outbox ORDER BY id"):
        action = json.loads(payload)
        marks = MARK.findall(action.get("text", "") + action.get("title", "") + str(action.get("value", "")))
        value = action.get("tag_id") or action.get("assignee_id") or str(action.get("until", ""))
        if kind == "read":
            value = str(action.get("read", False))
        found.append(Row(kind, cid or action.get("contact_id", ""), marks[0] if marks else value, state, action))
    return found


def keys(db: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Keys of the script's steps that need not be done any more: what was discarded must be."""
    return {(row.kind, row.target, row.value) for row in rows(db) if row.state != "discarded"}
