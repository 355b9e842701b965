"""Explores every run of two programs with two actions and up to ``--depth`` faults, and says how many there were.

Faults come at any point at which a program commits a move of an action or sends a request: it is killed (others can
tell or cannot, so that its lease must run out), stopped for longer than a lease, killed right after the request left,
the connection is cut before or after the effect, a 500 or 504 is answered and the effect lands 70 or 170 seconds later
(the patience is 120), or the answer cannot be read. Exits 0 where nothing was lost, nothing sent twice within the
patience, nothing twice in silence, and the blind sender was found out.
"""

import argparse
import sys

from tests.model.explore import SCENES, bites, explore


def main() -> int:
    """Run it and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    parser.add_argument("--depth", type=int, default=1, help="faults a run, at most (default 1)")
    parser.add_argument(
        "--scenes", default=",".join(SCENES), help=f"which pairs of actions (default {','.join(SCENES)})"
    )
    parser.add_argument("--minutes", type=float, default=60.0, help="stop after this long (default 60)")
    parser.add_argument("--workers", type=int, default=0, help="processes (default: one a core)")
    parser.add_argument("--every-point", action="store_true", help="also faults in states in which they were tried")
    args = parser.parse_args()
    found = bites(("same",))
    print(f"a sender that does not look: {len(found)} faults found, such as {found[0] if found else 'none'}")
    tally = explore(
        args.depth, tuple(args.scenes.split(",")), minutes=args.minutes, workers=args.workers,
        every_point=args.every_point,
    )  # fmt: skip
    for line in tally.wrong[:40]:
        print(line, file=sys.stderr)
    print(tally.sentence())
    return 1 if tally.wrong or not found or not tally.is_whole else 0


if __name__ == "__main__":
    raise SystemExit(main())
