"""A store that the program of 290994c left behind opens here: its journal sends, waits and is undone.

``stores/0.1-290994c.sqlite3.gz`` was written by that version itself: two actions done, one of each other state, on a
network that had just gone. What Intercom knew of them by then is told to the workspace again before the program starts.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.inbox.virtual import Program, World
from tui.inbox.outbox.outbox import UndoResult
from tui.store import outbox, people

STORE = Path(__file__).parent / "stores" / "0.1-290994c.sqlite3.gz"
ASSIGNED, TAGGED, REFUSED, STALE, NEVER_LEFT, LANDED, SENDING, IN_WINDOW, CONTACT = range(1, 10)
"""Ids in the outbox. The conversation of each is at the place in ``World.cids`` that :data:`AT` gives."""
AT = {ASSIGNED: 5, TAGGED: 5, REFUSED: 4, STALE: 1, NEVER_LEFT: 3, LANDED: 2, SENDING: 6, IN_WINDOW: 0}
TAG = 7522900
UNTIL = 1_790_900_000


class Resumed(World):
    """The same workspace a second later, and a program that finds the older store."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, conversations=9)
        self.requests_at_start = 0

    def start(self) -> Program:
        if not self.born:
            (self.folder / "s.db").write_bytes(gzip.decompress(STORE.read_bytes()))
            self._what_intercom_knows()
            self.born = 1
            self.dead.add("program 1")
            self.loop.jump(1.6)
        return super().start()

    def _what_intercom_knows(self) -> None:
        me, space = int(self.me), self.workspace
        cid = self.cids[AT[ASSIGNED]]
        space.admin_part(cid, me, "assignment", assignee=("admin", me))
        space.conversations.tag(space.conversations.get(cid), space.rooms.author(me), TAG)
        self.loop.jump(6)
        space.customer_reply(self.cids[AT[STALE]], "<p>One more thing</p>")
        self.loop.jump(19.4)
        space.admin_reply(self.cids[AT[LANDED]], me, "<p>It landed, unheard</p>", note=True)

    def state(self, outbox_id: int) -> str:
        row = outbox.get(self.program.store.reader, outbox_id)
        assert row is not None
        return row.state

    def said(self, outbox_id: int, words: str) -> int:
        """How often the workspace holds these words in that action's conversation."""
        return sum(words in body for body in self.bodies(self.cids[AT[outbox_id]]))


@pytest.fixture
def resumed(tmp_path: Path) -> Iterator[Resumed]:
    world = Resumed(tmp_path)
    yield world
    world.close()


def test_its_journal_sends_each_action_once(resumed: Resumed) -> None:
    resumed.wait(200)
    settled = {one: resumed.state(one) for one in range(1, 10)}
    assert settled == {
        ASSIGNED: "done", TAGGED: "done", REFUSED: "rejected", STALE: "held", NEVER_LEFT: "done", LANDED: "done",
        SENDING: "done", IN_WINDOW: "done", CONTACT: "done",
    }  # fmt: skip
    assert resumed.said(NEVER_LEFT, "It never left") == 1
    assert resumed.said(LANDED, "It landed, unheard") == 1
    assert resumed.bodies(resumed.cids[AT[IN_WINDOW]])[-1] == "<p>Within its <b>undo</b> window</p>"
    conversations = resumed.workspace.conversations
    assert conversations.get(resumed.cids[AT[NEVER_LEFT]]).state == "closed"
    asleep = conversations.get(resumed.cids[AT[SENDING]])
    assert (asleep.state, asleep.snoozed_until) == ("snoozed", UNTIL)
    contact = conversations.get(resumed.cids[7]).contacts[0]
    assert ["A note on a contact" in note.body for note in contact.notes or []] == [True]
    assert resumed.said(STALE, "Held back") == 0


def test_what_waited_for_a_person_still_does_and_leaves_when_told(resumed: Resumed) -> None:
    resumed.wait(200)
    box = resumed.program.box
    assert [row.id for row in box.attention()] == [REFUSED, STALE]
    row = box.get(STALE)
    assert row is not None
    assert [part.body for part in box.held_by(row)][-1:] == ["<p>One more thing</p>"]
    resumed.run(box.retry(REFUSED))
    resumed.run(box.send_anyway(STALE))
    resumed.wait(200)
    assert box.pending() == []
    assert resumed.said(STALE, "Held back: the customer wrote") == 1
    assert resumed.workspace.conversations.get(resumed.cids[AT[REFUSED]]).state == "closed"


def test_what_is_done_and_what_waits_can_be_undone(resumed: Resumed) -> None:
    box = resumed.program.box
    taken_back = [resumed.run(box.undo(one)) for one in (IN_WINDOW, TAGGED, ASSIGNED)]
    resumed.wait(200)
    assert all(isinstance(one, UndoResult) for one in taken_back)
    cid = resumed.cids[AT[IN_WINDOW]]
    drafts = people.drafts(resumed.program.store.reader)
    assert {(one.conversation_id, one.kind, one.text) for one in drafts} == {
        (cid, "reply", "Within its **undo** window"),
        (resumed.cids[8], "reply", "A draft, half writ"),
    }
    assert resumed.said(IN_WINDOW, "window") == 0
    assigned = resumed.workspace.conversations.get(resumed.cids[AT[ASSIGNED]])
    assert TAG not in {mark.tag_id for mark in assigned.tags}
    assert assigned.admin_assignee_id != int(resumed.me)
