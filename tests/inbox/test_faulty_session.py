"""A session on a link where much goes wrong: the screen tells the truth all along, the end is as meant.

Six per cent of each of seven faults: a third of all requests meet one. The whole length is
``FAULTY_ACTIONS=200 python -m pytest -n 0 --timeout 900 tests/inbox/test_faulty_session.py``.
"""

import asyncio
import os
import random
from pathlib import Path

import httpx
import msgspec

from tests.inbox.conftest import TOKEN, Desk
from tui.inbox.actions.codec import overlay
from tui.model.rows import Change
from tui.sandbox.faults import Faults
from tui.sandbox.workspace import Workspace
from tui.store import conversations, outbox

ACTIONS = int(os.environ.get("FAULTY_ACTIONS", "16"))
RATE = os.environ.get("FAULTY_RATE", "0.06")


class Cut(httpx.AsyncBaseTransport):
    """A connection cut in the process is what a client reads as a broken answer."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self.inner.handle_async_request(request)
        except ConnectionResetError as error:
            raise httpx.ReadError("cut", request=request) from error


async def test_the_screen_tells_the_truth_while_everything_goes_wrong(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "inbox.db", Workspace(seed=7, conversations=30), faults=Faults())
    desk.transport = Cut(desk.transport)  # type: ignore[assignment] # wraps what the desk made
    inbox, reader = desk.inbox, desk.store.reader
    looked = 0

    def truthful(change: Change) -> None:
        nonlocal looked
        counts = outbox.totals(reader)
        rejected = sum(n for (state, _), n in counts.items() if state == "rejected")
        for conversation_id in change.conversations:
            shown, base = conversations.get(reader, conversation_id), conversations.base_of(reader, conversation_id)
            if shown is None or base is None:
                continue
            pending = outbox.effective(reader, conversation_id)
            assert bool(shown.pending) == bool(outbox.of_conversation(reader, conversation_id))
            meant = overlay(base, pending)
            same = msgspec.structs.replace(
                meant, n=shown.n, pending=shown.pending, has_draft=shown.has_draft, seen_at=shown.seen_at,
                thread_updated_at=shown.thread_updated_at,
            )  # fmt: skip
            assert same == shown
            unconfirmed = {part.outbox_id for part in inbox.threads.cached(conversation_id) if part.outbox_id}
            assert unconfirmed <= {row.id for row in outbox.of_conversation(reader, conversation_id)}
            looked += 1
        if change.outbox:
            inbox.outbox.refresh_status()
            assert inbox.status.failed == rejected

    try:
        await desk.start()
        await desk.wait(lambda: len(inbox.views.list(inbox.views.get("open"))) > 5)
        inbox.changes.subscribe(truthful)
        kinds = ("429", "5xx", "cut_before", "cut_after", "truncate", "html", "nulls")
        spec = ",".join(f"{kind}={RATE}" for kind in kinds)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(transport=desk.transport, base_url="http://127.0.0.1:9", headers=headers) as http:
            (await http.post("/_sandbox/faults", json={"spec": spec})).raise_for_status()
        rng = random.Random(3)
        listed = inbox.views.list(inbox.views.get("open"))
        ids = [row.id for row in listed.rows(0, 12)]
        notes: dict[str, str] = {}
        state: dict[str, str] = {}
        for number in range(ACTIONS):
            conversation_id = rng.choice(ids)
            match rng.choice(("note", "close", "open")):
                case "note":
                    notes[f"marker {number} of the session"] = conversation_id
                    await inbox.actions.note(conversation_id, f"marker {number} of the session")
                case "close":
                    state[conversation_id] = "closed"
                    await inbox.actions.close(conversation_id)
                case _:
                    state[conversation_id] = "open"
                    await inbox.actions.open(conversation_id)
        async with asyncio.timeout(800):
            while inbox.outbox.pending():
                for row in inbox.outbox.attention():
                    # what the program would not decide, a person does: look, then send again or let it be
                    kind, text = inbox.outbox.text_of(row)
                    there = [part.body for part in desk.workspace.conversations.parts(
                        desk.workspace.conversations.get(row.conversation_id))]  # fmt: skip
                    done = bool(kind) and any(text in (body or "") for body in there)
                    await (inbox.outbox.discard(row.id) if done else inbox.outbox.retry(row.id))
                await asyncio.sleep(0.05)
        assert looked > ACTIONS
        for text, conversation_id in notes.items():
            conversation = desk.workspace.conversations.get(conversation_id)
            bodies = [part.body or "" for part in desk.workspace.conversations.parts(conversation)]
            assert sum(f"{text}<" in body for body in bodies) == 1, text
        for conversation_id, meant in state.items():
            assert desk.workspace.conversations.get(conversation_id).state == meant
    finally:
        await desk.stop()
