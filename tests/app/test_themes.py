"""Which theme is on the screen: the settings', the one chosen on it, or dark or light as the terminal is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.conftest import Stage, stage_at
from tui.app.run import build
from tui.app.terminal.background import BackgroundReport
from tui.config.errors import ConfigError
from tui.config.settings import loads


async def choose(stage: Stage, typed: str) -> None:
    """Open the list of themes through the palette, and narrow it."""
    await stage.press(":")
    await stage.type("theme")
    await stage.press("enter")
    if typed:
        await stage.type(typed)


def started(stage: Stage, settings: str = "", *, slow: bool = False, **environ: str) -> tuple[str, bool]:
    """The theme of the next start, and whether the terminal is asked for its background."""
    app = build(stage.inbox, loads(settings), low_bandwidth=slow, environ=environ)
    return app.theme, app.terminal_options.background


@pytest.fixture
async def named(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage_at(tmp_path, (80, 24), settings='[ui]\ntheme = "dusk"\n') as made:
        yield made


@pytest.mark.parametrize("is_light", [True, False])
async def test_the_first_answer_of_the_terminal_decides(small: Stage, is_light: bool) -> None:
    assert small.app.theme == "ink"
    small.app.post_message(BackgroundReport(is_light=is_light))
    await small.pilot.pause()
    assert small.app.theme == ("paper" if is_light else "ink")
    small.app.post_message(BackgroundReport(is_light=not is_light))
    await small.pilot.pause()
    assert small.app.theme == ("paper" if is_light else "ink")


async def test_a_theme_in_the_settings_is_not_asked_about(named: Stage) -> None:
    named.app.post_message(BackgroundReport(is_light=True))
    await named.pilot.pause()
    assert named.app.theme == "dusk"
    assert not named.app.terminal_options.background


async def test_themes_are_shown_while_one_is_looked_for(small: Stage) -> None:
    await choose(small, "fros")
    assert small.app.theme == "frost"
    await small.press("escape")
    assert small.app.theme == "ink"
    assert small.inbox.preference("theme") == ""
    await choose(small, "")
    assert small.app.theme == "ink"  # "auto" stands on top
    await small.press("down", "down")
    assert small.app.theme == "dusk"
    await small.press("enter")
    assert (small.app.theme, small.notice) == ("dusk", "✓ Theme: dusk.")


async def test_a_choice_is_kept_and_auto_gives_it_up(small: Stage) -> None:
    assert started(small) == ("ink", True)
    await choose(small, "frost")
    await small.press("enter")
    assert started(small) == ("frost", False)
    assert started(small, '[ui]\ntheme = "contrast"\n') == ("contrast", False)
    assert started(small, NO_COLOR="1") == ("mono", False)
    await choose(small, "auto")
    await small.press("enter")
    assert started(small) == ("ink", True)


async def test_beside_the_settings_a_choice_lasts_until_the_end(named: Stage) -> None:
    await choose(named, "paper")
    await named.press("enter")
    assert named.app.theme == "paper"
    assert "until you quit" in named.notice
    assert started(named, '[ui]\ntheme = "dusk"\n') == ("dusk", False)


async def test_what_is_taken_until_the_terminal_answers(small: Stage) -> None:
    assert started(small, COLORFGBG="0;15") == ("paper", True)
    assert started(small, slow=True) == ("terminal", True)
    assert started(small, slow=True, COLORFGBG="0;15") == ("terminal-light", True)
    assert started(small, '[ui]\ntheme = "default"\n') == ("ink", True)  # of an earlier version's settings
    with pytest.raises(ConfigError, match="did you mean"):
        started(small, '[ui]\ntheme = "papper"\n')
