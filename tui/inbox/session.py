"""From a profile to an open inbox, for any face: token, endpoint, store, client."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from tui import __version__
from tui.config.log import open_log
from tui.config.owner import check_file, private_dir
from tui.config.resolve import Profile
from tui.model.labels import store_errors

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.rate_limit import Budget
    from tui.inbox.inbox import Inbox, Options
    from tui.inbox.outbox.steps import Face
    from tui.inbox.sync.connection import ClientFactory
    from tui.store.store import Store

Tell = Callable[[str], None]
"""What says one sentence to the person: that the store was repaired, that text was taken back."""


@asynccontextmanager
async def session(
    profile: Profile,
    *,
    tell: Tell,
    face: "Face",
    undo_seconds: float | None = None,
    online: bool = True,
    make_client: "ClientFactory | None" = None,
) -> AsyncIterator["Inbox"]:
    """An inbox for one task: what goes on beside is ended and everything closed afterwards. As :func:`opened` else.

    A store that cannot be written at the end takes nothing back of what was done; it is told.
    """
    with opened(
        profile, tell=tell, face=face, undo_seconds=undo_seconds, online=online, make_client=make_client
    ) as inbox:
        try:
            yield inbox
        finally:
            await _stop(inbox, tell)


async def _stop(inbox: "Inbox", tell: Tell) -> None:
    from tui.model.errors import StoreError

    try:
        await inbox.stop()
    except StoreError as error:
        tell(str(error))


@contextmanager
def opened(
    profile: Profile,
    *,
    tell: Tell,
    face: "Face",
    undo_seconds: float | None = None,
    online: bool = True,
    make_client: "ClientFactory | None" = None,
) -> Iterator["Inbox"]:
    """An inbox whose workers its user starts and stops, as a screen does around its first and last paint.

    ``face`` is what the journal says of who did what; ``undo_seconds`` None is as the settings say; ``online`` False
    needs no token and never asks Intercom; ``make_client`` stands in for a client of the profile's own. A damaged store
    is moved aside first. Raises :class:`tui.config.errors.ConfigError` and :class:`tui.model.errors.StoreError`.
    """
    # before the store: what prints the token may ask for a passphrase, and fail
    make_client = make_client or (client_factory(profile) if online else _no_client)
    from tui.inbox.inbox import Inbox

    with open_log(profile.paths.log, profile.settings.log.level):
        store = open_store(profile, tell)
        try:
            if not profile.throwaway:
                from tui.inbox.outbox.unsent_text import take_back_edits

                take_back_edits(store, profile.paths.state / "unsent", tell)
            yield Inbox(store, make_client, _options(profile, face, undo_seconds), profile.now)
        finally:
            store.close()


def _options(profile: Profile, face: "Face", undo_seconds: float | None) -> "Options":
    from tui.inbox.inbox import Options

    outbox, sync = profile.settings.outbox, profile.settings.sync
    return Options(
        face=face,
        undo_seconds=float(outbox.undo_seconds) if undo_seconds is None else undo_seconds,
        settle_seconds=float(outbox.settle_seconds),
        stale_guard=outbox.stale_guard,
        fast_seconds=float(sync.fast_seconds),
        idle_seconds=float(sync.idle_seconds),
        page=sync.page,
        history_days=sync.history_days,
        keep_days=sync.keep_days,
        acting_as=profile.chosen.admin,
        saved_views=profile.settings.views,
    )


def client_factory(profile: Profile) -> "ClientFactory":
    """What makes the client, in whatever thread; the token is found now. Raises as :meth:`Profile.token`."""
    token, address = profile.token(), profile.base_url

    def make(on_budget: "Callable[[Budget], None]") -> "Intercom":
        from tui.api.client import Intercom

        name = f"intercom-tui/{__version__}"
        return Intercom(
            address, token.reveal(), user_agent=name, on_budget=on_budget,
            find_token=lambda: profile.token_again().reveal(),
        )  # fmt: skip

    return make


def _no_client(_on_budget: object) -> "Intercom":
    raise AssertionError("this inbox was not to go online")


def open_store(profile: Profile, tell: Tell) -> "Store":
    """The profile's store, which its user closes. Raises :class:`tui.model.errors.StoreError`."""
    from tui.model.errors import StoreUnwritable
    from tui.store.maintenance import open_store as open_or_rescue

    path = profile.paths.store_file
    for one in (path, *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", ".kept"))):
        check_file(one, "store", private=True)
    try:
        private_dir(path.parent)
    except OSError as error:
        raise StoreUnwritable(store_errors.CANNOT_WRITE.format(path=path, reason=error.strerror or error)) from error
    store, _ = open_or_rescue(path)
    if store.notice:
        tell(store.notice)
    return store
