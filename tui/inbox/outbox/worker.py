"""The worker that empties the outbox: exactly once, in order within a conversation, conversations in parallel.

The rule that everything here serves: a request may leave only from a journaled ``sending`` with a lease of ours, and
after an answer that never came only a look at the conversation decides whether it may leave again.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.api.errors import (
    ApiError,
    IntercomError,
    NetworkError,
    NotAllowed,
    NotFoundError,
    RateLimitedError,
    ServerError,
)
from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Action, Baseline
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.unreadable import Unreadable
from tui.inbox.outbox import delivery_check as looking
from tui.inbox.outbox import lease, reconcile
from tui.inbox.outbox.claims import Claims
from tui.inbox.outbox.guard import Guard
from tui.inbox.outbox.outbox import Outbox
from tui.inbox.outbox.retry_times import RetryTimes
from tui.inbox.outbox.send_failure import patience, send_failure
from tui.inbox.situation import another_workspace
from tui.inbox.status import StatusBoard
from tui.inbox.sync.clocks import Clocks
from tui.inbox.sync.connection import Connection
from tui.inbox.sync.ingest import Ingest
from tui.model.errors import StoreError
from tui.model.labels import outcomes
from tui.model.outbox import Hold, State
from tui.model.rows import OutboxRow
from tui.store import outbox, people
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation

PARALLEL = 4
"""Conversations that are sent to at once."""

_IDLE = 5.0
_STARTING = 0.1


class Worker:
    """Sends what the outbox holds, as long as :meth:`run` runs."""

    def __init__(
        self,
        store: Store,
        box: Outbox,
        ingest: Ingest,
        connection: Connection,
        board: StatusBoard,
        *,
        settle_seconds: float,
        stale_guard: bool,
        clock: Callable[[], float] = time.time,
        owner: str = "",
        is_dead: Callable[[str], bool] = lease.is_dead,
        is_alive: Callable[[str], bool] = lease.is_alive,
        clocks: Clocks | None = None,
    ) -> None:
        self._store = store
        self._box = box
        self._ingest = ingest
        self._board = board
        self._connection = connection
        self._settle_seconds = settle_seconds
        self._clock = clock
        self._owner = owner or lease.owner_name()
        self._claims = Claims(store, box, self._owner, clock)
        self._retries = RetryTimes(clock)
        self._guard = Guard(ingest, self._claims, self._retries, is_on=stale_guard, clock=clock)
        self._is_dead = is_dead
        self._is_alive = is_alive
        self._clocks = clocks or Clocks()
        self._leases_hold_until = 0.0
        """After a jump of the clock, by the monotonic one: till then a living program renews what seems to be over."""
        self._right_workspace: bool | None = None
        self._judged = ""
        """The workspace about which that was found out."""
        self._busy: dict[str, asyncio.Task[None]] = {}
        connection.on_back.append(self.online)

    async def run(self) -> None:
        """Send until cancelled. What is on its way when that happens is settled by the next start."""
        try:
            while True:
                self._box.changed.clear()
                try:
                    await self._mind_the_clock()
                    delay = await self._dispatch()
                except StoreError:
                    # another program may hold the store for a while; what is journaled can wait
                    delay = _IDLE
                # not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the event
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(delay):
                        await self._box.changed.wait()
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def online(self) -> None:
        """The connection works again: everything that waited for it may leave."""
        if self._retries.back() or self._right_workspace is False:
            self._box.changed.set()

    async def _mind_the_clock(self) -> None:
        """Before anything is judged by the wall clock: whether it jumped, as when the machine slept."""
        jump = self._clocks.look()
        if jump is None:
            return
        self._leases_hold_until = self._clocks.now + lease.RENEW
        self._retries.jumped()
        await self._box.jumped(jump.before, self._owner, self._clock() + lease.SECONDS)

    async def _dispatch(self) -> float | None:
        """Start whatever may start now; return the seconds until something else may."""
        rows = self._box.pending()
        if not rows:
            return None
        client = self._connection.client
        if client is None:
            return _STARTING
        if self._retries.offline_until > self._clock():
            return self._retries.offline_until - self._clock()
        if not await self._is_right_workspace(client):
            return (
                None if self._right_workspace is False else max(_STARTING, self._retries.offline_until - self._clock())
            )
        now = self._clock()
        next_at = now + _IDLE
        seen: set[str] = set()
        held: dict[str, list[Action]] = {}
        # what may have left already is settled first, also where it had passed something that was held
        rows.sort(key=lambda row: row.state not in (State.SENDING, State.UNKNOWN))
        for row in rows:
            action = acts.decode(row.payload)
            target = action.target
            is_copy = row.state is State.HELD and row.held_for is Hold.TWICE
            if target in seen or isinstance(action, Unreadable) or is_copy:
                # what cannot be read keeps nothing waiting, nor does a copy that a person may redact
                continue
            if row.state is State.REJECTED and not action.carries_text:
                # a refused tag or assignment was rolled back and keeps nothing waiting
                continue
            if row.state is State.HELD and row.held_for is Hold.UNDO and row.due_at > now and not row.lease_owner:
                # its undo window runs: what cannot change its meaning need not wait for it
                held.setdefault(target, []).append(action)
                next_at = min(next_at, row.due_at)
                continue
            if not all(action.may_pass(earlier) for earlier in held.get(target, ())):
                seen.add(target)
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
        if row.state is State.REJECTED or (row.state is State.HELD and row.held_for is not Hold.UNDO):
            return None
        if row.lease_owner and row.lease_owner != self._owner:
            if row.lease_until > now and not self._is_dead(row.lease_owner):
                return min(row.lease_until, now + _IDLE)
            if self._clocks.now < self._leases_hold_until and self._is_alive(row.lease_owner):
                return now + _IDLE
            await self._claims.inherit(row, patience(acts.decode(row.payload), self._settle_seconds))
            return now
        if row.state is State.SENDING and row.lease_owner == self._owner:
            # ours, yet no task of ours works on it: a store error came between
            await self._claims.inherit(row, patience(acts.decode(row.payload), self._settle_seconds))
            return now
        return row.due_at

    async def _is_right_workspace(self, client: Intercom) -> bool:
        """Nothing of this store may go to another workspace, where the same numbers are other people's."""
        if self._right_workspace and not self._connection.foreign and self._connection.workspace in ("", self._judged):
            return True
        known = people.meta(self._store.reader, "workspace")
        try:
            there = self._judged = self._connection.workspace or (await client.me()).app.id_code
        except IntercomError as error:
            self._connection.failed(error)
            self._retries.later(error)
            self._retries.offline_until = max(self._retries.offline_until, self._clock() + 1)
            return False
        self._connection.foreign = wrong = another_workspace(known, there)
        self._right_workspace = not wrong
        self._board.trouble("workspace", wrong)
        if not self._right_workspace:
            self._board.set(connection="refused")
        return self._right_workspace

    def _start(self, target: str, row: OutboxRow, action: Action) -> None:
        work = self._settle(row, action) if row.state is State.UNKNOWN else self._send(row, action)
        task = asyncio.get_running_loop().create_task(work, name=f"outbox-{row.id}")
        self._busy[target] = task

        def finished(done: asyncio.Task[None]) -> None:
            self._busy.pop(target, None)
            self._box.changed.set()
            if done.cancelled():
                return
            error = done.exception()
            # what is wrong with the store is said by the store
            ours = error is not None and not isinstance(error, StoreError)
            said = outcomes.OUTBOX_COULD_NOT_GO_ON.format(error=error) if ours else ""
            self._board.trouble("outbox", said)
            if error is not None:
                self._retries.offline_until = self._clock() + _IDLE

        task.add_done_callback(finished)

    async def _send(self, row: OutboxRow, action: Action) -> None:
        client = self._connection.client
        if client is None or not await self._claims.claim(row, (State.HELD, State.QUEUED), State.QUEUED):
            return
        baseline = await self._look_before(row, action, client)
        if baseline is None:
            return
        before = self._clock()
        again = action.carries_text and row.settles_at > 0
        if not await self._claims.begin(row, acts.encode(baseline), again=again):
            return
        if self._clock() - before > lease.SECONDS / 2:
            # we were stopped in between: another program may have taken over, and only a look can tell
            return
        try:
            answer = await self._claims.keep(row, action.send(client))
        except IntercomError as error:
            await self._failed(row, action, error)
        else:
            self._reached()
            part_id = ""
            from tui.api.models import Conversation, Note  # loaded with the client

            if isinstance(answer, Conversation):
                part_id = reconcile.find_part(answer, action, baseline, self._claimed(action), row.created_at) or ""
            elif isinstance(answer, Note):
                part_id = answer.id
            await self._ingest.finished(row, action, answer, part_id)

    async def _look_before(self, row: OutboxRow, action: Action, client: Intercom) -> Baseline | None:
        """What is there before it leaves; None where it must not leave now: it has been put where it belongs."""
        tried = acts.decode_baseline(row.baseline) if action.carries_text else None
        guarded = self._guard.wants(row, action)
        if tried is None and not guarded:
            return looking.stored_baseline(self._store.reader, client, action)
        try:
            if tried is not None:
                # an earlier attempt may have arrived after all, later than anyone could expect
                found = await self._claims.keep(row, looking.look(client, row, action, self._claimed(action)))
            else:
                model = await self._claims.keep(row, client.conversations.get(action.conversation_id))
                found = looking.Found("absent", "", model)
        except IntercomError as error:
            await self._not_sent(row, action, error)
            return None
        if found.model is not None:
            await self._ingest.conversation(found.model)
        if found.verdict == "done":
            await self._ingest.finished(row, action, found.model, found.part_id)
            return None
        if found.verdict == "unclear" and row.attempts:
            # nobody has said that it may leave all the same
            due_at = self._clock() + self._retries.next_look(row.id)
            await self._claims.move(row, State.UNKNOWN, due_at=due_at, reason=row.reason)
            return None
        if found.model is None:
            return tried or looking.stored_baseline(self._store.reader, client, action)
        if guarded and isinstance(action, Reply):
            passes = await self._guard.passes(row, action, found.model, self._claimed(action))
            if not passes:
                return None
        there = reconcile.baseline_of(found.model)
        return reconcile.merged(tried, there) if tried is not None else there

    async def _settle(self, row: OutboxRow, action: Action) -> None:
        """Read the conversation for the trace of a send whose answer never came."""
        client = self._connection.client
        if client is None or not await self._claims.claim(row, (State.UNKNOWN,), State.UNKNOWN):
            return
        try:
            found = await self._claims.keep(row, looking.look(client, row, action, self._claimed(action)))
            if found.verdict == "done" and found.model is not None:
                found = found._replace(model=await self._completed(row, action, client, found.model))
        except NotFoundError:
            what = "contact" if action.contact_id else "conversation"
            await self._reject(row, outcomes.NO_LONGER_EXISTS.format(what=what))
            return
        except IntercomError as error:
            self._connection.failed(error)
            if isinstance(error, NetworkError):
                self._retries.later(error)
            due_at = self._clock() + self._retries.next_look(row.id, failed=True)
            due_at = self._retries.paused(row, error, due_at)
            await self._claims.move(row, State.UNKNOWN, due_at=due_at, held_for=row.held_for, reason=row.reason)
            return
        self._retries.worked(row.id)
        self._reached()
        if found.verdict == "done":
            self._retries.looked(row.id)
            await self._ingest.finished(row, action, found.model, found.part_id)
            return
        step = looking.next_step(
            found.verdict, row, action, now=self._clock(), settle_seconds=self._settle_seconds,
            pause=self._retries.next_look(row.id),
        )  # fmt: skip
        if step.look_at:
            await self._claims.move(row, State.UNKNOWN, due_at=step.look_at, held_for=row.held_for, reason=row.reason)
            return
        self._retries.looked(row.id)
        if step.ask:
            await self._claims.move(row, State.HELD, held_for=Hold.GIVEN_UP, reason=step.ask)
        else:
            await self._claims.move(row, State.QUEUED)

    async def _completed(self, row: OutboxRow, action: Action, client: Intercom, model: Conversation) -> Conversation:
        """Do what is left of an action; where Intercom refuses that, it stays as it is."""
        try:
            return await self._claims.keep(row, action.complete(client, model))
        except ApiError as error:
            if isinstance(error, ServerError | RateLimitedError) or error.status == 401:
                raise
            return model

    async def _not_sent(self, row: OutboxRow, action: Action, error: IntercomError) -> None:
        """The look before a reply failed: nothing has left."""
        if isinstance(error, NotFoundError):
            await self._reject(row, error.message)
        elif isinstance(error, ApiError) and not isinstance(error, ServerError | RateLimitedError):
            await self._failed(row, action, error)
        else:
            self._connection.failed(error)
            # as it was: whatever an earlier attempt left behind is still looked for
            due_at = self._retries.paused(row, error, self._retries.later(error))
            await self._claims.move(row, State.QUEUED, due_at=due_at, reason=error.message)

    async def _failed(self, row: OutboxRow, action: Action, error: IntercomError) -> None:
        judged = await self._connection.judged(error)
        if not isinstance(judged, NotAllowed):
            self._connection.failed(judged)
        what = send_failure(error, judged, action)
        match what.kind:
            case "unsent":
                due_at = self._retries.paused(row, judged, self._retries.later(judged))
                await self._claims.move(row, State.QUEUED, due_at=due_at, reason=judged.message, unsent=True)
            case "done":
                await self._ingest.finished(row, action, None, "")
            case "not allowed":
                await self._reject(row, error.message)
                if action.silent:
                    # nobody asked for it by name, so nobody is asked to decide about it
                    await self._box.discard(row.id)
            case "refused":
                await self._reject(row, error.message)
            case _:
                await self._claims.unknown(
                    row, look_in=what.look_in, held_for=what.held_for, reason=error.message,
                    patience=patience(action, self._settle_seconds),
                )  # fmt: skip

    def _reached(self) -> None:
        self.online()
        self._connection.worked()

    def _claimed(self, action: Action) -> set[str]:
        return outbox.claimed_parts(self._store.reader, action.conversation_id)

    async def _reject(self, row: OutboxRow, reason: str) -> None:
        await self._ingest.rejected(row, reason, self._owner)
        self._box.announce(row.conversation_id)
