"""``intercom-tui admin list``: the teammates."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.output import Table
from tui.cli.parsing import Parser, Verbs
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.model.rows import AdminRow


def add_arguments(parser: Parser) -> None:
    """The verbs of ``admin``."""
    Verbs(parser).add("list", _list, "the teammates of the workspace", acts=False)


async def _list(args: argparse.Namespace) -> int:
    from tui.cli.directory import list_part
    from tui.inbox import export

    return await list_part(
        args, "admins", lambda inbox: inbox.directory.admins(), _table, lambda _, row: export.admin(row)
    )


def _table(inbox: "Inbox") -> "Table[AdminRow]":
    def cells(row: "AdminRow") -> tuple[str, ...]:
        name = f"{row.name} (you)" if row.id == inbox.me.id else row.name
        return row.id, "away" if row.away else "", name, row.email

    return Table(("ID", "AWAY", "NAME", "E-MAIL"), cells, ("cyan", "yellow"), shell_texts.NO_TEAMMATES)
