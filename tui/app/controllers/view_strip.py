"""The line of views on top: its counts, and what waits longest."""

import time
from typing import TYPE_CHECKING, Final

from tui.app.layout import Layout
from tui.app.state import ScreenState
from tui.app.widgets.view_strip import ViewLabel, Waits

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

_RARELY: Final = 200
"""How many times as long as counting them took the number of missed SLAs is kept: keys must not wait for it."""


class ViewStripController:
    """Keeps the line of views up to date."""

    def __init__(self, inbox: "Inbox", layout: Layout, state: ScreenState) -> None:
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._missed = 0
        self._count_again_at = 0.0

    def show(self) -> None:
        """Bring it up to date: another view is on screen, a count changed, or time has passed."""
        views, now = self._inbox.views, time.monotonic()
        if now >= self._count_again_at:
            self._missed = views.missed_slas()
            done = time.monotonic()
            self._count_again_at = done + _RARELY * (done - now)
        labels = [ViewLabel(view.key, view.title, view.count) for view in views.all()]
        waits = Waits(views.oldest_wait(), self._missed)
        self._layout.views.set_views(labels, self._state.shown.view, waits)
