"""What keys do where they used to surprise: tab while writing, digits, the queue, selections, keys typed ahead."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.app.conftest import SIZES, Stage, stage_at
from tui.sandbox.workspace import Workspace


async def writing(stage: Stage, key: str, text: str) -> str:
    """Open the composer on the third conversation and write; the conversation."""
    await stage.press("g", "g")
    await stage.press("j", "j", "enter", key)
    await stage.type(text)
    return stage.app.ui.thread.view.conversation_id


# Tab in the composer


async def test_tab_after_words_does_not_give_typing_to_the_commands(stage: Stage) -> None:
    cid = await writing(stage, "n", "please check")
    await stage.press("tab")
    assert stage.dialog == "Make this a reply?"
    await stage.type("cc me")
    await stage.press("escape")
    assert stage.pane == "composer"
    assert stage.app.ui.state.composing == "note"
    assert stage.app.ui.composer.text == "please check"
    assert stage.there(cid).state == "open"
    assert not stage.inbox.outbox.pending()


async def test_tab_switches_always_and_keeps_the_text(stage: Stage) -> None:
    cid = await writing(stage, "r", "not for customers")
    await stage.press("tab")
    assert stage.app.ui.state.composing == "note"
    assert "only teammates see this" in stage.text()
    assert stage.app.ui.composer.text == "not for customers"
    assert stage.inbox.drafts.get(cid, "reply") == ""
    assert stage.inbox.drafts.get(cid, "note") == "not for customers"
    await stage.type("!")
    await stage.press("shift+tab", "y")
    assert stage.app.ui.state.composing == "reply"
    assert "the customer will see this" in stage.text()
    assert stage.app.ui.composer.text == "not for customers!"
    assert stage.inbox.drafts.get(cid, "note") == ""


async def test_tab_asks_once_for_the_same_words_and_again_for_others(small: Stage) -> None:
    await writing(small, "n", "fine")
    await small.press("tab", "y", "tab", "tab")
    assert small.dialog == ""
    assert small.app.ui.state.composing == "reply"
    await small.press("tab")
    await small.type(" but not this")
    await small.press("tab")
    assert small.dialog == "Make this a reply?"


async def test_tab_over_another_draft_keeps_both(small: Stage) -> None:
    cid = await writing(small, "r", "a reply")
    await small.press("escape", "n")
    await small.type("a note")
    await small.press("tab", "y")
    assert small.app.ui.composer.text == "a reply\n\na note"
    assert small.inbox.drafts.get(cid, "note") == ""


async def test_tab_keeps_the_cursor(small: Stage) -> None:
    await writing(small, "r", "one two")
    await small.press("home", "tab")
    await small.type("zero ")
    assert small.app.ui.composer.text == "zero one two"


@pytest.mark.parametrize("key", ["tab", "shift+tab", "ctrl+p", "ctrl+d", "ctrl+u", "pageup", "ctrl+k", "f5"])
async def test_nothing_but_its_own_keys_leaves_the_composer(small: Stage, key: str) -> None:
    await writing(small, "r", "some words")
    await small.press(key)
    assert small.pane == "composer"
    await small.type("cc")
    assert not small.inbox.outbox.pending()


async def test_ctrl_k_in_the_composer_kills_to_the_end_of_the_line(small: Stage) -> None:
    await writing(small, "r", "keep this drop this")
    await small.press("home", *["right"] * 9, "ctrl+k")
    assert small.dialog == ""
    assert small.app.ui.composer.text == "keep this"
    await small.press("ctrl+right_square_bracket")
    assert small.dialog == "Command"


async def test_rebound_composer_keys_leave_the_old_ones_without_effect(tmp_path: Path) -> None:
    settings = '[keys]\n"compose.switch" = "f2"\n"compose.preview" = "f3"\n"compose.leave" = "f4"\n'
    async with stage_at(tmp_path, SIZES[1], settings=settings) as stage:
        await writing(stage, "r", "words")
        assert "f2 note" in stage.text()
        assert "f4 save draft" in stage.app.layout.footer.words
        for key in ("tab", "shift+tab", "ctrl+p", "escape"):
            await stage.press(key)
            assert stage.pane == "composer", key
            assert stage.app.ui.state.composing == "reply", key
            assert not stage.app.layout.composer.has_class("-preview"), key
        await stage.press("f3")
        assert stage.app.layout.composer.has_class("-preview")
        await stage.press("f3", "f2")
        assert stage.app.ui.state.composing == "note"
        await stage.press("f4")
        assert stage.app.ui.state.composing == ""


# The queue


async def test_next_in_queue_visits_every_waiting_conversation_once_and_says_when_it_wraps(stage: Stage) -> None:
    me = stage.inbox.me.id
    waiting = [
        str(one.id)
        for one in sorted(stage.workspace.conversations, key=lambda one: one.waiting_since or 0)
        if one.state == "open" and one.waiting_since and str(one.admin_assignee_id or "") in ("", "0", me)
    ]
    assert len(waiting) > 4
    await stage.press("comma")
    start = stage.app.ui.thread.view.conversation_id
    seen = [start]
    for _ in waiting[1:]:
        assert "End of queue" not in stage.notice or seen[-1] == waiting[0]
        await stage.press("comma")
        seen.append(stage.app.ui.thread.view.conversation_id)
    assert sorted(seen) == sorted(waiting)
    at = waiting.index(start)
    waits = {str(one.id): one.waiting_since for one in stage.workspace.conversations}
    assert [waits[cid] for cid in seen] == [waits[cid] for cid in waiting[at:] + waiting[:at]]


async def test_next_in_queue_goes_on_after_an_answer_ended_the_waiting(small: Stage) -> None:
    await small.press("g", "g")
    await small.press("comma")
    first = small.app.ui.thread.view.conversation_id
    await small.press("comma", "r")
    second = small.app.ui.thread.view.conversation_id
    await small.type("done")
    await small.press("ctrl+s")
    await small.sent()
    assert not small.there(second).waiting_since
    await small.press("comma")
    third = small.app.ui.thread.view.conversation_id
    assert third not in (first, second)


async def test_next_in_queue_says_that_nobody_else_waits(tmp_path: Path) -> None:
    workspace = Workspace(seed=7, conversations=40)
    for conversation in workspace.conversations:
        conversation.waiting_since = None
    async with stage_at(tmp_path, SIZES[0], workspace=workspace) as stage:
        before = stage.app.ui.thread.view.conversation_id
        await stage.press("comma")
        assert "No other conversation is waiting." in stage.notice
        assert stage.app.ui.thread.view.conversation_id == before


# Finding a contact


async def test_found_contact_brings_their_newest_conversation_into_the_thread(tmp_path: Path) -> None:
    async with stage_at(tmp_path, SIZES[1]) as stage:
        await stage.press("g", "g", "enter")
        before = stage.app.ui.thread.view.conversation_id
        rows = stage.app.ui.list.view._model.rows(1, 30)  # type: ignore[union-attr]
        mine = stage.inbox.threads.conversation(before)
        assert mine is not None
        other = next(row for row in rows if row.contact_id != mine.contact_id and row.contact_email)
        await stage.press("at")
        await stage.type(other.contact_email)
        while not stage.app.layout.overlay.top.found:  # type: ignore[union-attr]
            await stage.pilot.pause(0.02)
        await stage.press("enter")
        shown = stage.app.ui.thread.view.conversation_id
        theirs = [
            one for one in stage.workspace.conversations if any(who.id == other.contact_id for who in one.contacts)
        ]
        assert shown == str(max(theirs, key=lambda one: one.updated_at).id)
        await stage.press("r")
        assert stage.app.ui.state.writing_to == shown
        await stage.press("escape", "at")
        await stage.press("escape")
        stage.app.ui.contact.open(mine.contact_id)
        await stage.press("escape")
        assert stage.app.ui.thread.view.conversation_id == shown
        assert stage.pane == "thread"


# Digits


@pytest.mark.parametrize("keys", [("2", "c"), ("3", "x"), ("2", "full_stop"), ("2", "i"), ("1", "2", "c"), ("2", "r")])
async def test_digit_then_an_action_acts_on_nothing_and_says_so(stage: Stage, keys: tuple[str, ...]) -> None:
    await stage.press("g", "g")
    await stage.press("i")  # something that . could repeat
    await stage.sent()
    done = len(stage.inbox.undo.undoable())
    await stage.press(*keys)
    assert len(stage.inbox.undo.undoable()) == done
    assert not stage.inbox.outbox.pending()
    assert stage.app.ui.list.view.selected == []
    assert stage.app.ui.state.composing == ""
    assert "switched the view to" in stage.notice


async def test_digit_in_the_thread_shows_the_view_and_a_motion_takes_it_back(stage: Stage) -> None:
    await stage.press("g", "g")
    await stage.press("x", "j", "enter")
    reading = stage.app.ui.thread.view.conversation_id
    await stage.press("2", "j")
    assert stage.pane == "thread"
    assert stage.app.ui.state.shown.view == "open"
    assert len(stage.app.ui.list.view.selected) == 1
    assert stage.app.ui.thread.view.conversation_id == reading
    await stage.press("2")
    assert stage.app.ui.state.shown.view == "unassigned"
    assert stage.pane == "list"


async def test_count_takes_the_view_back_as_it_is_by_then(small: Stage) -> None:
    await small.press("g", "g")
    gone = small.current
    at = time.monotonic() + 1
    small.app.post_message(small.key_event("2", at))
    await small.pilot.pause()
    assert small.app.ui.state.shown.view == "unassigned"
    await small.inbox.actions.close(gone)
    await small.sent()
    small.app.post_message(small.key_event("j", at + 0.1))
    await small.pilot.pause()
    assert small.app.ui.state.shown.view == "open"
    assert not small.app.ui.list.view.holds(gone)


# Selecting


@pytest.mark.parametrize("key", ["r", "n", "m", "ctrl+g"])
async def test_writing_to_several_is_refused(stage: Stage, key: str) -> None:
    await stage.press("g", "g")
    await stage.press("X", "X", "X", key)
    assert stage.app.ui.state.composing == ""
    assert stage.dialog == ""
    assert "3 selected" in stage.notice
    await stage.press("0", "r")
    assert stage.app.ui.state.composing == "reply"


async def test_writing_with_another_one_selected_is_refused(small: Stage) -> None:
    await small.press("g", "g")
    await small.press("x", "j", "r")
    assert small.app.ui.state.composing == ""
    assert "1 selected" in small.notice


async def test_extending_selects_this_row_and_moves(small: Stage) -> None:
    await small.press("g", "g")
    model = small.app.ui.list.view._model
    assert model is not None
    first = [model.id_at(index) for index in range(6)]
    await small.press("X")
    assert (small.app.ui.list.view.selected, small.current) == (first[:1], first[1])
    await small.press("X", "X", "X", "X")
    assert (small.app.ui.list.view.selected, small.current) == (first[:5], first[5])
    await small.press("0", "g", "g")
    await small.press("3", "X")
    assert (small.app.ui.list.view.selected, small.current) == (first[:3], first[3])


async def test_extending_at_the_end_selects_the_last(small: Stage) -> None:
    await small.press("G", "X", "X")
    assert small.app.ui.list.view.selected == [small.current]


async def test_selecting_in_the_thread_means_all_that_are_selected(stage: Stage) -> None:
    await stage.press("g", "g", "enter")
    model = stage.app.ui.list.view._model
    assert model is not None
    first = [model.id_at(index) for index in range(6)]
    await stage.press("X", "X", "X", "X", "x")
    assert stage.pane == "thread"
    assert stage.app.ui.thread.view.conversation_id == first[4]
    assert "5 selected" in stage.text()
    await stage.press("a")
    assert "5 conversations" in stage.dialog
    await stage.press("enter")
    await stage.sent()
    assert all(str(stage.there(cid).admin_assignee_id) == stage.inbox.me.id for cid in first[:5])


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_selection_is_told_in_every_pane(tmp_path: Path, size: tuple[int, int]) -> None:
    async with stage_at(tmp_path, size) as stage:
        await stage.press("g", "g")
        await stage.press("X", "X")
        for key in ("enter", "l", "escape", "escape"):
            assert "2 selected" in stage.text(), (stage.pane, stage.text())
            await stage.press(key)


# Keys without meaning, keys too early


async def test_a_key_without_meaning_says_where_it_has_one(small: Stage) -> None:
    await small.press("g", "g", "right_square_bracket")
    assert "] works in the thread: Next message." in small.notice
    await small.press("w")
    assert "w is not a key here" in small.notice
    await small.press("enter", "l", "f")
    assert "in the list and the thread" in small.notice


@pytest.mark.parametrize("key", ["c", "i", "r", "n", "a", "z", "t", "m", "M", "full_stop", "u"])
async def test_keys_typed_before_there_were_rows_act_on_nothing(small: Stage, key: str) -> None:
    await small.press("g", "g")
    small.app.post_message(small.key_event(key, small.app.keys._refusals._shown_at - 0.01))
    await small.pilot.pause()
    assert "nothing was on screen yet" in small.notice
    assert not small.inbox.outbox.pending()
    assert small.dialog == ""
    assert small.app.ui.state.composing == ""


async def test_what_came_under_the_keys_by_itself_is_not_acted_on_at_once(small: Stage) -> None:
    await small.press("g", "g")
    gone = small.current
    changed = asyncio.Event()
    small.inbox.changes.subscribe(lambda change: changed.set() if gone in change.conversations else None)
    await small.inbox.actions.close(gone)  # as another program on the same store would
    await changed.wait()
    small.app.changes.flush()
    at = time.monotonic()
    here = small.current
    assert here != gone
    small.app.post_message(small.key_event("i", at))
    await small.pilot.pause()
    assert "the list changed just before" in small.notice
    await small.sent()
    row = small.inbox.threads.conversation(here)
    assert row is not None
    before = row.admin_assignee_id
    await small.press("i")
    after = small.inbox.threads.conversation(here)
    assert after is not None
    assert after.admin_assignee_id == small.inbox.me.id or before == small.inbox.me.id


# Nothing twice


async def test_an_action_that_would_change_nothing_sends_nothing_and_says_so(stage: Stage) -> None:
    await stage.press("5")
    cid, parts = stage.current, len(stage.parts(stage.current))
    assert stage.there(cid).state == "closed"
    stage.requests.clear()
    await stage.press("c")
    assert "Already closed." in stage.notice
    await stage.press("enter", "c")
    assert "Already closed." in stage.notice
    assert stage.app.ui.thread.view.conversation_id == cid
    await stage.sent()
    assert len(stage.parts(cid)) == parts
    assert not [path for method, path in stage.requests if method != "GET" and "search" not in path]


async def test_a_batch_leaves_out_what_it_would_not_change(stage: Stage) -> None:
    await stage.press("g", "g", *["X"] * 12)
    chosen, me = stage.app.ui.list.view.selected, stage.inbox.me.id
    already = [cid for cid in chosen if str(stage.there(cid).admin_assignee_id or "") == me]
    parts = {cid: len(stage.parts(cid)) for cid in chosen}
    assert 0 < len(already) < len(chosen)
    await stage.press("i")
    assert f"{len(already)} already assigned to you" in stage.notice
    await stage.sent()
    assert {str(stage.there(cid).admin_assignee_id) for cid in chosen} == {me}
    assert all(len(stage.parts(cid)) == parts[cid] for cid in already)
