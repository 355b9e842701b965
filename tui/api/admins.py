"""Admins: the teammates, and whether they are away."""

from __future__ import annotations

from tui.api.decoding import Page
from tui.api.models import Admin
from tui.api.resource import Resource, given, number
from tui.api.transport import segment

__all__ = ["Admins"]


class Admins(Resource):
    """``/admins``."""

    async def list(self) -> Page[Admin]:
        """Every admin of the workspace (GET /admins)."""
        return await self._page("GET", "/admins", Admin, "admins")

    async def get(self, admin_id: str) -> Admin:
        """One admin (GET /admins/{id})."""
        return await self._one("GET", f"/admins/{segment(admin_id)}", Admin)

    async def set_away(
        self,
        admin_id: str,
        *,
        away: bool,
        reassign: bool = False,
        reason_id: str | None = None,
    ) -> Admin:
        """Turn away mode on or off; ``reassign`` gives new replies to the default inbox (PUT /admins/{id}/away)."""
        payload = given(
            away_mode_enabled=away,
            away_mode_reassign=reassign,
            away_status_reason_id=None if reason_id is None else number(reason_id),
        )
        return await self._one("PUT", f"/admins/{segment(admin_id)}/away", Admin, json=payload)
