"""No key acts on what is not on the screen: every acting command, in every pane, in every layout."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.app.conftest import Stage, stage_at
from tui.app.commands import all_commands
from tui.app.keys.command import Where
from tui.app.keys.registry import Registry
from tui.config.keymap import parse_key
from tui.text.sanitize import clean_line

LAYOUTS = {"wide": (140, 40), "medium": (100, 30), "narrow": (60, 20)}
PANES: tuple[Where, ...] = ("list", "thread", "contact")
ACTING = [
    command
    for command in all_commands()
    if command.acts not in ("", "reads", "past") and "composer" not in command.where
]
KEYS = {
    command.id: f"f{number}"
    for number, command in enumerate([one for one in ACTING if not Registry(all_commands()).key(one.id)], 1)
}
"""Keys for those that have none by default, so that all can be pressed."""


@asynccontextmanager
async def scattered(path: Path, layout: str) -> AsyncIterator[Stage]:
    """The app without a network, so that whatever a key does stays in the outbox to be looked at."""
    settings = "[keys]\n" + "\n".join(f'"{command}" = "{key}"' for command, key in KEYS.items())
    async with stage_at(path, LAYOUTS[layout], settings=settings, undo_seconds=3600.0) as stage:
        stage.online = False
        yield stage


def people(stage: Stage, ids: Iterable[str]) -> set[str]:
    rows = [stage.inbox.threads.conversation(conversation_id) for conversation_id in ids]
    return {row.contact_id for row in rows if row is not None}


def is_told(stage: Stage, screen: str, conversation_id: str) -> bool:
    """Whether the screen names the conversation: its person, or its title or first words as the contact pane does."""
    row = stage.inbox.threads.conversation(conversation_id)
    assert row is not None
    told = [row.contact_name or row.contact_email, clean_line(row.title or row.preview)]
    return any(words and words[:12] in screen for words in told)


async def disagree(stage: Stage, pane: Where) -> None:
    """Bring `pane` under the keys with the others on something else as far as the program allows."""
    await stage.press("g", "g", "enter")
    await stage.press("J")  # thread and list on the second
    elsewhere = next(
        row for row in stage.app.ui.list.view._model.rows(4, 30)  # type: ignore[union-attr]
        if row.contact_id not in people(stage, [stage.app.ui.thread.view.conversation_id])
    )  # fmt: skip
    if pane == "contact":
        stage.app.ui.contact.open(elsewhere.contact_id)
    elif pane == "thread":
        stage.app.ui.thread.open(elsewhere.id)
        stage.app.ui.list.view.go(0)  # the cursor of the list stays behind
        stage.app.layout.focus("thread")
    else:
        await stage.press("h", "j")
    await stage.pilot.pause()
    assert stage.pane == pane


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("pane", PANES)
async def test_every_acting_command_means_what_the_screen_shows(tmp_path: Path, pane: Where, layout: str) -> None:
    async with scattered(tmp_path, layout) as stage:
        registry = stage.app.ui.registry
        for command in ACTING:
            if pane not in command.where or command.id == "repeat.last":
                continue
            await disagree(stage, pane)
            known = {row.id for row in stage.inbox.outbox.pending()}
            before = stage.text()
            key = parse_key(registry.key(command.id).replace("PgUp", "pgup").replace("PgDn", "pgdn"))
            if command.id == "compose.editor":
                assert is_told(stage, before, stage.app.ui.target.current)
                continue
            await stage.press(*key.split(" "))
            meant = [row.conversation_id for row in stage.inbox.outbox.pending() if row.id not in known]
            if stage.app.ui.state.composing:
                meant.append(stage.app.ui.state.writing_to)
            if stage.dialog:
                await stage.press("escape")
            elif "nothing selected" in stage.notice:
                assert pane == "contact", command.id  # their conversations are out of sight: there is nothing to mean
                assert not meant
            else:
                assert meant or "Already" in stage.notice, (command.id, stage.notice)
            for conversation_id in meant:
                assert is_told(stage, before, conversation_id), (command.id, pane, layout, before)
            if stage.app.ui.state.composing:
                await stage.press("escape")


@pytest.mark.parametrize("layout", LAYOUTS)
async def test_a_dialog_acts_on_what_its_title_names(tmp_path: Path, layout: str) -> None:
    async with stage_at(tmp_path, LAYOUTS[layout], undo_seconds=3600.0) as stage:
        for command, key in (("assign", "a"), ("snooze", "z"), ("tag", "t")):
            await disagree(stage, "contact")
            if layout == "narrow":
                while not stage.app.ui.target.current:
                    await stage.press("j")  # down to their conversations
            row = stage.inbox.threads.conversation(stage.app.ui.target.current)
            assert row is not None
            await stage.press(key)
            assert row.contact_name in stage.dialog, command
            await stage.press("escape")


async def test_found_contact_with_no_conversation_here_leaves_nothing_to_act_on(tmp_path: Path) -> None:
    async with stage_at(tmp_path, LAYOUTS["wide"]) as stage:
        stranger = stage.workspace.contacts.create({"role": "user", "email": "alone@example.com", "name": "Alone Ito"})
        stranger.searchable_at = 0.0
        await stage.press("at")
        await stage.type("alone@example.com")
        while "Alone Ito" not in stage.text():  # the finder's answer is no change of the inbox
            await stage.pilot.pause(0.02)
        await stage.press("enter")
        assert stage.app.ui.contact.view.contact_id == stranger.id
        assert stage.app.ui.thread.view.conversation_id == ""
        for key in ("r", "n", "c", "z", "i"):
            await stage.press(key)
            assert not stage.inbox.outbox.pending()
            assert stage.app.ui.state.composing == ""
            assert "nothing selected" in stage.notice
        await stage.press("escape")
        assert stage.pane == "list"
