"""``python -m tests.bench [--rows NAME…] [--quick] [--size 120x40] [--json]``: the real program against its budgets.

Times are medians and 95th percentiles to the last byte that the terminal receives (for ``close`` to its effect on the
screen). Where neomutt and aerc are installed they get the same conversations as mail; (×2.00) is their time over ours.
"""

import argparse
import json
import signal
import sys

from tests.bench import mail, ours, sync
from tests.bench.budgets import BUDGETS, BY_KEY, Figure
from tests.bench.place import Place, measured
from tests.bench.report import LOW, OURS, document, table

_SYNC_ROWS = {"sync-first", "sync-delta"}
_ALWAYS_WIDE = {"memory", "idle-bytes", "idle-cpu", "calls-action", "calls-thread", *_SYNC_ROWS}
"""Rows that have nothing to do with the size of the screen, nor with low bandwidth."""


_STARTS = ("start-empty", "start-sync", "start-1k", "start-10k", "start-100k")
_ACTIONS = ("close-0", "close-200", "close-2000", "calls-action")
_GROUPS = (
    *({key} for key in _STARTS),
    {budget.key for budget in BUDGETS} - {*_STARTS, *_ACTIONS},
    *({key} for key in _ACTIONS),
)
"""Rows that are measured together: the keys are pressed in one run of a program."""


def main() -> int:
    """Measure and print; 0 when every row is within its budget, else 1."""
    args = _parse()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the stores are gigabytes: they go whatever ends us
    wanted = set(args.rows or BY_KEY)
    missed = False
    documents: list[dict[str, object]] = []
    with measured() as sandbox, Place(sandbox) as place:
        for number, size in enumerate(args.size or ["120x40", "80x24"]):
            rows = wanted if not number else wanted - _ALWAYS_WIDE
            found = _measure(place, rows, size, args)
            programs = [name for name in (OURS, LOW, *mail.PROGRAMS) if found.get(name)]
            made = document(found, size)
            documents.append(made)
            missed = missed or any(row["misses"] for row in made["rows"])  # type: ignore[attr-defined]
            if not args.json:
                print(table(found, programs, f"{size}, {args.conversations:,} conversations; median / p95"), flush=True)
                print()
    if args.json:
        json.dump(documents, sys.stdout, indent=1)
        print()
    return int(missed)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("--rows", nargs="+", choices=sorted(BY_KEY), metavar="NAME", help=", ".join(BY_KEY))
    parser.add_argument("--quick", action="store_true", help="few tries, and no store with two million parts")
    parser.add_argument("--size", action="append", choices=("120x40", "80x24"), help="only this size")
    parser.add_argument("--json", action="store_true", help="for a machine")
    parser.add_argument("--tries", type=int, default=0, help="starts a row (default 7, quick 3); six presses for each")
    parser.add_argument(
        "--conversations", type=int, default=100_000, help="in the store that keys are tried on (default 100,000)"
    )
    parser.add_argument(
        "--only", action="append", choices=(OURS, LOW, *mail.PROGRAMS), help="only this program (may be repeated)"
    )
    args = parser.parse_args()
    args.tries = args.tries or (3 if args.quick else 7)
    return args


def _measure(place: Place, wanted: set[str], size: str, args: argparse.Namespace) -> dict[str, dict[str, Figure]]:
    """Row by row, and within a row program after program: a machine that is busy for a minute is so for all of them."""
    columns, _, rows = size.partition("x")
    dimensions = (int(columns), int(rows))
    chosen = args.only or [OURS, LOW, *mail.installed()]
    found: dict[str, dict[str, Figure]] = {name: {} for name in (OURS, LOW, *mail.PROGRAMS) if name in chosen}
    box = mail.Mailbox(place.folder)
    for group in _GROUPS:
        asked = wanted & group
        if not asked:
            continue
        _say(f"{size}: {', '.join(budget.key for budget in BUDGETS if budget.key in asked)}")
        for name in found:
            if name in mail.PROGRAMS:
                found[name] |= mail.measure(
                    box, name, asked, size=dimensions, tries=args.tries, most=args.conversations
                )
                continue
            found[name] |= ours.measure(
                place,
                asked - _SYNC_ROWS - (_ALWAYS_WIDE if name == LOW else set()),
                size=dimensions,
                low_bandwidth=name == LOW,
                tries=args.tries,
                most=args.conversations,
                all_parts=not args.quick,
            )
    if OURS in found and wanted & _SYNC_ROWS:
        _say("sync")
        found[OURS] |= _sync(wanted & _SYNC_ROWS)
    return found


def _sync(wanted: set[str]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    if "sync-first" in wanted:
        first = sync.first_sync_throughput()
        found["sync-first"] = Figure(
            value=first.per_core_second,
            note=f"{first.conversations:,} conversations; {first.per_second:,.0f} a second by the clock, the sandbox's"
            f" own work included; the event loop was busy for {first.longest_ms:.0f} ms at worst",
        )
    if "sync-delta" in wanted:
        none, ten = sync.delta_sync(0), sync.delta_sync(10)
        found["sync-delta"] = Figure(
            value=none.cpu_ms,
            note=f"of the processor, {none.wall_ms:.1f} by the clock; with ten changes {ten.cpu_ms:.1f} and"
            f" {ten.wall_ms:.1f}",
        )
    return found


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
