"""Times as people type them around a change of clocks, with the zone database as the oracle."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tui.text.durations import age, day_label
from tui.text.natural_time import WhenError, describe, describe_fully, parse_when

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = (
    *("Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "America/St_Johns"),
    *("America/Santiago", "America/Havana", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland"),
    *("Pacific/Chatham", "Africa/Casablanca", "Asia/Beirut", "Atlantic/Azores", "Africa/Cairo", "America/Nuuk"),
)


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """The moments at which the clocks of a zone change, 2026 to 2029, in UTC."""
    there, found, at = ZoneInfo(zone), [], datetime(2026, 1, 1, tzinfo=UTC)
    while at.year < 2030:
        after = at + timedelta(hours=12)
        if at.astimezone(there).utcoffset() != after.astimezone(there).utcoffset():
            low, high = at, after
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                same = middle.astimezone(there).utcoffset() == low.astimezone(there).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        at = after
    return tuple(found)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """A now within days of a change of clocks."""
    zone = draw(st.sampled_from(ZONES))
    change = draw(st.sampled_from(changes(zone)))
    away = timedelta(minutes=draw(st.integers(-6 * 1440, 2 * 1440)), seconds=draw(st.integers(0, 59)))
    return (change + away).astimezone(ZoneInfo(zone))


def showing(day: date, clock: time, zone: ZoneInfo) -> list[datetime]:
    """Every moment, in UTC, at which the clocks of a zone show this: none, one, or two."""
    middle = datetime.combine(day, clock, UTC)
    around = [middle + timedelta(minutes=15 * step) for step in range(-60, 61)]
    there = datetime.combine(day, clock)
    return [at for at in around if at.astimezone(zone).replace(tzinfo=None, fold=0) == there]


@settings(deadline=None, max_examples=400)
@given(moments(), st.integers(1, 400), st.sampled_from(["d", "w", "months"]))
def test_days_and_weeks_keep_the_time_of_day(now: datetime, count: int, unit: str) -> None:
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    days = {"d": 1, "w": 7}.get(unit)
    try:
        when = parse_when(f"{count}{unit}", now)
    except WhenError:
        assume(False)
    if days:
        assert when.date() - now.date() == timedelta(days=days * count) or not showing(
            now.date() + timedelta(days=days * count), now.time().replace(microsecond=0), zone
        )
    exists = [
        datetime.combine(when.date(), now.time(), zone).replace(fold=fold).astimezone(UTC).astimezone(zone).time()
        for fold in (0, 1)
    ]
    if now.time() in exists:
        assert (when.hour, when.minute, when.second) == (now.hour, now.minute, now.second)
        assert when.fold == 0


@settings(deadline=None, max_examples=300)
@given(moments(), st.integers(1, 200), st.sampled_from([("h", 3600), ("m", 60), (" hours", 3600)]))
def test_hours_and_minutes_elapse(now: datetime, count: int, unit: tuple[str, int]) -> None:
    when = parse_when(f"{count}{unit[0]}", now)
    assert when.timestamp() - now.replace(microsecond=0).timestamp() == count * unit[1]


@settings(deadline=None, max_examples=400)
@given(moments(), st.integers(0, 9), st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
def test_a_date_and_a_time_are_what_the_clock_shows_then(now: datetime, ahead: int, hour: int, minute: int) -> None:
    zone, day = now.tzinfo, now.date() + timedelta(days=ahead)
    assert isinstance(zone, ZoneInfo)
    to_come = [at for at in showing(day, time(hour, minute), zone) if at > now]
    try:
        when = parse_when(f"{day} {hour}:{minute:02}", now)
    except WhenError:
        assert not to_come
        return
    if to_come:
        assert when.astimezone(UTC) == to_come[0]
    else:  # skipped: later, by as much as was skipped
        wall = datetime.combine(day, time(hour, minute))
        jump = when.replace(tzinfo=None) - wall
        before = (when - timedelta(days=1)).utcoffset()
        assert jump > timedelta(0)
        assert before is not None
        assert when.utcoffset() == before + jump


@settings(deadline=None, max_examples=200)
@given(moments(), st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
def test_a_time_alone_is_the_next_the_clock_shows(now: datetime, hour: int, minute: int) -> None:
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    shown = [at for day in range(3) for at in showing(now.date() + timedelta(days=day), time(hour, minute), zone)]
    when = parse_when(f"{hour}:{minute:02}", now)
    if not showing(now.date(), time(hour, minute), zone):
        # today skips it: later by as much as was skipped, which may be tomorrow (Nuuk goes from 23:00 to midnight)
        moved = datetime.combine(now.date(), time(hour, minute), zone).astimezone(UTC)
        if moved > now:
            assert when.astimezone(UTC) == moved
            return
    assert when.astimezone(UTC) == next(at for at in shown if at > now) or not showing(
        now.date() + timedelta(days=1), time(hour, minute), zone
    )


def test_a_time_that_today_skips_may_be_tomorrow() -> None:
    now = datetime(2026, 3, 28, 22, 59, tzinfo=ZoneInfo("America/Nuuk"))
    assert parse_when("23:00", now).astimezone(UTC) == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "text", "meant"),
    [
        ("2027-03-26 14:00 Europe/Berlin", "mon 9am", "2027-03-29T09:00:00+02:00"),
        ("2027-03-26 14:00 Europe/Berlin", "1w", "2027-04-02T14:00:00+02:00"),
        ("2027-03-27 14:00 Europe/Berlin", "tomorrow", "2027-03-28T09:00:00+02:00"),
        ("2027-03-27 14:00 Europe/Berlin", "tomorrow 2:30", "2027-03-28T03:30:00+02:00"),
        ("2027-03-28 01:30 Europe/Berlin", "3h", "2027-03-28T05:30:00+02:00"),
        ("2027-01-10 14:00 Europe/Berlin", "2027-06-01 9:00", "2027-06-01T09:00:00+02:00"),
        ("2027-07-10 14:00 Europe/Berlin", "1 dec 9:00", "2027-12-01T09:00:00+01:00"),
        ("2027-10-29 14:00 Europe/Berlin", "mon 9am", "2027-11-01T09:00:00+01:00"),
        ("2027-10-30 14:00 Europe/Berlin", "tomorrow 2:30", "2027-10-31T02:30:00+02:00"),
        ("2027-10-30 14:00 Europe/Berlin", "end of month", "2027-10-31T17:00:00+01:00"),
        ("2027-04-02 14:00 Australia/Sydney", "mon 9am", "2027-04-05T09:00:00+10:00"),
        ("2027-10-01 14:00 Australia/Sydney", "1w", "2027-10-08T14:00:00+11:00"),
        ("2027-10-02 14:00 Australia/Lord_Howe", "tomorrow 2:15", "2027-10-03T02:45:00+11:00"),
        ("2027-03-13 22:00 America/Havana", "midnight", "2027-03-14T01:00:00-04:00"),
    ],
)
def test_around_a_change_of_clocks(now: str, text: str, meant: str) -> None:
    stamp, _, zone = now.rpartition(" ")
    assert parse_when(text, datetime.fromisoformat(stamp).replace(tzinfo=ZoneInfo(zone))).isoformat() == meant


def test_of_a_time_that_comes_twice_the_next_is_meant() -> None:
    first = datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    before, between = first - timedelta(hours=1), (first.astimezone(UTC) + timedelta(minutes=30)).astimezone(BERLIN)
    for text in ("2:30", "today 2:30", "2027-10-31 2:30", "2027-10-31T02:30"):
        assert parse_when(text, before).timestamp() == first.timestamp()
        assert parse_when(text, between).timestamp() == second.timestamp()
    assert describe(first, before) == "today 2:30 CEST"
    assert describe(second, before) == "today 2:30 CET"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "Tue 1 Jun 2027 9:00 CEST"),
        ("America/Sao_Paulo", "Tue 1 Jun 2027 9:00 UTC-3"),
        ("Asia/Kathmandu", "Tue 1 Jun 2027 9:00 UTC+5:45"),
        ("UTC", "Tue 1 Jun 2027 9:00 UTC"),
    ],
)
def test_a_time_in_full(zone: str, said: str) -> None:
    assert describe_fully(datetime(2027, 6, 1, 9, tzinfo=ZoneInfo(zone))) == said


def test_yesterday_on_days_of_23_and_25_hours() -> None:
    def at(*when: int) -> int:
        return int(datetime(*when, tzinfo=BERLIN).timestamp())  # type: ignore[arg-type, misc]

    monday = at(2027, 3, 29, 0, 30)
    assert day_label(at(2027, 3, 28, 0, 30), monday, BERLIN) == "Yesterday"  # 23 hours before
    assert day_label(monday - 86_400, monday, BERLIN) == "Saturday"
    assert age(monday - at(2027, 3, 28, 0, 30)) == "23h"  # ages elapse
    monday = at(2027, 11, 1, 0, 30)
    assert day_label(at(2027, 10, 31, 0, 30), monday, BERLIN) == "Yesterday"  # 25 hours before
    assert day_label(monday - 86_400, monday, BERLIN) == "Yesterday"


MONDAY = datetime(2026, 11, 23, 14, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14h30", "11-24 14:30"),
        ("16h", "11-24 06:30"),
        ("15h00", "11-23 15:00"),
        ("at 9h30", "11-24 09:30"),
        ("à 9h30", "11-24 09:30"),
        ("until 16h", "11-23 16:00"),
        ("tomorrow 9h30", "11-24 09:30"),
        ("fri 14h", "11-27 14:00"),
        ("09h30", "11-24 09:30"),
        ("14.30", "11-24 14:30"),
        ("9.45", "11-24 09:45"),
        ("14:30", "11-24 14:30"),
        ("14:30:00", "11-24 14:30"),
        ("2pm", "11-24 14:00"),
        ("2.30 pm", "11-24 14:30"),
        ("9:00", "11-24 09:00"),
        ("0900", "11-24 09:00"),
        ("0900h", "11-24 09:00"),
        ("1530", "11-23 15:30"),
        ("tomorrow 2030", "11-24 20:30"),
        ("fri 10.11", "11-27 10:11"),
        ("um 16 uhr", "11-23 16:00"),
        ("1h30", "11-23 16:00"),
        ("2h05", "11-23 16:35"),
        ("in 14h30", "11-24 05:00"),
        ("for 14h30", "11-24 05:00"),
        ("25h30", "11-24 16:00"),
        ("14h 30m", "11-24 05:00"),
    ],
)
def test_times_of_day_and_spans_are_told_apart(text: str, meant: str) -> None:
    assert f"{parse_when(text, MONDAY):%m-%d %H:%M}" == meant


@pytest.mark.parametrize(
    "text", ["9h30", "0h30", "6h15", "14h5", "until 3h", "10.11", "1.12", "2027", "14h75", "24:30"]
)
def test_what_could_be_two_things_is_refused(text: str) -> None:
    with pytest.raises(WhenError, match=r"could be|Cannot understand"):
        parse_when(text, MONDAY)


@pytest.mark.parametrize("text", ["9h30", "0h30", "6h15", "14h5", "until 3h", "10.11", "1.12", "2027"])
def test_both_ways_to_write_it_that_a_refusal_names_are_understood(text: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse_when(text, MONDAY)
    first, second = str(caught.value).rstrip(".").partition("write ")[2].split(" or ")
    assert parse_when(first, MONDAY) != parse_when(second, MONDAY)
