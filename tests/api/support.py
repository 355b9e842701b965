"""What the tests of the client share: a clock that jumps, Intercom's own description, and a check against it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import msgspec
import yaml

from tui.api.client import Intercom
from tui.api.rate_limit import Budget, Clock

Json = dict[str, Any]
TOKEN = "dG9rOnNlY3JldF90b2tlbl8xMjM0NQ=="
BASE = "http://127.0.0.1:8900"
CONVERSATION = {"type": "conversation", "id": "1", "state": "open"}
SPEC = Path(__file__).resolve().parents[3] / "shared" / "intercom" / "openapi-2.14.yaml"


class JumpingClock:
    """Time that passes only by sleeping, and then at once."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def clock(self) -> Clock:
        return Clock(monotonic=lambda: 1000 + self.passed, now=self.now, sleep=self.sleep)

    def now(self) -> float:
        return 1_700_000_000 + self.passed

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        # Whoever is about to ask for something asks before the time has passed.
        for _ in range(20):
            await asyncio.sleep(0)
        self.passed += max(seconds, 0.0)


def intercom(
    handler: Callable[[httpx.Request], httpx.Response],
    clock: JumpingClock | None = None,
    on_budget: Callable[[Budget], None] | None = None,
) -> Intercom:
    transport = httpx.MockTransport(handler)
    return Intercom(BASE, TOKEN, transport=transport, clock=(clock or JumpingClock()).clock(), on_budget=on_budget)


async def reply(client: Intercom) -> object:
    """A request that may not be repeated."""
    return await client.conversations.reply("1", admin_id="2", body="hi")


@dataclass
class Operation:
    """One operation of the description."""

    method: str
    template: str
    body: Json

    def example(self) -> tuple[int, Json | None]:
        """The first successful answer that the description shows."""
        for status, response in self.body["responses"].items():
            if str(status).startswith("2"):
                content = response.get("content", {}).get("application/json", {})
                for example in content.get("examples", {}).values():
                    return int(status), example["value"]
                return int(status), content.get("example")
        raise AssertionError(f"{self.method} {self.template} has no successful answer")

    def check(self, request: httpx.Request) -> None:
        """Fails unless the request has the body and the parameters that the description asks for."""
        schema = self.body.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if request.content:
            assert schema is not None, f"{self.method} {self.template} takes no body"
            validator = jsonschema.Draft7Validator({**schema, "components": _plain(description()["components"])})
            validator.validate(msgspec.json.decode(request.content))
        else:
            assert not self.body.get("requestBody", {}).get("required")
            assert schema is None, f"{self.method} {self.template} wants a body"
        known = {each["name"]: each for each in self.body.get("parameters", []) if each.get("in") == "query"}
        for name in request.url.params:
            # Paging stands in the guide, not with every operation; "filter" is exploded into its properties.
            assert name in known or "filter" in known or name in ("per_page", "page", "starting_after"), name
        for name, each in known.items():
            if each.get("required") and name != "filter":
                assert name in request.url.params, name


@cache
def description() -> Json:
    loaded: Json = yaml.load(SPEC.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for path in loaded["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "requestBody" in operation:
                operation["requestBody"] = _plain(operation["requestBody"])
    return loaded


def _plain(value: Any) -> Any:
    """OpenAPI 3.0's ``nullable`` in the words of JSON Schema, and no examples."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if not isinstance(value, dict):
        return value
    result = {name: _plain(each) for name, each in value.items() if name not in ("example", "examples", "format")}
    if result.pop("nullable", False) is True and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
    return result


def operations() -> Iterator[tuple[re.Pattern[str], Operation]]:
    for template, path in description()["paths"].items():
        pattern = re.compile(re.sub(r"\\\{[^}]*\\\}|\{[^}]*\}", "[^/]+", template) + "$")
        for method, body in path.items():
            if isinstance(body, dict):
                yield pattern, Operation(method.upper(), template, body)


@cache
def _operations() -> tuple[tuple[re.Pattern[str], Operation], ...]:
    # The plain paths first: /articles/search is no article.
    return tuple(sorted(operations(), key=lambda each: each[1].template.count("{")))


def operation(request: httpx.Request) -> Operation:
    """The operation that a request is one of."""
    path = request.url.raw_path.decode().split("?")[0]
    for pattern, each in _operations():
        if each.method == request.method and pattern.match(path):
            return each
    raise AssertionError(f"the description knows no {request.method} {path}")
