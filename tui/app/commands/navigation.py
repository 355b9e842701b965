"""Moving: the cursor, the panes, the selection."""

from tui.app.commands.base import command, counted_command
from tui.app.ui import Ui
from tui.app.widgets.contact import ContactView
from tui.app.widgets.conversation_list import ConversationListView
from tui.app.widgets.thread import ThreadView
from tui.model.labels import texts

_MOST_PARTS = 500
"""Parts that one key goes on by, whatever the count."""


def has_current(ui: Ui) -> bool:
    """The keys are on a conversation."""
    return bool(ui.target.current)


def _has_something_to_read(ui: Ui) -> bool:
    return bool(ui.target.current) or ui.state.pane == "contact"


def _view(ui: Ui) -> ConversationListView | ThreadView | ContactView:
    """The pane that has the keys."""
    match ui.state.pane:
        case "list":
            return ui.list.view
        case "contact":
            return ui.contact.view
        case _:
            return ui.thread.view


def _move(ui: Ui, by: int) -> None:
    view = _view(ui)
    if isinstance(view, ThreadView):
        view.scroll_lines(by)
    else:
        view.move(by)


@counted_command("move.down", keys=("j", "down"), hint="move", rank=90)
def down(ui: Ui, count: int) -> None:
    """Move down, or scroll the thread by a line."""
    _move(ui, count)


@counted_command("move.up", keys=("k", "up"))
def up(ui: Ui, count: int) -> None:
    """Move up, or scroll the thread by a line."""
    _move(ui, -count)


@command("move.first", keys=("g g", "home"))
def first(ui: Ui) -> None:
    """Go to the first conversation, or to the top of the thread."""
    _view(ui).home()


@command("move.last", keys=("G", "end"))
def last(ui: Ui) -> None:
    """Go to the last conversation, or the end of the thread."""
    _view(ui).end()


@counted_command("move.half-down", keys="ctrl+d")
def half_a_page_down(ui: Ui, count: int) -> None:
    """Move down by half a screen."""
    _view(ui).half_page(count)


@counted_command("move.half-up", keys="ctrl+u")
def half_a_page_up(ui: Ui, count: int) -> None:
    """Move up by half a screen."""
    _view(ui).half_page(-count)


@counted_command("move.page-down", keys=("pagedown", "space"))
def page_down(ui: Ui, count: int) -> None:
    """Move down by a screen."""
    _view(ui).page(count)


@counted_command("move.page-up", keys=("pageup", "backspace"))
def page_up(ui: Ui, count: int) -> None:
    """Move up by a screen."""
    _view(ui).page(-count)


@command("move.thread-up", keys="pageup", where=("composer",))
def scroll_the_thread_up(ui: Ui) -> None:
    """Scroll the thread without leaving the composer."""
    ui.thread.view.half_page(-1)


@command("move.thread-down", keys="pagedown", where=("composer",))
def scroll_the_thread_down(ui: Ui) -> None:
    """Scroll the thread without leaving the composer."""
    ui.thread.view.half_page(1)


@command(
    "move.open",
    keys=("enter", "l", "right"),
    where=("list", "contact"),
    when=_has_something_to_read,
    acts="reads",
    hint="read",
    rank=1,
    words="view, show, enter, message",
)
def read(ui: Ui) -> None:
    """Open the conversation under the cursor."""
    if ui.state.pane == "list":
        if ui.target.current:
            ui.thread.open(ui.target.current)
    elif ui.state.pane == "contact":
        newest = [row.id for row in ui.inbox.contacts.conversations(ui.contact.view.contact_id)[:1]]
        chosen = ui.contact.view.pointed_conversation or "".join(newest)
        if chosen:
            ui.thread.open(chosen)
        else:
            ui.notices.notify(texts.NO_CONVERSATIONS_OF_CONTACT)


@command("move.contact", keys=("l", "right"), where=("thread",))
def to_the_contact(ui: Ui) -> None:
    """Focus the contact pane."""
    ui.panes.focus("contact")


@command("move.back", keys=("esc", "h", "left"), hint="back", rank=80)
def back(ui: Ui) -> None:
    """Go back to the list. In the list, clear the selection or leave the search."""
    ui.panes.back()


@command("pane.next", keys="tab")
def next_pane(ui: Ui) -> None:
    """Focus the next pane."""
    ui.panes.next(1)


@command("pane.previous", keys="shift+tab")
def previous_pane(ui: Ui) -> None:
    """Focus the previous pane."""
    ui.panes.next(-1)


@counted_command("thread.next-part", keys=("]", "ctrl+n"), where=("thread",), hint="messages", rank=60)
def next_message(ui: Ui, count: int) -> None:
    """Highlight the next message. Copy, links and pipe then use it."""
    for _ in range(min(count, _MOST_PARTS)):
        ui.thread.view.next_part()


@counted_command("thread.previous-part", keys=("[", "ctrl+p"), where=("thread",))
def previous_message(ui: Ui, count: int) -> None:
    """Highlight the previous message."""
    for _ in range(min(count, _MOST_PARTS)):
        ui.thread.view.prev_part()


@counted_command("thread.next-conversation", keys="J", where=("thread",), acts="reads", hint="next", rank=55)
def next_conversation(ui: Ui, count: int) -> None:
    """Open the next conversation in the list without leaving the thread."""
    ui.thread.step(count)


@counted_command("thread.previous-conversation", keys="K", where=("thread",), acts="reads")
def previous_conversation(ui: Ui, count: int) -> None:
    """Open the previous conversation in the list without leaving the thread."""
    ui.thread.step(-count)


@command(
    "select.toggle",
    title="Select",
    keys="x",
    when=has_current,
    hint="select",
    rank=45,
    words="mark, bulk, check, several, multiple",
)
def toggle_selected(ui: Ui) -> None:
    """Select or deselect. Actions apply to all selected conversations."""
    if not ui.list.view.toggle_select(ui.target.current):
        ui.notices.notify(texts.NOT_IN_THE_LIST, "warning")


@counted_command("select.extend", keys="X", when=has_current)
def extend_the_selection(ui: Ui, count: int) -> None:
    """Select and move down."""
    if ui.state.pane == "list":
        ui.list.view.extend_select(count)
        return
    here, pane = ui.target.current, ui.state.pane
    if not ui.list.view.holds(here):
        ui.notices.notify(texts.NOT_IN_THE_LIST, "warning")
        return
    ui.list.view.jump(here)
    ui.list.view.extend_select(count)
    if ui.list.view.current_id != here:
        ui.thread.open(ui.list.view.current_id)
        ui.panes.focus(pane)


@command("select.none", keys="0", words="deselect, clear selection, unselect")
def select_none(ui: Ui) -> None:
    """Deselect all conversations."""
    ui.list.view.clear_selection()
