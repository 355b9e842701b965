"""Places and their time zones."""

import pytest

from tui.text.timezones import zone_of


@pytest.mark.parametrize(
    ("country", "city", "zone"),
    [
        ("Germany", "Köln", "Europe/Berlin"),
        ("DE", "", "Europe/Berlin"),
        ("France", "Nantes", "Europe/Paris"),
        ("United Kingdom", "Cardiff", "Europe/London"),
        ("Brazil", "São Paulo", "America/Sao_Paulo"),
        ("United States", "Los Angeles", "America/Los_Angeles"),
        ("United States", "Springfield", ""),
        ("Japan", "Osaka", "Asia/Tokyo"),
        ("Atlantis", "Poseidonis", ""),
        ("", "Berlin", ""),
    ],
)
def test_a_place_that_decides_its_zone(country: str, city: str, zone: str) -> None:
    assert zone_of(country, city) == zone
