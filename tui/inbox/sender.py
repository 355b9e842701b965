"""The worker that empties the outbox: exactly once, in order within a conversation, conversations in parallel.

The rule that everything here serves: a request may leave only from a journaled ``sending`` with a lease of ours, and
after an answer that never came only a look at the conversation decides whether it may leave again.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, TypeVar

from tui.api.errors import (
    AnswerError,
    ApiError,
    AuthError,
    IntercomError,
    NoAnswer,
    NotFoundError,
    NotSent,
    RateLimitedError,
    ServerError,
)
from tui.inbox import actions as acts
from tui.inbox import lease, looking, settle, wire
from tui.inbox.actions import Action
from tui.inbox.intake import Intake
from tui.inbox.link import Link
from tui.inbox.outbox import Outbox
from tui.inbox.status import StatusBoard
from tui.store import outbox, parts, people
from tui.store.errors import StoreError
from tui.store.rows import OutboxRow
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.api.client import Intercom

T = TypeVar("T")

PARALLEL = 4
"""Conversations that are sent to at once."""

_BACKOFF = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
_SETTLE_BACKOFF = (0.3, 0.7, 1.5, 3.0, 5.0)
_IDLE = 5.0
_STARTING = 0.1


class Sender:
    """Sends what the outbox holds, as long as :meth:`run` runs."""

    def __init__(
        self,
        store: Store,
        box: Outbox,
        intake: Intake,
        link: Link,
        board: StatusBoard,
        *,
        settle_seconds: float,
        stale_guard: bool,
        clock: Callable[[], float] = time.time,
        owner: str = "",
        is_dead: Callable[[str], bool] = lease.is_dead,
    ) -> None:
        self._store = store
        self._box = box
        self._intake = intake
        self._board = board
        self._link = link
        self._settle_seconds = settle_seconds
        self._stale_guard = stale_guard
        self._clock = clock
        self._owner = owner or lease.owner_name()
        self._is_dead = is_dead
        self._right_workspace: bool | None = None
        self._wake = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._offline_until = 0.0
        self._failures = 0
        self._looks: dict[int, int] = {}
        box.wake = self._wake.set
        link.on_back.append(self.online)

    async def run(self) -> None:
        """Send until cancelled. What is on its way when that happens is settled by the next start."""
        try:
            while True:
                self._wake.clear()
                try:
                    delay = await self._dispatch()
                except StoreError as error:
                    # another program may hold the store for a while; what is journaled can wait
                    self._board.set(error=str(error))
                    delay = _IDLE
                # not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the event
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(delay):
                        await self._wake.wait()
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def drain(self, outbox_id: int) -> OutboxRow | None:
        """Wait until one action is finished, rejected or needs a person; return its row."""
        while True:
            row = self._box.get(outbox_id)
            if row is None or row.state in ("done", "rejected", "undone", "discarded"):
                return row
            if row.state == "held" and row.held_for != "undo":
                return row
            if self._board.now.link in ("offline", "refused"):
                return row
            await asyncio.sleep(0.02)

    def online(self) -> None:
        """The link works again: everything that waited for it may leave."""
        self._failures = 0
        if self._offline_until:
            self._offline_until = 0.0
            self._wake.set()

    async def _dispatch(self) -> float | None:
        """Start whatever may start now; return the seconds until something else may."""
        rows = self._box.pending()
        if not rows:
            return None
        client = self._link.client
        if client is None:
            return _STARTING
        if self._offline_until > self._clock():
            return self._offline_until - self._clock()
        if not self._right_workspace and not await self._is_right_workspace(client):
            return None if self._right_workspace is False else max(_STARTING, self._offline_until - self._clock())
        now = self._clock()
        next_at = now + _IDLE
        seen: set[str] = set()
        for row in rows:
            action = acts.decode(row.payload)
            target = action.target
            if target in seen:
                continue
            if row.state == "rejected" and not action.carries_text:
                # a refused tag or assignment was rolled back and keeps nothing waiting
                continue
            seen.add(target)
            if target in self._busy:
                continue
            due = await self._due(row, now)
            if due is None:
                continue
            if due > now:
                next_at = min(next_at, due)
            elif len(self._busy) < PARALLEL:
                self._start(target, row, action)
        return max(0.01, next_at - now)

    async def _due(self, row: OutboxRow, now: float) -> float | None:
        """When something should be done about a row (Unix seconds), None while only a person can."""
        if row.state == "rejected" or (row.state == "held" and row.held_for != "undo"):
            return None
        if row.lease_owner and row.lease_owner != self._owner:
            if row.lease_until > now and not self._is_dead(row.lease_owner):
                return min(row.lease_until, now + _IDLE)
            await self._inherit(row)
            return now
        if row.state == "sending" and row.lease_owner == self._owner:
            # ours, yet no task of ours works on it: a store error came between
            await self._inherit(row)
            return now
        return row.due_at

    async def _inherit(self, row: OutboxRow) -> None:
        """Take over what a dead worker left: its request may have left a moment before it died."""

        await self._store.write(lambda db: outbox.inherit(db, row, self._clock()))
        self._box.announce(row.conversation_id)

    async def _is_right_workspace(self, client: Intercom) -> bool:
        """Nothing of this store may go to another workspace, where the same numbers are other people's."""
        known = people.meta(self._store.reader, "workspace")
        try:
            there = self._link.workspace or (await client.me()).app.id_code
        except IntercomError as error:
            self._link.failed(error)
            self._later(error)
            self._offline_until = max(self._offline_until, self._clock() + 1)
            return False
        self._right_workspace = not (known and there) or known == there
        if not self._right_workspace:
            self._board.set(
                link="refused",
                error=f"Nothing is sent: this store belongs to workspace {known}, the token to {there}.",
            )
        return self._right_workspace

    def _start(self, target: str, row: OutboxRow, action: Action) -> None:
        work = self._settle(row, action) if row.state == "unsure" else self._send(row, action)
        task = asyncio.get_running_loop().create_task(work, name=f"outbox-{row.id}")
        self._busy[target] = task

        def finished(done: asyncio.Task[None]) -> None:
            self._busy.pop(target, None)
            self._wake.set()
            if not done.cancelled() and (error := done.exception()) is not None:
                self._board.set(error=f"The outbox could not go on: {error}")
                self._offline_until = self._clock() + _IDLE

        task.add_done_callback(finished)

    async def _claim(self, row: OutboxRow, from_states: tuple[str, ...], to_state: str, baseline: bytes = b"") -> bool:
        now = self._clock()

        def job(db: sqlite3.Connection) -> bool:
            got = outbox.claim(
                db, row.id, from_states=from_states, to_state=to_state, owner=self._owner, now=now,
                lease_until=now + lease.SECONDS, sent_at=now if to_state == "sending" else None,
            )  # fmt: skip
            if got and baseline:
                db.execute("UPDATE outbox SET baseline = ? WHERE id = ?", (baseline, row.id))
            return got

        got = await self._store.write(job)
        if got:
            self._box.announce(row.conversation_id)
        return got

    async def _send(self, row: OutboxRow, action: Action) -> None:
        client = self._link.client
        if client is None or not await self._claim(row, ("held", "ready"), "ready"):
            return
        baseline = self._stored_baseline(client, action)
        tried = acts.decode_baseline(row.baseline) if action.carries_text and not action.contact_id else None
        if tried is not None or self._guards(row, action):
            try:
                model = await self._leased(row, client.conversations.get(action.conversation_id))
            except IntercomError as error:
                await self._not_sent(row, action, error)
                return
            await self._intake.conversation(model)
            if tried is not None:
                # an earlier attempt may have arrived after all, later than anyone could expect
                late = settle.find_part(model, action, tried, self._claimed(action), row.sent_at)
                if late is not None:
                    await self._intake.finished(row, action, model, late)
                    return
            new = settle.strangers(model, action) if self._guards(row, action) else []
            if new:
                await self._hold_stale(row, [part.author.name or part.author.email or part.author.type for part in new])
                return
            baseline = settle.baseline_of(model)
        before = self._clock()
        if not await self._claim(row, ("ready",), "sending", acts.encode(baseline)):
            return
        if self._clock() - before > lease.SECONDS / 2:
            # we were stopped in between: another program may have taken over, and only a look can tell
            return
        try:
            answer = await self._leased(row, wire.send(client, action))
        except IntercomError as error:
            await self._failed(row, action, error)
        else:
            self._reached()
            part_id = ""
            from tui.api.models import Conversation, Note  # loaded with the client

            if isinstance(answer, Conversation):
                part_id = settle.find_part(answer, action, baseline, self._claimed(action), row.created_at) or ""
            elif isinstance(answer, Note):
                part_id = answer.id
            await self._intake.finished(row, action, answer, part_id)

    async def _settle(self, row: OutboxRow, action: Action) -> None:
        """Read the conversation for the trace of a send whose answer never came."""
        client = self._link.client
        if client is None or not await self._claim(row, ("unsure",), "unsure"):
            return
        try:
            found = await self._leased(row, looking.look(client, row, action, self._claimed(action)))
        except NotFoundError:
            what = "contact" if action.contact_id else "conversation"
            await self._reject(row, f"The {what} no longer exists at Intercom.")
            return
        except IntercomError as error:
            self._link.failed(error)
            await self._move(row, "unsure", due_at=self._clock() + self._backoff(row.id), held_for=row.held_for)
            return
        self._reached()
        if found.verdict == "done":
            self._looks.pop(row.id, None)
            await self._intake.finished(row, action, found.model, found.part_id)
            return
        step = looking.next_step(
            found.verdict, row, action, now=self._clock(), settle_seconds=self._settle_seconds,
            pause=self._backoff(row.id),
        )  # fmt: skip
        if step.look_at:
            await self._move(row, "unsure", due_at=step.look_at, held_for=row.held_for)
            return
        self._looks.pop(row.id, None)
        if step.ask:
            await self._move(row, "held", held_for="given up", reason=step.ask)
        else:
            await self._move(row, "ready")

    async def _not_sent(self, row: OutboxRow, action: Action, error: IntercomError) -> None:
        """The look before a reply failed: nothing has left."""
        if isinstance(error, NotFoundError):
            await self._reject(row, error.message)
        elif isinstance(error, AuthError | ApiError) and not isinstance(error, ServerError | RateLimitedError):
            await self._failed(row, action, error)
        else:
            self._link.failed(error)
            # as it was: whatever an earlier attempt left behind is still looked for
            await self._move(row, "ready", due_at=self._later(error))

    async def _failed(self, row: OutboxRow, action: Action, error: IntercomError) -> None:
        self._link.failed(error)
        now = self._clock()
        if isinstance(error, NotSent | RateLimitedError) or error.status == 401:
            await self._move(row, "ready", due_at=self._later(error), unsent=True)
        elif isinstance(error, ServerError) and error.status == 500:
            await self._move(row, "unsure", due_at=now + 0.2, held_for="failed", sent_at=now)
        elif isinstance(error, AnswerError):
            await self._move(row, "unsure", due_at=now + 0.2, held_for="answered", sent_at=now)
        elif error.fate == "unknown":
            await self._move(row, "unsure", due_at=now + 0.3, sent_at=now)
        elif isinstance(error, NotFoundError) and action.kind in ("untag", "untag_contact"):
            await self._intake.finished(row, action, None, "")
        else:
            await self._reject(row, error.message)

    def _later(self, error: IntercomError) -> float:
        now = self._clock()
        if isinstance(error, RateLimitedError) and error.reset_at:
            return min(max(now + 0.5, float(error.reset_at)), now + 60)
        if error.status == 401:
            return now + 60
        self._offline_until = now + _BACKOFF[min(self._failures, len(_BACKOFF) - 1)]
        self._failures += 1
        return now

    def _reached(self) -> None:
        self.online()
        self._link.worked()

    def _backoff(self, outbox_id: int) -> float:
        looks = self._looks.get(outbox_id, 0)
        self._looks[outbox_id] = looks + 1
        return _SETTLE_BACKOFF[min(looks, len(_SETTLE_BACKOFF) - 1)]

    def _guards(self, row: OutboxRow, action: Action) -> bool:
        return self._stale_guard and action.kind == "reply" and not row.force

    def _stored_baseline(self, client: Intercom, action: Action) -> acts.Baseline:
        """What is known of the thread without asking. The stored thread may be old, or missing: what was there before
        we sent is told by Intercom's clock as well."""
        at = int(client.server_time()) - settle.CLOCKS
        if not action.conversation_id:
            return acts.Baseline(at)
        ids, newest = parts.ids_and_newest(self._store.reader, action.conversation_id)
        return acts.Baseline(max(at, newest - settle.CLOCKS), tuple(sorted(ids)))

    def _claimed(self, action: Action) -> set[str]:
        return outbox.claimed_parts(self._store.reader, action.conversation_id)

    async def _hold_stale(self, row: OutboxRow, names: list[str]) -> None:
        who = ", ".join(dict.fromkeys(names))
        await self._move(
            row, "held", held_for="stale", reason=f"{who} wrote after what you had read: look before it leaves."
        )

    async def _reject(self, row: OutboxRow, reason: str) -> None:
        await self._intake.rejected(row, reason, self._owner)
        self._box.announce(row.conversation_id)

    async def _move(
        self, row: OutboxRow, state: str, *, due_at: float = 0.0, held_for: str = "", reason: str = "",
        sent_at: float | None = None, unsent: bool = False,
    ) -> None:  # fmt: skip
        def job(db: sqlite3.Connection) -> None:
            if sent_at is not None:
                db.execute(
                    "UPDATE outbox SET sent_at = ? WHERE id = ? AND lease_owner = ?", (sent_at, row.id, self._owner)
                )
            moved = outbox.move(
                db, row.id, state, owner=self._owner, now=self._clock(), due_at=due_at, held_for=held_for, reason=reason
            )
            if moved and unsent:
                outbox.unsent(db, row.id)

        await self._store.write(job)
        self._box.announce(row.conversation_id)

    async def _leased(self, row: OutboxRow, request: Coroutine[None, None, T]) -> T:
        """Await a request and keep the lease meanwhile: the gate of the rate limit may make it wait long.

        Raises :class:`NoAnswer` where another program took over, as it does when this one was stopped for long.
        """
        task = asyncio.get_running_loop().create_task(request)
        try:
            while True:
                done, _ = await asyncio.wait({task}, timeout=lease.RENEW)
                if done:
                    return task.result()
                until = self._clock() + lease.SECONDS
                if not await self._store.write(lambda db, until=until: outbox.renew(db, row.id, self._owner, until)):  # type: ignore[misc]
                    raise NoAnswer("Another program has taken this over.")
        finally:
            task.cancel()
