"""The application: wiring only. Keys go to the dispatcher, changes to the desk, messages of the panes to the desk."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from rich.console import RenderableType
from textual import events
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tui.app.commands.undoing import UNDO
from tui.app.damaged import StoreApp
from tui.app.desk import Desk, DeskOptions
from tui.app.dialogs.small import TooSmall
from tui.app.keys.command import Command
from tui.app.keys.key_resolver import Miss, Refused, Resolver, Run, Wait
from tui.app.keys.keyboards import latin
from tui.app.keys.press import Press, press
from tui.app.keys.registry import Registry
from tui.app.layout import CSS, SMALLEST, Desktop
from tui.app.refusals import Refusals
from tui.app.terminal.bounds import give_back
from tui.app.terminal.options import FaceOptions
from tui.app.themes import DEFAULT_THEME, register, variable_defaults
from tui.app.widgets.contact import ContactView
from tui.app.widgets.conversation_list import ConversationListView
from tui.app.widgets.lines import LineView, Look
from tui.inbox.inbox import Inbox
from tui.inbox.situation import attention_words
from tui.store.errors import StoreError
from tui.store.rows import Change

if TYPE_CHECKING:
    from tui.app.widgets.composer import Composer

REST: Final = 0.1
"""Seconds for which the cursor must rest before the thread follows it."""
_FRAME: Final = 1 / 60
_SEND_WITHIN: Final = 0.7
"""Seconds that what waits out its undo window gets to be sent when the program ends; a hang-up gives little more."""
_STOP_WITHIN: Final = 0.9
"""Seconds that stopping the workers may take; what is on its way then is settled by the next start."""


_GIVE_BACK = 300.0
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
        options: DeskOptions | None = None,
        look: Look | None = None,
        theme: str = DEFAULT_THEME,
        age_refresh: float = 60.0,
        face: FaceOptions | None = None,
        on_shown: Callable[[], None] | None = None,
    ) -> None:
        """`age_refresh` is the number of seconds between looks at the ages, 0 for none.

        `on_shown` is called once, after the first paint and before the network.
        """
        super().__init__(face=face)
        self.inbox = inbox
        self.look = replace(look or Look(), key_of=registry.key)
        register(self)
        self.theme = theme
        # The style sheets are read once, with this theme's colours.
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled = theme
        self.desk = Desk(self, inbox, registry, options or DeskOptions())
        self._resolver = Resolver(registry)
        self._refusals = Refusals(self.desk)
        self._age_refresh = age_refresh
        self._on_shown = on_shown
        self._complete = False
        self._ahead: list[events.Key] = []
        self._pending: Change | None = None
        self._flush_at: asyncio.TimerHandle | None = None
        self._rest: Timer | None = None
        inbox.on_damaged = self.store_damaged
        self._unsubscribe = inbox.changes.subscribe(self._heard)
        inbox.on_zone = self._paint_times
        self._attention: frozenset[tuple[int, str]] = frozenset()
        self._fresh = True
        self._untouched = True
        self._hinted = ("", "", False, False, 0)
        self._pressed_at = 0.0
        self._acting = False
        self._small = TooSmall()

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
        yield from self.desk.panes.compose()

    # Starting and stopping

    def on_mount(self) -> None:
        """Rows from the store first; the network after the first paint."""
        self.desk.panes.focus("list")
        self.desk.listing.show_first()
        self._fresh = not len(self.desk.list)
        self._show_status()
        if self._age_refresh:
            self.set_interval(self._age_refresh, self._age)
        self.set_interval(_GIVE_BACK, give_back)
        self.call_after_refresh(self._begin)

    def _paint_times(self) -> None:
        """The machine is in another time zone: every time of day is another one."""
        for view in self.query(LineView):
            view.set_look(view.look)

    async def _begin(self) -> None:
        await self.desk.panes.add_composer()
        self._refusals.shown()
        self._complete = True
        ahead, self._ahead = self._ahead, []
        for event in ahead:
            await self.on_event(event)
        if self._on_shown is not None:
            self._on_shown()
        await self.inbox.start()
        self._look_for_attention()
        if self.inbox.store.notice:
            self.desk.panes.footer.notice(self.inbox.store.notice, "warning", 60.0)

    async def on_unmount(self) -> None:
        """Drafts to disk, workers stopped, quickly: a hang-up gives us about a second."""
        self._unsubscribe()
        if self._flush_at is not None:
            self._flush_at.cancel()
        await self.desk.stop()
        await self.inbox.send_held(_SEND_WITHIN)
        try:
            await asyncio.wait_for(self.inbox.stop(), _STOP_WITHIN)
        except TimeoutError:
            self.log.warning("the workers did not stop in time")

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave, keeping what is being written while the composer is still there to ask."""
        self.desk.writing.keep()
        super().exit(result, return_code, message)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes come here before any widget sees them, and in the order they were typed."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if not self._complete:  # to wait for the first paint here would be to keep it from coming
                self._ahead.append(event)
                return
            self._acting, self._pressed_at = True, event.time
            try:
                used = await self._key(press(event.key, event.character), event.time)
            finally:
                self._acting = False
            if used:
                self.paint_now()
                return
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            dialog = self.desk.panes.overlay.top
            if dialog is not None:
                dialog.paste(event.text)
                self.desk.panes.overlay.redraw()
                return
        await super().on_event(event)

    async def _key(self, pressed: Press, at: float) -> bool:
        """Act on a key that was pressed `at` (monotonic seconds); False leaves it to the widget that has the focus
        (only the composer has use for one)."""
        self.inbox.sync.activity()
        overlay = self.desk.panes.overlay
        dialog = overlay.top
        if dialog is not None and dialog.passing:
            dialog.close()
            self.pane_changed()
            if pressed.name in ("esc", "ctrl+c"):
                self.inbox.undo.forget()
                return True
            dialog = overlay.top
        if dialog is not None:
            if dialog.caret is None and (key := latin(pressed.char, self._resolver.language)):
                pressed = Press(key, key)  # nothing is written here: letters are keys
            over = self._over_dialogs(pressed)
            await (self.run_named(over) if over is not None else self._guarded(dialog.key(pressed)))
            self.flush_changes()
            overlay.redraw()
            self.pane_changed()
            return True
        pane = self.desk.pane
        outcome = self._resolver.feed(pressed, pane, at)
        if isinstance(outcome, Miss) and pane == "composer":
            self.desk.panes.settle_focus()
            return False
        if isinstance(outcome, Run):
            if pane == "composer":
                await self._drain(self.desk.panes.composer.area)
            await self._run(outcome)
        elif isinstance(outcome, Refused):
            self.desk.notify(self._refusals.after_digits(outcome), "warning")
        elif isinstance(outcome, Miss):
            self.desk.notify(self._refusals.without_meaning(pressed, outcome.typed, pane), "warning")
        self.desk.panes.footer.set_prefix(self._resolver.typed)
        self._follow()
        if isinstance(outcome, Wait) and outcome.choices:
            self.desk.panes.footer.set_keys(list(outcome.choices))
            self._hinted = ("", "", False, False, 0)
        else:
            self.pane_changed()
        return True

    def _over_dialogs(self, pressed: Press) -> Command | None:
        command = self.desk.registry.bindings(self.desk.pane).commands.get((pressed.name,))
        return command if command is not None and command.over_dialogs and not pressed.char else None

    async def _run(self, outcome: Run) -> None:
        if outcome.takes_back:
            self.desk.take_back_view()
        elif not outcome.more_digits:
            self.desk.listing.forget_before()
        await self.run_named(outcome.command, outcome.times)

    async def run_named(self, command: Command, count: int = 1) -> None:
        """Run a command as its key does, or as the key that chose it in a dialog."""
        if command.id != UNDO:
            self.inbox.undo.forget()
        refused = self._refusals.why_not(command, self._pressed_at)
        if refused:
            self.desk.notify(refused, "warning")
            return
        self._untouched = False

        async def work() -> None:
            done = self.desk.handlers[command.id].run(self.desk, count)
            if done is not None:
                await done

        await self._guarded(work())
        self.flush_changes()
        if self.desk.list.current_id == self.desk.thread.conversation_id:
            self._forget_rest()

    async def _guarded(self, work: Awaitable[None]) -> None:
        from tui.api.errors import IntercomError
        from tui.inbox.query import QueryError

        try:
            await work
        except (StoreError, QueryError) as error:  # a saved view may hold a query with a mistake
            self.desk.notify(str(error), "error")
        except IntercomError as error:
            self.desk.notify(error.message, "error")

    async def _drain(self, widget: Widget) -> None:
        """Let a widget handle the keys it was given before: a burst of typing that ends in ctrl+s is sent whole."""
        if not widget.is_running:
            return
        handled: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def reached() -> None:
            if not handled.done():
                handled.set_result(None)

        if widget.call_later(reached):
            await handled

    def pane_changed(self) -> None:
        """The keys that mean something are others now."""
        desk = self.desk
        way_out = "unselect" if desk.list.selected else "leave the search" if desk.view_key == "search" else ""
        covered = desk.panes.overlay.top is not None
        selected = len(desk.list.selected)
        state = (desk.pane, way_out if desk.pane == "list" else "", bool(desk.targets()), covered, selected)
        in_sight = desk.panes.is_shown("list") or desk.pane == "composer"
        desk.panes.footer.set_state(f"{selected} selected" if selected and not in_sight else "")
        if state == self._hinted:
            return
        self._hinted = state
        if covered:  # a dialog has the keys, and names them on its own edge
            desk.panes.footer.set_keys([])
            return
        hints = desk.registry.hints(desk.pane, desk.is_possible)
        if state[1] and (key := desk.registry.key("move.back")):
            hints.insert(1, (key, way_out))
        desk.panes.footer.set_keys(hints)

    def painted(self) -> None:
        """A frame has left: what of the thread is on the screen has been seen."""
        self.desk.seeing.painted()

    # Changes

    def _heard(self, change: Change) -> None:
        """Something changed: gather for a frame, then bring the screen up to date once."""
        self._pending = change if self._pending is None else _merged(self._pending, change)
        if self._flush_at is None and self.is_running:
            self._flush_at = asyncio.get_running_loop().call_later(_FRAME, self.flush_changes)

    def flush_changes(self) -> None:
        """Bring the screen up to date with all that was heard."""
        if self._flush_at is not None:
            self._flush_at.cancel()
            self._flush_at = None
        change, self._pending = self._pending, None
        if change is None or not self.is_running or not self.desk.panes.list.is_attached:
            return
        before = self.desk.conversation_id
        if self._fresh and (change.conversations or change.everything):
            self._fresh = False
            if self._untouched:  # else somebody has chosen a view meanwhile
                self.desk.listing.show_first()
        self.desk.apply(change)
        if self._untouched:  # nobody chose a row yet: what the first sync brings belongs on top
            self.desk.list.home()
        if not self._acting:
            self._refusals.changed(before)
        if not self._resolver.typed:
            self.pane_changed()
        if change.status:
            self._show_status()
        if change.outbox:
            self._look_for_attention()
            if self.desk.panes.overlay.top is not None:
                self.desk.panes.overlay.redraw()

    def _look_for_attention(self) -> None:
        """Say once that something waits for a decision; never take the keys from whoever is writing."""
        box = self.inbox.outbox
        waiting = [*box.unknown(), *box.attention()] if self.inbox.status.unknown else box.attention()
        new = [row for row in waiting if (row.id, row.state) not in self._attention]
        self._attention = frozenset((row.id, row.state) for row in waiting)
        if new:
            row = new[-1]
            bad = row.state == "rejected" or row.held_for == "twice"
            said = f"{attention_words(row, box.describe(row))} · {self.desk.registry.key('outbox.decide')} to decide"
            self.desk.panes.footer.notice(said, "error" if bad else "warning", 20.0)

    def _show_status(self) -> None:
        panes, status = self.desk.panes, self.inbox.status
        panes.status.set_status(status)
        panes.list.set_status(status)
        panes.thread.set_status(status)
        self.desk.reading.say_what_is_missing()

    def _age(self) -> None:
        panes = self.desk.panes
        for pane in (panes.list, panes.thread, panes.contact):
            pane.refresh_ages()
        self._show_status()

    # The panes' messages

    def on_conversation_list_view_highlighted(self, event: ConversationListView.Highlighted) -> None:
        """The thread follows the cursor once it rests."""
        event.stop()
        self._forget_rest()
        if self.desk.options.low_bandwidth and event.conversation_id:
            return
        if not event.conversation_id or event.conversation_id != self.desk.thread.conversation_id:
            self._rest = self.set_timer(REST, self._rested)

    def _forget_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _follow(self) -> None:
        """The thread follows what the keys are on, once these rest."""
        desk = self.desk
        if desk.options.low_bandwidth or desk.pane not in ("list", "contact") or self._rest is not None:
            return
        here = desk.conversation_id
        if here and here != desk.thread.conversation_id:
            self._rest = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._rest = None
        if self.desk.listing.is_tentative and time.monotonic() < self._resolver.counts_until:
            self._rest = self.set_timer(REST, self._rested)  # the view may go again: the thread waits for that
        elif self.desk.pane in ("list", "contact"):
            self.desk.reading.preview(self.desk.conversation_id)

    def on_conversation_list_view_opened(self, event: ConversationListView.Opened) -> None:
        """A click."""
        event.stop()
        self.desk.open_conversation(event.conversation_id)

    def on_contact_view_open_conversation(self, event: ContactView.OpenConversation) -> None:
        """A click on one of the contact's conversations."""
        event.stop()
        self.desk.open_conversation(event.conversation_id)

    def on_composer_edited(self, event: "Composer.Edited") -> None:
        """Every change is saved as the draft."""
        event.stop()
        self.desk.writing.edited(event.conversation_id, event.kind)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new size; say so where nothing fits."""
        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        overlay = self.desk.panes.overlay
        if small and self._small.host is None:
            overlay.push(self._small)
        elif not small and self._small.host is not None:
            overlay.close(self._small)
        self.call_later(self._resized)

    def _resized(self) -> None:
        panes = self.desk.panes
        panes.arrange()
        if not panes.is_shown(panes.current) and panes.current != "composer":
            panes.focus("thread")
        panes.overlay.redraw()


def _merged(first: Change, second: Change) -> Change:
    return Change(
        conversations=first.conversations | second.conversations,
        threads=first.threads | second.threads,
        contacts=first.contacts | second.contacts,
        directory=first.directory or second.directory,
        outbox=first.outbox or second.outbox,
        drafts=first.drafts or second.drafts,
        status=first.status or second.status,
        everything=first.everything or second.everything,
        gone=first.gone | second.gone,
    )
