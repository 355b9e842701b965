"""The panes and which of them are on the screen: three side by side, two, or one at a time."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from tui.app.dialogs.overlay import Overlay
from tui.app.keys.command import Where
from tui.app.keys.registry import Registry
from tui.app.state import ScreenState
from tui.app.widgets.contact import ContactView
from tui.app.widgets.conversation_list import ConversationListView
from tui.app.widgets.footer import KeyFooter
from tui.app.widgets.lines import Appearance
from tui.app.widgets.model import Names
from tui.app.widgets.status import StatusLine
from tui.app.widgets.thread import ThreadView
from tui.app.widgets.view_strip import ViewStrip
from tui.config.access import Access
from tui.model.labels import texts

if TYPE_CHECKING:
    from tui.app.widgets.composer import Composer

WIDE: Final = 120
"""Columns from which all three panes fit."""
MEDIUM: Final = 80
"""Columns from which two fit; below, one at a time."""
SMALLEST: Final = (40, 10)
STRIP_FROM: Final = 16
"""Rows from which one is spent on the line of views."""

_COMPOSER_HINTS: Final = {
    "reply": (("compose.switch", "note"), ("compose.send", "send"), ("compose.leave", texts.SAVE_DRAFT)),
    "note": (("compose.switch", "reply"), ("compose.send", texts.SAVE_NOTE), ("compose.leave", texts.SAVE_DRAFT)),
}
_SELECTION_HINTS: Final = (
    ("conversation.assign", "assign"),
    ("conversation.close", "close"),
    ("conversation.tag", "tag"),
    ("move.back", "none"),
)
"""(command, its word): what the composer's label and the header of a selection name, in this order."""

CSS = """
Screen { layers: base overlay; background: $bg; }
#panes { height: 1fr; }
#list { border-right: vkey $line; }
#middle { width: 1fr; }
#contact { border-left: vkey $line; }
.medium #list { width: 36; }
.medium #contact { width: 32; }
.narrow #list, .narrow #contact { width: 1fr; border: none; }
.plain #list { border-right: ascii $line; }
.plain #contact { border-left: ascii $line; }
.narrow.plain #list, .narrow.plain #contact { border: none; }
.-off { display: none; }
"""


_LIST, _CONTACT = 40, 33
"""Cells of the panes at the sides in a terminal of `WIDE` columns."""
_MEASURE: Final = 100 + 6
"""Cells of the thread's pane from where on more would only make its lines hard to read."""
_MOST_LIST, _MOST_CONTACT = 76, 56


def side_widths(columns: int, *, with_contact: bool) -> tuple[int, int]:
    """Cells of list and contact in a wide terminal: what the thread does not need is theirs, the list's first."""
    surplus = max(0, columns - _LIST - (_CONTACT if with_contact else 0) - _MEASURE)
    if not with_contact:
        return min(_MOST_LIST, _LIST + surplus), _CONTACT
    return min(_MOST_LIST, _LIST + (surplus * 3 + 4) // 5), min(_MOST_CONTACT, _CONTACT + surplus * 2 // 5)


class Desktop(Screen[None]):
    """The one screen. Textual repaints all of a screen when the focus moves; the panes draw what changes themselves."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)


class Layout:
    """Makes the panes, lays them out for the width of the screen, and gives one of them the keys."""

    def __init__(
        self,
        app: App[int],
        registry: Registry,
        state: ScreenState,
        appearance: Appearance,
        names: Names,
        *,
        me_id: str,
        access: Access,
        on_place: Callable[[], None],
    ) -> None:
        """`names` gives teammates, teams and tags; `me_id` is the admin we act as; `access` is how Intercom is reached;
        `on_place` hears of every focus and of every dialog that opens or closes."""
        self._app = app
        self._state = state
        self._on_place = on_place
        self.appearance = appearance
        self.views = ViewStrip(self.appearance, more_key=registry.key("view.choose"), id="views")
        self.list = ConversationListView(self.appearance, names=names, me_id=me_id, id="list")
        self.list.selection_keys = registry.named_keys(_SELECTION_HINTS)
        self.thread = ThreadView(
            self.appearance, names=names, browser_key=registry.key("link.browser"), access=access, id="thread"
        )
        self._registry = registry
        self._composer: Composer | None = None
        self.contact = ContactView(self.appearance, names=names, id="contact")
        self.status = StatusLine(self.appearance, undo_key=registry.key("undo.last"), id="status")
        self.footer = KeyFooter(self.appearance, id="footer")
        self.overlay = Overlay(self.appearance, on_stack=on_place, id="overlay")
        self._middle = Vertical(id="middle")
        self._target: Widget = self.list
        self._contact_wanted = True
        self._contact_called = False

    def compose(self) -> Iterator[Widget]:
        """All of it, in the order of the screen."""
        yield self.views
        with Horizontal(id="panes"):
            yield self.list
            with self._middle:
                yield self.thread
            yield self.contact
        yield self.status
        yield self.footer
        yield self.overlay

    @property
    def composer(self) -> "Composer":
        """The composer. It is made and mounted after the first paint: its text field is the slowest of all to load."""
        if self._composer is None:
            from tui.app.widgets.composer import Composer

            hints = {kind: self._registry.named_keys(words) for kind, words in _COMPOSER_HINTS.items()}
            self._composer = Composer(self.appearance, hints=hints, id="composer")
        return self._composer

    async def add_composer(self) -> None:
        """Mount the composer beneath the thread, hidden."""
        await self._middle.mount(self.composer)

    @property
    def size_class(self) -> str:
        """``wide``, ``medium`` or ``narrow``."""
        width = self._app.size.width
        return "wide" if width >= WIDE else "medium" if width >= MEDIUM else "narrow"

    def is_shown(self, pane: Where) -> bool:
        """Whether a pane is on the screen."""
        return pane in self._shown()

    def _shown(self) -> tuple[Where, ...]:
        reading: Where = "thread"
        match self.size_class:
            case "wide":
                return ("list", reading, "contact") if self._contact_wanted else ("list", reading)
            case "medium":
                # The contact takes the list's place: the thread it belongs to stays in sight.
                return (reading, "contact") if self._contact_called else ("list", reading)
            case _:
                return ("thread",) if self._state.pane == "composer" else (self._state.pane,)

    def arrange(self) -> None:
        """Lay out for the screen as it is now."""
        size_class, shown = self.size_class, self._shown()
        screen = self._app.screen
        for name in ("medium", "narrow"):
            screen.set_class(size_class == name, name)
        screen.set_class(self.appearance.ascii_only, "plain")
        if size_class == "wide":
            widths = side_widths(self._app.size.width, with_contact="contact" in shown)
            self.list.styles.width, self.contact.styles.width = widths
        else:
            self.list.styles.width = self.contact.styles.width = None  # as the style sheet says
        self.views.set_class(self._app.size.height < STRIP_FROM, "-off")
        self.list.set_class("list" not in shown, "-off")
        self._middle.set_class("thread" not in shown, "-off")
        self.contact.set_class("contact" not in shown, "-off")

    def focus(self, pane: Where) -> None:
        """Give the keys to `pane` and bring it on screen."""
        self._state.pane = pane
        if self.size_class == "medium":
            if pane == "contact":
                self._contact_called = True
            elif pane == "list":
                self._contact_called = False
        elif self.size_class == "wide" and pane == "contact":
            self._contact_wanted = True
        self.arrange()
        widgets: dict[Where, Widget] = {"list": self.list, "thread": self.thread, "contact": self.contact}
        self._target = self.composer.area if pane == "composer" else widgets[pane]
        self.settle_focus()
        # Opening the composer asks for the focus by a message of its own: ours comes after it.
        self._app.call_later(self.settle_focus)
        self._on_place()

    def settle_focus(self) -> None:
        """Make the widget that Textual gives keys to the one of the current pane."""
        previewing = self._state.pane == "composer" and self.composer.has_class("-preview")
        if self._app.focused is not self._target and not previewing:
            self._app.screen.set_focus(self._target, scroll_visible=False)

    def toggle_contact(self) -> bool:
        """Show or hide the contact; True when it is on screen now."""
        if self.size_class == "wide":
            self._contact_wanted = not self._contact_wanted
        elif self.size_class == "medium":
            self._contact_called = not self._contact_called
        else:
            self.focus("thread" if self._state.pane == "contact" else "contact")
            return self._state.pane == "contact"
        if not self.is_shown(self._state.pane) and self._state.pane != "composer":
            self.focus("list" if self.is_shown("list") else "thread")
        self.arrange()
        return self.is_shown("contact")

    def neighbour(self, step: int) -> Where:
        """The pane after the current one (before it, with -1); the composer counts while it is open."""
        shown: tuple[Where, ...] = ("list", "thread", "contact") if self.size_class == "narrow" else self._shown()
        order: list[Where] = []
        for pane in shown:
            order.append(pane)
            if pane == "thread" and self._state.composing:
                order.append("composer")
        if self._state.pane not in order:
            return order[0]
        return order[(order.index(self._state.pane) + step) % len(order)]
