"""``intercom-tui outbox …``: what was not sent yet, and what a person must decide about it."""

import argparse
import asyncio
from typing import TYPE_CHECKING

from tui.cli.failure import Exit, Failure
from tui.cli.output import print_fields, print_json, print_table, say
from tui.cli.parsing import Parser, Verbs, positive

if TYPE_CHECKING:
    from tui.cli.wiring import Desk
    from tui.store.rows import OutboxRow

_STATES = {
    "ready": "queued",
    "sending": "on its way",
    "unsure": "perhaps sent",
    "rejected": "refused",
    "done": "done",
    "undone": "taken back",
    "discarded": "discarded",
}


def add_arguments(parser: Parser) -> None:
    """The verbs of ``outbox``."""
    verbs = Verbs(parser)
    verbs.add("list", _list, "every action that is not finished")
    verb = verbs.add("show", _show, "one action with its words and what became of it")
    verb.add_argument("number", type=positive, metavar="N")
    verb = verbs.add("retry", _retry, "send actions now; without numbers, all that only wait for the link")
    verb.add_argument("numbers", nargs="*", type=positive, metavar="N")
    verb.add_argument("--force", action="store_true", help="replies even if somebody wrote meanwhile")
    verb = verbs.add("discard", _discard, "drop actions that have not left; their words are printed once more")
    verb.add_argument("numbers", nargs="+", type=positive, metavar="N")


def state_of(row: "OutboxRow") -> str:
    """A row's state in words."""
    if row.state == "held":
        return {"undo": "can be undone", "stale": "somebody wrote"}.get(row.held_for, "wants a decision")
    return _STATES.get(row.state, row.state)


def _list(args: argparse.Namespace) -> int:
    return asyncio.run(_list_them(args))


async def _list_them(args: argparse.Namespace) -> int:
    from tui.cli.wiring import desk

    async with desk(args, online=False) as opened:
        rows = opened.inbox.outbox.pending()
        if args.json:
            from tui.cli import shapes

            print_json([shapes.outbox(row) for row in rows])
        elif rows:
            from tui.text.ages import age

            now = opened.setup.now().timestamp()
            print_table(
                ("N", "AGE", "STATE", "CONVERSATION", "WHAT"),
                [
                    (
                        str(row.id),
                        age(int(now - row.created_at)),
                        state_of(row),
                        row.conversation_id or "-",
                        opened.inbox.outbox.describe(row) + (f" ({row.reason})" if row.reason else ""),
                    )
                    for row in rows
                ],
                ("cyan", "dim", "yellow"),
            )
        else:
            say("The outbox is empty.")
    return Exit.OK


def _show(args: argparse.Namespace) -> int:
    return asyncio.run(_show_one(args))


async def _show_one(args: argparse.Namespace) -> int:
    from tui.cli.wiring import desk

    async with desk(args, online=False) as opened:
        row = _row(opened, args.number)
        if args.json:
            from tui.cli import shapes

            print_json(shapes.outbox(row))
            return Exit.OK
        from tui.cli.thread_text import moment
        from tui.inbox import actions as acts

        now = opened.setup.now()
        action = acts.decode(row.payload)
        print_fields(
            [
                ("number", str(row.id)),
                ("what", opened.inbox.outbox.describe(row)),
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


def _retry(args: argparse.Namespace) -> int:
    return asyncio.run(_retry_them(args))


async def _retry_them(args: argparse.Namespace) -> int:
    from tui.cli.doing import carry_out, identify
    from tui.cli.reporting import report
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        box = opened.inbox.outbox
        if args.numbers:
            rows = [_row(opened, number) for number in dict.fromkeys(args.numbers)]
        else:
            rows = [row for row in box.pending() if row not in box.attention()]
        for row in rows:
            if row.state in ("done", "undone", "discarded"):
                raise Failure(f"Action {row.id} is {state_of(row)}: there is nothing to send.")
        if not rows:
            if args.json:
                print_json([])
            else:
                say("Nothing waits to be sent.")
            return Exit.OK
        online = await identify(opened, names=False)
        for row in rows:
            if row.state in ("rejected", "held"):
                await (box.send_anyway(row.id) if args.force else box.retry(row.id))
        outcomes = await carry_out(opened, [row.id for row in rows], online=online, keep="outbox")
        return report(outcomes, opened, as_json=args.json, as_list=True)


def _discard(args: argparse.Namespace) -> int:
    return asyncio.run(_discard_them(args))


async def _discard_them(args: argparse.Namespace) -> int:
    from tui.cli import shapes
    from tui.cli.main import complain
    from tui.cli.wiring import desk

    async with desk(args, online=False) as opened:
        rows = [_row(opened, number) for number in dict.fromkeys(args.numbers)]
        code = Exit.OK
        left: list[OutboxRow] = []
        for row in rows:
            answer = await opened.inbox.outbox.discard(row.id)
            now = _row(opened, row.id)
            left.append(now)
            if now.state != "discarded" or row.state == "discarded":
                code = Exit.FAILED
                complain(f"{row.id}: {answer if now.state != 'discarded' else 'It was discarded before.'}")
            elif not args.json:
                text = opened.inbox.outbox.text_of(row)[1]
                say(f"Discarded: {opened.inbox.outbox.describe(row)}" + (f"\n\n{text}\n" if text else ""))
        if args.json:
            print_json([shapes.outbox(row) for row in left])
        return code


def _row(opened: "Desk", number: int) -> "OutboxRow":
    row = opened.inbox.outbox.get(number)
    if row is None:
        raise Failure(f"There is no action {number} in the outbox.", Exit.NOT_FOUND)
    return row
