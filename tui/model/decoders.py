"""JSON into structs, from any thread.

msgspec (0.22) works out what a struct holds when the first decoder of it is made, or the first value converted, and
other threads see that half done: two that begin with the same struct at the same time crash the interpreter. So every
decoder is made in here, one at a time.
"""

import threading
from collections.abc import Callable
from typing import TypeVar, cast

import msgspec

__all__ = ["converted", "decoder"]

T = TypeVar("T")

_ONE_AT_A_TIME = threading.RLock()
_made: dict[object, Callable[[bytes | str], object]] = {}


def decoder(kind: type[T]) -> Callable[[bytes | str], T]:
    """What decodes a JSON document as `kind`; it raises :class:`msgspec.DecodeError` where that is none."""
    found = _made.get(kind)
    if found is None:
        with _ONE_AT_A_TIME:
            found = _made.setdefault(kind, msgspec.json.Decoder(kind).decode)
    return cast("Callable[[bytes | str], T]", found)


def converted(value: object, kind: type[T], *, strict: bool = True) -> T:
    """A plain value as `kind`. Raises :class:`msgspec.ValidationError` where it does not fit."""
    with _ONE_AT_A_TIME:
        return msgspec.convert(value, kind, strict=strict)
