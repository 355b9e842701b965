"""The open connections of a client: those in use, and those that were left and close with their last request."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx


class Pool:
    """Holds the HTTP client that ``make`` makes, at the first request or by :meth:`prepare`."""

    def __init__(self, make: Callable[[], httpx.AsyncClient]) -> None:
        self._make = make
        self._http: httpx.AsyncClient | None = None
        self._flying: Counter[httpx.AsyncClient] = Counter()
        self._left: list[httpx.AsyncClient] = []

    def prepare(self) -> httpx.AsyncClient:
        """The client, made if there is none."""
        if self._http is None:
            self._http = self._make()
        return self._http

    @asynccontextmanager
    async def in_use(self) -> AsyncIterator[httpx.AsyncClient]:
        """The client for the length of one request."""
        http = self.prepare()
        self._flying[http] += 1
        try:
            yield http
        finally:
            self._flying[http] -= 1
            if not self._flying[http]:
                del self._flying[http]
                await self._tidy()

    async def leave(self) -> None:
        """Open new connections from now on. Requests under way keep theirs to their end."""
        http, self._http = self._http, None
        if http is not None:
            self._left.append(http)
        await self._tidy()

    async def _tidy(self) -> None:
        """Close what was left and is not needed any more."""
        over = [http for http in self._left if http not in self._flying]
        self._left = [http for http in self._left if http in self._flying]
        for http in over:
            await http.aclose()

    async def aclose(self) -> None:
        """Close all. Requests under way are cut off."""
        left, self._left = self._left, []
        if self._http is not None:
            left.append(self._http)
            self._http = None
        for http in left:
            await http.aclose()
