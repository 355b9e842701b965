"""The workspace's tags. Adding one to a conversation, contact or ticket is with those."""

from __future__ import annotations

from tui.api.decoding import Page
from tui.api.models import Tag
from tui.api.resource import Resource, given
from tui.api.transport import segment

__all__ = ["Tags"]


class Tags(Resource):
    """``/tags``."""

    async def list(self) -> Page[Tag]:
        """Every tag of the workspace (GET /tags)."""
        return await self._page("GET", "/tags", Tag, "data")

    async def create(self, name: str, *, tag_id: str | None = None) -> Tag:
        """A tag of that name, new or already there; with ``tag_id``, that tag renamed (POST /tags)."""
        payload = given(name=name, id=tag_id)
        return await self._one("POST", "/tags", Tag, json=payload, repeatable=True)

    async def delete(self, tag_id: str) -> None:
        """Delete a tag that nothing has any more (DELETE /tags/{id})."""
        await self._done("DELETE", f"/tags/{segment(tag_id)}")
