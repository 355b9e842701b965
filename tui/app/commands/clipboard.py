"""Taking text elsewhere: the clipboard of the terminal, a shell command."""

from tui.app import dialogs
from tui.app.commands import subprocesses
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.model.labels import texts
from tui.text.sanitize import clean


def _has_something_to_copy(ui: Ui) -> bool:
    return bool(ui.target.current or ui.target.contact)


@command(
    "text.copy",
    keys="y",
    when=_has_something_to_copy,
    hint="copy",
    rank=57,
    words="clipboard, link, url, id, email address, share, yank, paste",
)
def copy(ui: Ui) -> None:
    """Copy the link, e-mail, ID or text. Works over SSH."""
    choices = _copies(ui)
    # The values may be long: the picker gets their numbers.
    numbered = [dialogs.Choice(str(at), choice.title, choice.detail[:40]) for at, choice in enumerate(choices)]

    async def chosen(values: list[str]) -> None:
        choice = choices[int(values[0])]
        if ui.programs.copy(choice.value):
            ui.notices.notify(texts.COPIED.format(what=choice.title))
        else:
            ui.notices.notify(ui.registry.words(texts.NOT_COPIED), "warning")

    ui.dialogs.show(dialogs.Picker("Copy", numbered, chosen, empty=texts.NOTHING_TO_COPY))


def _copies(ui: Ui) -> "list[dialogs.Choice]":
    row = ui.target.row
    found: list[dialogs.Choice] = []
    if row is not None:
        found += [
            dialogs.Choice(ui.link(row.id), "Link", ui.link(row.id)),
            dialogs.Choice(row.contact_email, "E-mail", row.contact_email),
            dialogs.Choice(row.contact_name, "Name", row.contact_name),
            dialogs.Choice(row.id, texts.CONVERSATION_ID, row.id),
            dialogs.Choice(row.contact_id, texts.CONTACT_ID, row.contact_id),
        ]
        if ui.thread.view.conversation_id == row.id:
            text = ui.thread.view.text()
            kind = texts.COPY_MESSAGE if ui.thread.view.current_part is not None else texts.COPY_THREAD
            found.append(dialogs.Choice(text, kind, f"{len(text):,} characters"))
    contact_id = ui.target.contact
    contact = ui.inbox.contacts.cached(contact_id) if contact_id else None
    if contact is not None:
        about = [
            dialogs.Choice(contact.email, "E-mail", contact.email),
            dialogs.Choice(contact.phone, "Phone", contact.phone),
            dialogs.Choice(contact.name, "Name", contact.name),
            dialogs.Choice(contact.id, texts.CONTACT_ID, contact.id),
        ]
        found = about + found if ui.state.pane == "contact" else found + about
    once = {(choice.title, choice.value): choice for choice in found if choice.value}
    return list(once.values())


@command("text.pipe", keys="!", where=("list", "thread"))
def pipe(ui: Ui) -> None:
    """Pipe the message or thread to a shell command."""
    ui.thread.show_current()
    text = ui.thread.view.text()

    async def done(shell_command: str) -> None:
        ui.notices.notify(f"Running {shell_command}…")
        ui.background.start(_run_in_shell(ui, shell_command, text))

    what = texts.PIPE_MESSAGE if ui.thread.view.current_part is not None else texts.PIPE_THREAD
    ui.dialogs.show(dialogs.Prompt(texts.PIPE_TO_A_COMMAND.format(what=what), done, label="! ", width=72))


async def _run_in_shell(ui: Ui, shell_command: str, text: str) -> None:
    code, output = await subprocesses.pipe(shell_command, text)
    if output.strip():
        title = f"! {shell_command}" if not code else f"! {shell_command} (code {code})"
        ui.dialogs.show(dialogs.Pager(title, [(line, "") for line in clean(output).rstrip("\n").split("\n")]))
    else:
        ended = "done" if not code else texts.ENDED_WITH_CODE.format(code=code)
        ui.notices.notify(f"{shell_command}: {ended}", "error" if code else "information")
