"""A conversation and what is in it (``components/schemas/conversation`` and ``conversation_list_item``, 2.14).

``conversation_list_item`` is ``conversation`` without parts, so one model serves both.
"""

from __future__ import annotations

from msgspec import field

from tui.api.models_base import (
    Count,
    Duration,
    Flag,
    Id,
    Json,
    Lenient,
    MaybeId,
    MaybeTime,
    Model,
    Reference,
    Text,
    Time,
)

__all__ = [
    "AiAgent",
    "Attachment",
    "Author",
    "Contacts",
    "Conversation",
    "ConversationParts",
    "FirstContactReply",
    "LinkedObject",
    "LinkedObjects",
    "Part",
    "Rating",
    "SlaApplied",
    "Source",
    "Statistics",
    "Tag",
    "Tags",
    "Teammates",
]


class Tag(Model):
    """A label. ``applied_at`` and ``applied_by`` only where it hangs on something."""

    type: Text = "tag"
    id: Id = ""
    name: Text = ""
    applied_at: MaybeTime = None
    applied_by: Reference | None = None


class Tags(Model):
    """The tags of a conversation."""

    tags: Lenient[list[Tag]] = field(default_factory=list)


class Attachment(Model):
    """A file of a part. ``url`` may expire: read the conversation again before opening. ``filesize`` in bytes."""

    type: Text = "upload"
    name: Text = ""
    url: Text = ""
    content_type: Text = ""
    filesize: Count = 0
    width: Count = 0
    height: Count = 0


class Author(Model):
    """Who wrote a part: ``type`` is ``user``, ``lead``, ``contact``, ``admin``, ``team`` or ``bot``."""

    type: Text = ""
    id: Id = ""
    name: Text = ""
    email: Text = ""
    from_ai_agent: Flag = False
    is_ai_answer: Flag = False


class Source(Model):
    """The first message of a conversation; it is not among the parts. ``body`` is HTML."""

    type: Text = ""
    id: Id = ""
    delivered_as: Text = ""
    subject: Text = ""
    body: Text = ""
    author: Lenient[Author] = field(default_factory=Author)
    attachments: Lenient[list[Attachment]] = field(default_factory=list)
    url: Text = ""
    redacted: Flag = False


class Part(Model):
    """One part: a comment, a note, or an event (``part_type``: ``comment``, ``note``, ``assignment``, ``close``, …).

    ``body`` is HTML and empty for most events. ``assigned_to`` is who an assignment gave it to. ``event_details`` and
    ``metadata`` are as Intercom sent them (workflow attribute changes, custom actions, quick replies).
    """

    type: Text = "conversation_part"
    id: Id = ""
    part_type: Text = ""
    body: Text = ""
    created_at: Time = 0
    updated_at: Time = 0
    notified_at: Time = 0
    assigned_to: Reference | None = None
    author: Lenient[Author] = field(default_factory=Author)
    attachments: Lenient[list[Attachment]] = field(default_factory=list)
    external_id: Text = ""
    redacted: Flag = False
    state: Text = ""
    tags: Lenient[list[Tag]] = field(default_factory=list)
    event_details: Lenient[dict[str, Json]] = field(default_factory=dict)
    metadata: Lenient[dict[str, Json]] = field(default_factory=dict)
    email_message_metadata: Lenient[dict[str, Json]] = field(default_factory=dict)
    app_package_code: Text = ""


class ConversationParts(Model):
    """The parts that came along: at most the newest 500 of ``total_count``, none in a list or search answer."""

    parts: Lenient[list[Part]] = field(default_factory=list, name="conversation_parts")
    total_count: Count = 0


class ContactReference(Model):
    """A contact of a conversation: ``id`` is Intercom's, ``external_id`` the customer's own."""

    type: Text = "contact"
    id: Id = ""
    external_id: Text = ""


class Contacts(Model):
    """The contacts of a conversation or ticket."""

    contacts: Lenient[list[ContactReference]] = field(default_factory=list)


class Teammates(Model):
    """The admins who took part."""

    teammates: Lenient[list[Reference]] = field(default_factory=list)


class Statistics(Model):
    """Times (Unix seconds), durations (seconds) and counts that Intercom keeps of a conversation."""

    time_to_assignment: Duration = None
    time_to_admin_reply: Duration = None
    time_to_first_close: Duration = None
    time_to_last_close: Duration = None
    median_time_to_reply: Duration = None
    first_contact_reply_at: MaybeTime = None
    first_assignment_at: MaybeTime = None
    first_admin_reply_at: MaybeTime = None
    first_close_at: MaybeTime = None
    last_assignment_at: MaybeTime = None
    last_assignment_admin_reply_at: MaybeTime = None
    last_contact_reply_at: MaybeTime = None
    last_admin_reply_at: MaybeTime = None
    last_close_at: MaybeTime = None
    last_closed_by_id: MaybeId = None
    count_reopens: Count = 0
    count_assignments: Count = 0
    count_conversation_parts: Count = 0


class Rating(Model):
    """A customer's rating, 1 (worst) to 5, and their words."""

    rating: Count = 0
    remark: Text = ""
    created_at: Time = 0
    updated_at: Time = 0
    contact: ContactReference | None = None
    teammate: Reference | None = None


class FirstContactReply(Model):
    """When and where a customer first wrote in a conversation that we started."""

    created_at: Time = 0
    type: Text = ""
    url: Text = ""


class SlaApplied(Model):
    """``sla_status`` is ``hit``, ``missed``, ``cancelled`` or ``active``."""

    type: Text = "conversation_sla_summary"
    sla_name: Text = ""
    sla_status: Text = ""


class LinkedObject(Model):
    """A ticket or conversation linked to this one; ``category`` for tickets."""

    type: Text = ""
    id: Id = ""
    category: Text = ""


class LinkedObjects(Model):
    """What is linked: at most 100 inline."""

    data: Lenient[list[LinkedObject]] = field(default_factory=list)
    total_count: Count = 0
    has_more: Flag = False


class AiAgent(Model):
    """What Fin did in a conversation."""

    source_type: Text = ""
    source_title: Text = ""
    last_answer_type: Text = ""
    resolution_state: Text = ""
    rating: Count = 0
    rating_remark: Text = ""


class Conversation(Model):
    """A conversation. In lists and searches ``conversation_parts`` is empty.

    ``state`` is ``open``, ``closed`` or ``snoozed``; ``priority`` is ``priority`` or ``not_priority``; the two assignee
    ids are None when nobody has it.
    """

    type: Text = "conversation"
    id: Id = ""
    title: Text = ""
    created_at: Time = 0
    updated_at: Time = 0
    waiting_since: MaybeTime = None
    snoozed_until: MaybeTime = None
    open: Flag = False
    state: Text = ""
    read: Flag = False
    priority: Text = "not_priority"
    admin_assignee_id: MaybeId = None
    team_assignee_id: MaybeId = None
    tags: Lenient[Tags] = field(default_factory=Tags)
    conversation_rating: Rating | None = None
    source: Lenient[Source] = field(default_factory=Source)
    contacts: Lenient[Contacts] = field(default_factory=Contacts)
    teammates: Lenient[Teammates] = field(default_factory=Teammates)
    custom_attributes: Lenient[dict[str, Json]] = field(default_factory=dict)
    first_contact_reply: FirstContactReply | None = None
    sla_applied: SlaApplied | None = None
    statistics: Statistics | None = None
    conversation_parts: Lenient[ConversationParts] = field(default_factory=ConversationParts)
    linked_objects: Lenient[LinkedObjects] = field(default_factory=LinkedObjects)
    ai_agent_participated: Flag = False
    ai_agent: AiAgent | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.state:
            # The state went missing: what the boolean and the snooze say is the next best.
            self.state = "open" if self.open else ("snoozed" if self.snoozed_until else "closed")
