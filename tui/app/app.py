"""The application: wiring only. Keys go to the key controller, changes and messages of the panes to the controllers."""

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar, Final

import msgspec
from rich.console import RenderableType
from textual import events
from textual.screen import Screen
from textual.widget import Widget

from tui.app.commands import all_handlers
from tui.app.controllers.actions import ActionController
from tui.app.controllers.background import BackgroundTasks
from tui.app.controllers.changes import ChangeFeed
from tui.app.controllers.composer import ComposerController
from tui.app.controllers.contact import ContactController
from tui.app.controllers.dialogs import DialogController
from tui.app.controllers.list import ListController
from tui.app.controllers.notices import Notices
from tui.app.controllers.panes import PaneController
from tui.app.controllers.preview import PreviewController
from tui.app.controllers.programs import Programs
from tui.app.controllers.seen import SeenController
from tui.app.controllers.status import StatusController
from tui.app.controllers.target import Target
from tui.app.controllers.thread import ThreadController
from tui.app.controllers.view_strip import ViewStripController
from tui.app.damaged import StoreApp
from tui.app.dialogs.small import TooSmall
from tui.app.keyboard.footer_hints import FooterHints
from tui.app.keyboard.key_controller import KeyController
from tui.app.keys.command import Command
from tui.app.keys.key_resolver import Resolver
from tui.app.keys.press import press
from tui.app.keys.registry import Registry
from tui.app.layout import CSS, SMALLEST, Desktop, Layout
from tui.app.options import UiOptions
from tui.app.state import ScreenState
from tui.app.terminal.background import BackgroundReport
from tui.app.terminal.bounds import give_back
from tui.app.terminal.options import TerminalOptions
from tui.app.themes import DARK_THEME, DarkLight, register, variable_defaults
from tui.app.ui import Ui
from tui.app.widgets.contact import ContactView
from tui.app.widgets.conversation_list import ConversationListView
from tui.app.widgets.lines import Appearance, LineView
from tui.app.widgets.view_strip import ViewStrip
from tui.inbox.inbox import Inbox
from tui.model.rows import Change
from tui.text.durations import local

if TYPE_CHECKING:
    from tui.app.widgets.composer import Composer

_SEND_WITHIN: Final = 0.7
"""Seconds that what waits out its undo window gets to be sent when the program ends; a hang-up gives little more."""
_STOP_WITHIN: Final = 0.9
"""Seconds that stopping the workers may take; what is on its way then is settled by the next start."""
_GIVE_BACK: Final = 300.0
"""Seconds between the times at which free memory is given back to the system."""


class InboxApp(StoreApp, inherit_bindings=False):
    """Three panes over an inbox."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS: ClassVar[str | None] = None
    TITLE = "intercom-tui"

    def __init__(
        self,
        inbox: Inbox,
        registry: Registry,
        *,
        options: UiOptions | None = None,
        appearance: Appearance | None = None,
        theme: str = DARK_THEME,
        automatic: DarkLight | None = None,
        age_refresh: float = 60.0,
        terminal_options: TerminalOptions | None = None,
        on_shown: Callable[[], None] | None = None,
    ) -> None:
        """`automatic` are the themes to choose from once the terminal tells its background (`TerminalOptions`);
        `theme` holds until then. `age_refresh` is the number of seconds between looks at the ages, 0 for none.

        `on_shown` is called once, after the first paint and before the network.
        """
        super().__init__(terminal_options=terminal_options)
        register(self)
        self.theme = theme
        # The style sheets are read once, with this theme's colours.
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled = theme
        self._automatic = automatic
        self._age_refresh = age_refresh
        self._on_shown = on_shown
        self._complete = False
        self._ahead: list[events.Key] = []
        self._small = TooSmall()
        self.inbox = inbox
        self._wire(
            registry, options or UiOptions(), msgspec.structs.replace(appearance or Appearance(), key_of=registry.key)
        )
        self._unsubscribe = inbox.changes.subscribe(self.changes.heard)

    def _wire(self, registry: Registry, options: UiOptions, appearance: Appearance) -> None:
        """Make the panes, what may be done to them, and what happens to them."""
        inbox, state, resolver = self.inbox, ScreenState(), Resolver(registry)
        handlers = {handler.command.id: handler for handler in all_handlers()}

        def is_possible(command: Command) -> bool:
            return handlers[command.id].when(self.ui)

        self.layout = layout = Layout(
            self,
            registry,
            state,
            appearance,
            inbox.directory,
            me_id=inbox.me.id,
            access=options.access,
            on_place=self._place_changed,
        )
        self.changes = ChangeFeed(self._apply, lambda: self.is_running and layout.list.is_attached)
        notices = Notices(layout.footer, lambda: (state.pane, layout.overlay.top))
        background = BackgroundTasks(notices)
        self.seen = SeenController(
            self, inbox, layout, state, registry=registry, notices=notices, background=background
        )
        self.ui = ui = self._make_ui(registry, options, state, notices, background, is_possible)
        self.status = StatusController(
            inbox, layout, registry=registry, thread=ui.thread, contact=ui.contact, notices=notices
        )
        self.preview = PreviewController(
            self, state, options, target=ui.target, conversations=ui.list, thread=ui.thread,
            counts_until=lambda: resolver.counts_until,
        )  # fmt: skip
        self.hints = FooterHints(ui, layout)
        self.keys = KeyController(
            ui, layout, resolver, handlers, hints=self.hints, preview=self.preview, flush=self.changes.flush
        )

    def _make_ui(
        self,
        registry: Registry,
        options: UiOptions,
        state: ScreenState,
        notices: Notices,
        background: BackgroundTasks,
        is_possible: Callable[[Command], bool],
    ) -> Ui:
        """What commands act through. The composer is made before the contact: it hears first of another thread."""
        inbox, layout, seen, flush = self.inbox, self.layout, self.seen, self.changes.flush
        target = Target(layout, state, inbox.threads)
        conversations = ListController(
            inbox, layout, state, background, ViewStripController(inbox, layout, state, background)
        )
        thread = ThreadController(
            inbox, layout, state, options,
            target=target, conversations=conversations, seen=seen, notices=notices, flush=flush,
        )  # fmt: skip
        actions = ActionController(
            inbox, layout, state, options, registry=registry,
            target=target, conversations=conversations, thread=thread, notices=notices, flush=flush,
        )  # fmt: skip
        composer = ComposerController(
            inbox, layout, state, registry=registry, target=target,
            conversations=conversations, thread=thread, seen=seen, actions=actions, notices=notices, flush=flush,
        )  # fmt: skip
        contact = ContactController(inbox, layout, state, thread=thread)

        async def run(command: Command) -> None:
            await self.keys.run(command)

        return Ui(
            inbox=inbox,
            registry=registry,
            options=options,
            state=state,
            target=target,
            list=conversations,
            thread=thread,
            seen=seen,
            contact=contact,
            composer=composer,
            actions=actions,
            panes=PaneController(layout, state, conversations=conversations, thread=thread, contact=contact),
            dialogs=DialogController(layout.overlay),
            notices=notices,
            background=background,
            programs=Programs(self),
            now=lambda: local(layout.appearance.clock(), options.zone),
            run=run,
            is_possible=is_possible,
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables, under any theme."""
        return variable_defaults()

    def get_default_screen(self) -> Screen[None]:
        """Our screen."""
        return Desktop()

    def refresh_css(self, animate: bool = True) -> None:
        """Textual's word that the theme changed; it says so at the start, too, where nothing did."""
        if self.theme != self._styled:
            self._styled = self.theme
            super().refresh_css(animate)

    def compose(self) -> Iterator[Widget]:
        """The panes."""
        yield from self.layout.compose()

    # Starting and stopping

    def on_mount(self) -> None:
        """Rows from the store first; the network after the first paint."""
        self.layout.focus("list")
        self.ui.list.show_first()
        self.status.show()
        if self._age_refresh:
            self.set_interval(self._age_refresh, self.status.refresh_ages)
        self.set_interval(_GIVE_BACK, give_back)
        self.call_after_refresh(self._begin)

    def _paint_times(self) -> None:
        """The machine is in another time zone: every time of day is another one."""
        for view in self.query(LineView):
            view.set_appearance(view.appearance)

    async def _begin(self) -> None:
        await self.layout.add_composer()
        self.keys.screen_shown()
        self._complete = True
        ahead, self._ahead = self._ahead, []
        for event in ahead:
            await self.on_event(event)
        if self._on_shown is not None:
            self._on_shown()
        await self.inbox.start()
        self.status.look_for_attention()
        if self.inbox.store.notice:
            self.ui.notices.notify(self.inbox.store.notice, "warning", 60.0)

    async def on_unmount(self) -> None:
        """Drafts to disk, workers stopped, quickly: a hang-up gives us about a second."""
        self._unsubscribe()
        self.changes.stop()
        await self.ui.background.stop()
        await self.inbox.send_held(_SEND_WITHIN)
        try:
            await asyncio.wait_for(self.inbox.stop(), _STOP_WITHIN)
        except TimeoutError:
            self.log.warning("the workers did not stop in time")

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, keeping what is being written while the composer is still there to ask."""
        self.ui.composer.keep()
        super().exit(result, return_code, message)

    # Keys and pastes

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes come here before any widget sees them, and in the order they were typed."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if not self._complete:  # to wait for the first paint here would be to keep it from coming
                self._ahead.append(event)
                return
            if await self.keys.press(press(event.key, event.character), event.time):
                self.paint_now()
                return
        elif isinstance(event, events.Paste) and not event.is_forwarded and self.ui.dialogs.paste(event.text):
            return
        await super().on_event(event)

    # What changes by itself

    def _place_changed(self) -> None:
        self.hints.update()
        self.ui.notices.place_changed()

    def painted(self) -> None:
        """A frame has left: what of the thread is on the screen has been seen."""
        self.seen.painted()

    def _apply(self, change: Change) -> None:
        """Bring the screen up to date."""
        if change.damaged:
            self.store_damaged()
            return
        if change.zone:
            self._paint_times()
        ui, before = self.ui, self.ui.target.current
        ui.list.apply(change)
        thread_changed = ui.thread.apply(change)
        ui.contact.apply(change, thread_changed=thread_changed)
        if ui.list.untouched:  # nobody chose a row yet: what the first sync brings belongs on top
            ui.list.view.home()
        self.keys.screen_changed(before)
        if change.status:
            self.status.show()
        if change.outbox:
            self.status.look_for_attention()
            if ui.dialogs.top is not None:
                ui.dialogs.redraw()

    # The panes' messages

    def on_conversation_list_view_highlighted(self, event: ConversationListView.Highlighted) -> None:
        """The thread follows the cursor once it rests."""
        event.stop()
        self.preview.highlighted(event.conversation_id)

    def on_view_strip_chosen(self, event: ViewStrip.Chosen) -> None:
        """A click on a view."""
        event.stop()
        self.ui.list.show_view(event.key)

    def on_conversation_list_view_opened(self, event: ConversationListView.Opened) -> None:
        """A click on a conversation of the list."""
        event.stop()
        self.ui.thread.open(event.conversation_id)

    def on_contact_view_open_conversation(self, event: ContactView.OpenConversation) -> None:
        """A click on one of the contact's conversations."""
        event.stop()
        self.ui.thread.open(event.conversation_id)

    def on_composer_edited(self, event: "Composer.Edited") -> None:
        """Every change is saved as the draft."""
        event.stop()
        self.ui.composer.edited(event.conversation_id, event.kind)

    def on_background_report(self, event: BackgroundReport) -> None:
        """The terminal tells whether it is dark or light: asked once, and heard once."""
        event.stop()
        automatic, self._automatic = self._automatic, None
        if automatic is not None:
            self.theme = automatic.of(is_light=event.is_light)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new size; say so where nothing fits."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if small and self._small.host is None:
            self.ui.dialogs.show(self._small)
        elif not small and self._small.host is not None:
            self.ui.dialogs.close(self._small)
        self.call_later(self._resized)

    def _resized(self) -> None:
        layout, pane = self.layout, self.ui.state.pane
        layout.arrange()
        if not layout.is_shown(pane) and pane != "composer":
            layout.focus("thread")
        self.ui.dialogs.redraw()
