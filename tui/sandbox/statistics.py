"""The statistics of a conversation, always derived from its source and parts: one truth for lists and threads."""

from __future__ import annotations

from statistics import median

from tui.sandbox.model import Part, Source, Statistics

_SPOKEN = frozenset(("comment", "open", "close", "assignment", "quick_reply"))


def measure(created_at: int, source: Source, parts: list[Part]) -> Statistics:
    """Walk a thread once. Only parts with a body count as replies; bots answer but are no admins."""
    seen = Statistics()
    waiting: int | None = None
    if source.author.type in ("user", "lead"):
        seen.first_contact_reply_at = seen.last_contact_reply_at = created_at
        waiting = created_at
    waits: list[int] = []
    teammates: dict[str, None] = {}
    closed = False
    if source.author.type == "admin":
        teammates[source.author.id] = None
    for part in parts:
        kind, at, author = part.part_type, part.created_at, part.author.type
        spoken = kind in _SPOKEN and part.body is not None
        if author == "admin":
            teammates.setdefault(part.author.id)
        if spoken and author in ("user", "lead"):
            _contact_reply(seen, at)
            waiting = at if waiting is None else waiting
        elif spoken:
            if author == "admin":
                _admin_reply(seen, at)
                waits.extend(() if waiting is None else (at - waiting,))
            waiting = None
        if kind == "assignment":
            _assigned(seen, part)
        elif kind == "close":
            closed = True
            _closed(seen, part)
        if closed and part.state == "open":
            closed = False
            seen.count_reopens += 1
    seen.count_conversation_parts = len(parts)
    seen.teammate_ids = tuple(teammates)
    if waits:
        seen.median_time_to_reply = int(median(waits))
    _since(seen, created_at)
    return seen


def _admin_reply(seen: Statistics, at: int) -> None:
    if seen.first_admin_reply_at is None:
        seen.first_admin_reply_at = at
    seen.last_admin_reply_at = at
    if seen.last_assignment_at is not None and seen.last_assignment_admin_reply_at is None:
        seen.last_assignment_admin_reply_at = at


def _contact_reply(seen: Statistics, at: int) -> None:
    seen.last_contact_reply_at = at
    if seen.first_contact_reply_at is None:
        seen.first_contact_reply_at = at


def _assigned(seen: Statistics, part: Part) -> None:
    if part.assigned_to is None:
        return
    seen.count_assignments += 1
    if seen.first_assignment_at is None:
        seen.first_assignment_at = part.created_at
    seen.last_assignment_at = part.created_at
    seen.last_assignment_admin_reply_at = None


def _closed(seen: Statistics, part: Part) -> None:
    if seen.first_close_at is None:
        seen.first_close_at = part.created_at
    seen.last_close_at = part.created_at
    seen.last_closed_by_id = part.author.id


def _since(seen: Statistics, created_at: int) -> None:
    if seen.first_assignment_at is not None:
        seen.time_to_assignment = seen.first_assignment_at - created_at
    if seen.first_admin_reply_at is not None:
        seen.time_to_admin_reply = seen.first_admin_reply_at - created_at
    if seen.first_close_at is not None:
        seen.time_to_first_close = seen.first_close_at - created_at
    if seen.last_close_at is not None:
        seen.time_to_last_close = seen.last_close_at - created_at
