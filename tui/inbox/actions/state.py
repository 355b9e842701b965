"""Closing, opening again and snoozing: what sets the state of a conversation. Each takes another back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tui.inbox.actions.base import WHO, ConversationAction, Field, Forms
from tui.model.labels import action_names, outcomes
from tui.model.rows import ConversationRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.api.models import Conversation
    from tui.inbox.actions.base import Action, Answer


class StateAction(ConversationAction, frozen=True, kw_only=True):
    """An action that sets the state of a conversation."""

    @property
    def field(self) -> Field:
        return "state"

    def inverse(self) -> Action | None:
        same = self.same()
        match self.before.state:
            case "open":
                back: StateAction = Open(**same)
            case "closed":
                back = Close(**same)
            case "snoozed":
                back = Snooze(until=self.before.snoozed_until, **same)
            case _:
                return None
        return None if self.is_same_as(back) else back

    def is_same_as(self, back: StateAction) -> bool:
        """Whether ``back`` would ask for what this one did."""
        return type(back) is type(self)


class Close(StateAction, frozen=True, kw_only=True, tag="close"):
    """Close a conversation."""

    part_type = "close"
    traces = frozenset({"close"})

    @property
    def waits(self) -> bool:
        return True

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        return msgspec.structs.replace(row, state="closed", snoozed_until=0, waiting_since=0)

    def changes(self, row: ConversationRow | None) -> bool:
        # an answer that is still awaited does not make it more closed
        return row is None or row.state != "closed"

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.close(self.conversation_id, admin_id=self.acting_as)

    def holds(self, model: Conversation) -> bool:
        return model.state == "closed"

    def loss(self, back: Action) -> str:
        if self.before.state == "open":
            return outcomes.UNDO_REOPENS
        return outcomes.UNDO_SNOOZES_RATING_ASKED

    def label(self) -> str:
        return action_names.CLOSE.format(who=self.who)

    def forms(self) -> Forms:
        return Forms(action_names.CLOSED.format(who=WHO), action_names.CLOSING.format(who=WHO))


class Open(StateAction, frozen=True, kw_only=True, tag="open"):
    """Open a conversation again, or wake it."""

    part_type = "open"
    traces = frozenset({"open"})

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        return msgspec.structs.replace(row, state="open", snoozed_until=0)

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.open(self.conversation_id, admin_id=self.acting_as)

    def holds(self, model: Conversation) -> bool:
        return model.state == "open"

    def loss(self, back: Action) -> str:
        if self.before.state == "closed":
            return outcomes.UNDO_CLOSES_AGAIN
        return outcomes.UNDO_SNOOZES_AGAIN

    def label(self) -> str:
        return action_names.OPEN.format(who=self.who)

    def forms(self) -> Forms:
        return Forms(action_names.REOPENED.format(who=WHO), action_names.REOPENING.format(who=WHO))

    @property
    def order(self) -> str:
        return "reopen"


class Snooze(StateAction, frozen=True, kw_only=True, tag="snooze"):
    """Let a conversation sleep until the Unix second ``until``."""

    until: int = 0

    part_type = "snoozed"
    traces = frozenset({"snoozed"})

    @property
    def waits(self) -> bool:
        return True

    def instead(self, now: float) -> Action:
        # it would have woken by now
        return self if self.until > now + 1 else Open(**self.same(), follows=self.follows, before=self.before)

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        return msgspec.structs.replace(row, state="snoozed", snoozed_until=self.until)

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.snooze(self.conversation_id, until=self.until, admin_id=self.acting_as)

    def holds(self, model: Conversation) -> bool:
        return model.state == "snoozed" and model.snoozed_until == self.until

    def is_same_as(self, back: StateAction) -> bool:
        return isinstance(back, Snooze) and back.until == self.until

    def loss(self, back: Action) -> str:
        return outcomes.UNDO_RESTORES_STATE.format(state=self.before.state or "open")

    def label(self) -> str:
        return action_names.SNOOZE.format(who=self.who)

    def forms(self) -> Forms:
        return Forms(action_names.SNOOZED.format(who=WHO), action_names.SNOOZE_NOUN.format(who=WHO))
