"""Data attributes: the descriptions of attributes, built in and custom."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Flag, Id, Lenient, MaybeId, Model, Text, Time

__all__ = ["DataAttribute"]


class DataAttribute(Model):
    """A field of contacts, companies or conversations; ``data_type`` is ``string``, ``integer``, ``float``, …"""

    type: Text = "data_attribute"
    id: Id = ""
    model: Text = ""
    name: Text = ""
    full_name: Text = ""
    label: Text = ""
    description: Text = ""
    data_type: Text = ""
    options: Lenient[list[str]] = field(default_factory=list)
    api_writable: Flag = False
    ui_writable: Flag = False
    messenger_writable: Flag = False
    custom: Flag = False
    archived: Flag = False
    created_at: Time = 0
    updated_at: Time = 0
    admin_id: MaybeId = None
