"""Which conversations the list shows, and in what order."""

import functools

from tui.app import dialogs
from tui.app.commands.context import Context
from tui.app.keys.command import Command

_SORTS = (
    ("waiting", "Longest waiting"),
    ("newest", "Newest"),
    ("oldest", "Oldest"),
    ("priority", "Priority first"),
)


def _views(ctx: Context, _: int) -> None:
    choices = [
        dialogs.Choice(
            view.key,
            f"{number if number < 10 else ' '} {view.title}",
            f"{view.count:,}" if view.count >= 0 else view.query,
        )
        for number, view in enumerate(ctx.inbox.views.all(), 1)
    ]

    async def chosen(values: list[str]) -> None:
        ctx.show_view(values[0])

    picker = dialogs.Picker("View", choices, chosen)
    picker.cursor = next((at for at, choice in enumerate(choices) if choice.value == ctx.view_key), 0)
    ctx.show(picker)


def _nth(number: int, ctx: Context, _: int) -> None:
    views = ctx.inbox.views.all()
    if number <= len(views):
        ctx.show_view(views[number - 1].key)
    else:
        ctx.notify(f"There is no view {number}.", "warning")


def _sort(ctx: Context, _: int) -> None:
    choices = [dialogs.Choice(key, title, "now" if key == ctx.sort else "") for key, title in _SORTS]

    async def chosen(values: list[str]) -> None:
        ctx.set_sort(values[0])

    picker = dialogs.Picker("Sort", choices, chosen, width=40)
    picker.cursor = next((at for at, (key, _) in enumerate(_SORTS) if key == ctx.sort), 0)
    ctx.show(picker)


def _search(ctx: Context, _: int) -> None:
    ctx.show(dialogs.search_prompt(ctx))


def _next_waiting(ctx: Context, _: int) -> None:
    ctx.open_next_in_queue()


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

COMMANDS = (
    Command("view.choose", "Views", "Choose a view.", _views, ("v",), hint="views", rank=40),
    *(
        Command(
            f"view.{number}",
            f"View {number}",
            f"Show the {_ORDINALS[number - 1]} view of the list that v shows.",
            functools.partial(_nth, number),
            (str(number),),
        )
        for number in range(1, 10)
    ),
    Command("view.sort", "Sort", "Choose the order of the list.", _sort, ("s",)),
    Command("view.search", "Search", "Find conversations with a query.", _search, ("/",), hint="search", rank=41),
    Command(
        "view.next-waiting",
        "Next in queue",
        "Open the next longest-waiting conversation that no other teammate has.",
        _next_waiting,
        (",",),
        acts="reads",
        hint="next in queue",
        rank=42,
    ),
)
