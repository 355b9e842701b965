"""From the words of a command line to its profile, and to an open inbox."""

import argparse
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.complaint import complain
from tui.config.resolve import Flags, Profile, path_of, resolve, throwaway
from tui.config.settings import Settings, load

if TYPE_CHECKING:
    from tui.cli.demo import Demo
    from tui.inbox.inbox import Inbox
    from tui.inbox.sync.connection import ClientFactory


class Chosen(NamedTuple):
    """The profile of a command, and what makes its client where that is not an ordinary one."""

    profile: Profile
    make_client: "ClientFactory | None"


@contextmanager
def chosen(args: argparse.Namespace) -> Iterator[Chosen]:
    """The profile that the command line means; a demo's workspace is gone at the end.

    A time zone that nobody knows is told of on stderr. Raises :class:`tui.config.errors.ConfigError`, always before
    anything is opened or sent.
    """
    flags = flags_of(args)
    if not args.demo:
        profile = resolve(flags)
        _say_zone(profile)
        yield Chosen(profile, None)
        return
    from tui.cli.demo import MACROS, Demo

    settings = load(path_of(flags.config)) if flags.config else Settings(macros=MACROS)
    demo = Demo(live=not args.still)
    try:
        yield Chosen(_of_demo(demo, flags, settings), demo.client)
    finally:
        demo.close()


def _of_demo(demo: "Demo", flags: Flags, settings: Settings) -> Profile:
    profile = throwaway(flags, settings, demo.paths, demo.base_url)
    _say_zone(profile)
    return profile


def flags_of(args: argparse.Namespace) -> Flags:
    """What a command line says of profile, place and screen."""
    return Flags(
        profile=args.profile,
        config=args.config,
        token_file=args.token_file,
        region=args.region,
        base_url=args.base_url,
        low_bandwidth=args.low_bandwidth,
        debug=args.debug,
    )


def _say_zone(profile: Profile) -> None:
    if profile.complaint:
        complain(profile.complaint)


@asynccontextmanager
async def inbox_of(args: argparse.Namespace, *, online: bool = True) -> AsyncIterator["Inbox"]:
    """An inbox for one command: replies leave at once, and everything is closed at the end."""
    from tui.cli.notices import say_twice, say_waits
    from tui.inbox.session import session

    with chosen(args) as (profile, make_client):
        async with session(
            profile, tell=complain, face="shell", undo_seconds=0.0, online=online, make_client=make_client
        ) as inbox:
            inbox.changes.subscribe(say_waits(inbox))
            yield inbox
            if online:
                say_twice(inbox)
