"""``python -m tests.soak [--hours 8] [--speed 24] [--idle] [--curve FILE.svg]``: a shift in the real program, sped up.

Simulated means: the workspace's clock, its dates and its people run ``--speed`` times as fast, and so do the program's
own clocks and every timer of its event loop (:mod:`tests.soak.program`): as many polls, happenings, undo windows and
ages as in those hours. The machine, the terminal and the input thread run at their own pace; processor time is counted
against simulated time.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.soak import curve
from tests.soak.judge import judge
from tests.soak.run import Wishes, run


def main() -> int:
    """Run and judge; 0 when everything is within its bounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("--hours", type=float, default=8.0, help="simulated hours (default 8)")
    parser.add_argument("--speed", type=float, default=24.0, help="simulated seconds in one (default 24)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--conversations", type=int, default=400, metavar="N")
    parser.add_argument(
        "--rest", type=float, default=4.0, metavar="S", help="simulated seconds between keys (default 4)"
    )
    parser.add_argument("--idle", action="store_true", help="a night: no keys at all")
    parser.add_argument("--quiet-desk", action="store_true", help="nobody in the workspace does anything")
    parser.add_argument("--demo", action="store_true", help="the workspace in the program's own process")
    parser.add_argument("--trace", action="store_true", help="with tracemalloc, which itself takes memory")
    parser.add_argument("--curve", metavar="FILE", help="draw the samples: an SVG, and a PNG beside it")
    parser.add_argument("--json", metavar="FILE", help="write samples and the process's reports")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    wishes = Wishes(
        hours=args.hours, speed=args.speed, seed=args.seed, conversations=args.conversations, rest=args.rest,
        idle=args.idle, trace=args.trace, demo=args.demo, live=not args.quiet_desk, verbose=args.verbose,
    )  # fmt: skip
    started = time.monotonic()
    outcome = run(wishes)
    if args.json:
        document = {"samples": [one.document() for one in outcome.samples], "reports": outcome.reports}
        Path(args.json).write_text(json.dumps(document, indent=1))
    if args.curve:
        curve.draw(outcome.samples, Path(args.curve))
    findings, misses = judge(wishes, outcome)
    print(f"{wishes.hours:g} simulated hours in {time.monotonic() - started:.0f} s, seed {wishes.seed}")
    print(*findings, sep="\n")
    for miss in misses:
        print(f"MISSED: {miss}", file=sys.stderr)
    return int(bool(misses))


if __name__ == "__main__":
    raise SystemExit(main())
