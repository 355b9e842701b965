"""``intercom-tui outbox arrived | redact | check``: what may have arrived, and what was sent twice."""

import argparse

from tui.cli.failure import Exit, Failure
from tui.cli.output import print_json, say
from tui.cli.parsing import Verbs, positive
from tui.model.labels import shell_texts


def add_verbs(verbs: Verbs) -> None:
    """The verbs."""
    verb = verbs.add(
        "arrived", _arrived, "mark an action of unknown delivery as delivered: it is not sent again", acts=True
    )
    verb.add_argument("numbers", nargs="+", type=positive, metavar="N")
    verb = verbs.add("redact", _redact, "redact a copy of what was sent twice", acts=True)
    verb.add_argument("numbers", nargs="+", type=positive, metavar="N")
    verbs.add("check", _check, "check now whether anything was sent twice", acts=False)


async def _arrived(args: argparse.Namespace) -> int:
    from tui.cli.complaint import complain
    from tui.cli.opening import inbox_of
    from tui.inbox import export, resolve

    async with inbox_of(args, online=False) as inbox:
        code = Exit.OK
        rows = [resolve.action(inbox, number) for number in dict.fromkeys(args.numbers)]
        for row in rows:
            answer = await inbox.outbox.arrived(row.id)
            if resolve.action(inbox, row.id).state != "done" or row.state == "done":
                code = Exit.FAILED
                complain(f"{row.id}: {answer}")
            elif not args.json:
                say(f"{answer} {inbox.outbox.describe(row)}")
        if args.json:
            print_json([export.outbox_action(resolve.action(inbox, row.id)) for row in rows])
        return code


async def _redact(args: argparse.Namespace) -> int:
    from tui.cli.notices import still_unknown
    from tui.cli.opening import inbox_of
    from tui.cli.reporting import report
    from tui.inbox import resolve
    from tui.inbox.outbox.decide import may_be_redacted
    from tui.inbox.outbox.outbox import NO_REDACTING
    from tui.inbox.outbox.preflight import identify
    from tui.inbox.outbox.submit import carry_out

    async with inbox_of(args) as inbox:
        rows = [resolve.action(inbox, number) for number in dict.fromkeys(args.numbers)]
        for row in rows:
            if not may_be_redacted(row):
                raise Failure(shell_texts.NOT_A_COPY.format(number=row.id))
            if not row.conversation_id:
                raise Failure(NO_REDACTING)
        online = await identify(inbox, names=False)
        for row in rows:
            await inbox.outbox.retry(row.id)
        numbers, telling = [row.id for row in rows], still_unknown(inbox)
        outcomes = await carry_out(inbox, numbers, online=online, keep="outbox", still_unknown=telling)
        return report(outcomes, inbox, as_json=args.json, as_list=True)


async def _check(args: argparse.Namespace) -> int:
    from tui.cli.notices import say_watched
    from tui.cli.opening import inbox_of
    from tui.inbox import export
    from tui.inbox.outbox.decide import sent_twice
    from tui.inbox.outbox.preflight import identify

    async with inbox_of(args) as inbox:
        watched = [watch.outbox_id for watch in inbox.duplicate_watch.watched()]
        if watched and await identify(inbox, names=False):
            await inbox.duplicate_watch.look(only=watched)
        twice = sent_twice(inbox)
        if args.json:
            print_json([export.outbox_action(row) for row in twice])
        elif not twice:
            say(shell_texts.NOTHING_SENT_TWICE)
        say_watched(inbox, inbox.now())
    return Exit.FAILED if twice else Exit.OK
