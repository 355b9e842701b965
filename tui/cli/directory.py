"""The lists of what a workspace has: teammates, teams, tags."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.cli.failure import Exit
from tui.cli.output import Table, print_rows
from tui.inbox.directory import Row

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.inbox.sync.identity import Part


async def list_part(
    args: argparse.Namespace,
    part: "Part",
    rows: Callable[["Inbox"], list[Row]],
    table: Callable[["Inbox"], Table[Row]],
    document: Callable[["Inbox", Row], object],
) -> int:
    """List a part of the directory, fresh from Intercom. Raises :class:`tui.api.errors.IntercomError`."""
    from tui.cli.opening import inbox_of

    async with inbox_of(args) as inbox:
        await inbox.sync.identify(await inbox.connection.open(), need=part)
        print_rows(rows(inbox), table(inbox), lambda row: document(inbox, row), as_json=args.json)
    return Exit.OK
