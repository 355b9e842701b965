"""Actions as the journal keeps them: JSON, told apart by the field ``kind``."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import or_

import msgspec

from tui.inbox import actions
from tui.inbox.actions.base import Action, Baseline
from tui.inbox.actions.unreadable import left_of
from tui.model.decoders import decoder
from tui.model.rows import ConversationRow, OutboxRow
from tui.store import soundness


def _with_tag(cls: type[Action]) -> Iterator[type[Action]]:
    """The classes that can be journaled: those that nothing derives from."""
    below = cls.__subclasses__()
    if not below:
        yield cls
    for one in below:
        yield from _with_tag(one)


@functools.cache
def classes() -> dict[str, type[Action]]:
    """Every action by its kind, by their names. Their modules load at the first call: a start without unsent actions
    does without them."""
    for module in pkgutil.iter_modules(actions.__path__):
        if module.name not in ("base", "codec"):
            importlib.import_module(f"{actions.__name__}.{module.name}")
    return dict(sorted((str(cls.__struct_config__.tag), cls) for cls in set(_with_tag(Action))))


@functools.cache
def silent_kinds() -> frozenset[str]:
    """The kinds of action that nobody asked for by themselves, and that are not told of."""
    return frozenset(kind for kind, cls in classes().items() if cls.silent)


encode = msgspec.json.Encoder().encode


@functools.cache
def _decode() -> Callable[[bytes | str], Action]:
    return decoder(reduce(or_, classes().values()))


def decode(payload: bytes) -> Action:
    """The action of a journal row; of one that is damaged an ``Unreadable`` with what is left of its words."""
    return soundness.decoded(_decode(), payload) or left_of(payload)


def decode_baseline(payload: bytes) -> Baseline | None:
    """The baseline of a journal row, None where none was taken."""
    return soundness.decoded(decoder(Baseline), payload) if payload else None


def overlay(row: ConversationRow, journaled: Sequence[OutboxRow]) -> ConversationRow:
    """The conversation as it will be after these journaled actions."""
    for one in journaled:
        row = decode(one.payload).apply(row, int(one.created_at))
    return row
