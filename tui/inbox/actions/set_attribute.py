"""A custom attribute of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from tui.inbox.actions.base import WHO, Before, ConversationAction, Forms
from tui.inbox.attributes import Value, as_json, by_name, in_words
from tui.model.labels import action_names, outcomes
from tui.model.rows import ConversationRow, PartRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation, Part
    from tui.inbox.actions.base import Action, Answer


class Was(Before, frozen=True, omit_defaults=True):
    """How the conversation was, with the attribute's ``value``, None for none."""

    value: Value = None


class SetAttribute(ConversationAction, frozen=True, kw_only=True, tag="attribute"):
    """Give a custom attribute of a conversation another value.

    ``name`` is Intercom's name of the attribute; ``value`` None clears it (PUT /conversations/{id},
    ``custom_attributes``).
    """

    name: str = ""
    value: Value = None
    before: Was = Was()

    part_type = "conversation_attribute_updated_by_admin"
    traces = frozenset({part_type})

    def may_pass(self, held: Action) -> bool:
        return not isinstance(held, SetAttribute) or held.name != self.name

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        held = by_name(row.attributes)
        if held.get(self.name) == self.value and type(held.get(self.name)) is type(self.value):
            return row
        return msgspec.structs.replace(row, attributes=as_json({**held, self.name: self.value}))

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.update(self.conversation_id, custom_attributes={self.name: self.value})

    def part(self, outbox_id: int, at: int, author_name: str) -> PartRow | None:
        shown = super().part(outbox_id, at, author_name)
        detail = ": ".join(filter(None, (self.name, in_words(self.value))))
        return shown and msgspec.structs.replace(shown, detail=detail)

    def is_effect(self, part: Part) -> bool:
        # of the value it tells words for people only (components/schemas/event_details)
        told = part.event_details.get("attribute")
        return isinstance(told, dict) and told.get("name") == self.name

    def holds(self, model: Conversation) -> bool:
        return model.custom_attributes.get(self.name) == self.value

    def remembered(self, row: ConversationRow) -> Was:
        was = msgspec.structs.asdict(super().remembered(row))
        return Was(**was, value=cast("Value", by_name(row.attributes).get(self.name)))

    def inverse(self) -> Action | None:
        return SetAttribute(**self.same(), name=self.name, value=self.before.value)

    def loss(self, back: Action) -> str:
        was = in_words(self.before.value)
        return (
            outcomes.UNDO_RESTORES_ATTRIBUTE.format(name=self.name, was=was)
            if was
            else outcomes.UNDO_CLEARS_ATTRIBUTE.format(name=self.name)
        )

    def label(self) -> str:
        said = in_words(self.value)
        return (
            action_names.SET_ATTRIBUTE.format(name=self.name, who=self.who, value=said)
            if said
            else action_names.CLEAR_ATTRIBUTE.format(name=self.name, who=self.who)
        )

    def forms(self) -> Forms:
        return Forms(action_names.UPDATED.format(who=WHO), action_names.UPDATE.format(who=WHO))

    def sign(self) -> str:
        return f"{self.name}: {in_words(self.value) or 'cleared'}"

    @property
    def order(self) -> str:
        return action_names.RESTORE_ATTRIBUTE.format(name=self.name)
