"""Undo: what has not left comes back with its words; what has left is taken back by its opposite."""

from collections.abc import Callable, Coroutine

import msgspec
import pytest

from tests.inbox.virtual import Fault, Program, World
from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Action, Before
from tui.inbox.outbox.outbox import UndoResult
from tui.inbox.outbox.undo import Question
from tui.model.rows import ConversationRow, DraftRow
from tui.store import conversations, people


def shown(world: World) -> ConversationRow:
    row = conversations.get(world.program.store.reader, world.cid)
    assert row is not None
    return row


def undone(world: World, program: Program | None = None) -> UndoResult:
    """What the undo key does in a program, asked a second time where the first asks whether it may."""
    undo = (program or world.program).undo
    answer = world.run(undo.asked())
    if isinstance(answer, Question):
        answer = world.run(undo.asked())
    assert isinstance(answer, UndoResult)
    return answer


def asked(world: World, program: Program | None = None) -> Question:
    """The question that the undo key has in a program."""
    answer = world.run((program or world.program).undo.asked())
    assert isinstance(answer, Question), answer
    return answer


def name(world: World, cid: str = "") -> str:
    row = conversations.get(world.program.store.reader, cid or world.cid)
    assert row is not None
    return row.contact_name or row.contact_email


def titles(world: World) -> list[str]:
    """The undo list."""
    return [one.title for one in world.program.undo.undoable()]


def calm(row: ConversationRow) -> tuple[object, ...]:
    return (row.state, row.snoozed_until, row.admin_assignee_id, row.team_assignee_id, set(row.tag_ids), row.title)


# ------------------------------------------------------------------------------------------------- before it leaves


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_words_come_back_and_nothing_leaves(world: World, kind: str) -> None:
    before, actions, box = calm(shown(world)), world.program.actions, world.program.box
    world.run((actions.reply if kind == "reply" else actions.note)(world.cid, "Oh **no**"))
    world.wait(4)
    status = world.program.board.now
    assert (status.queued, round(status.undo_until - world.loop.clock())) == (1, 1)
    (first, *_) = world.program.undo.undoable()
    assert first.how == "returns the text to the composer"
    result = undone(world)
    assert (result.conversation_id, result.draft_kind, result.text) == (world.cid, kind, "Oh **no**")
    world.wait(30)
    assert (world.sent(), calm(shown(world)), box.pending()) == ([], before, [])
    assert [(row.kind, row.text) for row in people.drafts(world.program.store.reader)] == [(kind, "Oh **no**")]
    assert world.program.board.now.undo_until == 0


def test_words_come_back_beside_what_was_begun_since(world: World) -> None:
    store = world.program.store
    world.run(world.program.actions.reply(world.cid, "First"))
    store.write_now(lambda db: people.put_drafts(db, [DraftRow(world.cid, "reply", "Second", 1)]))
    result = undone(world)
    assert result.text == "First\n\nSecond"
    assert people.drafts(store.reader)[0].text == result.text


def test_reply_and_snooze_come_back_together(world: World) -> None:
    before, box = calm(shown(world)), world.program.box
    until = int(world.loop.clock()) + 86_400
    world.run(world.program.actions.reply(world.cid, "Tomorrow", snooze_until=until))
    assert (shown(world).state, len(box.pending())) == ("snoozed", 2)
    assert titles(world) == [f"Reply to {name(world)}, snoozed {name(world)}"]
    assert undone(world).text == "Tomorrow"
    world.wait(30)
    assert (world.sent(), calm(shown(world)), box.pending()) == ([], before, [])


def test_after_reply_and_snooze_have_left_only_the_snooze_can_be_undone(world: World) -> None:
    state = world.workspace.conversations.get(world.cid).state
    world.run(world.program.actions.reply(world.cid, "Tomorrow", snooze_until=int(world.loop.clock()) + 86_400))
    world.wait(20)
    assert world.workspace.conversations.get(world.cid).state == "snoozed"
    question = asked(world)
    assert "cannot be undone" in " ".join(question.losses)
    result = undone(world)
    assert (result.outcome, "reply" in result.message) == ("reversed", True)
    world.wait(20)
    assert world.workspace.conversations.get(world.cid).state == state


def test_what_is_on_its_way_says_that_it_has_left(world: World) -> None:
    world.wire.writes.append(Fault("ok", there=20))
    number = world.run(world.program.actions.note(world.cid, "gone"))
    world.wait(8)
    result = world.run(world.program.box.undo(number))
    assert "it was sent" in result.message
    assert world.run(world.program.box.discard(number)).startswith("It is being sent")
    world.wait(60)
    assert sum("gone" in body for body in world.bodies()) == 1


# --------------------------------------------------------------------------------------------------- after it has left


@pytest.mark.parametrize(
    "what", ["close", "open", "assign", "give away", "unassign", "tag", "untag", "snooze", "title"]
)
@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("trouble", ["ok", "cut_after"])
def test_what_was_done_is_undone(world: World, what: str, left: bool, trouble: str) -> None:
    """Each kind ends as it began, whether it had left or not."""
    actions, space = world.program.actions, world.workspace
    tags = [str(tag) for tag in space.rooms.tags][:2]
    admins = [str(one) for one in space.rooms.admins]
    world.run(actions.tag(world.cid, tags[0]))
    world.run(actions.assign(world.cid, admin_id=admins[1]))
    world.run(actions.close(world.cid) if what == "open" else actions.open(world.cid))
    world.run(actions.set_title(world.cid, "As it was"))
    world.wait(90)
    before = calm(shown(world))
    world.wire.writes.append(Fault(trouble))
    if not left:
        world.wire.offline = True
    do: Callable[[], Coroutine[object, object, int]] = {
        "close": lambda: actions.close(world.cid),
        "open": lambda: actions.open(world.cid),
        "assign": lambda: actions.assign(world.cid, admin_id=admins[2]),
        "give away": lambda: actions.assign(world.cid, team_id=str(next(iter(space.rooms.teams)))),
        "unassign": lambda: actions.assign(world.cid),
        "tag": lambda: actions.tag(world.cid, tags[1]),
        "untag": lambda: actions.untag(world.cid, tags[0]),
        "snooze": lambda: actions.snooze(world.cid, int(world.loop.clock()) + 7200),
        "title": lambda: actions.set_title(world.cid, "Another"),
    }[what]
    number = world.run(do())
    assert calm(shown(world)) != before
    world.wait(40 if left else 3)
    assert world.program.undo.undoable()[0].step.rows[-1].id == number
    undone(world)
    assert calm(shown(world)) == before
    world.wire.offline = False
    world.wait(60)
    assert world.program.box.pending() == []
    there = world.run(world.program.client.conversations.get(world.cid))
    world.run(world.program.ingest.conversation(there))
    assert calm(shown(world)) == before
    # and it cannot be undone twice
    assert number not in [row.id for one in world.program.undo.undoable() for row in one.step.rows]


def test_undo_takes_the_newest_first_and_says_when_there_is_nothing_left(world: World) -> None:
    tags = [str(tag) for tag in world.workspace.rooms.tags]
    has = set(shown(world).tag_ids)
    free = [tag for tag in tags if tag not in has][:2]
    for tag in free:
        world.run(world.program.actions.tag(world.cid, tag))
    world.run(world.program.actions.mark_read(world.cid, True))
    world.wait(10)
    for tag in reversed(free):
        assert tag in shown(world).tag_ids
        undone(world)
        assert tag not in shown(world).tag_ids
    assert undone(world).message == "There is nothing to undo."


def test_a_snooze_that_would_be_over_is_undone_by_opening(world: World) -> None:
    world.run(world.program.actions.snooze(world.cid, int(world.loop.clock()) + 60))
    world.wait(5)
    world.run(world.program.actions.close(world.cid))
    world.wait(120)
    undone(world)
    world.wait(10)
    assert world.workspace.conversations.get(world.cid).state == "open"
    assert world.program.box.attention() == []


# --------------------------------------------------------------------------------------------------------- by the value


def made(kind: str, **fields: object) -> Action:
    """An action as an older journal has it: whatever its kind needs, and more."""
    return acts.decode(msgspec.json.encode({"kind": kind, "conversation_id": "1", "acting_as": "7", **fields}))


@pytest.mark.parametrize(
    ("action", "back"),
    [
        (made("close", before=Before(state="closed")), None),
        (made("open", before=Before(state="open")), None),
        (made("close", before=Before()), None),
        (made("tag", tag_id="1", before=Before(had_tag=True)), None),
        (made("untag", tag_id="1", before=Before(had_tag=False)), None),
        (made("reply", text="x", html="x"), None),
        (made("note", text="x", html="x"), None),
        (made("close", before=Before(state="open")), made("open")),
        (made("open", before=Before(state="closed")), made("close")),
        (made("snooze", until=9, before=Before(state="snoozed", snoozed_until=5)), made("snooze", until=5)),
        (made("assign", assignee="admin", assignee_id="2"), made("assign")),
        (
            made("assign", assignee="team", assignee_id="2", before=Before(team_id="5")),
            made("assign", assignee="team", assignee_id="5"),
        ),
        (made("assign", assignee="team", assignee_id="2"), made("assign", assignee="no_team")),
    ],
)
def test_the_opposite_of_an_action(action: Action, back: Action | None) -> None:
    assert action.inverse() == back
    assert action.describe()
