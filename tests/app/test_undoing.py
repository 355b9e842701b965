"""The undo key and the undo list on screen, within the undo window and after it; leaving while something is held."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.conftest import SIZES, Stage, stage_at
from tui.inbox.inbox import Inbox, Options
from tui.store.store import Store


@pytest.fixture(params=SIZES, ids=["80x24", "140x40"])
async def held(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The app with an undo window that does not end during a test."""
    async with stage_at(tmp_path, request.param, undo_seconds=600) as made:
        await made.press("g", "g")
        yield made


def rows(stage: Stage) -> list[str]:
    """The list, from the top."""
    model = stage.app.ui.list.view._model
    assert model is not None
    return [model.id_at(at) for at in range(len(model))]


def writes(stage: Stage) -> list[str]:
    """What was asked of Intercom, but for reading and read marks."""
    return [path for method, path in stage.requests if method in ("POST", "DELETE") and "search" not in path]


def dialog_text(stage: Stage) -> str:
    """The words of the dialog on top, unwrapped."""
    top = stage.app.layout.overlay.top
    return " ".join("".join(piece.text for piece in row) for row in top.rows(64, 18)) if top is not None else ""


async def tag(stage: Stage, *names: str) -> None:
    await stage.press("t")
    for at, name in enumerate(names):
        await stage.type(name)
        await stage.press("tab" if at < len(names) - 1 else "enter")


async def select(stage: Stage, count: int) -> list[str]:
    for _ in range(count):
        await stage.press("x", "j")
    return list(stage.app.ui.list.view.selected)


def tags(stage: Stage, cid: str) -> set[str]:
    return {stage.workspace.rooms.tags[mark.tag_id].name for mark in stage.there(cid).tags}


# --------------------------------------------------------------------------------------------------- within the window


@pytest.mark.parametrize("keys", ["c", "z 3 h enter", "a p r i y a enter", "a u n a s s enter"])
async def test_undo_within_the_window_sends_nothing(held: Stage, keys: str) -> None:
    await held.press("1")
    cid, before = held.current, rows(held)
    row, parts = held.inbox.threads.conversation(cid), len(held.parts(cid))
    await held.press(*keys.split())
    assert held.inbox.threads.conversation(cid) != row
    assert not [part for part in held.inbox.threads.cached(cid) if part.outbox_id]
    await held.press("u")
    assert "Nothing was sent." in held.notice
    assert (held.inbox.threads.conversation(cid), rows(held), held.current) == (row, before, cid)
    assert (writes(held), len(held.parts(cid))) == ([], parts)


async def test_six_closes_and_six_undos_leave_the_waiting_order_as_it_was(held: Stage) -> None:
    held.app.ui.list.set_sort("waiting")
    await held.press("g", "g")
    before = rows(held)
    there = [(one.id, one.waiting_since, one.updated_at) for one in held.workspace.conversations]
    for _ in range(6):
        await held.press("c")
    assert len(rows(held)) == len(before) - 6
    for _ in range(6):
        await held.press("u")
    assert rows(held) == before
    assert [(one.id, one.waiting_since, one.updated_at) for one in held.workspace.conversations] == there
    assert writes(held) == []


async def test_close_and_reopen_within_the_window_cancel_out(held: Stage) -> None:
    cid, before = held.current, rows(held)
    await held.press("c")
    held.app.ui.thread.open(cid)
    await held.press("o")
    assert "nothing was sent" in held.notice
    await held.press("h")
    assert (rows(held), held.inbox.outbox.pending(), writes(held)) == (before, [], [])


async def test_what_prevents_double_work_leaves_at_once(held: Stage) -> None:
    """Claiming, tags and reopening do not wait; undo within the window reverses them without a question."""
    await held.press("2", "g", "g")
    cid = held.current
    await held.press("i")
    await held.sent()
    assert held.there(cid).admin_assignee_id == held.workspace.me.id
    await held.press("u")
    assert held.dialog == ""
    await held.sent()
    assert not held.there(cid).admin_assignee_id


async def test_the_notice_names_the_key_of_undo(tmp_path: Path) -> None:
    settings = '[keys]\n"undo.last" = "Z"\n'
    async with stage_at(tmp_path, (80, 24), undo_seconds=600, settings=settings) as stage:
        row = stage.app.ui.target.row
        assert row is not None
        await stage.press("c")
        assert f"Closed {row.contact_name} · Z undo" in stage.notice
        await stage.press("Z")
        assert "Nothing was sent." in stage.notice
    async with stage_at(tmp_path / "2", (80, 24), settings=settings) as stage:
        await stage.press("c")
        await stage.sent()
        await stage.press("Z")
        assert "Press Z again to reopen" in stage.text()


# ---------------------------------------------------------------------------------------------------- after the window


async def test_undo_of_a_close_that_was_sent_says_what_it_cannot_restore_before_it_acts(stage: Stage) -> None:
    await stage.press("g", "g")
    cid = stage.current
    await stage.press("c")
    await stage.sent()
    asked = len(writes(stage))
    await stage.press("u")
    text = dialog_text(stage)
    for words in ("Reopening cannot restore the", "asked for a rating", "Press u again to reopen"):
        assert words in text
    assert (stage.there(cid).state, len(writes(stage))) == ("closed", asked)
    await stage.press("escape")
    assert (stage.dialog, stage.there(cid).state) == ("", "closed")
    await stage.press("u", "u")
    await stage.sent()
    assert (stage.there(cid).state, stage.current) == ("open", cid)


async def test_any_other_key_takes_the_question_away_and_means_what_it_means(small: Stage) -> None:
    await small.press("g", "g", "c")
    await small.sent()
    await small.press("u")
    assert small.dialog == "Undo?"
    at = small.current
    await small.press("j")
    assert (small.dialog, small.current != at) == ("", True)
    await small.press("u")
    assert small.dialog == "Undo?"  # it has to be asked again
    await small.press("escape")
    await small.press("u")
    assert small.dialog == "Undo?"


async def test_undo_never_skips_past_what_cannot_be_undone(small: Stage) -> None:
    await small.press("2", "g", "g")
    first = small.current
    await small.press("i")
    await small.sent()
    await small.press("3", "g", "g")
    while small.current == first:
        await small.press("j")
    second = small.current
    await small.press("r")
    await small.type("On it")
    await small.press("ctrl+s")
    await small.sent()
    await small.press("u")
    text = dialog_text(small)
    assert "was sent and cannot be undone" in text
    name = small.inbox.threads.conversation(first).contact_name  # type: ignore[union-attr]
    assert f"Before it: Assigned {name} to" in text
    assert small.there(first).admin_assignee_id == small.workspace.me.id
    # another action in between: it is the newest now
    await small.press("escape", "h")
    await tag(small, "gdpr")
    await small.sent()
    await small.press("u")
    assert "Tagged" in small.text()
    await small.press("u")
    await small.sent()
    assert small.there(first).admin_assignee_id == small.workspace.me.id
    await small.press("u")
    assert "cannot be undone" in dialog_text(small)
    await small.press("u")
    await small.sent()
    assert not small.there(first).admin_assignee_id
    assert [part.body for part in small.parts(second)].count("<p>On it</p>") == 1


async def test_undo_says_that_a_reply_was_sent_where_nothing_is_before_it(small: Stage) -> None:
    await small.press("r")
    await small.type("Gone")
    await small.press("ctrl+s")
    await small.sent()
    await small.press("u")
    assert "was sent and cannot be undone" in small.notice


# ------------------------------------------------------------------------------------------------------------- batches


@pytest.mark.parametrize("undo_seconds", [0.0, 600.0])
async def test_a_batch_is_one_line_and_one_undo_whatever_came_between(tmp_path: Path, undo_seconds: float) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=undo_seconds) as stage:
        await stage.press("g", "g")
        before = rows(stage)
        chosen = await select(stage, 3)
        await stage.press("c")
        assert "Closed 3 conversations" in stage.notice
        other = stage.current
        had = tags(stage, other)
        await tag(stage, "gdpr", "refund")
        if not undo_seconds:
            await stage.sent()
        await stage.press("U")
        assert stage.text().count("3 conversations") == 1
        await stage.press("escape")
        again = () if undo_seconds else ("u",)
        await stage.press("u", *again)
        await stage.wait(lambda: tags(stage, other) == had)
        await stage.press("u", *again)
        assert "closing of 3 conversations" in stage.notice
        if not undo_seconds:
            await stage.sent()
        assert sorted(rows(stage)) == sorted(before)
        assert [stage.there(cid).state for cid in chosen] == ["open"] * 3
        closes = [path for path in writes(stage) if path.endswith("/parts")]
        assert len(closes) == (0 if undo_seconds else 6)


async def test_tags_on_several_are_undone_together(small: Stage) -> None:
    await small.press("g", "g")
    before = {cid: tags(small, cid) for cid in rows(small)[:3]}
    chosen = await select(small, 3)
    await tag(small, "gdpr", "refund")
    await small.sent()
    assert all({"gdpr", "refund"} <= tags(small, cid) for cid in chosen)
    await small.press("u")
    assert "3 conversations" in small.text()
    await small.press("u")
    await small.sent()
    assert {cid: tags(small, cid) for cid in chosen} == before


async def test_a_repeated_batch_is_a_batch(held: Stage) -> None:
    before = rows(held)
    await held.press("c")
    await select(held, 2)
    await held.press("full_stop")
    assert "Closed 2 conversations" in held.notice
    await held.press("u")
    assert "closing of 2 conversations" in held.notice
    await held.press("u")
    assert (rows(held), writes(held)) == (before, [])


async def test_a_tag_that_is_new_belongs_to_its_batch(small: Stage) -> None:
    cid = small.current
    had = tags(small, cid)
    await tag(small, "gdpr", "brand new")
    await small.wait(lambda: "brand new" in tags(small, cid))
    await small.sent()
    await small.press("u", "u")
    await small.sent()
    assert tags(small, cid) == had


# ----------------------------------------------------------------------------------------------------- others' actions


async def test_what_the_shell_did_stands_in_the_list_and_is_not_reached_by_the_key(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=600) as stage:
        await stage.press("g", "g")
        first, second = rows(stage)[:2]
        other = Store.open(tmp_path / "inbox.db")
        shell = Inbox(other, lambda _: stage.inbox.connection.client, Options(face="shell", undo_seconds=0))  # type: ignore[arg-type, return-value]
        window = Inbox(other, lambda _: stage.inbox.connection.client, Options())  # type: ignore[arg-type, return-value]
        await shell.actions.close(first)
        await window.actions.set_title(second, "Another window")
        other.close()
        await stage.wait(lambda: stage.there(first).state == "closed")
        await stage.press("u")
        assert "There is nothing to undo." in stage.notice
        await stage.press("U")
        text = stage.text()
        assert "shell" in text
        assert "another window" in text
        await stage.press("down", "enter")
        assert "Press u again to reopen" in stage.text()
        await stage.press("u")
        await stage.wait(lambda: stage.there(first).state == "open")


# ------------------------------------------------------------------------------------------------------------- leaving


async def left(stage: Stage) -> None:
    async with asyncio.timeout(90):
        while stage.app.return_code is None:
            await stage.pilot.pause()


async def test_what_is_held_is_sent_on_leaving(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=600) as stage:
        cid = stage.current
        await stage.press("c", "q")
        await left(stage)
    assert stage.there(cid).state == "closed"


async def test_asking_twice_to_leave_leaves_at_once(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=600, conversations=10) as stage:
        stage.faults.rates["latency"], stage.faults.latency_ms = 1.0, (20_000, 20_000)
        await stage.press("c", "q", "q", "q")
        assert stage.dialog == ""
        await left(stage)
        assert [row.kind for row in stage.inbox.outbox.pending()] == ["close"]


async def test_what_is_held_is_sent_when_the_program_is_told_to_end(tmp_path: Path) -> None:
    """As on SIGTERM: no question can be asked."""
    async with stage_at(tmp_path, (80, 24), undo_seconds=600) as stage:
        cid = stage.current
        await stage.press("c")
        stage.app.exit(0)
    assert stage.there(cid).state == "closed"


async def test_what_cannot_be_sent_within_a_second_stays_queued_and_is_told(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24), undo_seconds=600) as stage:
        cid = stage.current
        stage.online = False
        await stage.press("R")
        await stage.wait(lambda: stage.inbox.status.connection == "offline")
        await stage.press("c", "q")
        assert stage.dialog == "Quit with unsent actions?"
        await stage.press("q")
        await left(stage)
        assert [row.kind for row in stage.inbox.outbox.pending()] == ["close"]
    assert stage.there(cid).state == "open"
