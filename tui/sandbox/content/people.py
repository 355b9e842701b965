"""Invented people and companies."""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

import re
from bisect import bisect
from itertools import accumulate
from random import Random

from tui.sandbox.content.names import COLOURS, LOCALES, ODD_NAMES, SHOP_FIRST, SHOP_LAST, SHOPS, THINGS, Locale
from tui.sandbox.content.shapes import CompanyWords, Person
from tui.sandbox.content.slots import CARRIERS, PRICES

_EDGES = list(accumulate(locale.weight for locale in LOCALES))
_LATIN = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ë": "e", "ê": "e", "á": "a", "à": "a", "ã": "a",
        "â": "a", "í": "i", "ï": "i", "î": "i", "ı": "i", "ó": "o", "õ": "o", "ô": "o", "ú": "u", "ñ": "n", "ç": "c", "ş": "s",
        "É": "e", "Ö": "oe", "ğ": "g", "y": "y", "å": "a", "ø": "o",
    }
)  # fmt: skip
_NOT_MAILBOX = re.compile(r"[^a-z0-9.]+")
_BROWSERS = (
    ("chrome", "Windows 11"), ("chrome", "Windows 11"), ("chrome", "OS X 10.15.7"), ("safari", "OS X 10.15.7"), ("safari", "iOS 18.1"),
    ("firefox", "Windows 10"), ("firefox", "Linux"), ("edge", "Windows 11"), ("chrome", "Android 14"),
)  # fmt: skip
_PLANS = ("Dinghy", "Harbour", "Harbour", "Harbour", "Harbour", "Channel", "Channel", "Deepwater")
_PLATFORMS = ("Shopwell", "CartPony", "Bazaaro", "Woodcart", "Stallkit", "own shop")
_FREE_MAIL = ("owlmail.example", "postbox.example", "mailhare.example", "inbox.example")
_PRINTERS = ("Ibex L220", "Rolla 4XL", "Ibex ZP 505", "Tapir T4", "Munbird M1", "office printer")
_INDUSTRIES = (
    "Home & garden", "Food & drink", "Apparel", "Toys & games", "Books", "Beauty", "Outdoor", "Electronics",
    "Art & craft", "Pets",
)  # fmt: skip


def person(rng: Random) -> Person:
    """One invented customer (role `user`) or lead. The mailbox belongs to their shop, named in `shop_name`."""
    random = rng.random
    locale = LOCALES[bisect(_EDGES, int(random() * _EDGES[-1]))]
    city, region, zone = locale.places[int(random() * len(locale.places))]
    shop = _shop(rng, locale.language)
    name, mailbox = _name(rng, locale)
    lead = random() < 0.13
    domain = _domain(shop)
    if lead:
        domain = _FREE_MAIL[int(random() * len(_FREE_MAIL))]
        if random() < 0.4:
            name = f"{COLOURS[int(random() * len(COLOURS))]} {THINGS[int(random() * len(THINGS))]}"
            mailbox = f"{mailbox}{int(random() * 90) + 10}"
    browser, system = _BROWSERS[int(random() * len(_BROWSERS))]
    plan = "" if lead else _PLANS[int(random() * len(_PLANS))]
    phone = f"{locale.phone}{int(random() * 900) + 100}" if random() < 0.45 else None
    return Person(
        name, f"{mailbox}@{domain}", phone, "lead" if lead else "user", locale.language, zone, city, region,
        locale.country, browser, system, plan, {} if lead else _attributes(rng, shop),
    )  # fmt: skip


def _name(rng: Random, locale: Locale) -> tuple[str, str]:
    random = rng.random
    if random() < 0.025:
        return ODD_NAMES[int(random() * len(ODD_NAMES))]
    first, _, first_latin = locale.first[int(random() * len(locale.first))].partition("|")
    last, _, last_latin = locale.last[int(random() * len(locale.last))].partition("|")
    name = f"{last} {first}" if locale.language == "ja" else f"{first} {last}"
    given = _mailbox(first_latin or first)
    family = _mailbox(last_latin or last)
    draw = random()
    if draw < 0.3:
        return name, given
    if draw < 0.65:
        return name, f"{given}.{family}"
    if draw < 0.8:
        return name, f"{given[:1]}.{family}"
    return name, f"{given}{family[:1]}{int(random() * 90) + 10}"


def _mailbox(name: str) -> str:
    return _NOT_MAILBOX.sub("", name.lower().translate(_LATIN)) or "info"


def _shop(rng: Random, language: str) -> str:
    first, last = SHOPS.get(language, (SHOP_FIRST, SHOP_LAST))
    return f"{first[int(rng.random() * len(first))]} {last[int(rng.random() * len(last))]}"


def _domain(shop: str) -> str:
    return _NOT_MAILBOX.sub("", shop.lower().translate(_LATIN)) + ".example"


def _attributes(rng: Random, shop: str) -> dict[str, object]:
    random = rng.random
    made: dict[str, object] = {
        "shop_name": shop,
        "shop_platform": _PLATFORMS[int(random() * len(_PLATFORMS))],
        "labels_last_30_days": int(4 * 2 ** (random() * 10)),
        "label_balance": int(random() * 30_000) / 100,
    }
    if random() < 0.5:
        made["main_carrier"] = CARRIERS[int(random() * len(CARRIERS))]
    if random() < 0.3:
        made["printer"] = _PRINTERS[int(random() * len(_PRINTERS))]
    if random() < 0.3:
        made["nps"] = min(10, int(random() * 7) + 5)
    if random() < 0.15:
        made["beta_tester"] = True
    return made


def company(rng: Random, person: Person | None = None) -> CompanyWords:
    """One invented company; with a person, the one they write from."""
    random = rng.random
    language = person.language if person else ("en", "en", "en", "de", "es", "fr")[int(random() * 6)]
    name = str(person.custom_attributes.get("shop_name", "")) if person else ""
    plan = _PLANS[int(random() * len(_PLANS))]
    if person is not None and person.plan:
        plan = person.plan
    name = name or _shop(rng, language)
    size = int(1.5 * 2 ** (random() ** 1.5 * 9))
    industry = _INDUSTRIES[int(random() * len(_INDUSTRIES))]
    return CompanyWords(name, f"https://www.{_domain(name)}", plan, industry, size, PRICES.get(plan, 0))
