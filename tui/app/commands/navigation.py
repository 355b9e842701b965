"""Moving: the cursor, the panes, the selection."""

from tui.app.commands.context import Context
from tui.app.keys.command import Command


def _move(ctx: Context, by: int) -> None:
    if ctx.pane == "list":
        ctx.list.move(by)
    elif ctx.pane == "thread":
        ctx.thread.scroll_lines(by)
    else:
        ctx.contact.move(by)


def _down(ctx: Context, count: int) -> None:
    _move(ctx, count)


def _up(ctx: Context, count: int) -> None:
    _move(ctx, -count)


def _home(ctx: Context, _: int) -> None:
    if ctx.pane == "list":
        ctx.list.home()
    elif ctx.pane == "thread":
        ctx.thread.home()
    else:
        ctx.contact.home()


def _end(ctx: Context, _: int) -> None:
    if ctx.pane == "list":
        ctx.list.end()
    elif ctx.pane == "thread":
        ctx.thread.end()
    else:
        ctx.contact.end()


def _half(ctx: Context, by: int) -> None:
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


def _something(ctx: Context) -> bool:
    return bool(ctx.conversation_id) or ctx.pane == "contact"


def _open(ctx: Context, _: int) -> None:
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


def _into_contact(ctx: Context, _: int) -> None:
    ctx.focus_pane("contact")


def _back(ctx: Context, _: int) -> None:
    ctx.back()


def _next_part(ctx: Context, count: int) -> None:
    for _ in range(min(count, 500)):
        ctx.thread.next_part()


def _prev_part(ctx: Context, count: int) -> None:
    for _ in range(min(count, 500)):
        ctx.thread.prev_part()


def _select(ctx: Context, _: int) -> None:
    if not ctx.list.toggle_select(ctx.conversation_id):
        ctx.notify("This conversation is not in the list.", "warning")


def _extend(ctx: Context, count: int) -> None:
    ctx.select_on(count)


def has_current(ctx: Context) -> bool:
    """The keys are on a conversation."""
    return bool(ctx.conversation_id)


COMMANDS = (
    Command(
        "move.down",
        "Down",
        "Move down, or scroll the thread down by a line.",
        _down,
        ("j", "down"),
        takes_count=True,
        hint="move",
        rank=90,
    ),
    Command("move.up", "Up", "Move up, or scroll the thread up by a line.", _up, ("k", "up"), takes_count=True),
    Command("move.first", "First", "Go to the first conversation, or the top of the thread.", _home, ("g g", "home")),
    Command("move.last", "Last", "Go to the last conversation, or the end of the thread.", _end, ("G", "end")),
    Command(
        "move.half-down",
        "Half a page down",
        "Move down by half a screen.",
        lambda ctx, count: _half(ctx, count),
        ("ctrl+d",),
        takes_count=True,
    ),
    Command(
        "move.half-up",
        "Half a page up",
        "Move up by half a screen.",
        lambda ctx, count: _half(ctx, -count),
        ("ctrl+u",),
        takes_count=True,
    ),
    Command(
        "move.page-down",
        "Page down",
        "Move down by a screen.",
        lambda ctx, count: _page(ctx, count),
        ("pagedown", "space"),
        takes_count=True,
    ),
    Command(
        "move.page-up",
        "Page up",
        "Move up by a screen.",
        lambda ctx, count: _page(ctx, -count),
        ("pageup", "backspace"),
        takes_count=True,
    ),
    Command(
        "move.thread-up",
        "Scroll the thread up",
        "Scroll the thread without leaving the composer.",
        lambda ctx, _: ctx.thread.half_page(-1),
        ("pageup",),
        ("composer",),
    ),
    Command(
        "move.thread-down",
        "Scroll the thread down",
        "Scroll the thread without leaving the composer.",
        lambda ctx, _: ctx.thread.half_page(1),
        ("pagedown",),
        ("composer",),
    ),
    Command(
        "move.open",
        "Read",
        "Open the conversation under the cursor.",
        _open,
        ("enter", "l", "right"),
        ("list", "contact"),
        available=_something,
        acts="reads",
        hint="read",
        rank=1,
    ),
    Command(
        "move.contact",
        "To the contact",
        "Go on from the thread to the contact.",
        _into_contact,
        ("l", "right"),
        ("thread",),
    ),
    Command(
        "move.back",
        "Back",
        "Go back to the list; in the list, leave the selection or the search.",
        _back,
        ("esc", "h", "left"),
        hint="back",
        rank=80,
    ),
    Command("pane.next", "Next pane", "Give the keys to the next pane.", lambda ctx, _: ctx.next_pane(1), ("tab",)),
    Command(
        "pane.previous",
        "Previous pane",
        "Give the keys to the pane before.",
        lambda ctx, _: ctx.next_pane(-1),
        ("shift+tab",),
    ),
    Command(
        "thread.next-part",
        "Next message",
        "Highlight the next message; copy, links and pipe then mean that one.",
        _next_part,
        ("]", "ctrl+n"),
        ("thread",),
        takes_count=True,
        hint="messages",
        rank=60,
    ),
    Command(
        "thread.previous-part",
        "Previous message",
        "Highlight the message before.",
        _prev_part,
        ("[", "ctrl+p"),
        ("thread",),
        takes_count=True,
    ),
    Command(
        "thread.next-conversation",
        "Next conversation",
        "Read the next conversation of the list without going back to it.",
        lambda ctx, count: ctx.step_conversation(count),
        ("J",),
        ("thread",),
        takes_count=True,
        acts="reads",
        hint="next",
        rank=55,
    ),
    Command(
        "thread.previous-conversation",
        "Previous conversation",
        "Read the conversation before this one in the list.",
        lambda ctx, count: ctx.step_conversation(-count),
        ("K",),
        ("thread",),
        takes_count=True,
        acts="reads",
    ),
    Command(
        "select.toggle",
        "Select",
        "Select or deselect. Actions apply to all selected conversations.",
        _select,
        ("x",),
        available=has_current,
        hint="select",
        rank=45,
    ),
    Command(
        "select.extend",
        "Extend the selection",
        "Select and move down.",
        _extend,
        ("X",),
        available=has_current,
        takes_count=True,
    ),
    Command(
        "select.none",
        "Select none",
        "Deselect all conversations.",
        lambda ctx, _: ctx.clear_selection(),
        ("0",),
    ),
)
