"""What is being read: the thread on screen and its contact."""

from typing import TYPE_CHECKING, Final

from tui.inbox.situation import Absent, absent, connection
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
        """The conversation somebody opened, not only rested on: what is seen of it is remembered."""
        self.found_contact = ""
        """A contact found by name who has no conversation here: their page is shown beside an empty thread."""

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
        self._desk.seeing.settle()

    def show(self, conversation_id: str) -> None:
        """Put a conversation in the thread pane and its contact beside it; "" clears both."""
        self._leave()
        self.found_contact = ""
        thread = self._panes.thread
        row = self._inbox.threads.conversation(conversation_id) if conversation_id else None
        if row is None:
            self._inbox.threads.leave()
            self._desk.seeing.end()
            thread.show(None, [])
            self._panes.contact.show(None, [])
            self._desk.writing.show_for("")
            return
        parts = self._inbox.threads.cached(conversation_id)
        self._inbox.threads.open(conversation_id)
        thread.show(row, parts, looked_at=self._desk.seeing.begin(row, parts))
        if not parts:
            self._say_why_empty()
        self._desk.writing.show_for(conversation_id)
        self.show_contact()
        if not self._desk.options.low_bandwidth:
            self._inbox.threads.prefetch(self._desk.listing.ahead(_AHEAD))

    def say_what_is_missing(self) -> None:
        """The link changed: say anew why thread or contact are not there."""
        if self.conversation_id and not self._panes.thread.parts:
            self._say_why_empty()
        self._panes.contact.set_state(self._contact_state())

    def _say_why_empty(self) -> None:
        threads, reading = self._inbox.threads, self.conversation_id
        refused = threads.trouble(reading) == "refused"
        self._panes.thread.set_state(self._absent(threads.loading(reading), came=self._came(), refused=refused))

    def _came(self) -> bool:
        row = self._inbox.threads.conversation(self.conversation_id)
        return row is not None and bool(row.thread_updated_at)

    def _contact_state(self) -> Absent:
        contacts, contact_id = self._inbox.contacts, self.contact_id
        if not contact_id:
            return Absent.NOTHING
        row = contacts.cached(contact_id)
        return self._absent(contacts.loading(contact_id), came=row is not None and bool(row.fetched_at))

    def _absent(self, loading: bool, *, came: bool, refused: bool = False) -> Absent:
        link = connection(self._inbox.status, self._panes.look.clock())
        return absent(link, meant=True, loading=loading, came=came, refused=refused)

    def _leave(self) -> None:
        """Somebody goes on: what of it was on screen is remembered."""
        self._desk.seeing.settle()
        self.opened = ""

    # The contact

    def show_page(self, contact_id: str) -> None:
        """Show a contact with their newest conversation: what stands beside them is never somebody else's."""
        newest = self._inbox.contacts.conversations(contact_id)[:1]
        self.show(newest[0].id if newest else "")
        if not newest:
            self.found_contact = contact_id
        self.show_contact()

    @property
    def contact_id(self) -> str:
        """The contact that belongs on screen."""
        if self.found_contact:
            return self.found_contact
        row = self._inbox.threads.conversation(self.conversation_id) if self.conversation_id else None
        return row.contact_id if row is not None else ""

    def show_contact(self) -> None:
        """Bring the contact pane up to date; details are fetched only while it is on screen."""
        contacts, contact_id = self._inbox.contacts, self.contact_id
        if self._panes.is_shown("contact"):
            contacts.open(contact_id)
        row = contacts.cached(contact_id) if contact_id else None
        self._panes.contact.show(
            row,
            contacts.conversations(contact_id),
            state=self._contact_state(),
            trouble=contacts.trouble(contact_id),
        )

    # What changed

    def apply(self, change: Change) -> None:
        """Bring both panes up to date."""
        self._apply_thread(change)
        contact_id = self.contact_id
        if contact_id and (change.everything or change.directory or contact_id in change.contacts):
            self.show_contact()

    def _apply_thread(self, change: Change) -> None:
        reading = self.conversation_id
        if self.found_contact:
            if self._inbox.contacts.conversations(self.found_contact):
                self.show_page(self.found_contact)
            return
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
        if parts and not self._panes.thread.parts:
            # the first that is there to be seen
            self._panes.thread.show(row, parts, looked_at=self._desk.seeing.begin(row, parts))
        else:
            self._panes.thread.update(row, parts)
            self._desk.seeing.changed(parts)
        if not parts:
            self._say_why_empty()
        if row.contact_id != self._panes.contact.contact_id:
            self.show_contact()
