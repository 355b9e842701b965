"""A small workspace behind the real application; every answer that the tests see is checked against the description."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.sandbox.openapi import description
from tui.sandbox.app import create_app
from tui.sandbox.workspace import Workspace

TOKEN = "test-token"
START = 1_750_000_000.0


@dataclass
class Watch:
    """A clock that stands still until it is moved."""

    time: float = START

    def __call__(self) -> float:
        return self.time


@dataclass
class Api:
    """A client of the application in this process."""

    http: httpx.AsyncClient
    workspace: Workspace
    watch: Watch
    app: Any
    seen: set[tuple[str, str]] = field(default_factory=set)

    async def call(self, method: str, path: str, expect: int = 200, /, **options: Any) -> Any:
        """The JSON of an answer, which must have the status expected and be as described."""
        answer = await self.http.request(method, path, **options)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text[:400]}"
        body = answer.json() if answer.content else None
        known = description()
        if known is not None:
            clean = answer.request.url.path
            wrong = known.wrong_answer(method, clean, expect, body)
            assert not wrong, "\n".join(wrong)
            found = known.find(method, clean)
            if found is not None and expect < 300:
                self.seen.add((method, found[0]))
        return body

    async def get(self, path: str, expect: int = 200, /, **params: Any) -> Any:
        """GET."""
        return await self.call("GET", path, expect, params=params)

    async def post(self, path: str, expect: int = 200, /, **body: Any) -> Any:
        """POST with a JSON body."""
        return await self.call("POST", path, expect, json=body)

    async def put(self, path: str, expect: int = 200, /, **body: Any) -> Any:
        """PUT with a JSON body."""
        return await self.call("PUT", path, expect, json=body)

    async def delete(self, path: str, expect: int = 200, /, **body: Any) -> Any:
        """DELETE, with a JSON body when there is one."""
        return await self.call("DELETE", path, expect, **({"json": body} if body else {}))

    def fresh(self, **fields: Any) -> str:
        """The id of a new conversation, begun by the first contact, waiting."""
        contact = next(iter(self.workspace.contacts))
        made = self.workspace.new_conversation(contact, fields.pop("body", "<p>Hello, my label is blank</p>"), **fields)
        return str(made.id)

    @property
    def admin(self) -> str:
        """The admin whose token it is."""
        return str(self.workspace.me.id)


def make_api(conversations: int = 60, **options: Any) -> Api:
    """A client of a new workspace."""
    watch = Watch()
    workspace = Workspace(7, conversations, watch)
    app = create_app(workspace, token=TOKEN, **options)
    http = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://sandbox.local",
        headers={"Authorization": f"Bearer {TOKEN}", "Intercom-Version": "2.14", "Accept": "application/json"},
    )
    return Api(http, workspace, watch, app)


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    """A client of a new workspace of 60 conversations."""
    made = make_api()
    async with made.http:
        yield made


@pytest.fixture(scope="module")
def big() -> Workspace:
    """A workspace of 1,500 conversations, for reading only."""
    return Workspace(3, 1500, Watch())
