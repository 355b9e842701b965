"""Events: what contacts did."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from tui.api.decoding import Page
from tui.api.models import Event
from tui.api.resource import Resource, given

__all__ = ["Events"]


class Events(Resource):
    """``/events``."""

    async def track(
        self,
        event_name: str,
        *,
        created_at: int,
        contact_id: str | None = None,
        user_id: str | None = None,
        email: str | None = None,
        metadata: Mapping[str, object] | None = None,
    ) -> None:
        """Record that a contact did something at a Unix second (POST /events).

        The contact goes by Intercom's id, the customer's own (``user_id``) or an e-mail address: one of them.
        """
        payload = given(
            event_name=event_name,
            created_at=int(created_at),
            id=contact_id,
            user_id=user_id,
            email=email,
            metadata=dict(metadata) if metadata else None,
        )
        await self._done("POST", "/events", json=payload)

    def list_pages(self, contact_id: str, *, per_page: int = 50) -> AsyncIterator[Page[Event]]:
        """Pages of a contact's events of the last 90 days, newest first (GET /events?type=user)."""
        params: dict[str, str | int | bool] = {"type": "user", "intercom_user_id": contact_id, "per_page": per_page}
        return self._listed("/events", Event, "events", params=params)
