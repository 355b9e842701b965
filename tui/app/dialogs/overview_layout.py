"""The figures of the desk as lines: one section below the other, or in two columns where there is room."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import Final, NamedTuple

from tui.app.dialogs.base import Piece, Row
from tui.app.dialogs.canvas import Canvas, Spot, below, beside
from tui.app.widgets.words import heat, plural, short_age
from tui.inbox.statistics import STEP_TITLES, Group, OldestWait, Overview, Span, Teammate
from tui.model.labels import situations as say
from tui.model.labels import texts
from tui.text import bars
from tui.text.durations import clock, day_label
from tui.text.width import cell_len, pad, truncate

TWO_COLUMNS: Final = 104
"""Cells from which there are two columns."""
_TALL: Final = 30
"""Lines from which the charts are three lines high."""
_GAP: Final = 3
_COUNT: Final = 6
"""Cells of a column of numbers."""
_LABEL: Final = 9
_MISSED: Final = 9
_FEWEST_OLDEST: Final = 8
"""Longest waits that are shown where all sections stand in one column."""
_NOTHING: Final = "·"
_WORDS: Final = ("under 15 minutes", "15 minutes to 1 hour", "1 to 4 hours", "4 hours to 1 day", "1 day or longer")


class _Cell(NamedTuple):
    """A number in a column, and what it stands for."""

    text: str
    style: str
    spot: Spot | None


def laid(figures: Overview, width: int, height: int, zone: tzinfo) -> Canvas:
    """All sections in `width` cells; charts are higher where `height` lines leave room for it."""
    tall = 3 if height >= _TALL else 1
    if width < TWO_COLUMNS:
        made = (_waits(figures, width), _oldest(figures, width, _FEWEST_OLDEST), _load(figures, width),
                _hours(figures, width, tall, zone), _days(figures, width, zone))  # fmt: skip
        return below(made)
    left = (width - _GAP) * 56 // 100
    right = width - _GAP - left
    waits = _waits(figures, left)
    return beside(
        below((waits, _oldest(figures, left, max(_FEWEST_OLDEST, height - len(waits.rows) - 2)))),
        below((_load(figures, right), _hours(figures, right, tall, zone), _days(figures, right, zone))),
        left + _GAP,
    )


def _head(title: str, width: int, *columns: tuple[str, int], note: str = "") -> Row:
    """A section's title in capitals, a note after it, and the heads of its columns of numbers at the right."""
    right = "".join(name.rjust(cells) for name, cells in columns)
    room = width - len(title) - 2 - len(right)
    return Piece(title, "bold-dim"), Piece(f"  {pad(note, max(0, room))}", "dim"), Piece(right, "dim")


def _sentence(title: str, width: int, words: str) -> Canvas:
    return Canvas([_head(title, width), (Piece(words, "dim"),)])


# How long customers wait


def _waits(figures: Overview, width: int) -> Canvas:
    if not figures.open:
        return _sentence("WAITING TIME", width, say.NO_OPEN)
    cells = 8 if width >= 72 else 7
    name = min(max(cell_len(group.title) for group in figures.groups) + 1, width - _COUNT - 5 * cells - _MISSED)
    heads = [(title, cells) for title in STEP_TITLES]
    rows: list[Row] = [
        _head("WAITING TIME", name + _COUNT + 5 * cells + _MISSED, ("open", _COUNT), *heads, ("SLA miss", _MISSED))
    ]
    spots: list[Spot] = []
    for y, group in enumerate(figures.groups, 1):
        pieces = [Piece(pad(group.title, name), "strong" if y == 1 else "")]
        x = name
        for cell in _group_cells(group, cells):
            pieces.append(Piece(cell.text, cell.style))
            if cell.spot is not None:
                spots.append(cell.spot.moved(x, y))
            x += cell_len(cell.text)
        rows.append(tuple(pieces))
    return Canvas(rows, spots)


def _group_cells(group: Group, cells: int) -> list[_Cell]:
    """The numbers of a view: all, one for each step of waiting with its column of the histogram, missed SLAs."""

    def spot(name: str, width: int, count: int, query: str, says: str) -> Spot:
        return Spot(
            f"{name} {group.key}", 0, 0, width, f"{group.title}: {says}", holds=count, query=query, sort="waiting"
        )

    steps, levels = group.waits.steps, bars.columns(group.waits.steps)[0]
    total = f"{group.open:,}".rjust(_COUNT)
    done = [_Cell(total, "" if group.open else "dim", spot("open", _COUNT, group.open, group.query, "open"))]
    for step, count in enumerate(steps):
        shown = (f"{count:,}{levels[step]}" if count else f"{_NOTHING} ").rjust(cells)
        says = f"waiting {_WORDS[step]}"
        done.append(
            _Cell(
                shown, f"heat-{step}" if count else "dim",
                spot(f"step {step}", cells, count, group.step_query(step), says),
            )
        )  # fmt: skip
    missed = (f"{group.sla_missed:,}!" if group.sla_missed else f"{_NOTHING} ").rjust(_MISSED)
    style = "error" if group.sla_missed else "dim"
    done.append(_Cell(missed, style, spot("sla", _MISSED, group.sla_missed, group.missed_query, "SLA missed")))
    return done


def _oldest(figures: Overview, width: int, most: int) -> Canvas:
    title, oldest = "LONGEST WAITS", figures.oldest[:most]
    if not oldest:
        return _sentence(title, width, texts.NO_CUSTOMER_IS_WAITING)
    name = min(max(cell_len(wait.contact) for wait in oldest), 20 if width >= 64 else 18)
    team = min(max(cell_len(wait.team) for wait in oldest), 14)
    rows: list[Row] = [_head(title, width)]
    spots: list[Spot] = []
    for y, wait in enumerate(oldest, 1):
        rows.append(_wait_row(wait, figures.at, width, name, team))
        waited = short_age(figures.at - wait.waiting_since)
        who = wait.assignee or "no teammate"
        says = " · ".join(filter(None, (f"{wait.contact} waits {waited}", wait.team, who)))
        spots.append(Spot(f"wait {wait.id}", 0, y, width, says, holds=1, conversation_id=wait.id))
    return Canvas(rows, spots)


def _wait_row(wait: OldestWait, now: int, width: int, name: int, team: int) -> Row:
    waits = now - wait.waiting_since
    missed = "SLA! " if wait.sla == "missed" else ""
    held = f"{pad(wait.team, team)} " if team else ""
    right = cell_len(held) + 5 + 3
    return (
        Piece(pad(wait.contact, name), "strong"),
        Piece(f"  {pad(wait.title or '(no subject)', max(0, width - name - 3 - right))} "),
        Piece(held, "dim"),
        Piece(missed.rjust(5), "error"),
        Piece(short_age(waits).rjust(3), f"heat-{heat(waits)}"),
    )


# Who has how much


def _load(figures: Overview, width: int) -> Canvas:
    title = "TEAMMATES"
    busy = [mate for mate in figures.teammates if mate.open]
    if not busy:
        return _sentence(title, width, say.NO_OPEN)
    names = [_mate_name(mate) for mate in busy]
    name = min(max(map(cell_len, names)) + 1, 21)
    most, cells = max(mate.open for mate in busy), width - name - 2 * _COUNT - 4
    legend = texts.WAITING_AND_ANSWERED.format(full=bars.EIGHTHS[8], rest=bars.REST) if width >= 46 else ""
    rows: list[Row] = [_head(title, width, ("open", _COUNT), ("waiting", _COUNT + 2), note=legend)]
    spots: list[Spot] = []
    for y, (mate, shown) in enumerate(zip(busy, names, strict=True), 1):
        waiting, rest = bars.split_bar(mate.waiting, mate.open, most, cells)
        bar = Piece(waiting, "key"), Piece(pad(rest, cells - len(waiting)), "dim")
        counts = (
            Piece(f"  {mate.open:>{_COUNT},}"),
            Piece(f"{mate.waiting:>{_COUNT + 2},}", "" if mate.waiting else "dim"),
        )
        rows.append((Piece(pad(shown, name), "" if mate.id else "dim"), *bar, *counts))
        if mate.query:
            left = width - _COUNT - 2
            says = f"{shown}: open"
            spots.append(Spot(f"load {mate.id}", 0, y, left, says, holds=mate.open, query=mate.query, sort="waiting"))
            spots.append(
                Spot(f"load-waiting {mate.id}", left, y, _COUNT + 2, texts.WAITING_FOR_AN_ANSWER.format(who=shown),
                     holds=mate.waiting, query=mate.waiting_query, sort="waiting")
            )  # fmt: skip
    free = [mate.name for mate in figures.teammates if not mate.open and mate.id and not mate.away]
    if free:
        rows.append((Piece(truncate(texts.NONE_OPEN.format(names=", ".join(free)), width), "dim"),))
    return Canvas(rows, spots)


def _mate_name(mate: Teammate) -> str:
    return (mate.name if mate.id else "no teammate") + (" (away)" if mate.away else "")


# What came and went


def _hours(figures: Overview, width: int, tall: int, zone: tzinfo) -> Canvas:
    cell = 2 if width >= _LABEL + 2 * len(figures.hours) + _COUNT else 1
    spans = figures.hours
    chart = cell * len(spans)

    def says(span: Span) -> str:
        return f"{clock(span.start, zone)} to {clock(span.end, zone)}"

    rows: list[Row] = [_head("LAST 24 HOURS", _LABEL + chart + _COUNT, ("all", _COUNT))]
    spots: list[Spot] = []
    most = max((count for span in spans for count in (span.arrived, span.closed)), default=0)
    for what, style, of in _KINDS:
        lines = bars.columns([of(span)[0] for span in spans], tall, most)
        for line, text in enumerate(lines):
            last = line == len(lines) - 1
            label, total = (what, f"{sum(of(span)[0] for span in spans):,}") if last else ("", "")
            wide = "".join(sign * cell for sign in text)
            rows.append((Piece(pad(label, _LABEL), "dim"), Piece(wide, style), Piece(total.rjust(_COUNT))))
        top = len(rows) - len(lines)
        for at, span in enumerate(spans):
            count, query = of(span)
            spots.append(
                Spot(f"{what} hour {at}", _LABEL + at * cell, top, cell, f"{what} {says(span)}", len(lines),
                     holds=count, query=query)
            )  # fmt: skip
    rows.append((Piece(" " * _LABEL), Piece(_axis(spans, cell, zone), "dim")))
    return Canvas(rows, spots)


def _axis(spans: Sequence[Span], cell: int, zone: tzinfo) -> str:
    """Times of day under the columns, one for every six hours."""
    text = ""
    for at in range(0, len(spans), 6):
        text = text.ljust(at * cell) + clock(spans[at].start, zone)
    return text


def _days(figures: Overview, width: int, zone: tzinfo) -> Canvas:
    label = len("LAST 7 DAYS") + 2
    half = (width - label) // 2
    rows: list[Row] = [
        (Piece(pad("LAST 7 DAYS", label), "bold-dim"), *(Piece(pad(f"{what}", half), "dim") for what, _, _ in _KINDS))
    ]
    spots: list[Spot] = []
    most = max((count for span in figures.days for count in (span.arrived, span.closed)), default=0)
    numbers = max(len(f"{most:,}"), 2)
    for y, span in enumerate(reversed(figures.days), 1):
        day = day_label(span.start, figures.at, zone)
        pieces = [Piece(pad(day, label), "dim")]
        for side, (what, style, of) in enumerate(_KINDS):
            count, query = of(span)
            drawn = bars.bar(count, most, half - numbers - 3)
            pieces += [Piece(f"{count or _NOTHING:>{numbers}} ", "" if count else "dim")]
            pieces += [Piece(pad(drawn, half - numbers - 1), style)]
            spots.append(
                Spot(
                    f"{what} day {span.start}",
                    label + side * half,
                    y,
                    half - 1,
                    f"{what} {day}",
                    holds=count,
                    query=query,
                )
            )
        rows.append(tuple(pieces))
    rows.append((Piece(truncate("closed: those closed now, by their last change", width), "dim"),))
    return Canvas(rows, spots)


_KINDS: Final[tuple[tuple[str, str, Callable[[Span], tuple[int, str]]], ...]] = (
    ("arrived", "key", lambda span: (span.arrived, span.arrived_query)),
    ("closed", "good", lambda span: (span.closed, span.closed_query)),
)
"""What is drawn of a span: its name, its style, and its count with the query for it."""


def title_of(figures: Overview) -> str:
    """The head of the dialog: the most important counts."""
    said = [f"{figures.open:,} open", f"{figures.waiting:,} waiting"]
    if figures.sla_missed:
        said.append(texts.SLA_MISSED.format(count=figures.sla_missed))
    return " · ".join(["Desk overview", *said])


def detail_of(spot: Spot) -> tuple[str, str]:
    """What stands below of the spot under the cursor: a sentence, and the query that enter shows."""
    if spot.conversation_id:
        return spot.says, ""
    return f"{spot.says} · {plural(spot.holds, 'conversation')}", spot.query
