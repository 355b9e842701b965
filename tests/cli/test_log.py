"""What the settings and `--debug` do to the log of a command."""

from pathlib import Path

import pytest

from tests.cli.support import TOKEN, Program
from tui.config.log import FILE


def log_of(home: Path) -> str:
    file = home / "log" / "default" / FILE
    return file.read_text("utf-8") if file.exists() else ""


@pytest.mark.parametrize(("level", "told"), [("", False), ("warning", False), ("info", True), ("off", False)])
def test_the_level_of_the_settings(program: Program, home: Path, level: str, told: bool) -> None:
    if level:
        (home / "config").mkdir(parents=True)
        (home / "config" / "config.toml").write_text(f'[log]\nlevel = "{level}"\n', encoding="utf-8")
    program.ok("conversation", "list", "--query", '"secret words"')
    assert ("POST /conversations/search: 200, " in log_of(home)) == told
    assert TOKEN not in log_of(home)
    assert "secret" not in log_of(home)


def test_debug_outweighs_the_settings(program: Program, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text('[log]\nlevel = "off"\n', encoding="utf-8")
    program.ok("--debug", "admin", "list")
    assert "GET /admins: 200, " in log_of(home)


def test_what_fails_is_told_without_being_asked(program: Program, home: Path) -> None:
    program.fails(4, "conversation", "view", "999999999999999")
    assert "WARNING" in log_of(home)
    assert "GET /conversations/999999999999999: NotFoundError, status 404, " in log_of(home)
