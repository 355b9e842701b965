"""Parts of a conversation and its source: who wrote, what, and with which files."""

from __future__ import annotations

from msgspec import field

from tui.api.models.base import Count, Flag, Id, Json, Lenient, Model, Reference, Text, Time
from tui.api.models.tags import Tag

__all__ = ["Attachment", "Author", "ConversationParts", "Part", "Source"]


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
