"""What a command may touch: the narrow side of the desk, so that no command ever reaches into the application."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from tui.app.keys.command import Command, Where
from tui.store.rows import ConversationRow

if TYPE_CHECKING:
    from tui.app.dialogs.base import Dialog
    from tui.app.keys.registry import Registry
    from tui.app.target import Target
    from tui.app.widgets.contact import ContactView
    from tui.app.widgets.conversation_list import ConversationListView
    from tui.app.widgets.thread import ThreadView
    from tui.inbox.inbox import Inbox

Severity = Literal["information", "warning", "error"]

Apply = Callable[[str], Awaitable[Sequence[int]]]
"""Does one thing to the conversation of that id; returns the outbox ids once it is in the journal, none where it would
change nothing."""


class Act(NamedTuple):
    """An action somebody took, so that ``.`` can repeat it.

    `title` says it in the past, the verb first, as the notice does; `already` how it is with a conversation that it
    would not change: ``closed``. `leaves` tells that it takes the conversation away.
    """

    title: str
    already: str
    apply: Apply
    leaves: bool = False


class Macro(NamedTuple):
    """A prepared text, Markdown."""

    name: str
    text: str


class Context(Protocol):
    """The desk as commands see it."""

    last_act: Act | None
    """The newest action, for ``.``."""

    @property
    def inbox(self) -> "Inbox":
        """Conversations, contacts, actions: all that is not screen."""

    @property
    def registry(self) -> "Registry":
        """Every command, with its keys."""

    @property
    def list(self) -> "ConversationListView":
        """The list pane."""

    @property
    def thread(self) -> "ThreadView":
        """The thread pane."""

    @property
    def contact(self) -> "ContactView":
        """The contact pane."""

    @property
    def pane(self) -> Where:
        """The pane that has the keys."""

    @property
    def target(self) -> "Target":
        """What an action means now, by what is on the screen."""

    @property
    def conversation_id(self) -> str:
        """The conversation that the keys are on; "" for none."""

    @property
    def view_key(self) -> str:
        """The view on screen, ``search`` for the result of a query."""

    @property
    def query(self) -> str:
        """The query of a search on screen, else ""."""

    @property
    def sort(self) -> str:
        """The order of the list."""

    @property
    def confirm_quit(self) -> bool:
        """Whether to ask before leaving even when nothing is unsent."""

    @property
    def composing(self) -> str:
        """``reply`` or ``note`` while the composer is open, else ""."""

    @property
    def composer_text(self) -> str:
        """What is written in the composer."""

    def conversation(self) -> ConversationRow | None:
        """The row of `conversation_id`."""

    def targets(self) -> "Sequence[str]":
        """The conversations an action means: the selected ones, or `conversation_id`."""

    def now(self) -> datetime:
        """The time, in the zone of whoever sits here."""

    def link(self, conversation_id: str) -> str:
        """Where Intercom shows a conversation to teammates."""

    def macros(self) -> "Sequence[Macro]":
        """The prepared texts."""

    # What is on screen

    def show_view(self, key: str) -> None:
        """Show a view."""

    def show_search(self, query: str) -> None:
        """Show what a query finds; raises `tui.inbox.query.QueryError`."""

    def set_sort(self, sort: str) -> None:
        """Order the list, keeping the cursor on its conversation."""

    def take_back_view(self) -> None:
        """Show what was there before the last `show_view`: its digit was a count."""

    def show_thread(self) -> None:
        """Bring `conversation_id` into the thread pane."""

    def open_next_in_queue(self) -> None:
        """Open the waiting conversation, nobody's or yours, that comes after this one in waiting order."""

    def select_on(self, count: int) -> None:
        """Select `count` conversations from this one on, and go on to the one after them."""

    def focus_pane(self, pane: Where) -> None:
        """Give the keys to a pane, bringing it on screen."""

    def next_pane(self, step: int) -> None:
        """Give the keys to the next pane, or the one before."""

    def open_conversation(self, conversation_id: str) -> None:
        """Read a conversation: thread on screen, keys in the thread."""

    def go_to(self, conversation_id: str) -> None:
        """Put the list's cursor on a conversation, where the list holds it."""

    def step_conversation(self, by: int) -> None:
        """Read the next conversation of the list, or the one before, staying in the thread."""

    def back(self) -> None:
        """One pane back towards the list; in the list, out of a search or selection."""

    def toggle_contact(self) -> None:
        """Show or hide the contact pane."""

    def open_contact(self, contact_id: str) -> None:
        """Show a contact with their newest conversation beside them."""

    def clear_selection(self) -> None:
        """Select nothing."""

    # Acting and writing

    async def act(self, act: Act, targets: "Sequence[str] | None" = None) -> None:
        """Apply `act` to `targets` (default: the targets), remember it, and go on to the next conversation."""

    def compose(self, kind: str, *, text: str | None = None, conversation_id: str = "") -> None:
        """Open the composer with the draft of that kind, or with `text`, which then is the draft."""

    def switch_kind(self) -> None:
        """From reply to note and back with what is written, asking before a customer would read it."""

    def insert(self, text: str) -> None:
        """Put `text` at the cursor of the composer."""

    def toggle_preview(self) -> None:
        """Show what the Markdown becomes, or the text again."""

    def close_composer(self) -> None:
        """Put the composer away; what is written stays as the draft."""

    def read_new(self) -> None:
        """Scroll the thread to the first part that came in unread, staying in the composer."""

    async def send(self, *, close: bool = False, snooze_until: int = 0) -> None:
        """Send what is in the composer."""

    async def save_drafts(self) -> None:
        """Bring what is written to the disk, now."""

    # Around

    def notify(self, text: str, severity: Severity = "information") -> None:
        """Say one thing in the notice line; plain text."""

    def show(self, dialog: "Dialog") -> None:
        """Show a dialog."""

    def is_possible(self, command: Command) -> bool:
        """Whether a command could be run now."""

    async def run(self, command: Command) -> None:
        """Run a command as its key would, with all that may refuse it."""

    def background(self, work: Coroutine[object, object, None]) -> None:
        """Let `work` go on beside the keys; errors of the inbox end as a notice."""

    def copy(self, text: str) -> bool:
        """Put text on the clipboard of the terminal; False when it is too long."""

    async def run_outside(self, argv: "Sequence[str]") -> int:
        """Give the terminal to a program until it ends; its exit code. Raises OSError, SuspendNotSupported."""

    def suspend(self) -> bool:
        """Stop until the shell continues this program; False where there is no shell to do that."""

    def redraw(self) -> None:
        """Paint every cell again."""

    def leave(self) -> None:
        """End the program, at once."""
