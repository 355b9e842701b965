"""The command line of the hostile world; see ``--help``. Exits 0 where nothing was found."""

import argparse
import sys
import time

from tests.hostile import runs
from tests.hostile.payloads import FAMILIES


def main() -> int:
    """Run what is asked for and print a line each."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every run below, which is the default")
    parser.add_argument(
        "--run", choices=sorted(runs.RUNS), action="append", help="only this (may be given several times)"
    )
    parser.add_argument("--family", choices=sorted(FAMILIES), action="append", help="payloads of this family only")
    parser.add_argument("--count", type=int, default=2_200, help="how many payloads (default 2,200)")
    parser.add_argument("--seed", type=int, default=1, help="what is made of which")
    parser.add_argument("--answers", type=int, default=120, help="odd answers an operation (default 120)")
    parser.add_argument("--workers", type=int, default=3, help="how many programs at once (default 3)")
    args = parser.parse_args()
    wishes = runs.Wishes(
        seed=args.seed, count=args.count, families=tuple(args.family or ()), answers=args.answers, workers=args.workers
    )
    faults = 0
    for name in args.run or runs.RUNS:
        started = time.monotonic()
        report = runs.RUNS[name](wishes)
        for line in report.lines:
            print(f"{name}: {line}", flush=True)
        for wrong in report.wrong[:40]:
            print(f"{name}: FAULT {wrong}", file=sys.stderr)
        print(f"{name}: {len(report.wrong)} faults, {time.monotonic() - started:.0f} s", flush=True)
        faults += len(report.wrong)
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
