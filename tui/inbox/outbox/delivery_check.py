"""Looking for what may have arrived, and what follows from what is found: wait, ask a person, or let it leave again."""

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from tui.inbox.actions.base import Action, Baseline, ContactAction
from tui.inbox.actions.codec import decode_baseline
from tui.inbox.outbox import reconcile
from tui.inbox.outbox.send_failure import patience
from tui.model.labels import outcomes
from tui.model.outbox import Hold
from tui.model.rows import OutboxRow
from tui.store import parts

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation

TRIES = 6
"""Attempts that took no effect before a person is asked."""


class Found(NamedTuple):
    """What a look told: the verdict, the part (or note) that is the effect, and the conversation as it is now."""

    verdict: reconcile.Verdict
    part_id: str = ""
    model: "Conversation | None" = None


class Next(NamedTuple):
    """What to do about an action that was not found: look again at ``look_at`` (Unix seconds), ask a person because of
    ``ask``, or, with neither, send it again."""

    look_at: float = 0.0
    ask: str = ""


def stored_baseline(db: sqlite3.Connection, client: "Intercom", action: Action) -> Baseline:
    """What is known of the thread without asking. The stored thread may be old, or missing: what was there before we
    sent is told by Intercom's clock as well."""
    at = int(client.server_time()) - reconcile.CLOCKS
    if not action.conversation_id:
        return Baseline(at)
    ids, newest = parts.ids_and_newest(db, action.conversation_id)
    return Baseline(max(at, newest - reconcile.CLOCKS), tuple(sorted(ids)))


async def look(client: "Intercom", row: OutboxRow, action: Action, claimed: set[str]) -> Found:
    """Read what the action was about. Raises :class:`tui.api.errors.IntercomError`."""
    baseline = decode_baseline(row.baseline)
    if isinstance(action, ContactAction):
        found = await action.found(client, since(baseline), claimed)
        return Found("absent") if found is None else Found("done", found)
    model = await client.conversations.get(action.conversation_id)
    verdict, part_id = reconcile.verdict(model, action, baseline, claimed, row.sent_at)
    return Found(verdict, part_id, model)


def since(baseline: Baseline | None) -> int | None:
    """The Unix second since which an action may have taken effect, None where nobody knows."""
    return baseline.at if baseline is not None else None


def deadline(row: OutboxRow, action: Action, settle_seconds: float) -> float:
    """Until when (Unix seconds) an action whose fate is unknown is looked for before it may leave again."""
    return row.settles_at or row.sent_at + patience(action, settle_seconds)


def next_step(
    verdict: reconcile.Verdict, row: OutboxRow, action: Action, *, now: float, settle_seconds: float, pause: float
) -> Next:
    """What follows where nothing was found ``pause`` seconds before the next look would be due."""
    wait = deadline(row, action, settle_seconds) - now
    if verdict == "unclear":
        wait += patience(action, settle_seconds)
    if wait > 0:
        return Next(look_at=now + min(wait, pause))
    if verdict == "unclear":
        return Next(ask=outcomes.DELIVERY_NOT_KNOWN)
    if row.held_for is Hold.ANSWERED and action.carries_text:
        # a yes that nobody could read, and then no trace: a person must look
        return Next(ask=outcomes.ACCEPTED_BUT_NOT_THERE)
    if row.attempts >= TRIES:
        return Next(ask=outcomes.DID_NOT_ARRIVE.format(count=row.attempts))
    return Next()
