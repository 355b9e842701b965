"""Conversations, parts, contacts and the outbox as rows: one small value each, with every string already cleaned.

The names are Intercom's. Times are whole Unix seconds (UTC) and 0 where Intercom says ``null``; ids are strings and
``""`` where there is none, so that a reader never meets ``None`` where a column has a natural empty value.
"""

import re
from collections.abc import Sequence

import msgspec

from tui.model.labels import texts
from tui.model.outbox import Hold, State

_MESSAGES = frozenset({"source", "comment", "note"})
"""Part types that are messages even where their text is empty."""
_MARKUP = re.compile(r"<[^<>]*>|&nbsp;|&#160;|&zwnj;|\s+", re.IGNORECASE)
_PICTURE = re.compile(r"<(?:img|video|audio|iframe)\b", re.IGNORECASE)


class ConversationRow(msgspec.Struct, frozen=True, gc=False):
    """A conversation as the list shows it.

    ``n`` is the store's own number (stable for the life of the store; never sent to Intercom). ``preview`` is one
    line: the last words somebody said, as far as the store knows them. ``sla`` is ``""``, ``active``, ``missed``,
    ``hit`` or ``cancelled``. ``pending`` is ``""``, ``waiting`` (queued or on its way), ``held`` (a person must
    decide), ``unsure`` or ``rejected``. ``thread_updated_at`` is the ``updated_at`` that the stored parts belong to
    (0: parts never fetched); ``seen_at`` the ``created_at`` of the newest part that was on this screen. ``part_total``
    is how many parts Intercom has of it (0: never fetched), which may be more than it gives. ``attributes`` are its
    custom attributes as Intercom sent them: a JSON object, ``""`` for none.
    """

    n: int
    id: str
    title: str = ""
    state: str = "open"
    read: bool = True
    priority: bool = False
    created_at: int = 0
    updated_at: int = 0
    waiting_since: int = 0
    snoozed_until: int = 0
    admin_assignee_id: str = ""
    team_assignee_id: str = ""
    contact_id: str = ""
    contact_name: str = ""
    contact_email: str = ""
    preview: str = ""
    preview_by: str = "customer"
    channel: str = ""
    tag_ids: tuple[str, ...] = ()
    sla: str = ""
    rating: int = 0
    rating_remark: str = ""
    part_count: int = 0
    thread_updated_at: int = 0
    seen_at: int = 0
    pending: str = ""
    has_draft: bool = False
    part_total: int = 0
    attributes: str = ""

    @property
    def contact(self) -> str:
        """The contact's name, else their address; ``""`` where neither is known."""
        return self.contact_name or self.contact_email

    def earlier(self, parts: "Sequence[PartRow]") -> int:
        """How many parts Intercom has beyond the stored ones: it gives the newest 500 at most."""
        stored = sum(1 for part in parts if not part.outbox_id and part.part_type != "source")
        return max(0, self.part_total - stored) if stored or self.thread_updated_at else 0


class AttachmentRow(msgspec.Struct, frozen=True, gc=False):
    """A file at a part; ``size`` in bytes, ``width`` and ``height`` in pixels (0 unknown).

    The address may have expired: refetch before opening.
    """

    name: str
    url: str
    content_type: str = ""
    size: int = 0
    width: int = 0
    height: int = 0


class PartRow(msgspec.Struct, frozen=True, gc=False):
    """A conversation part; the first message has ``part_type`` ``source``.

    ``body`` is cleaned HTML (may be empty). ``author_type`` is ``user``, ``lead``, ``contact``, ``admin``, ``bot`` or
    ``team``. ``outbox_id`` is not 0 while the part is ours and Intercom has not confirmed it; ``pending`` then names
    the outbox state (``held`` may still be undone, ``stale`` and ``given up`` wait for a person). ``detail`` says in
    one line what an event did (``"Priya Natarajan"``), where Intercom tells, or why a pending part waits; ``due_at`` is
    the Unix time at which its undo window ends, or until which it is looked for where its fate is unknown.
    """

    id: str
    conversation_id: str
    part_type: str
    body: str = ""
    created_at: int = 0
    author_type: str = ""
    author_id: str = ""
    author_name: str = ""
    from_ai: bool = False
    assigned_to: str = ""
    attachments: tuple[AttachmentRow, ...] = ()
    detail: str = ""
    redacted: bool = False
    outbox_id: int = 0
    pending: str = ""
    due_at: float = 0.0

    @property
    def is_note(self) -> bool:
        """True for a note (``note``, ``note_and_reopen``, …): teammates see it, the customer never does."""
        return self.part_type.startswith("note")

    @property
    def is_message(self) -> bool:
        """True for what is laid out as a message: whatever has text or files, of any type; else it is an event line."""
        return self.part_type in _MESSAGES or bool(self.attachments) or _says_something(self.body)


def _says_something(body: str) -> bool:
    """Whether there is anything to see in a body: events may carry an empty paragraph."""
    return bool(body) and bool(_MARKUP.sub("", body) or _PICTURE.search(body))


class ContactRow(msgspec.Struct, frozen=True, gc=False):
    """A contact with what the contact pane shows. ``custom_attributes`` values are already display text.

    ``attributes`` and ``companies`` are JSON texts for programs, ``""`` for nothing: the custom attributes as Intercom
    sent them, and of each company read ``{id, name, custom_attributes}``.
    """

    id: str
    name: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""
    external_id: str = ""
    owner_id: str = ""
    created_at: int = 0
    updated_at: int = 0
    signed_up_at: int = 0
    last_seen_at: int = 0
    last_replied_at: int = 0
    timezone: str = ""
    city: str = ""
    country: str = ""
    browser: str = ""
    os: str = ""
    language: str = ""
    unsubscribed: bool = False
    blocked: bool = False
    custom_attributes: tuple[tuple[str, str], ...] = ()
    company_ids: tuple[str, ...] = ()
    company_names: tuple[str, ...] = ()
    plan: str = ""
    tag_ids: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    notes: tuple[tuple[int, str, str], ...] = ()
    """``(created_at, author name, text)``, newest first."""
    events: tuple[tuple[int, str], ...] = ()
    """``(created_at, event name)``, newest first."""
    fetched_at: int = 0
    """When the details (not only the list's few fields) were last read; 0: never."""
    unread: tuple[tuple[str, str], ...] = ()
    """``(part, reason)`` of what could not be read with them: ``("segments", "not allowed with this token")``."""
    attributes: str = ""
    companies: str = ""
    has_more_tags: bool = False
    """Whether there are tags that Intercom has not named: it names ten."""

    @property
    def display(self) -> str:
        """The name, or the best thing we have in its place."""
        return self.name or self.email or self.phone or self.external_id or texts.UNKNOWN_CONTACT


class AdminRow(msgspec.Struct, frozen=True, gc=False):
    """A teammate."""

    id: str
    name: str = ""
    email: str = ""
    away: bool = False
    team_ids: tuple[str, ...] = ()


class TeamRow(msgspec.Struct, frozen=True, gc=False):
    """A team that conversations can be assigned to."""

    id: str
    name: str = ""


class TagRow(msgspec.Struct, frozen=True, gc=False):
    """A tag for conversations and contacts."""

    id: str
    name: str = ""


class DraftRow(msgspec.Struct, frozen=True, gc=False):
    """What somebody began to write: one a conversation and ``kind`` (``reply`` or ``note``)."""

    conversation_id: str
    kind: str
    text: str
    updated_at: int = 0


class OutboxRow(msgspec.Struct, frozen=True, gc=False):
    """One journaled action.

    ``payload`` is the encoded :class:`tui.inbox.actions.Action`. ``due_at`` is the Unix time in (fractional) seconds
    before which it must not leave; ``reason`` says in one sentence why a person must decide, or what Intercom answered.
    ``settles_at`` is the Unix time until which an action
    whose fate is unknown is looked for, 0 where it never was unknown.
    Actions asked for together share a ``batch``; ``origin`` names the program that journaled it (see
    :func:`tui.inbox.outbox.steps.whose`). Both are ``""`` in journals written before there were any.
    """

    id: int
    conversation_id: str
    kind: str
    payload: bytes
    state: State
    created_at: float
    due_at: float = 0.0
    held_for: Hold = Hold.NONE
    reason: str = ""
    attempts: int = 0
    sent_at: float = 0.0
    lease_owner: str = ""
    lease_until: float = 0.0
    baseline: bytes = b""
    part_id: str = ""
    undoes: int = 0
    finished_at: float = 0.0
    force: bool = False
    batch: str = ""
    origin: str = ""
    settles_at: float = 0.0

    @property
    def counts_to(self) -> float:
        """The Unix time that is counted down to: the end of the undo window, or of looking for it."""
        return self.settles_at if self.state is State.UNKNOWN else self.due_at


class Change(msgspec.Struct, frozen=True, gc=False):
    """What a write changed: ids, never objects; readers re-read the rows they show.

    ``conversations`` holds Intercom ids; ``everything`` tells that too much changed to name. ``gone`` holds the store's
    numbers of conversations that are no longer in it, which only those who still show them can tell. ``zone``: the
    machine is in another time zone; ``damaged``: a statement met damage, and the store wants to be opened anew.
    """

    conversations: frozenset[str] = frozenset()
    threads: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    directory: bool = False
    outbox: bool = False
    drafts: bool = False
    status: bool = False
    everything: bool = False
    gone: frozenset[int] = frozenset()
    zone: bool = False
    damaged: bool = False
