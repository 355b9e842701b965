"""A notice says what just happened where the keys are, and goes with the pane or the dialog that it was said at."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.app.conftest import Stage


async def test_a_notice_stays_while_the_keys_stay(small: Stage) -> None:
    small.app.ui.notices.notify("Something happened.", seconds=600)
    await small.press("j", "k")
    assert "Something happened." in small.notice


@pytest.mark.parametrize("keys", [["enter"], ["tab"], ["r"], ["ctrl+k"], ["question_mark"], ["a"]])
async def test_a_notice_goes_when_the_pane_or_the_dialog_changes(stage: Stage, keys: list[str]) -> None:
    stage.app.ui.notices.notify("Something happened.", seconds=600)
    before = (stage.pane, stage.dialog)
    await stage.press(*keys)
    assert (stage.pane, stage.dialog) != before
    assert "Something happened." not in stage.text()


async def test_a_notice_said_at_a_dialog_goes_with_it(small: Stage) -> None:
    await small.press("question_mark")
    small.app.ui.notices.notify("Something happened.", seconds=600)
    await small.press("down")
    assert "Something happened." in small.notice
    await small.press("escape")
    assert not small.dialog
    assert "Something happened." not in small.notice


async def test_what_a_key_says_on_its_way_is_said_where_the_way_ends(small: Stage) -> None:
    await small.read()
    await small.press("r")
    await small.type("Thanks")
    small.app.ui.notices.notify("Something happened.", seconds=600)
    await small.press("escape")
    assert small.pane == "thread"
    assert "Draft saved." in small.notice
    await small.press("t")
    assert small.dialog
    assert "Draft saved." not in small.text()


async def test_a_notice_goes_with_a_click_into_another_pane(small: Stage) -> None:
    small.app.ui.notices.notify("Something happened.", seconds=600)
    await small.pilot.click("#list", offset=(5, 3))
    assert small.pane == "thread"
    assert "Something happened." not in small.notice


async def test_a_notice_goes_when_a_dialog_opens_by_itself(small: Stage, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "out")
    await small.read()
    await small.press("exclamation_mark")
    await small.type(f"cat {tmp_path / 'out'}")
    await small.press("enter")
    assert "Running cat" in small.notice
    await asyncio.to_thread((tmp_path / "out").write_text, "printed")
    async with asyncio.timeout(30):
        while not small.dialog:
            await small.pilot.pause(0.02)
    assert "printed" in small.text()
    assert "Running cat" not in small.text()


async def test_a_notice_that_nobody_sees_leave_is_over_in_time(small: Stage) -> None:
    small.app.ui.notices.notify("Something happened.", seconds=0.01)
    async with asyncio.timeout(30):
        while "Something happened." in small.notice:
            await small.pilot.pause(0.01)
