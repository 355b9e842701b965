"""Which topics a language draws from, and how often."""

from __future__ import annotations

from bisect import bisect
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from tui.sandbox.content import warroom
from tui.sandbox.content.topic import Topic
from tui.sandbox.content.topics import (
    account,
    billing,
    bugs,
    german,
    hostile,
    howto,
    integration,
    moods,
    others,
    outages,
    rich,
    spanish,
    strangers,
)

_ENGLISH = (
    *billing.TOPICS, *bugs.TOPICS, *outages.TOPICS, *howto.TOPICS, *integration.TOPICS, *account.TOPICS,
    *strangers.TOPICS, *moods.TOPICS, *rich.TOPICS,
)  # fmt: skip
_OWN = (*german.TOPICS, *spanish.TOPICS, *others.TOPICS)

TOPICS: dict[str, Topic] = {topic.key: topic for topic in (*_ENGLISH, *_OWN, *hostile.TOPICS, warroom.TOPIC)}
"""Every topic by its key."""

_HOSTILE_SHARE = 0.02
_WAR_ROOM_SHARE = 0.004
# How much of a language's threads are in that language: who speaks a rarer one mostly writes English to a help desk.
_OWN_SHARE = {"de": 0.9, "es": 0.9, "fr": 0.75, "ja": 0.6, "ar": 0.6, "he": 0.6, "pt": 0.6}
# The languages of threads by nobody in particular, in percent.
_LANGUAGES = ("en",) * 71 + ("de",) * 12 + ("es",) * 10 + ("fr",) * 3 + ("ja", "ar", "he", "pt")


class _Pool(NamedTuple):
    topics: tuple[Topic, ...]
    edges: list[float]  # running totals of their shares, the last a little over 1


@cache
def _pool(language: str) -> _Pool:
    shares: list[tuple[Topic, float]] = [(warroom.TOPIC, _WAR_ROOM_SHARE)]
    shares += [(topic, _HOSTILE_SHARE / len(hostile.TOPICS)) for topic in hostile.TOPICS]
    own = [topic for topic in _OWN if topic.language == language]
    own_share = _OWN_SHARE.get(language, 0.0) if own else 0.0
    for topics, share in ((own, own_share), (_ENGLISH, 1 - own_share)):
        weight = sum(topic.weight for topic in topics)
        room = share * (1 - _HOSTILE_SHARE - _WAR_ROOM_SHARE)
        shares += [(topic, room * topic.weight / weight) for topic in topics]
    edges = list(accumulate(share for _, share in shares))
    edges[-1] = 1.1
    return _Pool(tuple(topic for topic, _ in shares), edges)


def draw_topic(rng: Random, language: str | None, nth: int | None = None) -> Topic:
    """A topic for a person's language, or for anybody; for neighbouring ``nth`` different ones."""
    if language is None:
        language = _LANGUAGES[int(rng.random() * len(_LANGUAGES))]
    pool = _pool(language)
    drawn = rng.random()
    return pool.topics[bisect(pool.edges, drawn if nth is None else spread(nth, _PLASTIC))]


def draw_place(rng: Random, count: int, nth: int | None = None) -> int:
    """One of ``count`` openings; for the ``nth`` that share a topic different ones as well."""
    drawn = rng.random()
    return int(count * (drawn if nth is None else spread(nth, _PLASTIC_SQUARED)))


# Steps of the low-discrepancy sequence R2 (M. Roberts; the plastic number): neighbours lie far apart in both axes.
_PLASTIC = 0.7548776662466927
_PLASTIC_SQUARED = 0.5698402909980532


def spread(nth: int, step: float) -> float:
    """The nth point of an even sequence in [0, 1)."""
    return (0.5 + nth * step) % 1.0
