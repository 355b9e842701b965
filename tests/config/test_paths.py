"""Where files live."""

import stat
from pathlib import Path

import pytest

from tui.config.errors import ConfigError
from tui.config.paths import Paths, private_dir


def test_all_beneath_one_directory(tmp_path: Path) -> None:
    paths = Paths.of("work", {"INTERCOM_TUI_HOME": str(tmp_path / "home")})
    for path in (paths.config, paths.state, paths.cache, paths.log, paths.data, paths.store_file, paths.token_file):
        assert path.is_relative_to(tmp_path / "home")
    assert not (tmp_path / "home").exists()
    other = Paths.of("other", {"INTERCOM_TUI_HOME": str(tmp_path / "home")})
    assert other.config == paths.config
    assert {other.state, other.cache, other.log, other.data}.isdisjoint(
        {paths.state, paths.cache, paths.log, paths.data}
    )
    assert other.token_file != paths.token_file


def test_the_habits_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    paths = Paths.of("work", {})
    assert paths.settings_file.parent.name == "intercom-tui"
    assert paths.data.parts[-2:] == ("intercom-tui", "work")
    assert paths.settings_file.is_relative_to(tmp_path)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a b", "x\n", "é", "a" * 65, "\x1b[31m"])
def test_names_that_cannot_be_directories(name: str) -> None:
    with pytest.raises(ConfigError, match="cannot name a profile") as caught:
        Paths.of(name, {})
    assert "\x1b" not in str(caught.value)


def test_directories_are_private_with_their_parents(tmp_path: Path) -> None:
    deep = private_dir(tmp_path / "a" / "b" / "c")
    for path in (deep, deep.parent, deep.parent.parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert private_dir(deep) == deep
