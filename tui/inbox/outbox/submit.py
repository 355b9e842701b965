"""For a face that does one thing and ends: journal an action, let the outbox send it, wait, and judge what it came to.

The screen only journals: its outbox goes on by itself, and the status line tells the rest.
"""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Literal

from tui.api.errors import IntercomError, NotFoundError
from tui.inbox import incoming, resolve
from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import classes
from tui.inbox.actions.unreadable import Unreadable
from tui.inbox.outbox.batch import batch
from tui.inbox.outbox.outcome import Kept, Outcome, Result
from tui.model.labels import outcomes
from tui.model.outbox import FINISHED, TAKEN_BACK, Hold, State
from tui.model.rows import Change, OutboxRow

if TYPE_CHECKING:
    from tui.inbox.changes import Listener
    from tui.inbox.inbox import Inbox

Keep = Literal["draft", "outbox"]
"""Where words go that do not leave."""

_LOOK = 0.02
_UNKNOWN_MARGIN = 10.0
_SETTLING = 5.0
_TOLD_EVERY = 25.0
_SETTLES_SOON = 1.5
"""Seconds in which most of what is unknown is found: nothing is told of that."""


def on_conversation(inbox: "Inbox", kind: str, conversation_id: str) -> Action:
    """Whom an action on a conversation is about."""
    row = inbox.threads.conversation(conversation_id)
    who = row.contact if row is not None else ""
    return classes()[kind](conversation_id=conversation_id, contact_name=who)


def on_contact(inbox: "Inbox", kind: str, contact_id: str) -> Action:
    """The same for a contact."""
    row = inbox.contacts.cached(contact_id)
    return classes()[kind](contact_id=contact_id, contact_name=row.display if row is not None else "")


async def submit(
    inbox: "Inbox",
    targets: Sequence[Action],
    journal: Callable[[str], Awaitable[int]],
    refresh: Callable[[str], Awaitable[object]],
    already: str,
    *,
    online: bool,
    still_unknown: Callable[[OutboxRow], None],
) -> list[Outcome]:
    """Journal and send; an outcome for each of ``targets``, in their order, which say whom the action is about.

    ``journal`` journals for an id and returns 0 where the store says that nothing would change: it is ``already`` so
    (``closed``). The store may be behind: ``refresh`` then asks Intercom before that is believed. The rest is as in
    :func:`carry_out`.
    """
    outbox_ids: list[int] = []
    with batch():
        for target in targets:
            one = target.conversation_id or target.contact_id
            outbox_id = await journal(one)
            if not outbox_id and online and await _asked(one, refresh):
                outbox_id = await journal(one)
            outbox_ids.append(outbox_id)
    sent = [outbox_id for outbox_id in outbox_ids if outbox_id]
    carried = iter(await carry_out(inbox, sent, online=online, still_unknown=still_unknown))
    return [
        next(carried) if outbox_id else Outcome(0, target, Result.UNCHANGED, f"Already {already}")
        for target, outbox_id in zip(targets, outbox_ids, strict=True)
    ]


async def _asked(one: str, refresh: Callable[[str], Awaitable[object]]) -> bool:
    """Whether Intercom has answered; where it has not, the store's word is what there is."""
    try:
        await refresh(one)
    except IntercomError:
        return False
    return True


async def carry_out(
    inbox: "Inbox",
    outbox_ids: Sequence[int],
    *,
    online: bool,
    keep: Keep = "draft",
    still_unknown: Callable[[OutboxRow], None],
) -> list[Outcome]:
    """Let the outbox's worker send, and wait until each action is finished, refused, or can only wait.

    What is refused or held because somebody wrote meanwhile leaves the outbox, its words become a draft (``keep``
    ``outbox``: it stays there). ``online`` False only reports that it is queued. ``still_unknown`` hears now and then
    of an action that may have arrived and is still being looked for.
    """
    if not online:
        return [_queued(inbox, resolve.action(inbox, outbox_id)) for outbox_id in outbox_ids]
    worker = asyncio.get_running_loop().create_task(inbox.worker.run())
    silence = inbox.changes.subscribe(_teller(inbox, outbox_ids, still_unknown))
    try:
        rows = [await _wait(inbox, outbox_id, worker) for outbox_id in outbox_ids]
        await _let_others_land(inbox)
        await inbox.duplicate_watch.look()
        await inbox.duplicate_watch.look(only=outbox_ids)
    finally:
        silence()
        await _end(worker)
    return [await _judge(inbox, resolve.action(inbox, row.id), keep) for row in rows]


def _teller(inbox: "Inbox", outbox_ids: Sequence[int], tell: Callable[[OutboxRow], None]) -> "Listener":
    """What hears of changes and tells, now and then, that an action is still being looked for."""
    told: dict[int, float] = {}

    def hear(change: Change) -> None:
        for outbox_id in outbox_ids if change.outbox else ():
            row = inbox.outbox.get(outbox_id)
            now = time.time()
            if row is None or row.state is not State.UNKNOWN or now - row.sent_at < _SETTLES_SOON:
                continue
            if now - told.get(outbox_id, 0.0) >= _TOLD_EVERY:
                told[outbox_id] = now
                tell(row)

    return hear


async def _end(task: "asyncio.Task[None]") -> None:
    """Cancel until it ends: before Python 3.12 ``wait_for`` drops a cancellation that comes with its result."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_LOOK)
    await asyncio.gather(task, return_exceptions=True)


async def _wait(inbox: "Inbox", outbox_id: int, worker: "asyncio.Task[None]") -> OutboxRow:
    """Wait until it is finished, or can only wait; patient while an answer that never came is being settled."""
    patience = inbox.options.settle_seconds + _UNKNOWN_MARGIN
    unknown_since = 0.0
    while True:
        if worker.done():
            worker.result()
        row = resolve.action(inbox, outbox_id)
        if row.state in (*FINISHED, State.REJECTED) or _is_stuck(inbox, row):
            return row
        if row.state is State.UNKNOWN:
            unknown_since = unknown_since or time.monotonic()
            if time.monotonic() - unknown_since > patience:
                return row
        await asyncio.sleep(_LOOK)


def _is_stuck(inbox: "Inbox", row: OutboxRow) -> bool:
    """Nothing will happen to it soon: no connection, a full rate limit, or something that a person must judge first."""
    if row.state not in (State.QUEUED, State.HELD):
        return False
    if row.state is State.HELD and row.held_for is not Hold.UNDO:
        return True
    return inbox.status.connection in ("offline", "refused", "limited") or _blocker(inbox, row) is not None


def _blocker(inbox: "Inbox", row: OutboxRow) -> OutboxRow | None:
    target = acts.decode(row.payload).target
    for earlier in inbox.outbox.attention():
        action = acts.decode(earlier.payload)
        if isinstance(action, Unreadable):
            continue
        if earlier.id < row.id and action.target == target and (action.carries_text or earlier.state is State.HELD):
            return earlier
    return None


async def _let_others_land(inbox: "Inbox") -> None:
    """What of earlier actions is on its way right now may finish: cut off, it would have to be looked for later."""
    ours = f"{socket.gethostname()}|{os.getpid()}|"
    ends = time.monotonic() + _SETTLING
    while time.monotonic() < ends:
        if not any(row.state is State.SENDING and row.lease_owner.startswith(ours) for row in inbox.outbox.pending()):
            return
        await asyncio.sleep(0.02)


async def _judge(inbox: "Inbox", row: OutboxRow, keep: Keep) -> Outcome:
    status, action = inbox.status, acts.decode(row.payload)
    if row.state is State.DONE:
        is_watched = any(watch.outbox_id == row.id for watch in inbox.duplicate_watch.watched())
        return Outcome(row.id, action, Result.DONE, is_watched=is_watched)
    if row.state in TAKEN_BACK:
        return Outcome(row.id, action, Result.TAKEN_BACK, outcomes.UNDONE_MEANWHILE)
    if row.state is State.REJECTED:
        result = Result.GONE if await _is_gone(inbox, action) else Result.REFUSED
        return Outcome(row.id, action, result, row.reason, await _put_away(inbox, row, keep))
    if row.state is State.HELD and row.held_for is not Hold.UNDO:
        return await _held(inbox, row, keep)
    if row.state in (State.SENDING, State.UNKNOWN):
        reason = row.reason or status.error or outcomes.NO_ANSWER
        return Outcome(row.id, action, Result.UNKNOWN, reason, "outbox")
    blocker = _blocker(inbox, row)
    if blocker is not None:
        return Outcome(row.id, action, Result.BLOCKED, kept="outbox", blocked_by=blocker.id)
    return _queued(inbox, row)


def _queued(inbox: "Inbox", row: OutboxRow) -> Outcome:
    """It waits, for what the status line says."""
    status = inbox.status
    if status.connection == "limited":
        reason = outcomes.RATE_LIMIT_IS_REACHED
    elif status.connection == "refused":
        reason = status.error
    else:
        reason = row.reason or status.error or outcomes.CANNOT_BE_REACHED
    return Outcome(row.id, acts.decode(row.payload), Result.QUEUED, reason, "outbox")


async def _held(inbox: "Inbox", row: OutboxRow, keep: Keep) -> Outcome:
    action = acts.decode(row.payload)
    if row.held_for is not Hold.STALE:
        return Outcome(row.id, action, Result.HELD, row.reason, "outbox")
    came_in = tuple(inbox.outbox.came_in(row))
    # whoever asked is shown it now
    inbox.threads.seen(action.conversation_id, incoming.all_of(inbox.threads.cached(action.conversation_id)))
    await inbox.threads.stored()
    return Outcome(row.id, action, Result.STALE, row.reason, await _put_away(inbox, row, keep), came_in)


async def _is_gone(inbox: "Inbox", action: Action) -> bool:
    """Whether Intercom refused because what the action is about is not there (any more)."""
    client = await inbox.connection.open()
    try:
        if action.contact_id:
            await client.contacts.get(action.contact_id)
        else:
            await client.conversations.get(action.conversation_id)
    except NotFoundError:
        return True
    except IntercomError:
        return False
    return False


async def _put_away(inbox: "Inbox", row: OutboxRow, keep: Keep) -> Kept:
    """Take out of the outbox what would only stand in the way of the next try; no words are dropped."""
    action = acts.decode(row.payload)
    if keep == "outbox" or (action.carries_text and not action.conversation_id):
        return "outbox"
    if action.carries_text:
        await inbox.outbox.reopen(row.id)
        return "draft"
    await inbox.outbox.discard(row.id)
    return ""
