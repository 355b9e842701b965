"""The outbox step by step: what leaves when, in which order, what holds it back, and what a person is told."""

import os
import sqlite3
import subprocess
import sys

import pytest

from tests.inbox.virtual import SETTLE, Fault, World
from tui.inbox.actions import codec as acts
from tui.inbox.outbox import lease
from tui.model.errors import StoreError
from tui.model.outbox import Hold, State
from tui.model.rows import DraftRow, OutboxRow
from tui.sandbox.model import Author
from tui.store import outbox, people


def states(world: World) -> list[tuple[str, State, Hold]]:
    return [(row.kind, row.state, row.held_for) for row in outbox.recent(world.program.store.reader, 0)][::-1]


def test_one_request_an_action_and_two_for_a_guarded_reply(world: World) -> None:
    actions = world.program.actions
    world.run(actions.close(world.cids[0]))
    world.run(actions.tag(world.cids[1], str(next(iter(world.workspace.rooms.tags)))))
    world.run(actions.note(world.cids[2], "hm"))
    world.wait(10)
    assert (len(world.sent()), len(world.read())) == (3, 0)
    world.run(actions.reply(world.cids[2], "Hello"))
    world.wait(10)
    assert (len(world.sent()), len(world.read())) == (4, 1)


def test_order_is_kept_in_a_conversation_and_others_do_not_wait(world: World) -> None:
    actions = world.program.actions
    world.run(actions.reply(world.cid, "first"))
    world.run(actions.close(world.cid))
    world.run(actions.open(world.cids[1]))
    world.wait(2)
    assert [line.split()[1] for line in world.sent()] == [f"/conversations/{world.cids[1]}/parts"]
    world.wait(6)
    assert [line.split()[1].rpartition("/")[2] for line in world.sent()] == ["parts", "reply", "parts"]
    assert world.workspace.conversations.get(world.cid).state == "closed"


def test_offline_actions_wait_and_leave_when_the_link_is_back(world: World) -> None:
    world.wire.offline = True
    for n in range(12):
        world.run(world.program.actions.note(world.cid, f"note {n}"))
    world.wait(300)
    assert world.program.board.now.connection == "offline"
    assert (world.program.board.now.queued, len(world.sent())) == (12, 0)
    world.wire.offline = False
    world.wait(60)
    assert [body for body in world.bodies() if "note" in body] == [f"<p>note {n}</p>" for n in range(12)]
    assert world.program.board.now.queued == 0
    # being offline for long is no attempt: nothing is given up because of it
    assert all(row.attempts == 1 for row in outbox.recent(world.program.store.reader, 0))


def test_a_refused_reply_keeps_its_words_and_intercoms_reason_and_rolls_back(world: World) -> None:
    before = world.run(world.program.client.conversations.get(world.cid)).state
    world.wire.writes.append(Fault("refused"))
    number = world.run(world.program.actions.reply(world.cid, "Not like this", close=True))
    world.run(world.program.actions.note(world.cid, "after it"))
    world.wait(20)
    (row,) = world.program.box.attention()
    assert (row.id, row.state, row.reason) == (number, "rejected", "Not like this")
    shown = world.program.store.reader.execute("SELECT state FROM conversations WHERE id = ?", (world.cid,)).fetchone()
    assert shown == (before,)
    # what follows in the conversation waits for the decision
    assert not any("after it" in body for body in world.bodies())
    result = world.run(world.program.box.reopen(number))
    assert (result.draft_kind, result.text) == ("reply", "Not like this")
    assert people.drafts(world.program.store.reader, world.cid)[0].text == "Not like this"
    world.wait(10)
    assert any("after it" in body for body in world.bodies())


def test_a_refused_event_holds_nothing_up(world: World) -> None:
    world.wire.writes.append(Fault("refused"))
    world.run(world.program.actions.assign(world.cid, admin_id="1"))
    world.run(world.program.actions.note(world.cid, "after it"))
    world.wait(10)
    assert [row.state for row in world.program.box.attention()] == ["rejected"]
    assert any("after it" in body for body in world.bodies())


def test_six_attempts_without_effect_and_a_person_is_asked(world: World) -> None:
    world.wire.writes.extend([Fault("cut_before")] * 6)
    number = world.run(world.program.actions.note(world.cid, "never there"))
    world.wait(200)
    (row,) = world.program.box.attention()
    assert (row.held_for, row.attempts, len(world.sent())) == ("given up", 6, 6)
    world.run(world.program.box.retry(number))
    world.wait(20)
    assert sum("never there" in body for body in world.bodies()) == 1


def test_a_retry_shows_one_part_not_two(world: World) -> None:
    world.wire.writes.append(Fault("refused"))
    number = world.run(world.program.actions.note(world.cid, "again"))
    world.wait(8)
    world.wire.offline = True
    world.run(world.program.box.retry(number))
    query = "SELECT count(*) FROM parts WHERE outbox_id = ?"
    assert world.program.store.reader.execute(query, (number,)).fetchone() == (1,)
    world.wire.offline = False
    world.wait(20)
    assert world.program.store.reader.execute(query, (number,)).fetchone() == (0,)


def test_rate_limited_actions_leave_when_the_window_opens(world: World) -> None:
    world.wire.writes.extend([Fault("429")] * 9)
    for number, cid in enumerate(world.cids):
        world.run(world.program.actions.set_title(cid, f"Title {number}"))
    world.wait(60)
    assert [world.workspace.conversations.get(cid).title for cid in world.cids] == ["Title 0", "Title 1", "Title 2"]
    assert states(world) == [("title", "done", "")] * 3


# -------------------------------------------------------------------------------------------------- the stale guard


@pytest.mark.parametrize("who", ["customer", "teammate", "their note", "customer of a closed one"])
def test_a_reply_waits_when_somebody_wrote_meanwhile(world: World, who: str) -> None:
    other = next(one for one in world.workspace.rooms.admins if str(one) != world.me)
    if who == "customer of a closed one":
        world.workspace.admin_part(world.cid, int(world.me), "close")
        world.wait(2)
    world.wait(2)
    number = world.run(world.program.actions.reply(world.cid, "On it"))
    if who.startswith("customer"):
        world.workspace.customer_reply(world.cid, "<p>Never mind!</p>")
    else:
        world.workspace.admin_reply(world.cid, other, "<p>I have this</p>", note=who == "their note")
    world.wait(20)
    (row,) = world.program.box.attention()
    assert (row.id, row.held_for, world.sent()) == (number, "stale", [])
    assert "after you opened this" in row.reason
    # what came in is on screen already
    thread = world.program.store.reader.execute("SELECT group_concat(body) FROM parts").fetchone()[0]
    assert ("Never mind!" in thread) or ("I have this" in thread)
    world.run(world.program.box.send_anyway(number))
    world.wait(10)
    assert sum("On it" in body for body in world.bodies()) == 1


@pytest.mark.parametrize("who", ["bot", "me", "event"])
def test_a_reply_does_not_wait_for_bots_for_oneself_or_for_events(world: World, who: str) -> None:
    world.run(world.program.actions.reply(world.cid, "On it"))
    if who == "bot":
        world.workspace.bot_reply(world.cid, "<p>Fin here</p>", Author("bot", "b1", "Fin", ""))
    elif who == "me":
        world.workspace.admin_reply(world.cid, int(world.me), "<p>from the web</p>")
    else:
        world.workspace.admin_part(world.cid, int(world.me), "close")
    world.wait(20)
    assert sum("On it" in body for body in world.bodies()) == 1


def test_force_asks_nobody(world: World) -> None:
    world.run(world.program.actions.reply(world.cid, "On it", force=True))
    world.workspace.customer_reply(world.cid, "<p>Never mind!</p>")
    world.wait(20)
    assert (len(world.sent()), len(world.read())) == (1, 0)


def test_a_conversation_seen_in_the_list_only_was_seen_up_to_its_last_second(world: World) -> None:
    world.workspace.customer_reply(world.cid, "<p>Hello?</p>")
    world.program.store.write_now(lambda db: db.execute("DELETE FROM parts"))
    model = world.run(world.program.client.conversations.get(world.cid))
    model.conversation_parts.parts.clear()
    world.run(world.program.ingest.page([model]))
    world.run(world.program.actions.reply(world.cid, "Here"))
    world.wait(10)
    assert sum("Here" in body for body in world.bodies()) == 1


# ------------------------------------------------------------------------------------------- deaths, leases, workspaces


def test_a_dead_program_is_followed_at_once_and_a_living_one_is_not(world: World) -> None:
    world.wire.writes.append(Fault("ok", there=30.0))
    world.run(world.program.actions.note(world.cid, "slow"))
    world.wait(7)
    second = world.start()
    world.wait(15)
    assert len(world.sent()) == 1
    world.kill(world.program)
    world.program = second
    world.wait(1)
    assert [row.state for row in second.box.pending()] == ["unsure"]
    world.wait(60)
    assert len(world.sent()) == 1
    assert sum("slow" in body for body in world.bodies()) == 1


def test_a_program_of_which_nothing_is_known_is_waited_for_as_long_as_its_lease(world: World) -> None:
    world.wire.writes.append(Fault("late", later=1.0, back=50.0))
    world.run(world.program.actions.note(world.cid, "elsewhere"))
    world.wait(6)
    first, world.program = world.program, world.start()
    world.kill(first, known=False)
    world.wait(lease.SECONDS - 10)
    assert [row.state for row in world.program.box.pending()] == ["sending"]
    world.wait(40)
    assert states(world) == [("note", "done", "")]
    assert len(world.sent()) == 1


def test_what_was_claimed_and_then_stopped_for_long_does_not_leave(world: World) -> None:
    """A program that is stopped (ctrl+z, a laptop's lid) between the journal and the network must look again."""
    program = world.program
    stopped: list[int] = []
    whole = program.worker._claims.begin

    async def begin(row: OutboxRow, baseline: bytes, *, again: bool) -> bool:
        got = await whole(row, baseline, again=again)
        if not stopped:
            stopped.append(row.id)
            world.loop.jump(lease.SECONDS)
        return got

    setattr(program.worker._claims, "begin", begin)  # noqa: B010
    world.run(program.actions.note(world.cid, "after the lid was opened"))
    world.wait(7)
    assert (stopped != [], len(world.sent())) == (True, 0)
    world.wait(60)
    assert sum("lid" in body for body in world.bodies()) == 1


def test_what_a_person_must_decide_cannot_be_claimed_by_who_read_it_earlier(world: World) -> None:
    world.wire.offline = True
    number = world.run(world.program.actions.note(world.cid, "hm"))
    world.program.store.write_now(lambda db: outbox.move(db, number, State.HELD, held_for=Hold.GIVEN_UP))

    def claim(db: sqlite3.Connection) -> bool:
        return outbox.claim(
            db,
            number,
            from_states=(State.HELD, State.QUEUED),
            to_state=State.QUEUED,
            owner="late",
            now=9e9,
            lease_until=9e9 + 90,
        )

    assert not world.program.store.write_now(claim)
    world.program.store.write_now(lambda db: outbox.move(db, number, State.HELD, held_for=Hold.UNDO, due_at=9e9 + 5))
    assert not world.program.store.write_now(claim)
    world.program.store.write_now(lambda db: outbox.move(db, number, State.HELD, held_for=Hold.UNDO, due_at=9e9 - 5))
    assert world.program.store.write_now(claim)


def test_nothing_leaves_for_another_workspace(world: World) -> None:
    world.kill(world.program)
    db = sqlite3.connect(world.folder / "s.db")
    db.execute("INSERT OR REPLACE INTO meta VALUES ('workspace', 'another1')")
    db.commit()
    db.close()
    world.program = world.start()
    world.run(world.program.actions.close(world.cid))
    world.wait(300)
    assert world.sent() == []
    assert world.program.board.now.connection == "refused"
    assert "another1" in world.program.board.now.error


def test_a_store_that_another_program_locks_for_long_only_delays(world: World) -> None:
    program, whole, refusals = world.program, world.program.store._transact, [3]

    def transact(job: object, background: bool) -> object:
        if refusals[0] and world.loop.time() > 5.0:
            refusals[0] -= 1
            raise StoreError("Another program holds the store locked: try again.")
        return whole(job, background)  # type: ignore[arg-type]

    world.run(program.actions.note(world.cid, "patience"))
    setattr(program.store, "_transact", transact)  # noqa: B010
    world.wait(120)
    assert refusals == [0]
    assert sum("patience" in body for body in world.bodies()) == 1


def test_an_owner_is_dead_only_when_that_is_sure() -> None:
    mine = lease.owner_name()
    assert not lease.is_dead(mine)
    machine, pid, began, rest = mine.split("|")
    assert lease.is_dead(f"{machine}|{pid}|{int(began or 1) + 1}|{rest}") == bool(began)
    assert not lease.is_dead(f"elsewhere|{pid}|1|{rest}")
    assert not lease.is_dead(f"{machine}|none|1|{rest}")
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = f"{machine}|{child.pid}|{lease._began(child.pid)}|{rest}"
    assert not lease.is_dead(name)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert lease.is_dead(name), "a corpse that nobody has buried yet"
    child.communicate()
    assert lease.is_dead(name)


# ------------------------------------------------------------------------------------------------- contacts, drafts


def test_the_same_note_about_a_contact_twice_is_two_notes(world: World) -> None:
    contact = next(iter(world.workspace.contacts)).id
    world.wire.writes.extend([Fault("ok"), Fault("cut_before"), Fault("cut_after")])
    for _ in range(3):
        world.run(world.program.actions.note_contact(contact, "Called, no answer"))
        world.wait(40)

    async def notes() -> list[str]:
        return [note.body async for page in world.program.client.contacts.note_pages(contact) for note in page.items]

    assert world.run(notes()).count("<p>Called, no answer</p>") == 3


def test_contact_tags_settle_by_the_tags_there_are(world: World) -> None:
    contact = next(iter(world.workspace.contacts)).id
    tag = str(next(iter(world.workspace.rooms.tags)))
    for kind in ("cut_after", "cut_before"):
        world.wire.writes.append(Fault(kind))
        world.run(world.program.actions.tag_contact(contact, tag))
        world.wait(SETTLE + 20)
        assert tag in [one.id for one in world.run(world.program.client.contacts.tags(contact)).items]
        world.wire.writes.append(Fault(kind))
        world.run(world.program.actions.untag_contact(contact, tag))
        world.wait(SETTLE + 20)
        assert tag not in [one.id for one in world.run(world.program.client.contacts.tags(contact)).items]
    assert {state for _, state, _ in states(world)} == {"done"}


def test_the_journal_holds_whatever_can_be_typed(world: World) -> None:
    words = "half a pair \ud83d, a nul \x00, an escape \x1b[31m, and emoji 🏳️‍🌈"
    world.wire.writes.append(Fault("cut_after"))
    number = world.run(world.program.actions.note(world.cid, words))
    row = world.program.box.get(number)
    assert row is not None
    assert acts.decode(row.payload).text == words.replace("\ud83d", "?")
    world.wait(40)
    assert states(world) == [("note", "done", "")]
    assert len(world.sent()) == 1


def test_journaling_takes_the_draft_with_it_and_nothing_in_between(world: World) -> None:
    program = world.program
    program.store.write_now(lambda db: people.put_drafts(db, [DraftRow(world.cid, "reply", "Hi", 1)]))
    program.store.write_now(lambda db: people.put_drafts(db, [DraftRow(world.cid, "note", "own", 1)]))
    world.run(program.actions.reply(world.cid, "Hi"))
    assert [(row.kind, row.text) for row in people.drafts(program.store.reader)] == [("note", "own")]
