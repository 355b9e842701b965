"""The search prompt: the query language, with its mistakes told while typing."""

from tui.app.commands.context import Context
from tui.app.screens.prompt import Echo, Prompt


def search_prompt(ctx: Context) -> Prompt:
    """Asks for a query and shows what it finds as the list."""
    from tui.inbox.query import KEYS, QueryError

    views = ctx.inbox.views

    def echo(text: str) -> Echo:
        try:
            views.selection(text)
        except QueryError as error:
            return Echo(False, str(error))
        found = views.search(text).total
        return Echo(True, "1 conversation" if found == 1 else f"{found:,} conversations")

    async def done(text: str) -> None:
        try:
            ctx.show_search(text)
        except QueryError as error:
            ctx.notify(str(error), "warning")

    keys = " ".join(key for key, _ in KEYS)
    return Prompt(
        "Search", done, echo=echo, text=ctx.query, label="/ ", width=72, help_text=f'words, "exact words", -not, {keys}'
    )
