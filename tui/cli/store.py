"""``intercom-tui store …``: the local copy."""

import argparse

from tui.cli.failure import Exit
from tui.cli.output import plural, print_fields, print_json, say
from tui.cli.parsing import Parser, Verbs
from tui.model.labels import shell_texts


def add_arguments(parser: Parser) -> None:
    """The verbs of ``store``."""
    verbs = Verbs(parser)
    verbs.add("info", _info, "where it is, how large, and what it holds", acts=False)
    verbs.add("vacuum", _vacuum, "give unused space back to the disk", acts=True)
    verb = verbs.add("clear", _clear, "delete everything that can be downloaded again", acts=True)
    verb.add_argument("--force", action="store_true", help="also delete drafts and unsent actions (cannot be undone)")


def _info(args: argparse.Namespace) -> int:
    from tui.cli.complaint import complain
    from tui.cli.opening import chosen
    from tui.inbox.maintenance import info

    with chosen(args) as (profile, _):
        held = info(profile, complain)
    if args.json:
        import msgspec

        document = msgspec.structs.asdict(held)
        print_json({**document, "missing": held.missing or None})
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
                ("missing", held.missing),
            ]
        )
    return Exit.OK


def _vacuum(args: argparse.Namespace) -> int:
    from tui.cli.complaint import complain
    from tui.cli.opening import chosen
    from tui.inbox.maintenance import vacuum

    with chosen(args) as (profile, _):
        saved = vacuum(profile, complain)
    if args.json:
        print_json({"bytes_saved": saved})
    else:
        say((shell_texts.STORE_IS_SMALLER if saved > 0 else shell_texts.NO_UNUSED_SPACE).format(megabytes=saved / 1e6))
    return Exit.OK


def _clear(args: argparse.Namespace) -> int:
    from tui.cli.complaint import complain
    from tui.cli.opening import chosen
    from tui.inbox.maintenance import clear

    with chosen(args) as (profile, _):
        forgotten = clear(profile, complain, force=args.force)
    if args.json:
        print_json({"conversations": forgotten})
    else:
        say(f"Deleted: {plural(forgotten, 'conversation')}.")
    return Exit.OK
