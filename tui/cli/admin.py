"""``intercom-tui admin list``: the teammates."""

import argparse
import asyncio

from tui.cli.failure import Exit
from tui.cli.output import print_json, print_table
from tui.cli.parsing import Parser, Verbs


def add_arguments(parser: Parser) -> None:
    """The verbs of ``admin``."""
    Verbs(parser).add("list", _list, "the teammates of the workspace")


def _list(args: argparse.Namespace) -> int:
    return asyncio.run(_list_them(args))


async def _list_them(args: argparse.Namespace) -> int:
    from tui.cli import shapes
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        inbox = opened.inbox
        await inbox.sync.identify(await inbox.link.open())
        rows = inbox.directory.admins()
        if args.json:
            print_json([shapes.admin(row) for row in rows])
        else:
            print_table(
                ("ID", "AWAY", "NAME", "E-MAIL"),
                [
                    (
                        row.id,
                        "away" if row.away else "",
                        f"{row.name} (you)" if row.id == inbox.me.id else row.name,
                        row.email,
                    )
                    for row in rows
                ],
                ("cyan", "yellow"),
            )
    return Exit.OK
