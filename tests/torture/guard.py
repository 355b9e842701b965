"""Replies written through the real screen while customers and teammates write at random moments.

Before, while and after typing, during the undo window, during the send, several at once, notes, tall messages, with a
network that fails: no reply may leave past a message that was not on the screen. What was on it is told by
:mod:`tests.torture.witness`, not by the program's own idea of what was seen.

Between the guard's look and the request that follows there is a gap that nobody but Intercom could close. What came in
there is counted apart, as ``in the gap``; how wide the gap was is measured.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from textual import events

from tests.app.conftest import Stage
from tests.torture.witness import Tally, Witness, mark_of
from tui.config.keymap import character_key
from tui.inbox.inbox import Options
from tui.inbox.incoming import Seen, all_of
from tui.model.rows import OutboxRow
from tui.sandbox.faults import Faults
from tui.sandbox.furniture import FIN
from tui.sandbox.model import Part
from tui.sandbox.workspace import Workspace

__all__ = ["FAULTS", "run", "torture"]

FAULTS = "cut_before=0.01,cut_after=0.01,5xx=0.005,truncate=0.01,nulls=0.02,latency=0.25:5-60"
"""What goes wrong; rates are low since each costs a second of waiting, and there are some 20,000 requests."""

CONVERSATIONS = 60
_TALL = 40
_WIDE, _NARROW, _TINY = (140, 40), (80, 24), (60, 20)


class Room:
    """The app, the one who answers with it, and the people around."""

    def __init__(self, stage: Stage, rng: random.Random, tally: Tally) -> None:
        self.stage, self.rng, self.tally = stage, rng, tally
        self.witness = Witness(stage, tally)
        self.number = 0
        self.others = [one for one in stage.workspace.rooms.admins if one != stage.workspace.me.id]
        self.working: set[asyncio.Task[None]] = set()

    # What others do

    def write(self, cid: str) -> None:
        """Somebody writes in a conversation, now."""
        workspace, rng = self.stage.workspace, self.rng
        self.number += 1
        number = f"q{self.number}"
        tall = rng.random() < 0.05
        marks = [f"{number}{letter}z" for letter in ("abcd" if tall else "a" if rng.random() < 0.6 else "ab")]
        body = "".join(f"<p>{mark}</p>" for mark in marks)
        if tall:
            body += "".join(f"<p>more {line}</p>" for line in range(_TALL))
        draw = rng.random()
        part: Part
        if draw < 0.5:
            part = workspace.customer_reply(cid, body)
        elif draw < 0.7:
            part = workspace.admin_reply(cid, rng.choice(self.others), body)
        elif draw < 0.9:
            part = workspace.admin_reply(cid, rng.choice(self.others), body, note=True)
        elif draw < 0.95:
            # out of order: dated before what is there
            part = workspace.customer_reply(cid, body, at=workspace.now() - 30)
        else:
            workspace.bot_reply(cid, body, FIN)
            return
        self.witness.lines[str(part.id)] = marks
        self.tally.messages += 1

    def write_later(self, cid: str, within: float) -> None:
        """Somebody writes in the next ``within`` seconds, perhaps more than one."""

        async def later() -> None:
            await asyncio.sleep(self.rng.uniform(0, within))
            for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
                self.write(cid)
            if self.rng.random() < 0.7:
                self.stage.inbox.sync.refresh()

        task = asyncio.get_running_loop().create_task(later())
        self.working.add(task)
        task.add_done_callback(self.working.discard)

    # What the one who answers does

    async def keys(self, *names: str, text: str = "") -> None:
        """Press keys, then type ``text``, and wait until all were handled; what they paint comes when it comes."""
        app = self.stage.app
        for name in names:
            app.post_message(events.Key(name, None))
        for char in text:
            app.post_message(events.Key(character_key(char), char))
        handled = asyncio.Event()
        app.call_later(handled.set)
        await handled.wait()
        await asyncio.sleep(self.rng.choice((0.0, 0.0, 0.02, 0.05)))

    async def round(self, cid: str) -> None:
        """One reply in one conversation."""
        rng, ui, threads = self.rng, self.stage.app.ui, self.stage.inbox.threads
        moments = Counter(rng.choice(("before", "typing", "keys", "hold", *["none"] * 5)) for _ in range(2))
        if moments["before"]:
            self.write(cid)
        if moments["keys"]:
            self.write_later(cid, 0.2)
        ui.thread.open(cid)
        # a key without meaning: from now on it is somebody's own doing that this conversation is on screen
        await self.keys("f12")
        if rng.random() < 0.9:  # else it is answered before it has come
            for _ in range(20):
                await asyncio.sleep(0.02)
                if not threads.loading(cid):
                    break
            await asyncio.sleep(0.02)
        await self.keys("r")
        if ui.state.composing != "reply" or ui.state.writing_to != cid:
            await self.keys("escape", "escape")
            return
        self.number += 1
        mark = f"q{self.number}az"
        if moments["typing"]:
            self.write_later(cid, 0.15)
        await self.keys(text=f"{mark} ")
        draw = rng.random()
        if draw < 0.3:
            ui.thread.view.home()
        elif draw < 0.4:
            await self.keys("ctrl+t")
            await self.keys("escape")
        elif draw < 0.5:
            ui.thread.view.page(-1)
        if moments["typing"]:
            await asyncio.sleep(rng.uniform(0.1, 0.4))  # long enough for it to come in behind the composer
        await self.keys(text="ok")
        if rng.random() < 0.3:
            await self.keys("ctrl+n")
        if moments["hold"]:
            self.write_later(cid, 0.2)
        await self.keys("ctrl+s")

    def _is_covered(self) -> bool:
        return self.stage.app.layout.overlay.top is not None

    async def decide(self, row: OutboxRow) -> None:
        """A reply is held: read what came in and send it, edit it, or drop it."""
        from tui.app.commands.decisions import decide

        rng, stage, ui = self.rng, self.stage, self.stage.app.ui
        box = stage.inbox.outbox
        self.tally.held += 1
        self.witness.were_held.add(mark_of(row))
        if rng.random() < 0.1:
            await box.discard(row.id)
            self.tally.withdrawn += 1
            return
        if rng.random() < 0.2:
            self.write_later(row.conversation_id, 0.1)
        decide(ui, row)
        overlay = stage.app.layout.overlay
        overlay.redraw()
        await stage.pilot.pause()
        if not self._is_covered():
            return
        if rng.random() < 0.3:
            await self.keys("e")
            for _ in range(4):
                await self.keys("ctrl+n")
            await self.keys("ctrl+s")
            self.tally.released += 1
            return
        for _ in range(40):
            before = self.witness.text.text(0, 0, 200, 60)
            await self.keys("pagedown")
            await asyncio.sleep(0.03)
            if self.witness.text.text(0, 0, 200, 60) == before:
                break
        for _ in range(60):  # it scrolls on while there is more to read
            if not self._is_covered():
                break
            await self.keys("s")
        self.tally.released += 1

    async def settle(self, most: float) -> None:
        """Decide on what is held, and wait until nothing moves by itself."""
        box = self.stage.inbox.outbox
        end = time.monotonic() + most
        while time.monotonic() < end:
            waiting = box.attention()
            for row in waiting:
                if row.held_for == "stale":
                    await self.decide(row)
                else:
                    await box.discard(row.id)
                    self.tally.withdrawn += 1
            if not box.pending():
                return
            await asyncio.sleep(0.05)


async def torture(
    rounds: int, *, seed: int = 1, faults: str = FAULTS, minutes: float = 8.0, stored_counts: bool = False,
    verbose: bool = False,
) -> Tally:  # fmt: skip
    """All of it. ``stored_counts`` takes what is stored for seen, as a guard that knows no better would: it must be
    found out."""
    rng, tally = random.Random(seed), Tally()
    started = time.monotonic()
    workspace = Workspace(seed=seed, conversations=CONVERSATIONS)
    with tempfile.TemporaryDirectory(prefix="guard-") as folder:
        stage = Stage(
            Path(folder) / "inbox.db",
            workspace,
            settings="",
            options=Options(undo_seconds=0.1, settle_seconds=0.5, fast_seconds=0.5, idle_seconds=0.5),
            faults=Faults(),
            environ={},
        )
        size = rng.choice((_WIDE, _NARROW, _NARROW, _TINY))
        room = Room(stage, rng, tally)
        async with stage.app.run_test(size=size) as pilot:
            stage.pilot = pilot
            await stage.wait(lambda: stage.inbox.status.synced_at and not stage.inbox.status.syncing)
            room.witness.watch_the_wire()
            if stored_counts:
                threads = stage.inbox.threads

                def evidence(conversation_id: str) -> Seen:
                    return all_of(threads.cached(conversation_id))

                setattr(stage.app.seen, "evidence", evidence)  # noqa: B010 - the rule that is to be found out
            chosen = Faults.parse(faults, seed)
            stage.faults.rates, stage.faults.latency_ms, stage.faults.rng = chosen.rates, chosen.latency_ms, chosen.rng
            cids = [str(one.id) for one in workspace.conversations]
            while tally.rounds < rounds and time.monotonic() - started < minutes * 60:
                busy = {row.conversation_id for row in stage.inbox.outbox.pending()}
                for row in stage.inbox.outbox.attention():
                    if row.held_for == "stale":
                        await room.decide(row)
                    else:
                        await stage.inbox.outbox.discard(row.id)
                        tally.withdrawn += 1
                free = [cid for cid in cids if cid not in busy]
                if not free:
                    await asyncio.sleep(0.05)
                    continue
                await room.round(rng.choice(free))
                tally.rounds += 1
                if tally.rounds % 40 == 0:
                    stage.online = False
                    await asyncio.sleep(0.05)
                    stage.online = True
                if tally.rounds % 250 == 0:
                    await pilot.resize_terminal(*rng.choice((_WIDE, _NARROW, _NARROW, _TINY)))
                if verbose and tally.rounds % 100 == 0:
                    seconds = time.monotonic() - started
                    print(f"{tally.rounds} rounds, {seconds:.0f} s", file=sys.stderr, flush=True)
            stage.faults.rates.clear()
            await room.settle(30)
            await asyncio.gather(*room.working)
            room.witness.count()
        stage.store.close()
    tally.seconds = time.monotonic() - started
    return tally


def run(
    rounds: int, *, seed: int = 1, faults: str = FAULTS, minutes: float = 8.0, stored_counts: bool = False
) -> Tally:
    """The same for a command line, saying how far it is."""
    return asyncio.run(
        torture(rounds, seed=seed, faults=faults, minutes=minutes, stored_counts=stored_counts, verbose=True)
    )
