"""One life of the program, without a screen: journal what the script still wants, send, and decide what a person must.

``python -m tests.torture.worker SCRIPT STORE BASE_URL SETTLE SHARE SHARES BURST``: does the steps whose number leaves
``SHARE`` when divided by ``SHARES``, at most ``BURST`` of them (0: all). Prints ``ready`` when it begins, exits 0 when
its share of the script is done and nothing waits.
"""

import asyncio
import json
import sqlite3
import sys
from pathlib import Path

from tests.torture.plan import MARK, Step, read
from tests.torture.served import TOKEN
from tui.api.client import Intercom
from tui.inbox.inbox import Inbox, Options
from tui.store.store import Store

_PACE = 0.03


def _key(step: Step) -> tuple[str, str, str]:
    kind = "reply" if step.kind == "reply_close" else step.kind
    return (kind, step.conversation_id, step.mark or step.value)


def _journaled(db: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """What is in the journal, whatever became of it: the journal is the memory of the script, too."""
    found: set[tuple[str, str, str]] = set()
    for kind, cid, payload in db.execute("SELECT kind, conversation_id, payload FROM outbox"):
        action = json.loads(payload)
        marks = MARK.findall(action.get("text", ""))
        found.add((kind, cid, marks[0] if marks else action.get("tag_id") or action.get("assignee_id") or ""))
    return found


async def _do(inbox: Inbox, step: Step) -> None:
    actions, cid = inbox.actions, step.conversation_id
    match step.kind:
        case "note":
            await actions.note(cid, f"A note, {step.mark}")
        case "reply":
            await actions.reply(cid, f"Hello,\n\nthis is **{step.mark}**.")
        case "reply_close":
            await actions.reply(cid, f"Goodbye {step.mark}!", close=True)
        case "tag":
            await actions.tag(cid, step.value)
        case "assign":
            await actions.assign(cid, admin_id=step.value)
        case _:
            raise ValueError(step.kind)


async def _decide(inbox: Inbox) -> None:
    """The person: whoever wrote meanwhile is answered all the same, what was given up is tried again."""
    for row in inbox.outbox.attention():
        if row.held_for == "stale":
            await inbox.outbox.send_anyway(row.id)
        else:
            print(f"decide {row.state} {row.held_for} {row.reason}", flush=True)
            await inbox.outbox.retry(row.id)


async def main(script: Path, path: Path, base_url: str, settle: float, share: int, shares: int, burst: int) -> None:
    """One life."""
    store = Store.open(path)
    options = Options(undo_seconds=0.1, settle_seconds=settle, fast_seconds=2, history_days=0)
    inbox = Inbox(store, lambda: Intercom(base_url, TOKEN), options)
    await inbox.start()
    known = asyncio.Event()
    inbox.changes.subscribe(lambda _: known.set() if inbox.me.id else None)
    if not inbox.me.id:
        await known.wait()
    print("ready", flush=True)
    done = _journaled(store.reader)
    mine = [step for step in read(script) if step.number % shares == share and _key(step) not in done]
    todo = mine[:burst] if burst else mine
    for step in todo:
        await _do(inbox, step)
        await _decide(inbox)
        await asyncio.sleep(_PACE)
    while inbox.outbox.pending() or len(todo) < len(mine):
        await _decide(inbox)
        await asyncio.sleep(0.05)
    await inbox.stop()
    store.close()


if __name__ == "__main__":
    _, script_, path_, url_, settle_, share_, shares_, burst_ = sys.argv
    asyncio.run(main(Path(script_), Path(path_), url_, float(settle_), int(share_), int(shares_), int(burst_)))
