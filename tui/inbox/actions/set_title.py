"""The title of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.inbox.actions.base import WHO, ConversationAction, Forms
from tui.model.labels import action_names, outcomes
from tui.model.rows import ConversationRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation
    from tui.inbox.actions.base import Action, Answer


class SetTitle(ConversationAction, frozen=True, kw_only=True, tag="title"):
    """Give a conversation a title."""

    title: str = ""

    def may_pass(self, held: Action) -> bool:
        return True

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        return msgspec.structs.replace(row, title=self.title)

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.update(self.conversation_id, title=self.title)

    def holds(self, model: Conversation) -> bool:
        return model.title == self.title

    def inverse(self) -> Action | None:
        return SetTitle(**self.same(), title=self.before.title)

    def loss(self, back: Action) -> str:
        return (
            outcomes.UNDO_RESTORES_TITLE.format(title=self.before.title)
            if self.before.title
            else outcomes.UNDO_REMOVES_TITLE
        )

    def label(self) -> str:
        return (
            action_names.SET_TITLE.format(who=self.who, title=self.title)
            if self.title
            else action_names.REMOVE_TITLE.format(who=self.who)
        )

    def forms(self) -> Forms:
        return Forms(action_names.RETITLED.format(who=WHO), action_names.NEW_TITLE.format(who=WHO))

    @property
    def order(self) -> str:
        return outcomes.RESTORE_THE_TITLE_OF
