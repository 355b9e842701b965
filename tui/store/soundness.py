"""Whether a row holds what its table promises, and what can still be made of one that does not.

SQLite keeps any type in any column, and a damaged page may give whatever it likes. Rows of what Intercom can send again
are made good quietly; what cannot be fetched again (drafts, the journal) is set aside by :mod:`tui.store.outbox`.
"""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T")

Row = Sequence[object]
"""A row as SQLite gives it."""

Kind = type[int] | type[str] | type[bytes] | type[float]


def made_good(row: Row, kinds: Sequence[Kind]) -> tuple[object, ...]:
    """The row with every value of the type its column should have: as near as it can be read, else the empty one."""
    return tuple(as_kind(value, kind) for value, kind in zip(row, kinds, strict=True))


def as_kind(value: object, kind: Kind) -> object:
    """One value as the type of its column."""
    if type(value) is kind and not (kind is float and not math.isfinite(value)):  # type: ignore[arg-type] # is a float
        return value
    if kind is int:
        return whole(value)
    if kind is float:
        return number(value)
    if kind is bytes:
        return value.encode() if isinstance(value, str) else b""
    return text(value)


def whole(value: object) -> int:
    """A whole number, 0 where it is none."""
    return int(number(value))


def number(value: object) -> float:
    """A finite number, 0 where it is none."""
    if not isinstance(value, int | float | str):
        return 0.0
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return 0.0
    return found if math.isfinite(found) else 0.0


def text(value: object) -> str:
    """Text, ``""`` for nothing; bytes that are not UTF-8 are replaced."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def decoded(decode: Callable[[bytes | str], T], stored: object) -> T | None:
    """What a column of JSON says, None where it cannot be read."""
    if not isinstance(stored, bytes | str):
        return None
    try:
        return decode(stored)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
