"""Tags, and a list of them as it stands in other answers."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Id, Lenient, MaybeTime, Model, Reference, Text

__all__ = ["Tag", "Tags"]


class Tag(Model):
    """A label. ``applied_at`` and ``applied_by`` only where it hangs on something."""

    type: Text = "tag"
    id: Id = ""
    name: Text = ""
    applied_at: MaybeTime = None
    applied_by: Reference | None = None


class Tags(Model):
    """The tags of a conversation."""

    tags: Lenient[list[Tag]] = field(default_factory=list)
