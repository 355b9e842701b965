"""The table of moves between the states of an action: the store keeps to it, and so does all else in these tests."""

import sqlite3
from itertools import product
from pathlib import Path

import pytest

from tests.inbox.virtual import Fault, World
from tui.api.errors import NotFoundError
from tui.inbox.outbox import delivery_check as looking
from tui.model.outbox import FINISHED, MOVES, OPEN, TAKEN_BACK, Hold, State, hold_of, sources, state_of
from tui.store import outbox, schema
from tui.store.store import Store


def test_the_table_names_every_state() -> None:
    assert set(MOVES) == set(State) == {*OPEN, *FINISHED}
    assert TAKEN_BACK < FINISHED
    assert all(state not in after for state, after in MOVES.items())
    assert MOVES[State.DONE] == set()


def test_the_words_of_older_stores_are_still_those_of_the_partial_indexes() -> None:
    assert schema.MIGRATIONS[0].count(f"WHERE state IN {outbox.OPEN_LIST}") == 2


@pytest.mark.parametrize(("before", "after"), product(State, State))
def test_the_store_refuses_what_is_not_in_the_table(tmp_path: Path, before: State, after: State) -> None:
    store = Store.open(tmp_path / "store.sqlite3")

    def job(db: sqlite3.Connection) -> tuple[bool, str]:
        number = outbox.append(db, conversation_id="7", kind="close", payload=b"{}", state=before, now=1.0)
        moved = outbox.move(db, number, after, now=2.0)
        return moved, db.execute("SELECT state FROM outbox WHERE id = ?", (number,)).fetchone()[0]

    allowed = before is after or after in MOVES[before]
    assert store.write_now(job) == (allowed, after if allowed else before)
    assert (before in sources(after)) == allowed
    store.close()


def test_what_no_state_or_hold_is_called_waits_for_a_person() -> None:
    assert [state_of(state) for state in (*State, "odd", "")] == [*State, State.HELD, State.HELD]
    assert [hold_of(hold) for hold in (*Hold, "odd")] == [*Hold, Hold.GIVEN_UP]


def test_an_unsure_action_whose_conversation_is_gone_is_rejected(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def gone(*_: object) -> looking.Found:
        raise NotFoundError("No such conversation.", status=404)

    monkeypatch.setattr(looking, "look", gone)
    world.wire.writes.append(Fault("cut_after"))
    number = world.run(world.program.actions.note(world.cid, "hm"))
    world.wait(20)
    row = world.program.box.get(number)
    assert row is not None
    assert (row.state, row.reason) == (State.REJECTED, "The conversation no longer exists at Intercom.")


def test_a_look_before_words_leave_again_that_cannot_tell_leaves_them_unsure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unclear(*_: object) -> looking.Found:
        return looking.Found("unclear")

    world.wire.writes.append(Fault("cut_before"))
    number = world.run(world.program.actions.note(world.cid, "hm"))
    world.wait(6)
    monkeypatch.setattr(looking, "look", unclear)
    world.program.store.write_now(lambda db: outbox.move(db, number, State.QUEUED))
    world.program.box.changed.set()
    world.wait(1)
    row = world.program.box.get(number)
    assert row is not None
    assert (row.state, len(world.sent())) == (State.UNKNOWN, 1)
