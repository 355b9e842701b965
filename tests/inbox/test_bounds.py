"""What goes wrong for long costs little: requests and bytes an hour, with somebody in front of the screen all along.

Kinds of failure meet kinds of request, for an hour of a world whose time costs nothing, while a note and a reply wait
to be sent. The counts are the network's own. Each kind meets everything and two of the others; all meet all with
``BOUNDS=all python -m pytest -n 0 tests/inbox/test_bounds.py``.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.inbox.whole import Whole

REQUESTS = 1400
"""An hour of polls every ten seconds is 360; a poll may take a handful of requests, each tried up to three times."""

BYTES = 40_000_000
"""For answers of 300 kB, which is as large as a page of conversations gets: about 130 of them."""

LARGE = b" " * 300_000
ERRORS = json.dumps({"type": "error.list", "errors": [{"code": "x", "message": "No."}]}).encode()


def timeout() -> httpx.Response:
    raise httpx.ReadTimeout("too slow")


KINDS: dict[str, Callable[[], httpx.Response]] = {
    "a portal's page": lambda: httpx.Response(200, content=b"<html><title>Hotel</title>" + LARGE),
    "null": lambda: httpx.Response(200, content=LARGE + b"null"),
    "half an answer": lambda: httpx.Response(200, content=b'{"type": "' + LARGE),
    "another object": lambda: httpx.Response(200, content=b"{}" + LARGE),
    "404": lambda: httpx.Response(404, content=ERRORS + LARGE),
    "500": lambda: httpx.Response(500, content=ERRORS + LARGE),
    "503": lambda: httpx.Response(503, content=LARGE),
    "400": lambda: httpx.Response(400, content=ERRORS + LARGE),
    "403": lambda: httpx.Response(403, content=ERRORS + LARGE),
    "429": lambda: httpx.Response(429, content=ERRORS),
    "429 until long ago": lambda: httpx.Response(429, headers={"x-ratelimit-reset": "1"}, content=ERRORS),
    "a redirect": lambda: httpx.Response(302, headers={"location": "https://login.test/"}, content=LARGE),
    "silence": timeout,
}  # fmt: skip

SCOPES: dict[str, Callable[[str, str], bool]] = {
    "everything": lambda line, body: True,
    "all but who we are": lambda line, body: line != "GET /me",
    "who we are": lambda line, body: line == "GET /me",
    "the directory": lambda line, body: line in ("GET /admins", "GET /teams", "GET /tags"),
    "every search": lambda line, body: line.endswith("/conversations/search"),
    "later pages of a search": lambda line, body: line.endswith("/conversations/search") and "starting_after" in body,
    "searches for open ones": lambda line, body: '"open"' in body,
    "what changed": lambda line, body: line.endswith("/conversations/search") and '"state"' not in body,
    "conversations": lambda line, body: line.startswith("GET /conversations/"),
    "contacts": lambda line, body: "/contacts/" in line or "/events" in line,
    "writes": lambda line, body: not line.startswith("GET") and not line.endswith("/search"),
}


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Whole]:
    world = Whole(tmp_path)
    yield world
    world.close()


def spend(whole: Whole, answer: Callable[[httpx.Request], httpx.Response | None]) -> tuple[int, int]:
    """Requests and bytes of an hour in which ``answer`` has the word."""
    asked = 0

    def counting(request: httpx.Request) -> httpx.Response | None:
        nonlocal asked
        asked += 1
        return answer(request)

    whole.begin()
    whole.sit(60)
    whole.wire.answer = counting
    before = whole.wire.received
    whole.run(whole.program.actions.note(whole.cids[3], "a note of that hour"))
    whole.run(whole.program.actions.reply(whole.cids[4], "a reply of that hour"))
    whole.sync.refresh()
    whole.sit(3600)
    return asked, whole.wire.received - before


def pairs() -> list[tuple[str, str]]:
    """``(kind, scope)`` of the runs."""
    everything, *some = SCOPES
    if os.environ.get("BOUNDS") == "all":
        return [(kind, scope) for kind in KINDS for scope in SCOPES]
    turns = [(kind, some[(2 * n + more) % len(some)]) for n, kind in enumerate(KINDS) for more in (0, 1)]
    return [*((kind, everything) for kind in KINDS), *turns]


@pytest.mark.parametrize(("kind", "scope"), pairs())
def test_an_hour_of_failures_is_bounded(whole: Whole, kind: str, scope: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response | None:
        line, body = f"{request.method} {request.url.path}", request.content.decode()
        return KINDS[kind]() if SCOPES[scope](line, body) else None

    asked, received = spend(whole, answer)
    assert asked <= REQUESTS
    assert received <= BYTES
    # and when it is over, everything goes on by itself, and once
    whole.wire.answer = lambda request: None
    whole.sit(900)
    kept = {row.id for row in whole.program.box.attention()}
    assert {row.id for row in whole.program.box.pending()} <= kept
    said = [body for cid in whole.cids[3:5] for body in whole.bodies(cid)]
    for words in ("a note of that hour", "a reply of that hour"):
        there = sum(words in body for body in said)
        assert there == 1 or (there == 0 and any(words in whole.program.box.text_of(row)[1] for row in
                                                 whole.program.box.attention())), words  # fmt: skip
    assert whole.stored() == whole.there()
    assert (whole.status.connection, whole.status.error, whole.status.incomplete) == ("online", "", "")


def test_the_first_hour_of_an_empty_store_is_bounded_too(whole: Whole) -> None:
    """A search that never works for anything that is large, on a store that knows nothing yet."""

    def edit(request: httpx.Request, response: httpx.Response) -> httpx.Response:
        spoiled = request.url.path.startswith("/conversations") and len(response.content) > 2000
        return httpx.Response(200, content=b'{"conversations": [' + LARGE) if spoiled else response

    whole.wire.edit = edit
    whole.begin()
    whole.sit(3600)
    assert len(whole.wire.log) <= 2 * REQUESTS
    assert whole.wire.received <= 5 * BYTES  # going round costs something once
    first = whole.wire.received
    whole.sit(3600)
    assert whole.wire.received - first <= 2 * BYTES
