"""What Intercom refuses becomes an error that says what it is, and the token is in none of them."""

from __future__ import annotations

import traceback

import httpx
import pytest

from tests.api.support import BASE, CONVERSATION, TOKEN, intercom, reply
from tui.api.client import Intercom
from tui.api.errors import (
    AuthError,
    IntercomError,
    InvalidError,
    NoAnswer,
    NotAllowed,
    NotFoundError,
    NotSent,
    RateLimitedError,
    RedirectError,
    ServerError,
)
from tui.api.transport import segment


@pytest.mark.parametrize(
    ("status", "kind", "effect"),
    [
        (301, RedirectError, "unknown"),
        (307, RedirectError, "none"),
        (400, InvalidError, "none"),
        (401, NotAllowed, "none"),
        (403, NotAllowed, "none"),
        (404, NotFoundError, "none"),
        (408, ServerError, "unknown"),
        (409, InvalidError, "none"),
        (422, InvalidError, "none"),
        (429, RateLimitedError, "none"),
        (500, ServerError, "unknown"),
        (503, ServerError, "unknown"),
    ],
)
async def test_a_no_says_what_it_is(status: int, kind: type[IntercomError], effect: str) -> None:
    body = {
        "type": "error.list",
        "request_id": "abc-1",
        "errors": [
            {"code": "some_code", "message": f"No \x1b[31m{TOKEN}\u202e way"},
            {"code": "x", "message": "Never"},
        ],
    }

    async with intercom(lambda request: httpx.Response(status, json=body)) as client:
        with pytest.raises(kind) as caught:
            await reply(client)
    error = caught.value
    assert type(error) is kind
    assert (error.status, error.code, error.request_id, error.effect) == (status, "some_code", "abc-1", effect)
    if status >= 400:
        assert "[31m… way; Never" in error.message
        assert "\x1b" not in error.message
        assert "\u202e" not in error.message


@pytest.mark.parametrize("body", [b"", b"[]", b'{"errors": [null, {"code": 5}]}', b'{"errors": {}}'])
async def test_a_no_without_words_is_still_a_sentence(body: bytes) -> None:
    headers = {"x-request-id": "r-9"}
    async with intercom(lambda request: httpx.Response(404, content=body, headers=headers)) as client:
        with pytest.raises(NotFoundError) as caught:
            await client.conversations.get("1")
    assert caught.value.message == "Intercom has nothing with that ID."
    assert caught.value.request_id == "r-9"


async def test_a_reply_that_the_server_failed_on_is_sent_once() -> None:
    sent = 0

    def failing(request: httpx.Request) -> httpx.Response:
        nonlocal sent
        sent += 1
        return httpx.Response(502)

    async with intercom(failing) as client:
        with pytest.raises(ServerError):
            await reply(client)
        assert sent == 1
        with pytest.raises(ServerError):
            await client.conversations.update("1", read=True)
        assert sent == 4


@pytest.mark.parametrize("kind", [ServerError, NoAnswer, NotSent])
async def test_the_token_is_in_no_traceback_and_no_repr(kind: type[IntercomError]) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        if kind is ServerError:
            return httpx.Response(500)
        raise httpx.ReadError(TOKEN) if kind is NoAnswer else httpx.ConnectError(TOKEN)

    async with intercom(fail) as client:
        with pytest.raises(kind) as caught:
            await client.me()
        told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        text = "".join(told.format())
        assert kind.__name__ in text
        assert TOKEN not in text
        assert TOKEN not in str(caught.value)
        assert TOKEN not in repr(client.connection) + repr(vars(client.connection))


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "nön-ascii", "esc\x1b"])
def test_a_token_that_no_header_can_hold_is_refused_unseen(token: str) -> None:
    with pytest.raises(AuthError) as caught:
        Intercom(BASE, token)
    assert not token or token not in caught.value.message


@pytest.mark.parametrize("address", ["http://api.intercom.io", "http://10.0.0.1:80"])
def test_plain_http_goes_to_loopback_only(address: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Intercom(address, TOKEN)


def test_an_id_is_one_segment_of_a_path() -> None:
    assert segment("a/b?c#d e") == "a%2Fb%3Fc%23d%20e"
    for nothing in ("", ".", ".."):
        with pytest.raises(InvalidError):
            segment(nothing)


async def test_a_closed_client_sends_nothing() -> None:
    client = intercom(lambda request: httpx.Response(200, json=CONVERSATION))
    await client.aclose()
    with pytest.raises(NotSent):
        await reply(client)
