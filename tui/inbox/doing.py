"""What a command or a shell verb calls: each makes an :class:`Action`, journals it and returns its outbox id."""

from collections.abc import Callable

from tui.inbox.actions import Action, Assignee, Kind
from tui.inbox.directory import Directory
from tui.inbox.outbox import Outbox
from tui.store import parts, people
from tui.store.conversations import get as conversation_row
from tui.store.store import Store


class Actions:
    """All that can be done. Every method returns as soon as the journal is on disk; nothing waits for Intercom."""

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
    ) -> int:
        """Answer the customer; ``close`` closes with it in one call, ``snooze_until`` (Unix seconds) snoozes after it.

        ``force`` sends even if somebody wrote meanwhile; the conversation's draft goes with the words unless they were
        not ``drafted``. The id is the reply's.
        """
        markdown = _sendable(markdown)
        html = _html(markdown)
        seen_at, seen_ids = self._seen(conversation_id)
        action = Action(
            kind="reply",
            conversation_id=conversation_id,
            acting_as=self._me(),
            text=markdown,
            html=html,
            then="close" if close else "",
            drafted=drafted,
            seen_at=seen_at,
            seen_ids=seen_ids,
        )
        actions = [action]
        if snooze_until:
            snooze = Action(
                kind="snooze", conversation_id=conversation_id, acting_as=action.acting_as, until=snooze_until
            )
            actions.append(snooze)
        return (await self._box.journal_all(actions, force=force))[0]

    async def note(self, conversation_id: str, markdown: str, *, drafted: bool = True) -> int:
        """Leave a note that only teammates see; its draft goes with the words unless they were not ``drafted``."""
        markdown = _sendable(markdown)
        return await self._do("note", conversation_id, text=markdown, html=_html(markdown), drafted=drafted)

    async def assign(self, conversation_id: str, *, admin_id: str = "", team_id: str = "") -> int:
        """Give it to an admin or a team; with neither, take it from its admin."""
        name = self._directory.team_name(team_id) if team_id else self._directory.admin_name(admin_id)
        assignee: Assignee = "team" if team_id else "admin" if admin_id else ""
        return await self._do(
            "assign", conversation_id, assignee=assignee, assignee_id=team_id or admin_id, assignee_name=name
        )

    async def close(self, conversation_id: str) -> int:
        """Close it without words."""
        return await self._do("close", conversation_id)

    async def open(self, conversation_id: str) -> int:
        """Open it again, or wake it."""
        return await self._do("open", conversation_id)

    async def snooze(self, conversation_id: str, until: int) -> int:
        """Let it sleep until a Unix second."""
        return await self._do("snooze", conversation_id, until=until)

    async def tag(self, conversation_id: str, tag_id: str) -> int:
        """Hang a tag on it."""
        return await self._do("tag", conversation_id, tag_id=tag_id, tag_name=self._directory.tag_name(tag_id))

    async def untag(self, conversation_id: str, tag_id: str) -> int:
        """Take a tag off it."""
        return await self._do("untag", conversation_id, tag_id=tag_id, tag_name=self._directory.tag_name(tag_id))

    async def mark_read(self, conversation_id: str, read: bool) -> int:
        """Mark it read or unread, for all teammates."""
        return await self._do("read", conversation_id, read=read)

    async def set_title(self, conversation_id: str, title: str) -> int:
        """Give it a title."""
        return await self._do("title", conversation_id, title=title)

    async def tag_contact(self, contact_id: str, tag_id: str) -> int:
        """Hang a tag on a contact."""
        return await self._do_contact("tag_contact", contact_id, tag_id=tag_id)

    async def untag_contact(self, contact_id: str, tag_id: str) -> int:
        """Take a tag off a contact."""
        return await self._do_contact("untag_contact", contact_id, tag_id=tag_id)

    async def note_contact(self, contact_id: str, text: str) -> int:
        """Leave a note on a contact."""
        return await self._do_contact("note_contact", contact_id, text=_sendable(text))

    async def _do(
        self,
        kind: Kind,
        conversation_id: str,
        *,
        text: str = "",
        html: str = "",
        assignee: Assignee = "",
        assignee_id: str = "",
        assignee_name: str = "",
        until: int = 0,
        tag_id: str = "",
        tag_name: str = "",
        read: bool = False,
        title: str = "",
        drafted: bool = True,
    ) -> int:
        return await self._box.journal(
            Action(
                kind=kind,
                conversation_id=conversation_id,
                acting_as=self._me(),
                text=text,
                html=html,
                assignee=assignee,
                assignee_id=assignee_id,
                assignee_name=assignee_name,
                until=until,
                tag_id=tag_id,
                tag_name=tag_name,
                read=read,
                title=title,
                drafted=drafted,
            )
        )

    async def _do_contact(self, kind: Kind, contact_id: str, *, tag_id: str = "", text: str = "") -> int:
        contact = people.contact(self._store.reader, contact_id)
        return await self._box.journal(
            Action(
                kind=kind,
                contact_id=contact_id,
                contact_name=contact.display if contact else "",
                acting_as=self._me(),
                tag_id=tag_id,
                tag_name=self._directory.tag_name(tag_id),
                text=text,
                html=_html(text) if text else "",
            )
        )

    def _seen(self, conversation_id: str) -> tuple[int, tuple[str, ...]]:
        """The newest second of the stored thread and its parts: what the writer had before them."""
        stored = [part for part in parts.of_conversation(self._store.reader, conversation_id) if not part.outbox_id]
        if not stored:
            # the list was all there was to see: what came up to its second has been seen
            row = conversation_row(self._store.reader, conversation_id)
            return (row.updated_at + 1 if row else 0), ()
        at = max(part.created_at for part in stored)
        return at, tuple(part.id for part in stored if part.created_at == at)


def _sendable(text: str) -> str:
    """Half a surrogate pair cannot be journaled or sent: a question mark goes in its place."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _html(markdown: str) -> str:
    from tui.text.markdown import to_html

    return to_html(markdown)
