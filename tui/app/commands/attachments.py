"""Links and attachments: opened in the browser, or saved."""

from typing import TYPE_CHECKING

from tui.app import dialogs
from tui.app.commands import subprocesses
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.config.paths import downloads_dir
from tui.inbox.attachments import NotSaved
from tui.model.labels import texts

if TYPE_CHECKING:
    from tui.app.widgets.thread import NumberedFile


async def open_link(ui: Ui, url: str) -> None:
    """Open an address in the browser, or copy it where there is no browser."""
    if await subprocesses.browse(url):
        ui.notices.notify(f"Opened {url}")
    elif ui.programs.copy(url):
        ui.notices.notify(texts.NO_BROWSER.format(url=url))
    else:
        ui.notices.notify(url)


@command(
    "link.open",
    keys="f",
    where=("list", "thread"),
    hint="links",
    rank=58,
    words="attachment, url, image, picture, photo, screenshot, pdf, hyperlink",
)
def links_and_files(ui: Ui) -> None:
    """Open a link or an attachment."""
    ui.thread.show_current()
    numbered = {f"file:{entry.number}": entry for entry in ui.thread.view.attachments()}
    files = [dialogs.Choice(key, f"{entry.number} {entry.file.name}", "file") for key, entry in numbered.items()]
    links = [
        dialogs.Choice(link.href, link.label if link.label != link.href else link.href, link.href)
        for link in ui.thread.view.links()
    ]
    choices = list(dict.fromkeys(files + links))

    conversation_id = ui.target.current

    async def chosen(values: list[str]) -> None:
        entry = numbered.get(values[0])
        if entry is None:
            ui.background.start(open_link(ui, values[0]))
        else:
            ui.background.start(_open_file(ui, conversation_id, entry))

    ui.dialogs.show(
        dialogs.Picker(texts.OPEN_IN_BROWSER, choices, chosen, empty=texts.NO_LINKS_OR_ATTACHMENTS, width=76)
    )


async def _open_file(ui: Ui, conversation_id: str, entry: "NumberedFile") -> None:
    # its link may have expired since the thread was read
    fresh = await ui.inbox.attachments.fresh(conversation_id, entry.part_id, entry.file)
    await open_link(ui, fresh.url)


@command("file.save", keys="S", where=("list", "thread"), words="file, download, attachments, save attachment")
def save_a_file(ui: Ui) -> None:
    """Save an attachment to the downloads folder."""
    ui.thread.show_current()
    numbered = {str(entry.number): entry for entry in ui.thread.view.attachments()}
    choices = [
        dialogs.Choice(number, f"{number} {entry.file.name}", entry.file.content_type)
        for number, entry in numbered.items()
    ]
    conversation_id = ui.target.current

    async def chosen(values: list[str]) -> None:
        ui.background.start(_save_files(ui, conversation_id, [numbered[value] for value in values]))

    folder = downloads_dir()
    ui.dialogs.show(
        dialogs.Picker(texts.SAVE_IN.format(folder=folder), choices, chosen, empty=texts.NO_ATTACHMENTS, width=76)
    )


async def _save_files(ui: Ui, conversation_id: str, entries: "list[NumberedFile]") -> None:
    for entry in entries:
        try:
            saved = await ui.inbox.attachments.save(conversation_id, entry.part_id, entry.file, downloads_dir())
        except NotSaved as error:
            ui.notices.notify(str(error), "error")
            return
        ui.notices.notify(f"Saved {saved}")


@command("link.browser", title="Open in browser", keys="b", words="browser, web, website, intercom, chrome")
def browser(ui: Ui) -> None:
    """Open the conversation in Intercom, in the browser."""
    if ui.target.current:
        ui.background.start(open_link(ui, ui.link(ui.target.current)))
