"""From the command line to an inbox: settings, paths, token and endpoint, the store, the client. One place for all."""

import argparse
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui import __version__
from tui.cli.failure import Exit, Failure, UsageError
from tui.config.endpoint import base_url
from tui.config.errors import ConfigError
from tui.config.paths import DEFAULT_PROFILE, Paths
from tui.config.settings import Profile, Settings, load
from tui.config.token import TOKEN_VARIABLE, Token, TokenMissing, find_token

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.cli.demo import Demo
    from tui.inbox.inbox import Inbox
    from tui.store.store import Store

BASE_URL_VARIABLE = "INTERCOM_BASE_URL"

_known_secrets: list[Token] = []


def secrets() -> list[str]:
    """Every token of this process, so that reports can leave them out."""
    found = [token.reveal() for token in _known_secrets]
    return [*found, *filter(None, [os.environ.get(TOKEN_VARIABLE)])]


@dataclass(frozen=True)
class Setup:
    """What a run works with; nothing is opened yet. ``base_url`` is checked, ``demo`` set for ``--demo``."""

    settings: Settings
    profile_name: str
    profile: Profile
    paths: Paths
    base_url: str
    token_file: Path | None = None
    demo: "Demo | None" = None

    @property
    def zone(self) -> tzinfo | None:
        """The profile's time zone; None for the machine's."""
        if not self.profile.timezone:
            return None
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.profile.timezone)

    def now(self) -> datetime:
        """The time of day where the profile's person works."""
        return datetime.now(self.zone) if self.zone else datetime.now().astimezone()

    def token(self) -> Token:
        """The access token. Raises :class:`Failure` (exit 3) with how to give one."""
        try:
            if self.token_file is not None:
                token = find_token(Profile(), {}, self.token_file)
            else:
                token = find_token(self.profile, token_file=self.paths.token_file)
        except TokenMissing as error:
            if self.token_file is not None:
                raise Failure(f"There is no token file {self.token_file}.", Exit.AUTH) from None
            raise Failure(f"{error} To look around without one: intercom-tui --demo", Exit.AUTH) from None
        except ConfigError as error:
            raise Failure(str(error), Exit.AUTH) from None
        _known_secrets.append(token)
        return token

    def client_factory(self, *, online: bool = True) -> "Callable[[], Intercom]":
        """What makes the client, in whatever thread; the token is found now, where a passphrase can be asked for."""
        if self.demo is not None:
            return self.demo.client
        if not online:
            return _no_client
        token, address = self.token(), self.base_url

        def make() -> "Intercom":
            from tui.api.client import Intercom

            return Intercom(address, token.reveal(), user_agent=f"intercom-tui/{__version__}")

        return make


def _no_client() -> "Intercom":
    raise AssertionError("this command was not to go online")


def settle(args: argparse.Namespace) -> Setup:
    """Settings, profile and endpoint as the options, the environment and the settings file say.

    Raises :class:`Failure` or :class:`ConfigError`, always before anything is opened or sent.
    """
    if args.demo:
        return _settle_demo(args)
    paths = Paths.of(args.profile or DEFAULT_PROFILE)
    file = Path(args.config).expanduser() if args.config else paths.settings_file
    if args.config and not file.is_file():
        raise UsageError(f"There is no settings file {file}.")
    settings = load(file)
    name = args.profile or settings.default_profile
    profile = settings.profile(name)
    if args.region:
        # said on the command line it outweighs an address in the environment or the profile
        profile = msgspec.structs.replace(profile, region=args.region, base_url="")
    elif not args.base_url and os.environ.get(BASE_URL_VARIABLE):
        profile = msgspec.structs.replace(profile, base_url=os.environ[BASE_URL_VARIABLE])
    if args.base_url:
        profile = msgspec.structs.replace(profile, base_url=args.base_url)
    return Setup(
        settings=_chosen(settings, name, profile, args),
        profile_name=name,
        profile=profile,
        paths=Paths.of(name),
        base_url=base_url(profile.region, profile.base_url),
        token_file=Path(args.token_file).expanduser() if args.token_file else None,
    )


def _settle_demo(args: argparse.Namespace) -> Setup:
    from tui.cli.demo import MACROS, Demo

    settings = load(Path(args.config).expanduser()) if args.config else Settings(macros=MACROS)
    profile = Profile()
    demo = Demo(live=not args.still)
    settings = _chosen(settings, "demo", profile, args)
    return Setup(settings, "demo", profile, demo.paths, demo.base_url, demo=demo)


def _chosen(settings: Settings, name: str, profile: Profile, args: argparse.Namespace) -> Settings:
    """The settings with what the command line says over them; the default profile is the one chosen."""
    ui = settings.ui
    if args.low_bandwidth:
        ui = msgspec.structs.replace(ui, low_bandwidth=args.low_bandwidth)
    return msgspec.structs.replace(settings, ui=ui, default_profile=name, profiles={**settings.profiles, name: profile})


@dataclass
class Desk:
    """An open profile."""

    setup: Setup
    store: "Store"
    inbox: "Inbox"

    def close(self) -> None:
        """Close the store, and the demo's workspace where there is one."""
        self.store.close()
        if self.setup.demo is not None:
            self.setup.demo.close()


def open_desk(setup: Setup, *, online: bool = True, undo_seconds: float | None = None) -> Desk:
    """Open the profile's store and wire an inbox to it. ``online`` False needs no token and never asks Intercom.

    A damaged store is moved aside first, which is said on stderr. Raises :class:`Failure` and
    :class:`tui.store.errors.StoreError`.
    """
    try:
        make_client = setup.client_factory(online=online)
        from tui.inbox.inbox import Inbox, Options

        store = open_store(setup)
    except BaseException:
        if setup.demo is not None:
            setup.demo.close()
        raise
    outbox, sync = setup.settings.outbox, setup.settings.sync
    options = Options(
        undo_seconds=float(outbox.undo_seconds) if undo_seconds is None else undo_seconds,
        settle_seconds=float(outbox.settle_seconds),
        stale_guard=outbox.stale_guard,
        fast_seconds=float(sync.fast_seconds),
        idle_seconds=float(sync.idle_seconds),
        page=sync.page,
        history_days=sync.history_days,
        keep_days=sync.keep_days,
        acting_as=setup.profile.admin,
        saved_views=setup.settings.views,
    )
    return Desk(setup, store, Inbox(store, make_client, options, setup.now))


def open_store(setup: Setup) -> "Store":
    """The profile's store. Raises :class:`tui.store.errors.StoreError`."""
    from tui.store.care import open_store as open_or_rescue

    store, rescue = open_or_rescue(setup.paths.store_file)
    if rescue is not None:
        from tui.cli.main import complain

        complain(rescue.sentence())
    return store


@asynccontextmanager
async def desk(args: argparse.Namespace, *, online: bool = True) -> AsyncIterator[Desk]:
    """A desk for one command: replies leave at once, and everything is closed at the end."""
    opened = open_desk(settle(args), online=online, undo_seconds=0.0)
    try:
        yield opened
    finally:
        await opened.inbox.stop()
        opened.close()
