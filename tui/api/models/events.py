"""Events: what a contact did, and when."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Id, Json, Lenient, Model, Text, Time

__all__ = ["Event"]


class Event(Model):
    """Something a contact did. ``metadata`` is as it was sent."""

    type: Text = "event"
    id: Id = ""
    event_name: Text = ""
    created_at: Time = 0
    user_id: Id = ""
    intercom_user_id: Id = ""
    email: Text = ""
    metadata: Lenient[dict[str, Json]] = field(default_factory=dict)
