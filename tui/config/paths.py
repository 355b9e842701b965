"""Where files live: by the habits of each system (platformdirs), or all beneath INTERCOM_TUI_HOME."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

import msgspec

from tui.config.errors import ConfigError
from tui.config.owner import private_dir, secure_dir
from tui.model.labels import settings_errors

__all__ = ["APP", "DEFAULT_PROFILE", "HOME_VARIABLE", "Paths", "check_profile_name", "downloads_dir", "private_dir"]

APP: Final = "intercom-tui"
HOME_VARIABLE: Final = "INTERCOM_TUI_HOME"
DEFAULT_PROFILE: Final = "default"

_PROFILE = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Paths(msgspec.Struct, frozen=True):
    """The directories of one profile. Nothing is created until `private_dir` is asked to.

    `config` is shared by all profiles; `state`, `cache`, `log` and `data` are the profile's own.
    """

    profile: str
    config: Path
    state: Path
    cache: Path
    log: Path
    data: Path

    @classmethod
    def of(cls, profile: str = DEFAULT_PROFILE, environ: Mapping[str, str] = os.environ) -> Self:
        """The directories for `profile`. Raises `ConfigError` when the name cannot be a directory's."""
        check_profile_name(profile)
        home = environ.get(HOME_VARIABLE)
        if home:
            base = Path(home).expanduser().absolute()
            return cls(
                profile,
                base / "config",
                base / "state" / profile,
                base / "cache" / profile,
                base / "log" / profile,
                base / "data" / profile,
            )
        from platformdirs import PlatformDirs

        dirs = PlatformDirs(APP, appauthor=False)
        return cls(
            profile,
            dirs.user_config_path,
            dirs.user_state_path / profile,
            dirs.user_cache_path / profile,
            dirs.user_log_path / profile,
            dirs.user_data_path / profile,
        )

    def secure(self) -> None:
        """Close the folders that are there to everybody else (0700). Raises `Untrusted` for another user's."""
        home = os.environ.get(HOME_VARIABLE)
        beneath = Path(home).expanduser().absolute() if home else Path(os.path.abspath(os.sep))
        for folder in (self.config, self.state, self.cache, self.log, self.data):
            for one in _ours(folder, beneath):
                secure_dir(one)

    @property
    def settings_file(self) -> Path:
        """The settings of all profiles, TOML."""
        return self.config / "config.toml"

    @property
    def token_file(self) -> Path:
        """The profile's access token, mode 0600, when it is kept in a file."""
        return self.config / f"{self.profile}.token"

    @property
    def store_file(self) -> Path:
        """The SQLite store: cached conversations, drafts and the outbox."""
        return self.data / "store.sqlite3"

    @property
    def log_file(self) -> Path:
        """The profile's log."""
        return self.log / f"{APP}.log"


def _ours(folder: Path, beneath: Path) -> list[Path]:
    """`folder` and the folders above it that are the program's own, the highest first."""
    found = [folder]
    while found[-1] != beneath and found[-1].name != APP and found[-1].parent != beneath:
        if found[-1].parent == found[-1]:  # a place that follows no habit
            return [folder]
        found.append(found[-1].parent)
    return found[::-1]


def check_profile_name(name: str) -> str:
    """`name`, when it may name a profile: letters, digits, dot, underscore and hyphen. Raises `ConfigError`."""
    if _PROFILE.fullmatch(name) is None or name.strip(".") == "":
        raise ConfigError(settings_errors.NOT_A_PROFILE_NAME.format(name=name))
    return name


def downloads_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Where saved attachments go: the person's own downloads folder, or beneath INTERCOM_TUI_HOME where that is set."""
    home = environ.get(HOME_VARIABLE)
    if home:
        return Path(home) / "downloads"
    import platformdirs

    return platformdirs.user_downloads_path()
