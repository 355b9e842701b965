"""The words of a made-up conversation, written when somebody looks: its source and its parts, true to its header."""

from __future__ import annotations

from tui.sandbox import content
from tui.sandbox.content import FileWords, Script, Turn
from tui.sandbox.furniture import DAY, FIN, FIRST_ADMIN_ID, OPERATOR, Furniture
from tui.sandbox.model import Attachment, Author, Contact, Conversation, Part, Source, State

FIRST_SOURCE_ID = 403_900_000
FIRST_PART_ID = 30_000_000_000
PARTS_A_THREAD = 2048  # room for the ids of one thread's parts

_CHANNELS = {"email": "email", "chat": "conversation", "in_app": "conversation"}


def contact_author(contact: Contact) -> Author:
    """A contact as the author of a part."""
    return Author(
        "user" if contact.role == "user" else "lead",
        contact.id,
        contact.name,
        contact.email or "visitor@unknown.example",
    )


def make_source(conversation: Conversation, script: Script) -> Source:
    """The first message, from the script's first turn."""
    channel = _CHANNELS[script.channel]
    first = script.turns[0]
    return Source(
        FIRST_SOURCE_ID + conversation.index,
        channel,
        "customer_initiated",
        (script.subject or "") if channel == "email" else "",
        first.body_html,
        contact_author(conversation.contacts[0]),
        files(first.attachments, conversation.index),
        None if channel == "email" else "https://app.tidewater.example/home",
    )


def files(words: list[FileWords], index: int) -> tuple[Attachment, ...]:
    """Attachments; every third conversation's links expire."""
    if not words:
        return ()
    return tuple(
        Attachment(
            file.name,
            file.content_type,
            file.size,
            index % 3 == 0,
            *((640, 400) if file.content_type.startswith("image/") else (None, None)),
        )
        for file in words
    )


class ThreadWriter:
    """Writes one thread. `parts` does the work; the rest are its steps."""

    def __init__(self, conversation: Conversation, script: Script, rooms: Furniture) -> None:
        self.conversation = conversation
        self.script = script
        self.rooms = rooms
        self.made: list[Part] = []
        self.state: State = "open"
        self.customer = contact_author(conversation.contacts[0])
        self.admin_id = conversation.admin_assignee_id or FIRST_ADMIN_ID

    def parts(self) -> list[Part]:
        """All parts, oldest first, ending as the header says."""
        conversation = self.conversation
        turns = self._turns()
        times = self._times(turns)
        self._opening(times[0] if times else conversation.updated_at)
        assigned = False
        for i, turn in enumerate(turns):
            at = times[i]
            if turn.author == "customer":
                self._customer(turn, at, i > 0 and turns[i - 1].author == "teammate", times[i - 1] if i else at)
                continue
            if turn.author == "bot":
                self._add("comment", turn.body_html, at, FIN, turn)
                continue
            admin_id = self._who(turn)
            if not assigned and conversation.admin_assignee_id is not None:
                assigned = True
                self._assign_admin(at)
            self._add("note" if turn.author == "note" else "comment", turn.body_html, at, self._admin(admin_id), turn)
        self._ending(assigned)
        return self.made

    def _add(self, kind: str, body: str | None, at: int, author: Author, turn: Turn | None = None) -> Part:
        made = self.made
        conversation = self.conversation
        part = Part(
            FIRST_PART_ID + conversation.index * PARTS_A_THREAD + len(made), kind, body, at, at, author, self.state
        )
        if turn is not None:
            if turn.attachments:
                part.attachments = files(turn.attachments, conversation.index)
            if self.script.channel == "email" and turn.author in ("customer", "teammate"):
                part.email_subject = f"Re: {self.script.subject or ''}"
        made.append(part)
        return part

    def _admin(self, admin_id: int) -> Author:
        return self.rooms.author(admin_id)

    def _who(self, turn: Turn) -> int:
        return self.admin_id if turn.who is None else FIRST_ADMIN_ID + turn.who

    def _turns(self) -> list[Turn]:
        conversation = self.conversation
        standing: content.Standing = "closed" if conversation.state == "closed" else "answered"
        if conversation.waiting_since is not None:
            standing = "fresh" if conversation.waiting_since == conversation.created_at else "waiting"
        return content.play(self.script, standing)

    def _times(self, turns: list[Turn]) -> list[int]:
        """When each turn was sent: the script's delays, stretched to what the header leaves."""
        conversation = self.conversation
        start, end = conversation.created_at, conversation.updated_at
        if conversation.waiting_since is None:
            if conversation.state != "open":  # leave room for the close or the snooze
                end -= min(300, (end - start) // 8)
            return _spread(turns, start, end, with_end=True)
        run = len(turns)
        while run > 0 and turns[run - 1].author in ("customer", "note"):
            run -= 1
        while run < len(turns) and turns[run].author == "note":
            run += 1
        waiting = conversation.waiting_since
        before = _spread(turns[:run], start, waiting, with_end=False)
        last = turns[run:]
        if waiting == start:
            return [*before, *_spread(last, start, end, with_end=True)]
        return [*before, waiting, *_spread(last[1:], waiting, end, with_end=True)]

    def _opening(self, until: int) -> None:
        conversation = self.conversation
        at = min(conversation.created_at + 2, until)
        if conversation.team_assignee_id is not None:
            part = self._add("assignment", None, at, OPERATOR)
            part.assigned_to = ("team", str(conversation.team_assignee_id))
        if conversation.sla is not None:
            part = self._add("operator_workflow_event", None, at, OPERATOR)
            part.event_details = {
                "workflow": {"name": "Promise a reply in office hours"},
                "event": {"type": "sla_applied", "result": conversation.sla.name},
            }
        if conversation.tags and conversation.index % 2:
            tag = self.rooms.tags.get(conversation.tags[0].tag_id)
            part = self._add("conversation_attribute_updated_by_workflow", None, at, OPERATOR)
            part.event_details = {
                "workflow": {"name": "Sort new conversations"},
                "attribute": {"name": "Topic"},
                "value": {"name": tag.name if tag is not None else self.script.topic},
            }

    def _customer(self, turn: Turn, at: int, after_teammate: bool, before: int) -> None:
        """A customer's message; a late answer to a teammate finds the conversation closed and opens it again."""
        late = after_teammate and at - before > 2 * DAY
        if late:
            self.state = "closed"
            self._add("close", None, before + (at - before) // 2, self._admin(self.admin_id))
            self.state = "open"
        self._add("open" if late else "comment", turn.body_html, at, self.customer, turn)

    def _assign_admin(self, at: int) -> None:
        part = self._add("assignment", None, at, self._admin(self.admin_id))
        part.assigned_to = ("admin", str(self.admin_id))

    def _ending(self, assigned: bool) -> None:
        conversation = self.conversation
        end = conversation.updated_at
        if not assigned and conversation.admin_assignee_id is not None:
            self._assign_admin(end)
        author = self._admin(self.admin_id)
        if conversation.state == "closed":
            self.state = "closed"
            self._add("close", None, end, author)
        elif conversation.state == "snoozed":
            self.state = "snoozed"
            self._add("snoozed", None, end, author)
        elif (self.made[-1].created_at if self.made else conversation.created_at) < end:
            part = self._add("conversation_attribute_updated_by_admin", None, end, author)
            part.event_details = {"attribute": {"name": "Language"}, "value": {"name": self.script.language}}


def _spread(turns: list[Turn], start: int, end: int, *, with_end: bool) -> list[int]:
    """Times for ``turns`` after ``start``, the last at ``end`` (or, without it, before ``end``)."""
    if not turns:
        return []
    total = 0
    at: list[int] = []
    for turn in turns:
        total += max(1, turn.delay)
        at.append(total)
    room = end - start
    scale = room / (total if with_end else total * 1.25)
    return [start + int(moment * scale) for moment in at]
