"""Payloads in every text field of every model, through the client's own decoder, read back by other rules.

Each payload is put into a share of the models, another one each time. The fields are found by
asking the models. And every payload as the name of an attachment that is saved.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

import tui.api.models as all_models
from tests.hostile.answers import words_of
from tests.hostile.payloads import Payload
from tests.hostile.rules import bad_characters
from tui.api.decoding import decode_one, decode_page
from tui.api.errors import AnswerError
from tui.api.models.base import Model
from tui.inbox.attachments import safe_name

__all__ = ["check_names", "check_places"]

_DEEPEST: Final = 5


def check_places(payloads: Sequence[Payload]) -> tuple[int, list[str]]:
    """How many fields there are, and what was read that should have been cleaned. One document holds one payload."""
    wrong: list[str] = []
    models = [
        each for each in vars(all_models).values()
        if isinstance(each, type) and issubclass(each, Model) and each is not Model
    ]  # fmt: skip
    templates = [(each, json.dumps(_document(msgspec.inspect.type_info(each), 0))) for each in models]
    places = sum(text.count("PAYLOAD") for _, text in templates)
    for number, payload in enumerate(payloads):
        quoted = json.dumps(payload.text, ensure_ascii=bool(number % 2))[1:-1]
        # A long text in five hundred fields teaches no more than in a few: the next one goes into others.
        every = 4 if len(payload.text) < 100 else 20 if len(payload.text) < 3_000 else 80
        for at, (model, text) in enumerate(templates):
            if (at + number) % every:
                continue
            raw = text.replace("PAYLOAD", quoted).encode("utf-8", "surrogatepass")
            try:
                read: object = (
                    decode_one(raw, model) if at % 2 else decode_page(b'{"data":[' + raw + b"]}", model, "data")
                )
            except AnswerError as error:
                if "far more" not in str(error):
                    wrong.append(f"{payload.family} in {model.__name__}: {error}")
                continue
            if bad := bad_characters(words_of(read), allowed="\n\t"):
                wrong.append(
                    f"{payload.family} in {model.__name__}: {sorted(map(ascii, bad))} of {payload.text[:80]!a}"
                )
    return places, wrong


def _document(info: msgspec.inspect.Type, depth: int) -> Any:
    """What a type may hold, with PAYLOAD wherever text may be."""
    match info:
        case msgspec.inspect.Metadata():
            return _document(info.type, depth)
        case msgspec.inspect.UnionType():
            kinds = sorted(
                info.types, key=lambda each: isinstance(each, msgspec.inspect.NoneType | msgspec.inspect.IntType)
            )
            return _document(kinds[0], depth)
        case msgspec.inspect.StrType() | msgspec.inspect.AnyType():
            return "xPAYLOAD"
        case msgspec.inspect.StructType() if depth < _DEEPEST:
            return {each.encode_name: _document(each.type, depth + 1) for each in info.fields}
        case msgspec.inspect.ListType():
            return [_document(info.item_type, depth + 1)] if depth < _DEEPEST else []
        case msgspec.inspect.DictType():
            return {"xPAYLOAD": ["xPAYLOAD", {"xPAYLOAD": "xPAYLOAD"}]}
        case msgspec.inspect.BoolType():
            return True
        case msgspec.inspect.IntType():
            return 5
        case _:
            return None


def check_names(payloads: Sequence[Payload], folder: Path) -> tuple[int, list[str]]:
    """Each payload as a file's name: one new file of that name in the folder, not hidden, no option, no control."""
    wrong: list[str] = []
    count = 0
    for payload, name in _names(payloads):
        safe = safe_name(name)
        before = set(folder.iterdir())
        try:
            (folder / safe).write_bytes(b"")
        except (OSError, ValueError) as error:
            wrong.append(f"{payload.family}: {name[:60]!a} cannot be saved as {safe[:60]!a}: {error}")
            continue
        new = set(folder.iterdir()) - before
        count += 1
        odd = safe.startswith((".", "-", " ")) or safe.endswith((" ", ".")) or len(safe.encode()) > 200
        if odd or bad_characters(safe) or (folder / safe).parent != folder or {each.name for each in new} - {safe}:
            wrong.append(f"{payload.family}: {name[:60]!a} is saved as {safe[:60]!a}")
    return count, wrong


def _names(payloads: Sequence[Payload]) -> Iterator[tuple[Payload, str]]:
    """The payloads as the store holds them: decoded once."""
    for payload in payloads:
        raw = json.dumps({"id": "1", "name": payload.text}).encode()
        yield payload, decode_one(raw, all_models.Tag).name
