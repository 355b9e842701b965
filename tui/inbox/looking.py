"""Looking for what may have arrived, and what follows from what is found: wait, ask a person, or let it leave again."""

from typing import TYPE_CHECKING, NamedTuple

from tui.inbox import settle
from tui.inbox.actions import Action, Baseline, decode_baseline
from tui.store.rows import OutboxRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation

TRIES = 6
"""Attempts that took no effect before a person is asked."""

_AFTER_A_500 = 1.5
"""Seconds: Intercom itself has finished with the request. Other 5xx come from what stands before it, and the request
may still be at work behind."""


class Found(NamedTuple):
    """What a look told: the verdict, the part (or note) that is the effect, and the conversation as it is now."""

    verdict: settle.Verdict
    part_id: str = ""
    model: "Conversation | None" = None


class Next(NamedTuple):
    """What to do about an action that was not found: look again at ``look_at`` (Unix seconds), ask a person because of
    ``ask``, or, with neither, send it again."""

    look_at: float = 0.0
    ask: str = ""


async def look(client: "Intercom", row: OutboxRow, action: Action, claimed: set[str]) -> Found:
    """Read what the action was about. Raises :class:`tui.api.errors.IntercomError`."""
    baseline = decode_baseline(row.baseline)
    if action.contact_id:
        return await _look_at_contact(client, action, baseline, claimed)
    model = await client.conversations.get(action.conversation_id)
    verdict, part_id = settle.verdict(model, action, baseline, claimed, row.sent_at)
    return Found(verdict, part_id, model)


async def _look_at_contact(client: "Intercom", action: Action, baseline: Baseline | None, claimed: set[str]) -> Found:
    if action.kind == "note_contact":
        since = baseline.at if baseline is not None else 0
        async for page in client.contacts.note_pages(action.contact_id):
            found = settle.find_note(page.items, action, claimed, since)
            return Found("done" if found else "absent", found or "")
        return Found("absent")
    tags = await client.contacts.tags(action.contact_id)
    there = any(tag.id == action.tag_id for tag in tags.items)
    return Found("done" if there == (action.kind == "tag_contact") else "absent")


def next_step(
    verdict: settle.Verdict, row: OutboxRow, action: Action, *, now: float, settle_seconds: float, pause: float
) -> Next:
    """What follows where nothing was found ``pause`` seconds before the next look would be due."""
    patience = min(_AFTER_A_500, settle_seconds) if row.held_for == "failed" else settle_seconds
    wait = row.sent_at + patience * (2 if verdict == "unclear" else 1) - now
    if wait > 0:
        return Next(look_at=now + min(wait, pause))
    if verdict == "unclear":
        return Next(ask="It cannot be told whether it arrived: look before sending it again.")
    if row.held_for == "answered" and action.carries_text:
        # a yes that nobody could read, and then no trace: a person must look
        return Next(ask="Intercom took it, yet it is not there: look before sending it again.")
    if row.attempts >= TRIES:
        return Next(ask=f"It did not arrive in {row.attempts} tries; nothing was sent twice.")
    return Next()
