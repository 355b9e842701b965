"""The desk: what is on the screen and what a person is doing there. Commands act through it."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from tui.app.commands.base import Where
from tui.app.commands.context import Act, Macro, Severity
from tui.app.commands.registry import Registry
from tui.app.panes import Panes
from tui.app.screens.base import Dialog
from tui.app.writing import Writing
from tui.store import people
from tui.store.errors import StoreError
from tui.store.rows import Change, ConversationRow

if TYPE_CHECKING:
    from tui.app.app import InboxApp
    from tui.app.widgets.contact import ContactView
    from tui.app.widgets.conversation_list import ConversationListView
    from tui.app.widgets.thread import ThreadView
    from tui.inbox.inbox import Inbox
    from tui.inbox.lists import ConversationList

FIRST_VIEWS: Final = ("mine", "unassigned", "open")
"""Views tried at the start: the first that holds something is shown."""
_AHEAD: Final = 2


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How the desk behaves.

    `web` is where Intercom's own inbox is; `zone` the reader's time zone, None the machine's.
    """

    advance: bool = True
    confirm_quit: bool = False
    low_bandwidth: bool = False
    macros: Mapping[str, str] = field(default_factory=dict)
    web: str = "https://app.intercom.com"
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows: a view, or a query as the view ``search``."""

    key: str = ""
    query: str = ""
    sort: str = "waiting"


class Desk:
    """Implements `tui.app.commands.context.Context`."""

    def __init__(self, app: "InboxApp", inbox: "Inbox", registry: Registry, options: DeskOptions) -> None:
        self.app = app
        self.inbox = inbox
        self.registry = registry
        self.options = options
        self.last_act: Act | None = None
        self.panes = Panes(app)
        self.writing = Writing(self)
        self._shown = Shown()
        self._model: ConversationList | None = None
        self._before: tuple[Shown, ConversationList | None, str] | None = None
        self._home_view = Shown()
        self._other_contact = ""
        self._background: set[asyncio.Task[None]] = set()
        self._opened = ""
        self._loading = False

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
        return self._shown.key

    @property
    def query(self) -> str:
        """The query on screen."""
        return self._shown.query

    @property
    def sort(self) -> str:
        """The order of the list."""
        return self._shown.sort

    @property
    def conversation_id(self) -> str:
        """Under the cursor in the list, else the one being read."""
        if self.pane == "list":
            return self.list.current_id
        return self.thread.conversation_id

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
        """The selected conversations in the list, else the one that is meant."""
        selected = self.list.selected if self.pane == "list" else []
        return selected or ([self.conversation_id] if self.conversation_id else [])

    def now(self) -> datetime:
        """The time of the look's clock, in its zone."""
        stamp = datetime.fromtimestamp(self.panes.look.clock(), self.options.zone)
        return stamp if stamp.tzinfo else stamp.astimezone()

    def link(self, conversation_id: str) -> str:
        """Where Intercom's inbox shows it."""
        workspace = people.meta(self.inbox.store.reader, "workspace") or "_"
        return f"{self.options.web}/a/inbox/{workspace}/inbox/conversation/{conversation_id}"

    def macros(self) -> Sequence[Macro]:
        """From the settings."""
        return [Macro(name, text) for name, text in self.options.macros.items()]

    # The list

    def show_first(self) -> None:
        """The first view with something in it, at the start."""
        views = {view.key: view for view in self.inbox.views.all()}
        key = next((key for key in FIRST_VIEWS if views[key].count > 0), "open")
        self._show(Shown(key))

    def show_view(self, key: str) -> None:
        """Show a view, from its first row."""
        keep = self.list.current_id
        self._before = (self._shown, self._model, keep)
        sort = self._shown.sort if self._shown.key != "search" else self._home_view.sort
        self._show(Shown(key, sort=sort))
        self._bring_list()

    def show_search(self, query: str) -> None:
        """Show what a query finds."""
        self._show(Shown("search", query, "newest"))
        self._bring_list()

    def set_sort(self, sort: str) -> None:
        """Another order of the same."""
        self._show(Shown(self._shown.key, self._shown.query, sort), keep=self.list.current_id)

    def take_back_view(self) -> None:
        """The digit was a count."""
        if self._before is not None:
            self._shown, self._model, keep = self._before
            self._before = None
            self.list.set_list(self._model, keep, view_key=self._shown.key)

    def forget_before(self) -> None:
        """A command ran: digits typed before it can no longer be taken back."""
        self._before = None

    def _show(self, shown: Shown, keep: str | None = None) -> None:
        views = self.inbox.views
        model = (
            views.search(shown.query, shown.sort)
            if shown.key == "search"
            else views.list(views.get(shown.key), shown.sort)
        )
        if shown.key != "search":
            self._home_view = shown
        self._shown, self._model = shown, model
        self.list.me_id = self.inbox.me.id
        self.list.set_list(model, keep, view_key=shown.key)
        self._load_rest()

    def _load_rest(self) -> None:
        """Bring in the rest of a long list, beside the keys."""
        if self._model is not None and not self._model.loaded and not self._loading:
            self._loading = True
            self.background(self._load(self._model))

    async def _load(self, model: "ConversationList") -> None:
        try:
            more = await model.load()
        finally:
            self._loading = False
        if model is not self._model:
            self._load_rest()
        elif more:
            self.list.reload()

    def _bring_list(self) -> None:
        if self.pane in ("list", "thread", "contact"):
            self.panes.focus("list")

    def clear_selection(self) -> None:
        """Select nothing."""
        self.list.clear_selection()

    # The thread and the contact

    def rested(self, conversation_id: str) -> None:
        """The cursor rests on a conversation: preview it."""
        if conversation_id != self.thread.conversation_id:
            self._show_thread(conversation_id)

    def _show_thread(self, conversation_id: str) -> None:
        self._leave_thread()
        self._other_contact = ""
        row = self.inbox.threads.conversation(conversation_id) if conversation_id else None
        if row is None:
            self.thread.show(None, [])
            self.contact.show(None, [])
            self.writing.show_for("")
            return
        parts = self.inbox.threads.cached(conversation_id)
        self.inbox.threads.open(conversation_id)
        self.thread.show(row, parts, seen_at=row.seen_at)
        self._thread_state(conversation_id, bool(parts))
        self.writing.show_for(conversation_id)
        self._show_contact(row.contact_id)
        self._look_ahead()

    def _thread_state(self, conversation_id: str, has_parts: bool) -> None:
        if not has_parts:
            loading = self.inbox.threads.loading(conversation_id)
            offline = self.inbox.status.link in ("offline", "refused")
            self.thread.set_state("loading" if loading else "offline" if offline else "loading")

    def _look_ahead(self) -> None:
        model, at = self._model, self.list.cursor
        if model is not None and not self.options.low_bandwidth:
            ids = [model.id_at(index) for index in range(at + 1, min(len(model), at + 1 + _AHEAD))]
            self.inbox.threads.prefetch([one for one in ids if one])

    def _leave_thread(self) -> None:
        """What was read counts as seen once somebody opened it and goes on."""
        was = self.thread.conversation_id
        if was and was == self._opened:
            parts = [part for part in self.inbox.threads.cached(was) if not part.outbox_id]
            if parts:
                self.inbox.threads.seen(was, max(part.created_at for part in parts))
        self._opened = ""

    def _show_contact(self, contact_id: str) -> None:
        contacts = self.inbox.contacts
        if self.panes.is_shown("contact"):
            contacts.open(contact_id)
        row = contacts.cached(contact_id) if contact_id else None
        loading = contacts.loading(contact_id)
        self.contact.show(row, contacts.conversations(contact_id), loading=loading)

    def open_conversation(self, conversation_id: str) -> None:
        """Read it: thread on screen, keys there."""
        if conversation_id != self.thread.conversation_id:
            self._show_thread(conversation_id)
        elif self.options.low_bandwidth or not self.inbox.threads.cached(conversation_id):
            self.inbox.threads.open(conversation_id)
        self._opened = conversation_id
        self.list.jump(conversation_id)
        row = self.inbox.threads.conversation(conversation_id)
        if row is not None and not row.read:
            self.background(self._mark_read(conversation_id))
        self.panes.focus("thread")

    async def _mark_read(self, conversation_id: str) -> None:
        await self.inbox.actions.mark_read(conversation_id, True)

    def step_conversation(self, by: int) -> None:
        """The next one, staying in the thread."""
        self.list.move(by)
        if self.list.current_id:
            self.open_conversation(self.list.current_id)

    def focus_pane(self, pane: Where) -> None:
        """Give the keys to a pane."""
        if pane == "contact":
            self._contact_comes()
        self.panes.focus(pane)

    def next_pane(self, step: int) -> None:
        """The next pane on screen; on a narrow one, the next of all."""
        pane = self.panes.neighbour(step, writing=self.writing.is_open)
        self.focus_pane(pane)

    def back(self) -> None:
        """One step back towards the plain list."""
        if self.pane == "list":
            if self.list.selected:
                self.list.clear_selection()
            elif self._shown.key == "search":
                self._show(self._home_view, keep=self.list.current_id)
        elif self.pane == "contact" and self._other_contact:
            self._other_contact = ""
            row = self.inbox.threads.conversation(self.thread.conversation_id)
            self._show_contact(row.contact_id if row is not None else "")
            self.panes.focus("list")
        else:
            self.panes.focus("thread" if self.pane == "contact" and self.thread.conversation_id else "list")

    def toggle_contact(self) -> None:
        """Show or hide the contact pane."""
        if self.panes.toggle_contact():
            self._contact_comes()

    def _contact_comes(self) -> None:
        contact_id = self._other_contact or self._contact_of_thread()
        self.inbox.contacts.open(contact_id)
        row = self.inbox.contacts.cached(contact_id) if contact_id else None
        rows = self.inbox.contacts.conversations(contact_id)
        self.contact.show(row, rows, loading=self.inbox.contacts.loading(contact_id))

    def _contact_of_thread(self) -> str:
        row = self.inbox.threads.conversation(self.thread.conversation_id) if self.thread.conversation_id else None
        return row.contact_id if row is not None else ""

    def open_contact(self, contact_id: str) -> None:
        """A contact found by name: their pane, with their conversations to choose from."""
        self._other_contact = contact_id
        self.focus_pane("contact")
        self.contact.move(1)

    # Acting

    async def act(self, act: Act, targets: Sequence[str] | None = None) -> None:
        """Apply, remember, go on."""
        meant = list(targets if targets is not None else self.targets())
        if not meant:
            self.notify("No conversation is meant here.")
            return
        self.last_act = act
        following = self._following(meant)
        for conversation_id in meant:
            await act.apply(conversation_id)
        if self.list.selected:
            self.list.clear_selection()
        self.app.flush_changes()
        who = self._who(meant)
        self.notify(f"{act.title} · {who}")
        if act.leaves and self.options.advance:
            self._advance(meant, following)

    def _who(self, meant: Sequence[str]) -> str:
        if len(meant) > 1:
            return f"{len(meant)} conversations"
        row = self.inbox.threads.conversation(meant[0])
        return (row.contact_name or row.contact_email or row.id) if row is not None else meant[0]

    def _following(self, gone: Sequence[str]) -> str:
        """The conversation to go to when `gone` have left: the next one below, else the one above."""
        model, at = self._model, self.list.cursor
        if model is None:
            return ""
        leaving = set(gone)
        for index in (*range(at, min(len(model), at + 200)), *range(at - 1, max(-1, at - 200), -1)):
            conversation_id = model.id_at(index)
            if conversation_id and conversation_id not in leaving:
                return conversation_id
        return ""

    def _advance(self, gone: Sequence[str], following: str) -> None:
        if self.thread.conversation_id not in gone and self.list.current_id not in gone:
            return
        if following and self.list.jump(following):
            if self.pane == "thread":
                self.open_conversation(following)
            elif not self.options.low_bandwidth:
                self.rested(following)
        elif self.pane != "list":
            self.panes.focus("list")
        if not len(self.list):
            self.rested("")

    # Writing

    def compose(self, kind: str, *, text: str | None = None, conversation_id: str = "") -> None:
        """Open the composer."""
        meant = conversation_id or self.conversation_id
        if not meant:
            self.notify("Choose a conversation first.")
            return
        if meant != self.thread.conversation_id:
            self._show_thread(meant)
        if self._opened != meant:
            self._opened = meant
            self.list.jump(meant)
        self.writing.open(meant, kind, text)

    def insert(self, text: str) -> None:
        """At the cursor of the composer."""
        self.panes.composer.insert(text)

    def toggle_preview(self) -> None:
        """What the Markdown becomes."""
        self.panes.composer.toggle_preview()

    def close_composer(self) -> None:
        """Keep the draft, put the composer away."""
        self.writing.put_away()

    async def send(self, *, close: bool = False, snooze_until: int = 0) -> None:
        """Send, and go on when the conversation leaves with it."""
        sent = self.writing.conversation_id
        following = self._following([sent])
        if not await self.writing.send(close=close, snooze_until=snooze_until):
            return
        self.app.flush_changes()
        if (close or snooze_until) and self.options.advance:
            self._advance([sent], following)

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

    def redraw(self) -> None:
        """Paint everything."""
        self.app.repaint()

    def leave(self) -> None:
        """End."""
        self.app.exit(0)

    # What changed

    def apply(self, change: Change) -> None:
        """Bring what is on screen up to date."""
        if change.conversations or change.outbox or change.everything or change.drafts or change.directory:
            self.list.apply(change)
            self._load_rest()
        if change.directory:
            self.list.me_id = self.inbox.me.id
            self.list.reload()
        self._apply_thread(change)
        shown = self.contact.contact_id or self._other_contact or self._contact_of_thread()
        if shown and (change.everything or change.directory or shown in change.contacts):
            row = self.inbox.contacts.cached(shown)
            rows = self.inbox.contacts.conversations(shown)
            self.contact.show(row, rows, loading=self.inbox.contacts.loading(shown))

    def _apply_thread(self, change: Change) -> None:
        reading = self.thread.conversation_id
        if not reading:
            if self._model is not None and not self.options.low_bandwidth and self.list.current_id:
                self.rested(self.list.current_id)
            return
        if not (change.everything or change.directory or reading in change.threads or reading in change.conversations):
            return
        row = self.inbox.threads.conversation(reading)
        if row is None:
            self._opened = ""
            self.rested(self.list.current_id)
            return
        parts = self.inbox.threads.cached(reading)
        self.thread.update(row, parts)
        if not parts:
            empty = not self.inbox.threads.loading(reading) and self.inbox.status.link == "online"
            if empty and row.thread_updated_at:
                self.thread.set_state("empty")
            else:
                self._thread_state(reading, has_parts=False)
        if row.contact_id and not self.contact.contact_id and not self._other_contact:
            self._show_contact(row.contact_id)
