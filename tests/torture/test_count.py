"""The count itself: what it must take for lost, and what for done by somebody else."""

import asyncio
from pathlib import Path

import pytest

from tests.harness.inboxes import started
from tests.harness.sandbox import Served
from tests.torture.count import Count, count, events
from tests.torture.plan import Step
from tui.inbox.inbox import Options
from tui.model.outbox import State
from tui.store import outbox
from tui.store.store import Store

_CUSTOMER_WROTE = "/_sandbox/customer_reply"


async def _opened(served: Served, path: Path, cid: str, *, customer_first: bool) -> None:
    """Open what is closed over a cut line; with ``customer_first`` its customer writes before the look for it."""
    store = Store.open(path)
    inbox = await started(store, served.base_url, Options(undo_seconds=0, settle_seconds=1, fast_seconds=1))
    changed = asyncio.Event()
    inbox.changes.subscribe(lambda _: changed.set())

    async def until(states: set[State]) -> None:
        while {row.state for row in outbox.recent(store.reader, 0) if row.kind == "open"} != states:
            changed.clear()
            await changed.wait()

    try:
        await inbox.actions.close(cid)
        while inbox.outbox.pending():
            changed.clear()
            await changed.wait()
        served.faults("cut_before=1", 1)
        await inbox.actions.open(cid)
        await until({State.UNKNOWN})
        if customer_first:
            served.ask("POST", _CUSTOMER_WROTE, {"conversation_id": cid, "body": "<p>Still there?</p>"})
        served.faults("", 1)
        await until({State.DONE})
    finally:
        await inbox.stop()
        store.close()


@pytest.mark.parametrize("customer_first", [True, False])
def test_an_opening_that_a_customer_made_needless_is_not_lost(tmp_path: Path, customer_first: bool) -> None:
    with Served(conversations=5, seed=3) as served:
        me = str(served.ask("GET", "/me")["id"])
        cid = next(str(c["id"]) for c in served.ask("GET", "/conversations")["conversations"] if c["state"] == "open")
        before = {cid: events(served.conversation(cid), me)}
        path = tmp_path / "store.sqlite3"
        asyncio.run(_opened(served, path, cid, customer_first=customer_first))
        steps = [Step(0, "close", cid), Step(1, "open", cid)]
        assert count(served, steps, before, me, path) == Count()
        ours = [part for part in events(served.conversation(cid), me).get("open", []) if part not in before[cid]]
        assert len(ours) == int(not customer_first)
        # measured from where it ended, nothing of it was done
        before[cid] = events(served.conversation(cid), me)
        assert any("open" in lost for lost in count(served, steps, before, me, path).lost)
