"""A reply never goes past what its writer has not had on screen; what comes in while they write is said."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.conftest import SIZES, Stage, stage_at
from tui.sandbox.workspace import Workspace

LONG = "".join(f"<p>line {number} of a long message</p>" for number in range(60))


@pytest.fixture(params=SIZES, ids=["80x24", "140x40"])
async def busy(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Stage, str]]:
    """The app reading a conversation that is longer than the pane, composer open, a word written."""
    workspace = Workspace(seed=7, conversations=40)
    size: tuple[int, int] = request.param
    first = next(one for one in workspace.conversations if one.state == "open")
    for number in range(30):
        workspace.customer_reply(first.id, f"<p>earlier {number}</p>")
    async with stage_at(tmp_path, size, workspace=workspace) as stage:
        cid = str(first.id)
        stage.app.ui.thread.go_to(cid)
        await stage.read()
        assert stage.app.ui.thread.view.conversation_id == cid
        await stage.press("r")
        await stage.type("on it")
        yield stage, cid


def colleague(stage: Stage) -> int:
    return next(one for one in stage.workspace.rooms.admins if one != stage.workspace.me.id)


async def arrive(stage: Stage, cid: str) -> None:
    """Let what is in the workspace come into the store and onto the screen."""
    wanted = {str(part.id) for part in stage.parts(cid)}
    stage.inbox.sync.refresh()
    await stage.wait(lambda: wanted <= {part.id for part in stage.inbox.threads.cached(cid)})
    await stage.pilot.pause()


def pane(stage: Stage) -> str:
    """What the thread pane and the composer show: the list beside them shows last words, too."""
    left, right = stage.app.ui.thread.view.region.column_span
    return "\n".join(line[left:right] for line in stage.text().split("\n"))


def held(stage: Stage) -> list[str]:
    return [row.held_for for row in stage.inbox.outbox.attention()]


async def send(stage: Stage) -> None:
    await stage.press("ctrl+s")
    await stage.sent()


async def test_what_arrives_behind_the_composer_out_of_sight_holds_the_reply(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.app.ui.thread.view.home()
    await stage.pilot.pause()
    stage.workspace.customer_reply(cid, "<p>wait, not yet</p>")
    await arrive(stage, cid)
    assert "wait, not yet" not in pane(stage)
    assert "Dominic Tibbs wrote" in stage.text()
    assert "· ctrl+n read" in stage.text()
    await send(stage)
    assert held(stage) == ["stale"]
    assert stage.parts(cid)[-1].body == "<p>wait, not yet</p>"


async def test_ctrl_n_scrolls_to_what_came_in_and_then_the_reply_leaves(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.app.ui.thread.view.home()
    stage.workspace.admin_reply(cid, colleague(stage), "<p>I have this one</p>", note=True)
    await arrive(stage, cid)
    assert "left a note" in stage.text()
    await stage.press("ctrl+n")
    assert "I have this one" in pane(stage)
    assert "ctrl+n read" not in stage.text()
    assert stage.pane == "composer"
    assert stage.app.ui.composer.text == "on it"
    await send(stage)
    assert (held(stage), stage.parts(cid)[-1].body) == ([], "<p>on it</p>")


async def test_what_is_painted_at_once_is_said_and_holds_nothing(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.workspace.customer_reply(cid, "<p>short and in sight</p>")
    await arrive(stage, cid)
    assert "short and in sight" in pane(stage)
    assert "wrote just now" in stage.text()
    await send(stage)
    assert (held(stage), stage.parts(cid)[-1].body) == ([], "<p>on it</p>")


async def test_of_two_that_come_at_once_the_one_out_of_sight_holds(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.workspace.customer_reply(cid, "<p>first of two</p>")
    stage.workspace.customer_reply(cid, LONG)
    await arrive(stage, cid)
    assert "first of two" not in pane(stage)
    await send(stage)
    assert held(stage) == ["stale"]
    await stage.press("ctrl+o")
    assert stage.dialog == "New messages since you last read"
    assert "first of two" in stage.text()


async def test_a_message_taller_than_the_pane_is_seen_from_its_beginning(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.workspace.customer_reply(cid, LONG)
    await arrive(stage, cid)
    assert "line 59" in stage.text()
    assert "ctrl+n read" in stage.text()
    await stage.press("ctrl+n")
    assert "line 0 " in stage.text()
    assert "ctrl+n read" not in stage.text()
    await send(stage)
    assert held(stage) == []


async def test_what_lies_under_a_dialog_was_not_seen(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.app.ui.thread.view.home()
    await stage.press("ctrl+t")
    assert stage.dialog
    stage.workspace.customer_reply(cid, "<p>beneath</p>")
    await arrive(stage, cid)
    stage.app.ui.thread.view.end()
    await stage.pilot.pause()
    assert stage.app.seen.evidence(cid).ids[-1].split("=")[0] != str(stage.parts(cid)[-1].id)
    await stage.press("escape")
    assert "beneath" in pane(stage)
    assert stage.app.seen.evidence(cid).ids[-1].split("=")[0] == str(stage.parts(cid)[-1].id)


async def test_nothing_is_seen_while_the_terminal_is_given_away(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    with stage.app.batch_update():  # as while an editor has the terminal
        stage.workspace.customer_reply(cid, "<p>while you were in the editor</p>")
        await arrive(stage, cid)
        assert stage.app.seen.evidence(cid).ids[-1].split("=")[0] != str(stage.parts(cid)[-1].id)
    await stage.pilot.pause()
    assert "while you were in the editor" in pane(stage)
    assert stage.app.seen.evidence(cid).ids[-1].split("=")[0] == str(stage.parts(cid)[-1].id)


async def test_a_frame_that_has_not_left_was_seen_by_nobody() -> None:
    from rich.color import ColorSystem

    from tui.app.terminal.attributes import AttributeTable
    from tui.app.terminal.painter import Painter

    class Line:
        """A line that takes a frame only when it is told to."""

        def __init__(self) -> None:
            self.open = False
            self.sent: list[str] = []

        def may_send(self) -> bool:
            return self.open

        def send_frame(self, data: str) -> None:
            self.sent.append(data)

        def frame_waits(self) -> None:
            pass

    line, painter = Line(), Painter(AttributeTable(ColorSystem.TRUECOLOR), bce=False, size=(20, 2))
    painter.forget()
    assert not painter.pump(line)
    line.open = True
    painter.hold()
    assert not painter.pump(line)
    painter.release()
    assert painter.pump(line)
    assert line.sent


async def test_words_that_change_after_they_were_read_hold_the_reply(small: Stage) -> None:
    cid = await small.read()
    colleagues_note = small.workspace.admin_reply(cid, colleague(small), "<p>refund is fine</p>", note=True)
    await arrive(small, cid)
    assert "refund is fine" in pane(small)
    await small.press("r")
    await small.type("refunded")
    colleagues_note.body = "<p>no refund, please</p>"
    await send(small)
    assert held(small) == ["stale"]
    await small.press("ctrl+o")
    assert "no refund, please" in small.text()


async def test_what_comes_during_the_undo_window_holds_the_reply(tmp_path: Path) -> None:
    async with stage_at(tmp_path, SIZES[0], undo_seconds=1.0) as stage:
        cid = await stage.read()
        await stage.press("r")
        await stage.type("on it")
        await stage.press("ctrl+s")
        stage.workspace.customer_reply(cid, "<p>solved, thanks</p>")
        await arrive(stage, cid)
        assert "solved, thanks" in stage.text()
        await stage.sent()
        assert held(stage) == ["stale"]


async def test_our_own_words_bots_and_events_neither_hold_nor_are_announced(busy: tuple[Stage, str]) -> None:
    from tui.sandbox.furniture import FIN

    stage, cid = busy
    stage.app.ui.thread.view.home()
    await stage.pilot.pause()
    stage.workspace.admin_reply(cid, stage.workspace.me.id, "<p>mine, from the browser</p>")
    stage.workspace.bot_reply(cid, "<p>I am Fin</p>", FIN)
    stage.workspace.admin_part(cid, colleague(stage), "close")
    await arrive(stage, cid)
    assert "ctrl+n read" not in stage.text()
    await send(stage)
    assert held(stage) == []


async def test_the_dialog_shows_all_that_came_in_and_sends_past_no_more(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.app.ui.thread.view.home()
    await stage.pilot.pause()
    for words in ("alpha", "beta"):
        stage.workspace.customer_reply(cid, f"<p>{words}</p>")
    await send(stage)
    await stage.press("ctrl+o")
    assert "wrote after you opened this. Check before sending." in stage.text()
    assert "alpha" in stage.text()
    assert "beta" in stage.text()
    stage.workspace.customer_reply(cid, "<p>gamma</p>")
    await stage.press("s")
    await stage.sent()
    assert held(stage) == ["stale"]
    await stage.press("ctrl+o")
    assert "gamma" in stage.text()
    assert "alpha" not in stage.text().partition("Your reply:")[0].partition("New messages")[2]
    await stage.press("s")
    await stage.sent()
    assert (held(stage), stage.parts(cid)[-1].body) == ([], "<p>on it</p>")


async def test_what_does_not_fit_the_dialog_is_shown_before_anything_is_sent(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.app.ui.thread.view.home()
    await stage.pilot.pause()
    stage.workspace.customer_reply(cid, LONG)
    await send(stage)
    await stage.press("ctrl+o")
    said: set[str] = set()
    presses = 0
    while stage.dialog:
        said.update(line for line in stage.text().split("\n") if "of a long message" in line)
        await stage.press("s")
        presses += 1
    assert presses > 1
    assert all(any(f"line {number} of" in line for line in said) for number in range(60))
    await stage.sent()
    assert (held(stage), stage.parts(cid)[-1].body) == ([], "<p>on it</p>")


async def test_a_conversation_that_was_never_downloaded_was_not_seen(small: Stage) -> None:
    listed = small.inbox.views.list(small.inbox.views.get("open"))
    cid = next(
        row.id for row in listed.rows(3, len(listed))
        if not small.inbox.threads.cached(row.id)
        and any(part.author.type == "user" and part.body for part in small.parts(row.id))
    )  # fmt: skip
    small.online = False
    small.app.ui.thread.go_to(cid)
    await small.press("r")
    await small.type("blind")
    await small.press("ctrl+s")
    small.online = True
    small.inbox.sync.refresh()
    await small.wait(lambda: held(small) == ["stale"])
    assert all(part.body != "<p>blind</p>" for part in small.parts(cid))


async def test_nothing_unseen_is_marked_read(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    await stage.wait(lambda: not stage.inbox.outbox.pending())
    assert stage.there(cid).read
    stage.app.ui.thread.view.home()
    await stage.pilot.pause()
    stage.workspace.customer_reply(cid, "<p>below</p>")
    await arrive(stage, cid)
    seen = stage.inbox.threads.seen_of(cid)
    assert seen is not None
    assert str(stage.parts(cid)[-1].id) not in {name.split("=")[0] for name in seen.ids}
    assert not stage.there(cid).read
    await stage.press("ctrl+n")
    await stage.sent()
    await stage.wait(lambda: stage.there(cid).read)


async def test_the_new_rule_begins_with_what_was_not_on_screen(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    await stage.press("escape", "escape", "j", "enter")
    stage.workspace.customer_reply(cid, "<p>while away</p>")
    stage.app.ui.thread.open(cid)
    await arrive(stage, cid)
    assert "1 new since you looked" in stage.text()
    assert stage.app.ui.thread.view.conversation_id == cid


async def test_one_pane_at_a_time_shows_the_thread_above_the_composer(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (60, 20)) as stage:
        cid = await stage.read()
        await stage.press("r")
        await stage.type("on it")
        stage.workspace.customer_reply(cid, LONG)
        await arrive(stage, cid)
        assert "ctrl+n read" in stage.text()
        await send(stage)
        assert held(stage) == ["stale"]


@pytest.fixture
async def tall_end(tmp_path: Path) -> AsyncIterator[tuple[Stage, str]]:
    """A conversation opened for the first time, whose newest message is taller than the pane; a reply is written."""
    workspace = Workspace(seed=7, conversations=40)
    first = next(one for one in workspace.conversations if one.state == "open")
    workspace.customer_reply(first.id, LONG)
    async with stage_at(tmp_path, SIZES[0], workspace=workspace) as stage:
        cid = str(first.id)
        stage.app.ui.thread.go_to(cid)
        await stage.read()
        assert "line 0 " not in pane(stage)
        await stage.press("r")
        await stage.type("on it")
        yield stage, cid


async def test_our_own_words_at_the_end_pass_nothing_over(tall_end: tuple[Stage, str]) -> None:
    stage, cid = tall_end
    await send(stage)
    assert held(stage) == ["stale"]
    assert "on it" in pane(stage)
    await stage.press("ctrl+o", "e")
    await send(stage)
    assert held(stage) == ["stale"]
    assert stage.parts(cid)[-1].body == LONG


async def test_what_comes_after_a_tall_message_passes_nothing_over(tall_end: tuple[Stage, str]) -> None:
    stage, cid = tall_end
    stage.workspace.customer_reply(cid, "<p>are you there?</p>")
    await arrive(stage, cid)
    assert "are you there?" in pane(stage)
    await send(stage)
    assert held(stage) == ["stale"]


async def test_what_the_dialog_showed_holds_no_further_reply(tall_end: tuple[Stage, str]) -> None:
    stage, cid = tall_end
    await send(stage)
    await stage.press("ctrl+o")
    while stage.dialog:
        await stage.press("s")
    await stage.sent()
    assert stage.parts(cid)[-1].body == "<p>on it</p>"
    await stage.press("r")
    await stage.type("and more")
    await send(stage)
    assert (held(stage), stage.parts(cid)[-1].body) == ([], "<p>and more</p>")


async def test_more_than_the_dialog_shows_at_once_is_shown_in_turn(busy: tuple[Stage, str]) -> None:
    stage, cid = busy
    stage.app.ui.thread.view.home()
    await stage.pilot.pause()
    for number in range(45):
        stage.workspace.customer_reply(cid, f"<p>urgent {number}.</p>")
    await send(stage)
    said = ""
    for _ in range(2):
        assert held(stage) == ["stale"]
        await stage.press("ctrl+o")
        while stage.dialog:
            said += stage.text()
            await stage.press("s")
        await stage.sent()
    assert all(f"urgent {number}." in said for number in range(45))
    assert "5 more arrived after these" in said
    assert (held(stage), stage.parts(cid)[-1].body) == ([], "<p>on it</p>")
