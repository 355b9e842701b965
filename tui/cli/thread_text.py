"""A thread as plain lines: who said what when, notes unmistakable, events in one dim line each."""

from collections.abc import Iterable
from datetime import UTC, datetime

from tui.cli.output import styled, width
from tui.inbox.part_words import also_words, author_words, event_words
from tui.model.rows import PartRow
from tui.text.durations import local
from tui.text.html import to_lines
from tui.text.sanitize import clean_line
from tui.text.spans import plain

_MOST = 100
"""Cells of a line of text where the terminal is wider, or there is none."""


def lines_of(parts: Iterable[PartRow], now: datetime) -> list[str]:
    """The lines of some parts, oldest first, in the time zone of ``now``."""
    room = min(width() or _MOST, _MOST)
    lines: list[str] = []
    for part in parts:
        when = moment(part.created_at, now)
        who = clean_line(author_words(part))
        if not part.is_message:
            lines += [styled(f"-- {who} {clean_line(event_words(part))} · {when}", "dim"), ""]
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
    if done := also_words(part):
        said += styled(f" {clean_line(done)}", "dim")
    return f"{said} · {when}{_pending(part)}"


def _pending(part: PartRow) -> str:
    if not part.outbox_id:
        return ""
    import time

    from tui.inbox.situation import ConnectionState, action_state, action_words

    now = time.time()
    held_for = "undo" if part.pending == "held" else ""
    state = action_state(part.pending or "ready", held_for, part.due_at, ConnectionState.STARTING, now)
    return f" · {action_words(state, due_in=part.due_at - now)}"


def moment(at: int, now: datetime) -> str:
    """A Unix time with as much of its date as is needed: ``14:05``, ``3 Mar 14:05``, ``3 Mar 2024 14:05``."""
    if not at:
        return "at an unknown time"
    then = local(at, now.tzinfo or UTC)
    if then.date() == now.date():
        return f"{then:%H:%M}"
    year = f" {then.year}" if then.year != now.year else ""
    return f"{then.day} {then:%b}{year} {then:%H:%M}"
