"""The contact: finding one, the pane, its tags and notes."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.commands.context import Context
from tui.inbox.batch import batch


def has_contact(ctx: Context) -> bool:
    """There is a contact to act on."""
    return bool(ctx.target.contact)


@command("contact.find", keys="@", hint="contact", rank=43)
def find_a_contact(ctx: Context) -> None:
    """Find a contact by name, e-mail or phone."""
    contacts = ctx.inbox.contacts
    source = dialogs.Source(
        contacts.find_cached,
        contacts.find,
        lambda row: row.id,
        dialogs.told_contact,
        "Type part of a name, an e-mail or a phone number.",
    )
    ctx.show(dialogs.Finder("Find a contact", source, lambda row: ctx.open_contact(row.id), ctx.background, "@ "))


@command("contact.toggle", title="Contact pane", keys="p", hint="contact pane", rank=70)
def toggle_contact(ctx: Context) -> None:
    """Show or hide the contact."""
    ctx.toggle_contact()


@command("contact.tag", keys="T", when=has_contact, acts="contact")
def tag_the_contact(ctx: Context) -> None:
    """Put tags on the contact or take them off."""
    contact_id, actions = ctx.target.contact, ctx.inbox.actions
    row = ctx.inbox.contacts.cached(contact_id)
    on = frozenset(row.tag_ids) if row is not None else frozenset()
    tags = sorted(ctx.inbox.directory.tags(), key=lambda tag: tag.id not in on)

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
                    ctx.background(_create(ctx, value[1:], contact_id))

    name = row.display if row is not None else "contact"
    ctx.show(
        dialogs.Picker(
            f"Tag {name}",
            [dialogs.Choice(tag.id, tag.name) for tag in tags],
            chosen,
            several=True,
            on=on,
            create="Create “{}”",
        )
    )


async def _create(ctx: Context, name: str, contact_id: str) -> None:
    tag = await ctx.inbox.create_tag(name)
    await ctx.inbox.actions.tag_contact(contact_id, tag.id)


@command("contact.note", keys="N", when=has_contact, acts="contact")
def note_about_the_contact(ctx: Context) -> None:
    """Write a note that stays with the contact."""
    contact_id = ctx.target.contact
    row = ctx.inbox.contacts.cached(contact_id)
    name = row.display if row is not None else "the contact"

    async def done(text: str) -> None:
        await ctx.inbox.actions.note_contact(contact_id, text)
        ctx.notify(f"Note saved with {name}.")

    ctx.show(dialogs.Prompt(f"Note about {name}, for teammates", done, width=72))
