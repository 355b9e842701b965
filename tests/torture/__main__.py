"""The command line of the torture test; see ``--help``. Exits 0 where nothing was lost, sent twice or out of order."""

import argparse
import sys

from tests.torture.run import FAULTS, Wishes, run


def main() -> int:
    """Run it and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how often to SIGKILL a program (default 200)")
    parser.add_argument("--actions", type=int, default=0, help="how many actions (default 2 a kill, at least 200)")
    parser.add_argument("--programs", type=int, default=1, help="programs that work on the one store (default 1)")
    parser.add_argument("--seed", type=int, default=1, help="what is killed when, and what goes wrong")
    parser.add_argument("--faults", default=FAULTS, help=f"what goes wrong (default {FAULTS})")
    parser.add_argument("--latency", type=int, default=10, help="milliseconds added to each answer (default 10)")
    parser.add_argument("--settle", type=float, default=2.0, help="[outbox] settle_seconds (default 2)")
    parser.add_argument("--minutes", type=float, default=12.0, help="give up after this long (default 12)")
    parser.add_argument("--tui", action="store_true", help="drive the real screen in a pseudo-terminal, by keys")
    args = parser.parse_args()
    wishes = Wishes(
        kills=args.kills, actions=args.actions, programs=args.programs, seed=args.seed, faults=args.faults,
        latency_ms=args.latency, settle=args.settle, minutes=args.minutes, verbose=True,
    )  # fmt: skip
    if args.tui:
        from tests.torture.screen import run as run_screen

        outcome = run_screen(wishes)
    else:
        outcome = run(wishes)
    for line in (*outcome.count.lost, *outcome.count.twice, *outcome.count.disorder, *outcome.decisions):
        print(line, file=sys.stderr)
    print(outcome.sentence())
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    raise SystemExit(main())
