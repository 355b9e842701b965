"""Decoding: what Intercom sends, what it should not send, and what nobody should."""

from __future__ import annotations

import contextlib
import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.api.decoding import clean_document, decode_one, decode_page, decode_value
from tui.api.errors import AnswerError
from tui.api.models import Admin, Article, Company, Contact, Conversation, Statistics, Tag
from tui.text.sanitize import clean

Json = dict[str, Any]

CONVERSATION: Json = {
    "type": "conversation",
    "id": "515",
    "title": "Invoice",
    "created_at": 1734537546,
    "updated_at": 1734537600,
    "waiting_since": 1734537546,
    "snoozed_until": None,
    "source": {
        "type": "email",
        "id": "403918346",
        "body": "<p>this is the message body</p>",
        "author": {"type": "user", "id": "991267691", "name": "Ciara Lee", "email": "ciara@example.com"},
        "attachments": [{"type": "upload", "name": "a.pdf", "url": "https://x/a", "filesize": 12}],
    },
    "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "6762f1", "external_id": "70"}]},
    "admin_assignee_id": 991267715,
    "team_assignee_id": "5017691",
    "open": True,
    "state": "open",
    "read": False,
    "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "7", "name": "billing"}]},
    "priority": "priority",
    "sla_applied": {"type": "conversation_sla_summary", "sla_name": "First", "sla_status": "missed"},
    "statistics": {"time_to_admin_reply": 0, "last_contact_reply_at": 1734537546, "count_reopens": 2},
    "conversation_rating": {"rating": 5, "remark": "thanks", "teammate": {"type": "admin", "id": 12}},
    "teammates": {"type": "admin.list", "teammates": [{"type": "admin", "id": "12"}]},
    "custom_attributes": {"plan": "pro", "seats": 12, "vip": True, "nothing": None, "deep": {"x": [1]}},
    "linked_objects": {"type": "list", "data": [], "total_count": 0, "has_more": False},
    "conversation_parts": {
        "type": "conversation_part.list",
        "total_count": 1,
        "conversation_parts": [
            {
                "type": "conversation_part",
                "id": 9,
                "part_type": "assignment",
                "body": None,
                "created_at": 1734537550,
                "assigned_to": {"type": "nobody_admin", "id": None},
                "author": {"type": "bot", "id": "1", "name": "Fin", "email": "", "from_ai_agent": True},
                "attachments": [],
                "tags": None,
                "event_details": None,
            }
        ],
    },
}


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def a_page(*conversations: object, **more: object) -> bytes:
    return as_json({"type": "conversation.list", "conversations": conversations, "total_count": 3, **more})


def test_a_whole_conversation_is_read() -> None:
    read = decode_one(as_json(CONVERSATION), Conversation)
    assert (read.id, read.admin_assignee_id, read.team_assignee_id) == ("515", "991267715", "5017691")
    assert (read.waiting_since, read.snoozed_until) == (1734537546, None)
    assert read.source.author.name == "Ciara Lee"
    assert read.contacts.contacts[0].id == "6762f1"
    assert read.sla_applied is not None
    assert read.sla_applied.sla_status == "missed"
    assert read.conversation_rating is not None
    assert read.conversation_rating.teammate is not None
    assert read.conversation_rating.teammate.id == "12"
    assert read.statistics is not None
    assert read.statistics.time_to_admin_reply == 0
    assert read.custom_attributes == CONVERSATION["custom_attributes"]
    (part,) = read.conversation_parts.parts
    assert (part.id, part.body, part.tags, part.event_details) == ("9", "", [], {})
    assert part.assigned_to is not None
    assert part.assigned_to.id == ""
    assert part.author.from_ai_agent


@pytest.mark.parametrize("nobody", [None, 0, "0", ""])
def test_nobody_is_none_however_it_is_said(nobody: object) -> None:
    read = decode_one(as_json({"id": 1, "admin_assignee_id": nobody, "team_assignee_id": nobody}), Conversation)
    assert (read.admin_assignee_id, read.team_assignee_id) == (None, None)


def test_missing_and_null_fields_take_their_defaults() -> None:
    empty = decode_one(b'{"id":"1"}', Conversation)
    nulls = decode_one(as_json({**dict.fromkeys(CONVERSATION), "id": "1"}), Conversation)
    assert empty == nulls
    assert (empty.title, empty.tags.tags, empty.conversation_parts.parts, empty.statistics) == ("", [], [], None)
    assert empty.priority == "not_priority"
    # No two of them share a list.
    empty.tags.tags.append(Tag(id="1"))
    assert nulls.tags.tags == []


@pytest.mark.parametrize(
    ("fields", "state"),
    [({"open": True}, "open"), ({"open": False}, "closed"), ({"open": False, "snoozed_until": 9}, "snoozed")],
)
def test_a_missing_state_is_told_by_the_rest(fields: Json, state: str) -> None:
    assert decode_one(as_json({"id": "1", "state": None, **fields}), Conversation).state == state


def test_types_that_are_off_are_bent_and_reported() -> None:
    odd = {
        **CONVERSATION,
        "title": 2024,
        "created_at": "1734537546",
        "updated_at": 1734537600.7,
        "waiting_since": "2024-12-18T15:59:06Z",
        "snoozed_until": 10**30,
        "open": "true",
        "read": 1,
        "tags": [{"id": 7, "name": "billing"}, None, "what"],
        "custom_attributes": [],
        "source": "gone",
        "statistics": [],
    }
    page = decode_page(a_page(CONVERSATION, odd), Conversation, "conversations")
    plain, bent = page.items
    assert plain.title == "Invoice"
    assert (bent.title, bent.created_at, bent.updated_at, bent.waiting_since) == (
        "2024",
        1734537546,
        1734537600,
        1734537546,
    )
    assert (bent.snoozed_until, bent.open, bent.read) == (None, True, True)
    assert [(tag.id, tag.name) for tag in bent.tags.tags] == [("7", "billing")]
    assert (bent.custom_attributes, bent.source.body, bent.statistics) == ({}, "", None)
    (report,) = page.odd
    assert (report.index, report.id, report.kept) == (1, "515", True)
    assert "source: str does not fit" in report.reason


def test_one_odd_item_never_loses_the_page() -> None:
    page = decode_page(
        a_page(CONVERSATION, None, "x", {}, {"id": ""}, {**CONVERSATION, "id": "516"}), Conversation, "conversations"
    )
    assert [each.id for each in page.items] == ["515", "516"]
    assert [(each.index, each.kept) for each in page.odd] == [(1, False), (2, False), (3, False), (4, False)]
    assert page.total_count == 3


@pytest.mark.parametrize(
    ("pages", "params"),
    [
        (None, {}),
        ({"type": "pages", "next": None, "page": 1, "total_pages": 9}, {}),
        ({"next": {"per_page": 5, "starting_after": "WzE=", "page": 2}}, {"starting_after": "WzE="}),
        ({"next": {"page": 2}}, {"page": "2"}),
        ({"next": "https://api.intercom.io/companies/list?page=3&per_page=50&token=x"}, {"page": "3"}),
        ({"page": 2, "total_pages": 3}, {"page": "3"}),
        ({"page": 3, "total_pages": 3}, {}),
        ({"next": 7}, {}),
        ([], {}),
    ],
)
def test_where_the_next_page_begins(pages: object, params: dict[str, str]) -> None:
    page = decode_page(a_page(CONVERSATION, pages=pages), Conversation, "conversations")
    assert page.next_params == params
    assert page.next_cursor == next(iter(params.values()), None)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"<!DOCTYPE html><title>502 Bad Gateway</title>",
        b'{"conversations": [{"id": "1", "title": "tru',
        b'{"conversations": null, "total_count": 7}',
        b'{"total_count": 7}',
        b'{"type": "error.list", "errors": []}',
        b"[]",
        b"null",
        b'"text"',
        b'{"conversations": ' + b"[" * 100_000,
    ],
)
def test_a_broken_answer_is_no_empty_page(raw: bytes) -> None:
    with pytest.raises(AnswerError) as caught:
        decode_page(raw, Conversation, "conversations")
    assert caught.value.effect == "applied"
    assert caught.value.message.endswith((".", "?).", "one."))
    with pytest.raises(AnswerError):
        decode_one(raw, Conversation)


def test_json_that_strict_parsers_refuse_is_read() -> None:
    raw = (
        b'\xef\xbb\xbf{"id": "1", "title": "a\x01\x1b[31mb\nc \xff",'
        b' "source": {"body": "\\ud83d x"}, "updated_at": NaN}'
    )
    read = decode_one(raw, Conversation)
    assert read.title == "a[31mb\nc \ufffd"
    assert read.source.body == " x"
    assert read.updated_at == 0


def test_lists_hide_in_two_places() -> None:
    company = {"type": "company", "id": "1", "company_id": 7, "monthly_spend": 12.5}
    for key in ("companies", "data"):
        page = decode_page(as_json({key: [company]}), Company, "companies|data")
        assert (page.items[0].company_id, page.items[0].monthly_spend) == ("7", 12.5)
    found = decode_page(as_json({"data": {"articles": [{"id": 1, "title": "x"}]}}), Article, "data.articles")
    assert found.items[0].id == "1"


def test_ids_in_lists_are_text() -> None:
    assert decode_one(b'{"id":1,"team_ids":[814865,"7"]}', Admin).team_ids == ["814865", "7"]
    assert decode_one(b'{"id":1,"owner_id":0}', Contact).owner_id is None


# ------------------------------------------------------------------------------------------------------------ cleaning

HOSTILE = "\x1b]52;c;ZXZpbA==\x07\u202egnp.exe\u200b\u2066x\u009b31m\x7f\ufeff"


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_hostile_text_is_harmless_wherever_it_stands(ensure_ascii: bool) -> None:
    value = {**CONVERSATION, "title": HOSTILE, "custom_attributes": {HOSTILE: [HOSTILE]}}
    read = decode_one(json.dumps(value, ensure_ascii=ensure_ascii).encode(), Conversation)
    harmless = "]52;c;ZXZpbA==gnp.exex31m"
    assert read.title == harmless
    assert read.custom_attributes == {harmless: [harmless]}


def test_what_needs_no_cleaning_is_not_touched() -> None:
    raw = rb'{"id":"1","title":"\u003cp\u003e a \"b\" \/ \t \n \u0041 \u007e"}'
    assert clean_document(raw) is raw
    assert decode_one(raw, Conversation).title == '<p> a "b" / \t \n A ~'


@pytest.mark.parametrize(
    ("escaped", "expected"),
    [
        (rb"\\u202e", "\\u202e"),
        (rb"\\\u202e", "\\"),
        (rb"\r\n\r\u000d\u000a", "\n\n\n"),
        (rb"\u2028", "\n"),
        (rb"\ud83d\ude00", "😀"),
        (rb"\ud83d", ""),
        (rb"\ude00\ud83d", ""),
        (rb"\u00e9\u0301", "é\u0301"),
        (rb"\u00e9\udc00x", "éx"),
        (rb"\b\f\u0000\u001b", ""),
        (rb"\ud83d\udc69\u200d\ud83d\udcbb", "👩\u200d💻"),
    ],
)
def test_escapes_hide_nothing(escaped: bytes, expected: str) -> None:
    assert decode_value(b'{"x":"' + escaped + b'"}') == {"x": expected}


@given(st.text(), st.booleans())
@settings(max_examples=300)
def test_a_document_is_cleaned_as_its_strings_would_be(text: str, ensure_ascii: bool) -> None:
    # Half surrogates cannot be told from whole ones once they stand side by side in a document.
    raw = json.dumps({"a": text, "b": [f"x{text}"]}, ensure_ascii=ensure_ascii).encode("utf-8", "surrogatepass")
    if any("\ud800" <= char <= "\udfff" for char in text):
        decode_value(raw)
        return
    assert decode_value(raw) == {"a": clean(text), "b": [clean(f"x{text}")]}


# ------------------------------------------------------------------------------------------------------------- mangling

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["id", "type", "tags"]), st.none() | st.integers(), max_size=2),
)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for name, each in value.items():
            found += places(each, (*path, name))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            found += places(each, (*path, index))
    return found


PLACES = places(CONVERSATION)


def mangled(changes: dict[tuple[str | int, ...], object]) -> Json:
    copy: Json = json.loads(json.dumps(CONVERSATION))
    for path, leaf in changes.items():
        holder: Any = copy
        # An earlier change may have cut this branch off.
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = deepcopy(leaf)
    return copy


@given(st.dictionaries(st.sampled_from(PLACES), LEAVES, min_size=1, max_size=6))
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_a_mangled_conversation_never_takes_its_neighbours_along(
    changes: dict[tuple[str | int, ...], object],
) -> None:
    raw = json.dumps({"conversations": [CONVERSATION, mangled(changes), CONVERSATION]}).encode()
    page = decode_page(raw, Conversation, "conversations")
    assert page.items[0] == page.items[-1] == decode_one(as_json(CONVERSATION), Conversation)
    assert len(page.items) + sum(not each.kept for each in page.odd) == 3
    for each in page.items:
        assert isinstance(each.id, str)
        assert each.id
        assert isinstance(each.title, str)
        assert isinstance(each.updated_at, int)
        assert each.admin_assignee_id is None or isinstance(each.admin_assignee_id, str)
        assert isinstance(each.tags.tags, list)
        assert isinstance(each.custom_attributes, dict)
        assert each.statistics is None or isinstance(each.statistics, Statistics)


@given(
    st.binary(max_size=200) | st.integers(0, len(as_json(CONVERSATION))).map(lambda cut: as_json(CONVERSATION)[:cut])
)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    # Anything but AnswerError would come through.
    with contextlib.suppress(AnswerError):
        assert decode_one(raw, Conversation).id
