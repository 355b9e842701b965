"""The furniture of Tidewater's workspace: teammates, teams, tags, saved replies, attributes, events, ticket types."""
# ruff: noqa: E501 - a saved reply stays on the line it would fill in the composer

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

# The first is whom the demo's visitor acts as.
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
    "praise",
    "complaint",
    "vip",
)

MACROS: tuple[MacroWords, ...] = (
    MacroWords(
        "Refund: done",
        "<p>Hi {{first_name}},</p><p>I've refunded the payment in full. It takes <b>3–5 working days</b> to show on your card; the credit note is under Settings → Billing → Documents.</p><p>Sorry for the trouble!</p>",
    ),
    MacroWords(
        "VAT: invoice reissued",
        "<p>Hi {{first_name}},</p><p>your VAT number is on file now and the corrected invoice is attached. From here on every invoice carries it.</p>",
    ),
    MacroWords(
        "Outage: we know",
        "<p>Hi {{first_name}},</p><p>thanks for telling us, and yes: it's on our side. Engineers are working on it and I'll write here as soon as it's over. Live updates: <a href=\"https://status.tidewater.example\">status.tidewater.example</a></p>",
    ),
    MacroWords(
        "Outage: over",
        "<p>Hi {{first_name}},</p><p>everything is back to normal. If a label is missing please print it again, you won't be charged twice. A report follows tomorrow.</p>",
    ),
    MacroWords(
        "Ask for a screenshot",
        "<p>Hi {{first_name}},</p><p>could you send me a screenshot of what you see, and tell me roughly when it happened? With the two I can find it in our logs.</p>",
    ),
    MacroWords(
        "Blank labels: paper size",
        "<p>Hi {{first_name}},</p><ol><li>Settings → Printing: choose <b>100 × 150 mm</b></li><li>the same in the printer's driver, under “Stock”</li><li>print the test label</li></ol><p>If the blank ones go on after that, write back and we'll look together.</p>",
    ),
    MacroWords(
        "Cancel: confirmed",
        "<p>Hi {{first_name}},</p><p>your plan ends with the month you've paid for; nothing is charged after that. You can read and export everything for another year. All the best!</p>",
    ),
    MacroWords(
        "Feature request: noted",
        "<p>Hi {{first_name}},</p><p>I've added your vote, with your own words next to it, because they say it better than we would. Everyone who voted gets a mail on the day it's there.</p>",
    ),
    MacroWords(
        "GDPR: received",
        "<p>Dear {{first_name}},</p><p>we confirm receipt of your request. You'll have our full answer within 14 days, well inside the legal month.</p>",
    ),
    MacroWords(
        "Wrong address",
        "<p>Hello,</p><p>I'm afraid that this reached the wrong Tidewater: we make software for shipping labels. I'd hate for your message to get lost, so please try the right address.</p>",
    ),
    MacroWords(
        "Deutsch: bin dran",
        "<p>Hallo {{first_name}},</p><p>danke für Ihre Nachricht. Ich sehe es mir an und melde mich noch heute.</p>",
    ),
    MacroWords(
        "Español: estoy en ello",
        "<p>Hola, {{first_name}}:</p><p>gracias por escribirnos. Lo estoy mirando y le respondo hoy mismo.</p>",
    ),
)

DATA_ATTRIBUTES: tuple[AttributeWords, ...] = (
    AttributeWords("plan", "Plan", "contact", "string", "The plan of their workspace", ("Dinghy", "Harbour", "Channel", "Deepwater")),
    AttributeWords("shop_name", "Shop", "contact", "string", "What their shop is called"),
    AttributeWords("shop_platform", "Shop platform", "contact", "string", "What their shop runs on"),
    AttributeWords("labels_last_30_days", "Labels (30 days)", "contact", "integer", "Labels printed in the last 30 days"),
    AttributeWords("label_balance", "Label balance", "contact", "float", "Prepaid postage, in their currency"),
    AttributeWords("main_carrier", "Main carrier", "contact", "string", "The carrier they use most"),
    AttributeWords("printer", "Printer", "contact", "string", "Their label printer"),
    AttributeWords("nps", "NPS", "contact", "integer", "Their last answer, 0 to 10"),
    AttributeWords("beta_tester", "Beta tester", "contact", "boolean", "Gets new things first"),
    AttributeWords("warehouses", "Warehouses", "company", "integer", "Places they ship from"),
    AttributeWords("creation_source", "Source", "company", "string", "How the company got here", ("api", "import", "sales")),
    AttributeWords("topic", "Topic", "conversation", "string", "What it is about"),
    AttributeWords("urgency", "Urgency", "conversation", "string", "How soon it matters", ("can wait", "today", "now")),
)  # fmt: skip

SEGMENTS: tuple[SegmentWords, ...] = (
    SegmentWords("All users", "user"),
    SegmentWords("All leads", "contact"),
    SegmentWords("Active", "user"),
    SegmentWords("New", "user"),
    SegmentWords("Slipping away", "user"),
    SegmentWords("Deepwater customers", "user"),
    SegmentWords("More than 500 labels a month", "user"),
)

_CARRIERS = ("Nordpost", "Kestrel", "Swiftline", "Harbour Express", "Pelican Parcel")


def _labels(rng: Random) -> dict[str, object]:
    return {"count": int(2 ** (rng.random() * 8)), "carrier": rng.choice(_CARRIERS)}


def _order(rng: Random) -> dict[str, object]:
    return {
        "order": {"value": f"#{rng.randint(10_000, 99_999)}", "url": f"https://app.tidewater.example/orders/{rng.randint(1, 99_999)}"},
        "parcels": rng.randint(1, 4),
    }  # fmt: skip


def _money(rng: Random) -> dict[str, object]:
    return {"price": {"amount": rng.choice((2900, 7900, 24900)), "currency": rng.choice(("usd", "gbp", "eur"))}}


def _import(rng: Random) -> dict[str, object]:
    return {
        "rows": rng.randint(20, 9000),
        "failed": rng.randint(0, 12),
        "source": rng.choice(("csv", "api", "ShipSquid")),
    }


def _page(rng: Random) -> dict[str, object]:
    return {"page": rng.choice(("orders", "billing", "returns", "carriers", "printing"))}


def _error(rng: Random) -> dict[str, object]:
    return {
        "code": rng.choice(("carrier_timeout", "invalid_weight", "printer_offline")),
        "request_id": f"req_{rng.getrandbits(48):012x}",
    }


def _nothing(rng: Random) -> dict[str, object]:
    return {}


EVENTS: tuple[EventWords, ...] = (
    EventWords("labels-printed", _labels),
    EventWords("label-voided", _order),
    EventWords("order-shipped", _order),
    EventWords("return-created", _order),
    EventWords("invoice-paid", _money),
    EventWords("payment-failed", _money),
    EventWords("orders-imported", _import),
    EventWords("viewed-page", _page),
    EventWords("label-error", _error),
    EventWords("invited-teammate", _nothing),
    EventWords("logged-in", _nothing),
)

TICKET_TYPES: tuple[TicketTypeWords, ...] = (
    TicketTypeWords("Bug report", "Something that does not work as it should", "🐛", "Customer", (("Severity", "string"), ("Seen since", "datetime"))),
    TicketTypeWords("Claim", "A lost or damaged parcel", "📦", "Customer", (("Tracking number", "string"), ("Value", "decimal"))),
    TicketTypeWords("Data request", "Access or erasure under the GDPR", "🔒", "Back-office", (("Reference", "string"), ("Due", "datetime"))),
    TicketTypeWords("Incident", "One trouble that many customers have", "🔥", "Tracker", (("Status page", "string"),)),
    TicketTypeWords("Feature request", "An idea, with the customer's words", "💡", "Customer", (("Votes", "integer"),)),
)  # fmt: skip
