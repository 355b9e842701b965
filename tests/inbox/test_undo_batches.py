"""What one key did to several conversations is one line and one undo."""

from pathlib import Path

from tests.inbox.test_undo import asked, name, shown, titles, undone
from tests.inbox.undoing import free_tag, open_all
from tests.inbox.virtual import Fault, World
from tui.inbox.outbox.batch import batch
from tui.inbox.outbox.undo import Question
from tui.store import conversations


def close_all(world: World) -> None:
    async def do() -> None:
        with batch():
            for cid in world.cids:
                await world.program.actions.close(cid)

    world.run(do())


def test_a_batch_is_one_line_and_one_undo_whatever_came_between(world: World) -> None:
    open_all(world)
    close_all(world)
    tag = free_tag(world)
    world.run(world.program.actions.tag(world.cid, tag))
    assert titles(world) == [f"Tagged {name(world)} +{tag}", "Closed 3 conversations"]
    undone(world)
    result = undone(world)
    assert result.message == "Undone: closing of 3 conversations. Nothing was sent."
    world.wait(30)
    assert not [line for line in world.sent() if line.endswith("/parts ok")]


def test_a_batch_of_several_tags_is_undone_whole(world: World) -> None:
    free = [str(tag) for tag in world.workspace.rooms.tags if str(tag) not in shown(world).tag_ids][:2]
    had = [set(conversations.get(world.program.store.reader, cid).tag_ids) for cid in world.cids]  # type: ignore[union-attr]

    async def do() -> None:
        with batch():
            for cid in world.cids:
                for tag in free:
                    await world.program.actions.tag(cid, tag)

    world.run(do())
    world.wait(60)
    assert titles(world) == [f"Tagged 3 conversations +{free[0]} +{free[1]}"]
    undone(world)
    world.wait(60)
    there = [{str(mark.tag_id) for mark in world.workspace.conversations.get(cid).tags} for cid in world.cids]
    assert there == had


def test_a_batch_of_any_size_is_one_undo(tmp_path: Path) -> None:
    world = World(tmp_path, conversations=60)
    try:
        open_all(world)
        before = {cid: conversations.get(world.program.store.reader, cid) for cid in world.cids}
        close_all(world)
        assert undone(world).message == "Undone: closing of 60 conversations. Nothing was sent."
        assert {cid: conversations.get(world.program.store.reader, cid) for cid in world.cids} == before
        world.wait(30)
        assert world.sent() == []
    finally:
        world.close()


def test_a_batch_survives_a_restart_as_one_line_of_the_list(world: World) -> None:
    open_all(world)
    close_all(world)
    world.wait(30)
    world.kill(world.program)
    world.program = world.start()
    (line,) = world.program.undo.undoable()
    assert (line.title, line.whose, line.how) == ("Closed 3 conversations", "earlier", "reopen")
    question = world.run(world.program.undo.choose(line.step.key))
    assert isinstance(question, Question)
    world.run(world.program.undo.asked())
    world.wait(30)
    assert [world.workspace.conversations.get(cid).state for cid in world.cids] == ["open"] * 3


def test_a_batch_that_was_partly_refused_says_what_was_undone_and_what_was_not(world: World) -> None:
    open_all(world)
    world.wire.writes.append(Fault("refused"))
    close_all(world)
    world.wait(30)
    question = asked(world)
    assert any("was rejected" in loss for loss in question.losses)
    result = undone(world)
    assert "Undone: closing of 2 conversations." in result.message
    assert "was rejected by Intercom" in result.message
    world.wait(30)
    assert [world.workspace.conversations.get(cid).state for cid in world.cids] == ["open"] * 3


def test_a_batch_is_undone_where_some_has_left_and_some_has_not(world: World) -> None:
    open_all(world)
    world.wire.writes.extend([Fault("ok"), Fault("ok")])
    close_all(world)
    world.wait(5.2)
    world.wire.offline = True
    world.wait(1)
    undone(world)
    world.wire.offline = False
    world.wait(120)
    assert [world.workspace.conversations.get(cid).state for cid in world.cids] == ["open"] * 3
    assert world.program.box.pending() == []


def test_read_marks_of_opening_a_conversation_are_no_step_and_those_asked_for_are(world: World) -> None:
    world.run(world.program.actions.mark_read(world.cid, not shown(world).read))
    assert titles(world) == []
    row = conversations.get(world.program.store.reader, world.cids[1])
    assert row is not None

    async def do() -> None:
        with batch():
            await world.program.actions.mark_read(world.cids[1], not row.read)

    world.run(do())
    assert titles(world) == [f"Marked {name(world, world.cids[1])} {'unread' if row.read else 'read'}"]
