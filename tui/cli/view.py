"""``intercom-tui view …``: the views with their counts, and the figures of the whole desk, from the local store."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.failure import Exit
from tui.cli.output import Table, print_json, print_rows, say
from tui.cli.parsing import Parser, Verbs
from tui.model.labels import shell_texts

if TYPE_CHECKING:
    from tui.inbox.search.views import View

_STATS = """\
Counted from the local store, no network. Closed are those that are closed now,
by their last change. The queries in the JSON find what each figure counts."""


def add_arguments(parser: Parser) -> None:
    """The verbs of ``view``."""
    verbs = Verbs(parser)
    verbs.add("list", _list, "the views and how many conversations each holds", acts=False)
    verbs.add(
        "stats",
        _stats,
        "waiting times, load by teammate, arrivals and closes, longest waits",
        acts=False,
        epilog=_STATS,
    )


async def _list(args: argparse.Namespace) -> int:
    import msgspec

    from tui.cli.opening import inbox_of

    async with inbox_of(args, online=False) as inbox:
        counts = (await inbox.views.searched()).counts
        views = [msgspec.structs.replace(one, count=counts.get(one.key, one.count)) for one in inbox.views.all()]
        print_rows(views, _table(), _document, as_json=args.json)
    return Exit.OK


def _table() -> "Table[View]":
    def cells(view: "View") -> tuple[str, ...]:
        return view.key, f"{view.count:,}" if view.count >= 0 else "?", view.title, view.query

    return Table(("KEY", "COUNT", "NAME", "QUERY"), cells, ("cyan", "", "", "dim"), shell_texts.NO_VIEWS)


def _document(view: "View") -> object:
    from tui.inbox.export import view as document

    return document(view)


async def _stats(args: argparse.Namespace) -> int:
    from tui.cli.opening import inbox_of

    async with inbox_of(args, online=False) as inbox:
        figures = await inbox.statistics.read()
        zone = inbox.now().tzinfo
    if args.json:
        from tui.inbox.export import overview

        print_json(overview(figures))
        return Exit.OK
    from tui.cli.figures import lines_of

    for line, style in lines_of(figures, zone):
        say(line, style)
    return Exit.OK
