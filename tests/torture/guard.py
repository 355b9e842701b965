"""Replies written through the real screen while customers and teammates write at random moments.

Before, while and after typing, during the undo window, during the send, several at once, notes, tall messages, with a
network that fails: no reply may leave past a message that was not on the screen. The oracle is not the program's own
idea of what was seen: it reads the words that were painted (of the thread pane and of dialogs, from the updates for
the terminal) and, at the end, the order of the parts in the workspace.

Between the guard's look and the request that follows there is a gap that nobody but Intercom could close. What came in
there is counted apart, as ``in the gap``; how wide the gap was is measured.
"""

import asyncio
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen

from tests.app.conftest import Stage
from tui.config.keymap import character_key
from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import decode
from tui.inbox.inbox import Options
from tui.inbox.incoming import Seen, all_of
from tui.sandbox.faults import Faults
from tui.sandbox.furniture import FIN
from tui.sandbox.model import Part
from tui.sandbox.workspace import Workspace
from tui.store.rows import OutboxRow

FAULTS = "cut_before=0.01,cut_after=0.01,5xx=0.005,truncate=0.01,nulls=0.02,latency=0.25:5-60"
"""What goes wrong; rates are low since each costs a second of waiting, and there are some 20,000 requests."""

CONVERSATIONS = 60
_MARK = re.compile(r"q[0-9]+[a-d]z")
_TALL = 40
_WIDE, _NARROW, _TINY = (140, 40), (80, 24), (60, 20)


class Glass:
    """The screen as the terminal would have it: the text of every update, written over the last."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []

    def take(self, update: RenderableType | None) -> None:
        """Write one update of the compositor."""
        if isinstance(update, LayoutUpdate):
            region = update.region
            if region.x == 0 and region.y == 0:
                self.rows = [[" "] * region.width for _ in range(region.height)]
            for y, line in enumerate(update.strips, region.y):
                x = region.x
                for strip in line:
                    x = self._write(y, x, strip)
        elif isinstance(update, ChopsUpdate):
            for y, left, right in update.spans:
                for x, chop in update.chops[y].items():
                    if chop is not None and x < right and x + chop.cell_length > left:
                        self._write(y, x, chop)

    def _write(self, y: int, x: int, strip: Any) -> int:
        row = self.rows[y] if y < len(self.rows) else []
        for segment in strip:
            if segment.control:
                continue
            for char in segment.text:
                if x < len(row):
                    row[x] = char
                x += 1 if char.isascii() else segment.cell_length if len(segment.text) == 1 else 1
        return x

    def text(self, x: int, y: int, width: int, height: int) -> str:
        """A rectangle of it."""
        return "\n".join("".join(row[x : x + width]) for row in self.rows[y : y + height])


@dataclass
class Tally:
    """What came of it. ``passed`` names each reply that left past a message it should have been held for."""

    passed: list[str] = field(default_factory=list)
    in_the_gap: int = 0
    sent: int = 0
    at_once: int = 0
    held: int = 0
    released: int = 0
    withdrawn: int = 0
    unsent: int = 0
    messages: int = 0
    announced: int = 0
    rounds: int = 0
    seconds: float = 0.0
    gaps: list[float] = field(default_factory=list)

    def sentence(self) -> str:
        """One line."""
        width = (
            f"gap {statistics.median(self.gaps) * 1000:.0f} ms median, {max(self.gaps) * 1000:.0f} ms at most"
            if self.gaps
            else "no gap measured"
        )
        return (
            f"passed {len(self.passed)}, {self.rounds} rounds, {self.messages} messages by others, {self.sent} replies "
            f"sent ({self.at_once} without being held), {self.held} held, "
            f"{self.released} released after being read, {self.withdrawn} taken back, "
            f"{self.unsent} unsent, {self.announced} announced, {self.in_the_gap} in the gap ({width}), "
            f"{self.seconds:.0f} s"
        )


class Room:
    """The app, the people around it, and what was really on the screen."""

    def __init__(self, stage: Stage, rng: random.Random, tally: Tally) -> None:
        self.stage, self.rng, self.tally = stage, rng, tally
        self.glass = Glass()
        self.painted: set[str] = set()
        """Marks of which the words were on screen."""
        self.lines: dict[str, list[str]] = {}
        """The marks that must have been on screen, by part id."""
        self.known: dict[str, set[str]] = {}
        """What was on screen when a reply was last decided on, by its mark."""
        self.looked: dict[str, tuple[set[str], float]] = {}
        """The part ids of the guard's last look, by conversation, and when it came back."""
        self.at_send: dict[str, set[str]] = {}
        """The part ids of the guard's look before the request, by the reply's mark."""
        self.were_held: set[str] = set()
        self.number = 0
        self.others = [one for one in stage.workspace.rooms.admins if one != stage.workspace.me.id]
        self.working: set[asyncio.Task[None]] = set()
        self._watch_the_screen()
        self._watch_decisions()

    # What is seen, by us

    def _watch_the_screen(self) -> None:
        app = self.stage.app
        paint = app._display

        def display(screen: Screen[Any], update: RenderableType | None) -> None:
            paint(screen, update)
            if update is not None and not app._batch_count:
                self.glass.take(update)
                self._read()

        setattr(app, "_display", display)  # noqa: B010 - one app, watched from outside

    def _read(self) -> None:
        panes = self.stage.app.layout
        for widget in (panes.thread, panes.overlay):
            if widget.display and widget.is_attached and panes.is_shown("thread"):
                region = widget.region
                self.painted.update(_MARK.findall(self.glass.text(region.x, region.y, region.width, region.height)))
        if "ctrl+n" in self.glass.text(0, 0, 200, 60):
            self.tally.announced += 1

    def _watch_decisions(self) -> None:
        inbox = self.stage.inbox
        actions, box = inbox.actions, inbox.outbox
        reply, anyway = actions.reply, box.send_anyway

        async def replied(conversation_id: str, markdown: str, **more: Any) -> int:
            self.known[_MARK.findall(markdown)[0]] = set(self.painted)
            return await reply(conversation_id, markdown, **more)

        async def sent_anyway(outbox_id: int, *rest: Any) -> str:
            row = box.get(outbox_id)
            if row is not None:
                self.known[_mark_of(row)] = set(self.painted)
            return await anyway(outbox_id, *rest)

        setattr(actions, "reply", replied)  # noqa: B010 - watched from outside
        setattr(box, "send_anyway", sent_anyway)  # noqa: B010

    def watch_the_wire(self) -> None:
        """Note what the guard's look brought, and when the reply left. Only the guard asks without a priority."""
        client = self.stage.inbox.link.client
        assert client is not None
        conversations = client.conversations
        get, reply = conversations.get, conversations.reply

        async def got(conversation_id: str, **more: Any) -> Any:
            model = await get(conversation_id, **more)
            if not more:
                self.looked[conversation_id] = ({part.id for part in model.conversation_parts.parts}, time.monotonic())
            return model

        async def replied(conversation_id: str, *rest: Any, **more: Any) -> Any:
            marks = _MARK.findall(str(rest) + str(more))
            if marks and conversation_id in self.looked:
                self.at_send[marks[0]], at = self.looked[conversation_id]
                self.tally.gaps.append(time.monotonic() - at)
            return await reply(conversation_id, *rest, **more)

        setattr(conversations, "get", got)  # noqa: B010 - watched from outside
        setattr(conversations, "reply", replied)  # noqa: B010

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
        self.lines[str(part.id)] = marks
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
        self.were_held.add(_mark_of(row))
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
            before = self.glass.text(0, 0, 200, 60)
            await self.keys("pagedown")
            await asyncio.sleep(0.03)
            if self.glass.text(0, 0, 200, 60) == before:
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

    # The count

    def count(self) -> None:
        """Hold the order of the parts in the workspace against what was on the screen."""
        conversations = self.stage.workspace.conversations
        me = str(self.stage.workspace.me.id)
        for conversation in conversations:
            unseen_before: list[Part] = []
            for part in conversations.parts(conversation):
                marks = _MARK.findall(part.body or "")
                if part.author.id == me and part.author.type == "admin" and marks:
                    self._judge(marks[0], unseen_before, str(conversation.id))
                    self.tally.sent += 1
                    self.tally.at_once += marks[0] not in self.were_held
                elif str(part.id) in self.lines:
                    unseen_before.append(part)
        self.tally.unsent = len(self.stage.inbox.outbox.pending())

    def _judge(self, mark: str, before: list[Part], cid: str) -> None:
        known, looked = self.known.get(mark, set()), self.at_send.get(mark)
        for part in before:
            part_id = str(part.id)
            if set(self.lines[part_id]) <= known:
                continue
            if looked is not None and part_id not in looked:
                self.tally.in_the_gap += 1
            else:
                missed = sorted(set(self.lines[part_id]) - known)
                self.tally.passed.append(
                    f"{mark} in {cid} went past {missed} of {self.lines[part_id]}: a {part.part_type} by a "
                    f"{part.author.type}; the reply was {'held before' if mark in self.were_held else 'not held'}"
                )


def _mark_of(row: OutboxRow) -> str:
    action: Action = decode(row.payload)
    found = _MARK.findall(action.text)
    return found[0] if found else ""


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
            room.watch_the_wire()
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
            room.count()
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
