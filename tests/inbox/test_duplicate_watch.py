"""The watch over words that left twice: when it looks, what ends it, and what it does where it is told nothing."""

import asyncio
import itertools

import pytest

from tests.inbox.virtual import EPOCH, SETTLE, Fault, Program, World
from tui.inbox.outbox.duplicates import FIRST_LOOK, SENT_TWICE, WATCHED, begin
from tui.model.outbox import State
from tui.store import outbox, watches

OFFLINE = 5.0
LONGEST = 60.0


def quiet_second(world: World) -> Program:
    """A program on the same store that does nothing by itself."""
    world.run(world.program.die())
    world.programs.clear()
    program = world.start()
    world.run(stop(program))
    return program


async def stop(program: Program) -> None:
    for task in program.tasks:
        task.cancel()
    await asyncio.gather(*program.tasks, return_exceptions=True)


def done_note(world: World, words: str, conversation_id: str) -> int:
    """An action that Intercom has done."""
    number = world.run(world.program.actions.note(conversation_id, words))
    while world.program.box.pending():
        world.wait(0.5)
    return number


def watch(world: World, program: Program, number: int, since: float) -> None:
    """Watch an action as if since then, due now."""
    now = world.loop.clock()
    world.run(program.store.write(lambda db: begin(db, number, since)))
    (one,) = [one for one in watches.every(program.store.reader) if one.outbox_id == number]
    world.run(program.store.write(lambda db: watches.put_off(db, one, now)))


def test_looks_begin_at_once_become_rarer_up_to_a_minute_and_end_after_an_hour(world: World) -> None:
    world.wire.writes.append(Fault("500"))
    world.run(world.program.actions.note(world.cid, "once, after all"))
    while len(world.sent("/reply")) < 2:
        world.wait(0.1)
    started, before, times = world.loop.time(), len(world.read()), []
    while world.program.duplicate_watch.watched():
        world.wait(0.2)
        if len(world.read()) > before:
            before = len(world.read())
            times.append(world.loop.time())
    assert times[0] - started == pytest.approx(FIRST_LOOK, abs=0.6)
    gaps = [later - sooner for sooner, later in itertools.pairwise(times)]
    assert gaps[0] == pytest.approx(FIRST_LOOK, abs=0.6)
    assert all(later >= sooner - 0.5 for sooner, later in itertools.pairwise(gaps))
    assert max(gaps) == pytest.approx(LONGEST, abs=1)
    assert WATCHED - 1 <= times[-1] - started <= WATCHED + LONGEST + 1
    world.wait(300)
    assert len(world.read()) == before


def test_the_look_at_the_very_end_is_the_last(world: World) -> None:
    number = done_note(world, "watched", world.cid)
    program = quiet_second(world)
    watch(world, program, number, world.loop.clock() - WATCHED)
    assert world.run(program.duplicate_watch.look()) == 30.0
    assert program.duplicate_watch.watched() == []


def test_a_look_before_the_end_goes_on(world: World) -> None:
    number = done_note(world, "watched", world.cid)
    program = quiet_second(world)
    watch(world, program, number, world.loop.clock() - 40)
    started = world.loop.clock()
    assert world.run(program.duplicate_watch.look()) == pytest.approx(10, abs=0.2)
    (one,) = program.duplicate_watch.watched()
    assert (one.look_at, one.until) == (started + 10, started - 40 + WATCHED)


def test_only_what_is_due_is_looked_at_or_what_is_asked_for(world: World) -> None:
    number = done_note(world, "watched", world.cid)
    program = quiet_second(world)
    world.run(program.store.write(lambda db: begin(db, number, world.loop.clock())))
    before = len(world.read())
    assert world.run(program.duplicate_watch.look()) == FIRST_LOOK
    assert world.run(program.duplicate_watch.look(only=[number + 1])) == FIRST_LOOK
    assert len(world.read()) == before
    world.run(program.duplicate_watch.look(only=[number]))
    assert len(world.read()) == before + 1


def test_what_another_program_looks_at_is_left_to_it_and_the_next_one_is_looked_at(world: World) -> None:
    numbers = [done_note(world, "watched", cid) for cid in world.cids[:2]]
    program = quiet_second(world)
    other = world.start()
    world.run(stop(other))
    for number in numbers:
        watch(world, program, number, world.loop.clock())
    before = len(world.read())

    async def both() -> list[float]:
        return list(await asyncio.gather(program.duplicate_watch.look(), other.duplicate_watch.look()))

    assert world.run(both()) == pytest.approx([FIRST_LOOK, FIRST_LOOK], abs=0.2)
    read = world.read()[before:]
    assert len(read) == len(set(read)) == 2


def test_without_an_answer_it_looks_again_soon_and_says_that_the_connection_is_gone(world: World) -> None:
    numbers = [done_note(world, "watched", cid) for cid in world.cids[:2]]
    program = quiet_second(world)
    for number in numbers:
        watch(world, program, number, world.loop.clock())
    world.wire.offline = True
    assert world.run(program.duplicate_watch.look()) == OFFLINE
    assert program.board.now.connection == "offline"
    # the second was not tried
    assert min(one.look_at for one in program.duplicate_watch.watched()) <= world.loop.clock()


def test_without_a_client_it_waits(world: World) -> None:
    number = done_note(world, "watched", world.cid)
    program = quiet_second(world)
    watch(world, program, number, world.loop.clock())
    program.connection.client = None
    assert world.run(program.duplicate_watch.look()) == OFFLINE
    assert [one.outbox_id for one in program.duplicate_watch.watched()] == [number]


def test_a_watch_without_its_action_ends_without_a_request(world: World) -> None:
    program = quiet_second(world)
    watch(world, program, 4711, world.loop.clock())
    before = len(world.read())
    assert world.run(program.duplicate_watch.look()) == 30.0
    assert (program.duplicate_watch.watched(), len(world.read())) == ([], before)


def test_a_conversation_that_is_gone_is_watched_without_an_error(world: World) -> None:
    number = done_note(world, "watched", world.cid)
    program = quiet_second(world)
    watch(world, program, number, world.loop.clock())
    world.workspace.conversations.delete(world.workspace.conversations.get(world.cid))
    assert world.run(program.duplicate_watch.look()) == pytest.approx(FIRST_LOOK, abs=0.2)
    assert program.board.now.connection != "offline"


def test_a_double_is_announced_where_it_is_looked_for_by_number(world: World) -> None:
    world.wire.writes.append(Fault("late", later=SETTLE + 1))
    number = world.run(world.program.actions.note(world.cid, "far too late"))
    while sum("far too late" in body for body in world.bodies()) < 2:
        world.wait(0.1)
    heard: list[str] = []
    world.program.changes.subscribe(lambda change: heard.extend(change.conversations))
    world.run(world.program.duplicate_watch.look(only=[number]))
    (row,) = [row for row in world.program.box.attention() if row.held_for == "twice"]
    assert (row.reason, row.state) == (SENT_TWICE, State.HELD)
    assert world.cid in heard
    assert outbox.get(world.program.store.reader, number) is not None
    assert world.loop.clock() > EPOCH
