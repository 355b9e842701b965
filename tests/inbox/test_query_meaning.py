"""What each query holds, by a predicate in plain Python beside it: in the store, in every order, at Intercom."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.bench.stock import fill
from tui.api.query import search_body
from tui.inbox.search.query import People, QueryError, parse
from tui.inbox.search.remote import _key, to_search
from tui.model.rows import AdminRow, ConversationRow, TagRow, TeamRow
from tui.model.selection import SORTS, Selection
from tui.store import conversations, listing
from tui.store.store import Store

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
HOUR, DAY = 3600, 86400
PEOPLE = People(
    "7", [AdminRow("7", "Robin Hale"), AdminRow("8", "Priya Nair")], [TeamRow("3", "Billing")],
    [TagRow("1", "vip"), TagRow("2", "bug report")],
)  # fmt: skip

Holds = Callable[[ConversationRow], bool]

MEANINGS: dict[str, Holds] = {
    "is:open": lambda row: row.state == "open",
    "is:open,snoozed": lambda row: row.state in ("open", "snoozed"),
    "-is:closed": lambda row: row.state != "closed",
    "-is:closed,snoozed": lambda row: row.state == "open",
    "is:unread": lambda row: not row.read,
    "-is:unread": lambda row: row.read,
    "is:read": lambda row: row.read,
    "is:waiting": lambda row: row.waiting_since > 0,
    "-is:waiting": lambda row: row.waiting_since == 0,
    "is:priority": lambda row: row.priority,
    "-is:priority": lambda row: not row.priority,
    "priority:no": lambda row: not row.priority,
    "is:unassigned": lambda row: not (row.admin_assignee_id or row.team_assignee_id),
    "-is:unassigned": lambda row: bool(row.admin_assignee_id or row.team_assignee_id),
    "is:mine": lambda row: row.admin_assignee_id == "7",
    "assignee:me,priya": lambda row: row.admin_assignee_id in ("7", "8"),
    "-assignee:nobody": lambda row: row.admin_assignee_id != "",
    "team:billing": lambda row: row.team_assignee_id == "3",
    "team:nobody": lambda row: row.team_assignee_id == "",
    "has:rating": lambda row: row.rating > 0,
    "-has:rating": lambda row: row.rating == 0,
    "rating:4,5": lambda row: row.rating in (4, 5),
    "rating<3": lambda row: 0 < row.rating < 3,
    "rating>3": lambda row: row.rating > 3,
    "-rating>3": lambda row: 0 < row.rating < 3,
    "sla:missed": lambda row: row.sla == "missed",
    "-sla:missed,hit": lambda row: row.sla not in ("missed", "hit"),
    "channel:email": lambda row: row.channel == "email",
    "waiting>2h": lambda row: 0 < row.waiting_since <= AT - 2 * HOUR,
    "waiting<2h": lambda row: row.waiting_since > AT - 2 * HOUR,
    "-waiting<2h": lambda row: 0 < row.waiting_since <= AT - 2 * HOUR,
    "updated<3d": lambda row: row.updated_at > AT - 3 * DAY,
    "-updated<3d": lambda row: 0 < row.updated_at <= AT - 3 * DAY,
    "created>1w": lambda row: row.created_at <= AT - 7 * DAY,
    "created>2026-11-01": lambda row: row.created_at >= 1793577600,
    "created<2026-11-01": lambda row: row.created_at < 1793491200,
    "-created<2026-11-01": lambda row: row.created_at > 1793491200,
    "snoozed<2d": lambda row: 0 < row.snoozed_until < AT + 2 * DAY,
    "snoozed>2d": lambda row: row.snoozed_until > AT + 2 * DAY,
    "-snoozed>2d": lambda row: 0 < row.snoozed_until < AT + 2 * DAY,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Some hundred conversations whose fields are dealt out at random, around the edges of `MEANINGS`."""
    path: Path = tmp_path_factory.mktemp("meaning") / "store.sqlite3"
    made = Store.open(fill(path, 240).path)
    random = Random(11)
    times = [0, AT - HOUR, AT - 3 * HOUR, AT - 2 * DAY, AT - 5 * DAY, AT - 20 * DAY, AT - 40 * DAY]

    def deal(db: sqlite3.Connection) -> None:
        for number in listing.existing(db):
            values = {
                "state": random.choice(("open", "closed", "snoozed")),
                "read": random.choice((0, 1)),
                "priority": random.choice((0, 1)),
                "admin": random.choice(("", "7", "8")),
                "team": random.choice(("", "3")),
                "rating": random.choice((0, 1, 3, 4, 5)),
                "sla": random.choice(("", "active", "missed", "hit")),
                "channel": random.choice(("email", "conversation")),
                "waiting_since": random.choice(times),
                "updated_at": random.choice(times[1:]),
                "created_at": random.choice(times[1:]),
                "snoozed_until": random.choice((0, AT + DAY, AT + 4 * DAY)),
            }
            marks = ", ".join(f"{name} = ?" for name in values)
            db.execute(f"UPDATE conversations SET {marks} WHERE n = ?", (*values.values(), number))

    made.write_now(deal)
    yield made
    made.close()


@pytest.fixture(scope="module")
def rows(store: Store) -> list[ConversationRow]:
    return conversations.by_numbers(store.reader, sorted(listing.existing(store.reader)))


@pytest.mark.parametrize("query", MEANINGS)
def test_a_query_holds_what_it_says(store: Store, rows: list[ConversationRow], query: str) -> None:
    expected = {row.n for row in rows if MEANINGS[query](row)}
    assert 0 < len(expected) < len(rows), "the rows do not tell this query from others"
    found = listing.everything(store.reader, parse(query, PEOPLE, NOW), "newest")
    assert set(found) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("query", MEANINGS)
def test_what_is_asked_at_intercom_is_never_narrower(rows: list[ConversationRow], query: str) -> None:
    search = to_search(parse(query, PEOPLE, NOW))
    assert search is not None
    asked = search_body(search)["query"]
    assert [row.n for row in rows if MEANINGS[query](row) and not _intercom_holds(asked, row)] == []


def test_drafts_are_not_asked_for_but_may_be_left_out() -> None:
    assert to_search(parse("is:open has:draft", PEOPLE, NOW)) is None
    left_out = to_search(parse("is:open -has:draft", PEOPLE, NOW))
    assert left_out is not None
    assert search_body(left_out)["query"] == {"field": "state", "operator": "=", "value": "open"}


@pytest.mark.parametrize("sort", SORTS)
def test_what_came_from_intercom_is_in_the_order_of_the_store(
    store: Store, rows: list[ConversationRow], sort: Any
) -> None:
    stored = conversations.by_numbers(store.reader, list(listing.everything(store.reader, Selection(), sort)))
    assert len(stored) == len(rows)
    keys = [_key(row, sort) for row in stored]
    assert [key[0] for key in keys] == sorted(key[0] for key in keys)
    if sort == "priority":
        assert [row.priority for row in stored] == sorted((row.priority for row in rows), reverse=True)
    if sort in ("waiting", "priority"):
        waiting = [row for row in stored if row.waiting_since and (sort == "waiting" or row.priority)]
        assert [row.waiting_since for row in waiting] == sorted(row.waiting_since for row in waiting)
    else:
        assert [row.updated_at for row in stored] == sorted((row.updated_at for row in rows), reverse=sort == "newest")


def test_a_comparison_of_what_does_not_compare_names_what_does() -> None:
    with pytest.raises(QueryError) as caught:
        parse("tag>3", PEOPLE, NOW)
    assert str(caught.value) == "“tag” takes a “:”, only waiting, updated, created, snoozed and rating compare."


def _intercom_holds(query: Any, row: ConversationRow) -> bool:
    """Whether Intercom's search would find `row`, by the operators of its description; True where no row can tell."""
    operator, value = query["operator"], query["value"]
    if operator in ("AND", "OR"):
        return (all if operator == "AND" else any)(_intercom_holds(one, row) for one in value)
    known: dict[str, object] = {
        "state": row.state, "read": row.read, "updated_at": row.updated_at, "created_at": row.created_at,
        "waiting_since": row.waiting_since, "snoozed_until": row.snoozed_until, "id": row.id,
        "admin_assignee_id": int(row.admin_assignee_id or 0), "team_assignee_id": int(row.team_assignee_id or 0),
    }  # fmt: skip
    if query["field"] not in known:
        return True
    has: Any = known[query["field"]]
    match operator:
        case "=":
            return bool(has == value)
        case "!=":
            return bool(has != value)
        case "IN":
            return has in value
        case "NIN":
            return has not in value
        case ">":
            return bool(has > value)
        case "<":
            return bool(has < value)
    raise AssertionError(operator)
