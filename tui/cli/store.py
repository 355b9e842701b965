"""``intercom-tui store …``: the local copy."""

import argparse
from typing import TYPE_CHECKING

from tui.cli.failure import Exit
from tui.cli.output import plural, print_fields, print_json, say
from tui.cli.parsing import Parser, Verbs

if TYPE_CHECKING:
    from tui.store.store import Store


def add_arguments(parser: Parser) -> None:
    """The verbs of ``store``."""
    verbs = Verbs(parser)
    verbs.add("info", _info, "where it is, how large, and what it holds")
    verbs.add("vacuum", _vacuum, "give unused space back to the disk")
    verb = verbs.add("clear", _clear, "forget everything that can be fetched again")
    verb.add_argument("--force", action="store_true", help="also drafts and actions that were not sent: for good")


def _opened(args: argparse.Namespace) -> "Store":
    from tui.cli.wiring import open_store, settle

    return open_store(settle(args))


def _info(args: argparse.Namespace) -> int:
    from tui.store.care import info

    store = _opened(args)
    try:
        held = info(store)
    finally:
        store.close()
    if args.json:
        import msgspec

        print_json(msgspec.structs.asdict(held))
    else:
        print_fields(
            [
                ("path", held.path),
                ("workspace", held.workspace or "(none yet)"),
                ("size", f"{held.bytes / 1e6:,.1f} MB"),
                ("version", str(held.version)),
                ("conversations", f"{held.conversations:,}"),
                ("parts", f"{held.parts:,}"),
                ("contacts", f"{held.contacts:,}"),
                ("drafts", f"{held.drafts:,}"),
                ("unsent", plural(held.unsent, "action")),
            ]
        )
    return Exit.OK


def _vacuum(args: argparse.Namespace) -> int:
    from tui.store.care import vacuum

    store = _opened(args)
    try:
        saved = vacuum(store)
    finally:
        store.close()
    if args.json:
        print_json({"bytes_saved": saved})
    else:
        say(f"The store is {saved / 1e6:,.1f} MB smaller." if saved > 0 else "There was no unused space.")
    return Exit.OK


def _clear(args: argparse.Namespace) -> int:
    from tui.store.care import clear

    store = _opened(args)
    try:
        forgotten = clear(store, force=args.force)
    finally:
        store.close()
    if args.json:
        print_json({"conversations": forgotten})
    else:
        say(f"Forgotten: {plural(forgotten, 'conversation')}.")
    return Exit.OK
