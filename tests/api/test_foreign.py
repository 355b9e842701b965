"""An answer that is not Intercom's is no verdict; one that is, but refuses one thing, says nothing of the token."""

import json
from collections.abc import Awaitable, Callable

import httpx
import pytest

from tests.api.support import TOKEN, intercom
from tui.api.client import Intercom
from tui.api.errors import AnswerError, ApiError, AuthError, IntercomError, NotAllowed, NotIntercom, ServerError
from tui.api.permissions import noun_of
from tui.api.query import Field

HTML = {"content-type": "text/html; charset=utf-8"}
JSON = {"content-type": "application/json"}
MARKED = {"x-request-id": "r-1"}
PAGE = b"<!doctype html><html><head><title>Hotel\n Wi-Fi</title></head><body>Please log in</body></html>"

FOREIGN: dict[str, tuple[httpx.Response, str, str]] = {
    "a portal's page": (httpx.Response(200, headers=HTML, content=PAGE), "a web page (“Hotel Wi-Fi”)", "unknown"),
    "a page that says it is json": (httpx.Response(200, headers=JSON, content=PAGE), "a web page", "unknown"),
    "a page without markup": (httpx.Response(200, headers=HTML, content=b"Please log in"), "a web page", "unknown"),
    "a page after a byte order mark": (httpx.Response(200, content=b"\xef\xbb\xbf\n" + PAGE), "a web page", "unknown"),
    "a filter's page": (httpx.Response(403, headers=HTML, content=b"<h1>Blocked</h1>"), "(403)", "unknown"),
    "a filter's page for 401": (httpx.Response(401, headers=HTML, content=b"<h1>Blocked</h1>"), "(401)", "unknown"),
    "a page for 404": (httpx.Response(404, headers=HTML, content=PAGE), "(404)", "unknown"),
    "a page for 404 with marks": (httpx.Response(404, headers={**HTML, **MARKED}, content=PAGE), "(404)", "unknown"),
    "a page for 422": (httpx.Response(422, headers=HTML, content=PAGE), "(422)", "unknown"),
    "text for 404": (httpx.Response(404, content=b"404 page not found"), "text that is not JSON (404)", "unknown"),
    "a bare 403": (httpx.Response(403), "an empty answer (403)", "unknown"),
    "null for 400": (httpx.Response(400, headers=JSON, content=b"null"), "(400)", "unknown"),
    "a proxy's login": (httpx.Response(407, headers=HTML, content=b"<p>Login</p>"), "a proxy that requires", "none"),
    "a network's login": (httpx.Response(511, headers=HTML, content=b"<p>Login</p>"), "network that requires", "none"),
    "moved": (httpx.Response(301, headers={"location": "http://login.hotel.test/x"}), "login.hotel.test", "unknown"),
    "found": (httpx.Response(302, headers={"location": "https://login.hotel.test/"}), "login.hotel.test", "unknown"),
    "see other": (httpx.Response(303, headers={"location": "/login"}), "redirects", "unknown"),
    "elsewhere, again": (httpx.Response(307, headers={"location": "https://login.hotel.test/"}), "redirects", "none"),
    "elsewhere for good": (httpx.Response(308), "redirects to another address", "none"),
    "not modified": (httpx.Response(304), "redirects", "unknown"),
    "null": (httpx.Response(200, headers=JSON, content=b"null"), "“null”", "unknown"),
    "nothing": (httpx.Response(200, headers=JSON), "an empty answer", "unknown"),
    "blanks": (httpx.Response(200, headers=JSON, content=b" \r\n"), "an empty answer", "unknown"),
    "a list": (httpx.Response(200, headers=JSON, content=b"[]"), "a JSON list", "unknown"),
    "a text": (httpx.Response(200, headers=JSON, content=b'"ok"'), "a JSON text", "unknown"),
    "a number": (httpx.Response(200, headers=JSON, content=b"1"), "a JSON value", "unknown"),
    "plain text": (httpx.Response(200, headers={"content-type": "text/plain"}, content=b"OK"), "not JSON", "unknown"),
}  # fmt: skip


async def _write(client: Intercom) -> None:
    await client.conversations.reply("1", admin_id="7", body="x")


@pytest.mark.parametrize(("response", "says", "effect"), FOREIGN.values(), ids=FOREIGN.keys())
async def test_an_answer_that_is_not_intercoms_is_no_verdict_on_a_write(
    response: httpx.Response, says: str, effect: str
) -> None:
    sent: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)

    async with intercom(handler) as client:
        with pytest.raises(NotIntercom) as caught:
            await _write(client)
    assert len(sent) == 1
    assert caught.value.effect == effect
    assert "127.0.0.1" in caught.value.message
    assert says in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("case", sorted(FOREIGN.keys() - {"nothing", "blanks"}))
async def test_what_needs_no_answer_takes_no_page_for_one(case: str) -> None:
    response = FOREIGN[case][0]

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)

    async with intercom(handler) as client:
        with pytest.raises(NotIntercom):
            await client.contacts.delete("1")


ERRORS = json.dumps({"type": "error.list", "errors": [{"code": "no", "message": "Not like this"}]}).encode()
OURS: dict[str, tuple[httpx.Response, type[IntercomError], str]] = {
    "a refusal": (httpx.Response(422, content=ERRORS), ApiError, "none"),
    "a refusal as a list": (httpx.Response(400, content=b'["no"]'), ApiError, "none"),
    "a refusal as text": (httpx.Response(400, content=b'"no"'), ApiError, "none"),
    "a bare refusal with marks": (httpx.Response(404, headers=MARKED), ApiError, "none"),
    "a scope": (httpx.Response(403, content=ERRORS), NotAllowed, "none"),
    "a gateway's page": (httpx.Response(502, headers=HTML, content=PAGE), ServerError, "unknown"),
    "cut short": (
        httpx.Response(200, headers=JSON, content=b'{"type": "conversation", "id": "1'),
        AnswerError,
        "applied",
    ),
    "another object": (httpx.Response(200, headers=JSON, content=b"{}"), AnswerError, "applied"),
}


@pytest.mark.parametrize(("response", "kind", "effect"), OURS.values(), ids=OURS.keys())
async def test_intercoms_own_answers_stay_verdicts(
    response: httpx.Response, kind: type[IntercomError], effect: str
) -> None:
    async with intercom(lambda request: response) as client:
        with pytest.raises(kind) as caught:
            await _write(client)
    assert caught.value.effect == effect


async def test_the_token_in_a_page_is_hidden() -> None:
    page = f"<title>{TOKEN} {TOKEN.upper()}</title>".encode()
    async with intercom(lambda request: httpx.Response(200, content=page)) as client:
        with pytest.raises(NotIntercom) as caught:
            await _write(client)
    assert TOKEN.casefold() not in caught.value.message.casefold()


@pytest.mark.parametrize("status", [401, 403])
async def test_only_me_decides_that_the_token_is_refused(status: int) -> None:
    async with intercom(lambda request: httpx.Response(status, content=ERRORS)) as client:
        with pytest.raises(AuthError) as caught:
            await client.me()
        assert not isinstance(caught.value, NotAllowed)
        reads: dict[str, Callable[[], Awaitable[object]]] = {
            "tags": client.tags.list,
            "teams": client.teams.list,
            "teammates": client.admins.list,
            "segments": lambda: client.contacts.segments("5"),
            "articles": lambda: client.articles.search("refund"),
            "contacts": lambda: client.contacts.get("5"),
            "conversations": lambda: client.conversations.search(Field("state") == "open"),
            "tickets": lambda: client.tickets.get("5"),
            "companies": lambda: client.companies.get("5"),
        }
        for noun, read in reads.items():
            with pytest.raises(NotAllowed) as refused:
                await read()
            assert refused.value.message == f"This token may not read {noun}."
        with pytest.raises(NotAllowed) as refused:
            await _write(client)
        assert refused.value.message == "Not allowed with this token: Not like this."


def test_what_a_path_is_about() -> None:
    assert noun_of("/contacts/5/notes") == "notes"
    assert noun_of("/contacts/tags") == "tags"
    assert noun_of("/unheard/of") == "this"
