"""The shapes of made-up content: people, companies, threads and the furniture of a workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Literal, NamedTuple

Author = Literal["customer", "teammate", "bot", "note"]
Channel = Literal["email", "chat", "in_app"]
Ending = Literal["waiting", "answered", "resolved"]
Sentiment = Literal["positive", "neutral", "negative"]


@dataclass(slots=True)
class Person:
    """A customer or lead; `language` is an ISO 639-1 code, `timezone` an IANA name."""

    name: str
    email: str
    phone: str | None
    role: Literal["user", "lead"]
    language: str
    timezone: str
    city: str
    region: str
    country: str
    browser: str
    os: str
    plan: str
    custom_attributes: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class CompanyWords:
    """A customer's company; `monthly_spend` in whole dollars, `size` in employees."""

    name: str
    website: str
    plan: str
    industry: str
    size: int
    monthly_spend: int


@dataclass(slots=True)
class FileWords:
    """An attachment; `size` in bytes."""

    name: str
    content_type: str
    size: int


@dataclass(slots=True)
class Turn:
    """One message of a thread.

    `delay` is the seconds since the turn before (0 for the first). `who` is an index into `ADMINS` where the thread
    needs one particular teammate (several people in one war room), None for whoever the conversation is assigned to.
    `settles` marks thanks and goodbyes: nobody waits for an answer after them.
    """

    author: Author
    body_html: str
    delay: int
    attachments: list[FileWords] = field(default_factory=list)
    who: int | None = None
    settles: bool = False


class Headline(NamedTuple):
    """What a list row needs of a thread: equal to what `script` gives for an equal generator.

    `ends` says how the thread stands after its last turn: `waiting` (the customer spoke last), `answered` (a teammate
    or the bot spoke last) or `resolved` (settled: closed in all likelihood). `topic` is one of `TAGS`, `kind` the key
    of the topic's script (see `KINDS`).
    """

    subject: str | None
    first_body_html: str
    first_plain: str
    topic: str
    language: str
    channel: Channel
    ends: Ending
    kind: str = ""


@dataclass(slots=True)
class Script:
    """A whole thread. `turns[0]` is the customer's first message (the conversation's `source`).

    `rest` is what would be said next, were the thread played to its end: empty when it is `resolved`. `holding`,
    `nudge` and `ask_back` are sentences that fit any thread, in its language (HTML): ours to win time, the customer's
    to remind us, and to ask once more.
    """

    topic: str
    language: str
    subject: str | None
    channel: Channel
    turns: list[Turn]
    tags: list[str]
    rating: int | None
    rating_remark: str | None
    sentiment: Sentiment
    ends: Ending
    kind: str = ""
    rest: list[Turn] = field(default_factory=list)
    holding: str = ""
    nudge: str = ""
    ask_back: str = ""


class AdminWords(NamedTuple):
    """A teammate."""

    name: str
    email: str
    job_title: str
    away: bool


class TeamWords(NamedTuple):
    """A team; `members` are indices into `ADMINS`."""

    name: str
    members: tuple[int, ...]


class ArticleWords(NamedTuple):
    """A help center article; `author` is an index into `ADMINS`."""

    title: str
    description: str
    body_html: str
    collection: str
    author: int
    state: Literal["published", "draft"]


class MacroWords(NamedTuple):
    """A saved reply; its body may hold `{{first_name}}`."""

    name: str
    body_html: str


class AttributeWords(NamedTuple):
    """A custom data attribute of contacts, companies or conversations."""

    name: str
    label: str
    model: Literal["contact", "company", "conversation"]
    data_type: Literal["string", "integer", "float", "boolean", "date"]
    description: str
    options: tuple[str, ...] = ()


class SegmentWords(NamedTuple):
    """A segment of contacts or leads."""

    name: str
    person_type: Literal["contact", "user"]


class EventWords(NamedTuple):
    """An event that customers' use of the product causes, with a maker of its metadata."""

    name: str
    metadata: Callable[[Random], dict[str, object]]


class TicketTypeWords(NamedTuple):
    """A ticket type; `attributes` are (name, data type) pairs beside the default title and description."""

    name: str
    description: str
    icon: str
    category: Literal["Customer", "Back-office", "Tracker"]
    attributes: tuple[tuple[str, str], ...]
