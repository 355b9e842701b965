"""Which workspace a program works with, and as whom: flags over the environment over the settings file."""

import os
import time
from collections.abc import Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import msgspec

from tui.config.access import Access
from tui.config.children import hide
from tui.config.endpoint import base_url
from tui.config.errors import ConfigError
from tui.config.paths import DEFAULT_PROFILE, Paths
from tui.config.settings import ProfileSettings, Settings, load
from tui.config.timezone import find_zone
from tui.config.token import Token, TokenFileMissing, TokenMissing, find_token, token_place
from tui.model.labels import settings_errors

BASE_URL_VARIABLE: Final = "INTERCOM_BASE_URL"


class Flags(msgspec.Struct, frozen=True):
    """What was said when the program was started; ``""`` where nothing was. ``config`` and ``token_file`` are paths."""

    profile: str = ""
    config: str = ""
    token_file: str = ""
    region: str = ""
    base_url: str = ""
    low_bandwidth: str = ""
    debug: bool = False


class Profile(msgspec.Struct, frozen=True):
    """One workspace and one person, with all that a program needs to work with them; nothing is opened yet.

    ``settings`` have the flags over them, and their default profile is this one; ``chosen`` is their table of it.
    ``base_url`` is checked; ``zone`` is what times are read and shown in, ``complaint`` a sentence where the zone that
    was asked for is not known. Of a ``throwaway`` profile nothing outlives the program.
    """

    name: str
    settings: Settings
    chosen: ProfileSettings
    paths: Paths
    base_url: str
    zone: tzinfo
    complaint: str = ""
    token_file: Path | None = None
    throwaway: bool = False

    def now(self) -> datetime:
        """The time of day where the profile's person works."""
        return datetime.fromtimestamp(time.time(), self.zone)

    @property
    def access(self) -> Access:
        """How Intercom is reached."""
        region = "" if self.chosen.base_url or self.throwaway else self.chosen.region
        return Access(self._token_place(), region, urlsplit(self.base_url).netloc, self.name)

    def _token_place(self) -> str:
        if self.token_file is not None:
            return str(self.token_file)
        return "" if self.throwaway else token_place(self.chosen, token_file=self.paths.token_file)

    def token(self) -> Token:
        """The access token; what prints it may ask somebody at the terminal.

        Raises :class:`tui.config.token.TokenMissing`, :class:`TokenFileMissing` and, for what cannot be used,
        :class:`tui.config.token.TokenError`.
        """
        try:
            return self._find_token(at_terminal=True)
        except TokenMissing:
            if self.token_file is None:
                raise
            raise TokenFileMissing(settings_errors.NO_ACCESS_FILE.format(path=self.token_file)) from None

    def token_again(self) -> Token:
        """The token as it lies where it is kept now, while a screen has the terminal; raises as :meth:`token`."""
        return self._find_token(at_terminal=False)

    def _find_token(self, *, at_terminal: bool) -> Token:
        if self.token_file is not None:
            return find_token(ProfileSettings(), {}, self.token_file)
        return find_token(self.chosen, token_file=self.paths.token_file, at_terminal=at_terminal)


def resolve(flags: Flags, environ: Mapping[str, str] = os.environ) -> Profile:
    """The profile that the flags, the environment and the settings file say. The folders that are there are secured.

    Raises :class:`ConfigError`, always before anything is opened or sent.
    """
    paths = Paths.of(flags.profile or DEFAULT_PROFILE, environ)
    file = _named_settings(flags.config) if flags.config else paths.settings_file
    paths.secure()
    settings = load(file)
    for one in settings.profiles.values():
        hide(one.token_env)
    name = flags.profile or settings.default_profile
    chosen = settings.profile(name)
    if flags.region:
        # a region that was said outweighs an address in the environment or the profile
        chosen = msgspec.structs.replace(chosen, region=flags.region, base_url="")
    elif not flags.base_url and environ.get(BASE_URL_VARIABLE):
        chosen = msgspec.structs.replace(chosen, base_url=environ[BASE_URL_VARIABLE])
    if flags.base_url:
        chosen = msgspec.structs.replace(chosen, base_url=flags.base_url)
    if name != paths.profile:
        paths = Paths.of(name, environ)
        paths.secure()
    address = base_url(chosen.region, chosen.base_url)
    token_file = path_of(flags.token_file) if flags.token_file else None
    return _profile(name, settings, chosen, flags, paths, address, token_file=token_file)


def throwaway(flags: Flags, settings: Settings, paths: Paths, address: str) -> Profile:
    """A profile beneath ``paths`` of which nothing outlives the program; only how the screen looks is taken from
    ``flags``."""
    return _profile(paths.profile, settings, ProfileSettings(), flags, paths, address, is_throwaway=True)


def _profile(
    name: str, settings: Settings, chosen: ProfileSettings, flags: Flags, paths: Paths, address: str, *,
    token_file: Path | None = None, is_throwaway: bool = False,
) -> Profile:  # fmt: skip
    ui = settings.ui
    if flags.low_bandwidth:
        ui = msgspec.structs.replace(ui, low_bandwidth=flags.low_bandwidth)
    profiles = {**settings.profiles, name: chosen}
    log = msgspec.structs.replace(settings.log, level="debug") if flags.debug else settings.log
    settings = msgspec.structs.replace(settings, ui=ui, log=log, default_profile=name, profiles=profiles)
    found = find_zone(chosen.timezone)
    return Profile(
        name, settings, chosen, paths, address, found.zone, found.complaint, token_file, is_throwaway
    )  # fmt: skip


def path_of(name: str) -> Path:
    """A file that was named; where its home is that of somebody unknown, it is taken by the letter."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def _named_settings(name: str) -> Path:
    """The settings file that was named. Raises :class:`ConfigError` where there is none."""
    file = path_of(name)
    try:
        found = file.is_file()
    except OSError:  # longer than a name may be
        found = False
    if not found:
        raise ConfigError(settings_errors.NO_SETTINGS_FILE.format(path=file))
    return file
