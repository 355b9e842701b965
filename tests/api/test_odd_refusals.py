"""Refusals of every shape, waits that are told, redirects explained as what they are, sentences in Intercom's words."""

import json
from email.utils import formatdate

import httpx
import pytest

from tests.api.support import JumpingClock, intercom
from tui.api import models
from tui.api.client import Intercom
from tui.api.decoding import decode_one, decode_page, noun_of
from tui.api.error_messages import read_error, redirect_in_words
from tui.api.errors import AnswerError, InvalidError, RateLimitedError, RedirectError, ServerError
from tui.api.models.base import Model
from tui.api.query import Field
from tui.api.rate_limit import Budget

ME = {"type": "admin", "id": "1", "name": "Ada", "app": {"id_code": "w1"}}


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        ({"type": "x", "errors": [{"code": "a_b", "message": "No."}, {"message": "Never."}]}, "No.; Never.", "a_b"),
        ({"errors": "No."}, "No.", ""),
        ({"errors": ["No.", "No.", "Never."]}, "No.; Never.", ""),
        ({"errors": {"code": "c", "message": "No."}}, "No.", "c"),
        ({"errors": {"email": ["is taken", "is odd"], "x": "y"}}, "email is taken; email is odd; x y", ""),
        ({"errors": [{"code": "not_found"}]}, "not found", "not_found"),
        ({"errors": [{"message": {"text": "x", "detail": "No."}}]}, "No.", ""),
        ({"errors": [None, 5, [], {"message": None}, {"message": ["No."]}]}, "No.", ""),
        ({"errors": None, "message": "No."}, "No.", ""),
        ({"error": "No."}, "No.", ""),
        ({"error": {"code": "c", "message": "No."}}, "No.", "c"),
        ({"error": "invalid_token", "error_description": "It has expired."}, "It has expired.", ""),
        ({"type": "about:blank", "title": "Nope", "detail": "No."}, "No.", ""),
        ({"message": {"errors": [{"reason": "No."}]}}, "No.", ""),
        (["No.", {"message": "Never."}], "No.; Never.", ""),
        ("No.", "No.", ""),
        (None, "", ""),
        (5, "", ""),
        (True, "", ""),
        ([], "", ""),
        ({}, "", ""),
        ({"errors": {}}, "", ""),
        ({"type": "error.list", "request_id": "r", "errors": []}, "", ""),
    ],
)  # fmt: skip
def test_an_error_body_of_any_shape_says_what_it_says(body: object, message: str, code: str) -> None:
    assert read_error(json.dumps(body).encode())[:2] == (code, message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"Blocked by policy 7\nreference 12", "Blocked by policy 7"),
        (b"<html><h1>403</h1></html>", ""),
        (b'{"errors": [{"message": "cut sh', ""),
        (b"\xff\xfe\x00\x01", ""),
        (b"", ""),
        (b"   ", ""),
        (b"[" * 3000, ""),
        (b'{"errors":' * 400 + b'"deep"' + b"}" * 400, ""),
    ],
)
def test_an_error_body_that_is_no_json(body: bytes, message: str) -> None:
    assert read_error(body)[1] == message


@pytest.mark.parametrize("body", ["No.", ["No."], {"errors": "No."}, {"error": {"message": "No."}}])
async def test_such_a_refusal_is_a_sentence_for_a_person(body: object) -> None:
    async with intercom(lambda request: httpx.Response(422, json=body)) as client:
        with pytest.raises(InvalidError, match=r"^No\.$"):
            await client.conversations.get("1")


# ------------------------------------------------------------------------------------------------------ waits


def _waiting(*answers: httpx.Response) -> tuple[JumpingClock, Intercom, list[Budget]]:
    left = list(answers)
    clock = JumpingClock()
    told: list[Budget] = []

    def handle(request: httpx.Request) -> httpx.Response:
        return left.pop(0) if len(left) > 1 else left[0]

    client = intercom(handle, clock, told.append)
    return clock, client, told


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_is_respected_and_told(status: int, form: str) -> None:
    after = "8" if form == "seconds" else formatdate(1_700_000_008, usegmt=True)
    clock, client, told = _waiting(httpx.Response(status, headers={"Retry-After": after}), httpx.Response(200, json=ME))
    async with client:
        assert (await client.me()).name == "Ada"
    assert 8 <= clock.passed < 10
    waits = [one for one in told if one.limited_until is not None]
    assert waits
    assert all(one.limited_until is not None and 1_700_000_007 <= one.limited_until <= 1_700_000_009 for one in waits)
    assert {one.unavailable for one in waits} == {status == 503}
    assert told[-1].limited_until is None


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_has_a_ceiling(status: int) -> None:
    clock, client, _ = _waiting(httpx.Response(status, headers={"Retry-After": "86400"}))
    async with client:
        with pytest.raises((RateLimitedError, ServerError)) as caught:
            await client.me()
    assert clock.passed == 0
    if status == 429:
        assert "try again in 1,440 minutes" in caught.value.message
    assert client.budget.limited_until is not None
    assert client.budget.limited_until <= 1_700_000_121


@pytest.mark.parametrize("after", ["", "soon", "-5", "1e999", "Thu, 99 Foo", "0", "\u0664", "nan"])
async def test_a_retry_after_that_makes_no_sense_stops_nothing(after: str) -> None:
    headers = [(b"Retry-After", after.encode())]
    for status in (429, 503):
        clock, client, _ = _waiting(httpx.Response(status, headers=headers), httpx.Response(200, json=ME))
        async with client:
            assert (await client.me()).name == "Ada"
        assert clock.passed < 12


async def test_a_503_on_a_reply_is_not_sent_again_and_holds_back_what_follows() -> None:
    clock, client, _ = _waiting(httpx.Response(503, headers={"Retry-After": "8"}), httpx.Response(200, json=ME))
    async with client:
        with pytest.raises(ServerError):
            await client.conversations.reply("1", admin_id="2", body="<p>Hello</p>")
        assert clock.passed == 0
        await client.me()
        assert clock.passed >= 8


async def test_waiting_for_a_used_up_window_is_told_too() -> None:
    headers = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1700000009"}
    clock, client, told = _waiting(httpx.Response(200, json=ME, headers=headers), httpx.Response(200, json=ME))
    async with client:
        await client.me()
        assert not any(one.waiting_until for one in told)
        await client.me()
    assert clock.passed >= 8
    assert any(one.waiting_until == 1_700_000_009 for one in told)
    assert told[-1].waiting_until is None


# -------------------------------------------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    ("base", "location", "words", "not_words"),
    [
        ("http://127.0.0.1:8900", "https://127.0.0.1:8900/me", "requires https", "region"),
        ("http://localhost", "https://localhost/", "requires https", "region"),
        ("http://127.0.0.1:8900", "//127.0.0.1/login", "its own addresses", "region"),
        ("https://api.intercom.io", "/v2/me", "its own addresses", "region"),
        ("https://api.intercom.io", "https://api.eu.intercom.io/me", "is the region right?", "proxy"),
        (
            "https://api.intercom.io",
            "https://login.corp.example/?to=x",
            "login page or a proxy",
            "is the region right?",
        ),
        ("https://api.intercom.io", "http://[broken", "login page or a proxy", "requires https"),
        ("https://api.intercom.io", "", "login page or a proxy", "its own"),
    ],
)
def test_a_redirect_is_explained_as_what_it_is(base: str, location: str, words: str, not_words: str) -> None:
    told = redirect_in_words(base, location, "somewhere")
    assert words in told
    assert not_words not in told
    assert "to=x" not in told


async def test_https_on_the_same_host_is_no_question_of_regions() -> None:
    moved = httpx.Response(301, headers={"Location": "https://127.0.0.1:8900/me"})
    async with intercom(lambda request: moved) as client:
        with pytest.raises(RedirectError, match=r"^127\.0\.0\.1 requires https"):
            await client.me()


# ------------------------------------------------------------------------------------------------------ nouns

MODELS = sorted(
    (one for one in vars(models).values() if isinstance(one, type) and issubclass(one, Model) and one is not Model),
    key=lambda one: one.__name__,
)
INTERNAL = {"with", "app", "admin", "admins", "model", "struct", "json"}


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
def test_sentences_name_things_as_intercom_does(model: type[Model]) -> None:
    """Whatever could not be found in an answer is named as people call it, never as our own code does."""
    noun = noun_of(model)
    assert noun == noun.lower()
    assert not INTERNAL & set(noun.split())
    for answer in (b"null", b"[]", b"5", b'"x"'):
        with pytest.raises(AnswerError) as caught:
            decode_one(answer, model)
        assert model.__name__.lower() not in caught.value.message.split() or " " not in noun
        with pytest.raises(AnswerError) as caught:
            decode_page(answer, model, "data")
        assert not INTERNAL & set(caught.value.message.lower().strip(".").split())


async def test_an_answer_without_a_teammate_says_teammate() -> None:
    async with intercom(lambda request: httpx.Response(200, json={})) as client:
        with pytest.raises(AnswerError) as caught:
            await client.me()
        assert "teammate" in caught.value.message
        assert "adminwithapp" not in caught.value.message.lower()
        with pytest.raises(AnswerError, match="no list of conversations"):
            await client.conversations.search(Field("state") == "open")
