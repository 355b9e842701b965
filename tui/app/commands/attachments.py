"""Links and attachments: opened in the browser, or saved."""

from typing import TYPE_CHECKING

from tui.app import dialogs
from tui.app.commands import subprocesses
from tui.app.commands.base import command
from tui.app.commands.context import Context
from tui.config.paths import downloads_dir
from tui.inbox.files import NotSaved

if TYPE_CHECKING:
    from tui.app.widgets.thread import NumberedFile


async def open_link(ctx: Context, url: str) -> None:
    """Open an address in the browser, or copy it where there is no browser."""
    if await subprocesses.browse(url):
        ctx.notify(f"Opened {url}")
    elif ctx.copy(url):
        ctx.notify(f"No browser here; copied {url}")
    else:
        ctx.notify(url)


@command("link.open", keys="f", where=("list", "thread"), hint="links", rank=58)
def links_and_files(ctx: Context) -> None:
    """Choose a link or an attachment to open."""
    ctx.show_thread()
    numbered = {f"file:{entry.number}": entry for entry in ctx.thread.attachments()}
    files = [dialogs.Choice(key, f"{entry.number} {entry.file.name}", "file") for key, entry in numbered.items()]
    links = [
        dialogs.Choice(link.href, link.label if link.label != link.href else link.href, link.href)
        for link in ctx.thread.links()
    ]
    choices = list(dict.fromkeys(files + links))

    conversation_id = ctx.conversation_id

    async def chosen(values: list[str]) -> None:
        entry = numbered.get(values[0])
        if entry is None:
            ctx.background(open_link(ctx, values[0]))
        else:
            ctx.background(_open_file(ctx, conversation_id, entry))

    ctx.show(dialogs.Picker("Open in the browser", choices, chosen, empty="No links or files here.", width=76))


async def _open_file(ctx: Context, conversation_id: str, entry: "NumberedFile") -> None:
    # its link may have expired since the thread was read
    fresh = await ctx.inbox.files.fresh(conversation_id, entry.part_id, entry.file)
    await open_link(ctx, fresh.url)


@command("file.save", keys="S", where=("list", "thread"))
def save_a_file(ctx: Context) -> None:
    """Save an attachment in the downloads folder."""
    ctx.show_thread()
    numbered = {str(entry.number): entry for entry in ctx.thread.attachments()}
    choices = [
        dialogs.Choice(number, f"{number} {entry.file.name}", entry.file.content_type)
        for number, entry in numbered.items()
    ]
    conversation_id = ctx.conversation_id

    async def chosen(values: list[str]) -> None:
        ctx.background(_save_files(ctx, conversation_id, [numbered[value] for value in values]))

    folder = downloads_dir()
    ctx.show(dialogs.Picker(f"Save in {folder}", choices, chosen, empty="No files here.", width=76))


async def _save_files(ctx: Context, conversation_id: str, entries: "list[NumberedFile]") -> None:
    for entry in entries:
        try:
            saved = await ctx.inbox.files.save(conversation_id, entry.part_id, entry.file, downloads_dir())
        except NotSaved as error:
            ctx.notify(str(error), "error")
            return
        ctx.notify(f"Saved {saved}")


@command("link.browser", keys="b")
def browser(ctx: Context) -> None:
    """Open the conversation in the browser."""
    if ctx.conversation_id:
        ctx.background(open_link(ctx, ctx.link(ctx.conversation_id)))
