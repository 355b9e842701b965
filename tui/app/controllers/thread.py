"""What is being read: the thread on screen, and going from one conversation to another."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tui.app.controllers.absence import why_absent
from tui.app.controllers.list import ListController
from tui.app.controllers.notices import Notices
from tui.app.controllers.queue import Queue
from tui.app.controllers.seen import SeenController
from tui.app.controllers.target import Target
from tui.app.layout import Layout
from tui.app.options import UiOptions
from tui.app.state import ScreenState
from tui.app.widgets.thread import ThreadView
from tui.model.labels import texts
from tui.model.rows import Change

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

_AHEAD: Final = 2
"""Conversations below the cursor whose threads are fetched ahead."""


class ThreadController:
    """Shows one conversation in the thread pane; who subscribes hears which, before its neighbours are fetched."""

    def __init__(
        self,
        inbox: "Inbox",
        layout: Layout,
        state: ScreenState,
        options: UiOptions,
        *,
        target: Target,
        conversations: ListController,
        seen: SeenController,
        notices: Notices,
        flush: Callable[[], None],
    ) -> None:
        """`flush` brings the screen up to date with all that was heard."""
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._options = options
        self._target = target
        self._list = conversations
        self._seen = seen
        self._notices = notices
        self._flush = flush
        self._queue = Queue(inbox.views)
        self._subscribers: list[Callable[[str], None]] = []
        self.view: ThreadView = layout.thread
        """The thread pane."""

    def subscribe(self, shown: Callable[[str], None]) -> None:
        """Call `shown` with each conversation that comes into the pane, "" for none."""
        self._subscribers.append(shown)

    # Going to a conversation

    def open(self, conversation_id: str) -> None:
        """Read it: thread on screen, keys there, the list's cursor on it."""
        self._state.came_from = None
        self.begin_reading(conversation_id)
        self._layout.list.jump(conversation_id)
        self._layout.focus("thread")

    def go_to(self, conversation_id: str) -> None:
        """The list's cursor goes there, what just changed included."""
        self._flush()
        self._layout.list.jump(conversation_id)
        if self._state.pane != "list" and conversation_id != self.view.conversation_id:
            self.open(conversation_id)  # what the keys mean and what the list shows stay the same one

    def step(self, by: int) -> None:
        """Read the next one of the list, or the one before, staying in the thread."""
        self._layout.list.move(by)
        if self._layout.list.current_id:
            self.open(self._layout.list.current_id)

    def open_next_in_queue(self) -> None:
        """The next of the queue, and a word when it begins again."""
        step = self._queue.next(self._target.row)
        if step is None:
            self._notices.notify(texts.NO_OTHER_WAITS)
            return
        if self._layout.list.selected:
            self._layout.list.clear_selection()
        self.open(step.conversation_id)
        if step.wrapped:
            self._notices.notify(texts.END_OF_QUEUE)

    # What the pane shows

    def show_current(self) -> None:
        """Bring the conversation that the keys are on into the pane, which may not have followed yet."""
        self.preview(self._target.current)

    def preview(self, conversation_id: str) -> None:
        """The cursor rests on a conversation."""
        if conversation_id != self.view.conversation_id:
            self.show(conversation_id)

    def begin_reading(self, conversation_id: str) -> None:
        """Somebody reads it: what is seen of it from now on is remembered."""
        if conversation_id != self.view.conversation_id:
            self.show(conversation_id)
        else:
            self._inbox.threads.open(conversation_id)
        self._state.opened = conversation_id
        self._seen.settle()

    def show(self, conversation_id: str) -> None:
        """Put a conversation in the pane; "" clears it. What of the one before was on screen is remembered."""
        self._seen.settle()
        self._state.opened = ""
        self._state.found_contact = ""
        row = self._inbox.threads.conversation(conversation_id) if conversation_id else None
        if row is None:
            self._inbox.threads.leave()
            self._seen.end()
            self.view.show(None, [])
            self._tell("")
            return
        parts = self._inbox.threads.cached(conversation_id)
        self._inbox.threads.open(conversation_id)
        self.view.show(row, parts, looked_at=self._seen.begin(row, parts))
        if not parts:
            self._say_why_empty()
        self._tell(conversation_id)
        if not self._options.low_bandwidth:
            self._inbox.threads.prefetch(self._list.ahead(_AHEAD))

    def _tell(self, conversation_id: str) -> None:
        for shown in self._subscribers:
            shown(conversation_id)

    def say_what_is_missing(self) -> None:
        """The connection changed: say anew why the thread is not there."""
        if self.view.conversation_id and not self.view.parts:
            self._say_why_empty()

    def _say_why_empty(self) -> None:
        threads, reading = self._inbox.threads, self.view.conversation_id
        row = threads.conversation(reading)
        came = row is not None and bool(row.thread_updated_at)
        refused = threads.trouble(reading) == "refused"
        loading = threads.loading(reading)
        self.view.set_state(
            why_absent(self._inbox.status, self._layout.appearance, loading=loading, came=came, refused=refused)
        )

    # What changed

    def apply(self, change: Change) -> bool:
        """Bring the pane up to date; True where the conversation in it has changed."""
        if self._state.found_contact:
            return False
        reading = self.view.conversation_id
        if not reading:
            resting = self._layout.list.current_id
            if resting and not self._options.low_bandwidth:
                self.preview(resting)
            return False
        if not (change.everything or change.directory or reading in change.threads or reading in change.conversations):
            return False
        row = self._inbox.threads.conversation(reading)
        if row is None:
            self._state.opened = ""
            self.show(self._layout.list.current_id)
            return False
        parts = self._inbox.threads.cached(reading)
        if parts and not self.view.parts:
            # the first that is there to be seen
            self.view.show(row, parts, looked_at=self._seen.begin(row, parts))
        else:
            self.view.update(row, parts)
            self._seen.changed(parts)
        if not parts:
            self._say_why_empty()
        return True
