"""The figures of the whole desk: how long customers wait, who has how much, what came and went, the oldest waits.

All of it is what the store knows. A conversation that is closed counts as closed when it last changed: Intercom's lists
do not tell when that was. Each figure comes with the query that finds the very conversations it counts.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

import msgspec

from tui.inbox.directory import Directory, Row, named
from tui.inbox.search.query import QueryError
from tui.inbox.search.views import View, Views
from tui.inbox.sync.progress import progress_of
from tui.model.labels import texts
from tui.model.rows import AdminRow, ConversationRow, TeamRow
from tui.model.selection import Selection
from tui.store import statistics
from tui.store.store import Store
from tui.text.durations import DAY, HOUR, MINUTE, day_of, local

STEPS: Final = (15 * MINUTE, HOUR, 4 * HOUR, DAY)
"""Seconds of waiting at which the next step begins; the same as those of the colours."""
STEP_TITLES: Final = ("<15m", "<1h", "<4h", "<1d", "1d+")
STEP_TERMS: Final = (
    "waiting<15m", "waiting>15m waiting<1h", "waiting>1h waiting<4h", "waiting>4h waiting<1d", "waiting>1d"
)  # fmt: skip
"""What of a query finds the conversations of each step."""
HOURS: Final = 24
DAYS: Final = 7
MOST_OLDEST: Final = 25
_NOT_OPEN: Final = frozenset({"snoozed", "closed"})
"""Views in which nobody is waited for."""


class Waits(msgspec.Struct, frozen=True):
    """How many customers wait so long; each is without those of the steps before."""

    under_15m: int = 0
    under_1h: int = 0
    under_4h: int = 0
    under_1d: int = 0
    longer: int = 0

    @property
    def steps(self) -> tuple[int, ...]:
        """The counts in order."""
        return msgspec.structs.astuple(self)

    @property
    def total(self) -> int:
        """How many wait at all."""
        return sum(self.steps)


class Group(msgspec.Struct, frozen=True):
    """The open conversations of a view or team; ``query`` finds them."""

    key: str
    title: str
    query: str
    open: int = 0
    waits: Waits = Waits()
    sla_missed: int = 0

    def step_query(self, step: int) -> str:
        """What finds those that wait so long; ``step`` counts from 0."""
        return f"{self.query} {STEP_TERMS[step]}"

    @property
    def missed_query(self) -> str:
        """What finds those that missed their SLA."""
        return f"{self.query} sla:missed"


class Teammate(msgspec.Struct, frozen=True):
    """How many open conversations a teammate has, and in how many of them the customer waits.

    ``id`` is ``""`` for those that no teammate has; ``query`` is ``""`` for one that is not known here by name.
    """

    id: str
    name: str
    away: bool
    query: str
    open: int
    waiting: int

    @property
    def waiting_query(self) -> str:
        """What finds those that wait."""
        return f"{self.query} is:waiting" if self.query else ""


class Span(msgspec.Struct, frozen=True):
    """How many conversations began in a span of time, and how many closed ones changed last in it.

    ``start`` and ``end`` are Unix seconds, the end not included; the queries find the conversations.
    """

    start: int
    end: int
    arrived: int
    closed: int
    arrived_query: str
    closed_query: str


class OldestWait(msgspec.Struct, frozen=True):
    """An open conversation whose customer waits since ``waiting_since`` (Unix seconds)."""

    id: str
    contact: str
    title: str
    team: str
    assignee: str
    waiting_since: int
    sla: str


class Overview(msgspec.Struct, frozen=True):
    """The figures at the Unix time ``at``, from which the ages of all queries count back.

    ``stored`` is the number of all conversations here; ``filling`` says that the first download is not over.
    """

    at: int
    stored: int = 0
    filling: bool = False
    open: int = 0
    snoozed: int = 0
    waiting: int = 0
    sla_missed: int = 0
    groups: tuple[Group, ...] = ()
    teammates: tuple[Teammate, ...] = ()
    hours: tuple[Span, ...] = ()
    """Hours counted back from ``at``, the oldest first."""
    days: tuple[Span, ...] = ()
    """Days of the calendar, the oldest first; the last is today."""
    oldest: tuple[OldestWait, ...] = ()


class _Asked(NamedTuple):
    """All that is needed to read in another thread."""

    at: int
    groups: list[tuple[Group, Selection]]
    hours: list[Span]
    days: list[Span]
    me: str
    admins: list[AdminRow]
    teams: list[TeamRow]


class Statistics:
    """Reads the figures, each time anew."""

    def __init__(
        self, store: Store, views: Views, directory: Directory, me: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._views = views
        self._directory = directory
        self._me = me
        self._now = now

    async def read(self) -> Overview:
        """Count in a thread, on a connection of its own. Raises :class:`tui.model.errors.StoreError`."""
        return await asyncio.to_thread(self._read, self._ask())

    def _ask(self) -> _Asked:
        now = self._now()
        teams, admins = self._directory.teams(), self._directory.admins()
        groups = []
        for view in sorted(
            self._views.known(), key=lambda view: view.key != "open"
        ):  # what all are part of stands first
            if view.key not in _NOT_OPEN:
                group = Group(view.key, view.title, _query(view, teams))
                try:
                    groups.append((group, self._views.selection(group.query, now)))
                except QueryError:
                    continue  # a saved query with a mistake: whoever opens that view is told
        return _Asked(int(now.timestamp()), groups, _hours(now), _days(now), self._me(), admins, teams)

    def _read(self, asked: _Asked) -> Overview:
        with self._store.another_reader() as db:
            db.execute("BEGIN")  # one state of the store for all figures
            return _count(db, asked)


def _count(db: sqlite3.Connection, asked: _Asked) -> Overview:
    edges = [asked.at - step for step in STEPS]
    every = statistics.wait_counts(db, statistics.OPEN, edges)
    groups = []
    for group, selection in asked.groups:
        found = statistics.wait_counts(db, selection, edges)
        waits = Waits(*found.steps)
        groups.append(msgspec.structs.replace(group, open=found.total, waits=waits, sla_missed=found.missed))
    states = statistics.stored(db)
    return Overview(
        at=asked.at,
        stored=sum(states.values()),
        filling=bool(progress_of(db).filling),
        open=every.total,
        snoozed=states.get("snoozed", 0),
        waiting=sum(every.steps),
        sla_missed=every.missed,
        groups=tuple(groups),
        teammates=tuple(_teammates(statistics.loads(db), asked)),
        hours=_filled(db, asked.hours),
        days=_filled(db, asked.days),
        oldest=tuple(_oldest(row, asked) for row in statistics.oldest_waits(db, MOST_OLDEST)),
    )


def _filled(db: sqlite3.Connection, spans: list[Span]) -> tuple[Span, ...]:
    starts = [span.start for span in spans]
    counted = zip(spans, statistics.arrivals(db, starts), statistics.closes(db, starts), strict=True)
    return tuple(msgspec.structs.replace(span, arrived=came, closed=went) for span, came, went in counted)


def _teammates(loads: list[statistics.Load], asked: _Asked) -> list[Teammate]:
    """Those who have something, the most first; then all others by name; last what no teammate has."""
    known = {row.id: row for row in asked.admins}
    found = {load.admin_id: load for load in loads}
    ids = [load.admin_id for load in loads if load.admin_id]
    ids += [row.id for row in asked.admins if row.id not in found]
    mates = []
    for admin_id in ids:
        load = found.get(admin_id) or statistics.Load(admin_id, 0, 0)
        row = known.get(admin_id)
        query = ""
        if row is not None:
            who = "me" if admin_id == asked.me else _said(row, asked.admins)
            query = f"is:open assignee:{who}"
        name = row.name if row is not None else f"teammate {admin_id}"
        away = row is not None and row.away
        mates.append(Teammate(admin_id, name, away, query, load.open, load.waiting))
    rest = found.get("")
    if rest is not None:
        mates.append(Teammate("", "", False, "is:open assignee:nobody", rest.open, rest.waiting))
    return mates


def _oldest(row: ConversationRow, asked: _Asked) -> OldestWait:
    def name_of(one: str, rows: Sequence[AdminRow] | Sequence[TeamRow]) -> str:
        return next((known.name for known in rows if known.id == one), one)

    return OldestWait(
        row.id,
        row.contact or texts.UNKNOWN_CONTACT,
        row.title or row.preview,
        name_of(row.team_assignee_id, asked.teams),
        name_of(row.admin_assignee_id, asked.admins),
        row.waiting_since,
        row.sla,
    )


def _query(view: View, teams: list[TeamRow]) -> str:
    """What finds the open conversations of a view: a team by its name, as a person would write it."""
    if view.key.startswith("team:"):
        team = next(row for row in teams if row.id == view.key[5:])
        return f"is:open team:{_said(team, teams)}"
    return f"is:open {view.query}" if view.key.startswith("saved:") else view.query


def _said(row: Row, rows: Sequence[Row]) -> str:
    """The name as a query takes it, the id where the name would find others as well."""
    name = row.name
    if not name or '"' in name or name.casefold() in ("me", "nobody", "none"):
        return row.id
    if [one.id for one in named(name, rows, by_email=False)] != [row.id]:
        return row.id
    return name if name.isalnum() else f'"{name}"'


def _hours(now: datetime) -> list[Span]:
    at = int(now.timestamp())
    spans = []
    for hours in range(HOURS - 1, -1, -1):
        end, start = at - hours * HOUR, at - (hours + 1) * HOUR
        terms = [f"{{}}>{hours}h"] if hours else []
        term = " ".join([*terms, f"{{}}<{hours + 1}h"])
        # an age of one hour to the second is none below it
        spans.append(Span(start + 1, end + 1, 0, 0, *_both(term)))
    return spans


def _days(now: datetime) -> list[Span]:
    at, zone = int(now.timestamp()), now.tzinfo or UTC
    spans: list[Span] = []
    day = day_of(at, zone)
    for _ in range(DAYS):
        before = day_of(day.start - 1, zone)
        after = f" {{}}<{local(day.stop, zone):%Y-%m-%d}" if spans else ""
        spans.append(Span(day.start, day.stop, 0, 0, *_both(f"{{}}>{local(before.start, zone):%Y-%m-%d}{after}")))
        day = before
    return spans[::-1]


def _both(term: str) -> tuple[str, str]:
    return term.replace("{}", "created"), "is:closed " + term.replace("{}", "updated")
