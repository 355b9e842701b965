"""Ages in three cells."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.durations import age, changes_in, clock, coarse_age, day_label, day_of, local

NOW = 1_772_532_000  # Tuesday, 3 March 2026, 10:00 UTC
DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "shown", "coarse"),
    [
        (-5, "now", "now"),
        (59, "now", "now"),
        (60, "1m", "now"),
        (899, "14m", "now"),
        (900, "15m", "15m"),
        (3599, "59m", "45m"),
        (3600, "1h", "1h"),
        (DAY - 1, "23h", "23h"),
        (DAY, "1d", "1d"),
        (7 * DAY, "1w", "1w"),
        (365 * DAY, "52w", "52w"),
        (366 * DAY, "1y", "1y"),
        (10**12, "99y", "99y"),
    ],
)
def test_ages(seconds: int, shown: str, coarse: str) -> None:
    assert age(seconds) == shown
    assert coarse_age(seconds) == coarse


@given(st.integers(-1000, 10**9), st.booleans())
def test_an_age_stays_the_same_until_it_is_said_to_change(seconds: int, coarse: bool) -> None:
    show = coarse_age if coarse else age
    assert len(show(seconds)) <= 3
    ahead = changes_in(seconds, coarse)
    assert ahead >= 1
    assert show(seconds + ahead - 1) == show(seconds)


def test_clock_and_days() -> None:
    assert clock(NOW, UTC) == "10:00"
    assert clock(NOW, ZoneInfo("Asia/Tokyo")) == "19:00"
    assert [day_label(NOW - days * DAY, NOW, UTC) for days in (0, 1, 2, 6, 7, 365)] == [
        *("Today", "Yesterday", "Sunday", "Wednesday", "24 February", "3 March 2025")
    ]
    assert day_label(NOW - 11 * 3600, NOW, UTC) == "Yesterday"


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia"])
@given(at=st.integers(0, 2_000_000_000) | st.integers(1_324_900_000, 1_325_400_000))
def test_a_day_is_from_midnight_to_midnight(zone: str, at: int) -> None:
    where = ZoneInfo(zone)
    day, today = day_of(at, where), local(at, where).date()
    assert at in day
    assert {local(one, where).date() for one in (day[0], day[-1])} == {today}
    assert local(day.stop, where).date() != today
    assert day.start <= 0 or local(day.start - 1, where).date() != today


@pytest.mark.parametrize("at", [0, 253_402_300_799, 10**15])
def test_a_day_at_an_end_of_the_calendar_holds_its_moment(at: int) -> None:
    assert at in day_of(at, ZoneInfo("Asia/Tokyo"))
