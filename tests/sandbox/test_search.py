"""Searching: results against a naive filter over the documents, and what Intercom refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.conftest import Api
from tui.sandbox.model import Conversation
from tui.sandbox.search.run import Searcher
from tui.sandbox.wire.contacts import contact as contact_document
from tui.sandbox.wire.conversations import row
from tui.sandbox.workspace import Workspace

# Naive readers of the documents that clients get: field -> (type, value of a row).
READERS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "id": ("string", lambda d: d["id"]),
    "created_at": ("number", lambda d: d["created_at"]),
    "updated_at": ("number", lambda d: d["updated_at"]),
    "waiting_since": ("number", lambda d: d["waiting_since"]),
    "snoozed_until": ("number", lambda d: d["snoozed_until"]),
    "state": ("string", lambda d: d["state"]),
    "priority": ("string", lambda d: d["priority"]),
    "open": ("boolean", lambda d: d["open"]),
    "read": ("boolean", lambda d: d["read"]),
    "admin_assignee_id": ("number", lambda d: d.get("admin_assignee_id") or None),
    "team_assignee_id": ("number", lambda d: d.get("team_assignee_id") or None),
    "source.type": ("string", lambda d: d["source"]["type"]),
    "source.subject": ("string", lambda d: d["source"]["subject"]),
    "source.author.email": ("string", lambda d: d["source"]["author"]["email"]),
    "source.body": ("words", lambda d: re.findall(r"\w+", _text(d["source"]["body"]).lower())),
    "tag_ids": ("ids", lambda d: [tag["id"] for tag in d["tags"]["tags"]]),
    "contact_ids": ("ids", lambda d: [one["id"] for one in d["contacts"]["contacts"]]),
    "statistics.count_conversation_parts": ("number", lambda d: d["statistics"]["count_conversation_parts"]),
    "statistics.last_close_at": ("number", lambda d: d["statistics"].get("last_close_at")),
    "conversation_rating.score": ("number", lambda d: (d["conversation_rating"] or {}).get("rating")),
}
OPERATORS = {
    "string": ("=", "!=", "IN", "NIN", "~", "!~", "^", "$"),
    "number": ("=", "!=", "IN", "NIN", "<", ">", "<=", ">="),
    "boolean": ("=", "!="),
    "words": ("=", "!=", "~", "^"),
    "ids": ("=", "!=", "IN", "NIN"),
}


def _text(body: str) -> str:
    import html

    return html.unescape(re.sub(r"<[^>]*>", "", body.replace("<", " <")))


def naive(kind: str, have: Any, operator: str, want: Any) -> bool:
    """One filter, as the description tells it."""
    if operator in ("!=", "NIN", "!~"):
        return not naive(kind, have, {"!=": "=", "NIN": "IN", "!~": "~"}[operator], want)
    if operator == "IN":
        return any(naive(kind, have, "=", one) for one in want)
    if kind in ("words", "ids"):
        if operator == "=":
            return want.lower() in have
        return any(naive("string", one, operator, want) for one in have)
    if have is None:
        return False
    if kind == "string":
        have, want = have.lower(), want.lower()
    if kind == "string" and operator != "=":
        return bool({"~": want in have, "^": have.startswith(want), "$": have.endswith(want)}[operator])
    if operator == "=":
        return bool(have == want)
    # "Lower (or equal) than", says the description of < and >.
    return bool(have <= want) if operator in ("<", "<=") else bool(have >= want)


def naive_query(document: Any, query: Any) -> bool:
    """A whole query."""
    if "field" in query:
        kind, read = READERS[query["field"]]
        return naive(kind, read(document), query["operator"], query["value"])
    combine = all if query["operator"] == "AND" else any
    return combine(naive_query(document, one) for one in query["value"])


def rows_of(big: Workspace) -> list[Any]:
    """The documents of the workspace, once."""
    if big not in _ROWS:
        _ROWS.clear()
        _ROWS[big] = [row(big, one) for one in big.conversations]
    return _ROWS[big]


_ROWS: dict[Workspace, list[Any]] = {}


@st.composite
def filters(draw: st.DrawFn, rows: list[Any]) -> Any:
    """A filter whose value mostly comes from a real row."""
    name = draw(st.sampled_from(sorted(READERS)))
    kind, read = READERS[name]
    operator = draw(st.sampled_from(OPERATORS[kind]))

    def value() -> Any:
        have = read(rows[draw(st.integers(0, len(rows) - 1))])
        if kind in ("words", "ids"):
            have = draw(st.sampled_from(have)) if have else "none"
        if have is None:
            have = 17 if kind == "number" else "x"
        if operator in ("~", "!~", "^", "$") and len(have) > 1:
            cut = draw(st.integers(1, len(have) - 1))
            have = have[cut:] if operator == "$" else have[:cut]
        return have

    values = [value() for _ in range(draw(st.integers(1, 3)))] if operator in ("IN", "NIN") else value()
    return {"field": name, "operator": operator, "value": values}


@given(data=st.data())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_conversations_are_found_as_a_naive_filter_finds_them(big: Workspace, data: st.DataObject) -> None:
    """One filter, a group, or groups in a group."""
    rows = rows_of(big)
    single = filters(rows)
    group = st.fixed_dictionaries(
        {"operator": st.sampled_from(("AND", "OR")), "value": st.lists(single, min_size=1, max_size=4)}
    )
    nested = st.fixed_dictionaries(
        {"operator": st.sampled_from(("AND", "OR")), "value": st.lists(group | single, min_size=1, max_size=3)}
    )
    query = data.draw(single | group | nested)
    found = [str(key[1]) for key in Searcher(big).conversations({"query": query})]
    expected = {document["id"] for document in rows if naive_query(document, query)}
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_the_naive_filter_finds_something(big: Workspace) -> None:
    """So that the comparison above means something."""
    rows = rows_of(big)
    for query in (
        {"field": "state", "operator": "=", "value": "open"},
        {"field": "statistics.count_conversation_parts", "operator": ">", "value": 8},
        {"field": "source.body", "operator": "=", "value": "label"},
    ):
        assert 0 < sum(naive_query(document, query) for document in rows) < len(rows)


async def refusal(api: Api, path: str, query: Any) -> str:
    """The code of a refusal."""
    refused = await api.post(path, 400, query=query)
    code: str = refused["errors"][0]["code"]
    return code


def is_open(**more: Any) -> dict[str, Any]:
    """A plain filter."""
    return {"field": "open", "operator": "=", "value": True, **more}


async def test_refusals_of_conversation_search(api: Api) -> None:
    """The 16th filter, the third level, unknown fields and operators, values of the wrong type."""
    path = "/conversations/search"
    fifteen = {"operator": "AND", "value": [is_open()] * 15}
    await api.post(path, query=fifteen)
    assert await refusal(api, path, {"operator": "OR", "value": [is_open()] * 16}) == "invalid_query"
    two = {"operator": "AND", "value": [{"operator": "OR", "value": [is_open(), is_open()]}]}
    await api.post(path, query=two)
    assert await refusal(api, path, {"operator": "AND", "value": [two]}) == "invalid_query"
    assert await refusal(api, path, is_open(field="mood")) == "invalid_field"
    assert await refusal(api, path, is_open(operator="<>")) == "invalid_operator"
    assert await refusal(api, path, is_open(operator=">")) == "invalid_operator"
    assert await refusal(api, path, is_open(value="perhaps")) == "invalid_value"
    assert await refusal(api, path, {"operator": "XOR", "value": [is_open()]}) == "invalid_operator"
    assert await refusal(api, path, {"operator": "AND", "value": []}) == "invalid_value"
    assert await refusal(api, path, {"field": "state", "operator": "IN", "value": "open"}) == "invalid_value"
    assert await refusal(api, path, {"field": "created_at", "operator": ">", "value": "today"}) == "invalid_value"
    assert await refusal(api, path, None) == "parameter_not_found"


async def test_refusals_of_contact_search(api: Api) -> None:
    """Dates take three operators, tags two."""
    path = "/contacts/search"
    for operator in ("!=", ">=", "<="):
        query = {"field": "created_at", "operator": operator, "value": 1_700_000_000}
        assert await refusal(api, path, query) == "invalid_operator"
    await api.post(path, query={"field": "created_at", "operator": ">", "value": 1_700_000_000})
    assert await refusal(api, path, {"field": "tag_id", "operator": "IN", "value": ["1"]}) == "invalid_operator"
    await api.post(path, query={"field": "tag_id", "operator": "!=", "value": "1"})


async def test_contact_dates_match_whole_days(api: Api) -> None:
    """``=`` is that day, ``>`` starts with the next, ``<`` ends before it."""
    made = await api.post("/contacts", email="day@shop.example")
    api.watch.time += 5
    day = made["created_at"] // 86_400 * 86_400

    async def found(operator: str, value: int) -> bool:
        both = [
            {"field": "email", "operator": "=", "value": "day@shop.example"},
            {"field": "created_at", "operator": operator, "value": value},
        ]
        answer = await api.post("/contacts/search", query={"operator": "AND", "value": both})
        return bool(answer["total_count"])

    assert await found("=", day + 5)
    assert await found("=", day + 86_399)
    assert not await found("=", day - 1)
    assert await found(">", day - 1)
    assert not await found(">", day)
    assert not await found("<", day + 86_399)
    assert await found("<", day + 86_400)


async def test_custom_attributes_and_segments_can_be_searched(api: Api) -> None:
    """By name, and by membership."""
    await api.post("/contacts", email="gold@shop.example", custom_attributes={"tier": "Gold"})
    api.watch.time += 5
    query = {"field": "custom_attributes.tier", "operator": "IN", "value": ["gold", "silver"]}
    assert [one["email"] for one in (await api.post("/contacts/search", query=query))["data"]] == ["gold@shop.example"]
    segment = (await api.get("/segments", include_count="true"))["segments"][0]
    query = {"field": "segment_id", "operator": "=", "value": segment["id"]}
    assert (await api.post("/contacts/search", query=query))["total_count"] == segment["count"]


async def test_pages_of_a_search_hold_each_match_once(api: Api) -> None:
    """And the total is right on each."""
    query = {"field": "state", "operator": "=", "value": "closed"}
    rows = [one for one in api.workspace.conversations if one.state == "closed"]
    seen: list[str] = []
    pagination: dict[str, Any] = {"per_page": 7}
    while True:
        page = await api.post("/conversations/search", query=query, pagination=pagination)
        assert page["total_count"] == len(rows)
        seen += [one["id"] for one in page["conversations"]]
        if "next" not in page["pages"]:
            break
        pagination = {"per_page": 7, **page["pages"]["next"]}
    assert sorted(seen) == sorted(str(one.id) for one in rows)


async def test_searches_see_what_has_just_changed(api: Api) -> None:
    """Kept results are dropped when anything changes."""
    query = {"field": "state", "operator": "=", "value": "closed"}
    before = (await api.post("/conversations/search", query=query))["total_count"]
    conversation = api.fresh()
    asked = {"message_type": "close", "type": "admin", "admin_id": api.admin}
    await api.post(f"/conversations/{conversation}/parts", **asked)
    assert (await api.post("/conversations/search", query=query))["total_count"] == before + 1


def test_nobody_is_found_by_null_and_by_zero(big: Workspace) -> None:
    """Unassigned: both ways of asking find the same."""
    search = Searcher(big)
    queries = [{"query": {"field": "admin_assignee_id", "operator": "=", "value": value}} for value in (None, 0)]
    by_null, by_zero = (search.conversations(query) for query in queries)
    nobody: list[Conversation] = [one for one in big.conversations if one.admin_assignee_id is None]
    assert len(by_null) == len(nobody) > 0
    assert by_null == by_zero


def test_contact_documents_are_found_by_their_own_fields(big: Workspace) -> None:
    """A contact's e-mail finds it."""
    search = Searcher(big)
    for contact in list(big.contacts)[:20]:
        document = json.loads(json.dumps(contact_document(big, contact)))
        query = {"field": "email", "operator": "=", "value": document["email"]}
        assert contact in search.contacts({"query": query})
