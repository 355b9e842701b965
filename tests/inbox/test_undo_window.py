"""What waits out the undo window, what does not wait for it, and what cancels out."""

import itertools

import msgspec
import pytest

from tests.inbox.test_undo import asked, name, shown, undone
from tests.inbox.undoing import AT_ONCE, REQUESTS, WAITS, free_tag, open_all, other_admin, recorded
from tests.inbox.virtual import World
from tui.inbox.actions.assign import Assign
from tui.inbox.actions.base import Action, ContactAction
from tui.inbox.actions.codec import classes
from tui.inbox.actions.mark_read import MarkRead
from tui.inbox.actions.note import Note
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.set_title import SetTitle
from tui.inbox.actions.state import Close, Open, Snooze
from tui.inbox.actions.tag import Tag, Untag
from tui.store import conversations, outbox, parts

# ----------------------------------------------------------------------------------------------- what waits, what not


def test_every_kind_of_action_is_tried_here() -> None:
    tried = {*WAITS, *AT_ONCE, *(kind for kind, cls in classes().items() if issubclass(cls, ContactAction))}
    assert {kind for kind in classes() if kind not in tried} == {
        "assign",
        "redact",
        "unreadable",
    }  # the first under several names, the others never by a key


@pytest.mark.parametrize("what", WAITS)
def test_what_others_would_see_waits_and_undo_within_the_window_sends_nothing(world: World, what: str) -> None:
    before, there = shown(world), recorded(world)
    world.run(WAITS[what](world))
    world.wait(4)
    assert shown(world) != before
    thread = [part for part in parts.of_conversation(world.program.store.reader, world.cid) if part.outbox_id]
    assert [part.body for part in thread] == (["<p>Hello</p>"] if what in ("reply", "note") else [])
    result = undone(world)
    assert result.outcome == "withdrawn"
    world.wait(60)
    after = msgspec.structs.replace(shown(world), has_draft=False)
    assert (world.sent(), recorded(world), after) == ([], there, before)


@pytest.mark.parametrize("what", WAITS)
def test_what_waits_leaves_once_when_its_window_ends(world: World, what: str) -> None:
    world.run(WAITS[what](world))
    world.wait(20)
    assert (len(world.sent("ok")), world.program.box.pending()) == (REQUESTS.get(what, 1), [])


@pytest.mark.parametrize("what", AT_ONCE)
def test_what_prevents_double_work_and_what_nobody_sees_leaves_at_once(world: World, what: str) -> None:
    world.run(AT_ONCE[what](world))
    world.wait(1)
    assert (len(world.sent("ok")), world.program.box.pending()) == (1, [])


def test_without_a_window_nothing_waits(world: World) -> None:
    world.program.box.undo_seconds = 0.0
    world.run(WAITS["close"](world))
    world.wait(1)
    assert world.workspace.conversations.get(world.cid).state == "closed"
    question = asked(world)
    assert any("cannot restore the waiting time" in loss for loss in question.losses)
    assert (len(world.sent()), question.verb) == (1, f"reopen {name(world)}")


def test_closing_and_undoing_leaves_the_waiting_order_as_it_was(world: World) -> None:
    open_all(world)

    def order() -> list[tuple[str, int]]:
        return [(cid, conversations.get(world.program.store.reader, cid).waiting_since) for cid in world.cids]  # type: ignore[union-attr]

    before = order()
    for cid in world.cids:
        world.run(world.program.actions.close(cid))
    assert {since for _, since in order()} == {0}
    for _ in world.cids:
        undone(world)
    world.wait(30)
    assert (order(), world.sent()) == (before, [])


def test_another_program_does_not_send_what_is_held_before_its_window_ends(world: World) -> None:
    second = world.start()
    world.run(world.program.actions.close(world.cid))
    world.wait(4)
    second.box.changed.set()
    world.wait(0.5)
    assert world.sent() == []
    world.wait(10)
    assert len(world.sent("ok")) == 1


def test_what_is_held_survives_the_program_and_its_window(world: World) -> None:
    world.run(world.program.actions.close(world.cid))
    world.kill(world.program)
    world.program = world.start()
    world.wait(3)
    assert world.sent() == []
    world.wait(5)
    assert world.workspace.conversations.get(world.cid).state == "closed"


# ---------------------------------------------------------------------------------------------------------- the order


def _examples() -> list[Action]:
    made = [
        Reply(text="x", html="x"), Reply(text="x", html="x", then="close"),
        Note(text="x", html="x"), Close(), Open(),
        Snooze(until=9_000_000_000), Tag(tag_id="5"), Untag(tag_id="5"),
        MarkRead(read=True), MarkRead(), SetTitle(title="t"),
        Assign(assignee="admin", assignee_id="7"),
        Assign(assignee="admin", assignee_id="8"),
        Assign(assignee="team", assignee_id="9"), Assign(),
        Assign(assignee="no_team"),
    ]  # fmt: skip
    return [msgspec.structs.replace(one, conversation_id="1", acting_as="7") for one in made]


def test_what_passes_something_held_ends_the_same_whichever_comes_first(world: World) -> None:
    passed = 0
    for held, action in itertools.product(_examples(), _examples()):
        if not held.waits or not action.may_pass(held):
            continue
        passed += 1
        assert not action.waits
        for cid in world.cids:
            row = conversations.get(world.program.store.reader, cid)
            assert row is not None
            ends = (action.apply(held.apply(row, 1), 1), held.apply(action.apply(row, 1), 1))
            assert ends[0] == ends[1], (held, action)
    assert passed > 20


@pytest.mark.parametrize("action", ["tag", "title", "claim"])
def test_what_leaves_at_once_does_not_wait_for_a_held_reply(world: World, action: str) -> None:
    world.run(world.program.actions.reply(world.cid, "Hello"))
    world.run(AT_ONCE[action](world))
    world.wait(1)
    assert len(world.sent("ok")) == 1
    assert not any("Hello" in body for body in world.bodies())
    world.wait(10)
    assert sum("Hello" in body for body in world.bodies()) == 1


@pytest.mark.parametrize("what", ["close", "snooze", "assign to a team", "assign to another"])
def test_a_claim_does_not_overtake_what_it_would_change_the_meaning_of(world: World, what: str) -> None:
    if what == "assign to another":  # else the claim would only cancel it out
        world.run(world.program.actions.assign(world.cid))
        world.wait(8)
    there = len(world.sent())
    world.run(WAITS[what](world))
    world.run(AT_ONCE["claim"](world))
    world.wait(2)
    if len(world.program.box.pending()) == 2:
        assert len(world.sent()) == there
        world.wait(20)
        assert len(world.sent("ok")) == there + REQUESTS.get(what, 1) + 1
    rows = outbox.recent(world.program.store.reader, 0)
    assert [int(row.part_id) for row in rows if row.part_id] == sorted(
        (int(row.part_id) for row in rows if row.part_id), reverse=True
    )


def test_close_then_tag_then_reply_keep_their_order(world: World) -> None:
    actions = world.program.actions
    world.run(actions.close(world.cid))
    world.run(actions.tag(world.cid, free_tag(world)))
    world.run(actions.reply(world.cid, "After all"))
    world.wait(1)
    assert [line.split()[1].rpartition("/")[2] for line in world.sent()] == ["tags"]
    world.wait(20)
    assert [line.split()[1].rpartition("/")[2] for line in world.sent()] == ["tags", "parts", "reply"]


# ----------------------------------------------------------------------------------------------------- cancelling out


def test_close_and_reopen_within_the_window_send_nothing(world: World) -> None:
    before, there = shown(world), recorded(world)
    closed = world.run(world.program.actions.close(world.cid))
    assert world.run(world.program.actions.open(world.cid)) == closed
    world.wait(30)
    assert (world.sent(), recorded(world), shown(world), world.program.box.pending()) == ([], there, before, [])


def test_giving_away_and_taking_back_within_the_window_sends_nothing(world: World) -> None:
    actions = world.program.actions
    world.run(actions.assign(world.cid, admin_id=world.me))
    world.wait(3)
    there = len(world.sent())
    world.run(actions.assign(world.cid, admin_id=other_admin(world)))
    world.run(actions.assign(world.cid, admin_id=world.me))
    world.wait(30)
    assert (len(world.sent()), shown(world).admin_assignee_id) == (there, world.me)


def test_reopening_after_a_held_reply_that_closes_sends_the_reply_alone(world: World) -> None:
    world.run(world.program.actions.reply(world.cid, "Bye", close=True))
    world.run(world.program.actions.open(world.cid))
    assert shown(world).state == "open"
    world.wait(20)
    assert [line.split()[1].rpartition("/")[2] for line in world.sent()] == ["reply"]
    assert world.workspace.conversations.get(world.cid).state == "open"


def test_what_does_not_end_as_it_began_is_sent_in_order(world: World) -> None:
    world.run(world.program.actions.close(world.cid))
    world.run(world.program.actions.snooze(world.cid, int(world.loop.clock()) + 7200))
    world.wait(20)
    assert (len(world.sent("ok")), world.workspace.conversations.get(world.cid).state) == (2, "snoozed")


def test_another_programs_held_close_is_not_cancelled_but_followed(world: World) -> None:
    second = world.start()
    world.run(world.program.actions.close(world.cid))
    world.run(second.actions.open(world.cid))
    world.wait(20)
    assert (len(world.sent("ok")), world.workspace.conversations.get(world.cid).state) == (2, "open")


def test_what_came_after_a_withdrawn_action_is_undone_to_how_it_was_without_it(world: World) -> None:
    closed = world.run(world.program.actions.close(world.cid))
    world.run(world.program.actions.snooze(world.cid, int(world.loop.clock()) + 7200))
    world.run(world.program.box.undo(closed))
    world.wait(20)
    assert world.workspace.conversations.get(world.cid).state == "snoozed"
    undone(world)
    world.wait(20)
    assert world.workspace.conversations.get(world.cid).state == "open"
