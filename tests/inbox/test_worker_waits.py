"""What the worker waits for: a connection that is back wakes it, and answers without parts are borne only so long."""

import json

import httpx

from tests.inbox.virtual import Fault, World
from tui.inbox.incoming import all_of
from tui.inbox.sync.connection import Connection
from tui.model.labels import outcomes
from tui.model.outbox import State


def without_parts(request: httpx.Request, response: httpx.Response) -> httpx.Response:
    """A conversation that says it has parts and comes without them."""
    if request.method != "GET" or "/conversations/" not in request.url.path:
        return response
    answer = json.loads(response.content)
    answer["conversation_parts"] = {"type": "conversation_part.list", "conversation_parts": [], "total_count": 9}
    return httpx.Response(response.status_code, headers={"date": response.headers["date"]}, json=answer)


def test_a_reply_is_held_once_five_answers_in_a_row_came_without_the_conversation(world: World) -> None:
    seen = world.program.parts_of(world.cid)
    world.wire.edit = without_parts
    world.run(world.program.actions.reply(world.cid, "to whom?", seen=all_of(seen)))
    while not any(row.state is State.HELD and not row.due_at for row in world.program.box.attention()):
        world.wait(0.5)
        assert world.loop.time() < 120
    (row,) = world.program.box.attention()
    assert row.reason == outcomes.ANSWER_LACKS_CONVERSATION
    assert (len(world.read()), world.sent("/reply")) == (6, [])


def test_a_reply_leaves_once_an_answer_is_whole(world: World) -> None:
    seen = world.program.parts_of(world.cid)
    world.wire.edit = without_parts
    world.run(world.program.actions.reply(world.cid, "to you", seen=all_of(seen)))
    while len(world.read()) < 4:
        world.wait(0.1)
    world.wire.edit = lambda request, response: response
    world.wait(10)
    assert len(world.sent("/reply")) == 1
    assert world.program.box.pending() == []


def lose_connection(world: World) -> Connection:
    """After some failures, so that the next try by itself is half a minute away."""
    world.wire.offline = True
    world.run(world.program.actions.note(world.cid, "when it is back"))
    world.wait(70)
    while world.program.worker._retries.offline_until < world.loop.clock() + 10:  # a try under way ends first
        world.wait(0.1)
    assert world.program.board.now.connection == "offline"
    return world.program.connection


def test_a_connection_that_is_back_lets_what_waited_leave_at_once(world: World) -> None:
    connection = lose_connection(world)
    world.wire.offline = False
    world.run(world.program.client.me())
    connection.worked()
    world.wait(0.5)
    assert len(world.sent("/reply")) == 1


def test_otherwise_it_is_tried_every_half_minute(world: World) -> None:
    lose_connection(world)
    world.wire.offline = False
    world.wait(31)
    assert len(world.sent("/reply")) == 1


def test_an_action_that_takes_long_does_not_hold_up_another_conversation(world: World) -> None:
    world.wire.writes.extend([Fault("ok", there=20.0), Fault()])
    for cid in world.cids[:2]:
        world.run(world.program.actions.note(cid, "side by side"))
    world.wait(8)
    assert (len(world.bodies(world.cids[1])), len(world.program.box.pending())) > (0, 0)
    assert [row.conversation_id for row in world.program.box.pending()] == [world.cid]
    world.wait(30)
    assert world.program.box.pending() == []
