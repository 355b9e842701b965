"""Every action by its key, at both sizes, against a workspace that answers over HTTP."""

import asyncio
import time

import pytest

from tests.app.conftest import Stage
from tui.app.dialogs.finder import Finder


async def open_first(stage: Stage) -> str:
    await stage.press("g", "g")
    return stage.current


async def test_reply_is_sent_and_shown(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("j", "enter", "r")
    cid = stage.app.ui.thread.view.conversation_id
    await stage.type("Hello there")
    await stage.press("ctrl+s")
    assert "Hello there" in stage.text()
    await stage.sent()
    assert stage.parts(cid)[-1].body == "<p>Hello there</p>"
    assert stage.parts(cid)[-1].part_type == "comment"
    assert stage.inbox.drafts.get(cid, "reply") == ""
    assert stage.app.ui.state.pane == "thread"


async def test_note_is_a_note(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("n")
    assert "only teammates see this" in stage.text()
    await stage.type("internal")
    await stage.press("ctrl+s")
    await stage.sent()
    assert stage.parts(cid)[-1].part_type == "note"


async def test_ctrl_y_turns_a_reply_into_a_note_with_its_words(small: Stage) -> None:
    cid = await open_first(small)
    await small.press("r")
    await small.type("not for customers")
    await small.press("ctrl+y")
    assert small.app.ui.state.composing == "note"
    assert small.app.ui.composer.text == "not for customers"
    assert small.inbox.drafts.get(cid, "reply") == ""
    assert small.inbox.drafts.get(cid, "note") == "not for customers"


async def test_close_goes_on_to_the_next(stage: Stage) -> None:
    cid = await open_first(stage)
    following = stage.app.ui.list.view._model.id_at(1)  # type: ignore[union-attr]
    await stage.press("c")
    assert stage.inbox.threads.conversation(cid).state == "closed"  # type: ignore[union-attr]
    assert stage.current == following
    await stage.sent()
    assert stage.there(cid).state == "closed"


async def test_close_in_the_thread_reads_the_next(small: Stage) -> None:
    await open_first(small)
    following = small.app.ui.list.view._model.id_at(1)  # type: ignore[union-attr]
    await small.press("enter", "c")
    assert small.app.ui.state.pane == "thread"
    assert small.app.ui.thread.view.conversation_id == following


async def test_undo_list_names_what_can_be_undone(small: Stage) -> None:
    cid = await open_first(small)
    await small.press("c")
    await small.sent()
    await small.press("U")
    assert small.dialog == "Undo"
    assert "Closed" in small.text()
    await small.press("enter", "u")
    await small.sent()
    assert small.there(cid).state == "open"


async def test_undo_brings_the_thread_along(small: Stage) -> None:
    cid = await open_first(small)
    await small.press("enter", "c")
    assert small.app.ui.thread.view.conversation_id != cid
    await small.sent()
    await small.press("u", "u")
    assert small.current == cid
    assert small.app.ui.thread.view.conversation_id == cid


async def test_mine_already(small: Stage) -> None:
    await small.press("1")
    await open_first(small)
    await small.press("i")
    assert "Already assigned to you." in small.text()
    assert not small.inbox.undo.undoable()


async def test_reopen(stage: Stage) -> None:
    await stage.press("5")
    cid = await open_first(stage)
    await stage.press("o")
    await stage.sent()
    assert stage.there(cid).state == "open"


async def test_assign_to_me(stage: Stage) -> None:
    await stage.press("2")
    cid = await open_first(stage)
    assert stage.there(cid).admin_assignee_id is None
    await stage.press("i")
    await stage.sent()
    assert stage.there(cid).admin_assignee_id == stage.workspace.me.id


async def test_assign_by_name(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("a")
    assert stage.dialog.startswith("Assign ")
    await stage.type("priya")
    await stage.press("enter")
    await stage.sent()
    priya = next(admin for admin in stage.workspace.rooms.admins.values() if admin.name.startswith("Priya"))
    assert stage.there(cid).admin_assignee_id == priya.id


async def test_assign_to_a_team_and_to_nobody(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("a")
    await stage.type("billing")
    await stage.press("enter")
    await stage.sent()
    team = next(team for team in stage.workspace.rooms.teams.values() if team.name == "Billing")
    assert stage.there(cid).team_assignee_id == team.id
    stage.app.ui.thread.open(cid)
    await stage.press("a")
    await stage.type("unassigned")
    await stage.press("enter")
    await stage.sent()
    assert not stage.there(cid).admin_assignee_id


async def test_snooze_by_words(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("z")
    await stage.type("3h")
    assert "→" in stage.text()
    await stage.press("enter")
    assert stage.inbox.threads.conversation(cid).state == "snoozed"  # type: ignore[union-attr]
    assert stage.current != cid
    await stage.sent()
    there = stage.there(cid)
    assert there.state == "snoozed"
    assert there.snoozed_until == pytest.approx(time.time() + 3 * 3600, abs=120)


async def test_snooze_that_makes_no_sense_stays_open_and_says_why(small: Stage) -> None:
    cid = await open_first(small)
    await small.press("z")
    await small.type("soonish")
    await small.press("enter")
    assert small.dialog.startswith("Snooze")
    assert "Cannot understand" in small.text()
    await small.press("escape")
    assert small.dialog == ""
    assert small.inbox.threads.conversation(cid).state == "open"  # type: ignore[union-attr]


async def test_tag_several_and_take_one_off(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("t")
    await stage.type("gdpr")
    await stage.press("tab")
    await stage.type("refund")
    await stage.press("enter")
    await stage.sent()
    names = {stage.workspace.rooms.tags[mark.tag_id].name for mark in stage.there(cid).tags}
    assert {"gdpr", "refund"} <= names
    await stage.press("t")
    await stage.type("gdpr")
    await stage.press("tab", "enter")
    await stage.sent()
    names = {stage.workspace.rooms.tags[mark.tag_id].name for mark in stage.there(cid).tags}
    assert "gdpr" not in names
    assert "refund" in names


async def test_tag_that_is_new_is_created(small: Stage) -> None:
    cid = await open_first(small)
    await small.press("t")
    await small.type("quite new")
    assert "Create “quite new”" in small.text()
    await small.press("enter")
    await small.wait(lambda: any(tag.name == "quite new" for tag in small.workspace.rooms.tags.values()))
    made = small.workspace.tag_named("quite new")
    await small.wait(lambda: any(mark.tag_id == made.id for mark in small.there(cid).tags))


async def test_attribute_is_set_and_taken_back(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("=")
    await stage.type("plan")
    await stage.press("enter")
    await stage.type("gold")
    await stage.press("enter")
    assert "Updated" in stage.text()
    await stage.sent()
    assert (stage.there(cid).custom_attributes or {})["plan"] == "gold"
    await stage.press("=")
    assert "gold" in stage.text()
    await stage.press("escape", "u", "u")
    await stage.sent()
    assert (stage.there(cid).custom_attributes or {})["plan"] is None


async def test_tag_a_contact(stage: Stage) -> None:
    cid = await open_first(stage)
    await stage.press("T")
    await stage.type("gdpr")
    await stage.press("enter")
    await stage.sent()
    tag = stage.workspace.tag_named("gdpr")
    assert tag.id in [mark.tag_id for mark in stage.there(cid).contacts[0].tags or []]


async def test_macro_fills_the_composer(stage: Stage) -> None:
    await open_first(stage)
    row = stage.app.ui.target.row
    assert row is not None
    await stage.press("m")
    await stage.type("thanks")
    await stage.press("enter")
    assert stage.app.ui.state.composing == "reply"
    assert stage.app.ui.composer.text == f"Hi {row.contact_name.split()[0]}, thanks for writing. Robin Hale"


async def test_macro_at_the_cursor_of_what_is_written(small: Stage) -> None:
    await open_first(small)
    await small.press("r")
    await small.type("A. ")
    await small.press("ctrl+t")
    await small.type("sorry")
    await small.press("enter")
    assert small.app.ui.composer.text == "A. We are sorry."


async def test_repeat_does_the_last_action_here(stage: Stage) -> None:
    first = await open_first(stage)
    await stage.press("t")
    await stage.type("gdpr")
    await stage.press("enter", "j")
    second = stage.current
    assert second != first
    await stage.press("full_stop")
    await stage.sent()
    tag = stage.workspace.tag_named("gdpr")
    assert [mark.tag_id for mark in stage.there(second).tags].count(tag.id) == 1


async def test_selection_is_what_actions_mean(stage: Stage) -> None:
    await open_first(stage)
    await stage.press("x", "j", "x", "j", "X")
    chosen = stage.app.ui.list.view.selected
    assert len(chosen) == 3
    await stage.press("c")
    assert stage.app.ui.list.view.selected == []
    await stage.sent()
    assert [stage.there(cid).state for cid in chosen] == ["closed"] * 3
    assert stage.current not in chosen


async def test_send_and_close_is_one_request(small: Stage) -> None:
    cid = await open_first(small)
    await small.press("r")
    await small.type("Bye")
    small.requests.clear()
    await small.press("ctrl+r")
    await small.sent()
    assert small.there(cid).state == "closed"
    assert [path for method, path in small.requests if method == "POST" and "search" not in path] == [
        f"/conversations/{cid}/parts"
    ]


async def test_mark_unread(small: Stage) -> None:
    await open_first(small)
    await small.press("enter")
    cid = small.app.ui.thread.view.conversation_id
    await small.sent()
    assert small.there(cid).read
    await small.press("M")
    await small.sent()
    assert not small.there(cid).read


async def test_next_longest_waiting(stage: Stage) -> None:
    await open_first(stage)
    await stage.press("comma")
    reading = stage.app.ui.thread.view.conversation_id
    row = stage.inbox.threads.conversation(reading)
    assert row is not None
    assert row.waiting_since
    assert row.admin_assignee_id in ("", str(stage.workspace.me.id))
    assert stage.app.ui.state.pane == "thread"


async def test_a_burst_that_ends_in_send_is_sent_whole(small: Stage) -> None:
    from textual import events

    cid = await open_first(small)
    await small.press("r")
    for char in "abcdefghijklmnopqrstuvwxyz":
        small.app.post_message(events.Key(char, char))
    small.app.post_message(events.Key("ctrl+s", None))
    await small.pilot.pause()
    await small.sent()
    assert small.parts(cid)[-1].body == "<p>abcdefghijklmnopqrstuvwxyz</p>"


async def test_contact_note(small: Stage) -> None:
    cid = await open_first(small)
    await small.press("N")
    await small.type("Likes tea")
    await small.press("enter")
    await small.sent()
    assert any("Likes tea" in note.body for note in small.there(cid).contacts[0].notes or [])


async def test_an_article_is_linked(small: Stage) -> None:
    await open_first(small)
    article = next(one for one in small.workspace.rooms.articles.values() if one.state == "published")
    await small.press("r", "ctrl+t")
    await small.type("article")
    await small.press("enter")
    assert small.dialog == "Insert an article"
    await small.type(article.title)
    finder = small.app.layout.overlay.top
    assert isinstance(finder, Finder)
    async with asyncio.timeout(90):
        while not finder.found:
            await small.pilot.pause()
    await small.press("enter")
    assert small.app.ui.composer.text.startswith("[")
    assert "](http" in small.app.ui.composer.text
