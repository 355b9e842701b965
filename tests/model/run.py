"""One run of the real sender, outbox and watcher in virtual time, with faults at chosen points; the workspace judges.

A point is an instant at which a program touches the world: it commits a move of an action, or sends a request. Points
are numbered in the order in which they come, so that a run is told by its faults alone: ``((3, "crash"), (7, "cut"))``.
"""

import asyncio
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from tests.inbox.virtual import Fault, Program, VirtualLoop, Wire
from tui.sandbox.workspace import Workspace
from tui.store import outbox

PATIENCE = 120.0
SOON, LATE = 70.0, 170.0
"""Seconds after which late effects land: within the patience, and beyond it."""
STALL = 97.0
"""Seconds for which a program that is stopped does nothing: longer than a lease."""

Fork = tuple[int, str]
"""A fault at a point."""

_ANYWHERE = ("crash", "vanish", "stall")
_MOVES = _ANYWHERE
_WRITES = (*_ANYWHERE, "crash_after", "cut", "cut_done", "500", "500_soon", "504_soon", "504_late", "unread")
_READS = (*_ANYWHERE, "cut")
_FATES = {
    "cut": Fault("cut_before"),
    "cut_done": Fault("cut_after"),
    "500": Fault("500"),
    "500_soon": Fault("500_late", later=SOON),
    "504_soon": Fault("504_late", later=SOON),
    "504_late": Fault("504_late", later=LATE),
    "unread": Fault("truncated"),
}
_MARK = re.compile(r"mark\d+end")
_END = 1500.0
_WATCHED = 130.0


class Point(NamedTuple):
    """Which program was at what: ``move``, ``write`` or ``read``."""

    program: int
    kind: str
    state: tuple[object, ...] = ()
    """The system's state then, with how many half minutes each action has been unknown."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What can go wrong here."""
        return {"move": _MOVES, "write": _WRITES, "read": _READS}[self.kind]


@dataclass
class Verdict:
    """What a run came to; ``wrong`` says what must not be. ``states`` are the states of the system that were met."""

    points: list[Point] = field(default_factory=list)
    states: set[tuple[object, ...]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    doubles: int = 0


class _Tap(httpx.AsyncBaseTransport):
    """A program's way to the network."""

    def __init__(self, run: "Run", program: int) -> None:
        self._run = run
        self._program = program

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/me":
            return await self._run.wire.handle_async_request(request)
        kind = "read" if request.method == "GET" else "write"
        fault = await self._run.point(self._program, kind)
        if fault == "crash_after":
            body = await request.aread()
            copy = httpx.Request(request.method, request.url, headers=request.headers, content=body)
            self._run.wire._spawn(self._run.wire._carry(copy, Fault("ok")))
            await self._run.end(self._program, known=True)
        planned = self._run.wire.reads if kind == "read" else self._run.wire.writes
        planned.append(_FATES.get(fault, Fault()))
        return await self._run.wire.handle_async_request(request)


class Run:
    """A workspace, a store, two programs that are started anew when they die, and two actions, one of each program."""

    def __init__(self, faults: tuple[Fork, ...], scene: str, spoil: Callable[[Program], None] | None) -> None:
        self.loop = VirtualLoop()
        asyncio.set_event_loop(self.loop)
        self.verdict = Verdict()
        self._faults = dict(faults)
        self._late = any(fault == "504_late" for _, fault in faults)
        self._scene = scene
        self._spoil = spoil
        self._folder = Path(tempfile.mkdtemp(prefix="model-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self._workspace = Workspace(1, 2, now=self.loop.clock)
        self.wire = Wire(self.loop, self._workspace)
        self._dead: set[str] = set()
        self._born = 0
        self._programs: dict[int, Program] = {}
        self._stopped_until: dict[int, float] = {}
        self._endings: set[asyncio.Task[None]] = set()
        self._counting = False

    def judge(self) -> Verdict:
        """Run it to its end."""
        try:
            self.loop.run_until_complete(self._all())
        finally:
            for program in self._programs.values():
                self.loop.run_until_complete(program.die())
            self.loop.run_until_complete(self.wire.settle())
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            self.loop.close()
            shutil.rmtree(self._folder)
        return self.verdict

    async def point(self, program: int, kind: str) -> str:
        """A program is at a point: what goes wrong there, "" for nothing. Never returns to one that dies."""
        await self._while_stopped(program)
        if not self._counting:
            return ""
        number = len(self.verdict.points)
        state = self._state()
        self.verdict.points.append(Point(program, kind, (kind, *state, *self._ages())))
        self.verdict.states.add(state)
        fault = self._faults.get(number, "")
        if fault in ("crash", "vanish"):
            await self.end(program, known=fault == "crash")
        if fault == "stall":
            self._stopped_until[program] = self.loop.time() + STALL
            await self._while_stopped(program)
        return fault

    async def _while_stopped(self, program: int) -> None:
        left = self._stopped_until.get(program, 0.0) - self.loop.time()
        if left > 0:
            await asyncio.sleep(left)

    async def end(self, number: int, *, known: bool) -> None:
        """The program dies here, and another is started; ``known``: that it is gone can be told."""
        program = self._programs.pop(number)
        task = self.loop.create_task(self._bury(program, known))
        self._endings.add(task)
        await asyncio.Event().wait()

    async def _bury(self, program: Program, known: bool) -> None:
        await program.die()
        if known:
            self._dead.add(program.owner)
        self._start()

    def _start(self) -> Program:
        self._born += 1
        number = self._born
        me = str(self._workspace.me.id)
        program = Program(
            self.loop, self._folder / "s.db", _Tap(self, number), f"program {number}", self._dead, me,
            settle=PATIENCE, undo=0.0,
        )  # fmt: skip
        whole: Any = program.store.write

        async def write(job: object, *, background: bool = False) -> object:
            if background:
                await self._while_stopped(number)
            else:
                await self.point(number, "move")
            return await whole(job, background=background)

        setattr(program.store, "write", write)  # noqa: B010 - every move passes here
        if self._spoil is not None:
            self._spoil(program)
        self._programs[number] = program
        program.start()
        return program

    async def _all(self) -> None:
        first, second = self._start(), self._start()
        cids = [str(one.id) for one in self._workspace.conversations]
        for cid in cids:
            await first.ingest.conversation(await first.client.conversations.get(cid))
        contact = str(self._workspace.conversations.get(cids[0]).contacts[0].id)
        await first.actions.reply(cids[0], "Hello mark1end", force=self._scene != "guarded")
        if self._scene == "contact":
            await second.actions.note_contact(contact, "Hello mark2end")
        else:
            words = "Hello mark1end" if self._scene == "equal" else "Hello mark2end"
            cid = cids[1] if self._scene == "apart" else cids[0]
            await (
                second.actions.reply(cid, words, force=True)
                if self._scene == "equal"
                else second.actions.note(cid, words)
            )
        self._counting = True
        began = self.loop.time()
        while not self._at_rest() and self.loop.time() < began + _END:  # noqa: ASYNC110 - virtual seconds
            await asyncio.sleep(1.0)
        if self._late or self._doubles(cids, contact):
            await asyncio.sleep(_WATCHED)
        self._judge(cids, contact)

    def _reader(self) -> Any:
        return next(iter(self._programs.values())).store.reader

    def _at_rest(self) -> bool:
        if not self._programs or self.wire._working:
            return False
        return not outbox.unfinished(self._reader())

    def _said(self, cids: list[str], contact: str) -> dict[str, int]:
        conversations = self._workspace.conversations
        bodies = [part.body or "" for cid in cids for part in conversations.parts(conversations.get(cid))]
        bodies += [note.body for note in self._workspace.contacts.get(contact).notes or []]
        said = dict.fromkeys(("mark1end",) if self._scene == "equal" else ("mark1end", "mark2end"), 0)
        for body in bodies:
            for mark in _MARK.findall(body):
                said[mark] += 1
        return said

    def _doubles(self, cids: list[str], contact: str) -> int:
        meant = 2 if self._scene == "equal" else 1
        return sum(max(0, times - meant) for times in self._said(cids, contact).values())

    def _judge(self, cids: list[str], contact: str) -> None:
        meant = 2 if self._scene == "equal" else 1
        rows = outbox.recent(self._reader(), 0, 100)
        told = sum(row.kind == "redact" for row in rows)
        for mark, times in self._said(cids, contact).items():
            if times < meant:
                self.verdict.wrong.append(f"lost: {mark} {times} of {meant}")
        self.verdict.doubles = self._doubles(cids, contact)
        if self.verdict.doubles and not self._late:
            self.verdict.wrong.append(f"twice within the patience: {self._said(cids, contact)}")
        if self.verdict.doubles != told:
            self.verdict.wrong.append(f"{self.verdict.doubles} twice, {told} told")
        for row in rows:
            if row.kind != "redact" and row.state != "done":
                self.verdict.wrong.append(f"action {row.id} ends as {row.state} {row.held_for} {row.reason}")

    def _ages(self) -> tuple[int, ...]:
        if not self._programs:
            return ()
        rows = outbox.unfinished(self._reader())
        return tuple(int((self.loop.clock() - row.sent_at) // 30) for row in rows if row.settles_at)

    def _state(self) -> tuple[object, ...]:
        """The system as the protocol sees it, without times and names."""
        if not self._programs:
            return ()
        rows = outbox.recent(self._reader(), 0, 100)[::-1]
        journal = tuple(
            (row.kind, row.state, row.held_for, row.attempts, bool(row.lease_owner), row.lease_owner in self._dead,
             bool(row.baseline), row.settles_at > 0, bool(row.part_id))
            for row in rows
        )  # fmt: skip
        there = tuple(len(self._workspace.conversations.parts(one)) for one in self._workspace.conversations)
        stopped = sum(until > self.loop.time() for until in self._stopped_until.values())
        watched = self._reader().execute("SELECT count(*) FROM watches").fetchone()[0]
        return journal, there, len(self.wire._working), stopped, watched


def run(faults: tuple[Fork, ...], scene: str = "same", spoil: Callable[[Program], None] | None = None) -> Verdict:
    """One run with these faults. ``scene``: ``same`` (one conversation), ``apart``, ``equal`` (the same words, meant
    twice), ``contact`` (a note about a contact), ``guarded``. ``spoil`` breaks each program, to see that it is
    found."""
    return Run(faults, scene, spoil).judge()
