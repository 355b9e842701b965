"""The client: one workspace, its nouns as attributes."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import BinaryIO, Self

import httpx

from tui.api.admins import Admins
from tui.api.articles import Articles
from tui.api.companies import Companies
from tui.api.contacts import Contacts
from tui.api.conversations import Conversations
from tui.api.decoding import decode_one
from tui.api.download import fetch
from tui.api.events import Events
from tui.api.messages import Messages
from tui.api.models import AdminWithApp
from tui.api.rate_limit import Budget, Clock, Priority
from tui.api.tags import Tags
from tui.api.teams import DataAttributes, Segments, Teams
from tui.api.tickets import Tickets
from tui.api.transport import Connection

__all__ = ["Endpoints", "Intercom"]


class Endpoints:
    """The nouns of one workspace, for requests of one priority."""

    def __init__(self, connection: Connection, priority: Priority = Priority.PERSON) -> None:
        """``connection`` is shared with all others of the same client."""
        self.connection = connection
        self.priority = priority
        self.admins = Admins(connection, priority)
        self.articles = Articles(connection, priority)
        self.companies = Companies(connection, priority)
        self.contacts = Contacts(connection, priority)
        self.conversations = Conversations(connection, priority)
        self.data_attributes = DataAttributes(connection, priority)
        self.events = Events(connection, priority)
        self.messages = Messages(connection, priority)
        self.segments = Segments(connection, priority)
        self.tags = Tags(connection, priority)
        self.teams = Teams(connection, priority)
        self.tickets = Tickets(connection, priority)

    async def me(self) -> AdminWithApp:
        """Whose token it is, and of which workspace (GET /me)."""
        return await self.connection.call(
            "GET", "/me", lambda body: decode_one(body, AdminWithApp), priority=self.priority
        )


class Intercom(Endpoints):
    """One Intercom workspace; its own requests are a person's, those of :meth:`at` have another priority.

    ::

        async with Intercom("https://api.intercom.io", token) as intercom:
            async for page in intercom.at(Priority.VIEW).conversations.search_pages(Field("state") == "open"):
                ...

    ``transport`` answers in place of the network (an in-process ASGI application, a test's own); ``find_token`` looks
    for the token anew; ``on_budget`` is called after each answer, in the event loop. Making one is cheap; certificates
    are loaded at the first request or by :meth:`prepare`. Raises what :class:`Connection` raises.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        user_agent: str | None = None,
        clock: Clock | None = None,
        on_budget: Callable[[Budget], None] | None = None,
        find_token: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(
            Connection(
                base_url,
                token,
                transport=transport,
                user_agent=user_agent,
                clock=clock,
                on_budget=on_budget,
                find_token=find_token,
            )
        )
        self._views: dict[Priority, Endpoints] = {}

    def at(self, priority: Priority) -> Endpoints:
        """The same workspace, for requests of that priority."""
        view = self._views.get(priority)
        if view is None:
            view = self._views[priority] = Endpoints(self.connection, priority)
        return view

    @property
    def base_url(self) -> str:
        """Where requests go, without a slash at the end."""
        return self.connection.base_url

    @property
    def budget(self) -> Budget:
        """What the rate limit leaves, as of now."""
        return self.connection.budget

    def server_time(self) -> float:
        """Intercom's clock in Unix seconds, as far as its answers tell (within a second)."""
        return self.connection.server_time()

    @property
    def asked(self) -> int:
        """How many requests have left so far."""
        return self.connection.asked

    @property
    def answered(self) -> int:
        """The number of the latest of them that Intercom answered."""
        return self.connection.answered

    def renew_token(self) -> bool:
        """Look for the access token where it is kept (see :meth:`Connection.renew_token`): call it in a thread."""
        return self.connection.renew_token()

    async def start_over(self) -> None:
        """Forget open connections and known limits (see :meth:`Connection.start_over`)."""
        await self.connection.start_over()

    def prepare(self) -> None:
        """Load certificates and make the HTTP client now (about 70 ms): call it in a thread."""
        self.connection.prepare()

    async def download(self, url: str, target: BinaryIO) -> int:
        """Write an attachment to ``target`` and return its size in bytes; see :func:`tui.api.download.fetch`."""
        return await fetch(url, target, api=self.base_url, transport=self.connection.transport)

    async def aclose(self) -> None:
        """Close the connections. Requests under way are cut off."""
        await self.connection.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
