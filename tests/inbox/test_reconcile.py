"""Telling from a conversation whether an action took effect, whatever Intercom made of its words."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inbox.virtual import SETTLE, Fault, World
from tui.api.decoding import decode_one
from tui.api.models import Author, Conversation, ConversationParts, Part
from tui.inbox.actions.assign import Assign
from tui.inbox.actions.base import Action, Baseline
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.state import Close
from tui.inbox.outbox import reconcile
from tui.inbox.outbox.send_failure import WORDLESS
from tui.sandbox.routes.base import as_html
from tui.text.markdown import to_html
from tui.text.sanitize import clean

ME, SHE = "7", "9"


def part(part_id: str, part_type: str = "comment", body: str = "", *, by: str = ME, at: int = 100,
         author_type: str = "admin") -> Part:  # fmt: skip
    return Part(id=part_id, part_type=part_type, body=body, created_at=at, author=Author(type=author_type, id=by))


def talk(*parts: Part, state: str = "open") -> Conversation:
    return Conversation(id="1", state=state, updated_at=200, conversation_parts=ConversationParts(parts=list(parts)))


def reply(markdown: str, *, then: str = "") -> Action:
    made = Reply(conversation_id="1", acting_as=ME, text=markdown, html=to_html(markdown))
    return made if not then else Reply(
        conversation_id="1", acting_as=ME, text=markdown, html=to_html(markdown), then="close"
    )  # fmt: skip


BEFORE = Baseline(50, ("old",))


def verdict(model: Conversation, action: Action, claimed: set[str] = frozenset()) -> tuple[str, str]:  # type: ignore[assignment]
    return reconcile.verdict(model, action, BEFORE, set(claimed), 100.0)


def test_our_own_words_are_found() -> None:
    assert verdict(talk(part("2", body="<p>Hello there</p>")), reply("Hello there")) == ("done", "2")


@pytest.mark.parametrize(
    "other",
    [
        part("2", body="<p>Hello there</p>", by=SHE),
        part("2", "note", "<p>Hello there</p>"),
        part("2", body="<p>Hello there!  And more</p>"),
        part("2", body="<p>Hello there</p>", at=49),
        part("old", body="<p>Hello there</p>", at=50),
        part("2", body="<p>Hello there</p>", by="u1", author_type="user"),
    ],
)
def test_what_is_not_ours_is_not_taken_for_it(other: Part) -> None:
    assert verdict(talk(other), reply("Hello there")) == ("absent", "")


def test_the_same_words_twice_are_two_parts() -> None:
    both = talk(part("2", body="<p>ok</p>"), part("3", body="<p>ok</p>"))
    assert verdict(both, reply("ok")) == ("done", "2")
    assert verdict(both, reply("ok"), {"2"}) == ("done", "3")
    assert verdict(both, reply("ok"), {"2", "3"}) == ("absent", "")


def test_a_part_of_the_second_in_which_we_looked_is_new_unless_it_was_seen() -> None:
    model = talk(part("old", body="<p>ok</p>", at=50), part("2", body="<p>ok</p>", at=50))
    assert verdict(model, reply("ok")) == ("done", "2")


@pytest.mark.parametrize(
    ("markdown", "kept"),
    [
        ("👍", "<p>👍</p>"),
        ("👍", "<p>👍\ufe0f</p>"),
        ("Hi **Ada**,\n\n- one\n- two", "<div><p>Hi <strong>Ada</strong>,</p><br><ul><li>one<li>two</ul></div>"),
        ("see https://e.com/a", "<p>see <a href='https://e.com/a' target='_blank'>https://e.com/a</a></p>"),
        ("it's \"fine\" -- really...", "<p>it’s “fine” — really…</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("ﬁne  print", "<p>fine print</p>"),
        ("server:\n  port: 80", "<p>server:<br>port: 80</p>"),
        ("server:\n  port: 80", "<p>server:</p>\n<p class='no-margin'>\u00a0 port: 80</p>"),
        ("server:\n  port: 80", "<div>server:<br/>&#160;&#160;port: 80</div>"),
        ("a\n\n\n\nb  c", "<p>a</p><p></p><p>b c</p>"),
        ("```\na  b\n\tc\n```", '<pre class="x"><code>a  b\n\tc\n</code></pre>'),
        ("```\na  b\n\tc\n```", "<p>a b<br>c</p>"),
        ("run `a  b`", "<p>run <span>a b</span></p>"),
        ("__init__ and `x<y`", "<p>__init__ and <code>x&lt;y</code></p>"),
        ("z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307algo", "<p>z\u0300\u0301\u0302\u0303algo</p>"),
    ],
)  # fmt: skip
def test_words_are_known_although_the_markup_was_rewritten(markdown: str, kept: str) -> None:
    assert verdict(talk(part("2", body=clean(kept))), reply(markdown))[0] == "done"


@pytest.mark.parametrize(
    ("markdown", "said"), [("👍", "<p>👎</p>"), ("yes", "<p>no</p>"), ("1.5", "<p>1.6</p>"), ("👍", "<p>ok</p>")]
)
def test_other_words_stay_other_words(markdown: str, said: str) -> None:
    assert verdict(talk(part("2", body=said)), reply(markdown)) == ("absent", "")


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_whatever_is_written_is_recognised_when_it_comes_back(markdown: str) -> None:
    """What the sandbox keeps of it, decoded as the client decodes: the same words, or none at all on either side."""
    sent = to_html(markdown.encode("utf-8", "replace").decode())
    body = as_html(sent)
    document = {"id": "1", "conversation_parts": {"conversation_parts": [
        {"id": "2", "part_type": "comment", "body": body, "created_at": 100, "author": {"id": ME, "type": "admin"}}
    ]}}  # fmt: skip
    import msgspec

    model = decode_one(msgspec.json.encode(document), Conversation)
    action = Reply(conversation_id="1", acting_as=ME, text=markdown, html=sent)
    assert verdict(model, action)[0] in (("done",) if reconcile.essence(sent) else ("done", "unclear"))


def test_reply_and_close_shows_as_either() -> None:
    assert verdict(talk(part("2", "close", "<p>Bye</p>")), reply("Bye", then="close")) == ("done", "2")
    assert verdict(talk(part("2", body="<p>Bye</p>")), reply("Bye", then="close")) == ("done", "2")
    assert verdict(talk(part("2", "note", "<p>Bye</p>")), reply("Bye", then="close")) == ("absent", "")


@pytest.mark.parametrize(
    "spoiled",
    [
        Part(id="2", part_type="comment", body="", created_at=100, author=Author(type="admin", id=ME)),
        Part(id="2", part_type="comment", body="<p>Hello</p>", created_at=100, author=Author()),
        Part(id="2", part_type="", body="<p>Hello</p>", created_at=100, author=Author(type="admin", id=ME)),
        Part(id="2", part_type="comment", body="<p>Hello</p>", created_at=0, author=Author(type="admin", id=ME)),
        Part(id="2", part_type="comment", body="<p>gone</p>", created_at=100, redacted=True, author=Author(id=ME)),
    ],
)  # fmt: skip
def test_an_answer_that_lacks_what_would_tell_is_no_verdict(spoiled: Part) -> None:
    assert verdict(talk(spoiled), reply("Hello")) == ("unclear", "")


def test_an_event_of_ours_is_no_reply_of_ours() -> None:
    events = talk(part("2", "assignment"), part("3", "close"), part("4", "open"))
    assert verdict(events, reply("Hello")) == ("absent", "")
    assert verdict(events, reply("Hello", then="close")) == ("unclear", "")
    assert verdict(events, reply("Hello", then="close"), {"3"}) == ("absent", "")


def test_an_event_that_was_there_before_is_not_ours() -> None:
    close = Close(conversation_id="1", acting_as=ME)
    assert verdict(talk(part("old", "close", at=50)), close) == ("absent", "")
    assert verdict(talk(part("2", "close")), close) == ("done", "2")
    assert verdict(talk(state="closed"), close) == ("done", "")


def test_an_assignment_is_told_by_whom_it_gives_to() -> None:
    from tui.api.models.base import Reference

    to_her = Assign(conversation_id="1", acting_as=ME, assignee="admin", assignee_id=SHE)
    given_to = part("2", "assignment")
    given_to.assigned_to = Reference(type="admin", id="8")
    assert verdict(talk(given_to), to_her) == ("absent", "")
    given_to.assigned_to = Reference(type="admin", id=SHE)
    assert verdict(talk(given_to), to_her) == ("done", "2")


# ------------------------------------------------------------------------------------------------ in the whole outbox


def test_an_old_part_of_the_same_kind_is_not_taken_for_a_lost_one(world: World) -> None:
    """A conversation whose thread was never fetched: the close of last week must not stand for the one that was cut."""
    program = world.program
    world.workspace.admin_part(world.cid, int(world.me), "close")
    world.workspace.admin_reply(world.cid, int(world.me), "<p>ok</p>", note=True)
    world.wait(120)
    world.workspace.admin_part(world.cid, int(world.me), "open")
    model = world.run(program.client.conversations.get(world.cid))
    model.conversation_parts = ConversationParts()
    world.run(program.ingest.page([model]))
    program.store.write_now(lambda db: db.execute("DELETE FROM parts"))
    world.wire.writes.extend([Fault("cut_before"), Fault("cut_before")])
    world.run(program.actions.close(world.cid))
    world.wait(60)
    assert world.workspace.conversations.get(world.cid).state == "closed"
    world.wire.writes.append(Fault("cut_before"))
    world.run(program.actions.note(world.cid, "ok"))
    world.wait(60)
    assert world.bodies().count("<p>ok</p>") == 2


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda body: body,
        lambda body: body.replace("&nbsp;", " "),
        lambda body: body.replace("&nbsp;", "\xa0").replace("<br>", "<br />"),
        lambda body: body.replace("<pre><code>", "<pre>").replace("</code></pre>", "</pre>").replace("&nbsp;", ""),
    ],
)
def test_indented_words_and_code_that_intercom_rewrote_are_sent_once(
    world: World, rewrite: Callable[[str], str]
) -> None:
    text = "Put this in:\n\nserver:\n  port: 80\n\n```\nif x:\n    y  = `1`\n```\nand `a  b`"
    world.wire.writes.append(Fault("cut_after"))
    world.run(world.program.actions.note(world.cid, text))
    while not world.sent("/reply"):  # it waits out the undo window first
        world.wait(0.1)
    world.wait(0.1)
    made = world.workspace.conversations.get(world.cid)
    (ours,) = [part for part in world.workspace.conversations.parts(made) if "port: 80" in (part.body or "")]
    assert ours.body is not None
    assert "<br>&nbsp;&nbsp;port: 80" in ours.body
    ours.body = rewrite(ours.body)
    world.wait(60)
    assert len(world.sent("/reply")) == 1
    assert world.program.box.pending() == []


@pytest.mark.parametrize("ahead", [7200.0, -7200.0])
def test_a_clock_that_is_wrong_by_hours_changes_nothing(world: World, ahead: float) -> None:
    world.workspace.clock.ahead = world.wire.skew = ahead
    world.wire.writes.extend([Fault("cut_after"), Fault("cut_before")])
    world.run(world.program.actions.note(world.cid, "one"))
    world.wait(8)
    world.run(world.program.actions.note(world.cid, "two"))
    world.wait(60)
    assert [body for body in world.bodies() if body in ("<p>one</p>", "<p>two</p>")] == ["<p>one</p>", "<p>two</p>"]
    assert len(world.sent("/reply")) == 3


def test_a_part_dated_a_little_before_the_last_one_is_still_ours() -> None:
    """Intercom's machines do not agree on the second."""
    baseline = reconcile.baseline_of(talk(part("old", body="<p>x</p>", by=SHE, at=100)))
    model = talk(part("old", body="<p>x</p>", by=SHE, at=100), part("2", body="<p>ok</p>", at=98))
    assert reconcile.verdict(model, reply("ok"), baseline, set(), 0.0) == ("done", "2")


def test_an_effect_that_comes_while_we_wait_is_seen(world: World) -> None:
    world.wire.writes.append(Fault("late", later=SETTLE - 5))
    world.run(world.program.actions.note(world.cid, "slow but sure"))
    world.wait(60)
    assert len(world.sent("/reply")) == 1
    assert sum("slow but sure" in body for body in world.bodies()) == 1


def test_words_that_arrive_after_all_patience_are_found_before_they_leave_again(world: World) -> None:
    """The effect comes between the last look and the next attempt, which may be hours later (offline, a person)."""
    world.wire.writes.append(Fault("late", later=SETTLE + 3))
    world.run(world.program.actions.note(world.cid, "better late"))
    world.wait(5 + SETTLE - 1)
    world.wire.offline = True
    world.wait(60)
    world.wire.offline = False
    world.wait(60)
    assert sum("better late" in body for body in world.bodies()) == 1


def test_a_yes_that_nobody_could_read_is_never_answered_by_sending_again(world: World) -> None:
    world.wire.writes.append(Fault("half"))
    world.run(world.program.actions.note(world.cid, "to nobody knows whom"))
    world.wait(120)
    (row,) = world.program.box.attention()
    assert (row.state, row.held_for, len(world.sent("/reply"))) == ("held", "given up", 1)
    assert "Intercom accepted it" in row.reason
    assert world.program.box.text_of(row) == ("note", "to nobody knows whom")
    world.run(world.program.box.retry(row.id))
    world.wait(30)
    assert sum("nobody knows whom" in body for body in world.bodies()) == 1


def test_a_portals_page_is_no_verdict_the_note_stays_queued_and_is_looked_for_before_it_is_sent_again(
    world: World,
) -> None:
    world.wire.writes.append(Fault("unread"))
    world.run(world.program.actions.note(world.cid, "to a captive portal"))
    world.wait(5.5)
    (row,) = world.program.box.pending()
    assert row.state == "unsure"
    assert "a web page" in row.reason
    world.wait(240)
    assert world.program.box.pending() == []
    assert len(world.sent("/reply")) == 2
    assert any("GET" in line for line in world.read())
    assert sum("captive portal" in body for body in world.bodies()) == 1


def test_a_page_that_came_after_the_effect_is_not_answered_by_sending_again(world: World) -> None:
    world.wire.writes.append(Fault("page_done"))
    world.run(world.program.actions.note(world.cid, "behind a curious filter"))
    world.wait(240)
    assert world.program.box.pending() == []
    assert len(world.sent("/reply")) == 1
    assert sum("curious filter" in body for body in world.bodies()) == 1


@pytest.mark.parametrize("kind", ["407", "307"])
def test_what_was_not_passed_on_leaves_again_without_a_look(world: World, kind: str) -> None:
    world.wire.writes.append(Fault(kind))
    world.run(world.program.actions.note(world.cid, "past the proxy"))
    world.wait(40)
    assert world.program.box.pending() == []
    assert world.read() == []
    assert sum("past the proxy" in body for body in world.bodies()) == 1


@pytest.mark.parametrize("status", ["401", "403"])
def test_a_write_that_the_token_may_not_do_is_refused_and_keeps_its_words(world: World, status: str) -> None:
    world.wire.writes.append(Fault(status))
    world.run(world.program.actions.note(world.cid, "not for me to say"))
    world.wait(40)
    (row,) = world.program.box.attention()
    assert row.state == "rejected"
    assert row.reason == "Not allowed with this token: No scope."
    assert world.program.box.text_of(row) == ("note", "not for me to say")
    assert world.program.board.now.connection != "refused"
    assert len(world.sent("/reply")) == 1


def test_a_write_refused_with_the_whole_token_waits_for_a_good_one(world: World) -> None:
    world.run(world.program.actions.note(world.cid, "while it was good"))
    world.wait(10)
    world.wire.refused = True
    world.run(world.program.actions.note(world.cid, "with another token"))
    world.wait(30)
    (row,) = world.program.box.pending()
    assert row.state == "ready"
    assert world.program.board.now.connection == "refused"
    world.wire.refused = False
    world.wait(120)
    assert sum("another token" in body for body in world.bodies()) == 1


def test_a_mark_that_the_token_may_not_set_asks_nobody_to_decide(world: World) -> None:
    world.wire.writes.append(Fault("403"))
    world.run(world.program.actions.mark_read(world.cid, read=True))
    world.wait(10)
    assert world.program.box.pending() == []
    assert world.program.board.now.failed == 0


@pytest.mark.parametrize("kind", ["503", "500", "cut_before"])
def test_words_are_waited_for_whoever_answered(world: World, kind: str) -> None:
    world.wire.writes.append(Fault(kind))
    started = world.loop.time()
    world.run(world.program.actions.note(world.cid, f"after {kind}"))
    while not any(f"after {kind}" in body for body in world.bodies()):
        world.wait(0.5)
    assert SETTLE < world.loop.time() - started - 5.0 < SETTLE + 6


@pytest.mark.parametrize("kind", ["503", "500", "cut_before"])
def test_what_carries_no_words_goes_again_sooner_whoever_answered(world: World, kind: str) -> None:
    world.program.worker._settle_seconds = 8 * WORDLESS
    tag = next(str(one) for one in world.workspace.rooms.tags)
    world.wire.writes.append(Fault(kind))
    started = world.loop.time()
    world.run(world.program.actions.tag(world.cid, tag))
    while len(world.sent("/tags")) < 2:
        world.wait(0.5)
    world.wait(1)
    assert WORDLESS < world.loop.time() - started < WORDLESS + 6
