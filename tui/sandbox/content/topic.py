"""What a topic is: how people open it, and how the talk goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from tui.sandbox.content.shapes import Sentiment


class Beat(NamedTuple):
    """One step of a talk: any of its texts will do. `who` is an index into `ADMINS` for a note by somebody in particular."""

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
