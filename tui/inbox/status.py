"""What the status line says: one value, replaced whenever something in it changes."""

from typing import Literal

import msgspec

from tui.inbox.changes import Changes
from tui.store.rows import Change

Link = Literal["starting", "online", "offline", "limited", "refused"]


class Status(msgspec.Struct, frozen=True):
    """Who we are, how the link is, what waits. Times are Unix seconds, 0 for never."""

    acting_as: str = ""
    workspace: str = ""
    link: Link = "starting"
    synced_at: int = 0
    known: bool = False
    """Whether all open conversations have been read once: before that, an empty view says nothing."""
    syncing: str = ""
    queued: int = 0
    held: int = 0
    failed: int = 0
    undo_until: float = 0.0
    undo_what: str = ""
    budget_left: int = 0
    budget_limit: int = 0
    limited_until: float = 0.0
    error: str = ""


class StatusBoard:
    """Holds the current :class:`Status` and announces when it really changed."""

    def __init__(self, changes: Changes) -> None:
        self.now = Status()
        self._changes = changes

    def set(self, **fields: str | int | float) -> None:
        """Replace some fields."""
        fresh = msgspec.structs.replace(self.now, **fields)
        if fresh != self.now:
            self.now = fresh
            self._changes.announce(Change(status=True))
