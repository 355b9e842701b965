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
"""Messages searched for links when none is highlighted; older ones are reached by highlighting them."""


class NumberedFile(NamedTuple):
    """An attachment under the number the thread shows for it."""

    number: int
    part_id: str
    file: AttachmentRow


def numbered_files(parts: Sequence[PartRow]) -> list[NumberedFile]:
    """All attachments of a thread under the numbers shown."""
    files = [(part.id, file) for part in parts for file in part.attachments]
    return [NumberedFile(number, part_id, file) for number, (part_id, file) in enumerate(files, 1)]


def newest_links(parts: Sequence[PartRow], layouter: Layouter) -> list[Link]:
    """The addresses in the newest messages of a thread, newest first."""
    said = [part for part in reversed(parts) if part.body][:_LINK_PARTS]
    return [link for part in said for link in layouter.links(part)]


def thread_text(parts: Sequence[PartRow], now: int, zone: tzinfo, *, earlier: int) -> str:
    """The messages of a thread with authors and times, without quotations; `earlier` parts are not among them."""
    pieces = [
        f"{'[note] ' if part.is_note else ''}{author_words(part)}, "
        f"{moment(part.created_at, now, zone)}\n{to_text(part.body, quotes=False)}"
        for part in parts
        if part.is_message
    ]
    return "\n\n".join([f"[{earlier_words(earlier)}]", *pieces] if earlier else pieces)
