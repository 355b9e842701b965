"""Notes on contacts."""

from __future__ import annotations

from msgspec import field

from tui.api.models.admins import Admin
from tui.api.models.base import Id, Lenient, Model, Text, Time
from tui.api.models.contacts import Item

__all__ = ["Note"]


class Note(Model):
    """A note on a contact; ``body`` is HTML."""

    type: Text = "note"
    id: Id = ""
    created_at: Time = 0
    contact: Item | None = None
    author: Lenient[Admin] = field(default_factory=Admin)
    body: Text = ""
