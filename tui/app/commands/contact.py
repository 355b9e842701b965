"""The contact: finding one, the pane, its tags and notes."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.ui import Ui
from tui.inbox.outbox.batch import batch
from tui.model.labels import texts
from tui.model.rows import ContactRow


def has_contact(ui: Ui) -> bool:
    """There is a contact to act on."""
    return bool(ui.target.contact)


@command("contact.find", keys="@", hint="contact", rank=43, words="customer, person, people, user, lead, who")
def find_a_contact(ui: Ui) -> None:
    """Find a contact by name, e-mail or phone."""
    contacts = ui.inbox.contacts
    source = dialogs.Source(
        contacts.find_cached,
        contacts.find,
        lambda row: row.id,
        dialogs.told_contact,
        texts.TYPE_PART_OF_CONTACT,
    )

    def chosen(row: ContactRow) -> None:
        ui.contact.open(row.id)

    ui.dialogs.show(dialogs.Finder(texts.FIND_A_CONTACT, source, chosen, ui.background.start, "@ "))


_PANE = "profile, details, sidebar, history, events, company, attributes"


@command("contact.toggle", title="Contact pane", keys="p", hint="contact pane", rank=70, words=_PANE)
def toggle_contact(ui: Ui) -> None:
    """Show or hide the contact pane."""
    ui.contact.toggle()


@command("contact.tag", keys="T", when=has_contact, acts="contact")
def tag_the_contact(ui: Ui) -> None:
    """Add or remove tags on the contact."""
    contact_id, actions = ui.target.contact, ui.inbox.actions
    row = ui.inbox.contacts.cached(contact_id)
    on = frozenset(row.tag_ids) if row is not None else frozenset()
    tags = sorted(ui.inbox.directory.tags(), key=lambda tag: tag.id not in on)

    async def chosen(values: list[str]) -> None:
        with batch():
            for tag_id in values:
                if tag_id not in on and not tag_id.startswith("+"):
                    await actions.tag_contact(contact_id, tag_id)
            for tag_id in on:
                if tag_id not in values:
                    await actions.untag_contact(contact_id, tag_id)
            for value in values:
                if value.startswith("+"):
                    ui.background.start(_create(ui, value[1:], contact_id))

    name = row.display if row is not None else "contact"
    ui.dialogs.show(
        dialogs.Picker(
            f"Tag {name}",
            [dialogs.Choice(tag.id, tag.name) for tag in tags],
            chosen,
            several=True,
            on=on,
            create="Create “{}”",
        )
    )


async def _create(ui: Ui, name: str, contact_id: str) -> None:
    tag = await ui.inbox.create_tag(name)
    await ui.inbox.actions.tag_contact(contact_id, tag.id)


@command("contact.note", keys="N", when=has_contact, acts="contact")
def note_about_the_contact(ui: Ui) -> None:
    """Add a note to the contact."""
    contact_id = ui.target.contact
    row = ui.inbox.contacts.cached(contact_id)
    name = row.display if row is not None else texts.THE_CONTACT

    async def done(text: str) -> None:
        await ui.inbox.actions.note_contact(contact_id, text)
        ui.notices.notify(texts.NOTE_SAVED_WITH.format(name=name))

    ui.dialogs.show(dialogs.Prompt(texts.NOTE_ABOUT.format(name=name), done, width=72))
