"""The thread follows the cursor once it rests."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.app import App

from tui.app.controllers.list import ListController
from tui.app.controllers.target import Target
from tui.app.controllers.thread import ThreadController
from tui.app.options import UiOptions
from tui.app.state import ScreenState

if TYPE_CHECKING:
    from textual.timer import Timer

REST: Final = 0.1
"""Seconds for which the cursor must rest before the thread follows it."""


class PreviewController:
    """Waits for the cursor of the list, or of the contact's conversations, to rest."""

    def __init__(
        self,
        app: App[int],
        state: ScreenState,
        options: UiOptions,
        *,
        target: Target,
        conversations: ListController,
        thread: ThreadController,
        counts_until: Callable[[], float],
    ) -> None:
        """`counts_until`: until when (monotonic seconds) the view on screen may turn out to be a count."""
        self._app = app
        self._state = state
        self._options = options
        self._target = target
        self._list = conversations
        self._thread = thread
        self._counts_until = counts_until
        self._timer: Timer | None = None

    def highlighted(self, conversation_id: str) -> None:
        """The list's cursor is on another conversation, "" for none."""
        self.forget()
        if self._options.low_bandwidth and conversation_id:
            return
        if not conversation_id or conversation_id != self._thread.view.conversation_id:
            self._wait()

    def follow(self) -> None:
        """A key was handled: the thread follows what the keys are on, once these rest."""
        if self._options.low_bandwidth or self._state.pane not in ("list", "contact") or self._timer is not None:
            return
        here = self._target.current
        if here and here != self._thread.view.conversation_id:
            self._wait()

    def arrived(self) -> None:
        """A command was run: where it showed the thread already, there is nothing to wait for."""
        if self._list.view.current_id == self._thread.view.conversation_id:
            self.forget()

    def forget(self) -> None:
        """Wait no more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _wait(self) -> None:
        self._timer = self._app.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._timer = None
        if self._list.is_tentative and time.monotonic() < self._counts_until():
            self._wait()  # the view may go again: the thread waits for that
        elif self._state.pane in ("list", "contact"):
            self._thread.preview(self._target.current)
