"""Queries: one filter, or AND / OR groups of at most 15, two levels deep; compiled to a predicate or refused.

The rules are those of ``POST /contacts/search`` and ``POST /conversations/search`` in Intercom's 2.14 description.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from tui.sandbox.errors import Refusal
from tui.sandbox.model import Json

T = TypeVar("T")
Kind = Literal["string", "integer", "date", "boolean", "ids", "words", "tag"]
Predicate = Callable[[T], bool]
Test = Callable[[object], bool]

MOST_FILTERS = 15
MOST_LEVELS = 2
DAY = 86_400

_TEXT = frozenset(("=", "!=", "IN", "NIN", "~", "!~", "^", "$"))
_EXACT = frozenset(("=", "!=", "IN", "NIN"))
_NUMBERS = frozenset(("=", "!=", "IN", "NIN", "<", ">", "<=", ">="))
_ALL = _TEXT | _NUMBERS
_OPERATORS: Mapping[Kind, frozenset[str]] = {
    "string": _TEXT,
    "integer": _NUMBERS,
    "date": _NUMBERS,
    "boolean": _EXACT,
    "ids": _EXACT,
    "words": _TEXT,
    "tag": frozenset(("=", "!=")),
}


@dataclass(slots=True, frozen=True)
class Field(Generic[T]):
    """A searchable field: its type and how to read it. ``ids`` and ``words`` give a tuple of strings."""

    kind: Kind
    get: Callable[[T], object]


@dataclass(slots=True, frozen=True)
class Rules(Generic[T]):
    """What can be searched. ``by_day``: dates match whole days (UTC) and take ``=``, ``<``, ``>`` only (contacts).

    ``inclusive``: ``<`` and ``>`` include the value itself (conversations and tickets).
    """

    field: Callable[[str], Field[T] | None]
    by_day: bool = False
    inclusive: bool = False


@dataclass(slots=True)
class Query(Generic[T]):
    """A compiled query. ``required`` are the filters that every match satisfies: hints for a store to start from."""

    matches: Predicate[T]
    required: list[tuple[str, str, object]] = field(default_factory=list)


def compile_query(document: object, rules: Rules[T]) -> Query[T]:
    """The query, ready to run; raises `Refusal` as Intercom refuses."""
    if not isinstance(document, dict):
        raise Refusal(400, "parameter_not_found", "query not specified")
    required: list[tuple[str, str, object]] = []
    matches = _compile(document, rules, 1, required)
    return Query(matches, required)


def _compile(
    document: Json, rules: Rules[T], level: int, required: list[tuple[str, str, object]] | None
) -> Predicate[T]:
    if "field" in document:
        return _filter(document, rules, required)
    operator, value = document.get("operator"), document.get("value")
    if operator not in ("AND", "OR"):
        raise Refusal(400, "invalid_operator", "Composite operators must be of type AND or OR")
    if level > MOST_LEVELS:
        raise Refusal(400, "invalid_query", f"Queries can be nested at most {MOST_LEVELS} levels deep")
    if not isinstance(value, list) or not value:
        raise Refusal(400, "invalid_value", "The value of a composite operator must be an array of filters")
    if len(value) > MOST_FILTERS:
        raise Refusal(400, "invalid_query", f"A group can contain at most {MOST_FILTERS} filters")
    parts: list[Predicate[T]] = []
    for item in value:
        if not isinstance(item, dict):
            raise Refusal(400, "invalid_value", "Each filter must be an object")
        parts.append(_compile(item, rules, level + 1, required if operator == "AND" else None))
    if len(parts) == 1:
        return parts[0]
    if operator == "AND":
        return lambda one: all(part(one) for part in parts)
    return lambda one: any(part(one) for part in parts)


def _filter(document: Json, rules: Rules[T], required: list[tuple[str, str, object]] | None) -> Predicate[T]:
    name, operator, value = document.get("field"), document.get("operator"), document.get("value")
    known = rules.field(name) if isinstance(name, str) else None
    if known is None:
        raise Refusal(400, "invalid_field", f"Specified field is not searchable: {name}")
    if operator not in _ALL:
        raise Refusal(400, "invalid_operator", f"Unknown operator: {operator}")
    allowed = _OPERATORS[known.kind]
    if rules.by_day and known.kind == "date":
        allowed = frozenset(("=", "<", ">"))
    if operator not in allowed:
        raise Refusal(400, "invalid_operator", f"Operator {operator} is not supported for field {name}")
    test = _test(known.kind, str(operator), value, rules.by_day, rules.inclusive)
    if required is not None:
        required.append((str(name), str(operator), value))
    get = known.get
    return lambda one: test(get(one))


def _test(kind: Kind, operator: str, value: object, by_day: bool, inclusive: bool) -> Test:
    """A check of a field's value against the filter's."""
    if operator in ("IN", "NIN"):
        if not isinstance(value, list):
            raise Refusal(400, "invalid_value", f"The value of {operator} must be an array")
        wanted = frozenset(_convert(kind, item) for item in value)
        found = _any_of(kind, wanted)
        return found if operator == "IN" else lambda have: not found(have)
    wanted_one = _convert(kind, value)
    if operator in ("=", "!="):
        if kind == "date" and by_day and isinstance(wanted_one, int):
            day = wanted_one // DAY
            return lambda have: isinstance(have, int) and have // DAY == day
        found = _any_of(kind, frozenset((wanted_one,)))
        return found if operator == "=" else lambda have: not found(have)
    if operator in ("~", "!~", "^", "$"):
        return _text_test(operator, wanted_one)
    return _order_test(operator, wanted_one, by_day and kind == "date", inclusive)


def _convert(kind: Kind, value: object) -> object:
    """The filter's value as the field's type; ids may come as strings or integers. Null asks for what is not set."""
    if value is None:
        return None
    if kind == "boolean":
        if isinstance(value, bool):
            return value
        if value in ("true", "false", 0, 1):
            return value in ("true", 1)
    elif kind in ("integer", "date"):
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lstrip("-").isdigit():
            return int(value)
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value).lower()
    raise Refusal(400, "invalid_value", f"The value is not valid for a {kind} field")


def _any_of(kind: Kind, wanted: frozenset[object]) -> Test:
    if kind in ("ids", "tag", "words"):
        some = wanted - {None}
        empty = None in wanted
        return lambda have: isinstance(have, tuple) and ((empty and not have) or not some.isdisjoint(have))
    if kind == "string":
        return lambda have: (have.lower() if isinstance(have, str) else have) in wanted
    if kind == "integer" and wanted & {0, None}:  # nobody is null or 0
        wanted = wanted | {0, None}
    return lambda have: have in wanted


def _text_test(operator: str, wanted: object) -> Test:
    if not isinstance(wanted, str):
        raise Refusal(400, "invalid_value", f"The value of {operator} must be a string")
    text: str = wanted

    def strings(have: object) -> tuple[str, ...]:
        if isinstance(have, tuple):
            return have
        return (have.lower(),) if isinstance(have, str) else ()

    if operator == "~":
        return lambda have: any(text in one for one in strings(have))
    if operator == "!~":
        return lambda have: not any(text in one for one in strings(have))
    if operator == "^":
        return lambda have: any(one.startswith(text) for one in strings(have))
    return lambda have: any(one.endswith(text) for one in strings(have))


def _order_test(operator: str, wanted: object, by_day: bool, inclusive: bool) -> Test:
    if not isinstance(wanted, int):
        raise Refusal(400, "invalid_value", f"The value of {operator} must be a number")
    limit: int = wanted
    if by_day:
        start = limit // DAY * DAY
        if operator == ">":
            return lambda have: isinstance(have, int) and have >= start + DAY
        return lambda have: isinstance(have, int) and have < start
    if operator == ">=" or (operator == ">" and inclusive):
        return lambda have: isinstance(have, int) and have >= limit
    if operator == "<=" or (operator == "<" and inclusive):
        return lambda have: isinstance(have, int) and have <= limit
    if operator == ">":
        return lambda have: isinstance(have, int) and have > limit
    return lambda have: isinstance(have, int) and have < limit
