"""Flags over the environment over the settings file, in one value."""

import os
from pathlib import Path

import pytest

from tui.config.errors import ConfigError
from tui.config.paths import HOME_VARIABLE, Paths
from tui.config.resolve import BASE_URL_VARIABLE, Flags, resolve, throwaway
from tui.config.settings import Settings
from tui.config.token import TokenFileMissing, TokenMissing, known_secrets

SETTINGS = """
default_profile = "work"
[ui]
low_bandwidth = "off"
[profile.work]
region = "eu"
timezone = "Europe/Berlin"
[profile.proxied]
base_url = "http://127.0.0.1:7000"
"""


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    for name in ("INTERCOM_TOKEN", BASE_URL_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    file = Paths.of().settings_file
    file.parent.mkdir(parents=True)
    file.write_text(SETTINGS)
    return dict(os.environ)


@pytest.mark.parametrize(
    ("flags", "variable", "address"),
    [
        (Flags(), "", "https://api.eu.intercom.io"),
        (Flags(profile="proxied"), "", "http://127.0.0.1:7000"),
        (Flags(profile="proxied"), "http://127.0.0.1:7001", "http://127.0.0.1:7001"),
        (Flags(profile="proxied", region="au"), "http://127.0.0.1:7001", "https://api.au.intercom.io"),
        (Flags(region="au", base_url="http://127.0.0.1:7002"), "http://127.0.0.1:7001", "http://127.0.0.1:7002"),
    ],
)
def test_the_address_is_the_flags_then_the_environments_then_the_files(
    environ: dict[str, str], flags: Flags, variable: str, address: str
) -> None:
    assert resolve(flags, {**environ, BASE_URL_VARIABLE: variable}).base_url == address


def test_the_settings_have_the_flags_over_them(environ: dict[str, str]) -> None:
    profile = resolve(Flags(low_bandwidth="on"), environ)
    assert (profile.name, profile.paths.profile, profile.settings.ui.low_bandwidth) == ("work", "work", "on")
    assert (str(profile.now().tzinfo), profile.complaint) == ("Europe/Berlin", "")
    other = resolve(Flags(profile="proxied"), environ).settings
    assert other.default_profile == "proxied"
    assert other.profile() == other.profile("proxied")


def test_nobodys_profile_or_file_is_an_error_before_anything_is_opened(environ: dict[str, str], tmp_path: Path) -> None:
    for flags in (Flags(profile="unknown"), Flags(config=str(tmp_path / "none.toml")), Flags(base_url="http://x.test")):
        with pytest.raises(ConfigError):
            resolve(flags, environ)
    assert not Paths.of("work").data.exists()


def test_a_token_is_found_when_asked_for_and_known_from_then_on(environ: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(TokenMissing, match="INTERCOM_TOKEN"):
        resolve(Flags(), environ).token()
    file = tmp_path / "token"
    named = resolve(Flags(token_file=str(file)), environ)
    with pytest.raises(TokenFileMissing, match="token file does not exist"):
        named.token()
    file.write_text("from-the-named-file\n")
    file.chmod(0o600)
    assert named.token().reveal() == "from-the-named-file"
    assert "from-the-named-file" in known_secrets()
    file.write_text("another-one\n")
    assert named.token_again().reveal() == "another-one"


def test_a_throwaway_profile_takes_only_how_the_screen_looks_from_the_flags(tmp_path: Path) -> None:
    paths = Paths.of("demo", {HOME_VARIABLE: str(tmp_path)})
    flags = Flags(profile="work", region="eu", low_bandwidth="on")
    profile = throwaway(flags, Settings(), paths, "http://127.0.0.1")
    assert (profile.name, profile.base_url, profile.throwaway) == ("demo", "http://127.0.0.1", True)
    assert profile.settings.ui.low_bandwidth == "on"
