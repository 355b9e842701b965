"""The query language: what it understands, and what it says when it does not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.inbox.query import KEYS, People, QueryError, parse
from tui.store.listing import Condition, Selection
from tui.store.rows import AdminRow, TagRow, TeamRow

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
        ("waiting>2h", Condition("waiting_since", "<", (AT - 7200,))),
        ("updated<3d", Condition("updated_at", ">", (AT - 3 * 86400,))),
        ("waiting>45m", Condition("waiting_since", "<", (AT - 45 * 60,))),
        ("created<2w", Condition("created_at", ">", (AT - 14 * 86400,))),
        ("created>1y", Condition("created_at", "<", (AT - 365 * 86400,))),
        ("snoozed<2w", Condition("snoozed_until", "<", (AT + 14 * 86400,))),
        ("-updated<3d", Condition("updated_at", "<", (AT - 3 * 86400,))),
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
        ("colour:red", "“colour:” is not known"),
        ("assignee:zed", "There is no teammate “zed” here."),
        ("waiting>soon", "neither an age"),
        ("rating:9", "“rating:9” is not known"),
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
