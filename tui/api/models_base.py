"""What every model shares: the kinds of field that Intercom's answers really hold.

Intercom's ids come as strings in one place and integers in another, fields its description calls required may be null
or missing, and "nobody" is ``null``, ``0``, ``"0"`` or absent. To a type checker the fields below are plain (``str``,
``int``, ``str | None``); while decoding they accept all of that, and :meth:`Model.__post_init__` puts the plain value
in place. Whatever is odder still is mended by :mod:`tui.api.decoding`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeVar, get_args, get_type_hints

import msgspec

__all__ = [
    "Count",
    "Duration",
    "Flag",
    "Id",
    "Json",
    "Lenient",
    "MaybeId",
    "MaybeTime",
    "Model",
    "Reference",
    "Text",
    "Time",
]

T = TypeVar("T")

_FAR = 2**53
"""Numbers beyond this are nobody's time or count, and would not fit SQLite's integers for ever."""
_LAST = 253_370_764_800
"""1 January 9999: no calendar can show later, and milliseconds sent for seconds end up beyond it."""

if TYPE_CHECKING:
    Lenient = Annotated[T, "null becomes the default"]
    Id = str
    MaybeId = str | None
    MaybeTime = int | None
    Duration = int | None
    Json = object
    Text = str
    Flag = bool
    Time = int
    Count = int
else:
    Lenient = Optional
    _Number = Annotated[int, msgspec.Meta(ge=-_FAR, le=_FAR)]
    _Moment = Annotated[int, msgspec.Meta(ge=0, le=_LAST)]
    Id = Annotated[str | int | None, msgspec.Meta(extra={"kind": "id"})]
    MaybeId = Annotated[str | int | None, msgspec.Meta(extra={"kind": "maybe_id"})]
    MaybeTime = Annotated[_Moment | None, msgspec.Meta(extra={"kind": "maybe_time"})]
    Duration = _Number | None
    Json = Any
    Text = str | None
    Flag = bool | None
    Time = _Moment | None
    Count = _Number | None

# Id         an identifier; "" when missing
# MaybeId    an identifier, or None for null, 0, "0", "" and missing
# Text       text; "" for null
# Flag       a boolean; its default for null
# Time       Unix seconds, UTC; 0 for null and for what is no time (before 1970, after the year 9998)
# MaybeTime  the same, but None for null and 0
# Duration   seconds; None for null
# Count      a number of things; its default for null
# Json       whatever JSON holds


class Model(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """A JSON object of Intercom's. Unknown fields are ignored, every field has a default.

    Not watched for reference cycles, which trees of JSON do not have: put no model into itself.
    """

    def __post_init__(self) -> None:
        cls = type(self)
        for kind, name, default in _FIXES.get(cls) or _fixes(cls):
            value = getattr(self, name)
            if value is None:
                if default is not None:
                    setattr(self, name, default())
            elif kind == 0:
                continue
            elif kind == 1:
                if type(value) is not str:
                    setattr(self, name, str(value))
            elif kind == 2:
                if not value or value == "0":
                    setattr(self, name, None)
                elif type(value) is not str:
                    setattr(self, name, str(value))
            elif not value:
                setattr(self, name, None)


_Fix = tuple[int, str, Callable[[], object] | None]
_FIXES: dict[type, tuple[_Fix, ...]] = {}
_KINDS = {"id": 1, "maybe_id": 2, "maybe_time": 3}


def _constant(value: object) -> Callable[[], object]:
    return lambda: value


def _fixes(cls: type[Model]) -> tuple[_Fix, ...]:
    """Which fields of ``cls`` need looking at after decoding: worked out once a class."""
    hints = get_type_hints(cls, include_extras=True)
    fixes: list[_Fix] = []
    for info in msgspec.structs.fields(cls):
        hint = hints[info.name]
        kind = 0
        for note in getattr(hint, "__metadata__", ()):
            if isinstance(note, msgspec.Meta) and note.extra:
                kind = _KINDS.get(str(note.extra.get("kind")), 0)
        if kind in (2, 3):
            fixes.append((kind, info.name, None))
            continue
        default: Callable[[], object] | None = None
        if info.default_factory is not msgspec.NODEFAULT:
            default = info.default_factory
        elif info.default is not msgspec.NODEFAULT and info.default is not None:
            default = _constant(info.default)
        if default is not None and (kind == 1 or type(None) in get_args(hint)):
            fixes.append((kind, info.name, default))
    # Never empty, so that a class with nothing to fix is not worked out again.
    result = tuple(fixes) or ((0, cls.__struct_fields__[0], None),)
    _FIXES[cls] = result
    return result


class Reference(Model):
    """A pointer to something (``components/schemas/reference``): ``type`` and ``id``."""

    type: Text = ""
    id: Id = ""
