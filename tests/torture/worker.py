"""One life of the program, without a screen: journal what the script still wants, send, and decide what a person must.

``python -m tests.torture.worker SCRIPT STORE BASE_URL SETTLE SHARE PROGRAMS SHELL BURST``: does the steps of share
``SHARE`` (see :func:`tests.torture.plan.share_of`; ``SHELL`` is 1 where there is a shell), at most ``BURST`` of them
(0: all). Prints ``ready`` when it begins, exits 0 when its share of the script is done and nothing waits.
"""

import asyncio
import sys
from pathlib import Path

from tests.harness.inboxes import started
from tests.torture import shell as shell_face
from tests.torture.journal import keys
from tests.torture.plan import Step, read, share_of
from tui.inbox.actions.set_attribute import SetAttribute
from tui.inbox.inbox import Inbox, Options
from tui.store.store import Store

_PACE = 0.03
"""Seconds between two actions: what sets back another may come within the undo window."""


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
        case "untag":
            await actions.untag(cid, step.value)
        case "assign" | "claim":
            await actions.assign(cid, admin_id=step.value)
        case "team":
            await actions.assign(cid, team_id=step.value)
        case "snooze":
            await actions.snooze(cid, int(step.value))
        case "close":
            await actions.close(cid)
        case "open":
            await actions.open(cid)
        case "unread":
            await actions.mark_read(cid, False)
        case "title":
            await actions.set_title(cid, f"About {step.mark}")
        case "attribute":
            await actions.do(SetAttribute(conversation_id=cid, name="case", value=f"About {step.mark}"))
        case "contact_note":
            await actions.note_contact(step.contact_id, f"Called: {step.mark}")
        case "contact_tag":
            await actions.tag_contact(step.contact_id, step.value)
        case "contact_untag":
            await actions.untag_contact(step.contact_id, step.value)
        case _:
            raise ValueError(step.kind)


async def _decide(inbox: Inbox) -> None:
    """The person: whoever wrote meanwhile is answered all the same, what was given up is tried again."""
    for row in inbox.outbox.attention():
        if row.held_for == "twice":
            continue  # the count tells of it
        if row.held_for == "stale":
            await inbox.outbox.send_anyway(row.id)
        else:
            print(f"decide {row.kind} {row.state} {row.held_for} {row.reason}", flush=True)
            await inbox.outbox.retry(row.id)


async def main(
    script: Path, path: Path, base_url: str, settle: float, *, share: int, programs: int, shell: bool, burst: int
) -> None:  # fmt: skip
    """One life."""
    store = Store.open(path)
    options = Options(undo_seconds=0.1, settle_seconds=settle, fast_seconds=2, history_days=0)
    inbox = await started(store, base_url, options)
    print("ready", flush=True)
    done = keys(store.reader)
    kinds = shell_face.KINDS if shell else frozenset[str]()
    steps = [step for step in read(script) if share_of(step, programs, kinds) == share]
    mine = [step for step in steps if step.key not in done]
    todo = mine[:burst] if burst else mine
    for step in todo:
        await _do(inbox, step)
        await _decide(inbox)
        await asyncio.sleep(_PACE)
    while any(row.held_for != "twice" for row in inbox.outbox.pending()) or len(todo) < len(mine):
        await _decide(inbox)
        await asyncio.sleep(0.05)
    await inbox.stop()
    store.close()


if __name__ == "__main__":
    _, script_, path_, url_, settle_, share_, programs_, shell_, burst_ = sys.argv
    asyncio.run(
        main(
            Path(script_), Path(path_), url_, float(settle_),
            share=int(share_), programs=int(programs_), shell=bool(int(shell_)), burst=int(burst_),
        )
    )  # fmt: skip
