"""Custom attributes: their values in words for people, and as Intercom sent them for programs.

A value is text, a number, true or false, nothing, or, since relationships and lists came, objects and lists of these
(``components/schemas/custom_attributes`` and ``custom_object_instance_list`` of Intercom's descriptions).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from tui.text.sanitize import clean_line

Value: TypeAlias = str | int | float | bool | None
"""What a person may give an attribute; None clears it."""
_MOST: Final = 60
"""Values of one attribute that are told."""
_ENDINGS: Final = ("_id", "_at", "_url")


def in_words(value: object) -> str:
    """A value for a person: ``yes``, ``70.5``, ``billing, refund``, the ``name`` of an object before its other values.

    ``""`` where there is nothing to say. Whatever depth it has, no more than sixty values are told.
    """
    said: list[str] = []
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += reversed(_of_object(one))
        elif isinstance(one, list):
            waiting += reversed(one)
        elif word := _word(one):
            if len(said) == _MOST:
                said.append("…")
                break
            said.append(word)
    return ", ".join(said)


def _of_object(value: Mapping[str, object]) -> list[object]:
    """The values that say something, the name first; what only keeps the books is told where there is nothing else."""
    telling = [each for key, each in value.items() if key != "name" and not _is_bookkeeping(key)]
    if value.get("name"):
        return [value["name"], *telling]
    if not any(each not in (None, "", [], {}) for each in telling):
        return [value.get("external_id") or value.get("id")]
    return telling


def _is_bookkeeping(key: str) -> bool:
    return key in ("type", "id", "url") or key.endswith(_ENDINGS)


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return clean_line(str(value)).strip()


def as_json(values: object) -> str:
    """Values as the store keeps them, a JSON text; ``""`` for none."""
    if not values:
        return ""
    import json  # numbers of any size, which the typed encoder refuses

    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> object:
    """What :func:`as_json` made a text of; an empty object for ``""``."""
    import json

    return json.loads(text) if text else {}


def by_name(text: str) -> dict[str, object]:
    """The values of a stored JSON text by their names; none for ``""`` and for what is no object."""
    values = from_json(text)
    return values if isinstance(values, dict) else {}


def typed(text: str) -> Value:
    """What somebody wrote as a value: numbers, ``true``, ``false`` and ``null`` as JSON knows them, else the text."""
    import json

    try:
        plain = json.loads(text)
    except ValueError:
        return text
    return plain if plain is None or isinstance(plain, str | int | float | bool) else text
