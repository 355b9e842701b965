"""The contact pane: whose conversation is read, or somebody found by name."""

from typing import TYPE_CHECKING

from tui.app.controllers.absence import why_absent
from tui.app.controllers.thread import ThreadController
from tui.app.layout import Layout
from tui.app.state import ScreenState
from tui.app.widgets.contact import ContactView
from tui.inbox.situation import Absent
from tui.model.rows import Change

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox


class ContactController:
    """Keeps the contact pane on the contact of the thread, or on one found by name."""

    def __init__(self, inbox: "Inbox", layout: Layout, state: ScreenState, *, thread: ThreadController) -> None:
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._thread = thread
        self.view: ContactView = layout.contact
        """The contact pane."""
        thread.subscribe(self._thread_shown)

    @property
    def contact_id(self) -> str:
        """The contact that belongs on screen."""
        if self._state.found_contact:
            return self._state.found_contact
        reading = self._thread.view.conversation_id
        row = self._inbox.threads.conversation(reading) if reading else None
        return row.contact_id if row is not None else ""

    def show(self) -> None:
        """Bring the pane up to date; details are fetched only while it is on screen."""
        contacts, contact_id = self._inbox.contacts, self.contact_id
        if self._layout.is_shown("contact"):
            contacts.open(contact_id)
        row = contacts.cached(contact_id) if contact_id else None
        self.view.show(
            row,
            contacts.conversations(contact_id),
            state=self._why_absent(),
            trouble=contacts.trouble(contact_id),
        )

    def toggle(self) -> None:
        """Show or hide the pane."""
        if self._layout.toggle_contact():
            self.show()

    def open(self, contact_id: str) -> None:
        """A contact found by name: their page, with their newest conversation in the thread and under the cursor."""
        before = self._state.came_from or (self._thread.view.conversation_id, self._state.pane)
        if self._layout.list.selected:
            self._layout.list.clear_selection()
        self._show_page(contact_id)
        self._layout.focus("contact")
        self.show()
        self._state.came_from = before
        self.view.move(1)

    def _show_page(self, contact_id: str) -> None:
        """Show a contact with their newest conversation: what stands beside them is never somebody else's."""
        newest = self._inbox.contacts.conversations(contact_id)[:1]
        self._thread.show(newest[0].id if newest else "")
        if not newest:
            self._state.found_contact = contact_id
        self.show()

    def _thread_shown(self, conversation_id: str) -> None:
        if conversation_id:
            self.show()
        else:
            self.view.show(None, [])

    def say_what_is_missing(self) -> None:
        """The connection changed: say anew why the contact is not there."""
        self.view.set_state(self._why_absent())

    def _why_absent(self) -> Absent:
        contacts, contact_id = self._inbox.contacts, self.contact_id
        if not contact_id:
            return Absent.NOTHING
        row = contacts.cached(contact_id)
        came = row is not None and bool(row.fetched_at)
        return why_absent(self._inbox.status, self._layout.appearance, loading=contacts.loading(contact_id), came=came)

    def apply(self, change: Change, *, thread_changed: bool) -> None:
        """Bring the pane up to date; `thread_changed` as `ThreadController.apply` told."""
        found = self._state.found_contact
        if found and self._inbox.contacts.conversations(found):
            self._show_page(found)
        contact_id = self.contact_id
        told = change.everything or change.directory or contact_id in change.contacts
        if (thread_changed and contact_id != self.view.contact_id) or (contact_id and told):
            self.show()
