"""What the resources share: one request, one object; one request, one page; pages after pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TypeVar

from tui.api.decoding import Page, decode_one, decode_page
from tui.api.errors import InvalidError, NotFoundError
from tui.api.models_base import Model
from tui.api.pacing import Priority
from tui.api.transport import Connection, Kind

__all__ = ["Params", "Resource", "given", "number", "pages"]

M = TypeVar("M", bound=Model)
Params = Mapping[str, str | int | bool]


def given(**fields: object) -> dict[str, object]:
    """The fields that are not None: what was not said is not sent."""
    return {name: value for name, value in fields.items() if value is not None}


def number(identifier: str) -> int:
    """An id where Intercom's description wants an integer. Raises :class:`InvalidError` when it is none."""
    try:
        return int(identifier)
    except ValueError:
        raise InvalidError(f"{identifier!r} is no admin's id: those are numbers.", code="parameter_invalid") from None


class Resource:
    """One noun of the API over a :class:`Connection`.

    Every method takes ``priority``, and raises the errors of :mod:`tui.api.errors`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def _one(
        self,
        method: str,
        path: str,
        model: type[M],
        *,
        priority: Priority,
        params: Params | None = None,
        json: object = None,
        kind: Kind | None = None,
        repeatable: bool | None = None,
    ) -> M:
        return await self._connection.call(
            method,
            path,
            lambda body: decode_one(body, model),
            params=params,
            json=json,
            kind=kind,
            repeatable=repeatable,
            priority=priority,
        )

    async def _page(
        self,
        method: str,
        path: str,
        model: type[M],
        key: str,
        *,
        priority: Priority,
        params: Params | None = None,
        json: object = None,
        kind: Kind | None = None,
    ) -> Page[M]:
        return await self._connection.call(
            method,
            path,
            lambda body: decode_page(body, model, key),
            params=params,
            json=json,
            kind=kind,
            repeatable=True,
            priority=priority,
        )

    async def _done(
        self, method: str, path: str, *, priority: Priority, json: object = None, params: Params | None = None
    ) -> None:
        """For answers that say nothing worth reading."""
        await self._connection.call(method, path, lambda body: None, params=params, json=json, priority=priority)

    def _listed(
        self,
        path: str,
        model: type[M],
        key: str,
        *,
        priority: Priority,
        params: Params | None = None,
        method: str = "GET",
    ) -> AsyncIterator[Page[M]]:
        """Pages of a list whose paging stands in the query: cursors, numbers or addresses, as the answer has it."""
        first = dict(params or {})

        async def fetch(following: Mapping[str, str]) -> Page[M]:
            return await self._page(method, path, model, key, params={**first, **following}, priority=priority)

        return pages(fetch, {})


async def pages(
    fetch: Callable[[Mapping[str, str]], Awaitable[Page[M]]], start: Mapping[str, str]
) -> AsyncIterator[Page[M]]:
    """Page after page. A cursor that died on the way makes it begin again, once.

    A cursor that repeats itself ends it, and so does a page that came before under another cursor (empty ones too):
    whatever the server says, it is going round in circles.
    """
    following = dict(start)
    seen: set[tuple[tuple[str, str], ...]] = set()
    shown: set[int] = set()
    restarted = fresh = False
    while True:
        try:
            page = await fetch(following)
        except (InvalidError, NotFoundError):
            if not following or restarted:
                raise
            restarted = fresh = True
            following = {}
            seen.clear()
            shown.clear()
            continue
        page.restarted, fresh = fresh, False
        yield page
        following = dict(page.next_params)
        mark = tuple(sorted(following.items()))
        content = _content(page)
        if not following or mark in seen or content in shown:
            return
        seen.add(mark)
        if content is not None:
            shown.add(content)


def _content(page: Page[M]) -> int | None:
    """The same for pages that hold the same things; None where they have no ids to tell."""
    ids = tuple(getattr(item, "id", "") for item in page.items)
    return hash(ids) if all(ids) else None
