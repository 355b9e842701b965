"""How much one answer may hold: a few packed kilobytes unpack to millions of objects, and these take gigabytes."""

import re
from typing import Final

__all__ = ["holds_too_much", "shallow"]

MOST_VALUES: Final = 500_000
"""Values of one answer; the largest that Intercom gives (500 parts, 150 conversations) hold some 40,000."""
MOST_CONTAINERS: Final = 100_000
"""Objects and lists of one answer: each takes up to two kilobytes as a model."""

MOST_DEEP: Final = 100
"""Levels of an answer; Intercom's have nine."""

_STEP: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
_TEXT: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


def holds_too_much(document: bytes) -> bool:
    """Whether the JSON `document` holds more than any answer of Intercom's, told without reading it."""
    if document.count(b"{") + document.count(b"[") + document.count(b",") <= MOST_CONTAINERS:
        return False
    containers = values = done = 0
    for text in _TEXT.finditer(document):  # style sheets in bodies are full of braces
        containers, values = _counted(document[done : text.start()], containers, values)
        if containers > MOST_CONTAINERS or values > MOST_VALUES:
            return True
        done = text.end()
    containers, values = _counted(document[done:], containers, values)
    return containers > MOST_CONTAINERS or values > MOST_VALUES


def _counted(bare: bytes, containers: int, values: int) -> tuple[int, int]:
    """The counts so far and those of `bare`, a piece of a document without texts."""
    opened = bare.count(b"{") + bare.count(b"[")
    return containers + opened, values + opened + bare.count(b",")


def shallow(document: str) -> str:
    """The JSON `document` with null for whatever lies deeper than any parser goes: one odd value must cost no other."""
    kept: list[str] = []
    depth = done = 0
    for step in _STEP.finditer(document):
        sign = step[0]
        if sign in "[{":
            depth += 1
            if depth == MOST_DEEP + 1:
                kept += (document[done : step.start()], "null")
        elif sign in "]}":
            depth -= 1
            if depth == MOST_DEEP:
                done = step.end()
    return "".join((*kept, document[done:])) if kept else document
