"""Search queries for ``POST /conversations/search``, ``/contacts/search`` and ``/tickets/search``.

::

    (Field("state") == "open") & Field("admin_assignee_id").in_([12, 14])

What Intercom would refuse is refused here first, in a sentence: more than 15 filters in a group, more than two levels,
more than 150 a page, operators that a field does not take (the operation descriptions of the three searches, 2.14).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.model.labels import api_errors

__all__ = ["And", "Field", "Filter", "Group", "Or", "Query", "QueryError", "Subject", "Value", "search_body"]

MAX_FILTERS: Final = 15
MAX_LEVELS: Final = 2
MAX_PER_PAGE: Final = 150

Operator = Literal["=", "!=", "IN", "NIN", "<", "<=", ">", ">=", "~", "!~", "^", "$"]
Subject = Literal["conversation", "contact", "ticket"]
Value = str | int | bool | None

_OPERATORS = ("=", "!=", "IN", "NIN", "<", "<=", ">", ">=", "~", "!~", "^", "$")
_ON_TEXT_ONLY = ("~", "!~", "^", "$")
_CONTACT_DATES = frozenset(
    {
        "created_at",
        "updated_at",
        "signed_up_at",
        "last_seen_at",
        "last_contacted_at",
        "last_replied_at",
        "last_email_opened_at",
        "last_email_clicked_at",
        "ios_last_seen_at",
        "android_last_seen_at",
    }
)


class QueryError(UserError, ValueError):
    """A query that Intercom would refuse; the message says why in one sentence."""

    exit_code = Exit.USAGE


@dataclass(frozen=True, slots=True)
class Filter:
    """One comparison. A list of values only with ``IN`` and ``NIN``."""

    field: str
    operator: Operator
    value: Value | tuple[str | int, ...]

    def __and__(self, other: Query) -> Group:
        return And(self, other)

    def __or__(self, other: Query) -> Group:
        return Or(self, other)


@dataclass(frozen=True, slots=True)
class Group:
    """Filters or groups of which all (``AND``) or any (``OR``) must hold."""

    operator: Literal["AND", "OR"]
    members: tuple[Filter | Group, ...]

    def __and__(self, other: Query) -> Group:
        return And(self, other)

    def __or__(self, other: Query) -> Group:
        return Or(self, other)


Query = Filter | Group


class Field:
    """A field to compare: ``Field("waiting_since") < 1700000000``; comparing makes a :class:`Filter`."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, value: object) -> Filter:  # type: ignore[override]  # comparing is what it is for
        return Filter(self.name, "=", _value(value))

    def __ne__(self, value: object) -> Filter:  # type: ignore[override]  # comparing is what it is for
        return Filter(self.name, "!=", _value(value))

    __hash__ = None  # type: ignore[assignment]  # with such an == it could be in no set

    def __lt__(self, value: int) -> Filter:
        return Filter(self.name, "<", value)

    def __le__(self, value: int) -> Filter:
        return Filter(self.name, "<=", value)

    def __gt__(self, value: int) -> Filter:
        return Filter(self.name, ">", value)

    def __ge__(self, value: int) -> Filter:
        return Filter(self.name, ">=", value)

    def in_(self, values: Sequence[str | int]) -> Filter:
        """Is one of ``values``."""
        return Filter(self.name, "IN", tuple(values))

    def not_in(self, values: Sequence[str | int]) -> Filter:
        """Is none of ``values``."""
        return Filter(self.name, "NIN", tuple(values))

    def contains(self, text: str) -> Filter:
        """Has ``text`` in it."""
        return Filter(self.name, "~", text)

    def lacks(self, text: str) -> Filter:
        """Has no ``text`` in it."""
        return Filter(self.name, "!~", text)

    def starts(self, text: str) -> Filter:
        """Begins with ``text``."""
        return Filter(self.name, "^", text)

    def ends(self, text: str) -> Filter:
        """Ends with ``text``."""
        return Filter(self.name, "$", text)


def And(*members: Query) -> Group:  # noqa: N802 - reads as Intercom writes it
    """All of ``members``. Groups of the same kind melt into one."""
    return _group("AND", members)


def Or(*members: Query) -> Group:  # noqa: N802 - reads as Intercom writes it
    """Any of ``members``. Groups of the same kind melt into one."""
    return _group("OR", members)


def _group(operator: Literal["AND", "OR"], members: tuple[Query, ...]) -> Group:
    flat: list[Filter | Group] = []
    for member in members:
        if isinstance(member, Group) and member.operator == operator:
            flat.extend(member.members)
        else:
            flat.append(member)
    return Group(operator, tuple(flat))


def _value(value: object) -> Value:
    if value is None or isinstance(value, str | int):
        return value
    raise QueryError(api_errors.SEARCH_COMPARES.format(kind=type(value).__name__))


def search_body(
    query: Query, subject: Subject = "conversation", *, per_page: int = MAX_PER_PAGE, starting_after: str | None = None
) -> dict[str, object]:
    """The body of a search request. Raises :class:`QueryError` for what Intercom would refuse."""
    if not 1 <= per_page <= MAX_PER_PAGE:
        raise QueryError(api_errors.PAGE_HOLDS.format(most=MAX_PER_PAGE, asked=per_page))
    pagination: dict[str, object] = {"per_page": per_page}
    if starting_after is not None:
        pagination["starting_after"] = starting_after
    return {"query": _to_json(query, subject, 1), "pagination": pagination}


def _to_json(query: Query, subject: Subject, level: int) -> dict[str, object]:
    if isinstance(query, Filter):
        _check(query, subject)
        value: object = list(query.value) if isinstance(query.value, tuple) else query.value
        return {"field": query.field, "operator": query.operator, "value": value}
    if level > MAX_LEVELS:
        raise QueryError(api_errors.SEARCH_NESTS.format(most=MAX_LEVELS))
    if not query.members:
        raise QueryError(api_errors.GROUP_EMPTY)
    if len(query.members) > MAX_FILTERS:
        raise QueryError(api_errors.GROUP_HOLDS.format(most=MAX_FILTERS, count=len(query.members)))
    members = list(query.members)
    if any(isinstance(member, Group) for member in members):
        # Intercom takes a list of groups or a list of filters, not a mixture.
        members = [member if isinstance(member, Group) else Group("AND", (member,)) for member in members]
    return {"operator": query.operator, "value": [_to_json(member, subject, level + 1) for member in members]}


def _check(each: Filter, subject: Subject) -> None:
    if not each.field:
        raise QueryError(api_errors.FILTER_NAMES_NO_FIELD)
    if each.operator not in _OPERATORS:
        raise QueryError(api_errors.NO_OPERATOR.format(operator=each.operator))
    listed = isinstance(each.value, tuple)
    if listed != (each.operator in ("IN", "NIN")):
        raise QueryError(api_errors.LIST_GOES_WITH.format(field=each.field))
    if listed and not each.value:
        raise QueryError(api_errors.LIST_IS_EMPTY.format(field=each.field))
    if each.operator in _ON_TEXT_ONLY and not isinstance(each.value, str):
        raise QueryError(api_errors.COMPARES_TEXT.format(field=each.field, operator=each.operator))
    if each.operator in ("<", "<=", ">", ">=") and (not isinstance(each.value, int) or isinstance(each.value, bool)):
        raise QueryError(api_errors.COMPARES_NUMBERS.format(field=each.field, operator=each.operator))
    if subject == "contact":
        _check_contact(each)


def _check_contact(each: Filter) -> None:
    if each.field in _CONTACT_DATES and each.operator not in ("=", "<", ">"):
        raise QueryError(api_errors.DATES_TAKE.format(field=each.field))
    if each.field == "tag_id" and each.operator not in ("=", "!="):
        raise QueryError(api_errors.TAG_ID_TAKES)
