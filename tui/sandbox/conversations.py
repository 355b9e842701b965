"""Conversations, and everything that happens to one. Parts are appended for every event."""

from __future__ import annotations

import heapq
from collections.abc import Callable

from tui.sandbox.conversation_index import ConversationIndex
from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.furniture import FIRST_TEAM_ID, OPERATOR, Furniture
from tui.sandbox.history import FIRST_CONVERSATION_ID, HeaderMaker
from tui.sandbox.model import Attachment, Author, Contact, Conversation, Part, Source, State, TagMark
from tui.sandbox.threads import contact_author

MOST_PARTS = 500
_FIRST_NEW_PART_ID = 40_000_000_000_000
_FIRST_NEW_SOURCE_ID = 500_000_000


class Conversations(ConversationIndex):
    """All conversations, and what customers and teammates do to them. Each deed is a part of the thread."""

    def __init__(
        self, made: list[Conversation], whose: list[int], maker: HeaderMaker, rooms: Furniture, now: Callable[[], float]
    ) -> None:
        super().__init__(made, whose, maker, rooms, now)
        self._snoozes = [(c.snoozed_until, c.id) for c in made if c.snoozed_until is not None]
        heapq.heapify(self._snoozes)
        self._next_id = FIRST_CONVERSATION_ID + len(made)
        self._next_part = _FIRST_NEW_PART_ID
        self._next_source = _FIRST_NEW_SOURCE_ID

    def tick(self) -> None:
        """Wake the conversations whose snooze is over. Called before every request."""
        now = self.now()
        while self._snoozes and self._snoozes[0][0] <= now:
            until, conversation_id = heapq.heappop(self._snoozes)
            conversation = self._by_id.get(conversation_id)
            if conversation is not None and conversation.snoozed_until == until and conversation.state == "snoozed":
                self._set_state(conversation, "open")
                self.add(conversation, "timer_unsnooze", None, OPERATOR, at=until)

    def add(
        self,
        conversation: Conversation,
        part_type: str,
        body: str | None,
        author: Author,
        *,
        at: int | None = None,
        attachments: tuple[Attachment, ...] = (),
        assigned_to: tuple[str, str] | None = None,
        quick_replies: tuple[tuple[str, str], ...] = (),
        tag_ids: tuple[int, ...] = (),
    ) -> Part:
        """Append a part and move ``updated_at``; the caller has set the state first."""
        parts = self.parts(conversation)
        moment = self.now() if at is None else at
        part = Part(
            self._next_part,
            part_type,
            body,
            moment,
            moment,
            author,
            conversation.state,
            assigned_to,
            attachments,
            quick_replies=quick_replies,
            tag_ids=tag_ids,
        )
        self._next_part += 1
        parts.append(part)
        self.touch(conversation, moment)
        return part

    def _set_state(self, conversation: Conversation, state: State) -> None:
        conversation.state = state
        if state != "snoozed":
            conversation.snoozed_until = None

    def begin(
        self,
        contact: Contact,
        body: str,
        author: Author,
        *,
        subject: str = "",
        channel: str = "conversation",
        delivered_as: str = "customer_initiated",
        attachments: tuple[Attachment, ...] = (),
        at: int | None = None,
    ) -> Conversation:
        """A new conversation; the customer waits when they began it."""
        now = self.now() if at is None else at
        made = Conversation(self._next_id, -1, now, now, (contact,))
        made.source = Source(self._next_source, channel, delivered_as, subject, body, author, attachments)
        made.parts = []
        self._next_id += 1
        self._next_source += 1
        if author.type in ("user", "lead"):
            made.waiting_since = now
            contact.last_replied_at = now
        else:
            made.read = True
            if author.type == "admin":
                made.admin_assignee_id = int(author.id)
        self.put(made, contact)
        return made

    def contact_reply(
        self,
        conversation: Conversation,
        contact: Contact,
        body: str | None,
        *,
        at: int | None = None,
        attachments: tuple[Attachment, ...] = (),
        quick_replies: tuple[tuple[str, str], ...] = (),
    ) -> Part:
        """The customer writes: the conversation opens, is unread, and waits (from the first unanswered message on)."""
        now = self.now() if at is None else at
        asleep = conversation.state != "open"
        self._set_state(conversation, "open")
        conversation.read = False
        if conversation.waiting_since is None:
            conversation.waiting_since = now
        contact.last_replied_at = now
        kind = "quick_reply" if quick_replies else "open" if asleep else "comment"
        return self.add(
            conversation,
            kind,
            body,
            contact_author(contact),
            at=now,
            attachments=attachments,
            quick_replies=quick_replies,
        )

    def admin_reply(
        self,
        conversation: Conversation,
        admin_id: int,
        body: str | None,
        *,
        note: bool = False,
        at: int | None = None,
        attachments: tuple[Attachment, ...] = (),
        quick_replies: tuple[tuple[str, str], ...] = (),
    ) -> Part:
        """A teammate answers (nobody waits any more) or leaves a note (which changes nothing for the customer)."""
        if not note:
            self._answered(conversation)
        kind = "note" if note else "quick_reply" if quick_replies else "comment"
        return self.add(
            conversation,
            kind,
            body,
            self._rooms.author(admin_id),
            at=at,
            attachments=attachments,
            quick_replies=quick_replies,
        )

    def _answered(self, conversation: Conversation) -> None:
        conversation.waiting_since = None
        conversation.read = True
        for contact in conversation.contacts:
            contact.last_contacted_at = self.now()

    def close(self, conversation: Conversation, author: Author, body: str | None = None) -> Part:
        """Close, with or without a last word to the customer."""
        self._set_state(conversation, "closed")
        conversation.waiting_since = None
        if body is not None:
            self._answered(conversation)
        return self.add(conversation, "close", body, author)

    def open(self, conversation: Conversation, author: Author) -> Part:
        """Open again what was closed or snoozed."""
        self._set_state(conversation, "open")
        return self.add(conversation, "open", None, author)

    def snooze(self, conversation: Conversation, author: Author, until: int) -> Part:
        """Snooze until ``until`` (Unix seconds)."""
        if until <= self.now():
            raise invalid("snoozed_until must be in the future", status=422)
        self._set_state(conversation, "snoozed")
        conversation.snoozed_until = until
        heapq.heappush(self._snoozes, (until, conversation.id))
        return self.add(conversation, "snoozed", None, author)

    def assign(
        self, conversation: Conversation, author: Author, kind: str, assignee_id: int, body: str | None = None
    ) -> Part:
        """Give to an admin or a team; 0 takes it from whoever has it. An admin and a team can have it at once."""
        if assignee_id == 0:
            if kind == "team":
                conversation.team_assignee_id = None
            else:
                conversation.admin_assignee_id = None
            target: tuple[str, str] | None = None
        elif assignee_id in self._rooms.teams:
            conversation.team_assignee_id = assignee_id
            target = ("team", str(assignee_id))
        elif assignee_id in self._rooms.admins:
            conversation.admin_assignee_id = assignee_id
            target = ("admin", str(assignee_id))
        else:
            raise Refusal(404, "assignee_not_found", "Assignee not found")
        if body is not None:
            self._answered(conversation)
        return self.add(conversation, "assignment", body, author, assigned_to=target)

    def run_rules(self, conversation: Conversation) -> Part:
        """Assignment rules: to the team that already has it, else to the first."""
        team_id = conversation.team_assignee_id or FIRST_TEAM_ID
        conversation.team_assignee_id = team_id
        return self.add(conversation, "default_assignment", None, OPERATOR, assigned_to=("team", str(team_id)))

    def tag(self, conversation: Conversation, author: Author, tag_id: int) -> TagMark:
        """Tag; again is the same as once."""
        for mark in conversation.tags:
            if mark.tag_id == tag_id:
                return mark
        mark = TagMark(tag_id, self.now(), int(author.id))
        conversation.tags = (*conversation.tags, mark)
        self.add(conversation, "conversation_tags_updated", None, author, tag_ids=(tag_id,))
        return mark

    def untag(self, conversation: Conversation, author: Author, tag_id: int) -> TagMark:
        """Remove a tag, or a 404."""
        for mark in conversation.tags:
            if mark.tag_id == tag_id:
                conversation.tags = tuple(m for m in conversation.tags if m.tag_id != tag_id)
                self.add(conversation, "conversation_tags_updated", None, author, tag_ids=(tag_id,))
                return mark
        raise not_found("Tag not found", "tag_not_found")

    def attach(self, conversation: Conversation, author: Author, contact: Contact) -> None:
        """Add another customer."""
        if contact not in conversation.contacts:
            conversation.contacts = (*conversation.contacts, contact)
            self.by_contact.setdefault(contact.id, []).append(conversation)
            self.add(conversation, "participant_added", None, author)

    def detach(self, conversation: Conversation, author: Author, contact: Contact) -> None:
        """Remove a customer; the last one stays."""
        if contact not in conversation.contacts:
            raise not_found("User Not Found")
        if len(conversation.contacts) == 1:
            raise invalid("Removing the last customer is not allowed", status=422)
        conversation.contacts = tuple(c for c in conversation.contacts if c is not contact)
        self.by_contact[contact.id].remove(conversation)
        self.add(conversation, "participant_removed", None, author)

    def redact(self, conversation: Conversation, *, part_id: str | None, source_id: str | None) -> None:
        """Blank out one message for good."""
        deleted = "<p><i>This message was deleted</i></p>"
        if source_id is not None:
            source = self.source(conversation)
            if str(source.id) == source_id:
                source.body, source.redacted, source.attachments = deleted, True, ()
                self.touch(conversation)
                return
        else:
            for part in self.parts(conversation):
                if str(part.id) == part_id:
                    part.body, part.redacted, part.attachments = deleted, True, ()
                    part.updated_at = self.now()
                    self.touch(conversation)
                    return
        raise not_found("Conversation part or message not found", "conversation_part_or_message_not_found")
