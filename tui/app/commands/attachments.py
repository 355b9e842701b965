"""Links and attachments: opened in the browser, or saved."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tui.app import dialogs
from tui.app.commands import subprocesses
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.app.widgets.words import file_words, source_words
from tui.config.paths import downloads_dir
from tui.inbox.attachments import NotSaved
from tui.model.labels import texts
from tui.model.rows import AttachmentRow
from tui.text.links import Link, destination, target

if TYPE_CHECKING:
    from tui.app.widgets.thread_contents import Openable

_MOST_OF_A_HOST: Final = 32
"""Cells of where a link leads, beside its words."""


async def open_link(ui: Ui, url: str) -> None:
    """Open an address of our own in the browser, or copy it where there is no browser."""
    if await subprocesses.browse(url):
        ui.notices.notify(f"Opened {url}")
    elif ui.programs.copy(url):
        ui.notices.notify(texts.NO_BROWSER.format(url=url))
    else:
        ui.notices.notify(url)


async def open_from_message(ui: Ui, url: str) -> None:
    """Open an address that stands in a message; one that leads to this computer or its network only when told so.

    What is no web page is copied: a mail address, a phone number.
    """
    if not url.startswith(("https://", "http://")):
        said = target(url)
        ui.notices.notify(f"Copied {said}" if ui.programs.copy(said) else said)
        return

    from tui.inbox.addresses import leads_nearby  # loads the checks of addresses, which nothing else here needs

    if not leads_nearby(url):
        await open_link(ui, url)
        return

    async def go() -> None:
        ui.background.start(open_link(ui, url))

    words = [(url, "strong"), ("", ""), (texts.LEADS_NEARBY_MEANS, "")]
    ui.dialogs.show(dialogs.Confirm(texts.LEADS_NEARBY, words, [dialogs.Answer("o", texts.OPEN_IT, go)]))


@command(
    "link.open",
    keys="f",
    where=("list", "thread"),
    hint="links",
    rank=58,
    words="attachment, url, image, picture, photo, screenshot, pdf, hyperlink",
)
def links_and_files(ui: Ui) -> None:
    """Open a link or an attachment by its number."""
    ui.thread.show_current()
    found = ui.thread.view.openables()
    conversation_id = ui.target.current

    async def chosen(values: list[str]) -> None:
        one = found[int(values[0])]
        if isinstance(one.what, Link):
            ui.background.start(open_from_message(ui, one.what.href))
        else:
            ui.background.start(_open_file(ui, conversation_id, one, one.what))

    ui.dialogs.show(
        dialogs.Picker(
            texts.OPEN_IN_BROWSER, _choices(ui, found), chosen, empty=texts.NO_LINKS_OR_ATTACHMENTS, width=76
        )
    )


def _choices(ui: Ui, found: "Sequence[Openable]") -> "list[dialogs.Choice]":
    """What each is called, where it leads, and, where that is not one for all, in which message it stands."""
    view = ui.thread.view
    several = len({one.part.id for one in found}) > 1
    choices: list[dialogs.Choice] = []
    for at, one in enumerate(found):
        if isinstance(one.what, Link):
            title, detail = one.what.label, destination(one.what.href, _MOST_OF_A_HOST)
        else:
            title, detail = one.what.name, file_words(one.what)
        if several:
            detail = f"{detail}  {source_words(one.part, view.now(), view.appearance.zone)}"
        choices.append(dialogs.Choice(str(at), title, detail, one.number))
    return choices


async def _open_file(ui: Ui, conversation_id: str, one: "Openable", file: AttachmentRow) -> None:
    # its link may have expired since the thread was read
    fresh = await ui.inbox.attachments.fresh(conversation_id, one.part.id, file)
    await open_from_message(ui, fresh.url)


@command("file.save", keys="S", where=("list", "thread"), words="file, download, attachments, save attachment")
def save_a_file(ui: Ui) -> None:
    """Save an attachment to the downloads folder."""
    ui.thread.show_current()
    found = [one for one in ui.thread.view.openables() if isinstance(one.what, AttachmentRow)]
    conversation_id = ui.target.current

    async def chosen(values: list[str]) -> None:
        ui.background.start(_save_files(ui, conversation_id, [found[int(value)] for value in values]))

    folder = downloads_dir()
    ui.dialogs.show(
        dialogs.Picker(
            texts.SAVE_IN.format(folder=folder), _choices(ui, found), chosen, empty=texts.NO_ATTACHMENTS, width=76
        )
    )


async def _save_files(ui: Ui, conversation_id: str, entries: "list[Openable]") -> None:
    for entry in entries:
        if not isinstance(entry.what, AttachmentRow):
            continue
        try:
            saved = await ui.inbox.attachments.save(conversation_id, entry.part.id, entry.what, downloads_dir())
        except NotSaved as error:
            ui.notices.notify(str(error), "error")
            return
        ui.notices.notify(f"Saved {saved}")


@command("link.browser", title="Open in browser", keys="b", words="browser, web, website, intercom, chrome")
def browser(ui: Ui) -> None:
    """Open the conversation in Intercom, in the browser."""
    if ui.target.current:
        ui.background.start(open_link(ui, ui.link(ui.target.current)))
