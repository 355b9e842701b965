"""Other programs on the same store (a second window, the command line): notice what they wrote."""

import asyncio
import sqlite3
from collections.abc import Callable

from tui.inbox.changes import Changes
from tui.model.rows import Change
from tui.store.store import Store

EVERY = 2.0
"""Seconds between looks; one look is a PRAGMA, no read of any table."""


class StoreWatcher:
    """Announces that everything may have changed when another connection than our writer's committed."""

    def __init__(self, store: Store, changes: Changes, on_look: Callable[[], None] = lambda: None) -> None:
        self._on_look = on_look
        self._store = store
        self._changes = changes

    async def run(self) -> None:
        """Look until cancelled (https://www.sqlite.org/pragma.html#pragma_data_version)."""
        last = await self._store.write(_version, background=True)
        while True:
            await asyncio.sleep(EVERY)
            self._store.look_whether_it_is_there()
            self._on_look()
            version = await self._store.write(_version, background=True)
            if version != last:
                last = version
                self._changes.announce(Change(everything=True, directory=True, outbox=True, drafts=True, status=True))


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA data_version").fetchone()[0])
