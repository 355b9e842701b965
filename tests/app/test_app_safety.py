"""Nothing lost, nothing sent by mistake, nobody's text obeyed: what the screen does when things go wrong."""

import asyncio
from pathlib import Path

from textual import events
from textual.timer import Timer

from tests.app.conftest import Stage, stage_at
from tui.sandbox.workspace import Workspace


async def test_a_draft_is_there_after_a_restart(tmp_path: Path) -> None:
    workspace = Workspace(seed=7, conversations=20)
    async with stage_at(tmp_path, (80, 24), workspace=workspace) as stage:
        cid = stage.current
        await stage.press("r")
        await stage.type("half a tho")
        stage.app.exit(0)
    async with stage_at(tmp_path, (80, 24), workspace=workspace) as stage:
        stage.app.ui.thread.open(cid)
        await stage.press("r")
        assert stage.app.ui.composer.text == "half a tho"


async def test_each_conversation_has_its_own_composer(small: Stage) -> None:
    await small.press("g", "g")
    first = small.current
    await small.press("r")
    await small.type("for the first")
    await small.press("escape", "J")
    second = small.app.ui.thread.view.conversation_id
    assert second != first
    assert small.app.ui.state.composing == ""
    await small.press("r")
    assert small.app.ui.composer.text == ""
    await small.type("for the second")
    await small.press("escape", "K")
    assert small.app.ui.thread.view.conversation_id == first
    assert small.app.ui.state.composing == ""
    await small.press("r")
    assert small.app.ui.composer.text == "for the first"
    assert small.inbox.drafts.get(second, "reply") == "for the second"


async def test_undo_brings_an_unsent_reply_back_to_the_composer(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=600) as stage:
        cid = stage.current
        await stage.press("r")
        await stage.type("oh no")
        await stage.press("ctrl+s")
        assert "Reply will be sent in 600 s · u undo" in stage.notice
        await stage.press("u")
        assert stage.app.ui.composer.text == "oh no"
        assert stage.app.ui.state.composing == "reply"
        assert stage.app.ui.thread.view.conversation_id == cid
        assert not stage.inbox.outbox.pending()
    assert not any(path.endswith("/reply") for _, path in stage.requests)


async def test_words_that_come_back_are_put_before_what_was_begun_since(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=600) as stage:
        await stage.press("r")
        await stage.type("first")
        await stage.press("ctrl+s", "r")
        await stage.type("second")
        await stage.press("escape", "u")
        assert stage.app.ui.composer.text == "first\n\nsecond"


async def test_a_reply_to_a_thread_that_moved_on_waits_for_a_decision(small: Stage) -> None:
    cid = await small.read()
    await small.press("r")
    await small.type("My answer")
    small.workspace.customer_reply(cid, "<p>Wait, one more thing [/b]</p>")
    await small.press("ctrl+s")
    await small.wait(lambda: small.inbox.outbox.attention())
    assert "ctrl+o to review" in small.notice
    assert all("My answer" not in (part.body or "") for part in small.parts(cid))
    await small.press("ctrl+o")
    assert "Wait, one more thing [/b]" in small.text()
    assert "My answer" in small.text()
    await small.press("s")
    await small.sent()
    assert small.parts(cid)[-1].body == "<p>My answer</p>"


async def test_a_held_reply_can_be_edited(small: Stage) -> None:
    cid = await small.read()
    await small.press("r")
    await small.type("Too soon")
    small.workspace.customer_reply(cid, "<p>Never mind</p>")
    await small.press("ctrl+s")
    await small.wait(lambda: small.inbox.outbox.attention())
    await small.press("ctrl+o")
    await small.wait(lambda: small.dialog)
    await small.press("e")
    await small.wait(lambda: small.app.ui.composer.text == "Too soon")
    assert not small.inbox.outbox.pending()


async def test_the_notice_does_not_take_keys_from_whoever_writes(small: Stage) -> None:
    cid = await small.read()
    await small.press("r")
    await small.type("One")
    small.workspace.customer_reply(cid, "<p>Hm</p>")
    await small.press("ctrl+s", "J", "r")
    await small.type("Tw")
    await small.wait(lambda: small.inbox.outbox.attention())
    await small.type("o")
    assert small.app.ui.composer.text == "Two"
    assert small.dialog == ""


async def test_a_refused_reply_says_why_and_opens_again(small: Stage) -> None:
    cid = await small.read()
    await small.press("r")
    await small.type("Anyone there")
    small.workspace.conversations.delete(small.there(cid))
    await small.press("ctrl+s")
    await small.wait(lambda: small.inbox.outbox.attention())
    row = small.inbox.outbox.attention()[0]
    await small.press("O")
    assert small.dialog == "Outbox"
    assert row.reason[:30] in small.text()
    await small.press("enter")
    assert small.dialog == "Not sent"
    await small.press("d")
    assert small.dialog == "Delete?"
    await small.press("D")
    assert not small.inbox.outbox.pending()


async def test_offline_actions_show_at_once_and_leave_later(small: Stage) -> None:
    cid = small.current
    small.online = False
    await small.press("c")
    assert small.inbox.threads.conversation(cid).state == "closed"  # type: ignore[union-attr]
    assert "Close" in small.notice
    await small.wait(lambda: small.inbox.status.connection == "offline")
    assert "1 queued" in small.text()
    assert small.there(cid).state == "open"
    small.online = True
    await small.press("R")
    await small.sent()
    assert small.there(cid).state == "closed"


async def test_quit_asks_while_something_is_unsent(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=600) as stage:
        stage.online = False
        await stage.press("R")
        await stage.wait(lambda: stage.inbox.status.connection == "offline")
        await stage.press("r")
        await stage.type("later")
        await stage.press("ctrl+s", "q")
        assert stage.dialog == "Quit with unsent actions?"
        await stage.press("escape")
        assert stage.app.is_running
        await stage.press("q", "q")
        assert stage.app.return_code == 0
        assert [row.state for row in stage.inbox.outbox.pending()] == ["held"]


async def test_quit_with_nothing_unsent_just_leaves(small: Stage) -> None:
    await small.press("q")
    assert small.app.return_code == 0
    assert small.dialog == ""


async def test_quit_can_wait_until_everything_is_sent(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=0.3) as stage:
        cid = stage.current
        stage.online = False
        await stage.press("R")
        await stage.wait(lambda: stage.inbox.status.connection == "offline")
        await stage.press("r")
        await stage.type("last words")
        await stage.press("ctrl+s", "q", "w")
        stage.online = True
        stage.inbox.sync.refresh()
        async with asyncio.timeout(90):
            while stage.app.return_code is None:
                await stage.pilot.pause()
    assert stage.parts(cid)[-1].body == "<p>last words</p>"


async def test_a_paste_is_text_wherever_it_lands(small: Stage) -> None:
    cid = small.current
    small.app.post_message(events.Paste("ccq\x1b[31mdq"))
    await small.pilot.pause()
    assert small.app.is_running
    assert not small.inbox.outbox.pending()
    await small.press("slash")
    small.app.post_message(events.Paste("one\ntwo\x1b]0;x\x07"))
    await small.pilot.pause()
    assert "one two" in small.text()
    assert "\x1b" not in small.text()
    await small.press("escape", "r")
    small.app.post_message(events.Paste("line\nctrl+s \x1b[2Jend"))
    await small.pilot.pause()
    await small.press("x")
    assert small.app.ui.composer.text == "line\nctrl+s [2Jendx"
    assert not [part for part in small.parts(cid) if "line" in (part.body or "")]


async def test_markup_in_a_customers_words_is_only_words(tmp_path: Path) -> None:
    workspace = Workspace(seed=7, conversations=10)
    contact = next(iter(workspace.contacts))
    contact.name = "[@click=app.quit]x[/] [/"
    made = workspace.new_conversation(contact, "<p>\x1b]52;c;aGk=\x07 [bold]hi[/nope] \u202egnp.exe</p>")
    async with stage_at(tmp_path, (140, 40), workspace=workspace) as stage:
        cid = str(made.id)
        stage.app.ui.thread.open(cid)
        await stage.wait(lambda: stage.inbox.threads.cached(cid))
        for keys in (["a"], ["escape", "t"], ["escape", "z"], ["escape", "y"], ["escape", "r"], ["escape"]):
            await stage.press(*keys)
            assert "[@click=app.quit]x[/] [/" in stage.text()
            assert not set(stage.text()) & set("\x1b\x07\u202e")
        stage.app.ui.notices.notify("[/] [@click=app.quit]boom")
        await stage.pilot.pause()
        assert "[/] [@click=app.quit]boom" in stage.text()


async def test_every_action_leaves_the_screen_right_on_an_empty_list(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (140, 40), workspace=Workspace(seed=7, conversations=0)) as stage:
        for command in stage.app.ui.registry.commands:
            if command.id.startswith("app.quit") or command.id in ("link.browser", "app.redraw"):
                continue
            await stage.app.keys.run(command, 3)
            await stage.pilot.pause()
            while stage.app.layout.overlay.top is not None:
                stage.app.layout.overlay.top.close()
        assert stage.app.is_running
        assert not stage.inbox.outbox.pending()


async def test_nothing_ticks_while_nobody_does_anything(small: Stage) -> None:
    await small.read()
    small.app.layout.footer.clear_notice()
    nodes = [small.app, *small.app.screen.walk_children(with_self=True)]
    # A timer that is paused waits on its event; Textual's own for frames is, between frames.
    ticking = [timer for node in nodes for timer in node._timers if timer._interval < 30 and _is_running(timer)]
    assert ticking == []


def _is_running(timer: Timer) -> bool:
    return timer._active.is_set()
