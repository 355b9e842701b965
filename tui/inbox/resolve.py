"""Whom and what people mean by an id, a name, or a part of a name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.inbox.directory import Row, named
from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.model.labels import outcomes, search_errors
from tui.model.rows import AdminRow, ContactRow, ConversationRow, OutboxRow, TagRow, TeamRow

if TYPE_CHECKING:
    from tui.inbox.inbox import Inbox
    from tui.inbox.search.views import View
    from tui.inbox.sync.identity import Part


class ResolveError(UserError):
    """What was said does not mean exactly one thing."""

    exit_code = Exit.USAGE


class NotFound(ResolveError):
    """There is no such thing; ``what`` is its kind in a word: ``tag``, ``conversation``."""

    exit_code = Exit.NOT_FOUND

    def __init__(self, what: str, sentence: str) -> None:
        super().__init__(sentence)
        self.what = what

    def in_shell(self) -> str:
        sentence = str(self)
        if self.what != "tag":
            return sentence
        return search_errors.TAG_CREATE_CREATES_ONE.format(sentence=sentence.rstrip("."))


class NotListed(ResolveError):
    """The token may not read the list that the name would be in: only an id can be taken."""

    exit_code = Exit.FAILED


def one_of(what: str, wanted: str, rows: Sequence[Row]) -> Row:
    """The row with this id, e-mail or name, or the only one whose name holds it; ``what`` is said of it in errors.

    Raises :class:`NotFound`, and :class:`ResolveError` for an empty name and one that could be several.
    """
    if not wanted.strip():
        raise ResolveError(search_errors.IS_EMPTY.format(what=what))
    found = named(wanted.strip(), rows)
    if not found:
        raise NotFound(what, search_errors.NONE_IN_WORKSPACE.format(what=what, wanted=wanted))
    if len(found) > 1:
        some = ", ".join(f"{row.name} ({row.id})" for row in found[:5])
        template = search_errors.COULD_BE_MORE if len(found) > 5 else search_errors.COULD_BE
        raise ResolveError(template.format(wanted=wanted, some=some))
    return found[0]


def tag(inbox: "Inbox", wanted: str) -> TagRow:
    """A tag by id or name. Raises as :func:`one_of` does, and :class:`NotListed`."""
    if _is_unlisted(inbox, "tags", wanted):
        return TagRow(wanted.strip())
    return one_of("tag", wanted, inbox.directory.tags())


def team(inbox: "Inbox", wanted: str) -> TeamRow:
    """A team by id or name; raises as :func:`tag` does."""
    if _is_unlisted(inbox, "teams", wanted):
        return TeamRow(wanted.strip())
    return one_of("team", wanted, inbox.directory.teams())


def admin(inbox: "Inbox", wanted: str) -> AdminRow:
    """A teammate by id, e-mail address or name; raises as :func:`tag` does."""
    if _is_unlisted(inbox, "admins", wanted):
        return AdminRow(wanted.strip())
    return one_of("teammate", wanted, inbox.directory.admins())


def _is_unlisted(inbox: "Inbox", part: "Part", wanted: str) -> bool:
    """Whether an id must be taken as it stands, since this token may not read the list it would be in.

    Raises :class:`NotListed` for a name then.
    """
    if part not in inbox.sync.denied:
        return False
    names = inbox.directory
    rows: Sequence[AdminRow] | Sequence[TeamRow] | Sequence[TagRow]
    rows = names.admins() if part == "admins" else names.teams() if part == "teams" else names.tags()
    said = wanted.strip().casefold()
    if any(said in (row.id, row.name.casefold()) for row in rows):
        # what was read with another token is still known
        return False
    if said.isdigit():
        return True
    raise NotListed(search_errors.MAY_NOT_READ.format(what=inbox.sync.denied[part], wanted=wanted))


def view(inbox: "Inbox", wanted: str) -> "View":
    """A view by its key or title. Raises :class:`ResolveError` with the keys that there are."""
    known = inbox.views.all()
    found = next((one for one in known if one.key == wanted or one.title.casefold() == wanted.casefold()), None)
    if found is None:
        raise ResolveError(search_errors.NO_VIEW.format(wanted=wanted, known=", ".join(one.key for one in known)))
    return found


def clean_id(what: str, wanted: str) -> str:
    """An id as it may stand in an address. Raises :class:`ResolveError` for what none can be."""
    said = wanted.strip()
    if not said or not said.isascii() or not all(char.isalnum() or char in "-_" for char in said):
        raise ResolveError(search_errors.NOT_AN_ID.format(wanted=wanted, what=what))
    return said


def no_conversation(conversation_id: str, reason: str) -> NotFound:
    """The error for an id that Intercom does not know; ``reason`` is what it answered."""
    sentence = search_errors.NO_CONVERSATION.format(conversation=conversation_id, reason=reason.rstrip("."))
    return NotFound("conversation", sentence)


async def conversation(inbox: "Inbox", wanted: str) -> ConversationRow:
    """A conversation by id, read from Intercom with its thread.

    Raises :class:`NotFound` and :class:`tui.api.errors.IntercomError`.
    """
    from tui.api.errors import NotFoundError

    conversation_id = clean_id("conversation", wanted)
    try:
        await inbox.threads.fetch(conversation_id)
    except NotFoundError as error:
        raise no_conversation(conversation_id, error.message) from None
    row = inbox.threads.conversation(conversation_id)
    if row is None:
        raise no_conversation(conversation_id, outcomes.ANOTHER_ONE)
    return row


async def contact(inbox: "Inbox", wanted: str) -> ContactRow:
    """A contact by id or e-mail address, read from Intercom with all details.

    Raises :class:`NotFound`, :class:`ResolveError` where several have the address, and
    :class:`tui.api.errors.IntercomError`.
    """
    from tui.api.errors import NotFoundError
    from tui.api.query import Field

    if "@" not in wanted:
        try:
            return await inbox.contacts.fetch(clean_id("contact", wanted))
        except NotFoundError as error:
            sentence = search_errors.NO_CONTACT.format(wanted=wanted, reason=error.message.rstrip("."))
            raise NotFound("contact", sentence) from None

    client = await inbox.connection.open()
    page = await client.contacts.search(Field("email") == wanted.strip())
    if not page.items:
        raise NotFound("contact", search_errors.NO_CONTACT_WITH_ADDRESS.format(wanted=wanted))
    if len(page.items) > 1:
        some = ", ".join(f"{one.name or one.role} ({one.id})" for one in page.items[:5])
        raise ResolveError(search_errors.SEVERAL_HAVE_ADDRESS.format(wanted=wanted, some=some))
    return await inbox.contacts.fetch(page.items[0].id)


def known_contact(inbox: "Inbox", wanted: str) -> str:
    """A contact's id by id or e-mail address, asking nobody: ``""`` for an address of none in the store, or of several.

    Raises :class:`ResolveError` for what can be neither.
    """
    if "@" not in wanted:
        return clean_id("contact", wanted)
    address = wanted.strip().casefold()
    found = [row.id for row in inbox.contacts.find_cached(address) if row.email.casefold() == address]
    return found[0] if len(found) == 1 else ""


def action(inbox: "Inbox", outbox_id: int) -> OutboxRow:
    """The action of that number in the outbox. Raises :class:`NotFound`."""
    row = inbox.outbox.get(outbox_id)
    if row is None:
        raise NotFound("action", search_errors.NO_ACTION.format(number=outbox_id))
    return row
