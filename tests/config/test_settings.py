"""The settings file: defaults, every kind of mistake, and errors that say where."""

from pathlib import Path

import msgspec
import pytest

from tui.config.errors import ConfigError
from tui.config.settings import Outbox, ProfileSettings, Settings, Sync, Ui, documented, load, loads

FULL = """
default_profile = "work"

[ui]
theme = "dark"
glyphs = "ascii"
mouse = true
low_bandwidth = "on"
advance = "stay"
confirm_quit = true
preview = true
age_refresh = 30

[outbox]
undo_seconds = 0
settle_seconds = 20
stale_guard = false

[sync]
fast_seconds = 5
idle_seconds = 120
page = 50
keep_days = 90
history_days = 7

[profile.work]
region = "eu"
token_command = "pass show intercom/work"
admin_id = 814860
timezone = "Europe/Berlin"

[profile.sandbox]
base_url = "http://127.0.0.1:8080"
token_env = "SANDBOX_TOKEN"

[views]
"VIP waiting" = "tag:vip is:open sort:waiting"

[keys]
"conversation.reply" = "R"
"list.top" = ["g g", "home"]
"app.quit" = []

[macros]
hello = "Hi {name},\\n\\n"
"""


def test_a_missing_file_is_the_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path / "config.toml")
    assert msgspec.structs.replace(settings, source="config.toml") == Settings()
    assert (settings.ui, settings.outbox, settings.sync) == (Ui(), Outbox(), Sync())
    assert settings.profile() == ProfileSettings()
    assert (settings.outbox.undo_seconds, settings.sync.page) == (5, 150)


def test_a_full_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FULL, encoding="utf-8-sig")  # some editors write a byte order mark
    settings = load(path)
    assert settings.ui == Ui(
        theme="dark",
        glyphs="ascii",
        mouse=True,
        low_bandwidth="on",
        advance="stay",
        confirm_quit=True,
        preview=True,
        age_refresh=30,
    )
    assert settings.outbox == Outbox(undo_seconds=0, settle_seconds=20, stale_guard=False)
    assert settings.sync == Sync(fast_seconds=5, idle_seconds=120, page=50, keep_days=90, history_days=7)
    assert settings.profile().region == "eu"
    assert settings.profile("work").admin == "814860"
    assert settings.profile("sandbox").base_url == "http://127.0.0.1:8080"
    assert settings.views == {"VIP waiting": "tag:vip is:open sort:waiting"}
    assert settings.keys == {"conversation.reply": ("R",), "list.top": ("g g", "home"), "app.quit": ()}
    assert settings.macros == {"hello": "Hi {name},\n\n"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[ui]\nthem = "x"', "[ui] has no key them (did you mean theme?)"),
        ("[ui]\nmouse = 1", "[ui] mouse must be true or false"),
        ("[ui]\ntheme = 1", "[ui] theme must be text"),
        ('[ui]\nglyphs = "asci"', "[ui] glyphs must be one of auto, unicode, ascii (did you mean ascii?)"),
        ("[ui]\nglyphs = 3", "[ui] glyphs must be one of auto, unicode, ascii"),
        ('[outbox]\nundo_seconds = "5"', "[outbox] undo_seconds must be a whole number"),
        ("[outbox]\nundo_seconds = -1", "[outbox] undo_seconds must be a whole number >= 0"),
        ("[sync]\npage = 500", "[sync] page must be a whole number <= 150"),
        ("[sync]\nkeep_days = true", "[sync] keep_days must be a whole number"),
        ("[uii]", "unknown table [uii] (did you mean ui?)"),
        ("colour = 1", "unknown key colour"),
        ("ui = 3", "ui must be a table"),
        ("[profile]\nwork = 3", "[profile] work must be a table"),
        ('[profile."../x"]', "cannot name a profile"),
        ('[profile.a]\nregion = "uk"', "[profile.a] region must be one of us, eu, au"),
        ('[profile.a]\nbase_url = "http://x.io"', "[profile.a] base_url http://x.io must be https"),
        ('[profile.a]\ntimezone = "Mars/Base"', "[profile.a] timezone 'Mars/Base' is not known"),
        ('[profile.a]\ntimezone = "/etc/passwd"', "[profile.a] timezone '/etc/passwd' is not known"),
        ('[profile.a]\ntoken = "dG9rOg=="', "[profile.a] has no key token (did you mean token_env?)"),
        ('default_profile = "a b"', "cannot name a profile"),
        ("[views]\nmine = 1", "[views] mine must be text"),
        ('[macros]\nx = " "', "[macros] x must be text"),
        ('[keys]\nreply = "ctrl+enter"', "[keys] reply: ctrl+enter is not delivered"),
        ("[keys]\nreply = [1]", "[keys] reply must be a key or a list of keys"),
        ("[ui", "is not valid TOML"),
        ("[ui]\n[ui]", "is not valid TOML"),
    ],
)
def test_mistakes_name_file_table_and_key(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value) or "default_profile" in text


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"cannot be read: Is a directory"):
        load(tmp_path)
    path = tmp_path / "config.toml"
    path.write_bytes(b"[ui]\ntheme = '\xff'")
    with pytest.raises(ConfigError, match=r"is not UTF-8 \(byte 14\)"):
        load(path)


def test_control_characters_in_names_are_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        loads('[ui]\n"\\u001b[31m" = 1')
    assert "\x1b" not in str(caught.value)


def test_an_unknown_profile_is_an_error_that_suggests() -> None:
    settings = loads("[profile.work]\n")
    with pytest.raises(ConfigError, match=r"there is no \[profile.wrk\] \(did you mean work\?\)"):
        settings.profile("wrk")


def test_every_setting_is_documented() -> None:
    settings = list(documented())
    assert {setting.table for setting in settings} == {"ui", "outbox", "sync", "log", "profile.NAME"}
    assert all(setting.says.endswith(".") for setting in settings)
    assert next(setting for setting in settings if setting.key == "advance").choices == ("next", "stay")
