"""``intercom-tui outbox …``: what was not sent yet, and what a person must decide about it."""

import argparse
from typing import TYPE_CHECKING

from tui.cli import deciding
from tui.cli.failure import Exit, Failure
from tui.cli.output import Table, print_fields, print_json, print_rows, say
from tui.cli.parsing import Parser, Verbs, positive
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.model.rows import OutboxRow


def add_arguments(parser: Parser) -> None:
    """The verbs of ``outbox``."""
    verbs = Verbs(parser)
    verbs.add("list", _list, "all unfinished actions", acts=False)
    verb = verbs.add("show", _show, "one action with its text and state", acts=False)
    verb.add_argument("number", type=positive, metavar="N")
    verb = verbs.add("retry", _retry, "send actions now; without IDs, all those queued for the connection", acts=True)
    verb.add_argument("numbers", nargs="*", type=positive, metavar="N")
    verb.add_argument("--force", action="store_true", help="send replies even if there are new messages")
    verb.add_argument("--now", action="store_true", help="stop checking for what may have arrived")
    deciding.add_verbs(verbs)
    verb = verbs.add("discard", _discard, "discard unsent actions; their text is printed once more", acts=True)
    verb.add_argument("numbers", nargs="+", type=positive, metavar="N")


def state_of(row: "OutboxRow") -> str:
    """A row's state in words; the shell does not know how the connection is until something is sent."""
    import time

    from tui.inbox.situation import ConnectionState, action_state, action_words

    now = time.time()
    state = action_state(row.state, row.held_for, row.counts_to, ConnectionState.STARTING, now)
    return action_words(state, due_in=row.counts_to - now)


async def _list(args: argparse.Namespace) -> int:
    from tui.cli.notices import say_watched
    from tui.cli.opening import inbox_of
    from tui.inbox import export

    async with inbox_of(args, online=False) as inbox:
        print_rows(inbox.outbox.pending(), _table(inbox), export.outbox_action, as_json=args.json)
        if not args.json:
            say_watched(inbox, inbox.now())
    return Exit.OK


def _table(inbox: "Inbox") -> "Table[OutboxRow]":
    from tui.text.durations import age

    now = inbox.now().timestamp()

    def cells(row: "OutboxRow") -> tuple[str, ...]:
        what = inbox.outbox.describe(row) + (f" ({row.reason})" if row.reason else "")
        return str(row.id), age(int(now - row.created_at)), state_of(row), row.conversation_id or "-", what

    head = ("N", "AGE", "STATE", "CONVERSATION", "WHAT")
    return Table(head, cells, ("cyan", "dim", "yellow"), shell_texts.OUTBOX_IS_EMPTY)


async def _show(args: argparse.Namespace) -> int:
    from tui.cli.opening import inbox_of
    from tui.inbox import resolve

    async with inbox_of(args, online=False) as inbox:
        row = resolve.action(inbox, args.number)
        if args.json:
            from tui.inbox import export

            print_json(export.outbox_action(row))
            return Exit.OK
        from tui.cli.thread_text import moment
        from tui.inbox.actions import codec as acts

        now = inbox.now()
        action = acts.decode(row.payload)
        print_fields(
            [
                ("number", str(row.id)),
                ("what", inbox.outbox.describe(row)),
                ("state", state_of(row)),
                ("reason", row.reason),
                ("conversation", row.conversation_id),
                ("contact", action.contact_id),
                ("made", moment(int(row.created_at), now)),
                ("sent", moment(int(row.sent_at), now) if row.sent_at else ""),
                ("tries", str(row.attempts) if row.attempts else ""),
                ("text", action.text),
            ]
        )
    return Exit.OK


async def _retry(args: argparse.Namespace) -> int:
    from tui.cli.notices import still_unknown
    from tui.cli.opening import inbox_of
    from tui.cli.reporting import report
    from tui.inbox import resolve
    from tui.inbox.outbox.decide import only_waiting, release
    from tui.inbox.outbox.preflight import identify
    from tui.inbox.outbox.submit import carry_out

    async with inbox_of(args) as inbox:
        if args.numbers:
            rows = [resolve.action(inbox, number) for number in dict.fromkeys(args.numbers)]
        else:
            rows = only_waiting(inbox)
        for row in rows:
            if row.state in ("done", "undone", "discarded"):
                raise Failure(shell_texts.NOTHING_TO_SEND_OF.format(number=row.id, state=state_of(row)))
        if not rows:
            if args.json:
                print_json([])
            else:
                say(shell_texts.NOTHING_TO_SEND)
            return Exit.OK
        online = await identify(inbox, names=False)
        for row in rows:
            if row.held_for == "twice":
                raise Failure(shell_texts.IS_A_COPY.format(number=row.id))
            await release(inbox, row, force=args.force, now=args.now)
        numbers, telling = [row.id for row in rows], still_unknown(inbox)
        outcomes = await carry_out(inbox, numbers, online=online, keep="outbox", still_unknown=telling)
        return report(outcomes, inbox, as_json=args.json, as_list=True)


async def _discard(args: argparse.Namespace) -> int:
    from tui.cli.complaint import complain
    from tui.cli.opening import inbox_of
    from tui.inbox import export, resolve

    async with inbox_of(args, online=False) as inbox:
        rows = [resolve.action(inbox, number) for number in dict.fromkeys(args.numbers)]
        code = Exit.OK
        left: list[OutboxRow] = []
        for row in rows:
            answer = await inbox.outbox.discard(row.id)
            now = resolve.action(inbox, row.id)
            left.append(now)
            if now.state != "discarded" or row.state == "discarded":
                code = Exit.FAILED
                complain(f"{row.id}: {answer if now.state != 'discarded' else shell_texts.DISCARDED_BEFORE}")
            elif not args.json:
                text = inbox.outbox.text_of(row)[1]
                say(f"Discarded: {inbox.outbox.describe(row)}" + (f"\n\n{text}\n" if text else ""))
        if args.json:
            print_json([export.outbox_action(row) for row in left])
        return code
