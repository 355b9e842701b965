"""The client, made in a thread after the first paint, and what the status line says of the link."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.api.errors import AuthError, IntercomError, NetworkError, RateLimitedError
from tui.inbox.status import StatusBoard

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.pacing import Budget

ClientFactory = Callable[[], "Intercom"]


class Link:
    """Holds the client once there is one. ``on_back`` is called when requests get through again."""

    def __init__(self, factory: ClientFactory, board: StatusBoard) -> None:
        self._factory = factory
        self._board = board
        self.client: Intercom | None = None
        self.workspace = ""
        """The workspace that answered in this session, ``""`` until one did."""
        self.on_back: list[Callable[[], None]] = []

    async def open(self) -> "Intercom":
        """Make the client: loading httpx and certificates takes about 100 ms, so a thread does it."""
        if self.client is None:
            client = await asyncio.to_thread(self._make)
            client.on_budget = self._budget
            self.client = client
        return self.client

    async def close(self) -> None:
        """Close the connections."""
        if self.client is not None:
            client, self.client = self.client, None
            await client.aclose()

    def failed(self, error: IntercomError) -> None:
        """Let the status line say why nothing comes."""
        if isinstance(error, RateLimitedError):
            self._board.set(link="limited", limited_until=float(error.reset_at or 0), error="")
        elif isinstance(error, AuthError) and error.status in (401, None):
            self._board.set(link="refused", error=error.message)
        elif isinstance(error, NetworkError):
            self._board.set(link="offline", error=error.message)
        else:
            self._board.set(error=error.message)

    def worked(self) -> None:
        """An answer came."""
        if self._board.now.link != "online" or self._board.now.error:
            self._board.set(link="online", error="", limited_until=0.0)
            for callback in self.on_back:
                callback()

    def _make(self) -> "Intercom":
        client = self._factory()
        client.prepare()
        return client

    def _budget(self, budget: "Budget") -> None:
        left, limit = budget.remaining or 0, budget.limit or 0
        # the limit is a minute's, what remains is the ten-second window's
        window = -(-limit // 6)
        self._board.set(
            budget_left=left,
            budget_limit=window if left <= window else limit,
            limited_until=float(budget.limited_until or 0),
        )
