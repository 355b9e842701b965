"""What stands in the workspace before anybody writes: teammates, teams, tags, segments, attributes, ticket types."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui.sandbox import content
from tui.sandbox.model import (
    Admin,
    Article,
    Author,
    DataAttribute,
    Json,
    Segment,
    Tag,
    Team,
    TicketState,
    TicketType,
)

FIRST_ADMIN_ID = 991267500
FIRST_TEAM_ID = 5017690
FIRST_TAG_ID = 7522900
FIRST_ARTICLE_ID = 9510000
FIRST_TICKET_TYPE_ID = 1200
FIRST_TICKET_STATE_ID = 8260
BOT_ID = 991267400
WORKSPACE_ID = "tw4x9kq2"
DAY = 86_400


@dataclass(slots=True)
class AwayReason:
    """Why a teammate is away."""

    id: int
    label: str
    emoji: str


@dataclass(slots=True)
class SubscriptionType:
    """A mailing that contacts opt in to or out of."""

    id: int
    name: str
    description: str
    consent_type: str
    content_types: list[str]


@dataclass(slots=True)
class Furniture:
    """Everything that is small enough to be listed whole."""

    admins: dict[int, Admin] = field(default_factory=dict)
    teams: dict[int, Team] = field(default_factory=dict)
    tags: dict[int, Tag] = field(default_factory=dict)
    segments: dict[str, Segment] = field(default_factory=dict)
    attributes: dict[int, DataAttribute] = field(default_factory=dict)
    articles: dict[int, Article] = field(default_factory=dict)
    ticket_types: dict[int, TicketType] = field(default_factory=dict)
    ticket_states: dict[int, TicketState] = field(default_factory=dict)
    away_reasons: dict[int, AwayReason] = field(default_factory=dict)
    subscriptions: dict[int, SubscriptionType] = field(default_factory=dict)
    authors: dict[int, Author] = field(default_factory=dict)

    def author(self, admin_id: int) -> Author:
        """An admin as the author of a part; admins do not change their names here, so one value each will do."""
        found = self.authors.get(admin_id)
        if found is None:
            admin = self.admins[admin_id]
            found = self.authors[admin_id] = Author("admin", str(admin.id), admin.name, admin.email)
        return found


FIN = Author("bot", str(BOT_ID), content.BOT.name, content.BOT.email, from_ai_agent=True, is_ai_answer=True)
OPERATOR = Author("bot", str(BOT_ID), "Operator", content.BOT.email)


def furnish(now: int) -> Furniture:
    """The furniture of a workspace about two years old at ``now``."""
    start = now - 730 * DAY
    rooms = Furniture()
    for i, words in enumerate(content.ADMINS):
        rooms.admins[FIRST_ADMIN_ID + i] = Admin(
            FIRST_ADMIN_ID + i, words.name, words.email, words.job_title, away_mode_enabled=words.away
        )
    for i, team in enumerate(content.TEAMS):
        team_id = FIRST_TEAM_ID + i
        rooms.teams[team_id] = Team(team_id, team.name, [FIRST_ADMIN_ID + m for m in team.members])
        for member in team.members:
            rooms.admins[FIRST_ADMIN_ID + member].team_ids.append(team_id)
    for i, name in enumerate(content.TAGS):
        rooms.tags[FIRST_TAG_ID + i] = Tag(FIRST_TAG_ID + i, name)
    for i, segment in enumerate(content.SEGMENTS):
        segment_id = f"{start:08x}5e93e17{i:09x}"
        rooms.segments[segment_id] = Segment(segment_id, segment.name, start, start, segment.person_type, segment.name)
    for i, reason in enumerate((("Lunch", "🥪"), ("In a meeting", "🗓"), ("Training", "📚"), ("Done for today", "🌙"))):
        rooms.away_reasons[12340 + i] = AwayReason(12340 + i, reason[0], reason[1])
    for sub in (
        SubscriptionType(91, "Product news", "What is new, once a month", "opt_out", ["email"]),
        SubscriptionType(93, "Service alerts", "Outages and delays, by text", "opt_in", ["sms_message"]),
    ):
        rooms.subscriptions[sub.id] = sub
    _articles(rooms, start)
    _attributes(rooms, start)
    _tickets(rooms, start)
    return rooms


def _articles(rooms: Furniture, start: int) -> None:
    collections = list(dict.fromkeys(article.collection for article in content.ARTICLES))
    for i, article in enumerate(content.ARTICLES):
        rooms.articles[FIRST_ARTICLE_ID + i] = Article(
            FIRST_ARTICLE_ID + i,
            article.title,
            article.description,
            article.body_html,
            FIRST_ADMIN_ID + article.author,
            article.state,
            start + i * 3 * DAY,
            start + i * 9 * DAY,
            145 + collections.index(article.collection),
            "collection",
        )


# (model, name, full name, label, type, writable by the API): the built-in ones that matter to an inbox
_BUILT_IN = (
    ("contact", "name", "name", "Name", "string", True),
    ("contact", "email", "email", "Email", "string", True),
    ("contact", "phone", "phone", "Phone", "string", True),
    ("contact", "external_id", "external_id", "User ID", "string", True),
    ("contact", "owner_id", "owner_id", "Owner", "integer", True),
    ("contact", "signed_up_at", "signed_up_at", "Signed up", "date", True),
    ("contact", "last_seen_at", "last_seen_at", "Last seen", "date", False),
    ("contact", "city", "location.city", "City", "string", False),
    ("company", "name", "name", "Company name", "string", True),
    ("company", "company_id", "company_id", "Company ID", "string", False),
    ("company", "size", "size", "Company size", "integer", True),
    ("company", "monthly_spend", "monthly_spend", "Monthly Spend", "float", True),
    ("company", "industry", "industry", "Company industry", "string", True),
    ("company", "website", "website", "Company website", "string", True),
)


def _attributes(rooms: Furniture, start: int) -> None:
    admin = FIRST_ADMIN_ID
    made: list[DataAttribute] = []
    for model, name, full, label, kind, writable in _BUILT_IN:
        made.append(
            DataAttribute(
                0, model, name, full, label, "", kind, writable, False, True, False, False, start, start, admin
            )
        )
    for words in content.DATA_ATTRIBUTES:
        if words.model == "conversation":  # not listed: the endpoint knows contacts and companies only
            continue
        made.append(
            DataAttribute(
                0,
                words.model,
                words.name,
                f"custom_attributes.{words.name}",
                words.label,
                words.description,
                words.data_type,
                True,
                True,
                False,
                True,
                False,
                start,
                start,
                admin,
                list(words.options) or None,
            )
        )
    for i, attribute in enumerate(made):
        attribute.id = 33800 + i
        rooms.attributes[attribute.id] = attribute


_STATES = (
    ("submitted", "Submitted", "Submitted"),
    ("in_progress", "In progress", "In progress"),
    ("waiting_on_customer", "Waiting on customer", "Waiting on you"),
    ("resolved", "Resolved", "Resolved"),
)


def _tickets(rooms: Furniture, start: int) -> None:
    for i, (category, internal, external) in enumerate(_STATES):
        rooms.ticket_states[FIRST_TICKET_STATE_ID + i] = TicketState(
            FIRST_TICKET_STATE_ID + i, category, internal, external
        )
    attribute_id = 190
    for i, words in enumerate(content.TICKET_TYPES):
        type_id = FIRST_TICKET_TYPE_ID + i
        fields: list[Json] = []
        names = (("_default_title_", "string"), ("_default_description_", "string"), *words.attributes)
        for order, (name, kind) in enumerate(names):
            attribute_id += 1
            fields.append(ticket_field(attribute_id, type_id, name, kind, order, start))
        rooms.ticket_types[type_id] = TicketType(
            type_id,
            words.name,
            words.description,
            words.icon,
            words.category,
            start,
            start,
            is_internal=words.category != "Customer",
            attributes=fields,
        )


def ticket_field(field_id: int, type_id: int, name: str, kind: str, order: int, now: int) -> Json:
    """One ``ticket_type_attribute`` as it goes over the wire."""
    return {
        "type": "ticket_type_attribute",
        "id": str(field_id),
        "workspace_id": WORKSPACE_ID,
        "name": name,
        "description": "",
        "data_type": kind,
        "input_options": {"multiline": True} if name == "_default_description_" else {},
        "order": order,
        "required_to_create": False,
        "required_to_create_for_contacts": False,
        "visible_on_create": True,
        "visible_to_contacts": True,
        "default": name.startswith("_default_"),
        "ticket_type_id": type_id,
        "archived": False,
        "created_at": now,
        "updated_at": now,
    }
