"""The query language of ``/`` and of saved views: ``is:open assignee:me tag:vip waiting>2h "double charge"``.

A query is words and ``key:value`` terms that must all hold. ``-`` before a term means not; ``a,b`` in a value means
either; quotes keep words together. Ages (``2h``, ``3d``) count back from now.
"""

import re
from datetime import datetime, timedelta

import msgspec

from tui.inbox.directory import Row, named
from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.store.listing import Condition, Field, Operator, Selection
from tui.store.rows import AdminRow, TagRow, TeamRow

_TOKEN = re.compile(r'(-?)(?:([a-z_]+)(:|<|>)((?:"[^"]*"|[^\s"])*)|"([^"]*)"|(\S+))', re.IGNORECASE)
_AGE = re.compile(r"(\d{1,6})(m|h|d|w|y)?$")
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})$")
_CHANNELS = {"chat": "conversation", "email": "email", "e-mail": "email"}

KEYS: tuple[tuple[str, str], ...] = (
    ("is:", "open, closed, snoozed, unread, read, waiting, priority, unassigned, mine"),
    ("assignee:", "me, nobody, or part of a teammate's name"),
    ("team:", "nobody, or part of a team's name"),
    ("tag:", "part of a tag's name"),
    ("from:", "part of the contact's name or e-mail"),
    ("title:", "part of the title"),
    ("sla:", "missed, active, hit, cancelled"),
    ("has:", "draft, pending, rating"),
    ("rating:", "1 to 5, also rating<3"),
    ("channel:", "chat, email, …"),
    ("waiting>", "an age: 30m, 2h, 3d"),
    ("updated<", "an age or a date: updated<2d is within two days"),
    ("created>", "an age or a date: created>1w is older than a week"),
)
"""What can be asked, for the help under the prompt: key and what it takes."""


class QueryError(UserError, ValueError):
    """A query that cannot be understood."""

    exit_code = Exit.USAGE


class People(msgspec.Struct):
    """Whom names in a query can mean."""

    me: str
    admins: list[AdminRow]
    teams: list[TeamRow]
    tags: list[TagRow]


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
            raise QueryError(f"“{key}{sign}” needs a value after it.")
        conditions.append(_term(key.casefold(), sign, values, negated, people, now))
    if words:
        conditions.append(Condition("words", "=", (" ".join(words),)))
    return Selection(tuple(conditions))


def _term(key: str, sign: str, values: tuple[str, ...], negated: bool, people: People, now: datetime) -> Condition:
    equal: Operator = "!=" if negated else "="
    holds: Operator = "!~" if negated else "~"
    if key in ("waiting", "updated", "created", "snoozed", "rating") and (sign in "<>" or key != "rating"):
        return _compared(key, sign, values[0], negated, now)
    if sign != ":":
        raise QueryError(f"“{key}” takes a “:”, only waiting, updated, created, snoozed and rating compare.")
    match key:
        case "is":
            return _is(values, negated, people)
        case "assignee":
            return Condition("admin", equal, _people(values, people))
        case "team":
            return Condition("team", equal, _named("team", values, people.teams))
        case "tag":
            return Condition("tag", equal, _named("tag", values, people.tags))
        case "from" | "contact":
            return Condition("contact", holds, values)
        case "title" | "subject":
            return Condition("title", holds, values)
        case "has":
            return _has(values[0], negated)
        case _:
            return _valued(key, equal, values)


_CHOICES: dict[str, tuple[Field, tuple[str, ...]]] = {
    "state": ("state", ("open", "closed", "snoozed")),
    "sla": ("sla", ("missed", "active", "hit", "cancelled")),
    "priority": ("priority", ("yes", "no")),
    "rating": ("rating", ("1", "2", "3", "4", "5")),
}


def _valued(key: str, equal: Operator, values: tuple[str, ...]) -> Condition:
    if key in _CHOICES:
        field, known = _CHOICES[key]
        chosen: tuple[str | int, ...] = _one_of(key, values, known)
        if key == "priority":
            chosen = tuple(int(value == "yes") for value in chosen)
        elif key == "rating":
            chosen = tuple(int(value) for value in chosen)
        return Condition(field, equal, chosen)
    if key == "channel":
        return Condition("channel", equal, tuple(_CHANNELS.get(value.casefold(), value) for value in values))
    if key == "id":
        return Condition("id", equal, values)
    raise QueryError(f"“{key}:” is not known; try {', '.join(name for name, _ in KEYS[:6])} or plain words.")


def _is(values: tuple[str, ...], negated: bool, people: People) -> Condition:
    equal: Operator = "!=" if negated else "="
    lowered = tuple(value.casefold() for value in values)
    if all(value in ("open", "closed", "snoozed") for value in lowered):
        return Condition("state", equal, lowered)
    if len(lowered) > 1:
        raise QueryError("“is:” takes several values only where all are open, closed or snoozed.")
    known: dict[str, tuple[Field, Operator, tuple[str | int, ...]]] = {
        "unread": ("read", "=", (0,)),
        "read": ("read", "=", (1,)),
        "waiting": ("waiting_since", "!=", (0,)),
        "priority": ("priority", "=", (1,)),
        "unassigned": ("unassigned", "=", (1,)),
        "mine": ("admin", "=", (people.me,)),
    }
    if lowered[0] not in known:
        raise QueryError(f"“is:{values[0]}” is not known: open, closed, snoozed, {', '.join(known)}.")
    field, operator, wanted = known[lowered[0]]
    if negated:
        operator = "=" if operator == "!=" else "!="
    return Condition(field, operator, wanted)


def _has(value: str, negated: bool) -> Condition:
    match value.casefold():
        case "draft":
            return Condition("draft", "!=" if negated else "=", (1,))
        case "pending":
            return Condition("pending", "!=" if negated else "=", (1,))
        case "rating":
            return Condition("rating", "=" if negated else "!=", (0,))
        case _:
            raise QueryError(f"“has:{value}” is not known: draft, pending, rating.")


def _compared(key: str, sign: str, value: str, negated: bool, now: datetime) -> Condition:
    if key == "rating":
        if value not in ("1", "2", "3", "4", "5"):
            raise QueryError(f"A rating is 1 to 5, not “{value}”.")
        less: Operator = "<" if (sign == "<") != negated else ">"
        return Condition("rating", less, (int(value),))
    field: Field = {
        "waiting": "waiting_since",
        "updated": "updated_at",
        "created": "created_at",
        "snoozed": "snoozed_until",
    }[key]  # type: ignore[assignment] # the four keys above
    date = _DATE.match(value)
    if date:
        try:
            moment = datetime(int(date[1]), int(date[2]), int(date[3]), tzinfo=now.tzinfo)
        except ValueError:
            raise QueryError(f"“{value}” is not a date.") from None
        # a date compares as on a calendar: created>2026-01-31 is after that day
        if sign == ">":
            moment += timedelta(days=1, seconds=-1)
        earlier = (sign == "<") != negated
        return Condition(field, "<" if earlier else ">", (int(moment.timestamp()),))
    age = _AGE.match(value.casefold())
    if not age:
        raise QueryError(f"“{value}” is neither an age like 2h or 3d nor a date like 2026-01-31.")
    if key == "snoozed":
        at = int(now.timestamp()) + int(age[1]) * _SECONDS[age[2] or "d"]
        return Condition(field, "<" if (sign == "<") != negated else ">", (at,))
    at = max(1, int(now.timestamp()) - int(age[1]) * _SECONDS[age[2] or "d"])
    # an age compares as one speaks: waiting>2h began longer ago
    longer = (sign != "<") != negated
    return Condition(field, "<" if longer else ">", (at,))


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
            raise QueryError(f"There is no {what} “{value}” here.")
        ids += [row.id for row in found]
    return tuple(dict.fromkeys(ids))


def _one_of(key: str, values: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    lowered = tuple(value.casefold() for value in values)
    for value in lowered:
        if value not in known:
            raise QueryError(f"“{key}:{value}” is not known: {', '.join(known)}.")
    return lowered
