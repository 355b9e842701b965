"""What a person is doing on the screen, kept once: controllers read it here instead of asking each other."""

import msgspec

from tui.app.keys.command import Where


class ListQuery(msgspec.Struct, frozen=True):
    """What the list shows: the key of a view, or a query as the view ``search``, and the order.

    The ages of a query count back from `as_of` (Unix seconds, 0: from when it is read).
    """

    view: str = ""
    query: str = ""
    sort: str = "waiting"
    as_of: int = 0


class ScreenState(msgspec.Struct):
    """Rows, cursors and the selection are in the widgets that show them; all else about the screen is here.

    Each value is written by one controller, which is named with it.
    """

    pane: Where = "list"
    """The pane that has the keys (`Layout.focus`)."""
    shown: ListQuery = msgspec.field(default_factory=ListQuery)
    """What the list shows (`ListController`)."""
    opened: str = ""
    """The conversation in the thread pane if somebody opened it, not only rested on it: what is seen of it is
    remembered (`ThreadController`)."""
    found_contact: str = ""
    """A contact found by name who has no conversation here: their page stands beside an empty thread
    (`ContactController`; another conversation in the thread ends it)."""
    came_from: tuple[str, Where] | None = None
    """Conversation and pane from which a contact was found, to go back to (`ContactController`; doing anything else
    ends it)."""
    composing: str = ""
    """``reply`` or ``note`` while the composer is open, else "" (`ComposerController`)."""
    recent: list[str] = msgspec.field(default_factory=list)
    """Ids of the commands chosen in the palette, the newest first (`tui.app.commands.help`)."""
    writing_to: str = ""
    """The conversation that is being written to, "" while the composer is away (`ComposerController`)."""
