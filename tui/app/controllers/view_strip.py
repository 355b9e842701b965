"""The line of views on top: its counts, and what waits longest."""

import asyncio
import time
from typing import TYPE_CHECKING, Final

from tui.app.controllers.background import BackgroundTasks
from tui.app.layout import Layout
from tui.app.state import ScreenState
from tui.app.widgets.view_strip import ViewLabel, Waits
from tui.inbox.search.views import Searched

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox

_FIRST: Final = 0.3
"""Seconds after the start before anything is searched for: the first paint comes before it."""
_PAUSE: Final = 2.0
_RARELY: Final = 20
"""What is searched for is kept for `_PAUSE` seconds, and for so many times as long as the search took."""


class ViewStripController:
    """Keeps the line of views up to date."""

    def __init__(self, inbox: "Inbox", layout: Layout, state: ScreenState, background: BackgroundTasks) -> None:
        self._inbox = inbox
        self._layout = layout
        self._state = state
        self._background = background
        self._searched = Searched()
        self._search_at = time.monotonic() + _FIRST
        self.is_searching = False
        """Whether figures are outdated that only a search tells."""
        self._is_outdated = False

    def show(self) -> None:
        """Bring it up to date: another view is on screen, a count changed, or time has passed."""
        self._draw()
        self._is_outdated = True
        if not self.is_searching:
            self.is_searching = True
            self._background.start(self._search())

    def _draw(self) -> None:
        views, searched = self._inbox.views, self._searched
        labels = [ViewLabel(view.key, view.title, searched.counts.get(view.key, view.count)) for view in views.all()]
        self._layout.views.set_views(labels, self._state.shown.view, Waits(views.oldest_wait(), searched.missed))

    async def _search(self) -> None:
        """Search as long as something changes meanwhile, with a pause before each time."""
        try:
            while self._is_outdated:
                await asyncio.sleep(max(0.0, self._search_at - time.monotonic()))
                self._is_outdated, began = False, time.monotonic()
                found = await self._inbox.views.searched()
                now = time.monotonic()
                self._search_at = now + max(_PAUSE, _RARELY * (now - began))
                if found != self._searched:
                    self._searched = found
                    self._draw()
        finally:
            self.is_searching = False
