"""What the keys act on. It is decided here alone, from what is on the screen and from nothing else.

- With a selection, all that is selected; how many that is stands on the screen for as long as there is one.
- In the list, the conversation under the cursor.
- In the thread and in the composer, the conversation that the thread shows.
- In the contact pane, the conversation under its cursor; without one, the conversation that the thread shows, unless
  the pane shows somebody else.
"""

from typing import TYPE_CHECKING

from tui.app.layout import Layout
from tui.app.state import ScreenState
from tui.model.rows import ConversationRow

if TYPE_CHECKING:
    from tui.inbox.threads import Threads


class Target:
    """What an action means now: each value is looked up on the screen when it is asked for."""

    def __init__(self, layout: Layout, state: ScreenState, threads: "Threads") -> None:
        self._layout = layout
        self._state = state
        self._threads = threads

    @property
    def current(self) -> str:
        """The conversation that the keys are on, whatever is selected; "" for none."""
        pane, layout = self._state.pane, self._layout
        in_thread = layout.thread.conversation_id if layout.is_shown("thread") else ""
        if pane == "list":
            return layout.list.current_id if layout.is_shown("list") else ""
        if pane == "contact":
            if not layout.is_shown("contact"):
                return ""
            return layout.contact.pointed_conversation or (in_thread if self._belongs() else "")
        return in_thread

    @property
    def ids(self) -> tuple[str, ...]:
        """The conversations that an action means, in the order of the selection."""
        selected = tuple(self._layout.list.selected) if self._state.pane != "composer" else ()
        if selected:
            return selected
        here = self.current
        return (here,) if here else ()

    @property
    def several(self) -> bool:
        """Whether what is meant is anything else than the conversation where the keys are."""
        ids = self.ids
        return bool(ids) and ids != (self.current,)

    @property
    def row(self) -> ConversationRow | None:
        """The row of `current`."""
        here = self.current
        return self._threads.conversation(here) if here else None

    @property
    def contact(self) -> str:
        """The contact that an action on a contact means, "" for none."""
        if self._state.pane == "contact" and self._layout.is_shown("contact"):
            return self._layout.contact.contact_id
        row = self.row
        return row.contact_id if row is not None else ""

    def _belongs(self) -> bool:
        """Whether the contact pane shows nobody else than the contact of the thread."""
        return self._layout.contact.contact_id in ("", self._layout.thread.contact_id)
