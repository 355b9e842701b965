"""A world in which time passes only when everybody waits, and in which everything that can go wrong is chosen.

The outbox, its sender, the store on disk and the sandbox are the real ones. Only three things are not: the event loop's
clock, which jumps to the next timer instead of waiting for it; the store's writer, which works in the loop's thread, so
that a run can be repeated; and the network between client and sandbox, which obeys.
"""

import asyncio
import selectors
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from typing import TypeVar

import httpx

from tui.api.client import Intercom
from tui.api.rate_limit import Clock
from tui.inbox.changes import Changes
from tui.inbox.directory import Directory
from tui.inbox.outbox.duplicate_watch import DuplicateWatch
from tui.inbox.outbox.outbox import Outbox
from tui.inbox.outbox.steps import origin_of
from tui.inbox.outbox.undo import Undo
from tui.inbox.outbox.worker import Worker
from tui.inbox.perform import Actions
from tui.inbox.status import StatusBoard
from tui.inbox.sync.connection import Connection
from tui.inbox.sync.ingest import Ingest
from tui.inbox.sync.store_watcher import StoreWatcher
from tui.model.rows import PartRow
from tui.sandbox.app import create_app
from tui.sandbox.workspace import Workspace
from tui.store import parts
from tui.store.store import Store

T = TypeVar("T")

EPOCH = 1_790_000_000
TOKEN = "sandbox-token"
SETTLE = 15.0


class _Jumping(selectors.SelectSelector):
    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise AssertionError("everybody waits, and nothing will ever happen")
        self.now += max(0.0, timeout)
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose seconds cost nothing."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now

    def jump(self, seconds: float) -> None:
        """Time passes and nobody notices: the process was stopped."""
        self._jumping.now += seconds

    def clock(self) -> float:
        """Unix seconds of this world."""
        return EPOCH + self._jumping.now


class InlineStore(Store):
    """The store with its writer in the caller's thread: a write is done when it was asked for."""

    def _submit(self, job: "Callable[..., T]", background: bool) -> "Future[T]":
        future: Future[T] = Future()
        try:
            future.set_result(self._transact(job, background))
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits for the future
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Fault:
    """What becomes of one request: seconds until it arrives, seconds until its answer does, and what goes wrong.

    ``kind``: ``ok``, ``cut_before`` (no effect, no answer), ``cut_after`` (effect, no answer), ``late`` (no answer,
    the effect ``later`` seconds after), ``500``, ``503`` (no effect), ``500_done`` and ``502_done`` (effect),
    ``500_late``, ``502_late`` and ``504_late`` (the effect ``later`` seconds after), ``429``, ``truncated``
    (effect, half an answer), ``half`` (no effect, half an answer), ``unread`` (a web page with status 200 that
    never saw Intercom), ``page_done`` (effect, and a filter's page in place of the answer), ``407``, ``307`` (not
    passed on), ``401``, ``403`` (the token may not do this).
    """

    kind: str = "ok"
    there: float = 0.05
    back: float = 0.05
    later: float = 0.0


WRITE_FAULTS = (
    "ok", "cut_before", "cut_after", "late", "500", "503", "500_done", "502_done", "504_late", "429", "truncated",
    "unread", "refused", "half", "page_done", "407", "307", "403", "500_late", "502_late",
)  # fmt: skip
READ_FAULTS = ("ok", "cut_before", "503", "429", "truncated")


@dataclass
class Wire(httpx.AsyncBaseTransport):
    """The network and the sandbox behind it. ``writes`` and ``reads`` say what becomes of the next requests."""

    loop: VirtualLoop
    workspace: Workspace
    writes: "deque[Fault]" = field(default_factory=deque)
    reads: "deque[Fault]" = field(default_factory=deque)
    log: list[str] = field(default_factory=list)
    offline: bool = False
    answer: Callable[[httpx.Request], httpx.Response | None] = lambda request: None
    """Answers in the workspace's place, or leaves it to the workspace."""
    edit: Callable[[httpx.Request, httpx.Response], httpx.Response] = lambda request, response: response
    """What becomes of the workspace's answers."""
    received: int = 0
    """Bytes that have come in."""
    refused: bool = False
    """Every request is answered with 401, whatever it is."""
    skew: float = 0.0
    """Seconds by which Intercom's clock, as its answers tell it, is ahead of ours."""

    def __post_init__(self) -> None:
        self._inner = httpx.ASGITransport(app=create_app(self.workspace, token=TOKEN))
        self._working: set[asyncio.Task[object]] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.offline:
            raise httpx.ConnectError("no route to host")
        body = await request.aread()
        copy = httpx.Request(request.method, request.url, headers=request.headers, content=body)
        reading = request.method == "GET" or request.url.path.endswith("/search")
        planned = self.reads if reading else self.writes
        fault = Fault("401") if self.refused else planned.popleft() if planned else Fault()
        self.log.append(f"{self.loop.time():8.2f} {request.method} {request.url.path} {fault.kind}")
        # whoever asked may die: what has left is on its way all the same
        answered = self.answer(copy)
        if answered is None:
            answered = await asyncio.shield(self._spawn(self._carry(copy, fault)))
        response = self.edit(copy, answered)
        self.received += len(response.content)
        return response

    def _spawn(self, work: "Coroutine[object, object, T]") -> "asyncio.Task[T]":
        task = self.loop.create_task(work)
        self._working.add(task)
        task.add_done_callback(self._over)
        return task

    def _over(self, task: "asyncio.Task[object]") -> None:
        self._working.discard(task)
        if not task.cancelled():
            task.exception()  # seen: the one who asked may be gone

    async def settle(self) -> None:
        """Wait until nothing is on its way."""
        while self._working:
            await asyncio.wait(tuple(self._working))

    async def _carry(self, request: httpx.Request, fault: Fault) -> httpx.Response:
        await asyncio.sleep(fault.there)
        kind = fault.kind
        if kind == "cut_before":
            raise httpx.ReadError("cut")
        if kind == "429":
            reset = str(int(self.loop.clock()) + 2)
            headers = {"x-ratelimit-limit": "600", "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
            return self._answer(429, b'{"type":"error.list","errors":[]}', headers)
        if kind in ("500", "503", "504"):
            return self._answer(int(kind), b"")
        if kind == "unread":
            return self._answer(200, b"<html>Please log in to the hotel's network</html>")
        if kind == "half":
            return self._answer(200, b'{"type": "conversation", "id": "1')
        if kind in ("407", "307"):
            return self._answer(int(kind), b"<html>Log in first</html>", {"location": "http://login.test/"})
        if kind in ("401", "403"):
            return self._answer(int(kind), b'{"type":"error.list","errors":[{"code":"x","message":"No scope"}]}')
        if kind == "refused":
            return self._answer(422, b'{"type":"error.list","errors":[{"code":"no","message":"Not like this"}]}')
        if kind in ("late", "500_late", "502_late", "504_late"):
            self._spawn(self._effect_after(request, fault.later))
            await asyncio.sleep(fault.back)
            if kind == "late":
                raise httpx.ReadError("cut")
            return self._answer(int(kind[:3]), b"")
        answer = await self._effect(request)
        await asyncio.sleep(fault.back)
        if kind == "cut_after":
            raise httpx.ReadError("cut")
        if kind in ("500_done", "502_done"):
            return self._answer(int(kind[:3]), b"")
        if kind == "page_done":
            return self._answer(403, b"<html>This answer was found wanting</html>", {"content-type": "text/html"})
        content = answer.content[: len(answer.content) // 2] if kind == "truncated" else answer.content
        return self._answer(answer.status_code, content)

    def _date(self) -> str:
        return formatdate(self.loop.clock() + self.skew, usegmt=True)

    async def _effect_after(self, request: httpx.Request, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._effect(request)

    async def _effect(self, request: httpx.Request) -> httpx.Response:
        request.headers.pop("accept-encoding", None)
        answer = await self._inner.handle_async_request(request)
        await answer.aread()
        answer.headers["date"] = self._date()
        return answer

    def _answer(self, status: int, content: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        dated = {"date": self._date(), "content-type": "application/json"}
        return httpx.Response(status, headers={**dated, **(headers or {})}, content=content)


class Program:
    """One process as far as the outbox goes: a store connection, a client, a sender with a name of its own."""

    def __init__(
        self, loop: VirtualLoop, path: Path, wire: httpx.AsyncBaseTransport, owner: str, dead: set[str], me: str,
        *, settle: float = SETTLE, undo: float = 5.0,
    ) -> None:  # fmt: skip
        self.loop = loop
        self.owner = owner
        self.store = InlineStore.open(path)
        self.changes = Changes()
        self.board = StatusBoard(self.changes)
        self.directory = Directory(self.store)
        self.box = Outbox(
            self.store, self.changes, self.board, undo_seconds=undo, origin=origin_of("app", owner),
            admin_name=lambda: "Me", clock=loop.clock,
        )  # fmt: skip
        self.undo = Undo(self.box, clock=loop.clock, is_dead=dead.__contains__)
        self.connection = Connection(lambda _: self.client, self.board)
        self.client = Intercom(
            "http://127.0.0.1:9", TOKEN, transport=wire, clock=Clock(loop.time, loop.clock, asyncio.sleep)
        )
        self.connection.client = self.client
        self.ingest = Ingest(self.store, self.changes, self.box, self.directory.name_of, clock=loop.clock)
        self.actions = Actions(self.store, self.box, self.directory, lambda: me)
        self.worker = Worker(
            self.store, self.box, self.ingest, self.connection, self.board, settle_seconds=settle, stale_guard=True,
            clock=loop.clock, owner=owner, is_dead=dead.__contains__,
        )  # fmt: skip
        self.duplicate_watch = DuplicateWatch(
            self.store, self.box, self.ingest, self.connection, self.changes, clock=loop.clock
        )
        self.tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self.spawn(self.worker.run())
        self.spawn(self.duplicate_watch.run())
        self.spawn(StoreWatcher(self.store, self.changes).run())

    def spawn(self, work: "Coroutine[object, object, None]") -> None:
        self.tasks.append(self.loop.create_task(work))

    def parts_of(self, conversation_id: str) -> list[PartRow]:
        """A thread as the screen shows it."""
        return parts.of_conversation(self.store.reader, conversation_id)

    async def die(self) -> None:
        """Stop where it stands: nothing more is written."""
        setattr(self.store, "_transact", _dead)  # noqa: B010 - a dead process writes nothing
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.client.aclose()
        self.store.close()


def _dead(*_: object) -> object:
    raise AssertionError("a dead process wrote to the store")


class World:
    """A workspace, a network and one program on a store, for tests that say step by step what happens."""

    def __init__(self, folder: Path, *, conversations: int = 3) -> None:
        self.loop = VirtualLoop()
        asyncio.set_event_loop(self.loop)
        self.folder = folder
        self.workspace = Workspace(1, conversations, now=self.loop.clock)
        self.wire = Wire(self.loop, self.workspace)
        self.me = str(self.workspace.me.id)
        self.cids = [str(one.id) for one in self.workspace.conversations]
        self.cid = self.cids[0]
        self.dead: set[str] = set()
        self.programs: list[Program] = []
        self.born = 0
        self.program = self.start()
        self.run(self._fill())
        self.requests_at_start = len(self.wire.log)

    async def _fill(self) -> None:
        for cid in self.cids:
            await self.program.ingest.conversation(await self.program.client.conversations.get(cid))

    def start(self) -> Program:
        """Another program on the same store."""
        self.born += 1
        name = f"program {self.born}"
        program = Program(self.loop, self.folder / "s.db", self.wire, name, self.dead, self.me)
        program.start()
        self.programs.append(program)
        return program

    def run(self, work: "Coroutine[object, object, T]") -> T:
        """Run until it is done; its result."""
        return self.loop.run_until_complete(work)

    def wait(self, seconds: float) -> None:
        """Let so much time pass."""
        self.run(asyncio.sleep(seconds))

    def kill(self, program: Program, *, known: bool = True) -> None:
        """SIGKILL; ``known``: that the process is gone can be told by others."""
        self.run(program.die())
        self.programs.remove(program)
        if known:
            self.dead.add(program.owner)

    def sent(self, what: str = "") -> list[str]:
        """The writes that reached the network since the start: ``POST /…/reply ok``."""
        lines = [line.split(maxsplit=1)[1] for line in self.wire.log[self.requests_at_start :]]
        return [line for line in lines if not line.startswith("GET") and what in line]

    def read(self) -> list[str]:
        """The reads since the start."""
        lines = [line.split(maxsplit=1)[1] for line in self.wire.log[self.requests_at_start :]]
        return [line for line in lines if line.startswith("GET /conv")]

    def bodies(self, cid: str = "") -> list[str]:
        """What is said in the workspace's conversation, oldest first."""
        conversation = self.workspace.conversations.get(cid or self.cid)
        return [part.body or "" for part in self.workspace.conversations.parts(conversation)]

    def close(self) -> None:
        """End everything."""
        for program in self.programs:
            self.run(program.die())
        self.run(self.wire.settle())
        self.run(self.loop.shutdown_asyncgens())
        asyncio.set_event_loop(None)
        self.loop.close()
