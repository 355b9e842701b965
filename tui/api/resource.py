"""What the resources share: one request, one object; one request, one page; pages after pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Generic, TypeVar

from tui.api.decoding import Page, decode_one, decode_page
from tui.api.errors import AnswerError, InvalidError, NotFoundError
from tui.api.models.base import Model
from tui.api.query import Query, Subject, search_body
from tui.api.rate_limit import Priority
from tui.api.transport import SEARCH, Connection, Timeouts
from tui.model.labels import api_errors

__all__ = ["Params", "Resource", "Searchable", "given", "number", "pages"]

M = TypeVar("M", bound=Model)
T = TypeVar("T")
Params = Mapping[str, str | int | bool]

_MOST_STALE = 3
"""Pages in a row without anything new after which a list is over."""

_SPARE_PAGES = 20
_MOST_PAGES = 1000
"""Pages of a list that does not say how long it is, or says nonsense."""

_LARGEST_TOTAL = 10_000_000


def given(**fields: object) -> dict[str, object]:
    """The fields that are not None: what was not said is not sent."""
    return {name: value for name, value in fields.items() if value is not None}


def number(identifier: str) -> int:
    """An id where Intercom's description wants an integer. Raises :class:`InvalidError` when it is none."""
    try:
        return int(identifier)
    except ValueError:
        raise InvalidError(api_errors.NOT_A_TEAMMATE_ID.format(number=identifier), code="parameter_invalid") from None


class Resource:
    """One noun of the API over a :class:`Connection`, for requests of one priority.

    Every method raises the errors of :mod:`tui.api.errors`.
    """

    def __init__(self, connection: Connection, priority: Priority = Priority.PERSON) -> None:
        self._connection = connection
        self._priority = priority

    async def _call(
        self,
        method: str,
        path: str,
        read: Callable[[bytes], T],
        *,
        params: Params | None = None,
        json: object = None,
        timeouts: Timeouts | None = None,
        repeatable: bool | None = None,
    ) -> T:
        return await self._connection.call(
            method,
            path,
            read,
            params=params,
            json=json,
            timeouts=timeouts,
            repeatable=repeatable,
            priority=self._priority,
        )

    async def _one(
        self,
        method: str,
        path: str,
        model: type[M],
        *,
        json: object = None,
        repeatable: bool | None = None,
    ) -> M:
        return await self._call(method, path, lambda body: decode_one(body, model), json=json, repeatable=repeatable)

    async def _page(
        self,
        method: str,
        path: str,
        model: type[M],
        key: str,
        *,
        params: Params | None = None,
        json: object = None,
        timeouts: Timeouts | None = None,
    ) -> Page[M]:
        return await self._call(
            method,
            path,
            lambda body: decode_page(body, model, key),
            params=params,
            json=json,
            timeouts=timeouts,
            repeatable=True,
        )

    async def _done(self, method: str, path: str, *, json: object = None) -> None:
        """For answers that say nothing worth reading."""
        await self._call(method, path, _nothing, json=json)

    def _listed(
        self,
        path: str,
        model: type[M],
        key: str,
        *,
        params: Params | None = None,
        method: str = "GET",
    ) -> AsyncIterator[Page[M]]:
        """Pages of a list whose paging stands in the query: cursors, numbers or addresses, as the answer has it."""
        first = dict(params or {})

        async def fetch(following: Mapping[str, str]) -> Page[M]:
            return await self._page(method, path, model, key, params={**first, **following})

        return pages(fetch, {})


class Searchable(Resource, Generic[M]):
    """A noun whose things a query finds, which every subclass names in the four attributes."""

    _subject: Subject
    _search_path: str
    _model: type[M]
    _key: str
    """Where a page has its things."""

    async def search(
        self,
        query: Query,
        *,
        per_page: int = 50,
        starting_after: str | None = None,
    ) -> Page[M]:
        """One page of what matches, from a cursor on. Raises :class:`tui.api.query.QueryError`."""
        body = search_body(query, self._subject, per_page=per_page, starting_after=starting_after)
        return await self._page("POST", self._search_path, self._model, self._key, json=body, timeouts=SEARCH)

    def search_pages(
        self,
        query: Query,
        *,
        per_page: int = 150,
        starting_after: str | None = None,
    ) -> AsyncIterator[Page[M]]:
        """All pages of what matches, from a cursor on; begins again, once, when a cursor died."""

        async def fetch(following: Mapping[str, str]) -> Page[M]:
            after = following.get("starting_after")
            return await self.search(query, per_page=per_page, starting_after=after)

        return pages(fetch, {} if starting_after is None else {"starting_after": starting_after})


def _nothing(body: bytes) -> None:
    """No answer is fine here; one that is there must be Intercom's. Raises :class:`AnswerError`."""
    if body.strip() and not body.lstrip().startswith(b"{"):
        raise AnswerError(api_errors.NOT_EXPECTED)


async def pages(
    fetch: Callable[[Mapping[str, str]], Awaitable[Page[M]]], start: Mapping[str, str]
) -> AsyncIterator[Page[M]]:
    """Page after page. A cursor that died on the way makes it begin again, once.

    It ends by itself where the server goes round in circles, whatever it says: a cursor that repeats itself, a page
    that came before under another cursor (empty ones too), some pages without anything new, or far more than
    ``total_count`` has promised.
    """
    following = dict(start)
    seen: set[tuple[tuple[str, str], ...]] = set()
    shown: set[int] = set()
    known: set[str] = set()
    restarted = fresh = False
    stale = count = 0
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
            known.clear()
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
        ids = {getattr(item, "id", "") for item in page.items} - {""}
        stale = 0 if not ids or ids - known else stale + 1
        known |= ids
        count += 1
        if stale >= _MOST_STALE or count >= _most_pages(page):
            return


def _most_pages(page: Page[M]) -> int:
    """How many pages there can be: half as many again as the total makes, for what changes places meanwhile."""
    total = page.total_count
    if total is None or total > _LARGEST_TOTAL:
        return _MOST_PAGES
    return _SPARE_PAGES + 3 * total // (2 * max(1, len(page.items)))


def _content(page: Page[M]) -> int | None:
    """The same for pages that hold the same things; None where they have no ids to tell."""
    ids = tuple(getattr(item, "id", "") for item in page.items)
    return hash(ids) if all(ids) else None
