"""Which operations of Intercom's API the client has, found by calling each of its methods, and which of them are used.

Every method is called once with arguments that can be told apart, on a transport that writes down the request; whether
the rest of the program uses it is read from the source: ``….contacts.get`` outside `tui/api`.
"""

import ast
import asyncio
import inspect
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx

from tests.api.support import intercom
from tests.reference.tables import cell, table
from tui.api.client import Intercom
from tui.api.errors import IntercomError
from tui.api.query import Field

__all__ = ["NOT_COVERED", "Operation", "api_coverage", "api_summary", "operations"]

_ROOT: Final = Path(__file__).parents[2] / "tui"
_FACES: Final = {"inbox": "inbox", "app": "app", "cli": "shell"}
_FIRST_ARGUMENT: Final = 70_001
_PRIVATE: Final = frozenset({"connection", "priority"})

NOT_COVERED: Final = (
    "ai", "away_status_reasons", "calls", "custom_object_instances", "download", "export", "fin", "help_center",
    "internal_articles", "ip_allowlist", "jobs", "news", "notes", "phone_call_redirects", "subscription_types",
    "visitors",
)  # fmt: skip
"""First words of the addresses that the API has and no method of the client asks for."""


class Operation(NamedTuple):
    """One method of the client and the request that it makes; `path` has its arguments' names in braces."""

    client_method: str
    http_method: str
    path: str
    detail: str
    """What tells requests to one path apart: ``close`` of ``POST /conversations/{conversation_id}/parts``."""
    says: str
    used_by: tuple[str, ...]


def api_coverage() -> str:
    """A table a resource: client method, operation, what it does, and who uses it."""
    by_resource: dict[str, list[Operation]] = {}
    for one in operations():
        by_resource.setdefault(one.client_method.partition(".")[0], []).append(one)
    out: list[str] = []
    for resource, group in by_resource.items():
        rows = [
            [f"`{one.client_method.rpartition('.')[2]}`",
             f"`{one.http_method} {one.path}`" + (f", `{one.detail}`" if one.detail else ""),
             cell(one.says), ", ".join(one.used_by) or "–"]
            for one in group
        ]  # fmt: skip
        out += [f"### {resource}", "", table(["method", "operation", "what it does", "used by"], rows), ""]
    return "\n".join(out).rstrip()


def api_summary() -> str:
    """The counts in a sentence, and what there is no method for."""
    ours = operations()
    distinct = {(one.http_method, one.path) for one in ours}
    used = {(one.http_method, one.path) for one in ours if one.used_by}
    nothing = ", ".join(f"`/{one}`" for one in NOT_COVERED)
    return (
        f"{len(ours)} methods for {len(distinct)} operations, of which the program itself uses {len(used)}.\n\n"
        f"No method asks for what is below {nothing}."
    )


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation of the client, by resource and method."""
    return tuple(asyncio.run(_operations()))


async def _operations() -> list[Operation]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={})

    used = _used()
    found = []
    async with intercom(answer) as client:  # on a clock that jumps: an empty answer is asked for again
        for name, method in _methods(client):
            arguments = _arguments(method)
            seen.clear()
            await _call(method, arguments)
            if not seen:
                raise AssertionError(f"{name} has asked for nothing")
            path = _template(seen[0].url, arguments)
            says = " ".join((inspect.getdoc(method) or "").split())
            detail, used_by = _detail(seen[0], method), used.get(name, ())
            found.append(Operation(name, seen[0].method, path, detail, _first_sentence(says), used_by))
    return found


def _methods(client: Intercom) -> Iterator[tuple[str, Callable[..., Any]]]:
    yield "me", client.me
    for noun, resource in vars(client).items():
        if noun not in _PRIVATE and not noun.startswith("_"):
            owners = [one for one in type(resource).__mro__ if one is not object]
            for name, function in (item for owner in owners for item in vars(owner).items()):  # as in the source
                if not name.startswith("_") and inspect.isfunction(function):
                    yield f"{noun}.{name}", getattr(resource, name)


async def _call(method: Callable[..., Any], arguments: Mapping[str, object]) -> None:
    result: Awaitable[object] | AsyncIterator[object] = method(**arguments)
    try:
        if isinstance(result, AsyncIterator):
            async for _ in result:
                return
        else:
            await result
    except IntercomError:
        return  # an empty answer is none of what was asked for, which was written down


def _arguments(method: Callable[..., Any]) -> dict[str, object]:
    """Arguments for what has no default: texts are numbers that no other argument has."""
    given: dict[str, object] = {}
    for name, parameter in inspect.signature(method).parameters.items():
        if parameter.default is not inspect.Parameter.empty or parameter.kind is inspect.Parameter.VAR_KEYWORD:
            continue
        given[name] = _argument(str(parameter.annotation), _FIRST_ARGUMENT + len(given))
    return given


def _argument(hint: str, number: int) -> object:
    if "Query" in hint:
        return Field("state") == "open"
    if "int" in hint and "str" not in hint:
        return number
    if "bool" in hint:
        return True
    if "Mapping" in hint or "dict" in hint:
        return {}
    if "Sequence" in hint or "list" in hint:
        return [str(number)]
    if "Literal" in hint:
        return re.split("[\"']", hint)[1]
    return str(number)


def _template(url: httpx.URL, arguments: Mapping[str, object]) -> str:
    names = {str(value): name for name, value in arguments.items()}
    path = "/".join(f"{{{names[part]}}}" if part in names else part for part in url.path.split("/"))
    query = [name for name, value in url.params.items() if value in names]
    return path + (f"?{'&'.join(f'{name}=' for name in query)}" if query else "")


def _detail(request: httpx.Request, method: Callable[..., Any]) -> str:
    if "message_type" in inspect.signature(method).parameters:  # the caller says which
        return ""
    body = json.loads(request.content) if request.content else {}
    return str(body.get("message_type", "")) if isinstance(body, dict) else ""


def _first_sentence(says: str) -> str:
    """What it does, without the request in brackets, which has its own column."""
    plain = re.sub(r"\s*\((?:GET|POST|PUT|DELETE|``)[^)]*\)", "", says)
    return re.split(r"(?<=[.;])\s", plain, maxsplit=1)[0].rstrip(".;").replace("``", "`") + "."


@cache
def _used() -> Mapping[str, tuple[str, ...]]:
    """Client method to the packages of the program that name it, as ``client.RESOURCE.METHOD`` or over an alias."""
    nouns = {name for name in vars(Intercom("http://127.0.0.1:9", "token")) if name not in _PRIVATE}
    found: dict[str, set[str]] = {}
    for package, face in _FACES.items():
        for path in sorted((_ROOT / package).rglob("*.py")):
            for name in _named(ast.parse(path.read_text(encoding="utf-8")), nouns):
                found.setdefault(name, set()).add(face)
    return {name: tuple(face for face in _FACES.values() if face in faces) for name, faces in found.items()}


def _named(tree: ast.AST, nouns: set[str]) -> Iterator[str]:
    aliases = dict(_aliases(tree, nouns))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        owner = node.value
        if isinstance(owner, ast.Attribute) and owner.attr in nouns:
            yield f"{owner.attr}.{node.attr}"
        elif isinstance(owner, ast.Name) and owner.id in aliases:
            yield f"{aliases[owner.id]}.{node.attr}"
        elif node.attr == "me" and _is_client(owner):
            yield "me"


def _aliases(tree: ast.AST, nouns: set[str]) -> Iterator[tuple[str, str]]:
    """``talk = client.conversations``, also several at once."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        target, value = node.targets[0], node.value
        pairs = (
            zip(target.elts, value.elts, strict=False)
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            else [(target, value)]
        )
        for name, one in pairs:
            is_noun = isinstance(one, ast.Attribute) and one.attr in nouns and _is_client(one.value)
            if isinstance(name, ast.Name) and isinstance(one, ast.Attribute) and is_noun:
                yield name.id, one.attr


def _is_client(node: ast.expr) -> bool:
    """Whether an expression is called as the client is, or asks it for another priority (``client.at(…)``)."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "at":
        node = node.func.value
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name in ("client", "intercom")
