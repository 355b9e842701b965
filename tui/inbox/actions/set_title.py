"""The title of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.inbox.actions.base import WHO, ConversationAction, Forms
from tui.model.labels import outcomes
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
        return f"The title becomes “{self.before.title}” again." if self.before.title else outcomes.UNDO_REMOVES_TITLE

    def label(self) -> str:
        return f"Title of {self.who}: {self.title}" if self.title else f"Remove the title of {self.who}"

    def forms(self) -> Forms:
        return Forms(f"Retitled {WHO}", f"new title of {WHO}")

    @property
    def order(self) -> str:
        return outcomes.RESTORE_THE_TITLE_OF
