"""Tags of conversations: adding one, and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.inbox.actions.base import WHO, Before, ConversationAction, Forms
from tui.model.labels import action_names, outcomes
from tui.model.rows import ConversationRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation
    from tui.inbox.actions.base import Action, Answer

TAGGED = Forms(action_names.TAGGED.format(who=WHO), action_names.TAGGING.format(who=WHO))
KEPT = outcomes.UNDO_RESTORES_TAGS


class _TagAction(ConversationAction, frozen=True, kw_only=True):
    tag_id: str = ""
    tag_name: str = ""

    def may_pass(self, held: Action) -> bool:
        return True

    def remembered(self, row: ConversationRow) -> Before:
        return msgspec.structs.replace(super().remembered(row), had_tag=self.tag_id in row.tag_ids)

    def loss(self, back: Action) -> str:
        return KEPT

    def forms(self) -> Forms:
        return TAGGED


class Tag(_TagAction, frozen=True, kw_only=True, tag="tag"):
    """Add a tag to a conversation."""

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        if self.tag_id in row.tag_ids:
            return row
        return msgspec.structs.replace(row, tag_ids=(*row.tag_ids, self.tag_id))

    async def send(self, client: Intercom) -> Answer:
        await client.conversations.tag(self.conversation_id, self.tag_id, admin_id=self.acting_as)
        return None

    def holds(self, model: Conversation) -> bool:
        return any(tag.id == self.tag_id for tag in model.tags.tags)

    def inverse(self) -> Action | None:
        return None if self.before.had_tag else Untag(**self.same(), tag_id=self.tag_id, tag_name=self.tag_name)

    def label(self) -> str:
        return action_names.TAG.format(who=self.who, tag=self.tag_name or self.tag_id)

    def sign(self) -> str:
        return f"+{self.tag_name or self.tag_id}"


class Untag(_TagAction, frozen=True, kw_only=True, tag="untag"):
    """Remove a tag from a conversation."""

    gone_is_done = True

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        return msgspec.structs.replace(row, tag_ids=tuple(tag for tag in row.tag_ids if tag != self.tag_id))

    async def send(self, client: Intercom) -> Answer:
        await client.conversations.untag(self.conversation_id, self.tag_id, admin_id=self.acting_as)
        return None

    def holds(self, model: Conversation) -> bool:
        return all(tag.id != self.tag_id for tag in model.tags.tags)

    def inverse(self) -> Action | None:
        return Tag(**self.same(), tag_id=self.tag_id, tag_name=self.tag_name) if self.before.had_tag else None

    def label(self) -> str:
        return action_names.UNTAG.format(who=self.who, tag=self.tag_name or self.tag_id)

    def sign(self) -> str:
        return f"-{self.tag_name or self.tag_id}"
