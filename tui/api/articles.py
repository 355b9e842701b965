"""Help-centre articles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

from tui.api.decoding import Page
from tui.api.models import Article
from tui.api.resource import Resource
from tui.api.transport import SEARCH, segment

__all__ = ["Articles"]


class Articles(Resource):
    """``/articles``."""

    def list_pages(self, *, per_page: int = 50) -> AsyncIterator[Page[Article]]:
        """Pages of all articles, last changed first (GET /articles)."""
        return self._listed("/articles", Article, "data", params={"per_page": per_page})

    async def get(self, article_id: str) -> Article:
        """One article (GET /articles/{id})."""
        return await self._one("GET", f"/articles/{segment(article_id)}", Article)

    async def search(
        self,
        phrase: str,
        *,
        state: Literal["published", "draft", "all"] | None = None,
    ) -> Page[Article]:
        """Articles with a phrase in them, best first (GET /articles/search)."""
        params: dict[str, str | int | bool] = {"phrase": phrase}
        if state is not None:
            params["state"] = state
        return await self._page("GET", "/articles/search", Article, "data.articles", params=params, timeouts=SEARCH)
