"""Where the conversations of a workspace are kept: by id, by contact, and in the order of their last change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tui.sandbox import content
from tui.sandbox.content import Person
from tui.sandbox.errors import not_found
from tui.sandbox.furniture import Furniture
from tui.sandbox.history import HeaderMaker
from tui.sandbox.model import Contact, Conversation, Part, Source, Statistics
from tui.sandbox.order import Key, Order
from tui.sandbox.statistics import measure
from tui.sandbox.threads import ThreadWriter, make_source

_KEPT_THREADS: Final = 2_000


class ConversationIndex:
    """All conversations, ordered by ``updated_at`` then id.

    Threads of the made-up ones are written when first needed and forgotten again, least recent first, as long as
    nobody has changed them.
    """

    def __init__(
        self, made: list[Conversation], whose: list[int], maker: HeaderMaker, rooms: Furniture, now: Callable[[], float]
    ) -> None:
        """``whose`` has the number of the made-up person behind each made-up conversation, ``now`` the Unix seconds."""
        self._maker = maker
        self._rooms = rooms
        self._now = now
        self._whose = whose
        self._by_id = {conversation.id: conversation for conversation in made}
        self._order = Order(((c.updated_at, c.id), c.state != "closed") for c in made)
        self.by_contact: dict[str, list[Conversation]] = {}
        for conversation in made:
            self.by_contact.setdefault(conversation.contacts[0].id, []).append(conversation)
        self._kept: dict[int, None] = {}
        self.changed: set[int] = set()
        self.rendered: dict[int, bytes] = {}  # list rows as JSON, dropped when the conversation changes
        self.revision = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Conversation]:
        return iter(self._by_id.values())

    def now(self) -> int:
        """The workspace's clock, whole seconds."""
        return int(self._now())

    def get(self, conversation_id: int | str) -> Conversation:
        """The conversation, or a 404."""
        try:
            found = self._by_id.get(int(conversation_id))
        except ValueError:
            found = None
        if found is None:
            raise not_found()
        return found

    def find(self, conversation_id: int) -> Conversation | None:
        """The conversation, if there is one."""
        return self._by_id.get(conversation_id)

    def recent(self, *, awake_only: bool = False) -> Sequence[Key]:
        """Keys (``updated_at``, id) oldest first; with ``awake_only`` those that are not closed."""
        return self._order.keys(awake_only=awake_only)

    def at(self, key: Key) -> Conversation:
        """The conversation behind a key."""
        return self._by_id[key[1]]

    def person(self, conversation: Conversation) -> Person:
        """The made-up person behind a made-up conversation."""
        return self._maker.people[self._whose[conversation.index]]

    def headline(self, conversation: Conversation) -> content.Headline:
        """The cheap part of a made-up conversation's words."""
        return self._maker.headline(conversation.index, self._whose[conversation.index])

    def script(self, conversation: Conversation) -> content.Script:
        """All the words of a made-up conversation, also those that are not said yet."""
        return self._maker.script(conversation.index, self._whose[conversation.index])

    def source(self, conversation: Conversation) -> Source:
        """The first message."""
        return self._write(conversation)[0]

    def parts(self, conversation: Conversation) -> list[Part]:
        """The thread, oldest first; all of it, however long."""
        return self._write(conversation)[1]

    def statistics(self, conversation: Conversation) -> Statistics:
        """Times and counts, measured again after every change."""
        if conversation.statistics is None:
            source, parts = self._write(conversation)
            conversation.statistics = measure(conversation.created_at, source, parts)
        return conversation.statistics

    def _write(self, conversation: Conversation) -> tuple[Source, list[Part]]:
        source, parts = conversation.source, conversation.parts
        if source is not None and parts is not None:
            return source, parts
        script = self.script(conversation)
        source = make_source(conversation, script)
        parts = ThreadWriter(conversation, script, self._rooms).parts()
        conversation.source, conversation.parts = source, parts
        self._kept[conversation.id] = None
        if len(self._kept) > _KEPT_THREADS:
            self._forget()
        return source, parts

    def _forget(self) -> None:
        for conversation_id in list(self._kept)[: _KEPT_THREADS // 2]:
            del self._kept[conversation_id]
            old = self._by_id.get(conversation_id)
            if old is not None and conversation_id not in self.changed:
                old.source = old.parts = None

    def contact_changed(self, contact: Contact) -> None:
        """Let go of the list rows that show a contact."""
        for conversation in self.by_contact.get(contact.id, ()):
            self.rendered.pop(conversation.id, None)

    # Changes

    def put(self, conversation: Conversation, contact: Contact) -> None:
        """Take in a new conversation of a contact."""
        self._by_id[conversation.id] = conversation
        self.by_contact.setdefault(contact.id, []).append(conversation)
        self.touch(conversation, conversation.created_at)

    def touch(self, conversation: Conversation, at: int | None = None) -> None:
        """Say that a conversation has changed: move it in the order and measure it again when asked."""
        self._write(conversation)  # from now on its words are its own
        self.changed.add(conversation.id)
        moment = max(conversation.updated_at, self.now() if at is None else at)
        old = (conversation.updated_at, conversation.id)
        new = (moment, conversation.id)
        conversation.updated_at = moment
        conversation.statistics = None
        self.rendered.pop(conversation.id, None)
        self.revision += 1
        self._order.drop(old)
        self._order.put(new, awake=conversation.state != "closed")

    def delete(self, conversation: Conversation) -> None:
        """Delete for good."""
        self._order.drop((conversation.updated_at, conversation.id))
        del self._by_id[conversation.id]
        self.rendered.pop(conversation.id, None)
        for contact in conversation.contacts:
            self.by_contact[contact.id].remove(conversation)
        self.revision += 1
