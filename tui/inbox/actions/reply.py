"""Words for the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec

from tui.inbox.actions.base import WHO, Field, Forms, WordsAction
from tui.inbox.incoming import Seen
from tui.inbox.preview import preview_of
from tui.model.labels import action_names
from tui.model.rows import ConversationRow

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.inbox.actions.base import Answer


class Reply(WordsAction, frozen=True, kw_only=True, tag="reply"):
    """Answer the customer. With ``then`` ``close`` it closes the conversation, in one call.

    ``seen_at``, ``seen_ids``, ``seen_all`` and ``seen_since`` tell what of the thread the writer had read: see
    :attr:`seen`.
    """

    then: Literal["", "close"] = ""
    seen_at: int = 0
    seen_ids: tuple[str, ...] = ()
    seen_all: bool = False
    seen_since: int = 0

    part_type = "comment"
    # one who answers a closed conversation makes an `open` part, one who closes with words a `close` part
    traces = frozenset({"comment", "open", "close", "assignment", "quick_reply", "assign_and_reopen"})
    draft_kind: ClassVar[Literal["", "reply", "note"]] = "reply"

    @property
    def closes_too(self) -> bool:
        return self.then == "close"

    @property
    def waits(self) -> bool:
        return True

    @property
    def field(self) -> Field:
        return "state" if self.closes_too else ""

    @property
    def seen(self) -> Seen:
        """What the writer had read. Replies of older programs know only the newest second and the parts of it."""
        return Seen(self.seen_at, self.seen_ids, self.seen_all, self.seen_since)

    def having_seen(self, seen: Seen) -> Reply:
        """The reply of somebody who had read ``seen``."""
        return msgspec.structs.replace(
            self, seen_at=seen.at, seen_ids=seen.ids, seen_all=seen.complete, seen_since=seen.since
        )

    def apply(self, row: ConversationRow, at: int) -> ConversationRow:
        row = msgspec.structs.replace(
            row, waiting_since=0, preview=preview_of(self.html), preview_by="admin", read=True
        )
        return msgspec.structs.replace(row, state="closed", snoozed_until=0) if self.closes_too else row

    async def send(self, client: Intercom) -> Answer:
        talk, cid = client.conversations, self.conversation_id
        if self.closes_too:
            return await talk.close(cid, admin_id=self.acting_as, body=self.html)
        return await talk.reply(cid, admin_id=self.acting_as, body=self.html)

    def label(self) -> str:
        return (
            action_names.REPLY_AND_CLOSE.format(who=self.who)
            if self.closes_too
            else action_names.REPLY.format(who=self.who)
        )

    def forms(self) -> Forms:
        if self.closes_too:
            return Forms(
                action_names.REPLY_AND_CLOSE.format(who=WHO), action_names.REPLY_AND_CLOSE_NOUN.format(who=WHO)
            )
        return Forms(action_names.REPLY.format(who=WHO), action_names.REPLY_NOUN.format(who=WHO))
