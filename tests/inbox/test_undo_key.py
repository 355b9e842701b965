"""What the undo key means, in what words, also for a journal from before there were batches."""

import sqlite3
from pathlib import Path

import pytest

from tests.inbox.test_undo import asked, made, name, undone
from tests.inbox.undoing import free_tag, open_all
from tests.inbox.virtual import Fault, World
from tui.inbox.actions import codec as acts
from tui.inbox.actions.base import Before, ContactAction
from tui.inbox.actions.codec import classes
from tui.inbox.actions.state import Close
from tui.inbox.outbox.outbox import UndoResult
from tui.inbox.outbox.steps import whose
from tui.inbox.titles import losses, noun, past, verb
from tui.store import outbox
from tui.store.schema import MIGRATIONS
from tui.store.store import Store

# ------------------------------------------------------------------------------------------------------- what u means


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
    open_all(world)
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
    open_all(world)
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
    world.run(world.program.actions.tag(world.cids[1], free_tag(world)))
    world.wait(20)
    world.wire.writes.append(Fault("refused"))
    world.run(world.program.actions.close(world.cid))
    world.wait(20)
    question = asked(world)
    assert "was rejected by Intercom" in question.cannot


def test_what_somebody_else_has_reversed_already_is_said_and_nothing_sent(world: World) -> None:
    world.run(world.program.actions.close(world.cid))
    world.wait(20)
    world.workspace.customer_reply(world.cid, "<p>Wait</p>")
    world.run(world.program.ingest.conversation(world.run(world.program.client.conversations.get(world.cid))))
    sent = len(world.sent())
    assert "already" in undone(world).message
    world.wait(20)
    assert len(world.sent()) == sent
    assert undone(world).message == "There is nothing to undo."


# ----------------------------------------------------------------------------------------------------- older journals


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


# ---------------------------------------------------------------------------------------------------------- the words


@pytest.mark.parametrize("kind", classes())
def test_every_kind_can_be_named_and_says_what_undoing_it_loses(kind: str) -> None:
    before = Before(state="open", title="Old", had_tag=kind == "untag", admin_id="3")
    of_contact = issubclass(classes()[kind], ContactAction)
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
