"""How far the first fill of a store has come, and what could not be read, as the store keeps both."""

import sqlite3

import msgspec

from tui.model.decoders import decoder
from tui.store import people, soundness

GAPS = "sync.gaps"
"""The name under which the store keeps the gaps."""


class Gap(msgspec.Struct, frozen=True, omit_defaults=True):
    """What could not be read: conversations in ``state`` (``""``: any) updated from ``since`` to ``until``, both
    included, in Unix seconds (``until`` 0: up to now). ``reason`` is Intercom's answer, a sentence. ``whole``: of the
    whole state nothing came at all."""

    state: str = ""
    since: int = 0
    until: int = 0
    reason: str = ""
    whole: bool = False


class Progress(msgspec.Struct, omit_defaults=True):
    """How far the first fill has come: the ``phase`` under way, its ``cursor``, conversations ``done``."""

    phase: str = "open"
    cursor: str = ""
    done: int = 0

    @property
    def filling(self) -> str:
        """The state of conversations that is being read, ``""`` once all is."""
        return "" if self.phase == "complete" else self.phase


def progress_of(db: sqlite3.Connection) -> Progress:
    """How far the first fill of this store has come."""
    stored = people.meta(db, "sync.fill")
    return soundness.decoded(decoder(Progress), stored) or Progress()


def is_known(db: sqlite3.Connection) -> bool:
    """Whether the open conversations have been read once, with some success: only then an empty view says something."""
    found_none = any(gap.whole and gap.state == "open" for gap in stored_gaps(people.meta(db, GAPS)))
    return progress_of(db).phase != "open" and not found_none


def stored_gaps(stored: str) -> list[Gap]:
    """The gaps as the store keeps them."""
    return soundness.decoded(decoder(list[Gap]), stored) or []
