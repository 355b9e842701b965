"""A thread as plain lines: who said what when, notes unmistakable, events in one dim line each."""

from collections.abc import Iterable
from datetime import datetime

from tui.cli.output import styled, width
from tui.store.rows import PartRow
from tui.text.clean import clean_line
from tui.text.html import to_lines
from tui.text.spans import plain

_MOST = 100
"""Cells of a line of text where the terminal is wider, or there is none."""

_EVENTS = {
    "assignment": "assigned it to",
    "assign_and_unsnooze": "assigned it to",
    "default_assignment": "assigned it to",
    "close": "closed it",
    "open": "opened it",
    "snoozed": "snoozed it",
    "unsnoozed": "woke it",
    "timer_unsnooze": "woke it",
    "conversation_tags_updated": "changed its tags:",
    "participant_added": "brought somebody in",
    "participant_removed": "took somebody out",
}


def lines_of(parts: Iterable[PartRow], now: datetime) -> list[str]:
    """The lines of some parts, oldest first, in the time zone of ``now``."""
    room = min(width() or _MOST, _MOST)
    lines: list[str] = []
    for part in parts:
        when = moment(part.created_at, now)
        who = clean_line(part.author_name) or part.author_type
        if not part.is_message:
            what = _EVENTS.get(part.part_type, part.part_type.replace("_", " "))
            detail = f" {clean_line(part.detail)}" if part.detail else ""
            lines += [styled(f"-- {who} {clean_line(what)}{detail} · {when}", "dim"), ""]
            continue
        lines.append(_headline(part, who, when))
        body = [plain(line).rstrip() for line in to_lines(part.body, room - 2, fold_quotes=False)]
        lines += [f"  {line}" if line else "" for line in body] or ["  (no text)"]
        lines += [styled(f"  [{one.name}] {clean_line(one.url)}", "dim") for one in part.attachments]
        lines.append("")
    return lines


def _headline(part: PartRow, who: str, when: str) -> str:
    said = styled(who, "bold")
    if part.is_note:
        said = f"{styled('NOTE (teammates only)', 'yellow')} {said}"
    if part.author_type == "bot" or part.from_ai:
        said += " (bot)"
    pending = {"": "", "waiting": " · not sent yet", "held": " · held", "unsure": " · perhaps sent"}.get(
        part.pending, f" · {part.pending}"
    )
    return f"{said} · {when}{pending}"


def moment(at: int, now: datetime) -> str:
    """A Unix time with as much of its date as is needed: ``14:05``, ``3 Mar 14:05``, ``3 Mar 2024 14:05``."""
    if not at:
        return "at an unknown time"
    then = datetime.fromtimestamp(at, tz=now.tzinfo)
    if then.date() == now.date():
        return f"{then:%H:%M}"
    year = f" {then.year}" if then.year != now.year else ""
    return f"{then.day} {then:%b}{year} {then:%H:%M}"
