"""``python -m tests.damage --copies 2000``: damage copies of a store in every way, and count the words that are lost.

Exits 1 where words are lost although the store or its second file is whole, where a command ends with a fault of the
program (70), where one hangs, or where what was finished would be sent again.
"""

import argparse
import math
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.damage.kinds import KINDS
from tests.damage.made import make
from tests.damage.run import BOTH, Outcome, damaged, look


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.damage")
    parser.add_argument("--copies", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=10, help="one copy in so many is read by processes")
    parser.add_argument("--seconds", type=float, default=0.0, help="stop after so long, and report what was done")
    parser.add_argument("--only", default="", help="one kind of damage")
    parser.add_argument("--show", action="store_true", help="what was printed where something is lost")
    args = parser.parse_args()
    kinds = [args.only] if args.only else [*KINDS, BOTH]
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = make(folder)
        ends = time.monotonic() + args.seconds if args.seconds else math.inf
        for at in range(args.copies):
            if time.monotonic() > ends:
                break
            home = folder / f"copy{at}"
            outcome = damaged(made, kinds[at % len(kinds)], args.seed * 1_000_000 + at, home)
            look(made, outcome, home, as_processes=args.processes > 0 and at % args.processes == args.processes - 1)
            shutil.rmtree(home)
            outcomes.append(outcome)
            wrong = outcome.lost and not outcome.kind.startswith(BOTH)
            if args.show and (wrong or outcome.resurrected or set(outcome.codes) & {70, 124}):
                print(f"--- {outcome.kind} seed {outcome.seed}: lost {outcome.lost}, again {outcome.resurrected}")
                print(outcome.said, flush=True)
    return report(outcomes, len(made.words))


def report(outcomes: list[Outcome], words: int) -> int:
    """A table by kind; 0 where all that is promised is kept."""
    head = ("texts", "lost", "again", "refused", "70", "hung")
    print(f"{'damage':36} {'copies':>6}", *(f"{name:>7}" for name in head), " exit codes")
    kinds = Counter(one.kind.partition(":")[0] for one in outcomes)
    bad = 0
    for kind, copies in kinds.items():
        its = [one for one in outcomes if one.kind.partition(":")[0] == kind]
        lost = sum(len(one.lost) for one in its)
        again = sum(len(one.resurrected) for one in its)
        codes = Counter(code for one in its for code in one.codes)
        told = " ".join(f"{code}:{count}" for code, count in sorted(codes.items()))
        refused = sum(one.refused for one in its)
        numbers = (copies * words, lost, again, refused, codes[70], codes[124])
        print(f"{kind:36} {copies:6}", *(f"{number:7}" for number in numbers), f" {told}")
        bad += (0 if kind == BOTH else lost) + again + codes[70] + codes[124]
    print(f"{len(outcomes)} copies, {len(outcomes) * words} texts; lost but for “{BOTH}”: "
          f"{sum(len(one.lost) for one in outcomes if not one.kind.startswith(BOTH))}")  # fmt: skip
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
