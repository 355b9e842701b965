"""Messages that we start."""

from __future__ import annotations

from typing import Literal

from tui.api.models import Message
from tui.api.resource import Resource, given, number

__all__ = ["Messages"]


class Messages(Resource):
    """``/messages``."""

    async def send(
        self,
        *,
        admin_id: str,
        contact_id: str,
        body: str,
        contact_type: Literal["user", "lead"] = "user",
        message_type: Literal["in_app", "email"] = "in_app",
        subject: str | None = None,
        template: Literal["plain", "personal"] = "plain",
        create_conversation: bool | None = None,
    ) -> Message:
        """Write to a contact first (POST /messages). An e-mail wants a ``subject``.

        ``create_conversation`` opens a conversation at once, not only when the contact answers.
        """
        payload = given(
            message_type=message_type,
            subject=subject,
            body=body,
            template=template if message_type == "email" else None,
            to={"type": contact_type, "id": contact_id},
            create_conversation_without_contact_reply=create_conversation,
        )
        payload["from"] = {"type": "admin", "id": number(admin_id)}
        return await self._one("POST", "/messages", Message, json=payload)
