"""``intercom-tui team list``: the teams and who is in them."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.output import Table
from tui.cli.parsing import Parser, Verbs
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.model.rows import AdminRow, TeamRow


def add_arguments(parser: Parser) -> None:
    """The verbs of ``team``."""
    Verbs(parser).add("list", _list, "the teams of the workspace and their members", acts=False)


async def _list(args: argparse.Namespace) -> int:
    from tui.cli.directory import list_part
    from tui.inbox import export

    return await list_part(
        args,
        "teams",
        lambda inbox: inbox.directory.teams(),
        _table,
        lambda inbox, row: export.team(row, _members(inbox, row)),
    )


def _members(inbox: "Inbox", row: "TeamRow") -> "Sequence[AdminRow] | None":
    """None where this token may not read who the teammates are."""
    return None if "admins" in inbox.sync.denied else inbox.directory.members(row.id)


def _table(inbox: "Inbox") -> "Table[TeamRow]":
    def cells(row: "TeamRow") -> tuple[str, ...]:
        members = _members(inbox, row)
        return row.id, row.name, "?" if members is None else ", ".join(one.name for one in members) or "-"

    return Table(("ID", "NAME", "MEMBERS"), cells, ("cyan",), shell_texts.NO_TEAMS)
