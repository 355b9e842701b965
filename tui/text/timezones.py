"""Which time zone somebody probably lives in, from what Intercom knows of their place.

Intercom's contact has a country and a city but no time zone (``components/schemas/contact_location``, 2.14). The zone
database's own table (``zone1970.tab``, from the tzdata package) says which zones a country has and names each for a
city; where that leaves a choice, no zone is better than a wrong one.
"""

import unicodedata
from functools import cache


def zone_of(country: str, city: str) -> str:
    """The IANA zone of a place, ``""`` where the place does not decide it; ``country`` by name or two-letter code."""
    code = _code(country)
    if not code:
        return ""
    zones = _zones().get(code, ())
    wanted = _plain(city)
    for zone in zones:
        if wanted and _plain(zone.rpartition("/")[2]) == wanted:
            return zone
    own = _zones(own=True).get(code, zones)
    return own[0] if len(own) == 1 else ""


@cache
def _zones(*, own: bool = False) -> dict[str, tuple[str, ...]]:
    """Zones by country; with ``own`` only those that the table lists for the country first (most of its people)."""
    found: dict[str, list[str]] = {}
    for codes, _, zone, *_ in _rows("zone1970.tab"):
        for code in codes.split(",")[: 1 if own else None]:
            found.setdefault(code, []).append(zone)
    return {code: tuple(zones) for code, zones in found.items()}


@cache
def _names() -> dict[str, str]:
    return {_plain(name): code for code, name, *_ in _rows("iso3166.tab")}


def _code(country: str) -> str:
    text = country.strip()
    if len(text) == 2 and text.isascii():
        return text.upper()
    plain = _plain(text)
    return _names().get(_SPELLINGS.get(plain, plain), "")


def _rows(name: str) -> list[list[str]]:
    from importlib import resources  # slow to load, and nothing asks before the first paint

    text = (resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if char.isalnum())


_SPELLINGS = {"unitedkingdom": "britainuk", "greatbritain": "britainuk", "southkorea": "koreasouth"}
"""Names that the zone database's table of countries spells its own way."""
