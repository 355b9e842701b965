"""What is being read: the thread on screen, its contact, and what counts as seen."""

from typing import TYPE_CHECKING, Final

from tui.store.rows import Change

if TYPE_CHECKING:
    from tui.app.desk import Desk

_AHEAD: Final = 2
"""Conversations below the cursor whose threads are fetched ahead."""


class Reading:
    """Keeps thread and contact pane on one conversation, or the contact pane on somebody found by name."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._inbox = desk.inbox
        self._panes = desk.panes
        self.opened = ""
        """The conversation somebody opened, not only rested on: leaving it marks it as seen."""
        self.other_contact = ""
        """A contact on screen that the thread does not belong to, "" for none."""

    @property
    def conversation_id(self) -> str:
        """The conversation in the thread pane."""
        return self._panes.thread.conversation_id

    def preview(self, conversation_id: str) -> None:
        """The cursor rests on a conversation."""
        if conversation_id != self.conversation_id:
            self.show(conversation_id)

    def open(self, conversation_id: str) -> None:
        """Somebody reads it."""
        if conversation_id != self.conversation_id:
            self.show(conversation_id)
        else:
            self._inbox.threads.open(conversation_id)
        self.opened = conversation_id
        row = self._inbox.threads.conversation(conversation_id)
        if row is not None and not row.read:
            self._desk.background(self._mark_read(conversation_id))

    async def _mark_read(self, conversation_id: str) -> None:
        await self._inbox.actions.mark_read(conversation_id, True)

    def show(self, conversation_id: str) -> None:
        """Put a conversation in the thread pane and its contact beside it; "" clears both."""
        self._leave()
        self.other_contact = ""
        thread = self._panes.thread
        row = self._inbox.threads.conversation(conversation_id) if conversation_id else None
        if row is None:
            self._inbox.threads.leave()
            thread.show(None, [])
            self._panes.contact.show(None, [])
            self._desk.writing.show_for("")
            return
        parts = self._inbox.threads.cached(conversation_id)
        self._inbox.threads.open(conversation_id)
        thread.show(row, parts, seen_at=row.seen_at)
        if not parts:
            self._say_why_empty(conversation_id)
        self._desk.writing.show_for(conversation_id)
        self.show_contact()
        if not self._desk.options.low_bandwidth:
            self._inbox.threads.prefetch(self._desk.listing.ahead(_AHEAD))

    def _say_why_empty(self, conversation_id: str) -> None:
        row = self._inbox.threads.conversation(conversation_id)
        link = self._inbox.status.link
        if self._inbox.threads.loading(conversation_id) or row is None:
            state = "loading"
        elif link == "online" and row.thread_updated_at:
            state = "empty"
        else:
            state = "offline" if link in ("offline", "refused") else "loading"
        self._panes.thread.set_state(state)

    def _leave(self) -> None:
        """What was on screen counts as seen once somebody who opened it goes on."""
        was = self.conversation_id
        if was and was == self.opened:
            created = [part.created_at for part in self._inbox.threads.cached(was) if not part.outbox_id]
            if created:
                self._inbox.threads.seen(was, max(created))
        self.opened = ""

    # The contact

    @property
    def contact_id(self) -> str:
        """The contact that belongs on screen."""
        if self.other_contact:
            return self.other_contact
        row = self._inbox.threads.conversation(self.conversation_id) if self.conversation_id else None
        return row.contact_id if row is not None else ""

    def show_contact(self) -> None:
        """Bring the contact pane up to date; details are fetched only while it is on screen."""
        contacts, contact_id = self._inbox.contacts, self.contact_id
        if self._panes.is_shown("contact"):
            contacts.open(contact_id)
        row = contacts.cached(contact_id) if contact_id else None
        self._panes.contact.show(row, contacts.conversations(contact_id), loading=contacts.loading(contact_id))

    # What changed

    def apply(self, change: Change) -> None:
        """Bring both panes up to date."""
        self._apply_thread(change)
        contact_id = self.contact_id
        if contact_id and (change.everything or change.directory or contact_id in change.contacts):
            self.show_contact()

    def _apply_thread(self, change: Change) -> None:
        reading = self.conversation_id
        if not reading:
            resting = self._panes.list.current_id
            if resting and not self._desk.options.low_bandwidth:
                self.preview(resting)
            return
        if not (change.everything or change.directory or reading in change.threads or reading in change.conversations):
            return
        row = self._inbox.threads.conversation(reading)
        if row is None:
            self.opened = ""
            self.show(self._panes.list.current_id)
            return
        parts = self._inbox.threads.cached(reading)
        self._panes.thread.update(row, parts)
        if not parts:
            self._say_why_empty(reading)
        if row.contact_id != self._panes.contact.contact_id and not self.other_contact:
            self.show_contact()
