"""``intercom-tui draft …``: what somebody began to write and has not sent."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.failure import Exit
from tui.cli.output import Table, print_rows
from tui.cli.parsing import Parser, Verbs
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.model.rows import DraftRow


def add_arguments(parser: Parser) -> None:
    """The verbs of ``draft``."""
    verbs = Verbs(parser)
    verbs.add("list", _list, "every draft of a reply or note; with --json in full", acts=False)


def _list(args: argparse.Namespace) -> int:
    from tui.cli.complaint import complain
    from tui.cli.opening import chosen
    from tui.inbox.maintenance import saved_drafts

    with chosen(args) as (profile, _):
        rows = saved_drafts(profile, complain)
    print_rows(rows, _table(), _document, as_json=args.json)
    return Exit.OK


def _document(row: "DraftRow") -> object:
    from tui.inbox import export  # with the actions of the inbox, which a table does not need

    return export.draft(row)


def _table() -> "Table[DraftRow]":
    import time

    from tui.text.durations import age

    now = time.time()

    def cells(row: "DraftRow") -> tuple[str, ...]:
        return row.conversation_id, age(int(now - row.updated_at)), row.kind, row.text

    return Table(("CONVERSATION", "AGE", "KIND", "TEXT"), cells, ("cyan", "dim", "yellow"), shell_texts.NO_DRAFTS)
