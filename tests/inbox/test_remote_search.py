"""A query of ours as a search of Intercom's: never narrower, always one that Intercom takes."""

from datetime import UTC, datetime

import pytest

from tui.api.query import search_body
from tui.inbox.search.query import People, parse
from tui.inbox.search.remote import to_search
from tui.model.rows import AdminRow, TagRow, TeamRow

PEOPLE = People("7", [AdminRow("7", "Me Myself"), AdminRow("8", "Ada")], [TeamRow("3", "Tier 2")], [TagRow("5", "vip")])
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "is:open",
        "is:open,closed assignee:me",
        "-is:closed",
        "assignee:nobody team:tier",
        "assignee:ada,nobody",
        "tag:vip -tag:vip",
        "waiting>2h updated<3d created>2026-01-31 snoozed<2d",
        "from:bob -from:alice title:invoice",
        'refund "double charge" -spam',
        "is:unread is:priority is:waiting has:rating rating<3 sla:missed channel:email",
        "one two three four five six seven",
        "id:12345",
    ],
)
def test_every_query_becomes_a_search_that_intercom_takes(query: str) -> None:
    search = to_search(parse(query, PEOPLE, NOW))
    assert search is not None
    assert search_body(search)["query"]


@pytest.mark.parametrize("query", ["has:draft", "is:open has:pending"])
def test_what_only_the_store_knows_is_not_asked_for(query: str) -> None:
    assert to_search(parse(query, PEOPLE, NOW)) is None


def test_nobody_is_told_apart_here() -> None:
    search = to_search(parse("is:open assignee:nobody", PEOPLE, NOW))
    assert search is not None
    assert search_body(search)["query"] == {"field": "state", "operator": "=", "value": "open"}
