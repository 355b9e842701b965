"""``intercom-tui tag …``: the workspace's tags."""

import argparse
from collections.abc import Coroutine
from typing import TYPE_CHECKING

from tui.cli.failure import Exit, UsageError
from tui.cli.output import Table, print_json, say
from tui.cli.parsing import Parser, Verbs
from tui.model.labels import shell_texts
from tui.text.names import label

if TYPE_CHECKING:
    from tui.model.rows import TagRow


def add_arguments(parser: Parser) -> None:
    """The verbs of ``tag``."""
    verbs = Verbs(parser)
    verbs.add("list", _list, "every tag of the workspace", acts=False)
    verb = verbs.add("create", _create, "create a tag, or show the existing one", acts=True)
    verb.add_argument("name", metavar="NAME")


async def _list(args: argparse.Namespace) -> int:
    from tui.cli.directory import list_part
    from tui.inbox import export

    return await list_part(
        args, "tags", lambda inbox: inbox.directory.tags(), lambda _: _table(), lambda _, row: export.tag(row)
    )


def _table() -> "Table[TagRow]":
    return Table(("ID", "NAME"), lambda row: (row.id, row.name), ("cyan",), shell_texts.NO_TAGS)


def _create(args: argparse.Namespace) -> Coroutine[object, object, int]:
    name = args.name.strip()
    if not name:
        raise UsageError(shell_texts.TAG_NEEDS_A_NAME)
    return _make(args, name)


async def _make(args: argparse.Namespace, name: str) -> int:
    from tui.cli.notices import say_not_copied
    from tui.cli.opening import inbox_of
    from tui.inbox import export
    from tui.inbox.unjournaled import create_tag

    async with inbox_of(args) as inbox:
        made, trouble = await create_tag(inbox, name)
        say_not_copied(trouble)
        if made is None:
            return Exit.OK
        if args.json:
            print_json(export.tag(made))
        else:
            say(f"Tag {label(made.name)} ({made.id})")
    return Exit.OK
