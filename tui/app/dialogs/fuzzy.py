"""Fuzzy matching for the pickers: the letters typed, in order, best where they begin words."""

from typing import Final

_NONE: Final[tuple[int, tuple[int, ...]]] = (-1, ())


def match(needle: str, text: str) -> tuple[int, tuple[int, ...]]:
    """(score, offsets of the matched characters) of `needle` in `text`; (-1, ()) when it does not match.

    An unbroken match beats a scattered one, the start of the text or of a word beats its middle, shorter texts beat
    longer ones. Letter case does not matter; spaces in `needle` part words that must all match.
    """
    low = text.lower()
    if len(low) != len(text):  # a letter whose lower case is longer would shift the offsets
        low = "".join(char.lower()[:1] for char in text)
    total = 0
    at: set[int] = set()
    for word in needle.lower().split():
        score, offsets = _word(word, low)
        if score < 0:
            return _NONE
        total += score
        at.update(offsets)
    return total * 100 + 99 - min(len(text), 99), tuple(sorted(at))


def _word(word: str, low: str) -> tuple[int, tuple[int, ...]]:
    best = -1
    where = low.find(word)
    found: tuple[int, ...] = ()
    while where >= 0:
        starts = where == 0 or not low[where - 1].isalnum()
        score = 40 + (40 if where == 0 else 20 if starts else 0)
        if score > best:
            best, found = score, tuple(range(where, where + len(word)))
        where = low.find(word, where + 1)
    if best >= 0:
        return best, found
    offsets: list[int] = []
    score = 0
    start = 0
    for char in word:
        where = low.find(char, start)
        if where < 0:
            return _NONE
        if where == 0 or not low[where - 1].isalnum():
            score += 4
        elif offsets and where == offsets[-1] + 1:
            score += 2
        offsets.append(where)
        start = where + 1
    return min(score, 39), tuple(offsets)
