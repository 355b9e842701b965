"""Which conversations the list shows, and in what order."""

from tui.app import dialogs
from tui.app.commands.base import Handler, command
from tui.app.ui import Ui
from tui.inbox.search.query import QueryError
from tui.model.labels import SORTS, texts

_SORTS = tuple((key, words.capitalize()) for key, words in SORTS.items())


@command(
    "view.choose",
    title="Views",
    keys="v",
    hint="views",
    rank=40,
    words="queue, inbox, folder, list, team inbox, mailbox",
)
def choose_view(ui: Ui) -> None:
    """Switch to another view."""
    choices = [
        dialogs.Choice(
            view.key,
            f"{number if number < 10 else ' '} {view.title}",
            f"{view.count:,}" if view.count >= 0 else view.query,
        )
        for number, view in enumerate(ui.inbox.views.all(), 1)
    ]

    async def chosen(values: list[str]) -> None:
        ui.list.show_view(values[0])

    picker = dialogs.Picker("View", choices, chosen)
    picker.cursor = next((at for at, choice in enumerate(choices) if choice.value == ui.state.shown.view), 0)
    ui.dialogs.show(picker)


def _numbered(number: int) -> Handler:
    def show_view(ui: Ui) -> None:
        views = ui.inbox.views.all()
        if number <= len(views):
            ui.list.show_view(views[number - 1].key)
        else:
            ui.notices.notify(texts.NO_VIEW.format(number=number), "warning")

    show_view.__doc__ = texts.SHOW_VIEW.format(number=number)
    return command(f"view.{number}", title=f"View {number}", keys=str(number))(show_view)


NUMBERED = tuple(_numbered(number) for number in range(1, 10))


@command("view.sort", keys="s", words="order, sorting, oldest, newest")
def sort(ui: Ui) -> None:
    """Change the sort order of the list."""
    choices = [dialogs.Choice(key, title, "now" if key == ui.state.shown.sort else "") for key, title in _SORTS]

    async def chosen(values: list[str]) -> None:
        ui.list.set_sort(values[0])

    picker = dialogs.Picker("Sort", choices, chosen, width=40)
    picker.cursor = next((at for at, (key, _) in enumerate(_SORTS) if key == ui.state.shown.sort), 0)
    ui.dialogs.show(picker)


@command("view.search", keys="/", hint="search", rank=41, words="find, lookup, look up, filter, query")
def search(ui: Ui) -> None:
    """Search conversations."""

    async def done(query: str) -> None:
        try:
            ui.list.show_search(query)
        except QueryError as error:
            ui.notices.notify(str(error), "warning")

    ui.dialogs.show(dialogs.search_prompt(ui.inbox, ui.state.shown.query, ui.now, done))


@command(
    "view.next-waiting",
    keys=",",
    acts="reads",
    hint="next in queue",
    rank=42,
    words="next waiting, longest waiting, play, serve",
)
def next_in_queue(ui: Ui) -> None:
    """Open the longest-waiting conversation that is unassigned or yours."""
    ui.thread.open_next_in_queue()
