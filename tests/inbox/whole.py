"""Everything of an inbox that asks Intercom for something, in the world whose time passes when it is told to."""

from pathlib import Path

from tests.inbox.virtual import World
from tui.inbox.contacts import Contacts
from tui.inbox.status import Status
from tui.inbox.sync.sync import Sync, SyncOptions
from tui.inbox.threads import Threads
from tui.model.rows import Change


class Whole(World):
    """A world with sync, threads and contacts beside the outbox, and somebody who looks at a conversation."""

    def __init__(self, folder: Path, *, conversations: int = 40, page: int = 10) -> None:
        super().__init__(folder, conversations=conversations)
        program = self.program
        self.links: set[str] = set()
        self.sync = Sync(
            program.store, program.changes, program.ingest, program.connection, program.board,
            options=SyncOptions(page=page, history_days=0), acting_as="", on_me=lambda _me, _name: None,
            monotonic=self.loop.time,
        )  # fmt: skip
        self.threads = Threads(
            program.store, program.changes, lambda: program.ingest, program.connection, monotonic=self.loop.time
        )
        self.contacts = Contacts(
            program.store, program.changes, lambda: program.ingest, program.connection, monotonic=self.loop.time
        )
        self.contact_id = str(self.workspace.conversations.get(self.cid).contacts[0].id)
        program.changes.subscribe(self._hear)

    async def _fill(self) -> None:
        """Nothing is known yet."""

    @property
    def status(self) -> Status:
        """What the status line says."""
        return self.program.board.now

    def _hear(self, change: Change) -> None:
        """As the screen does: every status is seen, and the contact on screen is shown again whenever it changed."""
        self.links.add(self.status.connection)
        if change.everything or change.directory or self.contact_id in change.contacts:
            self.contacts.open(self.contact_id)

    def begin(self) -> None:
        """Start sync, and look at a conversation and at whose it is."""
        self.program.spawn(self.sync.run())
        self.look()

    def look(self) -> None:
        """Somebody presses a key in front of it."""

        async def looking() -> None:
            self.sync.activity()
            self.threads.open(self.cid)
            self.threads.prefetch(self.cids[1:3])
            self.contacts.open(self.contact_id)

        self.run(looking())

    def sit(self, seconds: float, every: float = 30.0) -> None:
        """Somebody sits in front of it for so long."""
        until = self.loop.time() + seconds
        while self.loop.time() < until:
            self.look()
            self.wait(every)

    def stored(self) -> set[str]:
        """The conversations in the store."""
        return {row[0] for row in self.program.store.reader.execute("SELECT id FROM conversations")}

    def there(self) -> set[str]:
        """Those of the workspace."""
        return {str(one.id) for one in self.workspace.conversations}

    def close(self) -> None:
        """End everything."""
        self.run(self.threads.stop())
        self.run(self.contacts.stop())
        super().close()
