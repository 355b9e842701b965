"""What Intercom answered, brought into the store in one transaction and announced."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from html import unescape
from typing import TYPE_CHECKING

from tui.inbox.actions.base import Action
from tui.inbox.actions.codec import overlay
from tui.inbox.changes import Changes
from tui.inbox.outbox.outbox import Outbox
from tui.inbox.preview import preview_of
from tui.inbox.sync import mapping
from tui.model.outbox import State
from tui.model.rows import Change, ContactRow, OutboxRow, PartRow
from tui.store import conversations, outbox, parts, people
from tui.store.conversations import MOST_WORDS, ServerConversation
from tui.store.store import Store

if TYPE_CHECKING:  # the models load with the client, after the first paint
    from tui.api.models import Contact, Conversation
    from tui.inbox.actions.base import Answer


_AT_ONCE = 50
"""Conversations stored in one transaction: a person's action waits for no more than these."""
_TAG = re.compile("<[^<>]*>")
_HIDES = re.compile(
    r"<[^<>]*?(?:\shidden\b|(?:display|visibility)\s*:\s*(?:none|hidden)|mso-hide|transparent"
    r"|(?:font-size|height|width|opacity|font)\s*:\s*[.0]*0(?![.\d]*[1-9])|(?:indent|left|top)\s*:\s*-)",
    re.IGNORECASE,
)
_BALLAST = re.compile("<(?:style|script|title|!--)", re.IGNORECASE)
_PLAIN = 20_000
"""Characters; longer bodies are newsletters and pictures in mails."""


def searchable(body: str) -> str:
    """What can be searched in a body: its words, a hundred times as fast as reading it for the screen.

    A mail that hides words is read as for the screen: who searches would find what nobody can see.
    """
    if _HIDES.search(body) is not None:
        from tui.text.html import to_text  # rarely needed, and never before the first paint

        return to_text(body)
    if len(body) > _PLAIN or _BALLAST.search(body) is not None:
        from tui.text.slim import slim  # rarely needed, and never before the first paint

        body = slim(body, MOST_WORDS, always=True).html
    return unescape(_TAG.sub(" ", body))


class Ingest:
    """Takes models in. ``name_of`` tells an admin's or team's name by id."""

    def __init__(
        self, store: Store, changes: Changes, box: Outbox, name_of: Callable[[str], str],
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._store = store
        self._changes = changes
        self._box = box
        self._name_of = name_of
        self._clock = clock

    async def page(self, models: Sequence[Conversation]) -> set[str]:
        """A page of a list or search (no parts); return the ids of what changed."""

        def job(db: sqlite3.Connection, some: Sequence[Conversation]) -> set[str]:
            # in the writer's thread: a page of them takes half a frame
            records = [mapping.conversation(model) for model in some if model.id]
            return conversations.put(db, records, overlay)

        changed: set[str] = set()
        for start in range(0, len(models), _AT_ONCE):
            some = models[start : start + _AT_ONCE]
            changed |= await self._store.write(lambda db, some=some: job(db, some), background=True)  # type: ignore[misc]
        if changed:
            self._changes.announce(Change(conversations=frozenset(changed)))
        return changed

    def thread_of(self, model: Conversation) -> list[PartRow]:
        """The parts of an answer as the store would keep them, the source first."""
        return mapping.thread(model, self._name_of)

    async def conversation(self, model: Conversation) -> None:
        """A conversation with its parts; an answer that does not say which one it is has nothing to tell."""
        if not model.id:
            return
        record, thread = mapping.conversation(model), mapping.thread(model, self._name_of)
        total = model.conversation_parts.total_count
        await self._store.write(lambda db: self._put(db, record, thread, total), background=True)
        self._announce(model.id)
        await self._index(record.id, thread)

    async def finished(self, row: OutboxRow, action: Action, answer: Answer, part_id: str) -> None:
        """An action took effect: what Intercom answered replaces what we showed meanwhile."""
        from tui.api.models import Conversation

        ours = isinstance(answer, Conversation) and answer.id == action.conversation_id and answer.updated_at
        record = mapping.conversation(answer) if isinstance(answer, Conversation) and ours else None
        thread = mapping.thread(answer, self._name_of) if isinstance(answer, Conversation) and ours else []
        total = answer.conversation_parts.total_count if isinstance(answer, Conversation) else 0

        def job(db: sqlite3.Connection) -> None:
            now = self._clock()
            outbox.move(db, row.id, State.DONE, now=now, part_id=part_id)
            parts.drop_pending(db, row.id)
            if not action.conversation_id:
                return
            if record is not None:
                self._put(db, record, thread, total)
            else:
                conversations.rebase(db, action.conversation_id, lambda base: action.apply(base, int(now)))
            conversations.reshow(db, action.conversation_id, overlay)

        await self._store.write(job)
        self._announce(action.conversation_id, action.contact_id)
        self._box.refresh_status()
        if record is not None:
            await self._index(record.id, thread)

    async def rejected(self, row: OutboxRow, reason: str, owner: str) -> None:
        """Intercom refused an action: its effect is rolled back, its words are kept in the journal."""

        def job(db: sqlite3.Connection) -> None:
            if not outbox.move(db, row.id, State.REJECTED, owner=owner, now=self._clock(), reason=reason):
                return
            conversations.reshow(db, row.conversation_id, overlay)

        await self._store.write(job)

    async def deleted(self, ids: Sequence[str]) -> None:
        """Conversations that Intercom no longer has."""
        gone = await self._store.write(lambda db: conversations.delete(db, ids), background=True)
        self._changes.announce(Change(conversations=frozenset(ids), threads=frozenset(ids), gone=gone))

    async def contact(self, row: ContactRow) -> None:
        """A contact; their conversations get the name, too."""

        def job(db: sqlite3.Connection) -> set[str]:
            people.put_contact(db, row)
            return conversations.set_contact(db, row.id, row.name or row.email or row.phone, row.email)

        changed = await self._store.write(job, background=True)
        self._changes.announce(Change(conversations=frozenset(changed), contacts=frozenset((row.id,))))

    async def contacts(self, models: Sequence[Contact]) -> list[ContactRow]:
        """Contacts found by a search, in its order; details read earlier are kept."""

        def job(db: sqlite3.Connection) -> list[ContactRow]:
            rows = [mapping.contact(model, kept=people.contact(db, model.id)) for model in models]
            for row in rows:
                people.put_contact(db, row)
            return rows

        return await self._store.write(job, background=True)

    def _put(self, db: sqlite3.Connection, record: ServerConversation, thread: Sequence[PartRow], total: int) -> None:
        conversations.put(db, [record], overlay)
        shown = conversations.base_of(db, record.id)
        if shown is None or record.updated_at < shown.updated_at:
            # a newer word arrived while this one was on its way
            return
        parts.put_thread(db, record.id, thread)
        last = next((part for part in reversed(thread) if part.body and part.is_message and not part.is_note), None)
        if last is not None:
            by = (
                "admin" if last.author_type in ("admin", "team") else "bot" if last.author_type == "bot" else "customer"
            )
            conversations.set_preview(db, record.id, preview_of(last.body), by)
        conversations.set_thread_state(db, record.id, record.updated_at, total)
        # the preview just written is Intercom's: an unconfirmed reply of ours still goes on top
        conversations.reshow(db, record.id, overlay)

    async def _index(self, conversation_id: str, thread: Sequence[PartRow]) -> None:
        """Make the words of a thread findable, apart from its rows: nobody's action waits for that."""
        words = " ".join([searchable(part.body) for part in thread[-200:] if part.body])
        await self._store.write(lambda db: conversations.words_of(db, conversation_id, words), background=True)

    def _announce(self, conversation_id: str, contact_id: str = "") -> None:
        touched = frozenset((conversation_id,)) if conversation_id else frozenset[str]()
        people_touched = frozenset((contact_id,)) if contact_id else frozenset[str]()
        self._changes.announce(Change(conversations=touched, threads=touched, contacts=people_touched, outbox=True))
