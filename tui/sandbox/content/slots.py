"""What fills the slots of a thread: prices, orders, carriers, weekdays, in the thread's language."""

# ruff: noqa: E501 - tables of words

from __future__ import annotations

import re
from random import Random

from tui.sandbox.content.names import COLOURS
from tui.sandbox.content.shapes import Person
from tui.sandbox.content.template import Maker, Slots

_UNSAFE = re.compile(r"[<>&\"]")
PRICES = {"Harbour": 29, "Channel": 79, "Deepwater": 249}
_PAID = ("Harbour", "Harbour", "Channel", "Channel", "Deepwater")


def _number(low: int, high: int) -> Maker:
    span = high - low + 1

    def draw(slots: Slots) -> str:
        return str(low + int(slots.rng.random() * span))

    return draw


def _digits(prefix: str, count: int, suffix: str = "") -> Maker:
    low, span = 10 ** (count - 1), 9 * 10 ** (count - 1)

    def draw(slots: Slots) -> str:
        return f"{prefix}{low + int(slots.rng.random() * span)}{suffix}"

    return draw


def _hex(prefix: str, count: int) -> Maker:
    def draw(slots: Slots) -> str:
        return prefix + format(int(slots.rng.random() * 16**count), f"0{count}x")

    return draw


def _money(times: int, fraction: int = 1) -> Maker:
    def draw(slots: Slots) -> str:
        cents = PRICES.get(slots["plan"], 29) * 100 * times // fraction
        return f"{slots['cur']}{cents // 100}.{cents % 100:02d}"

    return draw


def _euros(times: int, fraction: int = 1) -> Maker:
    def draw(slots: Slots) -> str:
        cents = PRICES.get(slots["plan"], 29) * 100 * times // fraction
        return f"{cents // 100},{cents % 100:02d} €"

    return draw


def _some_money(slots: Slots) -> str:
    return f"{slots['cur']}{3 + int(slots.rng.random() * 190)}.{int(slots.rng.random() * 20) * 5:02d}"


def _some_euros(slots: Slots) -> str:
    return f"{3 + int(slots.rng.random() * 190)},{int(slots.rng.random() * 20) * 5:02d} €"


def _clock(slots: Slots) -> str:
    return f"{7 + int(slots.rng.random() * 12)}:{int(slots.rng.random() * 12) * 5:02d}"


def _address(slots: Slots) -> str:
    return f"{slots['me'].lower().replace(' ', '.')}@{slots['domain']}"


def _full(slots: Slots) -> str:
    return f"{slots['me']} {_SURNAMES[int(slots.rng.random() * len(_SURNAMES))]}"


def _domain(slots: Slots) -> str:
    name = "".join(sign for sign in slots["store"].lower() if sign.isascii() and sign.isalnum())
    return f"{name or 'shop'}.example"


STORES = (
    "Lantern and Loom", "Pickled Fox", "Moss Street Ceramics", "Tin Whistle Toys", "Foxglove Candles", "Second Breakfast",
    "Wild Hour Coffee", "Ferrous and Fern", "Paper Heron", "Slow Boat Tea", "Grumpy Goat Soap", "Northlight Prints",
    "Knotwork Yarns", "Salt and Sorrel", "Hollow Oak Guitars", "The Spare Button", "Bramble Cycles", "Little Anvil",
    "Octopus Garden Seeds", "Kettle and Crumb", "Blue Door Books", "Sunday Denim", "Magpie Vintage", "Fathom Dive Gear",
    "Peat and Pine", "Rook and Pawn Games", "Marrow Street Records", "Tallow Lane", "Copper Kite", "Honest Socks",
    "Dog-Eared Maps", "Green Thumb Supply", "Velvet Badger", "Two Left Feet Shoes", "Long Weekend Outdoors",
)  # fmt: skip

_SURNAMES = ("Hartley", "Okafor", "Lindgren", "Castellanos", "Novak", "Brandt", "Iyer", "O'Dowd", "Pruitt", "Sato")

CARRIERS = ("Nordpost", "Kestrel", "Swiftline", "Harbour Express", "Pelican Parcel", "Meridian Post")

ENGLISH: dict[str, tuple[str, ...] | Maker] = {
    "store": STORES,
    "me": ("Jo", "Sam", "Alex", "Kit", "Dana", "Lee", "Morgan", "Ali", "Nic", "Toni", "Chris", "Jamie"),
    "plan": _PAID,
    "cur": ("$",),
    "amount": _money(1),
    "double": _money(2),
    "yearly": _money(10),
    "half": _money(1, 2),
    "money": _some_money,
    "money2": _some_money,
    "order": _digits("#", 5),
    "order2": _digits("#", 5),
    "order3": _digits("#", 5),
    "invoice": _digits("TW-", 6),
    "invoice2": _digits("TW-", 6),
    "tracking": _digits("KX", 9, "GB"),
    "tracking2": _digits("KX", 9, "GB"),
    "last4": _digits("", 4),
    "ticket": _digits("ENG-", 4),
    "reqid": _hex("req_", 12),
    "hexid": _hex("", 8),
    "hookid": _hex("wh_", 10),
    "vatid": _digits("GB", 9),
    "few": _number(2, 9),
    "n": _number(11, 48),
    "many": _number(60, 480),
    "kid": _number(6, 12),
    "lots": _number(1100, 9800),
    "clock": _clock,
    "minutes": _number(5, 55),
    "build": _number(310, 498),
    "carrier": CARRIERS,
    "carrier2": ("Bluebird Freight", "Coastline", "Parcel Otter", "Tern Logistics"),
    "platform": ("Shopwell", "CartPony", "Bazaaro", "Woodcart", "Stallkit"),
    "oldtool": ("ShipSquid", "LabelLlama", "ParcelPal Pro", "an Access database from 2009", "PostMule"),
    "printer": ("Ibex L220", "Rolla 4XL", "Ibex ZP 505", "Tapir T4", "Munbird M1"),
    "product": (
        "beeswax candles", "sourdough starters", "hand-dyed yarn", "enamel mugs", "hot sauce", "ukulele strings",
        "orchid pots", "vintage maps", "dog bandanas", "fountain pen ink", "wool socks", "board games", "cast-iron pans",
        "bath bombs", "garden gnomes", "bicycle bells",
    ),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "month": ("January", "February", "March", "April", "May", "June", "September", "October", "November"),
    "to": ("Norway", "Canada", "Switzerland", "Australia", "Japan", "Brazil", "Iceland", "New Zealand"),
    "town": ("Leeds", "Boise", "Cork", "Halifax", "Tampere", "Ghent", "Dunedin", "Tucson", "Porto", "Aarhus"),
    "colleague": ("Bea", "Marcus", "Oona", "Raj", "Steph", "Piotr", "Imani", "Hugo", "Lindsay", "Yuki"),
    "mate": ("Priya", "Wen", "Declan", "Sade", "Gus"),
    "domain": _domain,
    "myemail": _address,
    "full": _full,
}  # fmt: skip

GERMAN: dict[str, tuple[str, ...] | Maker] = {
    **ENGLISH,
    "store": (
        "Kaffeerösterei Nebelhorn", "Wollwerk Lübeck", "Alte Mühle Feinkost", "Fahrradladen Speiche", "Papier und Faden",
        "Imkerei Sonnentau", "Holzspielzeug Lindner", "Teekontor Elbe", "Blechdose", "Seifenmanufaktur Rügen",
    ),
    "me": ("Kim", "Toni", "Sascha", "Robin", "Chris"),
    "amount": _euros(1),
    "double": _euros(2),
    "yearly": _euros(10),
    "half": _euros(1, 2),
    "money": _some_euros,
    "money2": _some_euros,
    "vatid": _digits("DE", 9),
    "carrier": ("Nordpost", "Kestrel", "Swiftline", "Pelican Parcel", "Brieftaube24"),
    "product": ("Kaffeebohnen", "Wollsocken", "Honiggläser", "Fahrradklingeln", "Holzpuzzles", "Teedosen", "Naturseifen"),
    "day": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"),
    "month": ("Januar", "Februar", "März", "April", "Mai", "Juni", "September", "Oktober", "November"),
    "to": ("Norwegen", "Kanada", "die Schweiz", "Australien", "Japan", "Island"),
    "town": ("Bremen", "Leipzig", "Graz", "Winterthur", "Kassel", "Augsburg", "Rostock"),
    "colleague": ("Jana", "Herr Petersen", "Uli", "Frau Aydın", "Matthias"),
}  # fmt: skip

SPANISH: dict[str, tuple[str, ...] | Maker] = {
    **ENGLISH,
    "store": (
        "Alpargatas del Sur", "Cerámica La Higuera", "Café Tres Montes", "Librería Marea", "Aceites Olivar Viejo",
        "Juguetes Caracol", "Taller Luna de Papel", "Vinilos El Surco", "Cuero y Hebra", "Huerta en Casa",
    ),
    "me": ("Álex", "Mar", "Dani", "Cruz", "Noa"),
    "amount": _euros(1),
    "double": _euros(2),
    "yearly": _euros(10),
    "half": _euros(1, 2),
    "money": _some_euros,
    "money2": _some_euros,
    "vatid": _digits("ESB", 8),
    "carrier": ("Correo Sur", "Kestrel", "Swiftline", "Pelican Parcel"),
    "product": ("alpargatas", "tazas de cerámica", "bolsas de café", "vinilos", "aceites", "juguetes de madera"),
    "day": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado"),
    "month": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "septiembre", "octubre", "noviembre"),
    "to": ("Noruega", "Canadá", "Suiza", "Australia", "Japón", "Chile"),
    "town": ("Sevilla", "Valencia", "Rosario", "Puebla", "Bilbao", "Medellín"),
    "colleague": ("Lucía", "Paco", "Rocío", "Íñigo", "Valentina"),
}  # fmt: skip

_BY_LANGUAGE = {"de": GERMAN, "es": SPANISH}


def slots_for(rng: Random, language: str, person: Person | None) -> Slots:
    """Fresh slots of a thread; those that a person decides (name, shop, plan, currency) are set from them."""
    slots = Slots(rng, _BY_LANGUAGE.get(language, ENGLISH))
    if person is not None:
        slots["me"] = first_name(person)
        slots["full"] = slots["me"] if person.role == "lead" else _UNSAFE.sub("", person.name)
        slots["myemail"] = _UNSAFE.sub("", person.email)
        shop = person.custom_attributes.get("shop_name")
        if isinstance(shop, str):
            slots["store"] = _UNSAFE.sub("", shop)
            slots["domain"] = slots["myemail"].rpartition("@")[2]
        if person.plan in PRICES:
            slots["plan"] = person.plan
        if person.country in ("United Kingdom", "Scotland"):
            slots["cur"] = "£"
    return slots


def first_name(person: Person) -> str:
    """How one would address somebody, in letters only: visitors without a name by their mailbox."""
    words = person.name.split()
    if words and words[0] in COLOURS and person.role == "lead":
        words = [person.email.partition("@")[0].partition(".")[0].capitalize()]
    if not words or not words[0][0].isalpha():
        words = [word for word in words if word.isalpha()] or words
    return "".join(sign for sign in "".join(words[:1]) if sign.isalpha())[:24] or "there"
