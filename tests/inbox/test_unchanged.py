"""An action that would change nothing journals nothing and sends nothing; every kind of action is tried."""

import pytest

from tests.inbox.virtual import EPOCH, World
from tui.inbox.actions.base import ConversationAction
from tui.inbox.actions.codec import classes
from tui.inbox.actions.set_attribute import SetAttribute


async def act(world: World, kind: str, cid: str) -> int:
    """Do `kind` to the conversation in a way that can be repeated."""
    actions, workspace = world.program.actions, world.workspace
    admin = next(str(one) for one in workspace.rooms.admins)
    team = next(str(one) for one in workspace.rooms.teams)
    tag = next(str(one) for one in workspace.rooms.tags)
    match kind:
        case "close":
            return await actions.close(cid)
        case "open":
            return await actions.open(cid)
        case "snooze":
            return await actions.snooze(cid, EPOCH + 86_400)
        case "assign":
            return await actions.assign(cid, admin_id=admin)
        case "assign-team":
            return await actions.assign(cid, team_id=team)
        case "unassign":
            return await actions.assign(cid)
        case "tag":
            return await actions.tag(cid, tag)
        case "untag":
            return await actions.untag(cid, tag)
        case "read":
            return await actions.mark_read(cid, True)
        case "unread":
            return await actions.mark_read(cid, False)
        case "title":
            return await actions.set_title(cid, "A title of its own")
        case "attribute":
            return await actions.do(SetAttribute(conversation_id=cid, name="plan", value="gold"))
        case _:
            raise AssertionError(f"no way to do {kind} twice is written here")


_BY_NO_KEY = {"redact", "unreadable"}
"""What a look for doubles and a damaged row make, and nobody does."""
_ALL = {kind for kind, cls in classes().items() if issubclass(cls, ConversationAction)}
KINDS = sorted((_ALL | {"assign-team", "unassign", "unread"}) - _BY_NO_KEY)


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_time_nothing_is_journaled_or_sent(world: World, kind: str) -> None:
    world.run(act(world, kind, world.cid))
    world.wait(30)
    rows = world.program.store.reader.execute("SELECT count(*) FROM outbox").fetchone()
    requests, there = len(world.sent()), world.workspace.conversations.get(world.cid)
    parts = len(world.workspace.conversations.parts(there))
    assert world.run(act(world, kind, world.cid)) == 0
    world.wait(30)
    assert world.program.store.reader.execute("SELECT count(*) FROM outbox").fetchone() == rows
    assert len(world.sent()) == requests
    assert len(world.workspace.conversations.parts(there)) == parts


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_time_before_the_first_was_sent(world: World, kind: str) -> None:
    world.wire.offline = True
    world.run(act(world, kind, world.cid))
    rows = world.program.store.reader.execute("SELECT count(*) FROM outbox").fetchone()
    assert world.run(act(world, kind, world.cid)) == 0
    assert world.program.store.reader.execute("SELECT count(*) FROM outbox").fetchone() == rows


def test_words_are_never_the_same_as_before(world: World) -> None:
    first = world.run(world.program.actions.note(world.cid, "twice"))
    second = world.run(world.program.actions.note(world.cid, "twice"))
    assert 0 < first < second
