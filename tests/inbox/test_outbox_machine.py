"""The outbox against everything at once: nothing is lost, nothing is sent twice, the order is kept, the screen is true.

Hypothesis chooses what is done, what the network makes of each request, when a process dies (at any of its awaits) and
who else works on the same store. See :mod:`tests.inbox.virtual` for what is real here.
"""

import asyncio
import re
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TypeVar

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.inbox.virtual import READ_FAULTS, SETTLE, WRITE_FAULTS, Fault, Program, VirtualLoop, Wire
from tui.api.errors import IntercomError
from tui.inbox.actions import codec as acts
from tui.inbox.actions.assign import Assign
from tui.inbox.actions.codec import overlay
from tui.inbox.outbox.batch import batch
from tui.inbox.outbox.undo import Question
from tui.inbox.sync import mapping
from tui.model.rows import ConversationRow, OutboxRow
from tui.sandbox.conversations import _FIRST_NEW_PART_ID
from tui.sandbox.workspace import Workspace
from tui.store import conversations, outbox, parts
from tui.store.conversations import joined

T = TypeVar("T")

_MARK = re.compile(r"mark(\d+)end")
_delays = st.sampled_from((0.01, 0.3, 2.0))
_write_faults = st.builds(
    Fault, st.sampled_from(WRITE_FAULTS), _delays, _delays, st.floats(0.1, SETTLE - 4.0, allow_nan=False)
)
_read_faults = st.builds(Fault, st.sampled_from(READ_FAULTS), _delays, _delays)
_which = st.integers(0, 2)
_STATES = ("close", "open", "read", "title", "snooze", "assign", "unassign", "tag", "untag")
_many = st.integers(0, 1000)


class OutboxMachine(RuleBasedStateMachine):
    """Two programs may work on one store; either may die at any moment and be followed by a new one."""

    @initialize(seed=st.integers(1, 3), writes=st.lists(_write_faults, max_size=12))
    def begin(self, seed: int, writes: list[Fault]) -> None:
        self.loop = VirtualLoop()
        asyncio.set_event_loop(self.loop)
        self.folder = Path(tempfile.mkdtemp(prefix="outbox-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
        self.workspace = Workspace(seed, 3, now=self.loop.clock)
        self.wire = Wire(self.loop, self.workspace)
        self.me = str(self.workspace.me.id)
        self.cids = [str(one.id) for one in self.workspace.conversations]
        self.tags = [str(tag) for tag in self.workspace.rooms.tags][:2]
        self.admins = [str(one) for one in self.workspace.rooms.admins][:3]
        self.first_part = _FIRST_NEW_PART_ID
        self.dead: set[str] = set()
        self.born = 0
        self.marks = 0
        self.decided: set[int] = set()
        self.programs: list[Program] = [self._new_program()]
        self.run(self._fill())
        self.wire.writes.extend(writes)

    # ------------------------------------------------------------------------------------------------ helpers

    def run(self, work: "Coroutine[object, object, T]") -> T:
        return self.loop.run_until_complete(work)

    def _new_program(self) -> Program:
        self.born += 1
        program = Program(self.loop, self.folder / "s.db", self.wire, f"program {self.born}", self.dead, self.me)
        program.start()
        return program

    async def _fill(self) -> None:
        for cid in self.cids:
            await self.programs[0].ingest.conversation(await self.programs[0].client.conversations.get(cid))

    @property
    def program(self) -> Program:
        return self.programs[0]

    def rows(self) -> list[OutboxRow]:
        return outbox.recent(self.program.store.reader, 0, 10_000)[::-1]

    def _pick(self, number: int, wanted: Callable[[OutboxRow], bool]) -> OutboxRow | None:
        found = [row for row in self.rows() if wanted(row)]
        return found[number % len(found)] if found else None

    def said(self, cid: str) -> list[int]:
        """The marks in the workspace's conversation, oldest first."""
        there = self.workspace.conversations.parts(self.workspace.conversations.get(cid))
        return [int(mark) for part in there for mark in _MARK.findall(part.body or "")]

    # -------------------------------------------------------------------------------------------------- what we do

    @rule(which=_which, close=st.booleans(), force=st.booleans(), snooze=st.booleans())
    def reply(self, which: int, close: bool, force: bool, snooze: bool) -> None:
        self.marks += 1
        until = int(self.loop.clock()) + 90_000 if snooze else 0
        words = f"Hello **mark{self.marks}end** & goodbye"
        self.run(self.program.actions.reply(self.cids[which], words, close=close, force=force, snooze_until=until))

    @rule(which=_which)
    def note(self, which: int) -> None:
        self.marks += 1
        self.run(self.program.actions.note(self.cids[which], f"- mark{self.marks}end\n- <b>bold</b>"))

    @rule(which=_which, what=st.sampled_from(_STATES), number=st.integers(0, 2))
    def act(self, which: int, what: str, number: int) -> None:
        actions, cid = self.program.actions, self.cids[which]
        tag = self.tags[number % 2]
        work: Coroutine[object, object, int]
        match what:
            case "close":
                work = actions.close(cid)
            case "open":
                work = actions.open(cid)
            case "read":
                work = actions.mark_read(cid, True)
            case "title":
                work = actions.set_title(cid, f"Title {self.loop.time():.2f}")
            case "snooze":
                work = actions.snooze(cid, int(self.loop.clock()) + 7200 + number * 3600)
            case "assign":
                work = actions.assign(cid, admin_id=self.admins[number])
            case "unassign":
                work = actions.assign(cid)
            case "tag":
                work = actions.tag(cid, tag)
            case _:
                work = actions.untag(cid, tag)
        self.run(work)

    @rule(what=st.sampled_from(("close", "snooze", "unassign", "tag", "tags")), number=st.integers(0, 1))
    def act_on_all(self, what: str, number: int) -> None:
        """Several selected: one thing in the journal."""
        actions = self.program.actions

        async def do() -> None:
            with batch():
                for cid in self.cids[number:]:
                    if what == "close":
                        await actions.close(cid)
                    elif what == "snooze":
                        await actions.snooze(cid, int(self.loop.clock()) + 7200)
                    elif what == "unassign":
                        await actions.assign(cid)
                    else:
                        await actions.tag(cid, self.tags[0])
                        if what == "tags":
                            await actions.untag(cid, self.tags[1])

        self.run(do())

    @rule(which=_which)
    def claim(self, which: int) -> None:
        self.run(self.program.actions.assign(self.cids[which], admin_id=self.me))

    @rule(number=_many)
    def undo(self, number: int) -> None:
        """By the list, read and agreed to."""
        choices = self.program.undo.undoable()
        if choices:
            chosen = choices[number % len(choices)].step.key
            if isinstance(self.run(self.program.undo.choose(chosen)), Question):
                self.run(self.program.undo.choose(chosen))

    @rule(times=st.integers(1, 3))
    def undo_key(self, times: int) -> None:
        """By the key: what a program did not do itself stays, and so does what is older than what cannot be undone."""
        mine = {row.id for row in self.rows() if row.origin == self.program.box.origin}
        before = self._unsettled()
        for _ in range(times):
            self.run(self.program.undo.asked())
        taken = before - self._unsettled()
        assert taken <= mine, (taken, mine)

    def _unsettled(self) -> set[int]:
        """What was neither withdrawn nor reversed."""
        rows = self.rows()
        reversed_ = {row.undoes for row in rows}
        return {row.id for row in rows if row.state not in ("undone", "discarded") and row.id not in reversed_}

    @rule(number=_many, how=st.sampled_from(("retry", "send_anyway", "send_anyway", "discard", "reopen")))
    def decide(self, number: int, how: str) -> None:
        box = self.program.box
        # what may have arrived can be discarded, too, and arrive all the same: see test_late
        waiting = box.attention() or [row for row in box.pending() if how == "discard" and row.state != "unsure"]
        if not waiting:
            return
        chosen = waiting[number % len(waiting)].id
        self.decided.add(chosen)
        if how == "reopen":
            self.run(box.reopen(chosen))
        else:
            self.run({"retry": box.retry, "send_anyway": box.send_anyway, "discard": box.discard}[how](chosen))

    # ------------------------------------------------------------------------------------ what others and time do

    @rule(seconds=st.sampled_from((0.05, 0.4, 1.0, 3.0, 6.0)))
    def wait(self, seconds: float) -> None:
        self.run(asyncio.sleep(seconds))

    @rule(seconds=st.sampled_from((6.0, 20.0)))
    def wait_long(self, seconds: float) -> None:
        self.run(asyncio.sleep(seconds))

    @rule(writes=st.lists(_write_faults, min_size=1, max_size=4), reads=st.lists(_read_faults, max_size=2))
    def trouble(self, writes: list[Fault], reads: list[Fault]) -> None:
        self.wire.writes.extend(writes)
        self.wire.reads.extend(reads)

    @rule(seconds=st.sampled_from((1.0, 10.0)))
    def offline(self, seconds: float) -> None:
        self.wire.offline = True
        self.run(asyncio.sleep(seconds))
        self.wire.offline = False

    @rule(which=_which, who=st.sampled_from(("customer", "teammate", "note", "close")))
    def stranger(self, which: int, who: str) -> None:
        cid, other = self.cids[which], int(self.admins[1])
        if who == "customer":
            self.workspace.customer_reply(cid, "<p>One more thing</p>")
        elif who == "close":
            self.workspace.admin_part(cid, other, "close")
        else:
            self.workspace.admin_reply(cid, other, "<p>I have this</p>", note=who == "note")

    @rule(which=_which)
    def refresh(self, which: int) -> None:
        """The screen asks meanwhile: its answers arrive whenever they do."""
        program = self.program

        async def look() -> None:
            try:
                model = await program.client.conversations.get(self.cids[which])
            except IntercomError:
                return
            await program.ingest.conversation(model)

        program.spawn(look())

    @rule(seconds=st.sampled_from((0.0, 0.02, 0.35, 1.1, 5.01)), steps=st.integers(0, 60), which=st.integers(0, 1))
    def crash(self, seconds: float, steps: int, which: int) -> None:
        async def until_then() -> None:
            await asyncio.sleep(seconds)
            for _ in range(steps):
                await asyncio.sleep(0)

        victim = self.programs.pop(which % len(self.programs))
        self.run(until_then())
        self.run(victim.die())
        self.dead.add(victim.owner)
        if not self.programs:
            self.programs.append(self._new_program())

    @precondition(lambda self: len(self.programs) < 2)
    @rule()
    def second_program(self) -> None:
        self.programs.append(self._new_program())

    @precondition(lambda self: len(self.programs) == 2)
    @rule()
    def change_seats(self) -> None:
        self.programs.reverse()

    # ---------------------------------------------------------------------------------------------------- what holds

    @invariant()
    def nothing_twice_and_in_order(self) -> None:
        for cid in self.cids:
            said = self.said(cid)
            assert said == sorted(set(said)), (cid, said, self.wire.log)

    @invariant()
    def what_was_taken_back_never_left(self) -> None:
        said = {mark for cid in self.cids for mark in self.said(cid)}
        for row in self.rows():
            if row.state in ("undone", "discarded"):
                assert not self._marks(row) & said, (acts.decode(row.payload).text, self.wire.log)

    @invariant()
    def events_no_more_often_than_asked_for(self) -> None:
        part_types = {"close": "close", "open": "open", "assign": "assignment", "snooze": "snoozed"}
        asked: dict[tuple[str, str], int] = {}
        for row in self.rows():
            action = acts.decode(row.payload)
            kind: str = "close" if action.closes_too else action.kind
            # what waits out its undo window has not left either
            never = row.state in ("undone", "discarded") or (row.state == "held" and row.held_for == "undo")
            if kind in part_types and not never:
                asked[row.conversation_id, kind] = asked.get((row.conversation_id, kind), 0) + 1
        for cid in self.cids:
            there = self.workspace.conversations.parts(self.workspace.conversations.get(cid))
            for kind, part_type in part_types.items():
                done = sum(
                    1
                    for part in there
                    if part.part_type == part_type and part.author.id == self.me and part.id >= self.first_part
                )
                assert done <= asked.get((cid, kind), 0), (kind, self.wire.log)

    @invariant()
    def events_leave_in_the_order_they_were_journaled(self) -> None:
        """But for claims, which words that are held do not hold up, and for what was refused and is tried again."""
        for cid in self.cids:
            found = [
                int(row.part_id)
                for row in self.rows()
                if row.conversation_id == cid and row.part_id and row.id not in self.decided and not is_claim(row)
            ]
            assert found == sorted(found), (cid, found, self.wire.log)

    @invariant()
    def the_thread_shows_no_event_that_is_held(self) -> None:
        db = self.program.store.reader
        held = {row.id for row in self.rows() if row.state == "held" and row.held_for == "undo"}
        for cid in self.cids:
            events = {part.outbox_id for part in parts.of_conversation(db, cid) if part.outbox_id and not part.body}
            assert not events & held

    @invariant()
    def the_screen_shows_the_server_and_our_actions_on_top(self) -> None:
        db = self.program.store.reader
        for cid in self.cids:
            shown, base = conversations.get(db, cid), conversations.base_of(db, cid)
            if shown is None or base is None:
                continue
            assert _visible(shown) == _visible(overlay(base, outbox.effective(db, cid)))

    def teardown(self) -> None:
        if not hasattr(self, "loop"):
            return
        try:
            self._end()
        finally:
            for program in self.programs:
                self.run(program.die())
            self.run(self.wire.settle())
            self.run(self.loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            self.loop.close()
            shutil.rmtree(self.folder)

    def _end(self) -> None:
        """Let the link heal and everything come to rest; then compare with the workspace."""
        self.wire.writes.clear()
        self.wire.reads.clear()
        self.run(asyncio.sleep(600))
        waiting = {row.id for row in self.program.box.attention()}
        blocked = {row.conversation_id for row in self.program.box.attention()}
        said = {mark for cid in self.cids for mark in self.said(cid)}
        for row in self.rows():
            marks = self._marks(row)
            assert row.state not in ("sending", "unsure"), (row, self.wire.log)
            if row.state == "done":
                assert marks <= said, (row, self.wire.log)
            elif row.state in ("held", "ready") and row.id not in waiting:
                assert row.conversation_id in blocked, (row, self.wire.log)
            else:
                assert not marks & said, (row, self.wire.log)
        self.nothing_twice_and_in_order()
        for cid in self.cids:
            model = self.run(self.program.client.conversations.get(cid))
            self.run(self.program.ingest.conversation(model))
            if not outbox.of_conversation(self.program.store.reader, cid):
                self._at_rest(cid, mapping.conversation(model))

    def _at_rest(self, cid: str, record: conversations.ServerConversation) -> None:
        db = self.program.store.reader
        assert db.execute("SELECT count(*) FROM bases WHERE conversation_id = ?", (cid,)).fetchone() == (0,)
        query = "SELECT count(*) FROM parts WHERE outbox_id > 0 AND n = (SELECT n FROM conversations WHERE id = ?)"
        assert db.execute(query, (cid,)).fetchone() == (0,)
        row = conversations.get(db, cid)
        assert row is not None
        shown = (
            row.title, row.state, row.read, row.updated_at, row.waiting_since, row.snoozed_until,
            row.admin_assignee_id, row.team_assignee_id, joined(sorted(row.tag_ids)),
        )  # fmt: skip
        assert shown == (
            record.title, record.state, record.read, record.updated_at, record.waiting_since, record.snoozed_until,
            record.admin, record.team, joined(sorted(record.tag_ids.split())),
        )  # fmt: skip

    def _marks(self, row: OutboxRow) -> set[int]:
        return {int(mark) for mark in _MARK.findall(acts.decode(row.payload).text)}


def is_claim(row: OutboxRow) -> bool:
    action = acts.decode(row.payload)
    return isinstance(action, Assign) and action.is_claim


def _visible(row: ConversationRow) -> ConversationRow:
    return msgspec.structs.replace(row, n=0, pending="", has_draft=False, thread_updated_at=0, seen_at=0)


OutboxMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True
)
TestOutbox = OutboxMachine.TestCase
