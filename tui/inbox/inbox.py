"""The product with no screen: everything the app and the command line need, wired once."""

import asyncio
import contextlib
import importlib
import time
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from tui.config.timezone import reader_zone, reread_zone
from tui.inbox.changes import Changes
from tui.inbox.contacts import Contacts
from tui.inbox.directory import Directory
from tui.inbox.drafts import Drafts
from tui.inbox.outbox import lease
from tui.inbox.outbox.outbox import Outbox
from tui.inbox.outbox.steps import Face, origin_of
from tui.inbox.search.views import Views
from tui.inbox.status import Status, StatusBoard
from tui.inbox.sync.clocks import Clocks
from tui.inbox.sync.connection import ClientFactory, Connection
from tui.inbox.sync.progress import is_known, progress_of
from tui.inbox.threads import Threads
from tui.model.decoders import decoder
from tui.model.errors import StoreError
from tui.model.labels import outcomes
from tui.model.rows import AdminRow, Change, TagRow
from tui.store import people, soundness
from tui.store.store import Store

if TYPE_CHECKING:
    from tui.inbox.attachments import Attachments
    from tui.inbox.outbox.duplicate_watch import DuplicateWatch
    from tui.inbox.outbox.undo import Undo
    from tui.inbox.outbox.worker import Worker
    from tui.inbox.perform import Actions
    from tui.inbox.statistics import Statistics
    from tui.inbox.sync.ingest import Ingest
    from tui.inbox.sync.sync import Sync, SyncOptions

_WORKERS: Final = (
    "tui.inbox.sync.sync", "tui.inbox.outbox.worker", "tui.inbox.outbox.duplicate_watch",
    "tui.inbox.sync.store_watcher", "tui.inbox.outbox.undo", "tui.inbox.perform",
)  # fmt: skip
"""What :meth:`Inbox.start` and the first key need, and the first paint does not: a fifth of the time until then."""

_ZONE_LOOKS = 15
"""Looks at the clocks between two at the time zone."""

_START_AGAIN = 5.0
"""Seconds after which a worker that failed is started again."""


class Options(msgspec.Struct, frozen=True):
    """How an inbox behaves; see the settings of the same names for what each does. Times are seconds."""

    face: Face = "app"
    undo_seconds: float = 5.0
    settle_seconds: float = 120.0
    stale_guard: bool = True
    fast_seconds: float = 10.0
    idle_seconds: float = 60.0
    page: int = 150
    history_days: int = 30
    keep_days: int = 0
    acting_as: str = ""
    saved_views: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def sync(self) -> "SyncOptions":
        """Those of the sync."""
        from tui.inbox.sync.sync import SyncOptions

        return SyncOptions(self.fast_seconds, self.idle_seconds, self.page, self.history_days, self.keep_days)


class Inbox:
    """One profile's inbox. Reads are plain calls; what writes is ``async`` and waits for the disk, never the network.

    :meth:`start` makes the client and starts sync and outbox; until then everything works from the store.
    """

    def __init__(
        self, store: Store, client_factory: ClientFactory, options: Options | None = None,
        now: Callable[[], datetime] = lambda: datetime.fromtimestamp(time.time(), reader_zone()),
    ) -> None:  # fmt: skip
        options = options or Options()
        self.store = store
        self.options = options
        self.now = now
        """The time of day, in the time zone of the profile's person."""
        self.me = _stored_me(store)
        self.workspace_name = people.meta(store.reader, "workspace_name")
        self.changes = Changes()
        board = StatusBoard(self.changes)
        self._board = board
        self.directory = Directory(store)
        self.changes.subscribe(self.directory.hear)
        self._owner = owner = lease.owner_name()
        self.drafts = Drafts(store, self.changes)
        self.outbox = Outbox(
            store, self.changes, board, undo_seconds=options.undo_seconds, origin=origin_of(options.face, owner),
            admin_name=lambda: self.me.name, flush_drafts=self.drafts.flush,
        )  # fmt: skip
        self.is_ending = False
        """Whether :meth:`send_held` is at work."""
        self.connection = Connection(client_factory, board)
        self.views = Views(store, self.directory, lambda: self.me.id, options.saved_views, now)
        self.threads = Threads(store, self.changes, lambda: self.ingest, self.connection)
        self.contacts = Contacts(store, self.changes, lambda: self.ingest, self.connection)
        self._clocks = Clocks()
        self._looks = 0
        self._tasks: list[asyncio.Task[None]] = []
        filling, known = progress_of(store.reader).filling, is_known(store.reader)
        board.set(acting_as=self.me.name, workspace=self.workspace_name, known=known, filling=filling)
        self._loop: asyncio.AbstractEventLoop | None = None
        store.listen(self._store_health, self._store_damaged)
        self.outbox.refresh_status()

    @property
    def status(self) -> Status:
        """What the status line says now."""
        return self._board.now

    @property
    def workspace_id(self) -> str:
        """Intercom's id of the workspace that the store belongs to, ``""`` until it was online."""
        return people.meta(self.store.reader, "workspace")

    @cached_property
    def actions(self) -> "Actions":
        """What a person can do, journaled."""
        from tui.inbox.perform import Actions

        return Actions(self.store, self.outbox, self.directory, lambda: self.me.id)

    @cached_property
    def undo(self) -> "Undo":
        """What the undo key does."""
        from tui.inbox.outbox.undo import Undo

        return Undo(self.outbox)

    @cached_property
    def statistics(self) -> "Statistics":
        """The figures of the whole desk."""
        from tui.inbox.statistics import Statistics

        return Statistics(self.store, self.views, self.directory, lambda: self.me.id, self.now)

    @cached_property
    def attachments(self) -> "Attachments":
        """The files of the parts."""
        from tui.inbox.attachments import Attachments

        return Attachments(self.threads, self.connection)

    @cached_property
    def ingest(self) -> "Ingest":
        """What brings Intercom's answers into the store."""
        from tui.inbox.sync.ingest import Ingest

        return Ingest(self.store, self.changes, self.outbox, self.directory.name_of)

    @cached_property
    def sync(self) -> "Sync":
        """What asks Intercom for what is new."""
        from tui.inbox.sync.sync import Sync

        return Sync(
            self.store, self.changes, self.ingest, self.connection, self._board,
            options=self.options.sync, acting_as=self.options.acting_as, on_me=self._on_me,
        )  # fmt: skip

    @cached_property
    def worker(self) -> "Worker":
        """What sends the outbox."""
        from tui.inbox.outbox.worker import Worker

        return Worker(
            self.store, self.outbox, self.ingest, self.connection, self._board,
            settle_seconds=self.options.settle_seconds, stale_guard=self.options.stale_guard, owner=self._owner,
        )  # fmt: skip

    @cached_property
    def duplicate_watch(self) -> "DuplicateWatch":
        """What looks for words that took effect twice."""
        from tui.inbox.outbox.duplicate_watch import DuplicateWatch

        return DuplicateWatch(self.store, self.outbox, self.ingest, self.connection, self.changes)

    async def start(self) -> None:
        """Start the workers: sync, the outbox, and the look-out for other programs on this store."""
        loop = self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(_load_workers)  # keys are answered meanwhile
        from tui.inbox.sync.store_watcher import StoreWatcher

        watcher = StoreWatcher(self.store, self.changes, self._look_at_clocks)
        self._tasks = [
            loop.create_task(self._guarded(self.sync.run), name="sync"),
            loop.create_task(self._guarded(self.worker.run), name="worker"),
            loop.create_task(self._guarded(self.duplicate_watch.run), name="duplicate watch"),
            loop.create_task(self._guarded(watcher.run), name="store_watcher"),
        ]

    def send_held(self, within: float) -> Coroutine[None, None, None]:
        """Before leaving: end the undo window of what this program holds, and give it ``within`` seconds to be sent.

        While Intercom cannot be reached nothing is waited for. What is not sent stays queued for the next start.
        :attr:`is_ending` holds from the call until the end.
        """
        self.is_ending = True
        return self._send_held(within)

    async def _send_held(self, within: float) -> None:
        moved = asyncio.Event()
        unsubscribe = self.changes.subscribe(lambda change: moved.set() if change.outbox or change.status else None)
        try:
            freed = await self.outbox.end_undo_window()
            async with asyncio.timeout(within):
                while self.status.connection == "online" and any(self.outbox.is_moving(one) for one in freed):
                    moved.clear()
                    await moved.wait()
        except TimeoutError:
            return
        except StoreError:
            pass  # what is journaled can wait, whoever leaves is not held up; the store itself says what is wrong
        finally:
            unsubscribe()
            self.is_ending = False

    async def stop(self) -> None:
        """Write drafts, stop the workers, close the connections. The store stays open: its owner closes it.

        What is on its way is settled by the next start.
        """
        with contextlib.suppress(StoreError):
            await self.drafts.flush()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await self.threads.stop()
        await self.contacts.stop()
        await self.connection.close()

    def preference(self, name: str) -> str:
        """What was chosen on the screen under this name (``theme``), ``""`` where nothing was."""
        return people.meta(self.store.reader, f"ui.{name}")

    async def prefer(self, name: str, value: str) -> None:
        """Keep a choice for the next start of this profile. Raises :class:`~tui.model.errors.StoreError`."""
        await self.store.write(lambda db: people.set_meta(db, f"ui.{name}", value))

    async def create_tag(self, name: str) -> TagRow:
        """Make a tag at Intercom and know it here. Raises :class:`tui.api.errors.IntercomError`."""
        client = await self.connection.open()
        made = await client.tags.create(name)
        row = TagRow(made.id, made.name)
        known = [tag for tag in self.directory.tags() if tag.id != row.id]
        await self.store.write(lambda db: people.put_directory(db, TagRow, [*known, row]), background=True)
        self.directory.forget()
        return row

    def _look_at_clocks(self) -> None:
        """Every few seconds: did the machine sleep, was the clock set, is the machine in another time zone?"""
        self._looks += 1
        jump = self._clocks.look()
        if jump is not None and self._loop is not None:
            self._tasks.append(self._loop.create_task(self._jumped(), name="clock"))
        if (jump is not None or self._looks % _ZONE_LOOKS == 0) and reread_zone():
            self.changes.announce(Change(everything=True, status=True, zone=True))

    async def _jumped(self) -> None:
        """Nothing that was measured by the old clock holds: connections, limits, ages, what is new."""
        self.outbox.changed.set()
        await self.connection.start_over()
        self.sync.jumped()
        self.outbox.refresh_status()
        self.changes.announce(Change(everything=True, status=True, outbox=True))

    def _on_me(self, me: AdminRow, workspace_name: str) -> None:
        self.me = me
        self.workspace_name = workspace_name

    def _store_health(self, sentence: str) -> None:
        """The store's writer says what is wrong with it, or that it works again; called in its thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._say_health, sentence)

    def _say_health(self, sentence: str) -> None:
        if not sentence:
            # whoever reads that all is well may trust that what was typed is on its way to the disk
            self.drafts.hurry()
        self._board.trouble("store", sentence)

    def _store_damaged(self) -> None:
        """Some statement met damage, in whatever thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._say_damaged)

    def _say_damaged(self) -> None:
        self._board.trouble("store", outcomes.STORE_IS_BEING_REBUILT)
        self.changes.announce(Change(damaged=True))

    async def _guarded(self, worker: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run a worker; what ends it is said in the status line, since nobody awaits it.

        It is started again after a while: a reply that never leaves because of something that went wrong would be lost
        without a word.
        """
        from tui.inbox.sync.identity import WrongWorkspace

        while True:
            try:
                await worker()
            except WrongWorkspace as error:
                self._board.trouble("workspace", str(error))
                self._board.set(connection="refused")
                await self.sync.wait_for_another_token()
                continue
            except StoreError:
                pass  # said by the store itself
            except Exception as error:  # noqa: BLE001 - said on screen; the worker's next start may go well
                self._board.trouble("worker", outcomes.INTERNAL_ERROR_TRYING_AGAIN.format(error=type(error).__name__))
            else:
                return
            await asyncio.sleep(_START_AGAIN)
            self._board.trouble("worker", "")


def _load_workers() -> None:
    for module in _WORKERS:
        importlib.import_module(module)


def _stored_me(store: Store) -> AdminRow:
    stored = people.meta(store.reader, "me")
    return soundness.decoded(decoder(AdminRow), stored) or AdminRow("")
