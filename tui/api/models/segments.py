"""Segments: groups of contacts that Intercom computes."""

from __future__ import annotations

from tui.api.models.base import Id, Model, Text, Time

__all__ = ["Segment"]


class Segment(Model):
    """A saved filter over people; ``count`` only when asked for."""

    type: Text = "segment"
    id: Id = ""
    name: Text = ""
    created_at: Time = 0
    updated_at: Time = 0
    person_type: Text = ""
    count: int | None = None
