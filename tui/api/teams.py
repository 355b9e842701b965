"""Teams, segments and data attributes: what a workspace is divided into and described by."""

from __future__ import annotations

from typing import Literal

from tui.api.decoding import Page
from tui.api.models import DataAttribute, Segment, Team
from tui.api.resource import Params, Resource
from tui.api.transport import segment

__all__ = ["DataAttributes", "Segments", "Teams"]


class Teams(Resource):
    """``/teams``."""

    async def list(self) -> Page[Team]:
        """Every team of the workspace (GET /teams)."""
        return await self._page("GET", "/teams", Team, "teams")

    async def get(self, team_id: str) -> Team:
        """One team (GET /teams/{id})."""
        return await self._one("GET", f"/teams/{segment(team_id)}", Team)


class Segments(Resource):
    """``/segments``."""

    async def list(self, *, include_count: bool = False) -> Page[Segment]:
        """Every segment, with how many people are in it when asked (GET /segments)."""
        params: Params | None = {"include_count": True} if include_count else None
        return await self._page("GET", "/segments", Segment, "segments", params=params)

    async def get(self, segment_id: str) -> Segment:
        """One segment (GET /segments/{id})."""
        return await self._one("GET", f"/segments/{segment(segment_id)}", Segment)


class DataAttributes(Resource):
    """``/data_attributes``."""

    async def list(
        self,
        *,
        model: Literal["contact", "company", "conversation"] | None = None,
        include_archived: bool = False,
    ) -> Page[DataAttribute]:
        """The fields that contacts, companies or conversations have (GET /data_attributes)."""
        params: dict[str, str | int | bool] = {}
        if model is not None:
            params["model"] = model
        if include_archived:
            params["include_archived"] = True
        return await self._page("GET", "/data_attributes", DataAttribute, "data", params=params)
