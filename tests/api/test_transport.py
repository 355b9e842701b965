"""The connection: headers, faults, and what each says about the request's fate."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from tests.api.support import BASE, TOKEN, JumpingClock, intercom
from tui.api import connect
from tui.api.client import Intercom
from tui.api.errors import (
    AnswerError,
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
from tui.api.query import Field
from tui.api.transport import Kind, segment

CONVERSATION = {"type": "conversation", "id": "1", "state": "open"}
Handle = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Wire:
    """A loopback server that does with each request what a test tells it, and counts them."""

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self.requests: list[bytes] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    head += await reader.readexactly(int(line.split(b":")[1]))
            self.requests.append(head)
            await self.handle(head, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def wired(handle: Handle) -> AsyncIterator[tuple[Wire, Intercom]]:
    wire = Wire(handle)
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    async with server, Intercom(f"http://127.0.0.1:{wire.port}", TOKEN, clock=JumpingClock().clock()) as client:
        yield wire, client


def answer(body: bytes, *, length: int | None = None, head: str = "HTTP/1.1 200 OK", more: str = "") -> bytes:
    length = len(body) if length is None else length
    return f"{head}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n".encode() + body


def replying(*answers: bytes) -> Handle:
    left = list(answers)

    async def handle(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if len(left) > 1 else left[0])
        await writer.drain()

    return handle


async def reply(client: Intercom) -> object:
    return await client.conversations.reply("1", admin_id="2", body="hi")


# ------------------------------------------------------------------------------------------ on the wire


async def test_what_goes_over_the_wire() -> None:
    packed = gzip.compress(json.dumps(CONVERSATION).encode())
    async with wired(replying(answer(packed, more="Content-Encoding: gzip\r\n"))) as (wire, client):
        read = await client.conversations.reply("1/../2?x", admin_id="2", body="né \ud83d")
    assert read.id == "1"
    head, _, body = wire.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /conversations/1%2F..%2F2%3Fx/reply HTTP/1.1")
    lines = {line.lower() for line in head.split(b"\r\n")}
    assert b"accept-encoding: gzip" in lines
    assert b"content-type: application/json" in lines
    assert b"intercom-version: 2.14" in lines
    assert any(line.startswith(b"user-agent: intercom-tui/") for line in lines)
    assert json.loads(body) == {"message_type": "comment", "type": "admin", "admin_id": "2", "body": "né ?"}


async def test_a_cut_before_the_answer_leaves_a_reply_in_doubt_and_is_not_repeated() -> None:
    async def cut(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with wired(cut) as (wire, client):
        with pytest.raises(NoAnswer) as caught:
            await reply(client)
        assert caught.value.fate == "unknown"
        assert len(wire.requests) == 1
        with pytest.raises(NoAnswer):
            await client.conversations.get("1")
        assert len(wire.requests) == 4


async def test_reading_gets_over_a_cut() -> None:
    cuts = 2

    async def sometimes(request: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal cuts
        if cuts:
            cuts -= 1
            return
        writer.write(answer(json.dumps(CONVERSATION).encode()))

    async with wired(sometimes) as (wire, client):
        assert (await client.conversations.get("1")).id == "1"
        assert len(wire.requests) == 3


@pytest.mark.parametrize(
    "broken",
    [
        answer(b'{"type": "conversation", "id', length=1000),
        answer(b'{"type": "conversation", "id'),
        answer(b"{}"),
        answer(b"this is not gzip", more="Content-Encoding: gzip\r\n"),
    ],
)
async def test_an_unreadable_yes_is_a_yes(broken: bytes) -> None:
    async with wired(replying(broken)) as (wire, client):
        with pytest.raises(AnswerError) as caught:
            await reply(client)
        assert caught.value.fate == "yes"
        assert caught.value.status == 200
        assert len(wire.requests) == 1
    async with wired(replying(broken, broken, answer(json.dumps(CONVERSATION).encode()))) as (wire, client):
        assert (await client.conversations.get("1")).id == "1"


async def test_a_search_is_repeated_like_a_read() -> None:
    failing = answer(b"", head="HTTP/1.1 503 Service Unavailable")
    found = answer(json.dumps({"conversations": [CONVERSATION], "total_count": 1}).encode())
    async with wired(replying(failing, found)) as (wire, client):
        page = await client.conversations.search(Field("state") == "open")
        assert [each.id for each in page.items] == ["1"]
        assert len(wire.requests) == 2


async def test_nobody_at_the_port_means_not_sent() -> None:
    async with wired(replying(b"")) as (wire, _):
        port = wire.port
    clock = JumpingClock()
    async with Intercom(f"http://127.0.0.1:{port}", TOKEN, clock=clock.clock()) as client:
        with pytest.raises(NotSent) as caught:
            await reply(client)
    assert caught.value.fate == "no"
    assert len(clock.slept) == 2
    assert "127.0.0.1" in caught.value.message


async def test_silence_is_waited_for_no_longer_than_allowed() -> None:
    release = asyncio.Event()

    async def silent(request: bytes, writer: asyncio.StreamWriter) -> None:
        await release.wait()

    async def trickling(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with wired(silent) as (wire, client):
        with pytest.raises(NoAnswer):
            await client.connection.call("POST", "/x", bytes.decode, json={}, kind=Kind(0.1, 5))
        with pytest.raises(NoAnswer):
            await client.connection.call("POST", "/x", bytes.decode, json={}, kind=Kind(5, 0.1))
        release.set()
    async with wired(trickling) as (wire, client):
        # The status came: only the answer is lost.
        with pytest.raises(AnswerError):
            await client.connection.call("POST", "/x", bytes.decode, json={}, kind=Kind(5, 0.2))
        assert len(wire.requests) == 1


async def test_a_cancelled_request_leaves_the_connection_usable() -> None:
    arrived = asyncio.Event()
    patient = True

    async def handle(request: bytes, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        if not patient:
            writer.write(answer(json.dumps(CONVERSATION).encode()))
            return
        await asyncio.Event().wait()

    async with wired(handle) as (_, client):
        tasks = [asyncio.create_task(client.conversations.get("1")) for _ in range(6)]
        await arrived.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        patient = False
        async with asyncio.timeout(5):
            assert (await client.conversations.get("1")).id == "1"


async def test_the_token_follows_no_redirect() -> None:
    async with wired(replying(answer(b"{}"))) as (elsewhere, _):
        away = f"HTTP/1.1 302 Found\r\nLocation: http://localhost:{elsewhere.port}/me?token=x"
        async with wired(replying(answer(b"", head=away))) as (_, client):
            with pytest.raises(RedirectError) as caught:
                await client.me()
        assert elsewhere.requests == []
    assert "region" in caught.value.message
    assert "token=x" not in caught.value.message


async def test_proxies_of_the_environment_get_no_loopback_traffic(monkeypatch: pytest.MonkeyPatch) -> None:
    async with wired(replying(answer(b"{}"))) as (proxy, _):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with wired(replying(answer(json.dumps(CONVERSATION).encode()))) as (_, client):
            assert (await client.conversations.get("1")).id == "1"
        assert proxy.requests == []


# ------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("status", "kind", "fate"),
    [
        (301, RedirectError, "unknown"),
        (307, RedirectError, "no"),
        (400, InvalidError, "no"),
        (401, NotAllowed, "no"),
        (403, NotAllowed, "no"),
        (404, NotFoundError, "no"),
        (408, ServerError, "unknown"),
        (409, InvalidError, "no"),
        (422, InvalidError, "no"),
        (429, RateLimitedError, "no"),
        (500, ServerError, "unknown"),
        (503, ServerError, "unknown"),
    ],
)
async def test_a_no_says_what_it_is(status: int, kind: type[IntercomError], fate: str) -> None:
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
    assert (error.status, error.code, error.request_id, error.fate) == (status, "some_code", "abc-1", fate)
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
    assert caught.value.message == "Intercom has nothing under that id."
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


# ------------------------------------------------------------------------------------------ paging


async def test_a_dead_cursor_begins_again_once() -> None:
    asked: list[str | None] = []

    def handle(request: httpx.Request) -> httpx.Response:
        after = json.loads(request.content)["pagination"].get("starting_after")
        asked.append(after)
        if after == "dead":
            return httpx.Response(400, json={"type": "error.list", "errors": [{"code": "bad_cursor", "message": "no"}]})
        following = {"starting_after": "dead" if len(asked) == 1 else "two"} if after is None else None
        conversation = {**CONVERSATION, "id": after or "one"}
        return httpx.Response(200, json={"conversations": [conversation], "pages": {"next": following}})

    async with intercom(handle) as client:
        pages = [page async for page in client.conversations.search_pages(Field("state") == "open")]
    assert asked == [None, "dead", None, "two"]
    assert [page.items[0].id for page in pages] == ["one", "one", "two"]
    assert [page.restarted for page in pages] == [False, True, False]


async def test_cursors_that_go_round_in_a_circle_end() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        after = request.url.params.get("starting_after", "")
        following = {"starting_after": "b" if after == "a" else "a"}
        listed = [{**CONVERSATION, "id": after or "0"}]
        return httpx.Response(200, json={"conversations": listed, "pages": {"next": following}})

    async with intercom(handle) as client:
        assert len([page async for page in client.conversations.list_pages()]) == 3


@pytest.mark.parametrize("listed", [[], [1, 2]])
async def test_new_cursors_to_what_was_shown_before_end(listed: list[int]) -> None:
    asked = 0

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        found = [{**CONVERSATION, "id": str(one)} for one in listed]
        return httpx.Response(200, json={"conversations": found, "pages": {"next": {"starting_after": f"c{asked}"}}})

    async with intercom(handle) as client:
        assert len([page async for page in client.conversations.list_pages()]) == 2


async def test_numbered_pages_are_numbered() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page", "1"))
        assert request.method == "POST"
        assert request.url.params["per_page"] == "2"
        following = f"https://evil.example/companies/list?page={number + 1}" if number < 3 else None
        return httpx.Response(200, json={"data": [{"id": str(number)}], "pages": {"next": following}})

    async with intercom(handle) as client:
        pages = [page async for page in client.companies.list_pages(per_page=2)]
    assert [page.items[0].id for page in pages] == ["1", "2", "3"]


async def test_attaching_reads_either_answer() -> None:
    shown: dict[str, object] = {"customers": [{"type": "user", "id": "9"}]}
    async with intercom(lambda request: httpx.Response(200, json=shown)) as client:
        assert await client.conversations.attach_contact("1", "9", admin_id="2") is None
        shown = dict(CONVERSATION)
        detached = await client.conversations.detach_contact("1", "9", admin_id="2")
        assert detached is not None
        assert detached.id == "1"


async def test_a_company_is_found_in_either_answer() -> None:
    shown: dict[str, object] = {"type": "company", "id": "1", "company_id": "acme"}
    async with intercom(lambda request: httpx.Response(200, json=shown)) as client:
        assert (await client.companies.find("acme")).id == "1"
        shown = {"type": "list", "data": [shown]}
        assert (await client.companies.find("acme")).id == "1"
        shown = {"type": "list", "data": []}
        with pytest.raises(NotFoundError):
            await client.companies.find("acme")


# ------------------------------------------------------------------------------------------ making


async def test_connecting_happens_in_a_thread_and_sends_nothing() -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(
            200, json={"id": 1, "app": {"id_code": "abc", "region": "EU", "timezone": "Europe/Dublin"}}
        )

    client = await connect(BASE, TOKEN, transport=httpx.MockTransport(handle))
    assert sent == []
    me = await client.me()
    assert (me.id, me.app.id_code, me.app.region) == ("1", "abc", "EU")
    await client.aclose()


def test_models_and_errors_load_no_http() -> None:
    code = (
        "import sys, tui.api, tui.api.models, tui.api.errors, tui.api.query, tui.api.pacing, tui.api.decoding;"
        "print([name for name in sys.modules if name.split('.')[0] in ('httpx', 'httpcore', 'textual')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
