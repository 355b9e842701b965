"""The product with no screen: everything the app and the command line need, wired once."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime

import msgspec

from tui.inbox.changes import Changes
from tui.inbox.contacts import Contacts
from tui.inbox.directory import Directory
from tui.inbox.doing import Actions
from tui.inbox.drafts import Drafts
from tui.inbox.files import Files
from tui.inbox.intake import Intake
from tui.inbox.link import ClientFactory, Link
from tui.inbox.neighbours import Neighbours
from tui.inbox.outbox import Outbox
from tui.inbox.sender import Sender
from tui.inbox.status import Status, StatusBoard
from tui.inbox.sync import Sync, WrongWorkspace
from tui.inbox.threads import Threads
from tui.inbox.views import Views
from tui.store import people
from tui.store.errors import StoreError
from tui.store.rows import AdminRow, TagRow
from tui.store.store import Store

_START_AGAIN = 5.0
"""Seconds after which a worker that failed is started again."""


class Options(msgspec.Struct, frozen=True):
    """How an inbox behaves; see the settings of the same names for what each does. Times are seconds."""

    undo_seconds: float = 5.0
    settle_seconds: float = 15.0
    stale_guard: bool = True
    fast_seconds: float = 10.0
    idle_seconds: float = 60.0
    page: int = 150
    history_days: int = 30
    keep_days: int = 0
    acting_as: str = ""
    saved_views: Mapping[str, str] = msgspec.field(default_factory=dict)


class Inbox:
    """One profile's inbox. Reads are plain calls; what writes is ``async`` and waits for the disk, never the network.

    :meth:`start` makes the client and starts sync and outbox; until then everything works from the store.
    """

    def __init__(
        self, store: Store, client_factory: ClientFactory, options: Options | None = None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:  # fmt: skip
        options = options or Options()
        self.store = store
        self.options = options
        self.me = _stored_me(store)
        self.workspace_name = people.meta(store.reader, "workspace_name")
        self.changes = Changes()
        board = StatusBoard(self.changes)
        self._board = board
        self.directory = Directory(store)
        self.changes.subscribe(self.directory.hear)
        self.outbox = Outbox(
            store, self.changes, board, undo_seconds=options.undo_seconds, admin_name=lambda: self.me.name
        )
        self.link = Link(client_factory, board)
        self.intake = Intake(store, self.changes, self.outbox, self.directory.name_of)
        self.views = Views(store, self.directory, lambda: self.me.id, options.saved_views, now)
        self.actions = Actions(store, self.outbox, self.directory, lambda: self.me.id)
        self.drafts = Drafts(store, self.changes)
        self.drafts.on_trouble = lambda sentence: board.set(error=sentence)
        self.outbox.flush_drafts = self.drafts.flush
        self.threads = Threads(store, self.changes, self.intake, self.link)
        self.files = Files(self.threads, self.link)
        self.contacts = Contacts(store, self.changes, self.intake, self.link)
        self.sync = Sync(
            store,
            self.changes,
            self.intake,
            self.link,
            board,
            fast_seconds=options.fast_seconds,
            idle_seconds=options.idle_seconds,
            page=options.page,
            history_days=options.history_days,
            keep_days=options.keep_days,
            acting_as=options.acting_as,
            on_me=self._on_me,
        )
        self.sender = Sender(
            store,
            self.outbox,
            self.intake,
            self.link,
            board,
            settle_seconds=options.settle_seconds,
            stale_guard=options.stale_guard,
        )
        self._neighbours = Neighbours(store, self.changes)
        self._tasks: list[asyncio.Task[None]] = []
        known = '"open"' not in (people.meta(store.reader, "sync.fill") or '"open"')
        board.set(acting_as=self.me.name, workspace=self.workspace_name, known=known)
        self.outbox.refresh_status()

    @property
    def status(self) -> Status:
        """What the status line says now."""
        return self._board.now

    async def start(self) -> None:
        """Start the workers: sync, the outbox, and the look-out for other programs on this store."""
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self._guarded(self.sync.run), name="sync"),
            loop.create_task(self._guarded(self.sender.run), name="sender"),
            loop.create_task(self._guarded(self._neighbours.run), name="neighbours"),
        ]

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
        await self.link.close()

    async def create_tag(self, name: str) -> TagRow:
        """Make a tag at Intercom and know it here. Raises :class:`tui.api.errors.IntercomError`."""
        client = await self.link.open()
        made = await client.tags.create(name)
        row = TagRow(made.id, made.name)
        known = [tag for tag in self.directory.tags() if tag.id != row.id]
        await self.store.write(lambda db: people.put_directory(db, TagRow, [*known, row]), background=True)
        self.directory.forget()
        return row

    def _on_me(self, me: AdminRow, workspace_name: str) -> None:
        self.me = me
        self.workspace_name = workspace_name

    async def _guarded(self, worker: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run a worker; what ends it is said in the status line, since nobody awaits it.

        But for the wrong workspace it is started again after a while: a reply that never leaves because of something
        else that went wrong would be lost without a word.
        """
        while True:
            try:
                await worker()
            except WrongWorkspace as error:
                self._board.set(link="refused", error=str(error))
                return
            except StoreError as error:
                self._board.set(error=str(error))
            except Exception as error:  # noqa: BLE001 - said on screen; the worker's next start may go well
                self._board.set(error=f"A fault of the program ({type(error).__name__}); trying again.")
            else:
                return
            await asyncio.sleep(_START_AGAIN)


def _stored_me(store: Store) -> AdminRow:
    stored = people.meta(store.reader, "me")
    return msgspec.json.decode(stored, type=AdminRow) if stored else AdminRow("")
