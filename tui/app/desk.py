"""The desk: what is on the screen and what a person is doing there. Commands act through it."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from tui.app import dialogs, target
from tui.app.acting import Acting
from tui.app.commands import all_handlers
from tui.app.commands.context import Act, Macro, Severity
from tui.app.dialogs.base import Dialog
from tui.app.keys.command import Command, Where
from tui.app.keys.registry import Registry
from tui.app.layout import Layout
from tui.app.listing import Listing, Shown
from tui.app.queue import Queue
from tui.app.reading import Reading
from tui.app.seeing import Seeing
from tui.app.target import Target
from tui.app.writing import Writing
from tui.config.timezone import reader_zone
from tui.store.errors import StoreError
from tui.store.rows import Change, ConversationRow
from tui.text.ages import local

if TYPE_CHECKING:
    from tui.app.app import InboxApp
    from tui.app.widgets.contact import ContactView
    from tui.app.widgets.conversation_list import ConversationListView
    from tui.app.widgets.thread import ThreadView
    from tui.inbox.inbox import Inbox


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How the desk behaves.

    `web` is where Intercom's own inbox is; `zone` the reader's time zone, with its rules.
    """

    advance: bool = True
    confirm_quit: bool = False
    low_bandwidth: bool = False
    macros: Mapping[str, str] = field(default_factory=dict)
    web: str = "https://app.intercom.com"
    zone: tzinfo = field(default_factory=reader_zone)


class Desk:
    """Implements `tui.app.commands.context.Context`."""

    def __init__(self, app: "InboxApp", inbox: "Inbox", registry: Registry, options: DeskOptions) -> None:
        self.app = app
        self.inbox = inbox
        self.registry = registry
        self.options = options
        self.handlers = {handler.command.id: handler for handler in all_handlers()}
        self.last_act: Act | None = None
        self.panes = Layout(app, registry)
        self.listing = Listing(self)
        self.seeing = Seeing(self)
        self.reading = Reading(self)
        self.writing = Writing(self)
        self.acting = Acting(self)
        self.queue = Queue(inbox.views)
        self._before_page: tuple[str, Where] | None = None
        """Conversation and pane from which a contact was found, to go back to."""
        self._background: set[asyncio.Task[None]] = set()

    # What a command may ask

    @property
    def list(self) -> "ConversationListView":
        """The list pane."""
        return self.panes.list

    @property
    def thread(self) -> "ThreadView":
        """The thread pane."""
        return self.panes.thread

    @property
    def contact(self) -> "ContactView":
        """The contact pane."""
        return self.panes.contact

    @property
    def pane(self) -> Where:
        """The pane that has the keys."""
        return self.panes.current

    @property
    def view_key(self) -> str:
        """The view on screen."""
        return self.listing.shown.key

    @property
    def query(self) -> str:
        """The query on screen."""
        return self.listing.shown.query

    @property
    def sort(self) -> str:
        """The order of the list."""
        return self.listing.shown.sort

    @property
    def target(self) -> Target:
        """What an action means now."""
        row = self.conversation()
        return target.target(self.panes, row.contact_id if row is not None else "")

    @property
    def conversation_id(self) -> str:
        """The conversation that the keys are on."""
        return target.current(self.panes)

    @property
    def confirm_quit(self) -> bool:
        """As the settings say."""
        return self.options.confirm_quit

    @property
    def composing(self) -> str:
        """The kind that is being written."""
        return self.writing.kind

    @property
    def composer_text(self) -> str:
        """What is written."""
        return self.writing.text

    def conversation(self) -> ConversationRow | None:
        """The row of `conversation_id`."""
        return self.inbox.threads.conversation(self.conversation_id) if self.conversation_id else None

    def targets(self) -> Sequence[str]:
        """The conversations that an action means."""
        return target.meant(self.panes, self.conversation_id)

    def now(self) -> datetime:
        """The time of the look's clock, in its zone."""
        return local(self.panes.look.clock(), self.options.zone)

    def link(self, conversation_id: str) -> str:
        """Where Intercom's inbox shows it."""
        workspace = self.inbox.workspace_id or "_"
        return f"{self.options.web}/a/inbox/{workspace}/inbox/conversation/{conversation_id}"

    def macros(self) -> Sequence[Macro]:
        """From the settings."""
        return [Macro(name, text) for name, text in self.options.macros.items()]

    # The list

    def show_view(self, key: str) -> None:
        """Show a view, from its first row."""
        self._before_page = None
        self.listing.show_view(key)
        self._bring_list()

    def show_search(self, query: str) -> None:
        """Show what a query finds."""
        self._before_page = None
        self.listing.show(Shown("search", query, "newest"))
        self._bring_list()

    def set_sort(self, sort: str) -> None:
        """Another order of the same."""
        self.listing.show(replace(self.listing.shown, sort=sort), keep=self.list.current_id)

    def take_back_view(self) -> None:
        """The digit was a count."""
        self.listing.take_back()

    def is_possible(self, command: Command) -> bool:
        """Whether a command could be run now."""
        return self.handlers[command.id].when(self)

    async def run(self, command: Command) -> None:
        """Run a command as its key would."""
        await self.app.run_named(command)

    def _bring_list(self) -> None:
        if self.pane != "composer":
            self.panes.focus("list")

    def clear_selection(self) -> None:
        """Select nothing."""
        self.list.clear_selection()

    # The thread and the contact

    def open_conversation(self, conversation_id: str) -> None:
        """Read it: thread on screen, keys there."""
        self._before_page = None
        self.reading.open(conversation_id)
        self.list.jump(conversation_id)
        self.panes.focus("thread")

    def go_to(self, conversation_id: str) -> None:
        """The list's cursor goes there, what just changed included."""
        self.app.flush_changes()
        self.list.jump(conversation_id)
        if self.pane != "list" and conversation_id != self.reading.conversation_id:
            self.open_conversation(conversation_id)  # what the keys mean and what the list shows stay the same one

    def step_conversation(self, by: int) -> None:
        """The next one, staying in the thread."""
        self.list.move(by)
        if self.list.current_id:
            self.open_conversation(self.list.current_id)

    def open_next_in_queue(self) -> None:
        """The next of the queue, and a word when it begins again."""
        step = self.queue.next(self.conversation())
        if step is None:
            self.notify("No other conversation is waiting.")
            return
        if self.list.selected:
            self.clear_selection()
        self.open_conversation(step.conversation_id)
        if step.wrapped:
            self.notify("End of the queue: back at the longest wait.")

    def show_thread(self) -> None:
        """Bring the conversation that the keys are on into the thread pane, which may not have followed yet."""
        self.reading.preview(self.conversation_id)

    def select_on(self, count: int) -> None:
        """Select the conversation that the keys are on and `count` - 1 after it, and go on to the one after them."""
        if self.pane == "list":
            self.list.extend_select(count)
            return
        here = self.conversation_id
        if not self.list.holds(here):
            self.notify("This conversation is not in the list.", "warning")
            return
        pane = self.pane
        self.list.jump(here)
        self.list.extend_select(count)
        if self.list.current_id != here:
            self.open_conversation(self.list.current_id)
            self.focus_pane(pane)

    def focus_pane(self, pane: Where) -> None:
        """Give the keys to a pane."""
        if pane != "contact":
            self._before_page = None
        self.panes.focus(pane)
        if pane == "contact":
            self.reading.show_contact()

    def next_pane(self, step: int) -> None:
        """The next pane on screen; on a narrow one, the next of all."""
        self.focus_pane(self.panes.neighbour(step, writing=self.writing.is_open))

    def back(self) -> None:
        """One step back towards the plain list."""
        if self.pane == "list":
            if self.list.selected:
                self.list.clear_selection()
            elif self.view_key == "search":
                self.listing.show_home()
        elif self.pane == "contact" and self._before_page is not None:
            conversation_id, pane = self._before_page
            self._before_page = None
            self.reading.show(conversation_id)
            self.panes.focus(pane)
        else:
            self.panes.focus("thread" if self.pane == "contact" and self.thread.conversation_id else "list")

    def toggle_contact(self) -> None:
        """Show or hide the contact pane."""
        if self.panes.toggle_contact():
            self.reading.show_contact()

    def open_contact(self, contact_id: str) -> None:
        """A contact found by name: their page, with their newest conversation in the thread and under the cursor."""
        before = self._before_page or (self.thread.conversation_id, self.pane)
        if self.list.selected:
            self.clear_selection()
        self.reading.show_page(contact_id)
        self.focus_pane("contact")
        self._before_page = before
        self.contact.move(1)

    # Acting

    async def act(self, act: Act, targets: Sequence[str] | None = None) -> None:
        """Apply, remember, go on."""
        await self.acting.act(act, targets)

    # Writing

    def compose(self, kind: str, *, text: str | None = None, conversation_id: str = "") -> None:
        """Open the composer."""
        meant = conversation_id or self.conversation_id
        if not meant:
            self.notify("Choose a conversation first.", "warning")
            return
        self._before_page = None
        if meant != self.reading.opened:
            self.reading.open(meant)
            self.list.jump(meant)
        self.writing.open(meant, kind, text)

    def insert(self, text: str) -> None:
        """At the cursor of the composer."""
        self.panes.composer.insert(text, apart=True)

    def toggle_preview(self) -> None:
        """What the Markdown becomes."""
        self.panes.composer.toggle_preview()

    def close_composer(self) -> None:
        """Keep the draft, put the composer away; from the preview, back to the text first."""
        if self.panes.composer.has_class("-preview"):
            self.panes.composer.toggle_preview()
        else:
            self.writing.put_away()

    def read_new(self) -> None:
        """Scroll to what came in while this is written."""
        self.seeing.read_new()

    async def send(self, *, close: bool = False, snooze_until: int = 0) -> None:
        """Send, and go on when the conversation leaves with it."""
        sent = self.writing.conversation_id
        following = self.listing.following([sent])
        if not await self.writing.send(close=close, snooze_until=snooze_until):
            return
        self.app.flush_changes()
        if (close or snooze_until) and self.options.advance:
            self.acting.advance([sent], following)

    def switch_kind(self) -> None:
        """From reply to note and back; what the customer would read then is asked about first."""
        if not self.writing.asks_before_switching:
            self.writing.switch()
            return

        async def agreed() -> None:
            self.writing.switch()

        self.show(
            dialogs.Confirm(
                "Make this a reply?",
                [("The customer will see it.", "warning")],
                [dialogs.Answer("y", "make it a reply", agreed)],
            )
        )

    async def save_drafts(self) -> None:
        """What is written goes to the disk."""
        self.writing.keep()
        await self.inbox.drafts.flush()

    # Around

    def notify(self, text: str, severity: Severity = "information") -> None:
        """In the footer's line; plain text, cleaned there."""
        self.panes.footer.notice(text, severity)

    def show(self, dialog: Dialog) -> None:
        """Show a dialog."""
        self.panes.overlay.push(dialog)

    def background(self, work: Coroutine[object, object, None]) -> None:
        """Beside the keys."""
        task = asyncio.get_running_loop().create_task(self._guarded(work))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _guarded(self, work: Coroutine[object, object, None]) -> None:
        from tui.api.errors import IntercomError

        try:
            await work
        except IntercomError as error:
            self.notify(error.message, "error")
        except (StoreError, OSError) as error:
            self.notify(str(error), "error")

    async def stop(self) -> None:
        """Cancel what goes on beside."""
        tasks = list(self._background)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def copy(self, text: str) -> bool:
        """To the terminal's clipboard."""
        return self.app.copy(text)

    async def run_outside(self, argv: Sequence[str]) -> int:
        """Give the terminal away for a while."""
        return await self.app.suspend_for(argv)

    def suspend(self) -> bool:
        """Give the terminal to the shell until it brings us back."""
        return self.app.suspend_to_shell()

    def redraw(self) -> None:
        """Paint everything."""
        self.app.repaint()

    def leave(self) -> None:
        """End."""
        self.app.exit(0)

    # What changed

    def apply(self, change: Change) -> None:
        """Bring what is on screen up to date."""
        if change.conversations or change.everything:
            self.listing.changed()
        if change.conversations or change.outbox or change.everything or change.drafts or change.directory:
            self.list.apply(change)
            self.listing.load_rest()
        if change.directory:
            self.list.me_id = self.inbox.me.id
            self.list.reload()
        self.reading.apply(change)
