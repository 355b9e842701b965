"""Moving, views, searching, the contact, copying, help: what changes nothing at Intercom."""

import os
from pathlib import Path

import pytest

from tests.app.conftest import Stage, stage_at


async def test_counts_and_sequences(stage: Stage) -> None:
    await stage.press("3", "j")
    assert stage.app.ui.list.view.cursor == 3
    assert stage.app.ui.state.shown.view == "open"
    await stage.press("G")
    last = len(stage.app.ui.list.view) - 1
    assert stage.app.ui.list.view.cursor == last
    await stage.press("g")
    assert stage.app.ui.list.view.cursor == last
    await stage.press("g")
    assert stage.app.ui.list.view.cursor == 0
    await stage.press("1", "2", "j", "2", "k")
    assert stage.app.ui.list.view.cursor == 10


async def test_a_digit_alone_is_a_view(small: Stage) -> None:
    await small.press("2")
    assert small.app.ui.state.shown.view == "unassigned"
    assert all(row.admin_assignee_id == "" for row in small.app.ui.list.view._model.rows(0, 9))  # type: ignore[union-attr]


async def test_pages(stage: Stage) -> None:
    rows = stage.app.ui.list.view.visible_rows
    await stage.press("ctrl+d")
    assert stage.app.ui.list.view.cursor == rows // 2
    await stage.press("ctrl+u")
    assert stage.app.ui.list.view.cursor == 0
    await stage.press("pagedown")
    assert stage.app.ui.list.view.cursor == rows


async def test_views_by_name_with_counts(small: Stage) -> None:
    await small.press("v")
    assert "Snoozed" in small.text()
    await small.type("snoo")
    await small.press("enter")
    assert small.app.ui.state.shown.view == "snoozed"


async def test_sort_keeps_the_conversation(small: Stage) -> None:
    await small.press("2", "g", "g", "j")
    here = small.current
    await small.press("s")
    await small.type("oldest")
    await small.press("enter")
    assert small.app.ui.state.shown.sort == "oldest"
    assert small.current == here


async def test_search_shows_mistakes_then_results_then_goes_back(small: Stage) -> None:
    await small.press("slash")
    await small.type("is:nonsense")
    await small.press("enter")
    assert small.dialog == "Search"
    assert "Unknown value is:nonsense" in small.text()
    await small.press("ctrl+u")
    await small.type("is:closed")
    await small.press("enter")
    assert small.app.ui.state.shown.view == "search"
    rows = small.app.ui.list.view._model.rows(0, 5)  # type: ignore[union-attr]
    assert rows
    assert {row.state for row in rows} == {"closed"}
    await small.press("escape")
    assert small.app.ui.state.shown.view == "open"


async def test_enter_and_back_through_the_panes(stage: Stage) -> None:
    await stage.press("enter")
    assert stage.pane == "thread"
    await stage.press("l")
    assert stage.pane == "contact"
    assert stage.app.layout.is_shown("contact")
    await stage.press("escape")
    assert stage.pane == "thread"
    await stage.press("h")
    assert stage.pane == "list"
    assert stage.app.layout.is_shown("list")


async def test_tab_goes_round(stage: Stage) -> None:
    seen = [stage.pane]
    for _ in range(3):
        await stage.press("tab")
        seen.append(stage.pane)
    wide = stage.app.size.width >= 120
    assert seen == (["list", "thread", "contact", "list"] if wide else ["list", "thread", "list", "thread"])


async def test_next_and_previous_conversation_from_the_thread(small: Stage) -> None:
    await small.press("g", "g", "enter")
    first = small.app.ui.thread.view.conversation_id
    await small.press("J")
    second = small.app.ui.thread.view.conversation_id
    assert second != first
    assert small.pane == "thread"
    await small.press("K")
    assert small.app.ui.thread.view.conversation_id == first


async def test_the_thread_follows_the_cursor_once_it_rests(small: Stage) -> None:
    await small.press("g", "g", "j", "j")
    here = small.current
    await small.wait(lambda: small.app.ui.thread.view.conversation_id == here)
    assert small.pane == "list"


async def test_find_a_contact_and_open_one_of_their_conversations(stage: Stage) -> None:
    contact = stage.there(stage.current).contacts[0]
    await stage.press("at")
    await stage.type(contact.email or "")
    await stage.wait(lambda: (contact.name or "") in stage.text())
    await stage.press("enter")
    assert stage.pane == "contact"
    assert stage.app.ui.contact.view.contact_id == contact.id
    await stage.press("enter")
    assert stage.pane == "thread"
    assert stage.there(stage.app.ui.thread.view.conversation_id).contacts[0].id == contact.id


async def test_copy_goes_to_the_terminal(small: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    def copy(text: str) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr(small.app, "copy", copy)
    cid = small.current
    await small.press("y", "enter")
    assert copied[0].endswith(f"/conversation/{cid}")
    await small.press("y")
    await small.type("e-mail")
    await small.press("enter")
    assert copied[1] == small.there(cid).contacts[0].email


async def test_browser(small: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "told"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {told}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    await small.press("b")
    while small.app.ui.background._tasks:
        await small.pilot.pause()
    assert told.read_text().strip() == small.app.ui.link(small.current)


async def test_pipe_gives_the_thread_to_a_command_and_shows_what_it_says(small: Stage) -> None:
    await small.read()
    await small.press("exclamation_mark")
    await small.type("wc -c | tr -d ' '")
    await small.press("enter")
    while not small.dialog.startswith("! wc"):
        await small.pilot.pause()
    assert str(len(small.app.ui.thread.view.text().encode())) in small.text()


async def test_a_piped_command_cannot_drive_the_terminal(small: Stage) -> None:
    await small.read()
    await small.press("exclamation_mark")
    await small.type(r"printf '\033]52;c;aGk=\007[/]boo'")
    await small.press("enter")
    while not small.dialog.startswith("! printf"):
        await small.pilot.pause()
    assert "[/]boo" in small.text()
    assert "\x1b" not in small.text()
    assert "\x07" not in small.text()


async def test_help_lists_every_bound_command(stage: Stage) -> None:
    await stage.press("question_mark")
    assert stage.dialog == "Keys and commands"
    dialog = stage.app.layout.overlay.top
    assert dialog is not None
    told = "\n".join("".join(piece.text for piece in row) for row in dialog.rows(130, 2000))
    for command in stage.app.ui.registry.commands:
        assert command.help[:20] in told or (command.id.startswith("view.") and command.id[-1].isdigit())
    assert "Show view 1 to 9." in told
    await stage.type("all commands")
    assert "Search all commands." in stage.text()
    assert "Reopen" not in stage.text()
    await stage.press("escape")
    assert "Close the conversation" in stage.text()
    await stage.press("question_mark")
    assert stage.dialog == ""


async def test_help_begins_with_what_the_pane_is_for(stage: Stage) -> None:
    sections = ["Triage", "Read", "Reply", "People", "Find", "App"]
    for keys, first in (((), "Triage"), (("enter",), "Read")):
        if keys:
            await stage.press(*keys)
        await stage.press("question_mark")
        dialog = stage.app.layout.overlay.top
        assert dialog is not None
        for width, columns in ((76, 1), (95, 1), (96, 2), (114, 2)):
            rows = dialog.rows(width, 2000)
            assert max(sum(len(piece.text) for piece in row) for row in rows) <= width
            heads = [[piece.text for piece in row if piece.style == "title"] for row in rows]
            assert heads[1][0] == first
            assert len(heads[1]) == columns
            assert sorted(name for row in heads for name in row) == sorted(sections)
        await stage.press("escape")


async def test_palette_runs_a_command(small: Stage) -> None:
    cid = small.current
    await small.press("colon")
    await small.type("close")
    await small.press("enter")
    await small.sent()
    assert small.there(cid).state == "closed"


async def test_palette_from_the_composer_offers_what_has_no_key(small: Stage) -> None:
    await small.press("r")
    await small.type("keep me not")
    await small.press("ctrl+right_square_bracket")
    await small.type("discard the draft")
    await small.press("enter")
    assert small.app.ui.state.composing == ""
    assert small.inbox.drafts.kinds(small.current) == []


async def test_refresh_asks_intercom(small: Stage) -> None:
    small.requests.clear()
    await small.press("R")
    await small.wait(lambda: any(path == "/conversations/search" for _, path in small.requests))


async def test_links_and_files(small: Stage) -> None:
    await small.press("slash")
    await small.type("is:closed")
    await small.press("enter", "enter", "f")
    assert small.dialog == "Open in the browser"


def add_words(path: Path, words: str) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    before, scissors, quote = path.read_text().partition("\n\n# ---")
    path.write_text(before + words + scissors + quote)


async def test_editor(small: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def edit(argv: list[str]) -> int:
        assert argv[:2] == ["ed", "-s"]
        files.append(argv[2])
        add_words(Path(argv[2]), " and more\x1b[31m\n")
        return 0

    files: list[str] = []

    monkeypatch.setenv("VISUAL", "ed -s")
    monkeypatch.setattr(small.app, "suspend_for", edit)
    await small.press("r")
    await small.type("one")
    await small.press("ctrl+g")
    assert small.app.ui.composer.text == "one and more[31m"
    assert small.inbox.drafts.get(small.app.ui.thread.view.conversation_id, "reply") == "one and more[31m"
    assert not os.path.exists(files[0])  # noqa: ASYNC240 - a look at the end of a test


async def test_an_editor_that_fails_changes_nothing(
    small: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def edit(argv: list[str]) -> int:
        add_words(Path(argv[-1]), "half")
        return 1

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(small.app, "suspend_for", edit)
    await small.press("r")
    await small.type("one")
    await small.press("ctrl+g")
    assert small.app.ui.composer.text == "one"
    assert "ended with code 1" in small.notice


async def test_contact_pane_toggles(stage: Stage) -> None:
    was = stage.app.layout.is_shown("contact")
    await stage.press("p")
    assert stage.app.layout.is_shown("contact") is not was
    await stage.press("p")
    assert stage.app.layout.is_shown("contact") is was


async def test_narrow_screens_show_one_pane(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (60, 20)) as stage:
        panes = stage.app.layout
        assert [panes.is_shown(pane) for pane in ("list", "thread", "contact")] == [True, False, False]
        await stage.press("enter")
        assert [panes.is_shown(pane) for pane in ("list", "thread", "contact")] == [False, True, False]
        await stage.press("r")
        assert "REPLY" in stage.text()
        await stage.press("escape", "l")
        assert [panes.is_shown(pane) for pane in ("list", "thread", "contact")] == [False, False, True]
        await stage.press("escape", "escape")
        assert panes.is_shown("list")


async def test_a_screen_too_small_says_so_and_takes_no_keys(tmp_path: Path) -> None:
    async with stage_at(tmp_path, (80, 24)) as stage:
        await stage.pilot.resize_terminal(39, 24)
        await stage.pilot.pause()
        assert "Window too small: needs 40" in stage.text()
        cid = stage.current
        await stage.press("c")
        assert stage.inbox.threads.conversation(cid).state == "open"  # type: ignore[union-attr]
        await stage.pilot.resize_terminal(80, 24)
        await stage.pilot.pause()
        assert stage.dialog == ""
        assert "longest waiting" in stage.text()


async def test_an_odd_id_stays_one_step_of_the_link(small: Stage) -> None:
    told = small.app.ui.link('13/..<a href="https://evil.example">')
    assert told.endswith("/conversation/13%2F..%3Ca%20href%3D%22https%3A%2F%2Fevil.example%22%3E")
