"""How much one answer may hold: a few packed kilobytes unpack to millions of objects, and these take gigabytes."""

import re
from typing import Final

__all__ = ["holds_too_much", "shallow", "without_huge"]

MOST_VALUES: Final = 500_000
"""Values of one answer; the largest that Intercom gives (500 parts, 150 conversations) hold some 40,000."""
MOST_CONTAINERS: Final = 100_000
"""Objects and lists of one answer: each takes up to two kilobytes as a model."""

MOST_VALUES_INSIDE: Final = 5_000
"""Values of one thing inside an item of a list, in an answer that holds too much."""
MOST_STEPS: Final = 1_500_000
"""Brackets and commas of an answer in which such things are looked for: less than a second of work."""

MOST_DEEP: Final = 100
"""Levels of an answer; Intercom's have nine."""

_STEP: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)
_STEP_IN_BYTES: Final = re.compile(_STEP.pattern.encode(), re.DOTALL)
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


def without_huge(document: bytes) -> bytes:
    """The JSON `document` of a list with null for whatever is huge in its items: one of them must not hide the others.

    An answer that is not too large, or beyond any measure, is given back as it is.
    """
    if not holds_too_much(document) or sum(map(document.count, (b"{", b"[", b","))) > MOST_STEPS:
        return document
    cuts: list[tuple[int, int]] = []
    begun: list[tuple[int, int]] = []  # of each container that is open: where it begins, and the values before it
    values = done = 0
    for step in _STEP_IN_BYTES.finditer(document):
        values += document.count(b",", done, step.start())
        done = step.end()
        sign = step[0]
        if sign in b"[{":
            begun.append((step.start(), values))
            values += 1
        elif sign in b"]}" and begun:
            start, before = begun.pop()
            # the document, its list and the items of it are whole; what is in an item may go
            is_inside = len(begun) > 2 or (len(begun) == 2 and sign == b"}")
            if is_inside and values - before > MOST_VALUES_INSIDE:
                while cuts and cuts[-1][0] > start:
                    cuts.pop()
                cuts.append((start, done))
                values = before + 1
    return _with_nulls(document, cuts)


def _with_nulls(document: bytes, cuts: list[tuple[int, int]]) -> bytes:
    kept: list[bytes] = []
    done = 0
    for start, end in cuts:
        kept += (document[done:start], b"null")
        done = end
    return b"".join((*kept, document[done:]))
