"""Tickets: made alone or from a conversation, moved through the states of their type."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.sandbox.conversations import Conversations
from tui.sandbox.errors import Refusal, invalid, not_found
from tui.sandbox.furniture import FIRST_TICKET_STATE_ID, OPERATOR, Furniture
from tui.sandbox.model import Author, Contact, Conversation, Json, TagMark, Ticket, TicketPart, TicketType

_FIRST_TICKET_ID = 990_000


class Tickets:
    """All tickets, oldest first. A workspace begins with a few, made from its newest conversations."""

    def __init__(self, rooms: Furniture, conversations: Conversations, now: Callable[[], float]) -> None:
        self._rooms = rooms
        self._conversations = conversations
        self._now = now
        self._by_id: dict[int, Ticket] = {}
        self._next_part = 80_000_000
        self._begin()

    def _begin(self) -> None:
        types = [kind for kind in self._rooms.ticket_types.values() if kind.category == "Customer"]
        for n, key in enumerate(self._conversations.recent()[-200::40]):
            if types:
                conversation = self._conversations.at(key)
                title = self._conversations.headline(conversation)
                ticket = self._make(
                    types[n % len(types)],
                    conversation.contacts,
                    {
                        "_default_title_": title.subject or title.first_plain[:60],
                        "_default_description_": title.first_plain,
                    },
                    conversation.created_at + 60,
                )
                ticket.conversation_ids = (conversation.id,)
                conversation.ticket_ids = (ticket.id,)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Ticket]:
        return iter(self._by_id.values())

    def get(self, ticket_id: str) -> Ticket:
        """By id, or a 404."""
        found = self._by_id.get(int(ticket_id)) if ticket_id.isdigit() else None
        if found is None:
            raise not_found("Ticket not found", "ticket_not_found")
        return found

    def type(self, type_id: object) -> TicketType:
        """A ticket type by id, or a 400."""
        found = self._rooms.ticket_types.get(int(str(type_id))) if str(type_id).isdigit() else None
        if found is None:
            raise invalid("Ticket type is not valid")
        return found

    def _make(self, kind: TicketType, contacts: tuple[Contact, ...], attributes: Json, at: int) -> Ticket:
        number = len(self._by_id) + 1
        ticket = Ticket(
            _FIRST_TICKET_ID + number,
            number,
            kind.id,
            FIRST_TICKET_STATE_ID,
            contacts,
            at,
            at,
            attributes,
            is_shared=kind.category == "Customer",
        )
        self._by_id[ticket.id] = ticket
        self.add(ticket, TicketPart(0, "ticket_state_updated_by_admin", None, at, OPERATOR, "submitted", "submitted"))
        return ticket

    def create(
        self, kind: TicketType, contacts: tuple[Contact, ...], attributes: Json, at: int | None = None
    ) -> Ticket:
        """A new ticket. Unknown fields are refused, as Intercom does."""
        self._check(kind, attributes)
        return self._make(kind, contacts, dict(attributes), int(self._now()) if at is None else at)

    def _check(self, kind: TicketType, attributes: Json) -> None:
        known = {field["name"] for field in kind.attributes}
        for name in attributes:
            if name not in known:
                raise invalid(f"Ticket attribute '{name}' does not exist on this ticket type")

    def convert(self, conversation: Conversation, kind: TicketType, attributes: Json) -> Ticket:
        """Turn a conversation into a customer ticket."""
        if kind.category != "Customer":
            raise invalid("Ticket type is not a customer ticket type")
        ticket = self.create(kind, conversation.contacts, attributes, conversation.created_at)
        ticket.conversation_ids = (conversation.id,)
        conversation.ticket_ids = (*conversation.ticket_ids, ticket.id)
        self._conversations.touch(conversation)
        return ticket

    def add(self, ticket: Ticket, part: TicketPart) -> TicketPart:
        """Append to the history."""
        part.id = self._next_part
        self._next_part += 1
        ticket.parts.append(part)
        ticket.updated_at = max(ticket.updated_at, part.created_at)
        return part

    def reply(self, ticket: Ticket, author: Author, kind: str, body: str | None) -> TicketPart:
        """A comment, note or quick reply."""
        category = self._rooms.ticket_types[ticket.type_id].category
        if author.type in ("user", "lead") and category != "Customer":
            raise Refusal(400, "parameter_mismatch", "User replies are not allowed on Backoffice tickets")
        return self.add(ticket, TicketPart(0, kind, body, int(self._now()), author))

    def set_state(self, ticket: Ticket, author: Author, state_id: object) -> None:
        """Move to another state."""
        state = self._rooms.ticket_states.get(int(str(state_id))) if str(state_id).isdigit() else None
        if state is None:
            message = "Ticket state id is not valid or is not associated with the ticket type"
            raise Refusal(400, "ticket_state_id_invalid", message)
        before = self._rooms.ticket_states[ticket.state_id]
        ticket.state_id = state.id
        ticket.open = state.category != "resolved"
        now = int(self._now())
        self.add(
            ticket,
            TicketPart(0, "ticket_state_updated_by_admin", None, now, author, state.category, before.category),
        )

    def set_attributes(self, ticket: Ticket, author: Author, attributes: Json) -> None:
        """Change fields; each makes a part."""
        self._check(self._rooms.ticket_types[ticket.type_id], attributes)
        for name, value in attributes.items():
            ticket.attributes[name] = value
            part = TicketPart(0, "ticket_attribute_updated_by_admin", None, int(self._now()), author)
            part.updated_attribute = (name, str(value))
            self.add(ticket, part)

    def assign(self, ticket: Ticket, author: Author, assignee_id: int) -> None:
        """Give to an admin or a team, 0 to nobody."""
        target: tuple[str, str] | None = None
        if assignee_id in self._rooms.admins:
            ticket.admin_assignee_id = assignee_id
            target = ("admin", str(assignee_id))
        elif assignee_id in self._rooms.teams:
            ticket.team_assignee_id = assignee_id
            target = ("team", str(assignee_id))
        elif assignee_id == 0:
            ticket.admin_assignee_id = ticket.team_assignee_id = None
        else:
            raise Refusal(404, "assignee_not_found", "Assignee not found")
        part = TicketPart(0, "assignment", None, int(self._now()), author)
        part.assigned_to = target
        self.add(ticket, part)

    def tag(self, ticket: Ticket, author: Author, tag_id: int) -> TagMark:
        """Tag; again is the same as once."""
        for mark in ticket.tags:
            if mark.tag_id == tag_id:
                return mark
        mark = TagMark(tag_id, int(self._now()), int(author.id))
        ticket.tags = (*ticket.tags, mark)
        return mark

    def untag(self, ticket: Ticket, tag_id: int) -> TagMark:
        """Remove a tag, or a 404."""
        for mark in ticket.tags:
            if mark.tag_id == tag_id:
                ticket.tags = tuple(m for m in ticket.tags if m.tag_id != tag_id)
                return mark
        raise not_found("Tag not found", "tag_not_found")

    def delete(self, ticket: Ticket) -> None:
        """Delete for good."""
        del self._by_id[ticket.id]
