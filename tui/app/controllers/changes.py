"""What the inbox announces, gathered for a frame, so that the screen is brought up to date once."""

import asyncio
from collections.abc import Callable
from typing import Final

from tui.model.rows import Change

_FRAME: Final = 1 / 60


class ChangeFeed:
    """`apply` gets what was gathered; nothing is handed on unless `is_ready`."""

    def __init__(self, apply: Callable[[Change], None], is_ready: Callable[[], bool]) -> None:
        self._apply = apply
        self._is_ready = is_ready
        self._pending: Change | None = None
        self._flush_at: asyncio.TimerHandle | None = None

    def heard(self, change: Change) -> None:
        """Something changed: the screen hears of it within a frame."""
        self._pending = change if self._pending is None else _merged(self._pending, change)
        if self._flush_at is None and self._is_ready():
            self._flush_at = asyncio.get_running_loop().call_later(_FRAME, self.flush)

    def flush(self) -> None:
        """Bring the screen up to date with all that was heard, now."""
        self.stop()
        change, self._pending = self._pending, None
        if change is not None and self._is_ready():
            self._apply(change)

    def stop(self) -> None:
        """Wait for nothing."""
        if self._flush_at is not None:
            self._flush_at.cancel()
            self._flush_at = None


def _merged(first: Change, second: Change) -> Change:
    return Change(
        conversations=first.conversations | second.conversations,
        threads=first.threads | second.threads,
        contacts=first.contacts | second.contacts,
        directory=first.directory or second.directory,
        outbox=first.outbox or second.outbox,
        drafts=first.drafts or second.drafts,
        status=first.status or second.status,
        everything=first.everything or second.everything,
        gone=first.gone | second.gone,
        zone=first.zone or second.zone,
        damaged=first.damaged or second.damaged,
    )
