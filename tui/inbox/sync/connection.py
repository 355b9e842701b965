"""The client, made in a thread after the first paint, and what the status line says of the connection."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.api.errors import (
    AnswerError,
    AuthError,
    IntercomError,
    NetworkError,
    NotAllowed,
    NotIntercom,
    RateLimitedError,
    UnusableSetting,
)
from tui.config.errors import ConfigError
from tui.inbox.status import StatusBoard
from tui.inbox.sync.backoff import Backoff
from tui.model.labels import outcomes

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.rate_limit import Budget

OnBudget = Callable[["Budget"], None]
"""Called with each new budget of requests, in whatever thread."""

ClientFactory = Callable[[OnBudget], "Intercom"]
"""Makes the client, in whatever thread; its argument is what the client calls with each new budget."""

_FIRST_RENEWAL = 30.0
_LONGEST_RENEWAL = 600.0


class Connection:
    """Holds the client once there is one. ``on_back`` is called when requests get through again.

    An answer to a request that had left before the connection was lost does not bring it back.
    """

    def __init__(
        self, factory: ClientFactory, board: StatusBoard, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._factory = factory
        self._board = board
        self._failed = False
        self._lost_at = 0
        """The number of the last request that had left when the connection was last found to be gone."""
        self._renewal = Backoff(_FIRST_RENEWAL, _LONGEST_RENEWAL)
        self._renew_at = 0.0
        self._monotonic = monotonic
        self.client: Intercom | None = None
        self.workspace = ""
        """The workspace that answered in this session, ``""`` until one did."""
        self.foreign = ""
        """Why nothing may come from there: the token belongs to another workspace; one sentence, ``""`` while not."""
        self.on_back: list[Callable[[], None]] = []
        self.on_doubt: list[Callable[[], None]] = []
        """Called for an answer that says nothing of the connection now: somebody should ask."""

    async def open(self, *, identifying: bool = False) -> "Intercom":
        """Make the client: loading httpx and certificates takes about 100 ms, so a thread does it.

        Raises :class:`AuthError` while the token belongs to another workspace, but to who is about to look whose it is.
        """
        if self.client is None:
            client = await asyncio.to_thread(self._make)
            self.client = client
        if self.foreign and not identifying:
            raise AuthError(self.foreign, code="another_workspace", status=401)
        return self.client

    async def close(self) -> None:
        """Close the connections."""
        if self.client is not None:
            client, self.client = self.client, None
            await client.aclose()

    async def renew_token(self, *, asked: bool = False) -> bool:
        """Look for the token where it is kept; True where another one lies there. ``asked``: by a person, now.

        Without being asked it looks ever more seldom: what prints the token may ask somebody for a passphrase.
        """
        if self.client is None or (not asked and self._monotonic() < self._renew_at):
            return False
        self._renew_at = self._monotonic() + self._renewal.failed(ConfigError(outcomes.REJECTED))
        try:
            found = await asyncio.to_thread(self.client.renew_token)
        except (ConfigError, IntercomError) as error:
            self._board.trouble("token", outcomes.REJECTED_NO_OTHER.format(error=error))
            return False
        self._board.trouble("token", "")
        if found:
            self._renewal.worked()
            self._renew_at = 0.0
        return found

    async def start_over(self) -> None:
        """The machine slept, or its clock was set: open connections and known limits are of another time."""
        if self.client is not None:
            await self.client.start_over()

    async def judged(self, error: IntercomError) -> IntercomError:
        """``error``, or what is behind it: of a 401 or 403 only ``/me`` can tell whether the whole token is refused."""
        if not isinstance(error, NotAllowed) or self.client is None:
            return error
        try:
            await self.client.me()
        except IntercomError as behind:
            return behind
        return error

    def failed(self, error: IntercomError, *, everything: bool = False) -> None:
        """Let the status line say why nothing comes. ``everything``: it was about all there is, not one thing."""
        odd = isinstance(error, NotIntercom | AnswerError | UnusableSetting)
        told = "" if odd or isinstance(error, RateLimitedError) else error.message
        self._board.trouble("answer", error.message if odd else "")
        self._board.trouble("connection", told)
        was = self._board.now.connection
        if isinstance(error, RateLimitedError):
            self._board.set(connection="limited", limited_until=float(error.reset_at or 0), unavailable=False)
        elif isinstance(error, AuthError) and not isinstance(error, NotAllowed):
            self._board.set(connection="refused")
        elif isinstance(error, NetworkError) or (everything and isinstance(error, AnswerError)):
            self._board.set(connection="offline")
        else:
            self._failed = True
        if self._board.now.connection in ("offline", "refused", "limited") and self.client is not None:
            self._lost_at = self.client.asked if was != self._board.now.connection else self._lost_at

    def worked(self, *, identified: bool = False) -> None:
        """An answer came; ``identified``: of ``/me``, which alone ends a refusal of the token."""
        if self._board.now.connection == "refused" and not identified:
            return
        if self._is_straggler():
            for callback in self.on_doubt:
                callback()
            return
        if self._board.now.connection != "online" or self._failed:
            self._failed = False
            self._board.trouble("answer", "")
            self._board.trouble("connection", "")
            self._board.set(connection="online", limited_until=0.0)
            for callback in self.on_back:
                callback()

    def _is_straggler(self) -> bool:
        """Whether nothing that was asked since the connection was lost has been answered."""
        lost = self._board.now.connection in ("offline", "refused", "limited")
        return lost and self.client is not None and self.client.answered <= self._lost_at

    def _make(self) -> "Intercom":
        client = self._factory(self._budget)
        # what keeps it from being made is said by every request, to whoever asked for it
        with contextlib.suppress(UnusableSetting):
            client.prepare()
        return client

    def _budget(self, budget: "Budget") -> None:
        left, limit = budget.remaining or 0, budget.limit or 0
        # the limit is a minute's, what remains is the ten-second window's
        window = -(-limit // 6)
        self._board.set(
            budget_left=left,
            budget_limit=window if left <= window else limit,
            limited_until=float(max(budget.limited_until or 0, budget.waiting_until or 0)),
            waiting_until=float(budget.waiting_until or 0),
            unavailable=budget.unavailable,
        )
