"""A workspace in memory: what the routes change when asked, and what `live` changes on its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from tui.sandbox.companies import Companies
from tui.sandbox.contacts import Contacts
from tui.sandbox.conversations import Conversations
from tui.sandbox.errors import invalid, not_found
from tui.sandbox.events import Events
from tui.sandbox.furniture import FIRST_ADMIN_ID, Furniture, furnish
from tui.sandbox.history import HeaderMaker, make_companies, make_contacts
from tui.sandbox.model import Admin, Attachment, Author, Company, Contact, Conversation, Part, Tag
from tui.sandbox.threads import contact_author
from tui.sandbox.tickets import Tickets


class Clock:
    """A source of time that tests can push forward."""

    def __init__(self, source: Callable[[], float]) -> None:
        self._source = source
        self.ahead = 0.0

    def __call__(self) -> float:
        return self._source() + self.ahead


class Workspace:
    """Tidewater's workspace, the same for the same ``seed`` and start.

    ``conversations`` is how many to make up; ``now`` gives Unix seconds. ``me`` is the admin whose token it is.
    Raises `tui.sandbox.errors.Refusal` where Intercom would answer with an error.
    """

    def __init__(self, seed: int = 1, conversations: int = 1000, now: Callable[[], float] = time.time) -> None:
        self.seed = seed
        self.clock = Clock(now)
        start = int(self.clock())
        self.started_at = start
        self.rooms: Furniture = furnish(start)
        rng = Random(seed * 9_176 + 3)
        people_count = max(12, min(conversations, 40), int(conversations * 0.3)) if conversations else 3
        companies = make_companies(rng, max(14, int(people_count * 0.7)), start, seed)
        contacts, people = make_contacts(rng, people_count, start, seed, companies, self.rooms)
        maker = HeaderMaker(seed, conversations, start, contacts, people, self.rooms)
        made, whose = maker.make()
        self.companies = Companies(companies, seed, self.clock)
        self.contacts = Contacts(contacts, seed, self.clock)
        self.conversations = Conversations(made, whose, maker, self.rooms, self.clock)
        self.tickets = Tickets(self.rooms, self.conversations, self.clock)
        self.events = Events(contacts, seed, self.clock)
        self.base_url = ""
        self.cursor_epoch = 0

    # Looking up

    @property
    def me(self) -> Admin:
        """The admin whose token it is."""
        return self.rooms.admins[FIRST_ADMIN_ID]

    def now(self) -> int:
        """The workspace's clock, whole seconds."""
        return int(self.clock())

    def advance(self, seconds: float) -> None:
        """Push the clock forward; snoozes that end meanwhile end."""
        self.clock.ahead += seconds
        self.tick()

    def tick(self) -> None:
        """Let time pass: snoozes end. Called before every request."""
        self.conversations.tick()

    def admin(self, admin_id: object) -> Admin:
        """An admin by id (string or integer), or a 404."""
        found = self.rooms.admins.get(_number(admin_id))
        if found is None:
            raise not_found("Admin not found", "admin_not_found")
        return found

    def acting(self, admin_id: object) -> Author:
        """Who acts: the admin named in the request, else the one whose token it is."""
        if admin_id is None:
            return self.rooms.author(self.me.id)
        return self.rooms.author(self.admin(admin_id).id)

    def tag(self, tag_id: object) -> Tag:
        """A tag by id (string or integer), or a 404."""
        found = self.rooms.tags.get(_number(tag_id))
        if found is None:
            raise not_found("Resource Not Found")
        return found

    def tag_named(self, name: str) -> Tag:
        """The tag with this name, made if there is none."""
        for tag in self.rooms.tags.values():
            if tag.name.lower() == name.lower():
                return tag
        tag = Tag(max(self.rooms.tags, default=7_522_900) + 1, name)
        self.rooms.tags[tag.id] = tag
        return tag

    # What customers and teammates do, with or without a request

    def customer_reply(
        self,
        conversation_id: int | str,
        body: str,
        *,
        contact_id: str | None = None,
        attachments: tuple[Attachment, ...] = (),
        at: int | None = None,
    ) -> Part:
        """A customer writes in a conversation (its first contact unless named); ``body`` is HTML."""
        conversation = self.conversations.get(conversation_id)
        contact = conversation.contacts[0] if contact_id is None else self.contacts.get(contact_id)
        return self.conversations.contact_reply(conversation, contact, body, attachments=attachments, at=at)

    def admin_reply(
        self,
        conversation_id: int | str,
        admin_id: int,
        body: str,
        *,
        note: bool = False,
        attachments: tuple[Attachment, ...] = (),
        at: int | None = None,
    ) -> Part:
        """A teammate answers, or with ``note`` writes what only teammates see; ``body`` is HTML."""
        conversation = self.conversations.get(conversation_id)
        return self.conversations.admin_reply(
            conversation, self.admin(admin_id).id, body, note=note, attachments=attachments, at=at
        )

    def admin_part(
        self,
        conversation_id: int | str,
        admin_id: int,
        kind: str,
        *,
        body: str | None = None,
        assignee: tuple[str, int] | None = None,
        until: int | None = None,
    ) -> Part:
        """A teammate acts: ``kind`` is close, open, snoozed (with ``until``) or assignment (with ``assignee``)."""
        conversation = self.conversations.get(conversation_id)
        author = self.rooms.author(self.admin(admin_id).id)
        if kind == "close":
            return self.conversations.close(conversation, author, body)
        if kind == "open":
            return self.conversations.open(conversation, author)
        if kind == "snoozed" and until is not None:
            return self.conversations.snooze(conversation, author, until)
        if kind == "assignment" and assignee is not None:
            return self.conversations.assign(conversation, author, assignee[0], assignee[1], body)
        raise invalid(f"message_type {kind!r} needs more, or is not known")

    def bot_reply(self, conversation_id: int | str, body: str, author: Author) -> Part:
        """Fin answers: nobody waits any more."""
        conversation = self.conversations.get(conversation_id)
        conversation.waiting_since = None
        return self.conversations.add(conversation, "comment", body, author)

    def new_conversation(
        self,
        contact: Contact,
        body: str,
        *,
        subject: str = "",
        channel: str = "conversation",
        attachments: tuple[Attachment, ...] = (),
        at: int | None = None,
    ) -> Conversation:
        """A customer begins a conversation; ``channel`` is ``email`` or ``conversation``, ``body`` HTML."""
        return self.conversations.begin(
            contact, body, contact_author(contact), subject=subject, channel=channel, attachments=attachments, at=at
        )

    def forget_contact(self, contact: Contact) -> None:
        """Delete a contact, and their place in companies."""
        for company_id in list(contact.company_ids or []):
            self.companies.detach(self.companies.get(company_id), contact)
        self.contacts.delete(contact)

    def forget_company(self, company: Company) -> None:
        """Delete a company, and its place with contacts."""
        for contact_id in list(company.contact_ids):
            contact = self.contacts.find(contact_id)
            if contact is not None:
                self.companies.detach(company, contact)
        self.companies.delete(company)

    def untag_everywhere(self, tag: Tag) -> None:
        """Delete a tag from the workspace and from all that carries it."""
        del self.rooms.tags[tag.id]
        for contact in self.contacts:
            if contact.tags:
                contact.tags = [mark for mark in contact.tags if mark.tag_id != tag.id]
        for conversation in self.conversations:
            if any(mark.tag_id == tag.id for mark in conversation.tags):
                conversation.tags = tuple(mark for mark in conversation.tags if mark.tag_id != tag.id)
                self.conversations.touch(conversation)


def _number(value: object) -> int:
    """An id that may come as a string or an integer; -1 when it is neither."""
    if isinstance(value, bool):
        return -1
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return -1
