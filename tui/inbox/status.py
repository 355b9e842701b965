"""What the status line says: one value, replaced whenever something in it changes."""

import time
from collections.abc import Callable
from typing import Literal

import msgspec

from tui.inbox.changes import Changes
from tui.model.rows import Change

ConnectionName = Literal["starting", "online", "offline", "limited", "refused"]


class Status(msgspec.Struct, frozen=True):
    """Who we are, how the connection is, what waits. Times are Unix seconds, 0 for never."""

    acting_as: str = ""
    workspace: str = ""
    connection: ConnectionName = "starting"
    synced_at: int = 0
    since: float = 0.0
    """When the connection came into the state that it is in."""
    known: bool = False
    """Whether all open conversations have been read once: before that, an empty view says nothing."""
    filling: str = ""
    """What the first fill is at: ``open``, ``snoozed`` or ``closed`` conversations, ``""`` once it is done."""
    syncing: str = ""
    queued: int = 0
    held: int = 0
    failed: int = 0
    twice: int = 0
    """Copies of what was meant once, which a person may redact."""
    unknown: int = 0
    """Actions that may have arrived and are looked for, the last of them until ``unknown_until``."""
    unknown_until: float = 0.0
    undo_until: float = 0.0
    undo_what: str = ""
    budget_left: int = 0
    budget_limit: int = 0
    limited_until: float = 0.0
    waiting_until: float = 0.0
    """Until when the request of somebody who looks on waits for that."""
    unavailable: bool = False
    """Whether it is Intercom that is not available, and not the rate limit, that is waited for until then."""
    error: str = ""
    """The worst thing that is wrong now, in one sentence."""
    trouble: str = ""
    """The same, but for what is wrong with the connection."""
    incomplete: str = ""
    """What is missing for good as far as is known: refused to this token, or never answered. Sentences."""


Source = Literal["workspace", "token", "store", "worker", "outbox", "answer", "connection"]
"""What something can be wrong with, the worst first; ``answer``: Intercom was asked and something odd answered, or it
could not even be asked for; ``connection``: it is out of reach. Who says that it is wrong says when it is right."""

_SOURCES: tuple[Source, ...] = ("workspace", "token", "store", "worker", "outbox", "answer", "connection")


class StatusBoard:
    """Holds the current :class:`Status` and announces when it really changed."""

    def __init__(self, changes: Changes, clock: Callable[[], float] = time.time) -> None:
        self.now = Status()
        self._changes = changes
        self._clock = clock
        self._wrong: dict[Source, str] = {}

    def trouble(self, source: Source, sentence: str) -> None:
        """Something is wrong with ``source``; ``""``: no longer. What others said stays as it is."""
        if sentence == self._wrong.get(source, ""):
            return
        self._wrong[source] = sentence
        said = [self._wrong[one] for one in _SOURCES if self._wrong.get(one)]
        connection = self._wrong.get("connection", "")
        self.set(error=next(iter(said), ""), trouble=next((one for one in said if one != connection), ""))

    def set(self, **fields: str | int | float) -> None:
        """Replace some fields."""
        if fields.get("connection", self.now.connection) != self.now.connection:
            fields["since"] = self._clock()
        fresh = msgspec.structs.replace(self.now, **fields)
        if fresh != self.now:
            self.now = fresh
            self._changes.announce(Change(status=True))
