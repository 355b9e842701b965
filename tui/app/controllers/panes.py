"""Which pane has the keys: to one by name, to the next, and back towards the list."""

from tui.app.controllers.contact import ContactController
from tui.app.controllers.list import ListController
from tui.app.controllers.thread import ThreadController
from tui.app.keys.command import Where
from tui.app.layout import Layout
from tui.app.state import ScreenState


class PaneController:
    """Moves the keys between the panes."""

    def __init__(
        self,
        layout: Layout,
        state: ScreenState,
        *,
        conversations: ListController,
        thread: ThreadController,
        contact: ContactController,
    ) -> None:
        self._layout = layout
        self._state = state
        self._list = conversations
        self._thread = thread
        self._contact = contact

    def focus(self, pane: Where) -> None:
        """Give the keys to a pane, bringing it on screen."""
        if pane != "contact":
            self._state.came_from = None
        self._layout.focus(pane)
        if pane == "contact":
            self._contact.show()

    def next(self, step: int) -> None:
        """Give the keys to the next pane on screen, or with -1 the one before; on a narrow screen, to the next of
        all."""
        self.focus(self._layout.neighbour(step))

    def back(self) -> None:
        """One step back towards the plain list; in the list, out of a selection or a search."""
        pane = self._state.pane
        if pane == "list":
            if self._list.view.selected:
                self._list.view.clear_selection()
            elif self._state.shown.view == "search":
                self._list.leave_search()
        elif pane == "contact" and self._state.came_from is not None:
            conversation_id, before = self._state.came_from
            self._state.came_from = None
            self._thread.show(conversation_id)
            self._layout.focus(before)
        else:
            self._layout.focus("thread" if pane == "contact" and self._thread.view.conversation_id else "list")
