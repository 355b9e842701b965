"""What commands say of the actions they took."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.doing import Outcome
from tui.cli.failure import Exit
from tui.cli.output import print_json, say

if TYPE_CHECKING:
    from tui.cli.wiring import Desk


def report(outcomes: Sequence[Outcome], desk: "Desk", *, as_json: bool, as_list: bool = False) -> int:
    """Print each outcome: what was done on stdout, what was not on stderr; return the exit code of the worst.

    ``as_list`` prints a JSON array, whatever the number.
    """
    from tui.cli.main import complain

    if as_json:
        shapes = [outcome.shape() for outcome in outcomes]
        print_json(shapes if as_list else shapes[0])
    for outcome in outcomes:
        if outcome.code is Exit.OK:
            if not as_json:
                say(outcome.sentence())
            continue
        if outcome.came_in:
            _show_came_in(outcome, desk)
        complain(outcome.sentence())
    return max((outcome.code for outcome in outcomes), default=Exit.OK)


def _show_came_in(outcome: Outcome, desk: "Desk") -> None:
    from tui.cli.thread_text import lines_of

    for line in lines_of(outcome.came_in, desk.setup.now()):
        print(line, file=sys.stderr)
