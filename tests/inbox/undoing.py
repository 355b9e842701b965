"""What the tests of undo do to a world: the actions that wait out the window and those that do not."""

from collections.abc import Callable, Coroutine

from tests.inbox.test_undo import shown
from tests.inbox.virtual import World
from tui.inbox.actions.set_attribute import SetAttribute

__all__ = ["AT_ONCE", "REQUESTS", "WAITS", "free_tag", "open_all", "other_admin", "recorded"]

Do = Callable[[World], Coroutine[object, object, int]]


def other_admin(world: World) -> str:
    """An admin who is not us."""
    return next(str(one) for one in world.workspace.rooms.admins if str(one) != world.me)


def a_team(world: World) -> str:
    """A team of the workspace."""
    return str(next(iter(world.workspace.rooms.teams)))


def free_tag(world: World) -> str:
    """A tag that the conversation does not have."""
    return next(str(tag) for tag in world.workspace.rooms.tags if str(tag) not in shown(world).tag_ids)


REQUESTS = {"assign to a team": 2}
"""How many requests an action takes that is not one: the sandbox's API keeps the teammate, who is taken off then."""

WAITS: dict[str, Do] = {
    "reply": lambda w: w.program.actions.reply(w.cid, "Hello"),
    "note": lambda w: w.program.actions.note(w.cid, "Hello"),
    "close": lambda w: w.program.actions.close(w.cid),
    "snooze": lambda w: w.program.actions.snooze(w.cid, int(w.loop.clock()) + 7200),
    "assign to another": lambda w: w.program.actions.assign(w.cid, admin_id=other_admin(w)),
    "assign to a team": lambda w: w.program.actions.assign(w.cid, team_id=a_team(w)),
    "assign to nobody": lambda w: w.program.actions.assign(w.cid),
}
AT_ONCE: dict[str, Do] = {
    "claim": lambda w: w.program.actions.assign(w.cid, admin_id=w.me),
    "open": lambda w: w.program.actions.open(w.cids[1]),  # it is closed
    "tag": lambda w: w.program.actions.tag(w.cid, free_tag(w)),
    "untag": lambda w: w.program.actions.untag(w.cid, shown(w).tag_ids[0]),
    "read": lambda w: w.program.actions.mark_read(w.cid, not shown(w).read),
    "title": lambda w: w.program.actions.set_title(w.cid, "Another"),
    "attribute": lambda w: w.program.actions.do(SetAttribute(conversation_id=w.cid, name="plan", value="gold")),
}


def open_all(world: World) -> None:
    """Every conversation is open, by its customer's doing."""
    for cid in world.cids:
        world.workspace.customer_reply(cid, "<p>Are you there?</p>")
        world.run(world.program.ingest.conversation(world.run(world.program.client.conversations.get(cid))))
    world.requests_at_start = len(world.wire.log)


def recorded(world: World) -> tuple[object, ...]:
    """What the workspace has recorded of the conversation."""
    there = world.workspace.conversations.get(world.cid)
    return (there.state, there.waiting_since, there.updated_at, there.admin_assignee_id, len(world.bodies()))
