"""``intercom-tui tag …``: the workspace's tags."""

import argparse
import asyncio

from tui.cli.failure import Exit, UsageError
from tui.cli.output import print_json, print_table, say
from tui.cli.parsing import Parser, Verbs


def add_arguments(parser: Parser) -> None:
    """The verbs of ``tag``."""
    verbs = Verbs(parser)
    verbs.add("list", _list, "every tag of the workspace")
    verb = verbs.add("create", _create, "a tag of that name, new or already there")
    verb.add_argument("name", metavar="NAME")


def _list(args: argparse.Namespace) -> int:
    return asyncio.run(_list_them(args))


async def _list_them(args: argparse.Namespace) -> int:
    from tui.cli import shapes
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        inbox = opened.inbox
        await inbox.sync.identify(await inbox.link.open())
        rows = inbox.directory.tags()
        if args.json:
            print_json([shapes.tag(row) for row in rows])
        else:
            print_table(("ID", "NAME"), [(row.id, row.name) for row in rows], ("cyan",))
    return Exit.OK


def _create(args: argparse.Namespace) -> int:
    name = args.name.strip()
    if not name:
        raise UsageError("A tag wants a name.")
    return asyncio.run(_make(args, name))


async def _make(args: argparse.Namespace, name: str) -> int:
    from tui.cli import shapes
    from tui.cli.wiring import desk

    async with desk(args) as opened:
        made = await opened.inbox.create_tag(name)
        if args.json:
            print_json(shapes.tag(made))
        else:
            say(f"Tag {made.name} ({made.id})")
    return Exit.OK
