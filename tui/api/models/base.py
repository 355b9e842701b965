"""What every model shares: the kinds of field that Intercom's answers really hold.

Intercom's ids come as strings in one place and integers in another, fields its description calls required may be null
or missing, and "nobody" is ``null``, ``0``, ``"0"`` or absent. To a type checker the fields below are plain (``str``,
``int``, ``str | None``); while decoding they accept all of that, and :meth:`Model.__post_init__` puts the plain value
in place. Whatever is odder still is mended by :mod:`tui.api.decoding`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Optional, TypeVar, cast, get_args, get_type_hints

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
        (_FIXES.get(cls) or _fixes(cls))(self)


_Fix = tuple[int, str, Callable[[], object] | None]
_FIXES: dict[type, Callable[[Model], None]] = {}
_KINDS = {"id": 1, "maybe_id": 2, "maybe_time": 3}


def _fixes(cls: type[Model]) -> Callable[[Model], None]:
    """A function that puts plain values into an instance of ``cls`` after decoding: made once a class.

    Written out field by field: fifteen models make a conversation, and a loop over their fields was a third of the time
    that decoding takes.
    """
    lines = ["def fix(self):", "    pass"]
    values: dict[str, object] = {}
    for kind, name, default in _fields_to_fix(cls):
        lines.append(f"    value = self.{name}")
        if default is not None:
            values[f"default_{name}"] = default
            lines.append(f"    if value is None: self.{name} = default_{name}()")
            lines += [f"    elif value.__class__ is not str: self.{name} = str(value)"] if kind == 1 else []
        elif kind == 2:
            lines.append(f"    if not value or value == '0': self.{name} = None")
            lines.append(f"    elif value.__class__ is not str: self.{name} = str(value)")
        else:
            lines.append(f"    if not value: self.{name} = None")
    exec("\n".join(lines), values)  # noqa: S102 - our own field names and nothing else
    fix = cast("Callable[[Model], None]", values["fix"])
    _FIXES[cls] = fix
    return fix


def _constant(value: object) -> Callable[[], object]:
    return lambda: value


def _fields_to_fix(cls: type[Model]) -> list[_Fix]:
    """Which fields of ``cls`` need looking at after decoding."""
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
    return fixes


class Reference(Model):
    """A pointer to something (``components/schemas/reference``): ``type`` and ``id``."""

    type: Text = ""
    id: Id = ""
