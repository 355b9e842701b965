"""The query language of ``/`` and of saved views: ``is:open assignee:me tag:vip waiting>2h "double charge"``.

A query is words and ``key:value`` terms that must all hold. ``-`` before a term means not; ``a,b`` in a value means
either; quotes keep words together. Ages (``2h``, ``3d``) count back from now.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from tui.inbox.directory import Row, named
from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.model.labels import search_errors
from tui.model.rows import AdminRow, TagRow, TeamRow
from tui.model.selection import Condition, Field, Operator, Selection

_TOKEN = re.compile(r'(-?)(?:([a-z_]+)(:|<|>)((?:"[^"]*"|[^\s"])*)|"([^"]*)"|(\S+))', re.IGNORECASE)
_AGE = re.compile(r"(\d{1,6})(m|h|d|w|y)?$")
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_CHANNELS = {"chat": "conversation", "email": "email", "e-mail": "email"}


class QueryError(UserError, ValueError):
    """A query that cannot be understood."""

    exit_code = Exit.USAGE


class People(msgspec.Struct):
    """Whom names in a query can mean."""

    me: str
    admins: list[AdminRow]
    teams: list[TeamRow]
    tags: list[TagRow]


class Said(NamedTuple):
    """A term as it was written: ``is:open,snoozed`` has the key ``is``, the sign ``:`` and two values."""

    key: str
    sign: str
    values: tuple[str, ...]
    negated: bool
    people: People
    now: datetime

    @property
    def equal(self) -> Operator:
        """The comparison with any of the values."""
        return "!=" if self.negated else "="

    @property
    def holds(self) -> Operator:
        """The comparison with a part of a text."""
        return "!~" if self.negated else "~"


class Term(NamedTuple):
    """One kind of term: all that is known of it.

    ``takes`` says for the help and the page what stands after it, ``""`` where it is not offered. ``make`` makes the
    condition, on what ``field`` names; None where it can only be compared. ``compares``: ``<`` and ``>`` may stand in
    place of the ``:``; ``sign`` is the one that the help shows. ``remote`` is what Intercom's search calls the field,
    ``""`` where it has none: then what it finds is compared here.
    """

    key: str
    takes: str
    field: str
    make: Callable[[Said], Condition] | None
    aliases: tuple[str, ...] = ()
    sign: str = ":"
    compares: bool = False
    remote: str = ""


def parse(text: str, people: People, now: datetime) -> Selection:
    """The selection that ``text`` describes.

    Raises :class:`QueryError` for an unknown key, an unknown name or a value that does not fit its key.
    """
    conditions: list[Condition] = []
    words: list[str] = []
    for match in _TOKEN.finditer(text):
        minus, key, sign, value, quoted, bare = match.groups()
        negated = minus == "-"
        if key is None or (sign == ":" and value.startswith("//")):
            word = quoted if quoted is not None else bare if key is None else match.group(0)
            if negated and word:
                conditions.append(Condition("words", "!=", (word,)))
            elif word:
                words.append(word)
            continue
        values = tuple(one.strip('"') for one in re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', value) if one.strip('"'))
        if not values:
            raise QueryError(search_errors.NEEDS_A_VALUE.format(key=key, sign=sign))
        conditions.append(_term(Said(key.casefold(), sign, values, negated, people, now)))
    if words:
        conditions.append(Condition("words", "=", (" ".join(words),)))
    return Selection(tuple(conditions))


def _term(said: "Said") -> Condition:
    term = _BY_KEY.get(said.key)
    if term is not None and term.compares and (said.sign in "<>" or not term.make):
        return _compared(said, term.field)
    if said.sign != ":":
        compare = [one.key for one in sorted(TERMS, key=lambda one: one.make is not None) if one.compares]
        raise QueryError(
            search_errors.DOES_NOT_COMPARE.format(key=said.key, others=", ".join(compare[:-1]), last=compare[-1])
        )
    if term is None or term.make is None:
        raise QueryError(search_errors.UNKNOWN_TERM.format(key=said.key, known=", ".join(name for name, _ in KEYS[:6])))
    return term.make(said)


def _is(said: Said) -> Condition:
    values, equal = said.values, said.equal
    lowered = tuple(value.casefold() for value in values)
    if all(value in ("open", "closed", "snoozed") for value in lowered):
        return Condition("state", equal, lowered)
    if len(lowered) > 1:
        raise QueryError(search_errors.IS_TAKES_SEVERAL)
    known: dict[str, tuple[Field, Operator, tuple[str | int, ...]]] = {
        "unread": ("read", "=", (0,)),
        "read": ("read", "=", (1,)),
        "waiting": ("waiting_since", "!=", (0,)),
        "priority": ("priority", "=", (1,)),
        "unassigned": ("unassigned", "=", (1,)),
        "mine": ("admin", "=", (said.people.me,)),
    }
    if lowered[0] not in known:
        raise _unknown("is", values[0], ("open", "closed", "snoozed", *known))
    field, operator, wanted = known[lowered[0]]
    if said.negated:
        operator = "=" if operator == "!=" else "!="
    return Condition(field, operator, wanted)


def _has(said: Said) -> Condition:
    value = said.values[0]
    match value.casefold():
        case "draft" | "pending" as field:
            return Condition(field, said.equal, (1,))
        case "rating":
            return Condition("rating", "=" if said.negated else "!=", (0,))
        case _:
            raise _unknown("has", value, ("draft", "pending", "rating"))


def _compared(said: Said, field: str) -> Condition:
    sign, value, negated, now = said.sign, said.values[0], said.negated, said.now
    if field == "rating":
        if value not in ("1", "2", "3", "4", "5"):
            raise QueryError(search_errors.NOT_A_RATING.format(value=value))
        less: Operator = "<" if (sign == "<") != negated else ">"
        return Condition("rating", less, (int(value),))
    date = _DATE.match(value)
    if date:
        try:
            moment = datetime(int(date[1]), int(date[2]), int(date[3]), tzinfo=now.tzinfo)
        except ValueError:
            raise QueryError(search_errors.NOT_A_DATE.format(value=value)) from None
        # a date compares as on a calendar: created>2026-01-31 is after that day
        if sign == ">":
            moment += timedelta(days=1, seconds=-1)
        earlier = (sign == "<") != negated
        return Condition(field, "<" if earlier else ">", (int(moment.timestamp()),))
    age = _AGE.match(value.casefold())
    if not age:
        raise QueryError(search_errors.NEITHER_AGE_NOR_DATE.format(value=value))
    if field == "snoozed_until":
        at = int(now.timestamp()) + int(age[1]) * _SECONDS[age[2] or "d"]
        return Condition(field, "<" if (sign == "<") != negated else ">", (at,))
    at = max(1, int(now.timestamp()) - int(age[1]) * _SECONDS[age[2] or "d"])
    # an age compares as one speaks: waiting>2h began longer ago; two hours to the second are no less than 2h
    longer = (sign != "<") != negated
    return Condition(field, "<", (at + 1,)) if longer else Condition(field, ">", (at,))


def _people(values: tuple[str, ...], people: People) -> tuple[str, ...]:
    ids: list[str] = []
    for value in values:
        if value.casefold() == "me":
            ids.append(people.me)
        else:
            ids += _named("teammate", (value,), people.admins)
    return tuple(ids)


def _named(what: str, values: tuple[str, ...], rows: list[Row]) -> tuple[str, ...]:
    ids: list[str] = []
    for value in values:
        if value.casefold() in ("nobody", "none") and what != "tag":
            ids.append("")
            continue
        found = named(value, rows, by_email=False)
        if not found:
            raise QueryError(search_errors.NONE_HERE.format(what=what, value=value))
        ids += [row.id for row in found]
    return tuple(dict.fromkeys(ids))


def _unknown(key: str, value: str, known: Sequence[str]) -> QueryError:
    """That a term does not take the value: with the one that was likely meant, else with all."""
    from difflib import get_close_matches  # only when something is wrong

    close = get_close_matches(value.casefold(), known, n=1)
    hint = (
        search_errors.DID_YOU_MEAN.format(key=key, value=close[0])
        if close
        else search_errors.IT_TAKES.format(known=", ".join(known))
    )
    return QueryError(search_errors.UNKNOWN_VALUE.format(key=key, value=value, hint=hint))


def _one_of(key: str, values: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    lowered = tuple(value.casefold() for value in values)
    for value in lowered:
        if value not in known:
            raise _unknown(key, value, known)
    return lowered


def _choice(field: str, *known: str) -> Callable[[Said], Condition]:
    """One or several of the known words."""
    return lambda said: Condition(field, said.equal, _one_of(said.key, said.values, known))


def _text(field: str) -> Callable[[Said], Condition]:
    """A part of a text."""
    return lambda said: Condition(field, said.holds, said.values)


def _related(field: str, where: str) -> Callable[[Said], Condition]:
    """A part of a text that another table has; ``where`` as in :class:`tui.model.selection.Condition`."""
    return lambda said: Condition(field, said.holds, said.values, where)


def _priority(said: Said) -> Condition:
    chosen = _one_of(said.key, said.values, ("yes", "no"))
    return Condition("priority", said.equal, tuple(int(value == "yes") for value in chosen))


def _rating(said: Said) -> Condition:
    chosen = _one_of(said.key, said.values, ("1", "2", "3", "4", "5"))
    return Condition("rating", said.equal, tuple(int(value) for value in chosen))


def _channel(said: Said) -> Condition:
    return Condition("channel", said.equal, tuple(_CHANNELS.get(value.casefold(), value) for value in said.values))


_COMPANY: Final = """c.contact_id IN (SELECT contacts.id FROM contacts, json_each(
    iif(json_valid(CAST(contacts.row AS TEXT)), CAST(contacts.row AS TEXT), '{}'), '$.company_names') company
    WHERE company.value LIKE ? ESCAPE '\\')"""
"""Conversations name their contact; its companies are in what was read of the contact."""

TERMS: Final = (
    Term("is", "open, closed, snoozed, unread, read, waiting, priority, unassigned, mine", "state", _is),
    Term(
        "assignee", "me, nobody, or part of a teammate's name", "admin",
        lambda said: Condition("admin", said.equal, _people(said.values, said.people)),
    ),
    Term(
        "team", "nobody, or part of a team's name", "team",
        lambda said: Condition("team", said.equal, _named("team", said.values, said.people.teams)),
    ),
    Term(
        "tag", "part of a tag's name", "tag",
        lambda said: Condition("tag", said.equal, _named("tag", said.values, said.people.tags)), remote="tag_ids",
    ),
    Term("from", "part of the contact's name or e-mail", "contact", _text("contact"), aliases=("contact",)),
    Term("title", "part of the title", "title", _text("title"), aliases=("subject",)),
    Term("company", "part of the contact's company, once that was read", "company", _related("company", _COMPANY)),
    Term("sla", "missed, active, hit, cancelled", "sla", _choice("sla", "missed", "active", "hit", "cancelled")),
    Term("has", "draft, pending, rating", "", _has),
    Term("rating", "1 to 5, also rating<3", "rating", _rating, compares=True),
    Term("channel", "chat, email, …", "channel", _channel),
    Term("waiting", "an age: 30m, 2h, 3d", "waiting_since", None, sign=">", compares=True),
    Term("updated", "an age or a date: updated<2d is within two days", "updated_at", None, sign="<", compares=True),
    Term(
        "created", "an age or a date: created>1w is older than a week", "created_at", None, sign=">", compares=True
    ),
    Term("snoozed", "", "snoozed_until", None, compares=True),
    Term("state", "", "state", _choice("state", "open", "closed", "snoozed"), remote="state"),
    Term("priority", "", "priority", _priority),
    Term("id", "", "id", lambda said: Condition("id", said.equal, said.values), remote="id"),
)  # fmt: skip
"""Every term there is. One on a column of :data:`tui.store.conversations.COLUMNS` needs nothing but its line."""

_BY_KEY: Final = {key: term for term in TERMS for key in (term.key, *term.aliases)}

KEYS: Final = tuple((f"{term.key}{term.sign}", term.takes) for term in TERMS if term.takes)
"""What can be asked, for the help under the prompt: key and what it takes."""

REMOTE: Final = {term.field: term.remote for term in TERMS if term.remote}
"""What Intercom's search calls a field, where the two compare alike."""
