"""What came in after somebody last read: one definition, by part and not by time."""

import msgspec
import pytest

from tests.inbox.virtual import World
from tui.inbox import incoming
from tui.inbox.actions import codec as acts
from tui.inbox.actions.reply import Reply
from tui.inbox.incoming import Seen
from tui.model.rows import AttachmentRow, PartRow
from tui.sandbox.furniture import FIN
from tui.store import parts

ME, SHE, CUSTOMER = "7", "9", "u1"


def part(
    part_id: str, part_type: str = "comment", body: str = "<p>words</p>", *, by: str = CUSTOMER, at: int = 100,
    kind: str = "", **more: object,
) -> PartRow:  # fmt: skip
    kind = kind or ("admin" if by in (ME, SHE) else "user")
    row = PartRow(part_id, "1", part_type, body, at, kind, by, author_name={SHE: "Priya", ME: "Me"}.get(by, "Ada"))
    return msgspec.structs.replace(row, **more)


def holding(*thread: PartRow, seen: Seen) -> list[str]:
    return [one.id for one in incoming.came_in(thread, seen) if incoming.holds(one, ME)]


FIRST = part("source:1", "source", at=10)
OLD = part("old", at=50)
READ = incoming.all_of([FIRST, OLD])


@pytest.mark.parametrize(
    "part_type",
    [
        "comment",
        "note",
        "open",
        "close",
        "assignment",
        "quick_reply",
        "note_and_reopen",
        "assign_and_reopen",
        "new_one",
    ],
)
@pytest.mark.parametrize("by", [CUSTOMER, SHE])
def test_whatever_has_words_of_another_person_holds(part_type: str, by: str) -> None:
    assert holding(FIRST, OLD, part("new", part_type, by=by), seen=READ) == ["new"]


@pytest.mark.parametrize("kind", ["user", "lead", "contact", "visitor", "", "something_new"])
def test_whoever_is_not_known_to_be_a_bot_is_a_person(kind: str) -> None:
    assert holding(FIRST, OLD, part("new", kind=kind or "user", author_type=kind), seen=READ) == ["new"]


@pytest.mark.parametrize(
    "other",
    [
        part("bot", by="b", kind="bot"),
        part("fin", by=SHE, from_ai=True),
        part("event", "assignment", "", by=SHE),
        part("snooze", "snoozed", "", by=SHE),
        part("mine", by=ME),
        part("mine elsewhere", "note_and_reopen", by=ME),
        part("redacted", "comment", "<p><i>This message was deleted</i></p>", redacted=True),
        part("outbox:3", by=SHE, outbox_id=3),
        part("source:2", "source"),
    ],
    ids=lambda one: one.id,
)
def test_what_nobody_has_to_read_holds_nothing(other: PartRow) -> None:
    assert holding(FIRST, OLD, other, seen=READ) == []


def test_bots_events_and_our_own_parts_are_shown_among_what_came_in() -> None:
    came = [part("bot", kind="bot"), part("event", "assignment", "", by=SHE), part("mine", by=ME), part("hers", by=SHE)]
    assert incoming.came_in([FIRST, OLD, *came], READ) == came


def test_a_customer_whose_number_is_ours_is_not_us() -> None:
    assert holding(part("new", by=ME, kind="user"), seen=READ) == ["new"]


def test_a_part_known_as_our_own_action_holds_nothing_even_without_its_author() -> None:
    lost = part("ours", by="", kind="user", author_type="")
    assert incoming.holds(lost, ME)
    assert not incoming.holds(lost, ME, {"ours"})


@pytest.mark.parametrize("part_type", ["comment", "note", "quick_reply", ""])
def test_a_message_whose_words_the_answer_lost_holds(part_type: str) -> None:
    assert holding(part("new", part_type, ""), seen=READ) == ["new"]


def test_a_customer_who_opened_it_again_wrote_something_even_where_the_answer_lost_it() -> None:
    assert holding(part("new", "open", ""), seen=READ) == ["new"]
    assert holding(part("new", "open", "", by=SHE), seen=READ) == []


def test_a_picture_without_words_holds() -> None:
    assert holding(part("new", "open", "", attachments=(AttachmentRow("a.png", "https://x/y"),)), seen=READ) == ["new"]


@pytest.mark.parametrize("at", [50, 49, 11, 0, 51, 9_999_999_999])
def test_a_part_that_was_not_seen_holds_whatever_its_time_says(at: int) -> None:
    """In the second of the last one seen, before it (out of order, differing clocks), without a time, in the future."""
    assert holding(FIRST, OLD, part("new", at=at), seen=READ) == ["new"]


def test_evidence_of_an_older_program_knows_the_second_and_its_parts() -> None:
    seen = Reply(seen_at=50, seen_ids=("old",)).seen
    assert holding(part("before", at=49), OLD, seen=seen) == []
    assert holding(OLD, part("same", at=50), part("later", at=51), seen=seen) == ["same", "later"]


def test_words_that_changed_after_they_were_read_hold_but_renewed_addresses_do_not() -> None:
    picture = part("p", body='<p>See</p><img src="https://x/1?expires=1">')
    seen = incoming.all_of([picture])
    assert (
        holding(msgspec.structs.replace(picture, body='<p>See</p><img src="https://x/1?expires=2">'), seen=seen) == []
    )
    assert holding(msgspec.structs.replace(picture, body="<p>See this</p>"), seen=seen) == ["p"]
    assert holding(msgspec.structs.replace(picture, body="<p>Deleted</p>", redacted=True), seen=seen) == []
    assert holding(msgspec.structs.replace(picture, body=""), seen=seen) == []


def test_words_that_come_where_there_were_none_hold() -> None:
    seen = incoming.all_of([part("p", body="")])
    assert holding(part("p"), seen=seen) == ["p"]


def test_of_a_long_thread_the_newest_are_named_and_older_ones_are_not_new() -> None:
    thread = [part(str(number), at=number) for number in range(1, 900)]
    seen = incoming.all_of(thread)
    assert len(seen.ids) == incoming.MOST_IDS
    assert holding(*thread, seen=seen) == []
    assert holding(*thread, part("900", at=899), seen=seen) == ["900"]
    # one was deleted at Intercom, and an older one moves into the newest 500
    assert holding(*thread[300:], seen=seen) == []


def test_an_answer_that_lacks_all_that_was_seen_is_no_answer() -> None:
    assert not incoming.tells([FIRST], READ)
    assert not incoming.tells([FIRST, part("other")], READ)
    assert incoming.tells([FIRST, OLD], READ)
    assert incoming.tells([FIRST], incoming.all_of([FIRST]))
    assert incoming.tells([part(str(number)) for number in range(incoming.MOST_IDS)], READ)


def test_evidence_survives_the_journal() -> None:
    action = acts.decode(acts.encode(Reply().having_seen(READ)))
    assert isinstance(action, Reply)
    assert action.seen == READ


def test_names_say_each_once_and_how_many_more() -> None:
    people = [part(str(number), author_name=f"P{number % 5}") for number in range(10)]
    assert incoming.names(people) == "P0, P1, P2 and 2 more"
    assert "left a note" in incoming.held_sentence([part("n", "note", by=SHE)])


# ------------------------------------------------------------------------------------------------ in the whole outbox


def _other(world: World) -> int:
    return next(one for one in world.workspace.rooms.admins if str(one) != world.me)


def _thread(world: World) -> list[PartRow]:
    return parts.of_conversation(world.program.store.reader, world.cid)


def _held(world: World) -> list[str]:
    return [row.held_for for row in world.program.box.attention()]


def test_a_part_in_the_second_of_the_last_one_seen_holds(world: World) -> None:
    at = world.workspace.now()
    world.workspace.customer_reply(world.cid, "<p>seen</p>", at=at)
    world.run(world.program.ingest.conversation(world.run(world.program.client.conversations.get(world.cid))))
    world.workspace.customer_reply(world.cid, "<p>not seen</p>", at=at)
    seen = incoming.all_of(_thread(world))
    world.run(world.program.actions.reply(world.cid, "On it", seen=seen))
    world.wait(20)
    assert (_held(world), world.sent()) == (["stale"], [])


def test_what_is_stored_and_was_never_seen_holds(world: World) -> None:
    seen = incoming.all_of(_thread(world))
    world.workspace.admin_reply(world.cid, _other(world), "<p>I have this</p>", note=True)
    world.run(world.program.ingest.conversation(world.run(world.program.client.conversations.get(world.cid))))
    world.run(world.program.actions.reply(world.cid, "On it", seen=seen))
    world.wait(20)
    assert (_held(world), world.sent()) == (["stale"], [])


def test_sending_anyway_goes_past_what_was_shown_and_no_further(world: World) -> None:
    seen = incoming.all_of(_thread(world))
    number = world.run(world.program.actions.reply(world.cid, "On it", seen=seen))
    world.workspace.customer_reply(world.cid, "<p>one</p>")
    world.workspace.bot_reply(world.cid, "<p>I am Fin</p>", FIN)
    world.workspace.customer_reply(world.cid, "<p>two</p>")
    world.wait(20)
    row = world.program.box.get(number)
    assert row is not None
    came = world.program.box.came_in(row)
    assert [one.body for one in came] == ["<p>one</p>", "<p>I am Fin</p>", "<p>two</p>"]
    assert [one.body for one in world.program.box.held_by(row)] == ["<p>one</p>", "<p>two</p>"]
    world.workspace.customer_reply(world.cid, "<p>three</p>")
    world.run(world.program.box.send_anyway(number, came))
    world.wait(20)
    assert (_held(world), world.sent()) == (["stale"], [])
    row = world.program.box.get(number)
    assert row is not None
    assert [one.body for one in world.program.box.held_by(row)] == ["<p>three</p>"]
    world.run(world.program.box.send_anyway(number, world.program.box.came_in(row)))
    world.wait(20)
    assert world.bodies()[-1] == "<p>On it</p>"


def test_an_answer_without_its_parts_sends_nothing_and_asks_in_the_end(world: World) -> None:
    world.workspace.customer_reply(world.cid, "<p>seen</p>")
    world.run(world.program.ingest.conversation(world.run(world.program.client.conversations.get(world.cid))))
    seen = incoming.all_of(_thread(world))
    there = world.workspace.conversations.parts(world.workspace.conversations.get(world.cid))
    kept, there[:] = list(there), []
    number = world.run(world.program.actions.reply(world.cid, "On it", seen=seen))
    world.wait(9)
    assert (_held(world), world.sent()) == ([], [])
    world.wait(30)
    row = world.program.box.get(number)
    assert row is not None
    assert (row.held_for, world.sent()) == ("stale", [])
    there[:] = kept
    world.run(world.program.box.retry(number))
    world.wait(20)
    assert world.bodies()[-1] == "<p>On it</p>"
