"""What a topic is: how people open it, and how the talk goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from tui.sandbox.content.shapes import Sentiment


class Beat(NamedTuple):
    """One step of a talk: any of its texts that fits. `who` is an index into `ADMINS` for a certain person's note."""

    kind: Literal["us", "them", "note"]
    texts: tuple[str, ...]
    files: tuple[str, ...] = ()
    who: int | None = None


def us(*texts: str, files: tuple[str, ...] = ()) -> Beat:
    """A teammate answers the customer."""
    return Beat("us", texts, files)


def them(*texts: str, files: tuple[str, ...] = ()) -> Beat:
    """The customer writes."""
    return Beat("them", texts, files)


def note(*texts: str, who: int | None = None) -> Beat:
    """A teammate tells the others, unseen by the customer."""
    return Beat("note", texts, (), who)


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of conversation. Texts are templates (see `template`); `beats` must read well when cut after any of them.

    A text may say what it answers: `o13: …` fits the first and third opening only, `t2: …` the second text of the
    customer's beat before it, likewise `u` (ours) and `n` (note); several together must all hold. Subjects and the
    bot's answers take `o`. An opening that starts with `~` is in too much of a hurry for greetings.

    `channels` holds a letter for each way in: e(mail), c(hat), i(n app). `files` names attachments that the opening may
    carry. `fin` are answers the bot tries in chat. `bare` texts get no greeting, signature or change of style.
    """

    key: str
    tags: tuple[str, ...]
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    beats: tuple[Beat, ...] = ()
    fin: tuple[str, ...] = ()
    mood: Sentiment = "neutral"
    channels: str = "eec"
    files: tuple[str, ...] = ()
    weight: int = 4
    language: str = "en"
    bare: bool = False


_LABEL = re.compile(r"(?:[otun][0-9]+ ?)+: ")

Path = dict[str, int]
"""Which texts were chosen so far: letter (o, t, u, n) to place, counted from 1."""


class Fitting(NamedTuple):
    """One opening, ready to be drawn: its text, whether it is hasty, and the subjects and bot answers that suit it."""

    text: str
    hasty: bool
    subjects: tuple[str, ...]
    fin: tuple[str, ...]


@cache
def _labelled(text: str) -> tuple[tuple[tuple[str, frozenset[int]], ...], str]:
    match = _LABEL.match(text)
    if match is None:
        return (), text
    words = match[0][:-2].split()
    return tuple((word[0], frozenset(map(int, word[1:]))) for word in words), text[match.end() :]


def fitting(texts: tuple[str, ...], path: Path) -> list[tuple[int, str]]:
    """The texts that fit what was said, without their labels, each with its place (from 1)."""
    found: list[tuple[int, str]] = []
    for place, text in enumerate(texts, 1):
        conditions, words = _labelled(text)
        if all(letter not in path or path[letter] in places for letter, places in conditions):
            found.append((place, words))
    return found


@cache
def openings(topic: Topic) -> tuple[Fitting, ...]:
    """The openings of a topic, in order."""
    made: list[Fitting] = []
    for place, text in enumerate(topic.openings, 1):
        path = {"o": place}
        subjects = tuple(words for _, words in fitting(topic.subjects, path))
        fin = tuple(words for _, words in fitting(topic.fin, path))
        made.append(Fitting(text.removeprefix("~"), text.startswith("~"), subjects, fin))
    return tuple(made)
