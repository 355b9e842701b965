"""The connection: what goes over the wire, and what each fault says about the request's effect."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.api.support import CONVERSATION, TOKEN, JumpingClock, reply
from tui.api.client import Intercom
from tui.api.errors import (
    AnswerError,
    NoAnswer,
    NotSent,
    RedirectError,
)
from tui.api.query import Field
from tui.api.transport import Timeouts

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
        assert caught.value.effect == "unknown"
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
        assert caught.value.effect == "applied"
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
    assert caught.value.effect == "none"
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
            await client.connection.call("POST", "/x", bytes.decode, json={}, timeouts=Timeouts(0.1, 5))
        with pytest.raises(NoAnswer):
            await client.connection.call("POST", "/x", bytes.decode, json={}, timeouts=Timeouts(5, 0.1))
        release.set()
    async with wired(trickling) as (wire, client):
        # The status came: only the answer is lost.
        with pytest.raises(AnswerError):
            await client.connection.call("POST", "/x", bytes.decode, json={}, timeouts=Timeouts(5, 0.2))
        assert len(wire.requests) == 1


async def test_a_cancelled_request_leaves_the_connection_usable() -> None:
    arrived, over = asyncio.Event(), asyncio.Event()
    patient = True

    async def handle(request: bytes, writer: asyncio.StreamWriter) -> None:
        arrived.set()
        if not patient:
            writer.write(answer(json.dumps(CONVERSATION).encode()))
            return
        await over.wait()

    async with wired(handle) as (_, client):
        tasks = [asyncio.create_task(client.conversations.get("1")) for _ in range(6)]
        await arrived.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        patient = False
        async with asyncio.timeout(5):
            assert (await client.conversations.get("1")).id == "1"
        over.set()


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


def test_the_http_library_comes_without_its_command_line() -> None:
    code = "import sys, tui.api.client; print([name for name in sys.modules if name in ('click', 'pygments')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_models_and_errors_load_no_http() -> None:
    code = (
        "import sys, tui.api, tui.api.models, tui.api.errors, tui.api.query, tui.api.rate_limit, tui.api.decoding;"
        "names = [name for name, module in sys.modules.items() if getattr(module, '__spec__', None) is not None];"
        "print([name for name in names if name.split('.')[0] in ('httpx', 'httpcore', 'textual')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
