"""The furniture of Tidewater's workspace: teammates, teams, tags, saved replies, attributes, events, ticket types."""

from __future__ import annotations

from random import Random

from tui.sandbox.content.shapes import (
    AdminWords,
    AttributeWords,
    EventWords,
    MacroWords,
    SegmentWords,
    TeamWords,
    TicketTypeWords,
)

WORKSPACE_NAME = "Tidewater"

# The first is the demo's visitor: "you".
ADMINS: tuple[AdminWords, ...] = (
    AdminWords("Robin Hale", "robin@tidewater.example", "Support lead", False),
    AdminWords("Priya Raman", "priya@tidewater.example", "Senior support engineer", False),
    AdminWords("Tomás Quintero", "tomas@tidewater.example", "Customer support, Spanish", False),
    AdminWords("Annika Brandt", "annika@tidewater.example", "Customer support, German", False),
    AdminWords("Declan Moore", "declan@tidewater.example", "Billing operations", False),
    AdminWords("Wen Li", "wen@tidewater.example", "Integrations engineer", False),
    AdminWords("Sade Okonjo", "sade@tidewater.example", "Customer success manager", False),
    AdminWords("Gus Lindqvist", "gus@tidewater.example", "On-call engineer, nights", True),
)

BOT = AdminWords("Fin", "fin@tidewater.example", "AI agent", False)

TEAMS: tuple[TeamWords, ...] = (
    TeamWords("Front desk", (0, 1, 2, 3, 6)),
    TeamWords("Billing", (0, 4)),
    TeamWords("Integrations & API", (1, 5, 7)),
    TeamWords("On call", (1, 5, 7)),
    TeamWords("Onboarding & success", (2, 3, 6)),
)

TAGS: tuple[str, ...] = (
    "billing",
    "refund",
    "vat",
    "bug",
    "outage",
    "api",
    "webhooks",
    "how-to",
    "feature request",
    "churn risk",
    "onboarding",
    "security",
    "gdpr",
    "sso",
    "sales",
    "spam",
    "carrier",
    "vip",
)

MACROS: tuple[MacroWords, ...] = (MacroWords("Hello", "<p>Hi {{first_name}},</p>"),)
DATA_ATTRIBUTES: tuple[AttributeWords, ...] = (
    AttributeWords("plan", "Plan", "contact", "string", "The subscription they are on"),
)
SEGMENTS: tuple[SegmentWords, ...] = (SegmentWords("All users", "user"),)


def _label_event(rng: Random) -> dict[str, object]:
    return {"labels": rng.randint(1, 40)}


EVENTS: tuple[EventWords, ...] = (EventWords("label-printed", _label_event),)
TICKET_TYPES: tuple[TicketTypeWords, ...] = (
    TicketTypeWords("Bug report", "Something does not work", "🐛", "Customer", (("Severity", "list"),)),
)
