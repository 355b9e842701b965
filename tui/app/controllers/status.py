"""The status line, the ages, and what waits for a person's decision."""

from typing import TYPE_CHECKING

from tui.app.controllers.contact import ContactController
from tui.app.controllers.notices import Notices
from tui.app.controllers.thread import ThreadController
from tui.app.keys.registry import Registry
from tui.app.layout import Layout
from tui.inbox.situation import attention_words
from tui.model.labels import texts

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

_SAID_FOR = 20.0
"""Seconds for which it is said that something waits for a decision."""


class StatusController:
    """Shows how the inbox is doing."""

    def __init__(
        self,
        inbox: "Inbox",
        layout: Layout,
        *,
        registry: Registry,
        thread: ThreadController,
        contact: ContactController,
        notices: Notices,
    ) -> None:
        self._inbox = inbox
        self._layout = layout
        self._registry = registry
        self._thread = thread
        self._contact = contact
        self._notices = notices
        self._attention: frozenset[tuple[int, str]] = frozenset()

    def show(self) -> None:
        """Bring the status line, and what panes say of the connection, up to date."""
        layout, status = self._layout, self._inbox.status
        layout.status.set_status(status)
        layout.list.set_status(status)
        layout.thread.set_status(status)
        self._thread.say_what_is_missing()
        self._contact.say_what_is_missing()

    def refresh_ages(self) -> None:
        """Time has passed: ages are others now."""
        for pane in (self._layout.list, self._layout.thread, self._layout.contact):
            pane.refresh_ages()
        self._layout.views.sync()
        self.show()

    def look_for_attention(self) -> None:
        """Say once that something waits for a decision; never take the keys from whoever is writing."""
        box = self._inbox.outbox
        waiting = [*box.unknown(), *box.attention()] if self._inbox.status.unknown else box.attention()
        new = [row for row in waiting if (row.id, row.state) not in self._attention]
        self._attention = frozenset((row.id, row.state) for row in waiting)
        if new:
            row = new[-1]
            bad = row.state == "rejected" or row.held_for == "twice"
            what, key = attention_words(row, box.describe(row)), self._registry.key("outbox.decide")
            said = texts.TO_REVIEW.format(what=what, key=key)
            self._notices.notify(said, "error" if bad else "warning", _SAID_FOR)
