"""What `--json` prints: each shape's keys with their types, found by making the shape of a full and of an empty row.

A key is written as a path: ``contact.name``, ``tags[].id``. What is below `FREE` is the workspace's own and not listed.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from tests.reference.json_words import MEANINGS
from tests.reference.tables import cell, table
from tui.inbox import export
from tui.inbox.actions.codec import encode
from tui.inbox.actions.contact_note import NoteContact
from tui.inbox.actions.note import Note
from tui.inbox.actions.state import Close
from tui.inbox.directory import Directory
from tui.inbox.outbox.outcome import Outcome, Result
from tui.inbox.search.views import View
from tui.inbox.statistics import Overview
from tui.model.outbox import State
from tui.model.rows import (
    AdminRow,
    AttachmentRow,
    ContactRow,
    ConversationRow,
    DraftRow,
    OutboxRow,
    PartRow,
    TagRow,
    TeamRow,
)
from tui.store.maintenance import Info
from tui.store.store import Store

__all__ = ["FREE", "VERBS", "Types", "json_shapes", "json_verbs", "shape_types", "types_of"]

Shape = Mapping[str, object]

Types = dict[str, set[str]]
"""Path of a key to the names of the JSON types that its value can have."""

FREE: Final = frozenset({"custom_attributes", "company_details[].custom_attributes", "unread"})
"""Objects whose keys are not ours."""

VERBS: Final[Mapping[str, tuple[str, bool]]] = {
    "conversation list": ("conversation", True),
    "conversation view": ("thread", False),
    **{f"conversation {verb}": ("outcome", False) for verb in ("reply", "note", "assign")},
    **{f"conversation {verb}": ("outcome", True) for verb in ("close", "open")},
    **{f"conversation {verb}": ("outcome", False) for verb in ("snooze", "tag", "untag", "attribute")},
    "view list": ("view", True),
    "view stats": ("overview", False),
    "contact find": ("contact", True),
    "contact view": ("contact", False),
    "contact create": ("contact", False),
    "contact update": ("contact", False),
    "contact delete": ("deleted", False),
    **{f"contact {verb}": ("outcome", False) for verb in ("note", "tag", "untag")},
    "admin list": ("admin", True),
    "team list": ("team", True),
    "tag list": ("tag", True),
    "tag create": ("tag", False),
    "draft list": ("draft", True),
    "outbox list": ("action", True),
    "outbox show": ("action", False),
    "outbox retry": ("outcome", True),
    "outbox arrived": ("action", True),
    "outbox redact": ("outcome", True),
    "outbox check": ("action", True),
    "outbox discard": ("action", True),
    "store info": ("store", False),
    "store vacuum": ("saved", False),
    "store clear": ("forgotten", False),
}  # fmt: skip
"""The shape that each verb prints, and whether it is an array of them; a test runs every verb against it."""

S = TypeVar("S", bound=msgspec.Struct)


def json_verbs() -> str:
    """Each verb with the name of what it prints."""
    return table(
        ["verb", "prints"],
        [[f"`{verb}`", f"array of [{name}](#{name})" if many else f"[{name}](#{name})"]
         for verb, (name, many) in VERBS.items()],
    )  # fmt: skip


def json_shapes() -> str:
    """A section a shape: key, type, meaning. Raises :class:`KeyError` for a key that nobody has described."""
    out: list[str] = []
    for name, types in shape_types().items():
        out += [f"### {name}", ""]
        if name == "thread":
            out += ["All keys of a [conversation](#conversation), and:", ""]
            types = {path: kinds for path, kinds in types.items() if path not in shape_types()["conversation"]}
        rows = [
            [f"`{path}`", _type_words(types, path), cell(MEANINGS[name][path])]
            for path in types
            if not path.endswith("[]")
        ]
        out += [table(["key", "type", "meaning"], rows), ""]
    return "\n".join(out).rstrip()


def types_of(value: object, path: str = "") -> Types:
    """The types in one JSON value by path."""
    found: Types = {path: {_type_name(value)}} if path else {}
    below: list[tuple[str, object]] = []
    if isinstance(value, Mapping) and path not in FREE:
        below = [(f"{path}.{key}" if path else key, one) for key, one in value.items()]
    elif isinstance(value, list):
        below = [(f"{path}[]", one) for one in value]
    for inner, one in below:
        for where, names in types_of(one, inner).items():
            found.setdefault(where, set()).update(names)
    return found


@cache
def shape_types() -> Mapping[str, Types]:
    """Every shape by name, its keys in the order in which they are printed."""
    return {name: _merged(samples) for name, samples in _samples().items()}


def _merged(samples: Sequence[Shape]) -> Types:
    found: Types = {}
    for sample in samples:
        for path, names in types_of(sample).items():
            found.setdefault(path, set()).update(names)
    return found


def _samples() -> dict[str, Sequence[Shape]]:
    """A full and an empty one of each shape."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "inbox.db")
        try:
            names = Directory(store)
            talks = [export.conversation(row, names) for row in _rows(ConversationRow)]
            bare_file = PartRow("1", "1", "note", attachments=(AttachmentRow("1", "1"),))
            parts = [export.part(row) for row in (*_rows(PartRow), bare_file)]
            known = {"attributes": '{"key": "value"}',
                     "companies": '[{"id": "1", "name": "text", "custom_attributes": {}}]'}  # fmt: skip
            people = [export.contact(row, names, list(_rows(ConversationRow))) for row in _rows(ContactRow, **known)]
            unread = (("companies", "text"), ("segments", "text"), ("notes", "text"), ("conversations", "text"))
            people.append(export.contact(ContactRow("1", unread=unread), names))
            people.append(export.contact(ContactRow("1", notes=((0, "1", "1"),)), names))
        finally:
            store.close()
    more: Shape = {"custom_attributes": {}, "earlier_parts": 1}
    payload = encode(NoteContact(contact_id="1", text="text"))
    actions = [export.outbox_action(row) for row in _rows(OutboxRow, payload=payload)]
    bare = OutboxRow(1, "", "close", encode(Close()), State.HELD, 0.0)
    return {
        "conversation": talks,
        "thread": [{**talk, **more, "parts": parts} for talk in talks],
        "view": [export.view(View("1", "1", "1", count)) for count in (1, -1)],
        "overview": [export.overview(row) for row in _rows(Overview)],
        "contact": people,
        "deleted": [{"id": "1", "deleted": True}],
        "admin": [export.admin(row) for row in _rows(AdminRow)],
        "team": [export.team(row, members) for row in _rows(TeamRow) for members in (None, list(_rows(AdminRow)))],
        "tag": [export.tag(row) for row in _rows(TagRow)],
        "draft": [msgspec.structs.asdict(row) for row in _rows(DraftRow)],
        "action": [*actions, export.outbox_action(bare)],
        "outcome": [
            export.outcome(Outcome(1, Note(conversation_id="1", contact_id="1"), Result.DONE, kept="draft"), "text"),
            export.outcome(Outcome(0, Note(), Result.UNCHANGED), ""),
        ],
        "store": [{**msgspec.structs.asdict(row), "missing": missing} for row in _rows(Info)
                  for missing in ("text", None)],
        "saved": [{"bytes_saved": 1}],
        "forgotten": [{"conversations": 1}],
    }  # fmt: skip


def _rows(row: type[S], **known: object) -> Iterator[S]:
    """A row with a value in every field, but for those that are `known`, and one with the defaults."""
    hints = get_type_hints(row)
    full = {field.name: _value(hints[field.name]) for field in msgspec.structs.fields(row)} | known
    yield row(**full)
    needed = {name for name in full if _is_required(row, name)}
    yield row(**{name: full[name] for name in needed})


def _is_required(row: type[msgspec.Struct], name: str) -> bool:
    return next(field.required for field in msgspec.structs.fields(row) if field.name == name)


def _value(hint: Any) -> object:
    """Something of that type that is not empty."""
    made: Mapping[object, Callable[[], object]] = {
        str: lambda: "1", int: lambda: 1, float: lambda: 1.0, bool: lambda: True, bytes: lambda: b"1",
    }  # fmt: skip
    if hint in made:
        return made[hint]()
    kind, inner = get_origin(hint), get_args(hint)
    if kind is tuple:
        return tuple(_value(one) for one in inner if one is not Ellipsis)
    if kind in (Literal, Union, UnionType):
        return inner[0] if kind is Literal else _value(inner[0])
    if issubclass(hint, StrEnum):
        return list(hint)[-1]
    return next(_rows(hint))


def _type_name(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    return {str: "text", int: "number", float: "number", list: "array", dict: "object"}[type(value)]


def _type_words(types: Types, path: str) -> str:
    names = sorted(types[path] - {"null"})
    words = " or ".join(names)
    if names == ["array"]:
        words = f"array of {' or '.join(sorted(types.get(f'{path}[]', {'values'})))}"
        words = words.replace("of text", "of texts").replace("of object", "of objects")
    return words + (" or null" if "null" in types[path] else "")
