"""What a command or a shell verb calls: each makes an :class:`Action`, journals it and returns its outbox id."""

from collections.abc import Callable

import msgspec

from tui.inbox.actions.assign import Assign
from tui.inbox.actions.base import Action
from tui.inbox.actions.contact_note import NoteContact
from tui.inbox.actions.contact_tag import TagContact, UntagContact
from tui.inbox.actions.mark_read import MarkRead
from tui.inbox.actions.note import Note
from tui.inbox.actions.reply import Reply
from tui.inbox.actions.set_title import SetTitle
from tui.inbox.actions.state import Close, Open, Snooze
from tui.inbox.actions.tag import Tag, Untag
from tui.inbox.directory import Directory
from tui.inbox.incoming import Seen
from tui.inbox.outbox.outbox import Outbox
from tui.inbox.threads import stored_seen
from tui.store import people
from tui.store.conversations import get as conversation_row
from tui.store.store import Store
from tui.text.sanitize import encodable


class Actions:
    """All that can be done. Every method returns as soon as the journal is on disk; nothing waits for Intercom.

    What is returned is the action's outbox id; 0 where nothing would change: then nothing is journaled and sent.
    """

    def __init__(self, store: Store, box: Outbox, directory: Directory, me: Callable[[], str]) -> None:
        self._store = store
        self._box = box
        self._directory = directory
        self._me = me

    async def reply(
        self,
        conversation_id: str,
        markdown: str,
        *,
        close: bool = False,
        snooze_until: int = 0,
        force: bool = False,
        drafted: bool = True,
        seen: Seen | None = None,
    ) -> int:
        """Answer the customer; ``close`` closes with it in one call, ``snooze_until`` (Unix seconds) snoozes after it.

        ``seen`` is what of the thread the writer had on screen: what came in after it holds the reply. None takes what
        was last seen on this machine (:meth:`tui.inbox.threads.Threads.seen_of`). ``force`` sends even if somebody
        wrote meanwhile; the conversation's draft goes with the words unless they were not ``drafted``. The id is the
        reply's.
        """
        markdown = encodable(markdown)
        action = Reply(
            conversation_id=conversation_id,
            acting_as=self._me(),
            text=markdown,
            html=_html(markdown),
            then="close" if close else "",
            drafted=drafted,
        ).having_seen(stored_seen(self._store.reader, conversation_id) if seen is None else seen)
        actions: list[Action] = [action]
        if snooze_until:
            actions.append(Snooze(conversation_id=conversation_id, acting_as=action.acting_as, until=snooze_until))
        return (await self._box.journal_all(actions, force=force))[0]

    async def note(self, conversation_id: str, markdown: str, *, drafted: bool = True) -> int:
        """Leave a note that only teammates see; its draft goes with the words unless they were not ``drafted``."""
        markdown = encodable(markdown)
        return await self.do(
            Note(conversation_id=conversation_id, text=markdown, html=_html(markdown), drafted=drafted)
        )

    async def assign(self, conversation_id: str, *, admin_id: str = "", team_id: str = "") -> int:
        """Give it to an admin (its team stays) or to a team (its admin is taken off); with neither, take it from its
        admin."""
        name = self._directory.team_name(team_id) if team_id else self._directory.admin_name(admin_id)
        return await self.do(
            Assign(
                conversation_id=conversation_id,
                assignee="team" if team_id else "admin" if admin_id else "",
                assignee_id=team_id or admin_id,
                assignee_name=name,
                with_admin="" if team_id else None,
            )
        )

    async def close(self, conversation_id: str) -> int:
        """Close it without words."""
        return await self.do(Close(conversation_id=conversation_id))

    async def open(self, conversation_id: str) -> int:
        """Open it again, or wake it."""
        return await self.do(Open(conversation_id=conversation_id))

    async def snooze(self, conversation_id: str, until: int) -> int:
        """Let it sleep until a Unix second."""
        return await self.do(Snooze(conversation_id=conversation_id, until=until))

    async def tag(self, conversation_id: str, tag_id: str) -> int:
        """Add a tag to it."""
        return await self.do(
            Tag(conversation_id=conversation_id, tag_id=tag_id, tag_name=self._directory.tag_name(tag_id))
        )

    async def untag(self, conversation_id: str, tag_id: str) -> int:
        """Remove a tag from it."""
        return await self.do(
            Untag(conversation_id=conversation_id, tag_id=tag_id, tag_name=self._directory.tag_name(tag_id))
        )

    async def mark_read(self, conversation_id: str, read: bool) -> int:
        """Mark it read or unread, for all teammates."""
        return await self.do(MarkRead(conversation_id=conversation_id, read=read))

    async def set_title(self, conversation_id: str, title: str) -> int:
        """Give it a title."""
        return await self.do(SetTitle(conversation_id=conversation_id, title=title))

    async def tag_contact(self, contact_id: str, tag_id: str) -> int:
        """Add a tag to a contact."""
        return await self.do(
            TagContact(contact_id=contact_id, tag_id=tag_id, tag_name=self._directory.tag_name(tag_id))
        )

    async def untag_contact(self, contact_id: str, tag_id: str) -> int:
        """Remove a tag from a contact."""
        return await self.do(
            UntagContact(contact_id=contact_id, tag_id=tag_id, tag_name=self._directory.tag_name(tag_id))
        )

    async def note_contact(self, contact_id: str, text: str) -> int:
        """Leave a note on a contact."""
        text = encodable(text)
        return await self.do(NoteContact(contact_id=contact_id, text=text, html=_html(text)))

    async def do(self, action: Action) -> int:
        """Journal any action, as the admin of this token, unless nothing would change."""
        action = msgspec.structs.replace(action, acting_as=self._me())
        if action.contact_id:
            contact = people.contact(self._store.reader, action.contact_id)
            action = msgspec.structs.replace(action, contact_name=contact.display if contact else "")
            changes = action.changes_contact(contact)
        else:
            changes = action.changes(conversation_row(self._store.reader, action.conversation_id))
        return await self._box.journal(action) if changes else 0


def _html(markdown: str) -> str:
    from tui.text.markdown import to_html

    return to_html(markdown)
