"""Whom and what people mean on a command line: ids, names and parts of names."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from tui.cli.failure import Exit, Failure, UsageError
from tui.store.rows import AdminRow, ContactRow, TagRow, TeamRow

if TYPE_CHECKING:
    from tui.cli.wiring import Desk

Row = TypeVar("Row", AdminRow, TeamRow, TagRow)


def one_of(what: str, wanted: str, rows: Sequence[Row], hint: str = "") -> Row:
    """The row with this id, e-mail or name, or the only one whose name holds it.

    Raises :class:`Failure`: 4 where there is none, 2 where there are several.
    """
    said = wanted.strip().casefold()
    if not said:
        raise UsageError(f"The {what} is empty.")
    exact = [row for row in rows if said in (row.id, row.name.casefold(), getattr(row, "email", "").casefold())]
    found = exact or [row for row in rows if said in row.name.casefold()]
    if not found:
        raise Failure(f"There is no {what} “{wanted}” in this workspace{hint}.", Exit.NOT_FOUND)
    if len(found) > 1:
        some = ", ".join(f"{row.name} ({row.id})" for row in found[:5])
        raise UsageError(f"“{wanted}” could be {some}{' and more' if len(found) > 5 else ''}: say which.")
    return found[0]


def tag_of(desk: "Desk", wanted: str) -> TagRow:
    """A tag by id or name."""
    return one_of("tag", wanted, desk.inbox.directory.tags(), " (intercom-tui tag create NAME makes one)")


def clean_id(what: str, wanted: str) -> str:
    """An id as it may stand in an address. Raises :class:`UsageError` for what none can be."""
    said = wanted.strip()
    if not said or not said.isascii() or not all(char.isalnum() or char in "-_" for char in said):
        raise UsageError(f"{wanted!a} is not a {what}'s id.")
    return said


def no_conversation(conversation_id: str, reason: str) -> Failure:
    """The failure for an id that Intercom does not know."""
    return Failure(
        f"There is no conversation {conversation_id} in this workspace ({reason.rstrip('.')}).", Exit.NOT_FOUND
    )


async def contact_of(desk: "Desk", wanted: str) -> ContactRow:
    """A contact by id or e-mail address, read from Intercom with all details.

    Raises :class:`Failure` (4: none; 2: several have this address) and :class:`tui.api.errors.IntercomError`.
    """
    from tui.api.errors import NotFoundError
    from tui.api.query import Field

    if "@" not in wanted:
        try:
            return await desk.inbox.contacts.fetch(clean_id("contact", wanted))
        except NotFoundError as error:
            sentence = f"There is no contact {wanted} in this workspace ({error.message.rstrip('.')})."
            raise Failure(sentence, Exit.NOT_FOUND) from None

    client = await desk.inbox.link.open()
    page = await client.contacts.search(Field("email") == wanted.strip())
    if not page.items:
        raise Failure(f"There is no contact with the address {wanted}.", Exit.NOT_FOUND)
    if len(page.items) > 1:
        some = ", ".join(f"{one.name or one.role} ({one.id})" for one in page.items[:5])
        raise UsageError(f"Several contacts have the address {wanted}: {some}: say which by id.")
    return await desk.inbox.contacts.fetch(page.items[0].id)
