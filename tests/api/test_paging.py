"""Pages after pages, whatever the cursors do; and lists and things that come in two shapes."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.api.support import CONVERSATION, intercom
from tui.api.errors import (
    NotFoundError,
)
from tui.api.query import Field


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
