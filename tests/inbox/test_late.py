"""Effects that land late: looked for with patience, and where that was not enough, told at once."""

import asyncio
import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inbox.virtual import SETTLE, Fault, World
from tui.inbox.outbox.duplicates import AFTER_ALL, SENT_TWICE, WATCHED
from tui.inbox.situation import ConnectionState, action_state, action_words
from tui.model.rows import OutboxRow

LATE = ("late", "500_late", "502_late", "504_late")


def copies(world: World, words: str) -> int:
    return sum(words in body for body in world.bodies())


def twice(world: World) -> list[OutboxRow]:
    return [row for row in world.program.box.attention() if row.held_for == "twice"]


def notes_of(world: World, contact_id: str) -> list[str]:
    contact = world.workspace.contacts.get(contact_id)
    return [note.body for note in contact.notes or []]


def a_contact(world: World) -> str:
    return str(world.workspace.conversations.get(world.cid).contacts[0].id)


def state(row: OutboxRow, world: World) -> str:
    now = world.loop.clock()
    found = action_state(row.state, row.held_for, row.counts_to, ConnectionState.ONLINE, now)
    return action_words(found, due_in=row.counts_to - now)


@pytest.mark.parametrize("kind", LATE)
@pytest.mark.parametrize("later", [1.0, 3.0, SETTLE * 0.5, SETTLE * 0.95])
def test_words_that_land_within_the_patience_are_sent_once(world: World, kind: str, later: float) -> None:
    world.wire.writes.append(Fault(kind, later=later))
    world.run(world.program.actions.reply(world.cid, "in good time", force=True))
    world.wait(90)
    assert (copies(world, "in good time"), len(world.sent("/reply"))) == (1, 1)
    assert world.program.box.pending() == []
    assert world.program.duplicate_watch.watched() == []


@pytest.mark.parametrize("kind", LATE)
def test_words_that_land_after_it_are_told_at_once_and_one_copy_can_be_redacted(world: World, kind: str) -> None:
    world.wire.writes.append(Fault(kind, later=SETTLE + 20))
    world.run(world.program.actions.reply(world.cid, "far too late", force=True))
    while copies(world, "far too late") < 2:
        world.wait(0.5)
    world.wait(20)
    (row,) = twice(world)
    assert (row.reason, world.program.board.now.twice, world.program.board.now.held) == (SENT_TWICE, 1, 0)
    assert "sent twice" in state(row, world)
    assert "far too late" in world.program.box.describe(row)
    world.run(world.program.box.retry(row.id))
    world.wait(10)
    assert copies(world, "far too late") == 1
    assert world.program.box.pending() == []


def test_a_copy_that_waits_for_a_decision_keeps_nothing_waiting_and_may_stay(world: World) -> None:
    world.wire.writes.append(Fault("late", later=SETTLE + 5))
    world.run(world.program.actions.note(world.cid, "far too late"))
    world.wait(60)
    (row,) = twice(world)
    world.run(world.program.actions.note(world.cid, "the next one"))
    world.wait(10)
    assert copies(world, "the next one") == 1
    assert world.run(world.program.box.discard(row.id)) == "Kept: both copies stay."
    world.wait(WATCHED + 120)
    assert (twice(world), copies(world, "far too late"), world.program.duplicate_watch.watched()) == ([], 2, [])


@pytest.mark.parametrize("after", [60.0, 3 * WATCHED])
def test_a_program_started_later_tells_it_too(world: World, after: float) -> None:
    world.wire.writes.append(Fault("late", later=SETTLE + 40))
    world.run(world.program.actions.note(world.cid, "told by another"))
    while len(world.sent("/reply")) < 2:
        world.wait(0.5)
    world.wait(1)
    world.kill(world.program)
    world.wait(after)
    world.program = world.start()
    world.wait(20)
    assert [row.reason for row in twice(world)] == [SENT_TWICE]


def test_a_contact_note_is_looked_for_and_told_as_well(world: World) -> None:
    contact_id = a_contact(world)
    world.wire.writes.append(Fault("504_late", later=SETTLE * 0.9))
    world.run(world.program.actions.note_contact(contact_id, "about her, in time"))
    world.wait(60)
    assert sum("in time" in body for body in notes_of(world, contact_id)) == 1
    world.wire.writes.append(Fault("504_late", later=SETTLE + 20))
    world.run(world.program.actions.note_contact(contact_id, "about her, late"))
    world.wait(90)
    assert sum("late" in body for body in notes_of(world, contact_id)) == 2
    (row,) = twice(world)
    assert "delete one of them" in world.run(world.program.box.retry(row.id))
    assert [one.id for one in twice(world)] == [row.id]


def test_a_late_contact_note_is_found_right_before_it_would_leave_again(world: World) -> None:
    contact_id = a_contact(world)
    world.wire.writes.append(Fault("late", later=SETTLE + 3))
    world.run(world.program.actions.note_contact(contact_id, "while offline"))
    world.wait(SETTLE - 1)
    world.wire.offline = True
    world.wait(60)
    world.wire.offline = False
    world.wait(60)
    assert sum("while offline" in body for body in notes_of(world, contact_id)) == 1


def test_the_same_words_sent_twice_on_purpose_are_no_double(world: World) -> None:
    world.wire.writes.extend([Fault("cut_before"), Fault(), Fault("cut_before")])
    for _ in range(3):
        world.run(world.program.actions.note(world.cid, "done"))
    world.wait(WATCHED)
    assert (copies(world, ">done<"), twice(world)) == (3, [])


def test_a_double_is_told_among_equal_words_that_were_meant(world: World) -> None:
    world.wire.writes.append(Fault("late", later=SETTLE + 10))
    for _ in range(2):
        world.run(world.program.actions.note(world.cid, "done"))
    world.wait(120)
    assert (copies(world, ">done<"), len(twice(world))) == (3, 1)


def test_an_attempt_that_never_left_does_not_make_an_earlier_one_forgotten(world: World) -> None:
    """The second attempt ends at a proxy: what the first left behind is looked for before the third."""
    world.wire.writes.extend([Fault("late", later=SETTLE + 2), Fault("407"), Fault("407")])
    world.run(world.program.actions.note(world.cid, "after all that"))
    world.wait(120)
    assert copies(world, "after all that") == 1


def test_the_state_is_said_with_the_time_that_is_left(world: World) -> None:
    world.wire.writes.append(Fault("500"))
    world.run(world.program.actions.note(world.cid, "hm"))
    world.wait(6)
    (row,) = world.program.box.pending()
    assert state(row, world) == "delivery unknown - checking, 20 s"
    assert world.program.board.now.unknown == 1
    assert world.program.board.now.unknown_until == row.settles_at
    (part,) = [one for one in world.program.parts_of(world.cid) if one.outbox_id]
    assert (part.pending, part.due_at) == ("unsure", row.settles_at)


def test_a_person_may_send_again_at_once_and_is_told_of_the_double(world: World) -> None:
    world.wire.writes.append(Fault("late", later=SETTLE - 3))
    number = world.run(world.program.actions.note(world.cid, "hurry"))
    world.wait(7)
    world.run(world.program.box.send_again(number))
    world.wait(3)
    assert (copies(world, "hurry"), len(world.sent("/reply"))) == (1, 2)
    world.wait(30)
    assert (copies(world, "hurry"), len(twice(world))) == (2, 1)


def test_send_again_looks_once_more(world: World) -> None:
    world.wire.writes.append(Fault("late", later=4))
    number = world.run(world.program.actions.note(world.cid, "hurry"))
    while copies(world, "hurry") < 1:
        world.wait(0.1)
    world.run(world.program.box.send_again(number))
    world.wait(60)
    assert (copies(world, "hurry"), world.program.box.pending()) == (1, [])


def test_a_person_may_say_that_it_arrived(world: World) -> None:
    world.wire.writes.append(Fault("500"))
    number = world.run(world.program.actions.note(world.cid, "seen in the browser"))
    world.wait(7)
    assert world.run(world.program.box.arrived(number)) == "Marked as delivered."
    world.wait(120)
    assert (len(world.sent("/reply")), world.program.box.pending()) == (1, [])
    assert world.run(world.program.box.arrived(number)) == "Its delivery is known."


def test_what_was_discarded_while_it_was_unknown_is_told_when_it_arrives(world: World) -> None:
    world.wire.writes.append(Fault("late", later=SETTLE))
    number = world.run(world.program.actions.note(world.cid, "never mind"))
    world.wait(7)
    world.run(world.program.box.discard(number))
    world.wait(60)
    (row,) = twice(world)
    assert (row.reason, copies(world, "never mind")) == (AFTER_ALL, 1)


def test_two_programs_tell_one_double_once(world: World) -> None:
    other = world.start()
    world.wire.writes.append(Fault("late", later=SETTLE + 20))
    world.run(world.program.actions.note(world.cid, "both look"))
    world.wait(120)
    assert len(twice(world)) == 1
    assert len([row for row in other.box.attention() if row.held_for == "twice"]) == 1


def test_looks_become_rarer(world: World) -> None:
    world.wire.reads.clear()
    world.wire.writes.append(Fault("504"))
    world.run(world.program.actions.note(world.cid, "patience"))
    times: list[float] = []
    before = len(world.read())
    while len(world.sent("/reply")) < 2:
        world.run(asyncio.sleep(0.1))
        if len(world.read()) > before:
            times.append(world.loop.time())
            before = len(world.read())
    gaps = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert 4 <= len(gaps) <= 8
    # the last one is cut short by the end of the patience
    assert all(later >= sooner - 0.2 for sooner, later in itertools.pairwise(gaps[:-2]))


_faults = st.builds(
    Fault,
    st.sampled_from((*LATE, "ok", "500", "504", "cut_before", "cut_after", "500_done", "truncated", "429", "407")),
    st.sampled_from((0.01, 0.3)),
    st.sampled_from((0.01, 0.3)),
    st.floats(0.5, SETTLE * 3, allow_nan=False),
)


@settings(max_examples=12, deadline=None)
@given(faults=st.lists(_faults, min_size=1, max_size=5), dies_after=st.floats(4.0, SETTLE * 3), two=st.booleans())
def test_whatever_lands_whenever_nothing_is_lost_and_every_double_is_told(
    faults: list[Fault], dies_after: float, two: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        try:
            world.wire.writes.extend(faults)
            if two:
                world.start()
            world.run(world.program.actions.note(world.cid, "mark1end"))
            world.run(world.program.actions.reply(world.cids[1], "mark2end", force=True))
            world.run(world.program.actions.note(world.cid, "mark3end"))
            world.wait(dies_after)
            world.kill(world.program)
            world.program = world.start()
            world.wait(SETTLE * 40)
            there = [*world.bodies(), *world.bodies(world.cids[1])]
            times = [sum(f"mark{number}end" in body for body in there) for number in (1, 2, 3)]
            assert min(times) >= 1, (times, world.wire.log)
            assert sum(times) - 3 == len(twice(world)), (times, world.wire.log)
            beyond = any(one.kind in LATE and one.later > SETTLE - 1 for one in faults)
            assert beyond or max(times) == 1, (times, world.wire.log)
        finally:
            world.close()
