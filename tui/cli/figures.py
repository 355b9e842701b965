"""The figures of the desk as lines for the shell, at most 80 cells wide."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, tzinfo
from typing import Final

from tui.inbox.statistics import STEP_TITLES, Group, OldestWait, Overview, Span, Teammate
from tui.model.labels import shell_texts
from tui.text import bars
from tui.text.durations import age, clock, day_label
from tui.text.sanitize import clean_line
from tui.text.width import pad, truncate

WIDTH: Final = 80
_LABEL: Final = 22
_OLDEST: Final = 10
Line = tuple[str, str]
"""A line and its style, as :func:`tui.cli.output.say` takes them."""


def lines_of(figures: Overview, zone: tzinfo | None) -> Iterator[Line]:
    """All sections, each under its heading. Where stdout takes no block characters, bars are ASCII."""
    if "utf" in (getattr(sys.stdout, "encoding", None) or "").lower():
        yield from _sections(figures, zone or UTC)
    else:
        yield from ((line.translate(bars.ASCII), style) for line, style in _sections(figures, zone or UTC))


def _sections(figures: Overview, zone: tzinfo) -> Iterator[Line]:
    if not figures.stored:
        yield shell_texts.STORE_HOLDS_NOTHING, ""
        return
    yield _summary(figures), "bold"
    if figures.filling:
        yield shell_texts.STILL_DOWNLOADING, "yellow"
    yield from _waits(figures)
    yield from _oldest(figures)
    yield from _load(figures)
    yield from _hours(figures, zone)
    yield from _days(figures, zone)


def _summary(figures: Overview) -> str:
    return shell_texts.FIGURES.format(
        open=figures.open,
        waiting=figures.waiting,
        missed=figures.sla_missed,
        snoozed=figures.snoozed,
        stored=figures.stored,
    )


def _waits(figures: Overview) -> Iterator[Line]:
    yield "", ""
    steps = "".join(title.rjust(8) for title in STEP_TITLES)
    yield f"{'WAITING TIME':{_LABEL}}{'open':>7}{steps}{'SLA miss':>10}", "bold"
    for group in figures.groups:
        yield _group(group), ""


def _group(group: Group) -> str:
    levels = bars.columns(group.waits.steps)[0]
    steps = "".join(f"{count:>7,}{level}" for count, level in zip(group.waits.steps, levels, strict=True))
    return f"{_label(group.title)}{group.open:>7,}{steps}{group.sla_missed:>10,}"


def _oldest(figures: Overview) -> Iterator[Line]:
    yield "", ""
    yield "LONGEST WAITS", "bold"
    if not figures.oldest:
        yield shell_texts.NO_CUSTOMER_IS_WAITING, ""
    for wait in figures.oldest[:_OLDEST]:
        yield _wait(wait, figures.at), ""


def _wait(wait: OldestWait, now: int) -> str:
    missed = "SLA missed" if wait.sla == "missed" else ""
    who = truncate(clean_line(wait.contact), 20)
    title = clean_line(wait.title) or "(no subject)"
    return f"{age(now - wait.waiting_since):>3}  {pad(who, 20)}  {pad(title, 23)}  {missed:10}  {wait.id}"


def _load(figures: Overview) -> Iterator[Line]:
    yield "", ""
    legend = shell_texts.WAITING_AND_ANSWERED.format(full=bars.EIGHTHS[8], rest=bars.REST)
    yield f"{'TEAMMATES':{_LABEL}}{'open':>7}{'waiting':>9}  {legend}", "bold"
    most = max((mate.open for mate in figures.teammates), default=0)
    for mate in figures.teammates:
        yield f"{_mate(mate)}{mate.open:>7,}{mate.waiting:>9,}  {_split(mate, most)}".rstrip(), ""


def _split(mate: Teammate, most: int) -> str:
    return "".join(bars.split_bar(mate.waiting, mate.open, most, WIDTH - _LABEL - 18))


def _mate(mate: Teammate) -> str:
    away = " (away)" if mate.away else ""
    return (
        pad(truncate(clean_line(mate.name), _LABEL - 1 - len(away)) + away, _LABEL)
        if mate.id
        else _label("no teammate")
    )


def _hours(figures: Overview, zone: tzinfo) -> Iterator[Line]:
    spans = figures.hours
    yield "", ""
    yield f"{'LAST 24 HOURS':{_LABEL}}{'':48}{'all':>8}", "bold"
    most = max((count for span in spans for count in (span.arrived, span.closed)), default=0)
    for what, of in _KINDS:
        chart = "".join(sign * 2 for sign in bars.columns([of(span) for span in spans], 1, most)[0])
        yield f"{_label(what)}{chart}{sum(map(of, spans)):>8,}", ""
    times = "".join(clock(spans[at].start, zone).ljust(12) for at in range(0, len(spans), 6))
    yield f"{'':{_LABEL}}{times}".rstrip(), "dim"


def _days(figures: Overview, zone: tzinfo) -> Iterator[Line]:
    yield "", ""
    yield f"{'LAST 7 DAYS':{_LABEL}}{'arrived':29}closed", "bold"
    most = max((count for span in figures.days for count in (span.arrived, span.closed)), default=0)
    for span in figures.days:
        arrived, closed = (f"{count:>6,} {bars.bar(count, most, 21)}" for count in (span.arrived, span.closed))
        yield f"{_label(day_label(span.start, figures.at, zone))}{pad(arrived, 29)}{closed}".rstrip(), ""
    yield shell_texts.CLOSED_MEANS, "dim"


def _label(text: str) -> str:
    return pad(truncate(clean_line(text), _LABEL - 1), _LABEL)


_KINDS: Final[tuple[tuple[str, Callable[[Span], int]], ...]] = (
    ("arrived", lambda span: span.arrived),
    ("closed", lambda span: span.closed),
)
