"""Blanking out a copy of what was sent twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inbox.actions.base import WHO, ConversationAction, Forms
from tui.model.labels import action_names

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation
    from tui.inbox.actions.base import Answer


class Redact(ConversationAction, frozen=True, kw_only=True, tag="redact"):
    """Redact the part ``part_id``, a copy of the words (the first of them in ``title``) of the action ``copy_of``."""

    title: str = ""
    part_id: str = ""
    copy_of: int = 0

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.redact_part(self.conversation_id, self.part_id)

    def holds(self, model: Conversation) -> bool:
        return all(part.redacted for part in model.conversation_parts.parts if part.id == self.part_id)

    def label(self) -> str:
        return action_names.REDACT.format(who=self.who, title=self.title)

    def forms(self) -> Forms:
        return Forms(action_names.REDACTED.format(who=WHO), action_names.REDACTION.format(who=WHO))
