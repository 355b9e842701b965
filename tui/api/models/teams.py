"""Teams of admins."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Id, Lenient, Model, Text

__all__ = ["Team"]


class Team(Model):
    """A team and the ids of its admins."""

    type: Text = "team"
    id: Id = ""
    name: Text = ""
    admin_ids: Lenient[list[Id]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.admin_ids = [str(each) for each in self.admin_ids]
