"""What follows from a look for an action whose fate is unknown, and what is known of a thread before it is sent to."""

from typing import Literal

import msgspec
import pytest

from tests.inbox.virtual import World
from tui.inbox.actions.base import Action
from tui.inbox.actions.contact_note import NoteContact
from tui.inbox.actions.note import Note
from tui.inbox.actions.tag import Tag
from tui.inbox.outbox.delivery_check import TRIES, Next, deadline, next_step, since, stored_baseline
from tui.inbox.outbox.reconcile import CLOCKS
from tui.inbox.outbox.send_failure import WORDLESS
from tui.model.labels import outcomes
from tui.model.outbox import Hold, State
from tui.model.rows import OutboxRow
from tui.store import parts

SENT = 1_790_000_000.0
SETTLE = 120.0
PAUSE = 8.0
NOTE = Note(conversation_id="1", text="hm")
TAG = Tag(conversation_id="1", tag_id="2", tag_name="bug")


def row(**changes: object) -> OutboxRow:
    sent = OutboxRow(
        id=1, conversation_id="1", kind="note", payload=b"", state=State.UNKNOWN, created_at=SENT, sent_at=SENT,
        attempts=1,
    )  # fmt: skip
    return msgspec.structs.replace(sent, **changes)


def step(
    after: float, verdict: Literal["absent", "unclear"] = "absent", action: Action = NOTE, **changes: object
) -> Next:
    """What follows so many seconds after the request."""
    return next_step(verdict, row(**changes), action, now=SENT + after, settle_seconds=SETTLE, pause=PAUSE)


def test_words_are_looked_for_until_the_patience_ends() -> None:
    assert deadline(row(), NOTE, SETTLE) == SENT + SETTLE
    assert deadline(row(settles_at=SENT + 5), NOTE, SETTLE) == SENT + 5
    assert deadline(row(), TAG, SETTLE) == SENT + WORDLESS
    assert deadline(row(), TAG, 2.0) == SENT + 2


@pytest.mark.parametrize(
    ("after", "look_at"), [(0, 8), (100, 108), (112, 120), (115, 120), (119.5, 120), (120, 0), (500, 0)]
)
def test_the_next_look_is_not_after_the_end_of_the_patience_and_then_it_may_leave_again(
    after: float, look_at: float
) -> None:
    assert step(after) == Next(look_at=SENT + look_at if look_at else 0.0)


@pytest.mark.parametrize(("after", "look_at"), [(0, 8), (120, 128), (239, 240)])
def test_what_cannot_be_told_apart_is_looked_for_twice_as_long(after: float, look_at: float) -> None:
    assert step(after, "unclear") == Next(look_at=SENT + look_at)


def test_and_then_a_person_is_asked() -> None:
    assert step(240, "unclear").ask == outcomes.DELIVERY_NOT_KNOWN


def test_a_yes_without_a_trace_is_a_persons_to_judge_where_it_carries_words() -> None:
    assert step(SETTLE, held_for=Hold.ANSWERED).ask == outcomes.ACCEPTED_BUT_NOT_THERE
    assert step(SETTLE - 1, held_for=Hold.ANSWERED) == Next(look_at=SENT + SETTLE)
    assert step(WORDLESS, action=TAG, held_for=Hold.ANSWERED) == Next()


def test_after_so_many_attempts_a_person_is_asked() -> None:
    assert step(SETTLE, attempts=TRIES - 1) == Next()
    assert str(TRIES) in step(SETTLE, attempts=TRIES).ask
    assert str(TRIES + 1) in step(SETTLE, attempts=TRIES + 1).ask


def test_what_is_stored_of_the_thread_is_known_before_it_is_sent_to(world: World) -> None:
    program = world.program
    ids, newest = parts.ids_and_newest(program.store.reader, world.cid)
    assert ids
    known = stored_baseline(
        program.store.reader, program.client, msgspec.structs.replace(NOTE, conversation_id=world.cid)
    )
    assert known.ids == tuple(sorted(ids))
    assert known.at == max(newest, int(program.client.server_time())) - CLOCKS
    of_contact = stored_baseline(program.store.reader, program.client, NoteContact(contact_id="1", text="hm"))
    assert (of_contact.ids, of_contact.at) == ((), int(program.client.server_time()) - CLOCKS)
    assert (since(of_contact), since(None)) == (of_contact.at, None)
