"""Ages and times of day in as few cells as stay clear."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400
WEEK: Final = 604_800
YEAR: Final = 31_557_600

_COARSE = 15 * MINUTE
_LAST = 253_370_764_800
"""The first second of the year 9999: a day may be added in every zone."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def age(seconds: int) -> str:
    """How long ago, in at most three cells: "now", "5m", "3h", "2d", "6w", "1y". The future is "now"."""
    return _age(seconds, MINUTE)


def coarse_age(seconds: int) -> str:
    """`age` in quarters of an hour below one hour, so that a list over a slow link repaints rarely."""
    if seconds < _COARSE:
        return "now"
    return _age(seconds // _COARSE * _COARSE if seconds < HOUR else seconds, MINUTE)


def changes_in(seconds: int, coarse: bool = False) -> int:
    """Seconds until `age` (or `coarse_age`) of something `seconds` old reads differently; at least 1."""
    if seconds < 0:
        return (_COARSE if coarse else MINUTE) - seconds
    if seconds < HOUR:
        step = _COARSE if coarse else MINUTE
    elif seconds < DAY:
        step = HOUR
    elif seconds < WEEK:
        step = DAY
    else:
        step = WEEK if seconds < YEAR else YEAR
    ahead = step - seconds % step
    return min(ahead, YEAR - seconds) if seconds < YEAR else ahead  # a year is no whole number of weeks


def local(ts: float, zone: tzinfo) -> datetime:
    """The moment of Unix time `ts` on a clock in `zone`; what lies beyond the calendar is its end."""
    return datetime.fromtimestamp(min(max(ts, 0), _LAST), zone)


def day_of(ts: int, zone: tzinfo) -> range:
    """The Unix seconds of the day in `zone` that holds `ts`, from midnight to midnight; at least `ts` itself."""
    midnight = local(ts, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    try:
        begin, end = midnight.timestamp(), (midnight + timedelta(days=1)).timestamp()
    except (OverflowError, ValueError):  # at an end of the calendar
        return range(ts, ts + 1)
    return range(min(int(begin), ts), max(int(end), ts + 1))


def clock(ts: int, zone: tzinfo) -> str:
    """The time of day of Unix time `ts` in `zone`, "14:05"."""
    when = local(ts, zone)
    return f"{when.hour:02}:{when.minute:02}"


def day_label(ts: int, now: int, zone: tzinfo) -> str:
    """The day of Unix time `ts` seen from `now`: "Today", "Yesterday", "Monday", "3 March", "3 March 2024"."""
    when, today = local(ts, zone), local(now, zone)
    days = (today.date() - when.date()).days
    if days == 0:
        return "Today"
    if days == 1:
        return "Yesterday"
    if 1 < days < 7:
        return _WEEKDAYS[when.weekday()]
    label = f"{when.day} {_MONTHS[when.month - 1]}"
    return label if when.year == today.year else f"{label} {when.year}"


def _age(seconds: int, least: int) -> str:
    if seconds < least:
        return "now"
    if seconds < HOUR:
        return f"{seconds // MINUTE}m"
    if seconds < DAY:
        return f"{seconds // HOUR}h"
    if seconds < WEEK:
        return f"{seconds // DAY}d"
    if seconds < YEAR:
        return f"{seconds // WEEK}w"
    return f"{min(seconds // YEAR, 99)}y"
