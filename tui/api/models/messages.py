"""What Intercom answers to a conversation that was begun or a message that was sent."""

from __future__ import annotations

from tui.api.models.base import Id, Model, Text, Time

__all__ = ["Message"]


class Message(Model):
    """A message that we started; ``conversation_id`` is empty until the contact answers an in-app one."""

    type: Text = ""
    id: Id = ""
    created_at: Time = 0
    subject: Text = ""
    body: Text = ""
    message_type: Text = ""
    conversation_id: Id = ""
