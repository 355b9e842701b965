"""What a face that does one thing asks Intercom before it journals: who acts, and whether there is such a thing.

Where Intercom cannot be asked the store's word is taken, so that the action can be queued.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.api.errors import (
    AnswerError,
    IntercomError,
    NetworkError,
    NotAllowed,
    NotFoundError,
    RateLimitedError,
    ServerError,
)
from tui.inbox import resolve
from tui.model.errors import UserError
from tui.model.labels import outcomes

if TYPE_CHECKING:
    from tui.api.client import Intercom
    from tui.inbox.inbox import Inbox

NO_VERDICT = (NetworkError, ServerError, AnswerError, RateLimitedError)
"""Errors that say nothing of what was asked for: it may be queued and tried again."""


class NeverOnline(UserError):
    """Nothing can be queued: the store does not know yet who acts, and Intercom did not say (``error``)."""

    def __init__(self, error: IntercomError) -> None:
        super().__init__(outcomes.NOTHING_QUEUED_NEVER_ONLINE.format(reason=error.message), error.exit_code)
        self.error = error


async def identify(inbox: "Inbox", *, names: bool = True) -> bool:
    """Learn who acts and, with ``names``, what teammates, teams and tags are called; False where Intercom does not say.

    The store's word is taken then. Raises :class:`tui.api.errors.IntercomError`, :class:`NeverOnline` where the store
    does not know either, and :class:`tui.inbox.sync.identity.WrongWorkspace`.
    """
    client = await inbox.connection.open()
    try:
        if names or not await _is_same(inbox, client):
            await inbox.sync.identify(client)
    except NO_VERDICT as error:
        if not inbox.me.id:
            raise NeverOnline(error) from None
        inbox.connection.failed(error, everything=True)
        return False
    inbox.connection.worked(identified=True)
    return True


async def _is_same(inbox: "Inbox", client: "Intercom") -> bool:
    """Whether the token is of the workspace and the person that the store knows: one request instead of four."""
    known = inbox.workspace_id
    acting = inbox.options.acting_as
    if not known or not inbox.me.id or (acting and acting != inbox.me.id):
        return False
    me = await client.me()
    return me.app.id_code == known and (bool(acting) or me.id == inbox.me.id)


async def fetch_unknown(inbox: "Inbox", conversation_ids: Sequence[str]) -> bool:
    """Read conversations that the store does not know: an unknown id ends here, before anything is journaled.

    False where Intercom did not say whether there is one: what is meant for it can be queued. Raises
    :class:`tui.inbox.resolve.NotFound`.
    """
    for conversation_id in conversation_ids:
        if inbox.threads.conversation(conversation_id) is not None:
            continue
        try:
            await inbox.threads.fetch(conversation_id)
        except NotFoundError as error:
            raise resolve.no_conversation(conversation_id, error.message) from None
        except NotAllowed:
            # to write and not to read is a scope, too: Intercom has the last word
            continue
        except NO_VERDICT as error:
            inbox.connection.failed(error, everything=True)
            return False
    return True


async def contact_id_of(inbox: "Inbox", wanted: str) -> tuple[str, bool]:
    """The id of the contact with this id or e-mail address, and False where Intercom could not be asked.

    An id, or an address that the store knows, can be acted on all the same. Raises as
    :func:`tui.inbox.resolve.contact` does.
    """
    try:
        return (await resolve.contact(inbox, wanted)).id, True
    except (NotAllowed, *NO_VERDICT) as error:
        known = resolve.known_contact(inbox, wanted)
        if not known:
            raise
        if isinstance(error, NotAllowed):
            return known, True
        inbox.connection.failed(error, everything=True)
        return known, False
