"""What commands say of the actions they took, and the exit code of each."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.cli.codes import worst
from tui.cli.failure import Exit
from tui.cli.output import print_json, say
from tui.inbox.actions.state import Snooze
from tui.inbox.outbox.outcome import Outcome, Result
from tui.text.durations import local
from tui.text.natural_time import describe_fully

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

CODES = {
    Result.DONE: Exit.OK,
    Result.UNCHANGED: Exit.OK,
    Result.QUEUED: Exit.QUEUED,
    Result.UNKNOWN: Exit.UNKNOWN,
    Result.BLOCKED: Exit.HELD,
    Result.STALE: Exit.HELD,
    Result.HELD: Exit.HELD,
    Result.TAKEN_BACK: Exit.FAILED,
    Result.REFUSED: Exit.FAILED,
    Result.GONE: Exit.NOT_FOUND,
}


def report(outcomes: Sequence[Outcome], inbox: "Inbox", *, as_json: bool, as_list: bool = False) -> int:
    """Print each outcome: what was done on stdout, what was not on stderr; return the exit code of the worst.

    ``as_list`` prints a JSON array, whatever the number.
    """
    from tui.cli.complaint import complain

    if as_json:
        from tui.inbox import export

        documents = [export.outcome(outcome, reason(outcome)) for outcome in outcomes]
        print_json(documents if as_list else documents[0])
    now = inbox.now()
    for outcome in outcomes:
        if CODES[outcome.result] is Exit.OK:
            if not as_json:
                say(sentence(outcome, now))
            continue
        if outcome.came_in:
            _show_came_in(outcome, now)
        complain(sentence(outcome, now))
    return worst([CODES[outcome.result] for outcome in outcomes])


def _show_came_in(outcome: Outcome, now: datetime) -> None:
    from tui.cli.thread_text import lines_of

    for line in lines_of(outcome.came_in, now):
        print(line, file=sys.stderr)


def reason(outcome: Outcome) -> str:
    """Why it came to that, with the command that helps."""
    if outcome.is_watched:
        return (
            "It was sent a second time because the first was not found; if the first arrives after all, the app and"
            " intercom-tui outbox check say so."
        )
    if outcome.blocked_by:
        return (
            f"An earlier action needs your review (intercom-tui outbox show {outcome.blocked_by}); "
            "this one is queued behind it."
        )
    return outcome.reason


def sentence(outcome: Outcome, now: datetime) -> str:
    """What it came to, for a person in the time zone of ``now``."""
    action, why = outcome.action, reason(outcome)
    title = action.describe()
    if isinstance(action, Snooze):
        title += f" until {describe_fully(local(action.until, now.tzinfo or UTC))}"
    match outcome.result:
        case Result.DONE:
            return f"Done: {title}" + (f". {why}" if why else "")
        case Result.UNCHANGED:
            return f"{why}: {action.contact_name or action.target}. Nothing was sent."
        case Result.QUEUED:
            return (
                f"Not sent yet: {title}. {why} It is queued (intercom-tui outbox list) and sent by the "
                "app, or by intercom-tui outbox retry."
            )
        case Result.UNKNOWN:
            return (
                f"Delivery unknown: {title}. {why} Do not send it again: it is queued, and the next start "
                f"checks for it before sending it again (intercom-tui outbox show {outcome.outbox_id}; outbox arrived, "
                "outbox retry --now or outbox discard decide now)."
            )
        case Result.BLOCKED:
            return f"Not sent yet: {title}. {why}"
        case Result.STALE:
            return f"Not sent: {title}. {why}{_where(outcome)} Send it again with --force to send it anyway."
        case _:
            return f"Rejected: {title}. {why}{_where(outcome)}"


def _where(outcome: Outcome) -> str:
    if outcome.kept == "draft":
        return " The text is kept as a draft."
    return f" It stays in the outbox as {outcome.outbox_id}." if outcome.kept == "outbox" else ""
