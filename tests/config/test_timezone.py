"""Which zone the reader's clock is in, and that it keeps its rules all year round. The C library is the oracle."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.config.timezone import MachineZone, find_zone, reader_zone

WINTER, SUMMER = 1_800_000_000, 1_815_000_000  # January and July 2027
BERLIN = Path("/usr/share/zoneinfo/Europe/Berlin")
has_database = pytest.mark.skipif(not BERLIN.exists(), reason="this machine has no zone database")


@pytest.fixture
def tz(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """To set TZ for the C library; as it was, afterwards."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def offsets(environ: dict[str, str], localtime: Path = Path("/nowhere")) -> tuple[float, float]:
    """Hours east of UTC in January and July."""
    zone = find_zone("", environ, localtime).zone
    winter, summer = (datetime.fromtimestamp(at, zone).utcoffset() for at in (WINTER, SUMMER))
    assert winter is not None
    assert summer is not None
    return winter.total_seconds() / 3600, summer.total_seconds() / 3600


def rules_of(localtime: Path) -> object:
    """The zone that a machine's file stands for."""
    zone = find_zone("", {}, localtime).zone
    assert isinstance(zone, MachineZone)
    return zone.rules


def test_the_settings_zone_comes_before_tz() -> None:
    assert reader_zone("Asia/Tokyo", {"TZ": "Europe/Berlin"}) is ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    "value",
    [
        "Europe/Berlin",
        ":Europe/Berlin",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "<CET>-1<CEST>,M3.5.0,M10.5.0/3",
        "CET-1CEST-2,M3.5.0/2:00:00,M10.5.0/3:00",
        pytest.param(str(BERLIN), marks=has_database),
        pytest.param(f":{BERLIN}", marks=has_database),
    ],
)
def test_tz_as_people_write_it(value: str) -> None:
    assert find_zone("", {"TZ": value}).complaint == ""
    assert offsets({"TZ": value}) == (1, 2)


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("JST-9", (9, 9)),
        ("<-03>3", (-3, -3)),
        ("<+0330>-3:30", (3.5, 3.5)),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", (11, 10)),
        ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", (11, 10.5)),
        ("EST5EDT", (-5, -4)),
        ("PST8PDT,M3.2.0,M11.1.0", (-8, -7)),
        ("UTC0", (0, 0)),
        ("", (0, 0)),
        (":", (0, 0)),
    ],
)
def test_rules_in_tz_itself(value: str, hours: tuple[float, float]) -> None:
    assert find_zone("", {"TZ": value}).complaint == ""
    assert offsets({"TZ": value}) == hours


@pytest.mark.parametrize(
    "value",
    [
        "Mars/Olympus", "europe", "Europe", "../../etc/passwd", "/etc/passwd", "/", "/no/where", "a\0b", "\x1b[31m",
        "CET-1CEST,M13.1.0,M10.5.0", "CET-99CEST", "X" * 5000, "CET-1CEST,M3.5.0", "Ünï/Cödé",
    ],
)  # fmt: skip
def test_a_tz_that_nobody_knows_is_utc_and_said(value: str) -> None:
    found = find_zone("", {"TZ": value})
    assert found.zone is UTC
    assert "names no time zone" in found.complaint
    assert found.complaint.isprintable()
    assert len(found.complaint) < 200


def test_localtime_that_is_a_link_into_the_zone_database(tmp_path: Path) -> None:
    tree = tmp_path / "zoneinfo" / "Australia"
    tree.mkdir(parents=True)
    (tree / "Sydney").write_bytes(b"TZif, of which only the name counts")
    (tmp_path / "localtime").symlink_to(tree / "Sydney")
    assert rules_of(tmp_path / "localtime") is ZoneInfo("Australia/Sydney")
    (tmp_path / "link").symlink_to(tmp_path / "localtime")
    assert rules_of(tmp_path / "link") is ZoneInfo("Australia/Sydney")


@has_database
def test_localtime_that_is_a_copy(tmp_path: Path) -> None:
    copy = tmp_path / "localtime"
    copy.write_bytes(BERLIN.read_bytes())
    assert offsets({}, copy) == (1, 2)


@has_database
@given(at=st.integers(1_577_836_800, 2_208_988_800))
def test_the_machines_zone_is_as_good_as_the_named_one(at: int) -> None:
    there = datetime.fromtimestamp(at, find_zone("", {}, BERLIN).zone)
    named = datetime.fromtimestamp(at, ZoneInfo("Europe/Berlin"))
    assert (there.isoformat(), there.fold, there.tzname()) == (named.isoformat(), named.fold, named.tzname())
    assert there.timestamp() == at
    assert there.astimezone(ZoneInfo("Europe/Berlin")) == named


@pytest.mark.parametrize("content", [b"TZif", b"TZif2" + b"\xff" * 60])
def test_localtime_that_is_damaged_is_utc(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "localtime"
    file.write_bytes(content)
    assert offsets({}, file) == (0, 0)


@pytest.mark.parametrize("content", [b"", b"TZ", b"#!/bin/sh\n" * 100])
def test_localtime_that_is_no_zone_is_utc_and_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "localtime"
    file.write_bytes(content)
    found = find_zone("", {}, file)
    assert found.zone is UTC
    assert "cannot be read as a time zone" in found.complaint


def test_no_localtime_is_utc_without_a_word(tmp_path: Path) -> None:
    assert find_zone("", {}, tmp_path / "none") == (UTC, "")
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    assert find_zone("", {}, tmp_path / "dangling") == (UTC, "")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert find_zone("", {}, tmp_path / "loop").zone is UTC


@has_database
def test_a_directory_of_zones_named_by_tzdir(tmp_path: Path) -> None:
    (tmp_path / "Here").write_bytes(BERLIN.read_bytes())
    assert offsets({"TZ": "Here", "TZDIR": str(tmp_path)}) == (1, 2)
    assert find_zone("", {"TZ": "../Here", "TZDIR": str(tmp_path / "x")}).zone is UTC


_names = st.sampled_from(["ABC", "XYZT", "<+05>", "<-0230>"])
_offsets = st.builds(
    lambda sign, hours, minutes: f"{sign}{hours}{minutes}",
    st.sampled_from(["", "-"]), st.integers(0, 12), st.sampled_from(["", ":30", ":45"]),
)  # fmt: skip
_times = st.sampled_from(["", "/0", "/2", "/3:30", "/23"])


def _change(months: tuple[int, int], days: tuple[int, int]) -> st.SearchStrategy[str]:
    """A day and time in a stretch of the year; summers far shorter than any are where the library itself is odd."""
    week = st.builds(
        lambda month, week, day: f"M{month}.{week}.{day}", st.integers(*months), st.integers(1, 5), st.integers(0, 6)
    )
    return st.builds(str.__add__, week | st.integers(*days).map(lambda day: f"J{day}"), _times)


_spring, _autumn = _change((2, 4), (32, 120)), _change((9, 11), (245, 330))
_summers = st.just("") | st.builds(
    lambda first, second, south: ",".join(["XST", *((second, first) if south else (first, second))]),
    _spring, _autumn, st.booleans(),
)  # fmt: skip


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_names, _offsets, _summers, st.lists(st.integers(1_577_836_800, 2_208_988_800), min_size=5, max_size=5))
def test_posix_rules_as_the_c_library_has_them(
    tz: pytest.MonkeyPatch, name: str, offset: str, summer: str, moments: list[int]
) -> None:
    value = f"{name}{offset}{summer}"
    found = find_zone("", {"TZ": value})
    assert found.complaint == ""
    tz.setenv("TZ", value)
    time.tzset()
    for at in moments:
        there, here = datetime.fromtimestamp(at, found.zone), time.localtime(at)
        assert (there.hour, there.minute, there.day) == (here.tm_hour, here.tm_min, here.tm_mday), value
        assert int(there.timestamp()) == at
