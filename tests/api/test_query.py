"""Search queries: what they become, and what is refused before Intercom has to."""

from __future__ import annotations

import pytest

from tui.api.query import And, Field, Filter, Or, Query, QueryError, search_body


def test_a_single_filter() -> None:
    assert search_body(Field("state") == "open", per_page=20) == {
        "query": {"field": "state", "operator": "=", "value": "open"},
        "pagination": {"per_page": 20},
    }


def test_groups_melt_and_filters_beside_groups_are_wrapped() -> None:
    open_ = Field("open") == True  # noqa: E712
    query = open_ & (Field("a") != 1) & ((Field("b") > 2) | Field("c").not_in(["x"]))
    body = search_body(query, starting_after="abc")
    assert body["pagination"] == {"per_page": 150, "starting_after": "abc"}
    assert body["query"] == {
        "operator": "AND",
        "value": [
            {"operator": "AND", "value": [{"field": "open", "operator": "=", "value": True}]},
            {"operator": "AND", "value": [{"field": "a", "operator": "!=", "value": 1}]},
            {
                "operator": "OR",
                "value": [
                    {"field": "b", "operator": ">", "value": 2},
                    {"field": "c", "operator": "NIN", "value": ["x"]},
                ],
            },
        ],
    }


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (And(*[Field("a") == n for n in range(16)]), "at most 15"),
        (And(Field("a") == 1, Or(Field("b") == 1, And(Field("c") == 1, Field("d") == 2))), "at most 2 levels"),
        (And(), "nothing in it"),
        (Field("") == 1, "names no field"),
        (Filter("a", "LIKE", "x"), "no search operator"),  # type: ignore[arg-type]  # the mistake meant
        (Field("a").in_([]), "is empty"),
        (Filter("a", "=", ("x",)), "IN and NIN"),
        (Filter("a", "IN", "x"), "IN and NIN"),
        (Filter("a", "~", 3), "compares text"),
        (Filter("a", ">", "3"), "whole numbers"),
        (Filter("a", "<", True), "whole numbers"),
    ],
)
def test_what_intercom_would_refuse_is_refused_here(query: Query, why: str) -> None:
    with pytest.raises(QueryError, match=why):
        search_body(query)


@pytest.mark.parametrize("per_page", [0, 151, -1])
def test_a_page_has_its_limits(per_page: int) -> None:
    with pytest.raises(QueryError, match="1 to 150"):
        search_body(Field("a") == 1, per_page=per_page)


def test_dates_and_tags_of_contacts_take_fewer_operators() -> None:
    late = Field("last_seen_at") >= 5
    assert search_body(late, "ticket")["query"] == {"field": "last_seen_at", "operator": ">=", "value": 5}
    with pytest.raises(QueryError, match="dates of contacts"):
        search_body(late, "contact")
    with pytest.raises(QueryError, match="tag_id"):
        search_body(Or(Field("tag_id").in_(["1"]), Field("role") == "user"), "contact")
    search_body(Field("last_seen_at") > 5, "contact")


def test_only_what_json_can_say_is_compared() -> None:
    with pytest.raises(QueryError, match="not float"):
        Field("a") == 1.5  # noqa: B015


def test_fifteen_filters_and_two_levels_pass() -> None:
    wide = Or(*[Field("a") == n for n in range(15)])
    search_body(And(*[wide] * 15))
