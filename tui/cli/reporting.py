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
from tui.model.labels import shell_texts
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
        return shell_texts.SENT_A_SECOND_TIME
    if outcome.blocked_by:
        return shell_texts.EARLIER_NEEDS_REVIEW.format(number=outcome.blocked_by)
    return outcome.reason


def sentence(outcome: Outcome, now: datetime) -> str:
    """What it came to, for a person in the time zone of ``now``."""
    action, why = outcome.action, reason(outcome)
    title = action.describe()
    if isinstance(action, Snooze):
        until = describe_fully(local(action.until, now.tzinfo or UTC))
        title = shell_texts.UNTIL.format(title=title, until=until)
    match outcome.result:
        case Result.DONE:
            return (shell_texts.DONE_BUT if why else shell_texts.DONE).format(title=title, why=why)
        case Result.UNCHANGED:
            return shell_texts.NOTHING_WAS_SENT.format(why=why, who=action.contact_name or action.target)
        case Result.QUEUED:
            return shell_texts.NOT_SENT_YET_QUEUED.format(title=title, why=why)
        case Result.UNKNOWN:
            return shell_texts.DELIVERY_UNKNOWN.format(title=title, why=why, number=outcome.outbox_id)
        case Result.BLOCKED:
            return shell_texts.NOT_SENT_YET.format(title=title, why=why)
        case Result.STALE:
            template = shell_texts.NOT_SENT
        case _:
            template = shell_texts.REJECTED
    return template.format(title=title, why=" ".join(filter(None, (why, _where(outcome)))))


def _where(outcome: Outcome) -> str:
    if outcome.kept == "draft":
        return shell_texts.TEXT_IS_A_DRAFT
    return shell_texts.STAYS_IN_OUTBOX.format(number=outcome.outbox_id) if outcome.kept == "outbox" else ""
