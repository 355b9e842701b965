"""Admins, and the workspace they work in."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Flag, Id, Lenient, Model, Text, Time

__all__ = ["Admin", "AdminWithApp", "App"]


class Admin(Model):
    """A teammate. ``away_mode_enabled`` is their out-of-office switch."""

    type: Text = "admin"
    id: Id = ""
    name: Text = ""
    email: Text = ""
    job_title: Text = ""
    away_mode_enabled: Flag = False
    away_mode_reassign: Flag = False
    has_inbox_seat: Flag = False
    team_ids: Lenient[list[Id]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.team_ids = [str(each) for each in self.team_ids]


class App(Model):
    """The workspace that a token belongs to. ``id_code`` is its id, ``region`` one of ``US``, ``EU``, ``AU``."""

    type: Text = "app"
    id_code: Id = ""
    name: Text = ""
    region: Text = ""
    timezone: Text = ""
    created_at: Time = 0
    identity_verification: Flag = False


class AdminWithApp(Admin):
    """``GET /me``: whose token it is, and of which workspace."""

    email_verified: Flag = False
    app: Lenient[App] = field(default_factory=App)
