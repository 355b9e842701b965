"""Moving: the cursor, the panes, the selection."""

from tui.app.commands.base import command, counted_command
from tui.app.commands.context import Context

_MOST_PARTS = 500
"""Parts that one key goes on by, whatever the count."""


def has_current(ctx: Context) -> bool:
    """The keys are on a conversation."""
    return bool(ctx.conversation_id)


def _has_something_to_read(ctx: Context) -> bool:
    return bool(ctx.conversation_id) or ctx.pane == "contact"


def _move(ctx: Context, by: int) -> None:
    if ctx.pane == "list":
        ctx.list.move(by)
    elif ctx.pane == "thread":
        ctx.thread.scroll_lines(by)
    else:
        ctx.contact.move(by)


def _half_page(ctx: Context, by: int) -> None:
    if ctx.pane == "list":
        ctx.list.half_page(by)
    elif ctx.pane == "contact":
        ctx.contact.half_page(by)
    else:
        ctx.thread.half_page(by)


def _page(ctx: Context, by: int) -> None:
    if ctx.pane == "list":
        ctx.list.page(by)
    elif ctx.pane == "contact":
        ctx.contact.page(by)
    else:
        ctx.thread.page(by)


@counted_command("move.down", keys=("j", "down"), hint="move", rank=90)
def down(ctx: Context, count: int) -> None:
    """Move down, or scroll the thread down by a line."""
    _move(ctx, count)


@counted_command("move.up", keys=("k", "up"))
def up(ctx: Context, count: int) -> None:
    """Move up, or scroll the thread up by a line."""
    _move(ctx, -count)


@command("move.first", keys=("g g", "home"))
def first(ctx: Context) -> None:
    """Go to the first conversation, or the top of the thread."""
    if ctx.pane == "list":
        ctx.list.home()
    elif ctx.pane == "thread":
        ctx.thread.home()
    else:
        ctx.contact.home()


@command("move.last", keys=("G", "end"))
def last(ctx: Context) -> None:
    """Go to the last conversation, or the end of the thread."""
    if ctx.pane == "list":
        ctx.list.end()
    elif ctx.pane == "thread":
        ctx.thread.end()
    else:
        ctx.contact.end()


@counted_command("move.half-down", keys="ctrl+d")
def half_a_page_down(ctx: Context, count: int) -> None:
    """Move down by half a screen."""
    _half_page(ctx, count)


@counted_command("move.half-up", keys="ctrl+u")
def half_a_page_up(ctx: Context, count: int) -> None:
    """Move up by half a screen."""
    _half_page(ctx, -count)


@counted_command("move.page-down", keys=("pagedown", "space"))
def page_down(ctx: Context, count: int) -> None:
    """Move down by a screen."""
    _page(ctx, count)


@counted_command("move.page-up", keys=("pageup", "backspace"))
def page_up(ctx: Context, count: int) -> None:
    """Move up by a screen."""
    _page(ctx, -count)


@command("move.thread-up", keys="pageup", where=("composer",))
def scroll_the_thread_up(ctx: Context) -> None:
    """Scroll the thread without leaving the composer."""
    ctx.thread.half_page(-1)


@command("move.thread-down", keys="pagedown", where=("composer",))
def scroll_the_thread_down(ctx: Context) -> None:
    """Scroll the thread without leaving the composer."""
    ctx.thread.half_page(1)


@command(
    "move.open",
    keys=("enter", "l", "right"),
    where=("list", "contact"),
    when=_has_something_to_read,
    acts="reads",
    hint="read",
    rank=1,
)
def read(ctx: Context) -> None:
    """Open the conversation under the cursor."""
    if ctx.pane == "list":
        if ctx.conversation_id:
            ctx.open_conversation(ctx.conversation_id)
    elif ctx.pane == "contact":
        newest = [row.id for row in ctx.inbox.contacts.conversations(ctx.contact.contact_id)[:1]]
        chosen = ctx.contact.pointed_conversation or "".join(newest)
        if chosen:
            ctx.open_conversation(chosen)
        else:
            ctx.notify("No conversations with this contact here.")


@command("move.contact", keys=("l", "right"), where=("thread",))
def to_the_contact(ctx: Context) -> None:
    """Go on from the thread to the contact."""
    ctx.focus_pane("contact")


@command("move.back", keys=("esc", "h", "left"), hint="back", rank=80)
def back(ctx: Context) -> None:
    """Go back to the list; in the list, leave the selection or the search."""
    ctx.back()


@command("pane.next", keys="tab")
def next_pane(ctx: Context) -> None:
    """Give the keys to the next pane."""
    ctx.next_pane(1)


@command("pane.previous", keys="shift+tab")
def previous_pane(ctx: Context) -> None:
    """Give the keys to the pane before."""
    ctx.next_pane(-1)


@counted_command("thread.next-part", keys=("]", "ctrl+n"), where=("thread",), hint="messages", rank=60)
def next_message(ctx: Context, count: int) -> None:
    """Highlight the next message; copy, links and pipe then mean that one."""
    for _ in range(min(count, _MOST_PARTS)):
        ctx.thread.next_part()


@counted_command("thread.previous-part", keys=("[", "ctrl+p"), where=("thread",))
def previous_message(ctx: Context, count: int) -> None:
    """Highlight the message before."""
    for _ in range(min(count, _MOST_PARTS)):
        ctx.thread.prev_part()


@counted_command("thread.next-conversation", keys="J", where=("thread",), acts="reads", hint="next", rank=55)
def next_conversation(ctx: Context, count: int) -> None:
    """Read the next conversation of the list without going back to it."""
    ctx.step_conversation(count)


@counted_command("thread.previous-conversation", keys="K", where=("thread",), acts="reads")
def previous_conversation(ctx: Context, count: int) -> None:
    """Read the conversation before this one in the list."""
    ctx.step_conversation(-count)


@command("select.toggle", title="Select", keys="x", when=has_current, hint="select", rank=45)
def toggle_selected(ctx: Context) -> None:
    """Select or deselect. Actions apply to all selected conversations."""
    if not ctx.list.toggle_select(ctx.conversation_id):
        ctx.notify("This conversation is not in the list.", "warning")


@counted_command("select.extend", keys="X", when=has_current)
def extend_the_selection(ctx: Context, count: int) -> None:
    """Select and move down."""
    ctx.select_on(count)


@command("select.none", keys="0")
def select_none(ctx: Context) -> None:
    """Deselect all conversations."""
    ctx.clear_selection()
