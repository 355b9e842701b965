"""What can be taken out of a thread: its words, the addresses in it, its files."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final, NamedTuple

from tui.app.widgets.thread_layout import Layouter
from tui.app.widgets.words import moment
from tui.inbox.part_words import author_words, earlier_words
from tui.model.rows import AttachmentRow, PartRow
from tui.text.html import Link, to_text

_LINK_PARTS: Final = 60
"""Messages searched for links where none is highlighted; older ones are reached by highlighting them."""


class Openable(NamedTuple):
    """A link or a file under the number that its message shows for it; `what` is the one or the other."""

    number: int
    part: PartRow
    what: Link | AttachmentRow


def openables(parts: Sequence[PartRow], made: Layouter, current: PartRow | None) -> list[Openable]:
    """What can be opened: of the highlighted message by number, then the files of the thread, newest message first.

    Where none is highlighted, all that stands in the newest messages; of their quotations and signatures only what
    stands nowhere else.
    """
    newest = [part for part in reversed(parts) if part is not current and (part.body or part.attachments)]
    if current is not None:
        found = _of(current, made)
        return found + [one for part in newest for one in _files(part, made)]
    said, older = newest[:_LINK_PARTS], newest[_LINK_PARTS:]
    shown = {one.link.href for part in said for one in made.parsed(part).links if not one.folded}
    found = []
    for part in said:
        folded = {one.link.href for one in made.parsed(part).links if one.folded}
        for one in _of(part, made):
            if not isinstance(one.what, Link) or one.what.href not in folded or one.what.href not in shown:
                found.append(one)
        shown |= folded
    return found + [one for part in older for one in _files(part, made)]


def _of(part: PartRow, made: Layouter) -> list[Openable]:
    links = [Openable(one.number, part, one.link) for one in made.parsed(part).links]
    return sorted([*links, *_files(part, made)], key=lambda one: one.number)


def _files(part: PartRow, made: Layouter) -> list[Openable]:
    if not part.attachments:
        return []
    return [Openable(number, part, file) for number, file in enumerate(part.attachments, made.parsed(part).first_file)]


def thread_text(parts: Sequence[PartRow], now: int, zone: tzinfo, *, earlier: int) -> str:
    """The messages of a thread with authors and times, without quotations; `earlier` parts are not among them."""
    pieces = [
        f"{'[note] ' if part.is_note else ''}{author_words(part)}, "
        f"{moment(part.created_at, now, zone)}\n{to_text(part.body, quotes=False)}"
        for part in parts
        if part.is_message
    ]
    return "\n\n".join([f"[{earlier_words(earlier)}]", *pieces] if earlier else pieces)
