"""The command line of the torture test; see ``--help``. Exits 0 where nothing was lost, sent twice or out of order."""

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.torture.run import FAULTS, Outcome, Wishes, run


def _guard(args: argparse.Namespace) -> int:
    from tests.torture import guard

    faults = guard.FAULTS if args.faults == FAULTS else args.faults
    tally = guard.run(args.guard, seed=args.seed, faults=faults, minutes=args.minutes, stored_counts=args.stored_counts)
    for line in tally.passed[:20]:
        print(line, file=sys.stderr)
    print(tally.sentence())
    return 1 if tally.passed or tally.rounds < args.guard else 0


def _late(args: argparse.Namespace) -> int:
    from tests.torture import late

    low, high = late.parse(args.late)
    outcome = late.run(
        late.Wishes(
            low, high, actions=args.actions or 200, programs=max(2, args.programs), seed=args.seed,
            kills=0 if args.kills == 200 else args.kills, patience=args.patience, scale=args.scale,
            minutes=args.minutes,
        )
    )  # fmt: skip
    for line in (*outcome.lost, *outcome.silent, *([] if outcome.beyond else outcome.twice)):
        print(line, file=sys.stderr)
    print(outcome.sentence())
    return 0 if outcome.is_good else 1


def main() -> int:
    """Run it and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how often to SIGKILL a program (default 200)")
    parser.add_argument("--actions", type=int, default=0, help="how many actions (default 2 a kill, at least 200)")
    parser.add_argument("--programs", type=int, default=2, help="programs that work on the one store (default 2)")
    parser.add_argument("--no-shell", action="store_true", help="no commands in a shell beside them")
    parser.add_argument(
        "--no-screen", action="store_true", help="not the real screen, which takes a tenth of the kills"
    )
    parser.add_argument("--seed", type=int, default=1, help="what is killed when, and what goes wrong")
    parser.add_argument("--faults", default=FAULTS, help=f"what goes wrong (default {FAULTS})")
    parser.add_argument("--latency", type=int, default=10, help="milliseconds added to each answer (default 10)")
    parser.add_argument("--settle", type=float, default=2.0, help="[outbox] settle_seconds (default 2)")
    parser.add_argument("--minutes", type=float, default=0.0, help="give up after so long (default 12 or more)")
    parser.add_argument("--tui", action="store_true", help="only the real screen in a pseudo-terminal, by keys")
    parser.add_argument("--guard", type=int, default=0, metavar="N", help="N replies while others write, instead")
    parser.add_argument(
        "--stored-counts",
        action="store_true",
        help="with --guard: take what is stored for seen, to be found out",
    )
    parser.add_argument("--late", default="", metavar="A..B", help="words that land A to B seconds late, instead")
    parser.add_argument("--patience", type=float, default=120.0, help="with --late: settle_seconds (default 120)")
    parser.add_argument("--scale", type=float, default=1.0, help="with --late: what all seconds are multiplied by")
    args = parser.parse_args()
    args.minutes = args.minutes or max(12.0, args.kills * 0.03)
    if args.late:
        return _late(args)
    if args.guard:
        return _guard(args)
    wishes = Wishes(
        kills=args.kills, actions=args.actions, programs=args.programs, shell=not args.no_shell, seed=args.seed,
        faults=args.faults, latency_ms=args.latency, settle=args.settle, minutes=args.minutes, verbose=True,
    )  # fmt: skip
    good = True
    for name, outcome in _outcomes(wishes, with_screen=args.tui or not args.no_screen, only_screen=args.tui):
        for line in (*outcome.count.lost, *outcome.count.twice, *outcome.count.disorder, *outcome.decisions):
            print(f"{name}: {line}", file=sys.stderr)
        print(f"{name}: {outcome.sentence()}", flush=True)
        good = good and outcome.is_good
    return 0 if good else 1


def _outcomes(wishes: Wishes, *, with_screen: bool, only_screen: bool) -> Iterator[tuple[str, Outcome]]:
    """What came of it by face, which run side by side, each on a store of its own."""
    from tests.torture.screen import run as run_screen

    lives = 0 if not with_screen else wishes.kills if only_screen else wishes.kills // 10
    with ThreadPoolExecutor() as pool:
        screen = pool.submit(run_screen, replace(wishes, kills=lives)) if with_screen else None
        if not only_screen:
            yield "programs and shell", run(replace(wishes, kills=wishes.kills - lives))
        if screen is not None:
            yield "screen", screen.result()


if __name__ == "__main__":
    raise SystemExit(main())
