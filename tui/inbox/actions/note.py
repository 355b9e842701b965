"""Words for teammates."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from tui.inbox.actions.base import WHO, Forms, WordsAction
from tui.model.labels import action_names

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.inbox.actions.base import Answer


class Note(WordsAction, frozen=True, kw_only=True, tag="note"):
    """Leave a note on a conversation that only teammates see."""

    part_type = "note"
    traces = frozenset({"note", "note_and_reopen"})
    draft_kind: ClassVar[Literal["", "reply", "note"]] = "note"

    @property
    def waits(self) -> bool:
        return self.carries_text

    async def send(self, client: Intercom) -> Answer:
        return await client.conversations.note(self.conversation_id, admin_id=self.acting_as, body=self.html)

    def label(self) -> str:
        return action_names.NOTE_ON.format(who=self.who)

    def forms(self) -> Forms:
        return Forms(action_names.NOTE_ON.format(who=WHO), action_names.NOTE_ON_NOUN.format(who=WHO))
