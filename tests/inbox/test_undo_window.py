"""What waits out the undo window, what does not wait for it, what cancels out, and what the undo key means."""

import itertools
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path

import msgspec
import pytest

from tests.inbox.test_undo import asked, made, name, shown, titles, undone
from tests.inbox.virtual import Fault, World
from tui.inbox.actions import codec as acts
from tui.inbox.actions.assign import Assign
from tui.inbox.actions.base import Action, Before, ContactAction
from tui.inbox.actions.codec import CLASSES
from tui.inbox.actions.mark_read import MarkRead
from tui.inbox.actions.note import Note
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.set_title import SetTitle
from tui.inbox.actions.state import Close, Open, Snooze
from tui.inbox.actions.tag import Tag, Untag
from tui.inbox.batch import batch
from tui.inbox.outbox import UndoResult
from tui.inbox.steps import whose
from tui.inbox.titles import losses, noun, past, verb
from tui.inbox.undo import Question
from tui.store import conversations, outbox, parts
from tui.store.schema import MIGRATIONS
from tui.store.store import Store

Do = Callable[[World], Coroutine[object, object, int]]


def _other(world: World) -> str:
    return next(str(one) for one in world.workspace.rooms.admins if str(one) != world.me)


def _team(world: World) -> str:
    return str(next(iter(world.workspace.rooms.teams)))


def _tag(world: World) -> str:
    return next(str(tag) for tag in world.workspace.rooms.tags if str(tag) not in shown(world).tag_ids)


REQUESTS = {"assign to a team": 2}
"""How many requests an action takes that is not one: the sandbox's API keeps the teammate, who is taken off then."""

WAITS: dict[str, Do] = {
    "reply": lambda w: w.program.actions.reply(w.cid, "Hello"),
    "note": lambda w: w.program.actions.note(w.cid, "Hello"),
    "close": lambda w: w.program.actions.close(w.cid),
    "snooze": lambda w: w.program.actions.snooze(w.cid, int(w.loop.clock()) + 7200),
    "assign to another": lambda w: w.program.actions.assign(w.cid, admin_id=_other(w)),
    "assign to a team": lambda w: w.program.actions.assign(w.cid, team_id=_team(w)),
    "assign to nobody": lambda w: w.program.actions.assign(w.cid),
}
AT_ONCE: dict[str, Do] = {
    "claim": lambda w: w.program.actions.assign(w.cid, admin_id=w.me),
    "open": lambda w: w.program.actions.open(w.cids[1]),  # it is closed
    "tag": lambda w: w.program.actions.tag(w.cid, _tag(w)),
    "untag": lambda w: w.program.actions.untag(w.cid, shown(w).tag_ids[0]),
    "read": lambda w: w.program.actions.mark_read(w.cid, not shown(w).read),
    "title": lambda w: w.program.actions.set_title(w.cid, "Another"),
}


def _open_all(world: World) -> None:
    """Every conversation is open, by its customer's doing."""
    for cid in world.cids:
        world.workspace.customer_reply(cid, "<p>Are you there?</p>")
        world.run(world.program.intake.conversation(world.run(world.program.client.conversations.get(cid))))
    world.requests_at_start = len(world.wire.log)


def _state(world: World) -> tuple[object, ...]:
    """What the workspace has recorded of the conversation."""
    there = world.workspace.conversations.get(world.cid)
    return (there.state, there.waiting_since, there.updated_at, there.admin_assignee_id, len(world.bodies()))


# ------------------------------------------------------------------------------------------------ what waits, what not


def test_every_kind_of_action_is_tried_here() -> None:
    tried = {*WAITS, *AT_ONCE, *(kind for kind, cls in CLASSES.items() if issubclass(cls, ContactAction))}
    assert {kind for kind in CLASSES if kind not in tried} == {
        "assign",
        "redact",
        "unreadable",
    }  # the first under several names, the others never by a key


@pytest.mark.parametrize("what", WAITS)
def test_what_others_would_see_waits_and_undo_within_the_window_sends_nothing(world: World, what: str) -> None:
    before, there = shown(world), _state(world)
    world.run(WAITS[what](world))
    world.wait(4)
    assert shown(world) != before
    thread = [part for part in parts.of_conversation(world.program.store.reader, world.cid) if part.outbox_id]
    assert [part.body for part in thread] == (["<p>Hello</p>"] if what in ("reply", "note") else [])
    result = undone(world)
    assert result.outcome == "withdrawn"
    world.wait(60)
    after = msgspec.structs.replace(shown(world), has_draft=False)
    assert (world.sent(), _state(world), after) == ([], there, before)


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
    _open_all(world)

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
    second.box.wake()
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


# ----------------------------------------------------------------------------------------------------------- the order


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
    world.run(actions.tag(world.cid, _tag(world)))
    world.run(actions.reply(world.cid, "After all"))
    world.wait(1)
    assert [line.split()[1].rpartition("/")[2] for line in world.sent()] == ["tags"]
    world.wait(20)
    assert [line.split()[1].rpartition("/")[2] for line in world.sent()] == ["tags", "parts", "reply"]


# ------------------------------------------------------------------------------------------------------ cancelling out


def test_close_and_reopen_within_the_window_send_nothing(world: World) -> None:
    before, there = shown(world), _state(world)
    closed = world.run(world.program.actions.close(world.cid))
    assert world.run(world.program.actions.open(world.cid)) == closed
    world.wait(30)
    assert (world.sent(), _state(world), shown(world), world.program.box.pending()) == ([], there, before, [])


def test_giving_away_and_taking_back_within_the_window_sends_nothing(world: World) -> None:
    actions = world.program.actions
    world.run(actions.assign(world.cid, admin_id=world.me))
    world.wait(3)
    there = len(world.sent())
    world.run(actions.assign(world.cid, admin_id=_other(world)))
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


# -------------------------------------------------------------------------------------------------------- what u means


def test_undo_stops_at_what_cannot_be_undone_names_it_and_goes_on_when_asked_again(world: World) -> None:
    world.run(world.program.actions.assign(world.cid, admin_id=world.me))
    world.run(world.program.actions.reply(world.cids[1], "Hello"))
    world.wait(20)
    sent = len(world.sent())
    question = asked(world)
    assert question.cannot == f"The reply to {name(world, world.cids[1])} was sent and cannot be undone."
    assert question.what.startswith(f"Assigned {name(world)} to ")
    assert len(world.sent()) == sent
    world.program.undo.forget()  # something else was done
    assert asked(world) == question
    result = world.run(world.program.undo.asked())
    assert isinstance(result, UndoResult)
    world.wait(20)
    assert world.workspace.conversations.get(world.cid).admin_assignee_id != int(world.me)
    answer = world.run(world.program.undo.asked())
    assert isinstance(answer, UndoResult)
    assert "There is nothing before it" in answer.message


def test_what_was_done_since_the_question_is_the_newest(world: World) -> None:
    _open_all(world)
    world.run(world.program.actions.close(world.cid))
    world.wait(20)
    asked(world)
    world.run(world.program.actions.close(world.cids[1]))
    result = world.run(world.program.undo.asked())
    assert isinstance(result, UndoResult)
    assert result.conversation_id == world.cids[1]
    world.wait(20)
    assert world.workspace.conversations.get(world.cid).state == "closed"


def test_undo_means_this_program_and_the_list_means_all(world: World) -> None:
    _open_all(world)
    second = world.start()
    world.run(world.program.actions.close(world.cid))
    world.run(second.actions.close(world.cids[1]))
    assert undone(world).conversation_id == world.cid
    assert undone(world).message == "There is nothing to undo."
    (other,) = world.program.undo.undoable()
    assert (other.step.rows[0].conversation_id, other.whose) == (world.cids[1], "another window")
    assert [one.whose for one in second.undo.undoable()] == [""]
    world.kill(second)
    assert [one.whose for one in world.program.undo.undoable()] == ["earlier"]
    assert undone(world).message == "There is nothing to undo."


def test_whose_an_action_is() -> None:
    here = "app me"
    found = [whose(one, here, {"gone"}.__contains__) for one in ("app me", "shell x", "app y", "app gone", "")]
    assert found == ["", "shell", "another window", "earlier", "earlier"]


def test_a_refused_action_is_named_and_not_skipped(world: World) -> None:
    world.run(world.program.actions.tag(world.cids[1], _tag(world)))
    world.wait(20)
    world.wire.writes.append(Fault("refused"))
    world.run(world.program.actions.close(world.cid))
    world.wait(20)
    question = asked(world)
    assert "was refused by Intercom" in question.cannot


def test_what_somebody_else_has_reversed_already_is_said_and_nothing_sent(world: World) -> None:
    world.run(world.program.actions.close(world.cid))
    world.wait(20)
    world.workspace.customer_reply(world.cid, "<p>Wait</p>")
    world.run(world.program.intake.conversation(world.run(world.program.client.conversations.get(world.cid))))
    sent = len(world.sent())
    assert "already" in undone(world).message
    world.wait(20)
    assert len(world.sent()) == sent
    assert undone(world).message == "There is nothing to undo."


# ------------------------------------------------------------------------------------------------------------- batches


def _close_all(world: World) -> None:
    async def do() -> None:
        with batch():
            for cid in world.cids:
                await world.program.actions.close(cid)

    world.run(do())


def test_a_batch_is_one_line_and_one_undo_whatever_came_between(world: World) -> None:
    _open_all(world)
    _close_all(world)
    tag = _tag(world)
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
        _open_all(world)
        before = {cid: conversations.get(world.program.store.reader, cid) for cid in world.cids}
        _close_all(world)
        assert undone(world).message == "Undone: closing of 60 conversations. Nothing was sent."
        assert {cid: conversations.get(world.program.store.reader, cid) for cid in world.cids} == before
        world.wait(30)
        assert world.sent() == []
    finally:
        world.close()


def test_a_batch_survives_a_restart_as_one_line_of_the_list(world: World) -> None:
    _open_all(world)
    _close_all(world)
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
    _open_all(world)
    world.wire.writes.append(Fault("refused"))
    _close_all(world)
    world.wait(30)
    question = asked(world)
    assert any("was refused" in loss for loss in question.losses)
    result = undone(world)
    assert "Undone: closing of 2 conversations." in result.message
    assert "was refused by Intercom" in result.message
    world.wait(30)
    assert [world.workspace.conversations.get(cid).state for cid in world.cids] == ["open"] * 3


def test_a_batch_is_undone_where_some_has_left_and_some_has_not(world: World) -> None:
    _open_all(world)
    world.wire.writes.extend([Fault("ok"), Fault("ok")])
    _close_all(world)
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


# ------------------------------------------------------------------------------------------------------ older journals


def test_a_journal_from_before_there_were_batches_opens_and_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(MIGRATIONS[0])
    db.execute("PRAGMA user_version = 1")
    old = Close(conversation_id="1", acting_as="7", before=Before(state="open"))
    db.execute(
        "INSERT INTO outbox (conversation_id, kind, payload, state, created_at) VALUES ('1', 'close', ?, 'done', 9e9)",
        (acts.encode(old),),
    )
    db.close()
    store = Store.open(path)
    (row,) = outbox.recent(store.reader, 0)
    assert (row.batch, row.origin, whose(row.origin, "app me", lambda _: False)) == ("", "", "earlier")
    store.close()


# ----------------------------------------------------------------------------------------------------------- the words


@pytest.mark.parametrize("kind", CLASSES)
def test_every_kind_can_be_named_and_says_what_undoing_it_loses(kind: str) -> None:
    before = Before(state="open", title="Old", had_tag=kind == "untag", admin_id="3")
    of_contact = issubclass(CLASSES[kind], ContactAction)
    action = made(
        kind, conversation_id="" if of_contact else "1", contact_id="2" if of_contact else "",
        contact_name="Ada [/b]", acting_as="7", before=before, assignee_name="Priya", assignee="admin", assignee_id="5",
        tag_name="vip",
    )  # fmt: skip
    assert "Ada [/b]" in past([action])
    assert "Ada [/b]" in noun([action])
    assert past([action])[0].isupper()
    back = action.inverse()
    if back is not None:
        (loss,) = losses([(action, back)])
        assert loss.endswith(".")
        assert "Ada [/b]" in verb([back])
