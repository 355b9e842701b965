"""Read and unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.inbox.actions.base import WHO, ConversationAction, Forms
from tui.inbox.actions.reply import Reply
from tui.model.labels import action_names, outcomes
from tui.model.rows import ConversationRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation
    from tui.inbox.actions.base import Action, Answer


class MarkRead(ConversationAction, frozen=True, kw_only=True, tag="read"):
    """Mark a conversation read or unread, for all teammates."""

    read: bool = False

    silent = True

    def may_pass(self, held: Action) -> bool:
        return not isinstance(held, Reply)  # a reply marks as read itself

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        return msgspec.structs.replace(row, read=self.read)

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.update(self.conversation_id, read=self.read)

    def holds(self, model: Conversation) -> bool:
        return model.read == self.read

    def inverse(self) -> Action | None:
        return MarkRead(**self.same(), read=self.before.read)

    def loss(self, back: Action) -> str:
        return outcomes.UNDO_RESTORES_MARK

    def label(self) -> str:
        return action_names.MARK.format(who=self.who, how=self._how)

    def forms(self) -> Forms:
        return Forms(
            action_names.MARKED.format(who=WHO, how=self._how), action_names.MARKING.format(who=WHO, how=self._how)
        )

    @property
    def order(self) -> str:
        return action_names.MARK_AS_ORDER.format(how=self._how)

    @property
    def _how(self) -> str:
        return "read" if self.read else "unread"
