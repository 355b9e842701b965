"""Every run with up to so many faults: each run tells the points at which another could go wrong."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from tests.inbox.virtual import Program
from tests.model.run import Fork, Point, run
from tui.api.client import Intercom
from tui.inbox.actions.base import Action, Baseline
from tui.inbox.outbox import delivery_check as looking
from tui.model.outbox import State
from tui.model.rows import OutboxRow

SCENES = ("same", "apart", "equal", "contact", "guarded")


@dataclass
class Tally:
    """What the runs came to. ``states``: hashes of the distinct states of the system."""

    runs: int = 0
    points: int = 0
    doubles: int = 0
    same: int = 0
    """Faults left out, as they were tried in the same state."""
    states: set[bytes] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    is_whole: bool = True
    """Whether every run was made, and the time sufficed."""

    def add(self, other: "Tally") -> None:
        """Take in another's runs."""
        self.runs += other.runs
        self.points += other.points
        self.doubles += other.doubles
        self.same += other.same
        self.states |= other.states
        self.wrong += other.wrong
        self.is_whole = self.is_whole and other.is_whole

    def sentence(self) -> str:
        """One line."""
        cut = "" if self.is_whole else ", NOT ALL in the time given"
        return (
            f"{self.runs} runs ({self.same} more in a state met before), {self.points} points, "
            f"{len(self.states)} states, {self.doubles} doubles beyond the patience, all told; "
            f"{len(self.wrong)} wrong, {self.seconds:.0f} s{cut}"
        )


def blind(program: Program) -> None:
    """A sender that does not look before it sends a second time: the model must find that out."""

    async def no_look(row: OutboxRow, action: Action, client: Intercom) -> Baseline:
        return looking.stored_baseline(program.store.reader, client, action)

    async def no_settling(row: OutboxRow, action: Action) -> None:
        await program.worker._claims.claim(row, (State.UNKNOWN,), State.UNKNOWN)
        await program.worker._claims.move(row, State.QUEUED)

    setattr(program.worker, "_look_before", no_look)  # noqa: B010 - broken on purpose
    setattr(program.worker, "_settle", no_settling)  # noqa: B010


def below(
    faults: tuple[Fork, ...], depth: int, scene: str, until: float, spoil: Callable[[Program], None] | None = None,
    *, every_point: bool = False,
) -> Tally:  # fmt: skip
    """The run with these faults, and all with up to ``depth`` more that come after them.

    A fault in a state in which it was tried before (with as many faults left) is left out unless ``every_point``.
    """
    tally = Tally()
    todo = [(faults, depth)]
    met: set[tuple[object, ...]] = set()
    while todo:
        if time.monotonic() > until:
            tally.is_whole = False
            break
        at, left = todo.pop()
        verdict = run(at, scene, spoil)
        tally.runs += 1
        tally.points += len(verdict.points)
        tally.doubles += verdict.doubles
        tally.states |= {hashlib.blake2b(repr(one).encode(), digest_size=8).digest() for one in verdict.states}
        tally.wrong += [f"{scene} {at}: {one}" for one in verdict.wrong]
        for fork in _forks(at, verdict.points) if left else ():
            key = (*verdict.points[fork[0]].state, fork[1], left)
            if not every_point and key in met:
                tally.same += 1
                continue
            met.add(key)
            todo.append(((*at, fork), left - 1))
    return tally


def _forks(at: tuple[Fork, ...], points: Sequence[Point]) -> Iterator[Fork]:
    after = at[-1][0] + 1 if at else 0
    for number, point in enumerate(points):
        if number >= after:
            yield from ((number, fault) for fault in point.faults)


def explore(
    depth: int, scenes: tuple[str, ...] = SCENES, *, minutes: float = 60.0, workers: int = 0, every_point: bool = False
) -> Tally:
    """All runs of these scenes with up to ``depth`` faults, in ``workers`` processes (0: one a core)."""
    began = time.monotonic()
    until = began + minutes * 60
    tally = Tally()
    jobs: list[tuple[tuple[Fork, ...], int, str]] = []
    for scene in scenes:
        first = below((), 0, scene, until, None)
        tally.add(first)
        if depth:
            jobs += [((fork,), depth - 1, scene) for fork in _forks((), run((), scene).points)]
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        for found in pool.map(_below, jobs, [until] * len(jobs), [every_point] * len(jobs), chunksize=1):
            tally.add(found)
    tally.seconds = time.monotonic() - began
    return tally


def _below(job: tuple[tuple[Fork, ...], int, str], until: float, every_point: bool) -> Tally:
    return below(*job, until, every_point=every_point)


def bites(scenes: tuple[str, ...] = ("same", "contact")) -> list[str]:
    """What is found wrong with the blind sender, at one fault."""
    wrong: list[str] = []
    for scene in scenes:
        wrong += below((), 1, scene, time.monotonic() + 600, blind).wrong
    return wrong
