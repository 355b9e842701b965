"""Times as people type them. "Now" is Monday, 23 November 2026, 14:30 in Berlin, unless said otherwise."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.natural_time import WhenError, describe, parse_when

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 14, 30, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3h", "2026-11-23 17:30"),
        ("90m", "2026-11-23 16:00"),
        ("in 2 hours", "2026-11-23 16:30"),
        ("1h30", "2026-11-23 16:00"),
        ("1h 30m", "2026-11-23 16:00"),
        ("an hour and 15 minutes", "2026-11-23 15:45"),
        ("half an hour", "2026-11-23 15:00"),
        ("1.5h", "2026-11-23 16:00"),
        ("2d", "2026-11-25 14:30"),
        ("1w", "2026-11-30 14:30"),
        ("1 month", "2026-12-23 14:30"),
        ("tomorrow", "2026-11-24 09:00"),
        ("Tomorrow 9am", "2026-11-24 09:00"),
        ("tomorrow afternoon", "2026-11-24 14:00"),
        ("9am tomorrow", "2026-11-24 09:00"),
        ("mon", "2026-11-30 09:00"),
        ("mon 9am", "2026-11-30 09:00"),
        ("mon 5pm", "2026-11-23 17:00"),
        ("until monday at 10", "2026-11-30 10:00"),
        ("friday", "2026-11-27 09:00"),
        ("fri 17:30", "2026-11-27 17:30"),
        ("next friday", "2026-12-04 09:00"),
        ("next week", "2026-11-30 09:00"),
        ("next month", "2026-12-01 09:00"),
        ("weekend", "2026-11-28 09:00"),
        ("end of week", "2026-11-27 17:00"),
        ("9:30", "2026-11-24 09:30"),
        ("17:00", "2026-11-23 17:00"),
        ("3pm", "2026-11-23 15:00"),
        ("12am", "2026-11-24 00:00"),
        ("noon", "2026-11-24 12:00"),
        ("midnight", "2026-11-24 00:00"),
        ("tomorrow midnight", "2026-11-25 00:00"),
        ("tonight", "2026-11-23 20:00"),
        ("this evening", "2026-11-23 18:00"),
        ("end of day", "2026-11-23 17:00"),
        ("eod", "2026-11-23 17:00"),
        ("later", "2026-11-23 17:30"),
        ("2026-12-01", "2026-12-01 09:00"),
        ("2026-12-01 14:00", "2026-12-01 14:00"),
        ("2026-12-01T14:00Z", "2026-12-01 15:00"),
        ("1 dec", "2026-12-01 09:00"),
        ("dec 24 10:00", "2026-12-24 10:00"),
        ("24th of december 2027 at 10am", "2027-12-24 10:00"),
        ("jan 5", "2027-01-05 09:00"),
    ],
)
def test_meanings(text: str, expected: str) -> None:
    when = parse_when(text, NOW)
    assert f"{when:%Y-%m-%d %H:%M}" == expected
    assert when.tzinfo is BERLIN


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Enter a time"),
        ("soonish", "Cannot understand"),
        ("9", "Cannot understand"),
        ("25:00", "Cannot understand"),
        ("until reply", "Cannot understand"),
        ("yesterday", "Cannot understand"),
        ("today 9am", "has passed"),
        ("2020-01-01", "has passed"),
        ("0m", "has passed"),
        ("2026-02-30", "is not a date"),
        ("12/24", "two dates"),
        ("99999d", "ten years"),
        ("999999y", "ten years"),
        ("2140-01-01", "ten years"),
        ("x" * 100, "too long"),
        ("\x1b[31mfoo", "Cannot understand"),
    ],
)
def test_refusals_are_one_sentence(text: str, says: str) -> None:
    with pytest.raises(WhenError, match=says) as caught:
        parse_when(text, NOW)
    assert str(caught.value).endswith(".")
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["tonight", "later", "end of day", "end of week", "9:00", "tomorrow", "mon", "mon 9am"]
)
@pytest.mark.parametrize("hour", [0, 8, 12, 18, 20, 23])
@pytest.mark.parametrize("day", range(23, 30))
def test_everyday_words_always_lie_ahead(text: str, hour: int, day: int) -> None:
    now = datetime(2026, 11, day, hour, 59, 59, tzinfo=BERLIN)
    when = parse_when(text, now)
    assert timedelta(0) < when - now <= timedelta(days=7, hours=17)


def test_clocks_going_forward() -> None:
    now = datetime(2026, 3, 28, 2, 30, tzinfo=BERLIN)  # the next day has no 2:30
    assert parse_when("1d", now).isoformat() == "2026-03-29T03:30:00+02:00"
    assert parse_when("24h", now).isoformat() == "2026-03-29T03:30:00+02:00"
    assert parse_when("tomorrow 9am", now).isoformat() == "2026-03-29T09:00:00+02:00"
    before = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    assert parse_when("1h", before).isoformat() == "2026-03-29T03:30:00+02:00"


def test_clocks_going_back() -> None:
    now = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)
    assert parse_when("1d", now).isoformat() == "2026-10-25T12:00:00+01:00"
    assert parse_when("24h", now).isoformat() == "2026-10-25T11:00:00+01:00"
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)  # the first 2:30 of two
    assert (parse_when("1h", twice).astimezone(UTC) - twice.astimezone(UTC)) == timedelta(hours=1)


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(
            st.sampled_from(
                [
                    "in",
                    "next",
                    "mon",
                    "tue",
                    "tomorrow",
                    "9am",
                    "17:00",
                    "3",
                    "h",
                    "d",
                    "week",
                    "dec",
                    "31",
                    "2027",
                    "at",
                    "and",
                    "noon",
                    "1h30",
                ]
            )
        ).map(" ".join),
    ),
    st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - the zone is added
    st.sampled_from(["Europe/Berlin", "America/New_York", "UTC", "Australia/Lord_Howe"]),
)
def test_anything_is_a_time_ahead_or_a_sentence(text: str, naive: datetime, zone: str) -> None:
    now = naive.replace(tzinfo=ZoneInfo(zone))
    try:
        when = parse_when(text, now)
    except WhenError:
        return
    assert when.timestamp() > now.timestamp()
    assert when.tzinfo is now.tzinfo
    assert describe(when, now)


def test_now_must_have_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        parse_when("3h", datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("3h", "today 17:30"),
        ("tomorrow", "tomorrow 9:00"),
        ("fri", "Fri 9:00"),
        ("mon", "30 Nov 9:00"),
        ("5 jan", "5 Jan 2027 9:00"),
    ],
)
def test_describing(text: str, shown: str) -> None:
    assert describe(parse_when(text, NOW), NOW) == shown
    assert describe(parse_when(text, NOW).astimezone(UTC), NOW) == shown
