"""Coercing what Intercom sent into what a model wants, field by field, noting what was coerced.

Only for what the typed decoder refused: numbers as text, text as numbers, lists without their wrapping, times in
ISO 8601. What cannot be bent is left out, so that the field's default takes its place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TypeVar

import msgspec
import msgspec.inspect

from tui.api.models.base import Model
from tui.model.decoders import converted
from tui.model.labels import api_errors

__all__ = ["make"]

M = TypeVar("M", bound=Model)

_GONE = object()
_FAR = 2**53


def make(value: dict[str, object], model: type[M]) -> tuple[M | None, list[str]]:
    """A ``model`` of ``value``, and a note for each field that had to be bent (none when it fitted)."""
    try:
        return converted(value, model), []
    except msgspec.ValidationError:
        pass
    notes: list[str] = []
    mended = _mend(value, _info(model), "", notes)
    try:
        return converted(mended, model), notes
    except msgspec.ValidationError as error:
        notes.append(str(error))
        return None, notes


@cache
def _info(model: type[Model]) -> msgspec.inspect.Type:
    return msgspec.inspect.type_info(model)


def _mend(value: object, kind: msgspec.inspect.Type, path: str, notes: list[str]) -> object:
    """``value`` bent into ``kind``, or ``_GONE`` so that the default takes its place."""
    result = _bend(value, _bare(kind), path, notes)
    if result is _GONE:
        notes.append(api_errors.DOES_NOT_FIT.format(path=path or "item", kind=type(value).__name__))
    return result


def _bare(kind: msgspec.inspect.Type) -> Sequence[msgspec.inspect.Type]:
    if isinstance(kind, msgspec.inspect.Metadata):
        return _bare(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        return [each for member in kind.types for each in _bare(member)]
    return [kind]


def _bend(value: object, kinds: Sequence[msgspec.inspect.Type], path: str, notes: list[str]) -> object:
    results = (_bend_to(value, kind, path, notes) for kind in sorted(kinds, key=_preference))
    return next((result for result in results if result is not _GONE), _GONE)


def _preference(kind: msgspec.inspect.Type) -> int:
    """Text before numbers: an id bends to text without losing anything."""
    return 0 if isinstance(kind, msgspec.inspect.StrType | msgspec.inspect.NoneType) else 1


def _bend_to(value: object, kind: msgspec.inspect.Type, path: str, notes: list[str]) -> object:
    match kind:
        case msgspec.inspect.AnyType():
            return value
        case msgspec.inspect.NoneType():
            return None if value is None else _GONE
        case msgspec.inspect.StrType():
            return _to_text(value)
        case msgspec.inspect.BoolType():
            return _to_flag(value)
        case msgspec.inspect.IntType():
            return _within(_to_number(value), kind)
        case msgspec.inspect.FloatType():
            return _to_float(value)
        case msgspec.inspect.ListType():
            if not isinstance(value, list):
                return _GONE
            mended = (_mend(each, kind.item_type, f"{path}[{index}]", notes) for index, each in enumerate(value))
            return [each for each in mended if each is not _GONE and each is not None]
        case msgspec.inspect.DictType():
            return value if isinstance(value, dict) else _GONE
        case msgspec.inspect.StructType():
            return _bend_object(value, kind, path, notes)
        case _:
            return _GONE


def _bend_object(value: object, kind: msgspec.inspect.StructType, path: str, notes: list[str]) -> object:
    if isinstance(value, list):
        # Older versions of the API give a bare list where newer ones wrap it in an object.
        lists = [each for each in kind.fields if any(isinstance(k, msgspec.inspect.ListType) for k in _bare(each.type))]
        if len(lists) != 1:
            return _GONE
        value = {lists[0].encode_name: value}
    if not isinstance(value, dict):
        return _GONE
    result: dict[str, object] = {}
    for each in kind.fields:
        if each.encode_name not in value:
            continue
        where = f"{path}.{each.encode_name}" if path else each.encode_name
        mended = _mend(value[each.encode_name], each.type, where, notes)
        if mended is not _GONE:
            result[each.encode_name] = mended
    return result


def _to_text(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) <= _FAR:
        return str(int(value))
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else _GONE
    return str(value) if isinstance(value, float) else _GONE


def _to_flag(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return bool(value)
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False, "": False}.get(value.strip().lower(), _GONE)
    return _GONE


def _to_float(value: object) -> object:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return _GONE
    if isinstance(value, int | float) and abs(value) <= _FAR and math.isfinite(value):
        return float(value)
    return _GONE


def _within(number: object, kind: msgspec.inspect.IntType) -> object:
    """``number``, unless it is beyond what ``kind`` allows: a default is better than losing the whole item."""
    if isinstance(number, int) and (
        (kind.ge is not None and number < kind.ge) or (kind.le is not None and number > kind.le)
    ):
        return _GONE
    return number


def _to_number(value: object) -> object:
    number = _to_float(value)
    if isinstance(number, float):
        return int(number)
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            return _GONE
        try:
            return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
        except (OverflowError, ValueError):
            return _GONE
    return _GONE
