"""Actions on the command line take the app's own path: journaled, sent by the outbox's worker, waited for, reported."""

import asyncio
import os
import socket
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from tui.api.errors import NetworkError, NotFoundError, ServerError
from tui.cli.failure import Exit, Failure
from tui.cli.names import no_conversation
from tui.inbox import actions as acts
from tui.inbox.actions import Action, describe
from tui.store import people
from tui.store.rows import OutboxRow, PartRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.cli.shapes import Shape
    from tui.cli.wiring import Desk

Keep = Literal["draft", "outbox"]
Kept = Literal["", "draft", "outbox"]
State = Literal["done", "queued", "stale", "rejected", "unsure", "blocked"]

_LOOK = 0.02
_UNSURE_MARGIN = 10.0
_SETTLING = 5.0


class Outcome(msgspec.Struct, frozen=True):
    """What an action came to; ``code`` is what the shell gets, ``kept`` where words are that did not leave."""

    outbox_id: int
    action: Action
    state: State
    reason: str = ""
    kept: Kept = ""
    code: Exit = Exit.OK
    came_in: tuple[PartRow, ...] = ()

    def sentence(self) -> str:
        """For a person."""
        title = describe(self.action)
        match self.state:
            case "done":
                return f"Done: {title}"
            case "queued":
                return (
                    f"Not sent yet: {title}. {self.reason} It is queued and leaves when the link is back "
                    "(intercom-tui outbox list)."
                )
            case "unsure":
                return (
                    f"Not known to have arrived: {title}. {self.reason} The next start looks for it before it is sent "
                    f"again (intercom-tui outbox show {self.outbox_id})."
                )
            case "blocked":
                return f"Not sent yet: {title}. {self.reason}"
            case "stale":
                return f"Not sent: {title}. {self.reason}{self._where()} Send it again with --force to answer anyway."
            case _:
                return f"Refused: {title}. {self.reason}{self._where()}"

    def _where(self) -> str:
        if self.kept == "draft":
            return " The text is kept as a draft."
        return f" It stays in the outbox as {self.outbox_id}." if self.kept == "outbox" else ""

    def shape(self) -> "Shape":
        """For ``--json``; the keys are documented in :mod:`tui.cli.shapes`."""
        return {
            "id": str(self.outbox_id),
            "kind": self.action.kind,
            "title": describe(self.action),
            "state": self.state,
            "reason": self.reason or None,
            "conversation_id": self.action.conversation_id or None,
            "contact_id": self.action.contact_id or None,
            "kept": self.kept or None,
        }


async def identify(desk: "Desk", *, names: bool = True) -> bool:
    """Learn who acts and, with ``names``, what teammates, teams and tags are called; False where Intercom is silent.

    The store's word is taken then. Raises :class:`tui.api.errors.IntercomError`, :class:`Failure` where the store does
    not know either, and :class:`tui.inbox.sync.WrongWorkspace`.
    """
    inbox = desk.inbox
    client = await inbox.link.open()
    try:
        if names or not await _is_same(desk, client):
            await inbox.sync.identify(client)
    except (NetworkError, ServerError) as error:
        if not inbox.me.id:
            raise Failure(f"{error.message} Nothing was queued: this profile was never online.", Exit.NETWORK) from None
        inbox.link.failed(error)
        return False
    inbox.link.worked()
    return True


async def _is_same(desk: "Desk", client: "Intercom") -> bool:
    """Whether the token is of the workspace and the person that the store knows: one request instead of four."""
    known = people.meta(desk.store.reader, "workspace")
    acting = desk.inbox.options.acting_as
    if not known or not desk.inbox.me.id or (acting and acting != desk.inbox.me.id):
        return False
    me = await client.me()
    return me.app.id_code == known and (bool(acting) or me.id == desk.inbox.me.id)


async def fetch_unknown(desk: "Desk", conversation_ids: Sequence[str]) -> None:
    """Read conversations that the store does not know: an unknown id ends here, before anything is journaled."""
    for conversation_id in conversation_ids:
        if desk.inbox.threads.conversation(conversation_id) is not None:
            continue
        try:
            await desk.inbox.threads.fetch(conversation_id)
        except NotFoundError as error:
            raise no_conversation(conversation_id, error.message) from None


async def carry_out(desk: "Desk", outbox_ids: Sequence[int], *, online: bool, keep: Keep = "draft") -> list[Outcome]:
    """Let the outbox's worker send, and wait until each action is finished, refused, or can only wait.

    What is refused or held because somebody wrote meanwhile leaves the outbox, its words become a draft (``keep``
    ``outbox``: it stays there). ``online`` False only reports that it is queued.
    """
    if not online:
        reason = desk.inbox.status.error or "Intercom cannot be reached."
        return [_waiting(_row(desk, outbox_id), "queued", reason, Exit.NETWORK) for outbox_id in outbox_ids]
    sender = asyncio.get_running_loop().create_task(desk.inbox.sender.run())
    try:
        rows = [await _wait(desk, outbox_id, sender) for outbox_id in outbox_ids]
        await _let_others_land(desk)
    finally:
        await _end(sender)
    return [await _judge(desk, _row(desk, row.id), keep) for row in rows]


async def _end(task: "asyncio.Task[None]") -> None:
    """Cancel until it ends: before Python 3.12 ``wait_for`` drops a cancellation that comes with its result."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_LOOK)
    await asyncio.gather(task, return_exceptions=True)


async def _wait(desk: "Desk", outbox_id: int, sender: "asyncio.Task[None]") -> OutboxRow:
    """As :meth:`tui.inbox.sender.Sender.drain`, but patient while an answer that never came is being settled."""
    patience = desk.inbox.options.settle_seconds + _UNSURE_MARGIN
    unsure_since = 0.0
    while True:
        if sender.done():
            sender.result()
        row = _row(desk, outbox_id)
        if row.state in ("done", "rejected", "undone", "discarded") or _is_stuck(desk, row):
            return row
        if row.state == "unsure":
            unsure_since = unsure_since or time.monotonic()
            if time.monotonic() - unsure_since > patience:
                return row
        await asyncio.sleep(_LOOK)


def _is_stuck(desk: "Desk", row: OutboxRow) -> bool:
    """Nothing will happen to it soon: no link, a full rate limit, or something that a person must judge first."""
    if row.state not in ("ready", "held"):
        return False
    if row.state == "held" and row.held_for != "undo":
        return True
    return desk.inbox.status.link in ("offline", "refused", "limited") or _blocker(desk, row) is not None


def _blocker(desk: "Desk", row: OutboxRow) -> OutboxRow | None:
    target = acts.decode(row.payload).target
    for earlier in desk.inbox.outbox.attention():
        action = acts.decode(earlier.payload)
        if earlier.id < row.id and action.target == target and (action.carries_text or earlier.state == "held"):
            return earlier
    return None


async def _let_others_land(desk: "Desk") -> None:
    """What of earlier actions is on its way right now may finish: cut off, it would have to be looked for later."""
    ours = f"{socket.gethostname()}|{os.getpid()}|"
    ends = time.monotonic() + _SETTLING
    while time.monotonic() < ends:
        if not any(row.state == "sending" and row.lease_owner.startswith(ours) for row in desk.inbox.outbox.pending()):
            return
        await asyncio.sleep(0.02)


async def _judge(desk: "Desk", row: OutboxRow, keep: Keep) -> Outcome:
    status = desk.inbox.status
    if row.state == "done":
        return Outcome(row.id, acts.decode(row.payload), "done")
    if row.state in ("undone", "discarded"):
        return Outcome(row.id, acts.decode(row.payload), "rejected", "It was taken back meanwhile.", code=Exit.FAILED)
    if row.state == "rejected":
        return await _refused(desk, row, keep)
    if row.state == "held" and row.held_for != "undo":
        return await _held(desk, row, keep)
    if row.state in ("sending", "unsure"):
        return _waiting(row, "unsure", status.error or "Intercom's answer never came.", Exit.NETWORK)
    blocker = _blocker(desk, row)
    if blocker is not None:
        reason = (
            f"An earlier action on it waits for your decision (intercom-tui outbox show {blocker.id}); "
            "this one is queued behind it."
        )
        return _waiting(row, "blocked", reason, Exit.FAILED)
    if status.link == "limited":
        return _waiting(row, "queued", "Intercom's rate limit is reached.", Exit.RATE_LIMIT)
    if status.link == "refused":
        return _waiting(row, "queued", status.error, Exit.AUTH)
    return _waiting(row, "queued", status.error or "Intercom cannot be reached.", Exit.NETWORK)


async def _held(desk: "Desk", row: OutboxRow, keep: Keep) -> Outcome:
    action = acts.decode(row.payload)
    if row.held_for != "stale":
        return Outcome(row.id, action, "rejected", row.reason, kept="outbox", code=Exit.NETWORK)
    came_in = tuple(
        part
        for part in desk.inbox.threads.cached(action.conversation_id)
        if not part.outbox_id and part.created_at >= action.seen_at and part.id not in action.seen_ids
    )
    kept = await _put_away(desk, row, keep)
    return Outcome(row.id, action, "stale", row.reason, kept, Exit.FAILED, came_in)


async def _refused(desk: "Desk", row: OutboxRow, keep: Keep) -> Outcome:
    action = acts.decode(row.payload)
    gone = await _is_gone(desk, action)
    kept = await _put_away(desk, row, keep)
    return Outcome(row.id, action, "rejected", row.reason, kept, Exit.NOT_FOUND if gone else Exit.FAILED)


async def _is_gone(desk: "Desk", action: Action) -> bool:
    """Whether Intercom refused because what the action is about is not there (any more)."""
    client = await desk.inbox.link.open()
    try:
        if action.contact_id:
            await client.contacts.get(action.contact_id)
        else:
            await client.conversations.get(action.conversation_id)
    except NotFoundError:
        return True
    except (NetworkError, ServerError):
        return False
    return False


async def _put_away(desk: "Desk", row: OutboxRow, keep: Keep) -> Kept:
    """Take out of the outbox what would only stand in the way of the next try; no words are dropped."""
    action = acts.decode(row.payload)
    if keep == "outbox" or (action.carries_text and not action.conversation_id):
        return "outbox"
    if action.carries_text:
        await desk.inbox.outbox.reopen(row.id)
        return "draft"
    await desk.inbox.outbox.discard(row.id)
    return ""


def _waiting(row: OutboxRow, state: State, reason: str, code: Exit) -> Outcome:
    return Outcome(row.id, acts.decode(row.payload), state, reason, "outbox", code)


def _row(desk: "Desk", outbox_id: int) -> OutboxRow:
    row = desk.inbox.outbox.get(outbox_id)
    if row is None:
        raise Failure(f"There is no action {outbox_id} in the outbox.", Exit.NOT_FOUND)
    return row
