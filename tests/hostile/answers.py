"""Answers made from Intercom's own description, each with one thing wrong, to every operation of the client.

The operations are found by asking the client for its methods. What an answer looks like comes from the description
where that is there (all properties, also those that the sandbox leaves out), else from the sandbox.
"""

import asyncio
import inspect
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, get_type_hints

from tests.harness.sandbox import TOKEN
from tests.hostile.rules import bad_characters
from tests.hostile.server import Answer, Request, Upstream, serving
from tests.sandbox.openapi import Description, description
from tui.api.client import Intercom
from tui.api.errors import IntercomError
from tui.api.query import Field
from tui.api.rate_limit import Clock

__all__ = ["KINDS", "Outcome", "mutations", "operations", "run", "sample", "words_of"]

Path = tuple[str | int, ...]
_DEEP: Final = "DEEPLY-NESTED"
_RAW: Final = "RAW-NUMBER"
_NESTED: Final = b"[" * 20_000 + b"]" * 20_000
_GONE: Final = object()
KINDS: Final[dict[str, Callable[[Any], Any]]] = {
    "null": lambda value: None,
    "missing": lambda value: _GONE,
    "text": lambda value: "words" if not isinstance(value, str) else 7,
    "number": lambda value: 12.5 if not isinstance(value, int | float) else "12.5",
    "list": lambda value: [value] if not isinstance(value, list) else {"data": value},
    "object": lambda value: {"type": "odd", "id": value} if not isinstance(value, dict) else [value],
    "flag": lambda value: value is not True,
    "empty": lambda value: {} if isinstance(value, dict) else [] if isinstance(value, list) else "",
    "negative": lambda value: -1,
    "huge": lambda value: (
        "w" * 200_000 if isinstance(value, str) else [value] * 3_000 if isinstance(value, list) else 10**40
    ),
    "edge": lambda value: 2**63,
    "far": lambda value: f"{_RAW}1e400",
    "nan": lambda value: f"{_RAW}NaN",
    "nan text": lambda value: "NaN",
    "infinite": lambda value: f"{_RAW}-Infinity",
    "deep": lambda value: _DEEP,
    "unknown": lambda value: "a_value_of_next_year",
    "controls": lambda value: "\x1b]0;t\x07\x9b2J\u202e\ud800",
}
"""What is made of a value."""


def operations(client: Intercom) -> list[tuple[str, Callable[[], Awaitable[object] | AsyncIterator[object]]]]:
    """Every public method of the client's nouns that asks the API, with arguments made up by name and type."""
    found: list[tuple[str, Callable[[], Awaitable[object] | AsyncIterator[object]]]] = [("me", client.me)]
    for noun, resource in vars(client).items():
        if noun == "connection":
            continue
        for name, method in inspect.getmembers(resource, inspect.ismethod):
            if not name.startswith("_"):
                found.append((f"{noun}.{name}", _bound(method)))
    return found


def _bound(method: Callable[..., Any]) -> Callable[[], Any]:
    hints = get_type_hints(method)
    given = {
        name: _argument(name, hints.get(name))
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.default is inspect.Parameter.empty
    }
    return lambda: method(**given)


def _argument(name: str, hint: object) -> object:
    text = str(hint)
    if "Query" in text or name == "query":
        return Field("state") == "open"
    if hint is int:
        return 1
    if hint is bool:
        return True
    if "Mapping" in text or "dict" in text:
        return {}
    if "Sequence" in text or "list" in text:
        return ["1"]
    if "Literal" in text:
        return text.partition("['")[2].partition("'")[0]
    return "1"


def sample(spec: Description, request: Request) -> Any:
    """A whole answer to `request` by the description, None where it has none."""
    found = spec.find(request.method, request.path)
    if found is None:
        return None
    answers = found[1]["responses"]
    good: dict[str, Any] = next((answers[code] for code in answers if str(code).startswith("2")), {})
    schema = good.get("content", {}).get("application/json", {}).get("schema")
    return None if schema is None else _instance(spec.document["components"]["schemas"], schema, 0)


def _instance(schemas: Mapping[str, Any], schema: Mapping[str, Any], depth: int) -> Any:
    if "$ref" in schema:
        schema = schemas.get(schema["$ref"].rpartition("/")[2], {})
    if depth > 7:
        return None
    for choice in ("oneOf", "anyOf"):
        if schema.get(choice):
            return _instance(schemas, schema[choice][0], depth + 1)
    if schema.get("allOf"):
        merged: dict[str, Any] = {}
        for each in schema["allOf"]:
            made = _instance(schemas, each, depth + 1)
            merged |= made if isinstance(made, dict) else {}
        return merged
    if schema.get("enum"):
        return schema["enum"][0]
    match schema.get("type"):
        case "array":
            return [_instance(schemas, schema.get("items", {}), depth + 1)]
        case "integer" | "number":
            return 1_700_000_000
        case "boolean":
            return True
        case "string":
            example = schema.get("example")
            return example if isinstance(example, str) else "1"
        case _:
            listed = schema.get("properties", {})
            return {name: _instance(schemas, each, depth + 1) for name, each in listed.items()}


def mutations(document: Any, random: Random, most: int) -> Iterator[tuple[str, str, bytes]]:
    """(where, kind, answer) for places of `document` and kinds, at most `most` of them, all where they are fewer."""
    places = [(place, kind) for place in _places(document, ()) for kind in KINDS]
    random.shuffle(places)
    text = json.dumps(document)
    for place, kind in places[:most]:
        changed = json.loads(text)
        if not place:
            changed = KINDS[kind](changed)
            changed = None if changed is _GONE else changed
        else:
            inside = changed
            for step in place[:-1]:
                inside = inside[step]
            made = KINDS[kind](inside[place[-1]])
            if made is _GONE:
                del inside[place[-1]]
            else:
                inside[place[-1]] = made
        yield ".".join(map(str, place)), kind, encoded(changed)


def _places(value: Any, path: Path) -> Iterator[Path]:
    yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _places(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value[:2]):
            yield from _places(each, (*path, at))


def encoded(document: object) -> bytes:
    """JSON, with what JSON has no words for."""
    raw = json.dumps(document).encode()
    raw = raw.replace(f'"{_DEEP}"'.encode(), _NESTED)
    for number in ("1e400", "NaN", "-Infinity"):
        raw = raw.replace(f'"{_RAW}{number}"'.encode(), number.encode())
    return raw


async def _at_once(seconds: float) -> None:
    """No wait takes long."""
    await asyncio.sleep(0)


@dataclass
class Outcome:
    """What came of all answers."""

    operations: set[str] = field(default_factory=set)
    answers: int = 0
    places: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def run(upstream: Upstream, *, seed: int, most: int, only: Sequence[str] = ()) -> Outcome:
    """Give each operation up to `most` odd answers; each must be read or end in one of the client's own errors."""
    outcome = Outcome()
    asyncio.run(_run(upstream, Random(seed), most, only, outcome))
    return outcome


async def _run(upstream: Upstream, random: Random, most: int, only: Sequence[str], outcome: Outcome) -> None:
    spec = description()
    said: list[Request] = []
    odd: list[bytes] = []

    def answer(request: Request) -> Answer:
        if odd:
            return Answer(200, odd[0])
        said.append(request)
        made = sample(spec, request) if spec is not None else None
        return upstream(request) if made is None else Answer(200, json.dumps(made).encode())

    with serving(answer) as server:
        client = Intercom(server.url, TOKEN, clock=Clock(sleep=_at_once))
        try:
            for name, operation in operations(client):
                if only and name not in only:
                    continue
                said.clear()
                odd.clear()
                await _outcome_of(operation)
                if not said:
                    continue
                outcome.operations.add(name)
                plain = json.loads(answer(said[0]).body or b"{}")
                for where, kind, raw in mutations(plain, random, most):
                    odd[:] = [raw]
                    outcome.answers += 1
                    outcome.kinds[kind] += 1
                    outcome.places.add(f"{name} {where}")
                    came = await _outcome_of(operation)
                    if isinstance(came, IntercomError):
                        outcome.errors[type(came).__name__] += 1
                        if bad := bad_characters(str(came)):
                            outcome.wrong.append(f"{name}: {where} {kind}: a sentence with {sorted(map(ascii, bad))}")
                    elif isinstance(came, BaseException):
                        outcome.wrong.append(f"{name}: {where} is {kind}: {type(came).__name__}: {str(came)[:200]}")
                    elif bad := bad_characters(words_of(came), allowed="\n\t"):
                        outcome.wrong.append(f"{name}: {where} is {kind}: read {sorted(map(ascii, bad))}")
        finally:
            await client.aclose()
        outcome.wrong += server.failures


def words_of(value: object) -> str:
    """All texts in a decoded model."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list | tuple):
            waiting += one
        elif hasattr(one, "__struct_fields__"):
            waiting += [getattr(one, name) for name in one.__struct_fields__]
        elif hasattr(one, "items"):
            waiting.append(one.items)
    return "\x20".join(found)


async def _outcome_of(operation: Callable[[], Any]) -> object:
    try:
        async with asyncio.timeout(60):
            made = operation()
            if inspect.isawaitable(made):
                return await made
            pages: list[object] = []
            async for page in made:
                pages.append(page)
                if len(pages) > 60:
                    return AssertionError("pages without end")
            return pages
    except Exception as error:  # noqa: BLE001 - whatever came is judged
        return error
