"""Times as people type them: "3h", "tomorrow 9am", "mon", "2026-12-01 14:00"."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from tui.text import sentences
from tui.text.sanitize import clean_line

MORNING: Final = time(9)
"""The hour meant by a day alone."""

_MAX_AHEAD = timedelta(days=3660)
_EXAMPLES = "Try 3h, tomorrow 9am, mon or 2026-12-01 14:00"

_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), "minutes"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "hours"),
    **dict.fromkeys(("d", "day", "days"), "days"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "weeks"),
    **dict.fromkeys(("mo", "mon", "month", "months"), "months"),
    **dict.fromkeys(("y", "yr", "year", "years"), "years"),
}
_AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,3})?|an?|one|half an?|a few|a couple of) ?([a-z]+)(?:,? (?:and )?|(?=\d)|$)")
_WORDS = {"a": 1.0, "an": 1.0, "one": 1.0, "half a": 0.5, "half an": 0.5, "a few": 3.0, "a couple of": 2.0}
_CLOCK = re.compile(
    r"(?:(?:at|à|um|@) ?)?(\d{1,2})(?:[:.h](\d{2})(?::00)?|(?<=\d\d)(\d{2}))?"
    r" ?(am?|pm?|a\.m\.|p\.m\.|h|hrs|uhr|o'clock)?"
)
_HOURS_MINUTES = re.compile(r"(\d{1,3}) ?h ?(\d{1,2})?")
_MILITARY = re.compile(r"(\d{4}) ?h(?:rs|ours)?")
_SAYS_SPAN = re.compile(r"(?:in|for|\+) ?")
_SAYS_CLOCK = re.compile(r"(?:until|till|til|by|at|@|à|um) ?")
_NIGHT = 6
"""The hour before which nobody means a time of day by ``1h30``."""
_HOURS = {
    "morning": time(9),
    "noon": time(12),
    "midday": time(12),
    "lunch": time(12),
    "afternoon": time(14),
    "evening": time(18),
    "night": time(20),
    "eod": time(17),
    "end of day": time(17),
    "end of the day": time(17),
    "close of business": time(17),
    "cob": time(17),
    "midnight": time(0),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? (?:of )?([a-z]+)\.?(?:,? (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")


class WhenError(ValueError):
    """The text names no time, or one that has passed; its message is one sentence to show."""


class TimePassed(WhenError):
    """The text names a time that is no longer ahead, in this zone."""


def parse_when(text: str, now: datetime) -> datetime:
    """The moment that `text` means, after `now` and in its time zone.

    Hours and minutes are counted as they elapse, days and weeks by the calendar, so that "1d" over a change of clocks
    is the same time of day. A day without an hour means 9:00; an hour without a day means its next occurrence. A local
    time that a change of clocks skips becomes later by what was skipped; of one that it brings twice, the next to come
    is meant. "1h30" is a span and "14h30" a time of day. Raises `WhenError`; `now` must be aware, with the rules of its
    zone and not only an offset (`tui.config.timezone`).
    """
    if now.tzinfo is None:
        raise ValueError("now must carry a time zone")
    said = clean_line(text)
    whole = re.sub(r"^snooze ", "", said.lower())
    words = re.sub(r"^(?:until |till |til |for |on |by )?(?:the )?", "", whole).strip()
    if not words:
        raise WhenError(sentences.ENTER_A_TIME.format(examples=_EXAMPLES))
    if len(words) > 60:
        raise WhenError(sentences.TOO_LONG_TO_BE_A_TIME.format(examples=_EXAMPLES))
    try:
        when = _hours(whole, now) or _offset(words, now) or _stamp(said, now) or _vague(words, now)
        when = when or _calendar(words, now)
    except (OverflowError, ValueError) as error:
        if isinstance(error, WhenError):
            raise
        raise WhenError(sentences.NOT_A_DATE.format(said=said, examples=_EXAMPLES)) from error
    if when is None:
        raise WhenError(sentences.CANNOT_UNDERSTAND.format(said=said, examples=_EXAMPLES))
    # Through UTC: two times of one zone compare by the clock on the wall, and skipped ones must move.
    when = when.astimezone(UTC).replace(microsecond=0)
    if when <= now.astimezone(UTC):
        raise TimePassed(sentences.HAS_PASSED.format(said=said))
    if when - now.astimezone(UTC) > _MAX_AHEAD:
        raise WhenError(sentences.MORE_THAN_TEN_YEARS.format(said=said))
    return when.astimezone(now.tzinfo)


def describe(when: datetime, now: datetime) -> str:
    """`when` as short as it stays clear, in the zone of `now`.

    "today 14:00", "tomorrow 9:00", "Mon 9:00", "1 Dec 9:00", "5 Jan 2027 9:00"; with the name of the zone where the
    clocks show that time twice: "tomorrow 2:30 CEST".
    """
    when = when.astimezone(now.tzinfo)
    clock = f"{when.hour}:{when.minute:02}"
    if when.replace(fold=1 - when.fold).utcoffset() != when.utcoffset():
        clock += f" {zone_label(when)}"
    days = (when.date() - now.date()).days
    if days == 0:
        return f"today {clock}"
    if days == 1:
        return f"tomorrow {clock}"
    if 1 < days < 7:
        return f"{_DAYS[when.weekday()][:3].title()} {clock}"
    day = f"{when.day} {_MONTHS[when.month - 1][:3].title()}"
    return f"{day} {clock}" if when.year == now.year else f"{day} {when.year} {clock}"


def describe_fully(when: datetime) -> str:
    """`when` for somebody who does not see a clock beside it: "Tue 1 Jun 2027 9:00 CEST"."""
    day = f"{_DAYS[when.weekday()][:3].title()} {when.day} {_MONTHS[when.month - 1][:3].title()} {when.year}"
    return f"{day} {when.hour}:{when.minute:02} {zone_label(when)}"


def zone_label(when: datetime) -> str:
    """What the zone calls itself then, "CEST"; its offset where it has no name, "UTC-3" or "UTC+5:45"."""
    name = when.tzname() or ""
    if name.isalpha():
        return name
    minutes = round((when.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def _at(day: date, hour: time, now: datetime) -> datetime:
    """That time of that day; of the two that a change of clocks may bring, the first that is still to come."""
    return _ahead(datetime.combine(day, hour.replace(fold=0), now.tzinfo), now)


def _ahead(when: datetime, now: datetime) -> datetime:
    """`when`, or its second occurrence where the clocks go back and the first has passed."""
    again = when.replace(fold=1)
    twice = again.astimezone(UTC) > when.astimezone(UTC)  # where a time is skipped, the second lies before
    return again if twice and when.astimezone(UTC) <= now.astimezone(UTC) else when


def _after(now: datetime, **elapsed: float) -> datetime:
    return now.astimezone(UTC) + timedelta(**elapsed)


def _hours(said: str, now: datetime) -> datetime | None:
    """ "14h30", "0900h", "until 14h": a time of day; "1h30", "in 14h30": a span; refused where it could be both.

    "3h" alone is none of these: it is a span, like "3d".
    """
    span, clock = _SAYS_SPAN.match(said), _SAYS_CLOCK.match(said)
    prefix = span or clock
    words = said[prefix.end() if prefix else 0 :]
    rest = words.removesuffix(" from now").strip()
    is_span = bool(span) or rest != words.strip()
    military = _MILITARY.fullmatch(rest)
    if military and not is_span:
        return _calendar(military[1], now)
    match = _HOURS_MINUTES.fullmatch(rest)
    if match is None or not (match[2] or clock):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if is_span or (not clock and (1 <= hour < _NIGHT or hour >= 24) and not match[1].startswith("0")):
        return _after(now, hours=hour, minutes=minute)
    if hour >= 24 or minute >= 60:
        return None
    if len(match[2] or "00") == 2 and (len(match[1]) == 2 or (clock and hour >= _NIGHT)):
        return _calendar(f"{hour}:{minute:02}", now)
    as_span = f"{hour}h {minute}m" if minute else f"in {hour}h"
    raise WhenError(sentences.TIME_OR_SPAN.format(said=rest, hour=hour, minute=minute, span=as_span))


def _offset(words: str, now: datetime) -> datetime | None:
    """ "3h", "in 2 hours", "1h30m", "an hour and 15 minutes", "1w 2d"."""
    words = words.removeprefix("in ").removeprefix("+").removesuffix(" from now").strip()
    amounts: dict[str, float] = {}
    at = 0
    while at < len(words):
        match = _AMOUNT.match(words, at)
        unit = _UNITS.get(match[2]) if match else None
        if match is None or unit is None or unit in amounts:
            return None
        amounts[unit] = _WORDS[match[1]] if match[1] in _WORDS else float(match[1])
        at = match.end()
    if not amounts:
        return None
    months = amounts.get("months", 0) + 12 * amounts.get("years", 0)
    if months > 1200:
        raise WhenError(sentences.THAT_IS_MORE_THAN_TEN_YEARS)
    days = amounts.get("days", 0.0) + 7 * amounts.get("weeks", 0.0) + 30 * (months % 1)
    day = _add_months(now.date(), int(months)) + timedelta(days=int(days))
    moved = _at(day, now.time(), now) if day != now.date() else now
    hours = amounts.get("hours", 0.0) + 24 * (days % 1)
    return _after(moved, hours=hours, minutes=amounts.get("minutes", 0.0))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)


def _stamp(said: str, now: datetime) -> datetime | None:
    """A whole ISO 8601 stamp, with its own offset when it has one."""
    if not _ISO.match(said) or len(said) <= 10:
        return None
    try:
        when = datetime.fromisoformat(said.upper().replace(" AT ", " "))
    except ValueError:
        return None
    return when if when.tzinfo else _ahead(when.replace(tzinfo=now.tzinfo), now)


def _vague(words: str, now: datetime) -> datetime | None:
    """Words that name a stretch of time rather than a time; they always lie ahead."""
    if words in ("later", "later today", "in a bit", "a bit later"):
        return _after(now, hours=3)
    if words in ("soon", "in a moment"):
        return _after(now, minutes=30)
    if words in ("tonight", "this evening", "this afternoon", "this morning", "this noon"):
        hour = time(20) if words == "tonight" else _HOURS[words[5:]]
        when = _at(now.date(), hour, now)
        if when.astimezone(UTC) > now.astimezone(UTC):
            return when
        return _after(now, hours=2) if words == "tonight" else None
    if words in ("end of week", "end of the week", "eow"):
        when = _at(_next_weekday(now.date(), 4, 0), time(17), now)
        return (
            when if when.astimezone(UTC) > now.astimezone(UTC) else _at(when.date() + timedelta(days=7), time(17), now)
        )
    if words in ("end of month", "end of the month", "eom"):
        first = _add_months(now.date().replace(day=1), 1)
        when = _at(first - timedelta(days=1), time(17), now)
        if when.astimezone(UTC) > now.astimezone(UTC):
            return when
        return _at(_add_months(first, 1) - timedelta(days=1), time(17), now)
    return None


def _calendar(words: str, now: datetime) -> datetime | None:
    """A day, an hour, or both in either order."""
    for day_words, hour in _splits(words):
        if not day_words:
            if hour is None:
                continue
            when = _at(now.date(), hour, now)
            late = when.astimezone(UTC) <= now.astimezone(UTC)
            return _at(now.date() + timedelta(days=1), hour, now) if late else when
        day = _day(day_words, hour, now)
        if day is not None:
            if hour == time(0) and words.endswith("midnight"):
                day += timedelta(days=1)
            return _at(day, hour or MORNING, now)
    return None


def _splits(words: str) -> list[tuple[str, time | None]]:
    """Every way to read `words` as a day and an hour, the whole as a day first."""
    ways: list[tuple[str, time | None]] = [(words, None)]
    parts = words.replace(",", " ").split()
    for count in range(1, min(len(parts), 4) + 1):
        tail = _hour(" ".join(parts[-count:]), alone=count == len(parts))
        if tail is not None:
            ways.append((" ".join(parts[:-count]), tail))
        head = _hour(" ".join(parts[:count]), alone=True)
        if head is not None and count < len(parts):
            rest = " ".join(parts[count:])
            ways.append((rest.removeprefix("on "), head))
    return ways


def _hour(words: str, alone: bool) -> time | None:
    words = words.removeprefix("in the ").removeprefix("at ") if words != "at" else words
    if words in _HOURS:
        return _HOURS[words]
    match = _CLOCK.fullmatch(words)
    if match is None or (alone and not match[2] and not match[3] and not match[4]):
        return None
    hour, minute = int(match[1]), int(match[2] or match[3] or 0)
    half = (match[4] or "")[0:1]
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(words: str, hour: time | None, now: datetime) -> date | None:
    today = now.date()
    if words == "today":
        return today
    if words in ("tomorrow", "tmr", "tmrw", "tom", "tomo"):
        return today + timedelta(days=1)
    if words in ("day after tomorrow", "overmorrow"):
        return today + timedelta(days=2)
    if words == "next week":
        return _next_weekday(today, 0, 1)
    if words in ("weekend", "this weekend", "next weekend"):
        return _next_weekday(today, 5, 1)
    if words == "next month":
        return _add_months(today.replace(day=1), 1)
    if words == "next year":
        return date(today.year + 1, 1, 1)
    following = words.startswith("next ")
    name = words.removeprefix("next ").removeprefix("this ").rstrip(".")
    for number, full in enumerate(_DAYS):
        if name == full or (len(name) > 1 and full.startswith(name) and len(name) <= 5):
            if following:
                return today - timedelta(days=today.weekday()) + timedelta(days=7 + number)
            ahead = hour is not None and _at(today, hour, now).astimezone(UTC) > now.astimezone(UTC)
            return _next_weekday(today, number, 0 if ahead else 1)
    return _date(words, today)


def _next_weekday(today: date, number: int, least: int) -> date:
    """The first day with this weekday number (Monday 0) at least `least` days from `today`."""
    return today + timedelta(days=least + (number - today.weekday() - least) % 7)


def _date(words: str, today: date) -> date | None:
    iso = _ISO.fullmatch(words)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{2})", words)
    if dotted and int(dotted[1]) < 24 and int(dotted[2]) < 60:
        if int(dotted[1]) == 0 or not 1 <= int(dotted[2]) <= 12:
            return None  # no month: a time of day
        date_words = f"{int(dotted[1])} {_MONTHS[int(dotted[2]) - 1][:3]}"
        raise WhenError(sentences.DATE_OR_TIME.format(said=words, hour=dotted[1], minute=dotted[2], date=date_words))
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\.?", words):
        raise WhenError(sentences.TWO_DATES.format(said=words, year=today.year))
    if re.fullmatch(r"\d{4}", words) and today.year <= int(words) <= today.year + 10:
        raise WhenError(sentences.YEAR_OR_TIME.format(said=words, hour=words[:2], minute=words[2:]))
    match = _DAY_MONTH.fullmatch(words)
    if match:
        number, name, year = match[1], match[2], match[3]
    else:
        match = _MONTH_DAY.fullmatch(words)
        if match is None:
            return None
        name, number, year = match[1], match[2], match[3]
    month = next((at for at, full in enumerate(_MONTHS, 1) if len(name) > 2 and full.startswith(name)), 0)
    if not month:
        return None
    if year:
        return date(int(year), month, int(number))
    day = date(today.year, month, int(number))
    return day if day >= today else date(today.year + 1, month, int(number))
