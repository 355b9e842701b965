"""Short words for times, sizes and people, in widths that columns can count on."""

from datetime import tzinfo
from typing import Final

from tui.inbox.part_words import author_words
from tui.model.rows import AttachmentRow, PartRow
from tui.text.durations import DAY, HOUR, MINUTE, age, coarse_age, local
from tui.text.width import truncate

AGE_CELLS: Final = 3
"""The widest `short_age`."""


def short_age(seconds: float, *, coarse: bool = False) -> str:
    """A span of time in at most three cells; `coarse` changes rarely, for a slow line."""
    return coarse_age(int(seconds)) if coarse else age(int(seconds))


def heat(seconds: float) -> int:
    """How long somebody waits, in five steps: under 15 minutes, 1 hour, 4 hours, a day, more."""
    for step, limit in enumerate((15 * MINUTE, HOUR, 4 * HOUR, DAY)):
        if seconds < limit:
            return step
    return 4


def moment(at: float, now: float, zone: tzinfo) -> str:
    """A time with as much of its date as is needed: `14:05`, `Mon 14:05`, `3 Mar`, `3 Mar 2024`."""
    then, today = local(at, zone), local(now, zone)
    days = (today.date() - then.date()).days
    if days == 0:
        return f"{then:%H:%M}"
    if -7 < days < 7:
        return f"{then:%a %H:%M}"
    if then.year == today.year:
        return f"{then.day} {then:%b}"
    return f"{then.day} {then:%b} {then.year}"


def size(count: int) -> str:
    """Bytes as people say them; `""` for an unknown size."""
    if count <= 0:
        return ""
    if count < 1000:
        return f"{count} B"
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"


def file_words(file: AttachmentRow) -> str:
    """How large a file is, as far as is known: `128 kB`, `2.4 MB  1280x800`."""
    pixels = f"{file.width}x{file.height}" if file.width > 0 and file.height > 0 else ""
    return "  ".join(filter(None, (size(file.size), pixels)))


def source_words(part: PartRow, now: float, zone: tzinfo) -> str:
    """In which message something stands: `Ada 14:05`, with the first word of the name."""
    return f"{truncate(author_words(part).split(' ')[0], 12)} {moment(part.created_at, now, zone)}"


def initials(name: str) -> str:
    """Two letters for a teammate: of the first and last word, or the first two; two cells or `""`."""
    words = [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return ""
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else words[0][1:2])
    return truncate(letters.upper(), 2, "")


def plural(count: int, one: str, many: str = "") -> str:
    """`1 part`, `3,450 parts`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
