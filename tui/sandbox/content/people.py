"""Invented people and companies."""

from __future__ import annotations

from random import Random

from tui.sandbox.content.shapes import CompanyWords, Person


def person(rng: Random) -> Person:
    """One invented customer (role `user`) or lead."""
    n = rng.randrange(10**6)
    return Person(
        "Maria Okafor", f"maria{n}@shop.example", None, "user", "en", "Europe/London", "Leeds", "England",
        "United Kingdom", "firefox", "Windows", "Harbour", {},
    )  # fmt: skip


def company(rng: Random) -> CompanyWords:
    """One invented company."""
    return CompanyWords(f"Lantern {rng.randrange(1000)}", "https://lantern.example", "Harbour", "Retail", 12, 49)
