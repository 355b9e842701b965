"""What holds for every action, found by introspection: its payload, its effect against Intercom's own answer, its way
back, its words. The oracle of an effect is the workspace, which the specification made."""

import asyncio
import html
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import msgspec
import pytest

from tests.inbox.action_examples import SAID, UNTIL, Ids, ids, made
from tests.inbox.virtual import EPOCH, World
from tui.inbox.actions.assign import Assign
from tui.inbox.actions.base import WHO, Before, ContactAction, ConversationAction, shortened
from tui.inbox.actions.codec import classes, decode, encode
from tui.inbox.actions.contact_note import NoteContact
from tui.inbox.actions.contact_tag import TagContact
from tui.inbox.actions.redact import Redact
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.state import Open, Snooze
from tui.inbox.actions.unreadable import Unreadable, left_of
from tui.inbox.attributes import by_name
from tui.model.outbox import State
from tui.model.rows import ConversationRow
from tui.store import conversations, outbox

TIMES = {"updated_at", "n", "thread_updated_at", "seen_at", "pending", "has_draft", "part_total", "part_count"}
"""What of a row Intercom counts, or its clock tells, or is this store's own."""

NOT_SENT = (Unreadable, Redact)
"""One is never sent; the other needs a part that was sent twice (tests/inbox/test_late.py)."""


ON_CONVERSATIONS = [
    kind for kind, cls in classes().items() if not issubclass(cls, ContactAction) and cls not in NOT_SENT
]

Start = Callable[[World, Ids], Coroutine[object, object, object]]


async def waiting(world: World, known: Ids) -> None:
    world.workspace.customer_reply(world.cid, "<p>Are you there?</p>")


async def closed(world: World, known: Ids) -> None:
    await world.program.client.conversations.close(world.cid, admin_id=known.admin)


async def snoozed(world: World, known: Ids) -> None:
    await world.program.client.conversations.snooze(world.cid, until=UNTIL, admin_id=known.admin)


async def given(world: World, known: Ids) -> None:
    talk = world.program.client.conversations
    await talk.assign(world.cid, admin_id=known.me, assignee_id=known.team, assignee_type="team")
    await talk.assign(world.cid, admin_id=known.me, assignee_id=known.admin, assignee_type="admin")


async def free(world: World, known: Ids) -> None:
    talk = world.program.client.conversations
    await talk.assign(world.cid, admin_id=known.me, assignee_id="0", assignee_type="admin")
    await talk.assign(world.cid, admin_id=known.me, assignee_id="0", assignee_type="team")


async def tagged(world: World, known: Ids) -> None:
    await world.program.client.conversations.tag(world.cid, known.tags[0], admin_id=known.me)
    attributes = {"plan": "silver", "seats": 3}
    await world.program.client.conversations.update(world.cid, read=True, title="A title", custom_attributes=attributes)


async def waiting_but_snoozed(world: World, known: Ids) -> None:
    await waiting(world, known)
    await snoozed(world, known)


STARTS: tuple[Start, ...] = (waiting, closed, snoozed, waiting_but_snoozed, given, free, tagged)


async def as_told(world: World) -> ConversationRow:
    """The row that Intercom's whole answer makes."""
    await world.program.ingest.conversation(await world.program.client.conversations.get(world.cid))
    row = conversations.get(world.program.store.reader, world.cid)
    assert row is not None
    return row


def compared(row: ConversationRow) -> dict[str, Any]:
    told = {name: value for name, value in msgspec.structs.asdict(row).items() if name not in TIMES}
    # what is cleared stays there as null
    held = {name: value for name, value in by_name(row.attributes).items() if value is not None}
    return {**told, "tag_ids": sorted(row.tag_ids), "attributes": held}


def waiting_time_aside(row: ConversationRow) -> dict[str, Any]:
    return {name: value for name, value in compared(row).items() if name != "waiting_since"}


@pytest.mark.parametrize("kind", classes())
def test_its_payload_comes_back_and_so_does_one_of_older_versions(world: World, kind: str) -> None:
    for action in made(world, kind, before=Before(state="open", title="t"), follows=3):
        assert decode(encode(action)) == action
        # a struct with the fields of all kinds was written down to its defaults
        old = {**msgspec.json.decode(encode(action)), "assignee_name": "x", "seen_at": 5, "copy_of": 0, "nobody": 1}
        assert type(decode(msgspec.json.encode(old))) is classes()[kind]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ON_CONVERSATIONS)
def test_its_effect_is_that_of_intercoms_answer(world: World, kind: str, start: Start) -> None:
    for action in made(world, kind):
        world.run(start(world, ids(world)))
        before = world.run(as_told(world))
        if not action.changes(before):
            continue
        expected = action.apply(before, int(world.loop.clock()))
        world.run(action.send(world.program.client))
        assert compared(world.run(as_told(world))) == compared(expected), action


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ON_CONVERSATIONS)
def test_done_again_it_changes_nothing(world: World, kind: str, start: Start) -> None:
    world.run(start(world, ids(world)))
    before = world.run(as_told(world))
    for action in made(world, kind):
        after = action.apply(before, 1)
        assert action.carries_text or not action.changes(after), action


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ON_CONVERSATIONS)
def test_its_inverse_leads_back_and_that_ones_inverse_there_again(world: World, kind: str, start: Start) -> None:
    for action in made(world, kind):
        world.run(start(world, ids(world)))
        before = world.run(as_told(world))
        action = msgspec.structs.replace(action, before=action.remembered(before))
        back = action.inverse()
        if action.carries_text:
            assert back is None
        if back is None:
            continue
        world.run(action.send(world.program.client))
        there = world.run(as_told(world))
        back = msgspec.structs.replace(back, before=back.remembered(there))
        world.run(back.send(world.program.client))
        assert waiting_time_aside(world.run(as_told(world))) == waiting_time_aside(before), (action, back)
        again = back.inverse()
        if again is None:
            assert not back.changes(there), (action, back)
            continue
        world.run(again.send(world.program.client))
        assert waiting_time_aside(world.run(as_told(world))) == waiting_time_aside(there), (action, back, again)


@pytest.mark.parametrize("kind", classes())
def test_its_words_name_whom_it_is_about_as_they_are(world: World, kind: str) -> None:
    for action in made(world, kind):
        assert "Ada [/b]" in action.describe()
        assert all("\0" in form for form in action.forms())
        assert html.escape(action.label()).count("&lt;") == 0
        assert action.label()[0].isupper()
        assert type(action).__doc__


@pytest.mark.parametrize("kind", classes())
def test_the_part_that_it_shows_can_be_its_effect(world: World, kind: str) -> None:
    cls = classes()[kind]
    assert not cls.part_type or cls.part_type in cls.traces
    for action in made(world, kind):
        part = action.part(7, 1, "Me")
        assert (part is not None) == bool(cls.part_type)
        assert part is None or (part.outbox_id, part.author_id, part.body) == (7, world.me, action.html)


def test_all_of_them_are_here() -> None:
    assert len(classes()) >= 15
    assert {cls.__module__.rpartition(".")[0] for cls in classes().values()} == {"tui.inbox.actions"}
    assert all(issubclass(cls, ConversationAction | ContactAction) or cls.draft_kind for cls in classes().values())  # type: ignore[attr-defined] # words have one


def test_only_taking_it_oneself_leaves_at_once(world: World) -> None:
    for admin in map(str, world.workspace.rooms.admins):
        given = Assign(acting_as=world.me, assignee="admin", assignee_id=admin)
        assert given.waits == (admin != world.me)
    assert Assign(acting_as=world.me, assignee="team", assignee_id=world.me).waits


def test_what_is_left_of_a_damaged_payload_are_its_words() -> None:
    whole = encode(Reply(conversation_id="77", text="Dear “Ada”,\n\nit is <mended>.", html="<p>Dear Ada</p>"))
    for end in range(whole.index(b"mended") + 6, len(whole) - 1):
        left = left_of(whole[:end])
        assert (left.conversation_id, left.text[:26]) == ("77", "Dear “Ada”,\n\nit is <mended")
    assert left_of(whole[whole.index(b'"html"') :]).text.strip() == "Dear Ada"
    assert left_of(b"\x00\x01").text == ""


@pytest.mark.parametrize("kind", classes())
def test_what_each_says_of_itself(world: World, kind: str) -> None:
    told = []
    for one in made(world, kind, contact_name="Ada"):
        past, noun = (form.replace(WHO, "Ada") for form in one.forms())
        told.append((one.describe(), past, noun, one.sign(), one.order))
    assert told == SAID[kind]


def test_a_snooze_whose_time_is_over_opens_instead() -> None:
    snooze = Snooze(conversation_id="7", until=EPOCH)
    assert snooze.instead(EPOCH - 2) is snooze
    assert isinstance(snooze.instead(EPOCH - 1), Open)


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("kind", ON_CONVERSATIONS)
def test_intercoms_answer_tells_whether_it_holds(world: World, kind: str, start: Start) -> None:
    """An answer that never came is told from the conversation: as it would be after it, or not."""
    client = world.program.client
    for action in made(world, kind):
        if action.carries_text:
            continue
        world.run(start(world, ids(world)))
        before = world.run(as_told(world))
        model = world.run(client.conversations.get(world.cid))
        assert action.holds(model) == (not action.changes(before)), action
        if action.changes(before):
            world.run(action.send(client))
        assert action.holds(world.run(client.conversations.get(world.cid))), action


def test_a_contacts_tags_tell_whether_one_was_added(world: World) -> None:
    client, (one, *_) = world.program.client, made(world, "tag_contact")
    assert isinstance(one, TagContact)
    for tag in ids(world).tags:
        action = msgspec.structs.replace(one, tag_id=tag)
        other = next(each for each in ids(world).tags if each != tag)
        world.run(client.contacts.tag(one.contact_id, other))
        world.run(client.contacts.tag(one.contact_id, tag))
        world.run(client.contacts.untag(one.contact_id, tag))
        assert not world.run(action.has_tag(client))
        world.run(action.send(client))
        assert world.run(action.has_tag(client))
        world.run(client.contacts.untag(one.contact_id, other))
        assert world.run(action.has_tag(client))


def test_only_notes_since_then_are_read(world: World) -> None:
    (note,) = made(world, "note_contact")
    assert isinstance(note, NoteContact)
    client = world.program.client
    world.run(note.send(client))
    world.run(asyncio.sleep(60))
    between = int(world.loop.clock())
    world.run(asyncio.sleep(60))
    world.run(note.send(client))
    world.run(asyncio.sleep(60))
    since = world.run(note.notes_since(client, between))
    assert [one.created_at > between for one in since] == [True]
    assert world.run(note.notes_since(client, int(world.loop.clock()))) == []
    assert len(world.run(note.notes_since(client, None))) >= 2


@pytest.mark.parametrize(
    ("kind", "before", "said"),
    [
        ("title", Before(title="Old"), "The title becomes “Old” again."),
        ("title", Before(), "The title is removed."),
        ("open", Before(state="closed"), "It is closed again, and Intercom may ask for a rating."),
        ("open", Before(state="snoozed"), "It is snoozed again. Both events stay in the thread."),
    ],
)
def test_what_its_way_back_costs_is_told(world: World, kind: str, before: Before, said: str) -> None:
    for action in made(world, kind, before=before):
        back = action.inverse()
        assert back is not None
        assert action.loss(back) == said


def test_long_words_are_cut_for_a_line() -> None:
    assert shortened("a  b\nc") == "a b c"
    assert shortened("x" * 61) == "x" * 61
    assert shortened("x" * 62) == "x" * 60 + "…"


@pytest.mark.parametrize("kind", [kind for kind, cls in classes().items() if cls not in NOT_SENT])
def test_where_it_is_not_there_any_more_only_taking_off_is_done(world: World, kind: str) -> None:
    """Intercom answers 404 to each: of a tag to be taken off that is what was wanted, of all else a refusal."""
    missing = httpx.Response(404, json={"type": "error.list", "errors": [{"code": "not_found", "message": "Gone"}]})
    world.wire.answer = lambda request: None if request.method == "GET" else missing
    action = made(world, kind)[0]
    number = world.run(world.program.box.journal(action, force=True))
    world.wait(20)
    row = outbox.get(world.program.store.reader, number)
    assert row is not None
    wanted = State.DONE if kind in ("untag", "untag_contact") else State.REJECTED
    assert (row.state, len(world.sent())) == (wanted, 1)
