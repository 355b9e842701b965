"""The query language: what it understands, and what it says when it does not."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.stock import fill
from tui.inbox.search.query import KEYS, REMOTE, TERMS, People, QueryError, parse
from tui.model.rows import AdminRow, ContactRow, TagRow, TeamRow
from tui.model.selection import Condition, Selection
from tui.store import conversations, listing, people
from tui.store.store import Store

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
PEOPLE = People(
    "7", [AdminRow("7", "Robin Hale"), AdminRow("8", "Priya Nair")], [TeamRow("3", "Billing")],
    [TagRow("1", "vip"), TagRow("2", "bug report")],
)  # fmt: skip


def one(text: str) -> Condition:
    (condition,) = parse(text, PEOPLE, NOW).conditions
    return condition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is:open", Condition("state", "=", ("open",))),
        ("-is:closed,snoozed", Condition("state", "!=", ("closed", "snoozed"))),
        ("is:unread", Condition("read", "=", (0,))),
        ("-is:waiting", Condition("waiting_since", "=", (0,))),
        ("assignee:me", Condition("admin", "=", ("7",))),
        ("assignee:priya,nobody", Condition("admin", "=", ("8", ""))),
        ("team:bill", Condition("team", "=", ("3",))),
        ('tag:"bug report"', Condition("tag", "=", ("2",))),
        ("from:ada", Condition("contact", "~", ("ada",))),
        ("waiting>2h", Condition("waiting_since", "<", (AT - 7200 + 1,))),
        ("updated<3d", Condition("updated_at", ">", (AT - 3 * 86400,))),
        ("waiting>45m", Condition("waiting_since", "<", (AT - 45 * 60 + 1,))),
        ("created<2w", Condition("created_at", ">", (AT - 14 * 86400,))),
        ("created>1y", Condition("created_at", "<", (AT - 365 * 86400 + 1,))),
        ("snoozed<2w", Condition("snoozed_until", "<", (AT + 14 * 86400,))),
        ("-updated<3d", Condition("updated_at", "<", (AT - 3 * 86400 + 1,))),
        ("created<2026-11-01", Condition("created_at", "<", (1793491200,))),
        ("rating<3", Condition("rating", "<", (3,))),
        ("has:draft", Condition("draft", "=", (1,))),
        ("double charge", Condition("words", "=", ("double charge",))),
        ('-"free shipping"', Condition("words", "!=", ("free shipping",))),
        ("https://x.example/a", Condition("words", "=", ("https://x.example/a",))),
    ],
)
def test_terms(text: str, expected: Condition) -> None:
    assert one(text) == expected


def test_terms_and_words_together() -> None:
    found = parse('is:open tag:vip refund "two times"', PEOPLE, NOW)
    assert [condition.field for condition in found.conditions] == ["state", "tag", "words"]
    assert found.conditions[-1].values == ("refund two times",)
    assert parse("   ", PEOPLE, NOW) == Selection()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour:red", "Unknown term colour:"),
        ("assignee:zed", "There is no teammate “zed” here."),
        ("waiting>soon", "neither an age"),
        ("rating:9", "Unknown value rating:9"),
        ("tag:", "needs a value"),
        ("is:open,unread", "several values only"),
        ("created>2026-13-41", "is not a date"),
        ("tag>3", "takes a “:”"),
    ],
)
def test_mistakes_are_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(QueryError, match=sentence) as caught:
        parse(text, PEOPLE, NOW)
    assert "\n" not in str(caught.value)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*(key for key, _ in KEYS), '"', "-", ",", "2h", "me", " "])).map("".join)
)
def test_anything_is_a_query_or_a_sentence(text: str) -> None:
    try:
        found: object = parse(text, PEOPLE, NOW)
    except QueryError as error:
        found = str(error)
    assert isinstance(found, Selection) or found


def test_every_term_of_the_table_finds_something_or_nothing_in_a_store(tmp_path: Path) -> None:
    """The SQL of each term, also of one that somebody adds, is SQL."""
    stock = fill(tmp_path / "store.sqlite3", 40)
    store = Store.open(stock.path)
    everyone = sorted(listing.existing(store.reader))
    values = {"is": "open", "has": "draft", "rating": "3", "sla": "missed", "state": "open", "priority": "yes"}
    names = {"assignee": "me", "team": "bill", "tag": "vip"}
    for term in TERMS:
        for minus in ("", "-"):
            value = values.get(term.key) or names.get(term.key) or "2d"
            found = parse(f"{minus}{term.key}{term.sign}{value}", PEOPLE, NOW)
            numbers = listing.everything(store.reader, found, "newest")
            assert set(listing.matching(store.reader, found, "newest", everyone)) == set(numbers)
            assert listing.total(store.reader, found) == len(numbers)
    store.close()


def test_every_term_has_words_a_key_of_its_own_and_a_column_of_the_store() -> None:
    keys = [key for term in TERMS for key in (term.key, *term.aliases)]
    assert len(set(keys)) == len(keys)
    assert set(REMOTE) <= {term.field for term in TERMS}


def test_a_company_is_found_by_what_was_read_of_the_contact(tmp_path: Path) -> None:
    stock = fill(tmp_path / "store.sqlite3", 40)
    store = Store.open(stock.path)
    everyone = conversations.by_numbers(store.reader, sorted(listing.existing(store.reader)))
    first, second, *_ = dict.fromkeys(row.contact_id for row in everyone if row.contact_id)

    def write(db: sqlite3.Connection) -> None:
        people.put_contact(db, ContactRow(first, company_names=("Northwind 100%", "Acme, Inc.")))
        people.put_contact(db, ContactRow(second, company_names=("Globex",)))
        db.execute("INSERT INTO contacts VALUES ('broken', '', '', '', x'7b7b')")

    store.write_now(write)

    def found(query: str) -> set[str]:
        numbers = listing.everything(store.reader, parse(query, PEOPLE, NOW), "newest")
        return {row.contact_id for row in conversations.by_numbers(store.reader, numbers)}

    assert found("company:acme") == found('company:"acme, inc"') == found('company:"100%"') == {first}
    assert found("company:acme,globex") == {first, second}
    assert found("company:initech") == set()
    assert found("-company:acme") == {row.contact_id for row in everyone} - {first}
    store.close()
