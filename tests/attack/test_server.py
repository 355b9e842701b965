"""A server that lies, repeats itself, sends nonsense or nothing at all: the list stays, nothing hangs, nothing dies."""

import asyncio
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.attack.conftest import leaks, program, seated
from tests.attack.hostile import TOKEN, Raw, Server, Status, World, conversation, part
from tui.api.client import Intercom
from tui.api.errors import AnswerError, ApiError, IntercomError, NetworkError, NotIntercom
from tui.api.transport import Timeouts
from tui.store.people import set_meta

OK = b'{"type":"admin.list","admins":[{"id":"7","name":"Grace"}]}'


def odd(**fields: Any) -> Callable[[World], None]:
    """The second conversation has these fields."""
    return lambda world: world.conversations[1].update(fields)


def among(*things: object) -> Callable[[World], None]:
    """These stand between the conversations."""
    return lambda world: world.conversations.__setitem__(slice(1, 1), list(things))


def thread(*parts: object) -> Callable[[World], None]:
    """The thread of the second conversation."""
    return lambda world: world.parts.__setitem__("2", list(parts))


def person_with(**fields: Any) -> Callable[[World], None]:
    """The contact has these fields."""
    return lambda world: world.people["c1"].update(fields)


def deep(depth: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(depth):
        nested = [nested]
    return nested


FAR = 1_700_000_000_000
"""Milliseconds where seconds belong: the year 55,840."""
TIMES: tuple[object, ...] = (FAR, 2**53, -62_135_596_801, 1.5, "1700000000", None, {}, 10**40, True)


def all_of(*poisons: Callable[[World], None]) -> Callable[[World], None]:
    """One after the other."""

    def poison(world: World) -> None:
        for each in poisons:
            each(world)

    return poison


def without_workspace(world: World) -> None:
    """Nobody says whose token it is."""
    del world.me["app"]
    world.admins.clear()


WORLDS: dict[str, Callable[[World], None]] = {
    "things that are no conversations": all_of(
        among(None, 5, "x", [], {}, {"id": None}, {"id": {}}),
        without_workspace,
        person_with(custom_attributes={"a": deep(600), "b": "x" * 100_000, "c": None}),
    ),
    "one conversation three times": among(conversation(2), conversation(2), conversation(1)),
    "wrong types": all_of(
        odd(state=5, title={}, tags="x", source=[], contacts=None, created_at="soon", priority=[]),
        person_with(name="x" * 300_000, email="\n\n", phone=0),
    ),
    "times of no calendar": all_of(
        odd(created_at=FAR, updated_at=2**53, waiting_since=-5, snoozed_until=1e300),
        thread(*[part(at, created_at=when) for at, when in enumerate(TIMES)]),
        person_with(created_at=FAR, last_seen_at=2**53, signed_up_at=-(2**52)),
    ),
    "parts that are none": thread(
        None, 5, part(1), {"id": {}}, part(1), part(2, author=None) | {"body": None}, part(3, author=[])
    ),
    "too much of everything": thread(
        part(1, "<div>" * 50_000 + "x"),
        part(2, "<p>" + "w" * 100_000),
        part(3, "<table><tr><td>" * 9_000),
        part(4, attachments=[{"name": None, "url": 5, "filesize": 10**30}, None] * 250),
    ),
}


@pytest.mark.parametrize("poison", WORLDS.values(), ids=WORLDS.keys())
async def test_one_odd_thing_takes_nothing_else_away(
    poison: Callable[[World], None], world: World, server: Server, tmp_path: Path
) -> None:
    poison(world)
    async with seated(tmp_path, server) as seat:
        await seat.synced()
        assert {"1", "3"} <= set(seat.ids)
        if "2" in seat.ids:
            seat.app.ui.thread.open("2")
            await seat.wait(lambda: not seat.inbox.threads.loading("2") and seat.inbox.contacts.cached("c1"))
            await seat.press("G", "k", "g", "g", "f", "escape", "y", "escape", "O", "escape")
        assert seat.app.is_running
        assert seat.inbox.status.error == ""


@pytest.mark.parametrize("found", [[], [conversation(1)]], ids=["empty", "the same"])
async def test_cursors_without_end_are_not_followed(
    found: list[Any], world: World, server: Server, tmp_path: Path
) -> None:
    def more(method: str, path: str, body: Any) -> Any:
        after = f"c{len(world.requests)}"
        return {"conversations": found, "total_count": 10**30, "pages": {"next": {"starting_after": after}}}

    world.overrides["POST /conversations/search"] = more
    async with seated(tmp_path, server) as seat:
        await seat.synced()
        asked = world.asked("POST /conversations/search")
    assert asked < 20


async def test_a_date_that_cannot_be_hides_nothing(world: World, server: Server, tmp_path: Path) -> None:
    world.headers["Date"] = "Fri, 31 Dec 9999 23:59:59 GMT"
    async with seated(tmp_path, server) as seat:
        await seat.synced()
        asked: list[int] = []

        def search(method: str, path: str, body: Any) -> Any:
            if "updated_at" in str(body):
                asked.append(int(body["query"]["value"]))
            return {"conversations": [], "pages": {"next": None}}

        world.overrides["POST /conversations/search"] = search
        seat.inbox.sync.refresh()
        await seat.wait(lambda: asked)
    assert abs(asked[0] - time.time()) < 900


ANSWERS: dict[str, tuple[Raw | Status, type[IntercomError]]] = {
    "gzip that unpacks to 300 MB": (
        Status(200, gzip.compress(bytes(300 << 20), 1), {"Content-Encoding": "gzip"}), AnswerError),
    "gzip in gzip": (
        Status(200, gzip.compress(gzip.compress(OK)), {"Content-Encoding": "gzip, gzip"}), AnswerError),
    "gzip cut short": (Status(200, gzip.compress(OK)[:-9], {"Content-Encoding": "gzip"}), AnswerError),
    "no gzip": (Status(200, OK, {"Content-Encoding": "gzip"}), AnswerError),
    "nested without end": (Status(200, b'{"admins":' * 500_000), AnswerError),
    "a web page": (Status(200, b"<html>Log in</html>"), NotIntercom),
    "a web page with the token": (Status(200, f"<title>{TOKEN}\x1b[2J</title>".encode()), NotIntercom),
    "nothing": (Status(200, b""), NotIntercom),
    "another host": (Status(302, b"", {"Location": "https://evil.example/"}), NotIntercom),
    "a host with the token": (Status(302, b"", {"Location": f"https://{TOKEN}.evil.example/"}), NotIntercom),
    "an address that is none": (Status(302, b"", {"Location": "http://[::1"}), NetworkError),
    "the token, echoed": (
        Status(401, json.dumps({"errors": [{"code": TOKEN, "message": TOKEN}], "request_id": TOKEN}).encode()),
        ApiError,
    ),
    "junk": (Raw(b"\x00\x01junk\r\n\r\n"), NetworkError),
    "endless headers": (Raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 2_000_000), NetworkError),
    "an endless chunk": (
        Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}"), AnswerError),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "kind"), ANSWERS.values(), ids=ANSWERS.keys())
async def test_an_answer_that_is_none(
    answer: Raw | Status, kind: type[IntercomError], world: World, server: Server
) -> None:
    world.overrides["POST /conversations/1/reply"] = answer
    client = Intercom(server.url, TOKEN)
    try:
        with pytest.raises(kind) as caught:
            await client.conversations.reply("1", admin_id="7", body="x")
    finally:
        await client.aclose()
    shown = f"{caught.value} {caught.value!r} {caught.value.code} {caught.value.request_id} {vars(caught.value)}"
    assert not leaks(shown)
    assert "\x1b" not in shown
    assert not leaks(repr(client))
    assert world.asked("POST /conversations/1/reply") == 1, "a reply is never sent again"


async def test_drops_of_an_answer_have_an_end(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.api.transport.READ", Timeouts(read=0.5, total=0.6))
    world.overrides["GET /tags"] = Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + b" " * 900, pauses=0.1)
    client = Intercom(server.url, TOKEN)
    try:
        async with asyncio.timeout(90):
            with pytest.raises(IntercomError):
                await client.tags.list()
    finally:
        await client.aclose()
    assert world.asked("GET /tags") == 1, "asked again although all the time was used up"


@pytest.mark.parametrize("value", ["0", "-1", "1e300", "nan", "inf", "abc", "9" * 400, "99999999999"])
async def test_limits_that_make_no_sense_limit_nothing(value: str, world: World, server: Server) -> None:
    world.headers = {
        "X-RateLimit-Limit": value, "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": value, "Date": value,
        "Set-Cookie": "spy=1; Path=/",
    }  # fmt: skip
    client = Intercom(server.url, TOKEN)
    try:
        async with asyncio.timeout(90):
            for _ in range(3):
                await client.tags.list()
    finally:
        await client.aclose()
    assert not any("cookie" in headers for _, _, headers in world.requests)


def test_the_token_is_nowhere(tmp_path: Path, world: World, server: Server) -> None:
    echo = f'{{"errors":[{{"code":"unauthorized","message":"Bad token {TOKEN}"}}],"request_id":"{TOKEN}"}}'.encode()
    assert program("conversation", "list", home=tmp_path, server=server).returncode == 0
    world.overrides["POST /conversations/[^/]*/(reply|parts)"] = Status(422, echo)
    world.overrides["GET /admins"] = Status(401, echo)
    for argv in (("conversation", "reply", "2", "hi"), ("outbox", "list", "--json"), ("admin", "list")):
        done = program(*argv, home=tmp_path, server=server, PYTHONDEVMODE="1", PYTHONASYNCIODEBUG="1")
        assert not leaks(done.stdout + done.stderr), argv
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and leaks(file.read_bytes())]
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.rglob("*.sqlite3*"))


async def test_a_clock_that_ran_ahead_hides_nothing_once_it_is_right(
    world: World, server: Server, tmp_path: Path
) -> None:
    async with seated(tmp_path, server) as seat:
        await seat.synced()
        await seat.inbox.store.write(lambda db: set_meta(db, "sync.mark", str(int(time.time()) + 10**8)))
    asked: list[int] = []

    def search(method: str, path: str, body: Any) -> Any:
        if body["query"].get("field") == "updated_at":
            asked.append(int(body["query"]["value"]))
        return {"conversations": [], "pages": {"next": None}}

    world.overrides["POST /conversations/search"] = search
    async with seated(tmp_path, server) as seat:
        await seat.wait(lambda: asked)
    assert abs(asked[0] - time.time()) < 900
