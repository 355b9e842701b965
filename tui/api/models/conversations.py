"""Conversations, with what they say of themselves: people, statistics, rating, SLA."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import (
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
from tui.api.models.contacts import ContactReference, Contacts
from tui.api.models.parts import ConversationParts, Source
from tui.api.models.tags import Tags

__all__ = [
    "AiAgent",
    "Conversation",
    "FirstContactReply",
    "LinkedObject",
    "LinkedObjects",
    "Rating",
    "SlaApplied",
    "Statistics",
    "Teammates",
]


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
