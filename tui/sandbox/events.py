"""Events: what contacts did. A few are made up for each contact when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tui.sandbox import content
from tui.sandbox.furniture import DAY
from tui.sandbox.model import Contact, Event


class Events:
    """All events, newest first for each contact."""

    def __init__(self, contacts: list[Contact], seed: int, now: Callable[[], float]) -> None:
        self._made_up = {contact.id: index for index, contact in enumerate(contacts)}
        self._by_contact: dict[str, list[Event]] = {}
        self._seed = seed
        self._now = now
        self._count = 0

    def of(self, contact: Contact) -> list[Event]:
        """A contact's events, newest first."""
        found = self._by_contact.get(contact.id)
        if found is None:
            found = self._by_contact[contact.id] = self._make_up(contact)
        return found

    def _make_up(self, contact: Contact) -> list[Event]:
        index = self._made_up.get(contact.id)
        if index is None:
            return []
        rng = Random(self._seed * 77 + index)
        last = contact.last_seen_at or contact.created_at
        made: list[Event] = []
        for n in range(rng.randrange(2, 14)):
            words = rng.choice(content.EVENTS)
            last -= rng.randrange(600, 3 * DAY)
            if last < contact.created_at:
                break
            made.append(
                Event(f"{contact.id[:8]}-{index:06x}-{n:04x}", words.name, last, contact.id, words.metadata(rng))
            )
        return made

    def track(self, contact: Contact, name: str, created_at: int, metadata: dict[str, object]) -> Event:
        """Record that a contact did something."""
        event = Event(
            f"{created_at:08x}-e{self._count:05x}-{self._seed & 0xFFFF:04x}", name, created_at, contact.id, metadata
        )
        self._count += 1
        events = self.of(contact)
        events.append(event)
        events.sort(key=lambda known: -known.created_at)
        contact.last_seen_at = max(contact.last_seen_at or 0, created_at)
        return event
