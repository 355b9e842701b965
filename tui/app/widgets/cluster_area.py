"""Textual's text area, counting characters as a reader does: by grapheme cluster, whether typed, crossed or deleted.

Textual 8.2 counts code points: backspace takes the joiner out of an emoji, the cursor halves it, and what Python does
not call printable (joiners, U+00A0, U+3000) cannot be typed at all.
"""

import re

from rich.style import StyleType
from rich.text import Text
from textual import events
from textual.document._document import Location
from textual.widgets import TextArea

from tui.text.graphemes import clusters, next_boundary, previous_boundary, snapped
from tui.text.sanitize import clean, typed, waits

_UNJOINED = re.compile("\u200d(?=[\x00-\x7f]|$)")
_BEHIND = 8
"""Characters before the cursor that can decide what a joiner among them means."""


class _Line(Text):
    """A line whose styles never begin or end inside a cluster, which would then be drawn as two."""

    def stylize(self, style: StyleType, start: int = 0, end: int | None = None) -> None:
        """Style from `start` to `end`, widened to whole clusters."""
        text = self.plain
        start = snapped(text, start) if start > 0 else start
        if end is not None and 0 < end < len(text):
            whole = snapped(text, end)
            end = end if whole == end else next_boundary(text, whole)
        super().stylize(style, start, end)


class ClusterArea(TextArea):
    """A text area of clusters; what is typed is cleaned as what is pasted."""

    async def _on_key(self, event: events.Key) -> None:
        character = event.character or ""
        if self.read_only or not typed(character):
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self._restart_blink()
        self.type_character(character)

    def type_character(self, character: str) -> None:
        """Put a typed character in the place of the selection; a joiner before it that joins nothing goes."""
        text = typed(character)
        start, end = sorted(self.selection)
        row, column = start
        before = self.document[row][:column]
        if before and waits(before[-1]) and not waits(text):
            window = before[-_BEHIND:]
            whole = clean(window + text)
            if whole != window + text:
                start, text = (row, column - len(window)), whole
        self._replace_via_keyboard(text, start, end)

    def get_line(self, line_index: int) -> Text:
        """The line to draw. A joiner that waits for what it joins must not swallow the cell after it."""
        text = _UNJOINED.sub("\u200c", self.document.get_line(line_index))
        return _Line(text, end="", no_wrap=True)

    # Where the cursor goes

    def move_cursor(
        self, location: Location, select: bool = False, center: bool = False, record_width: bool = True
    ) -> None:
        """Move the cursor, to the beginning of the cluster where `location` is inside one."""
        super().move_cursor(self._snapped(location), select, center, record_width)

    def get_target_document_location(self, event: events.MouseEvent) -> Location:
        """Where the mouse points."""
        return self._snapped(super().get_target_document_location(event))

    def get_cursor_left_location(self) -> Location:
        """One cluster back, or the end of the line before."""
        row, column = self.cursor_location
        if column == 0:
            return super().get_cursor_left_location()
        return row, previous_boundary(self.document[row], column)

    def get_cursor_right_location(self) -> Location:
        """One cluster on, or the start of the next line."""
        row, column = self.cursor_location
        line = self.document[row]
        return super().get_cursor_right_location() if column >= len(line) else (row, next_boundary(line, column))

    def get_cursor_word_left_location(self) -> Location:
        """The start of the word, over the white space before the cursor."""
        row, column = self.cursor_location
        if column == 0:
            return super().get_cursor_word_left_location()
        found = clusters(self.document[row][:column])
        while found and found[-1].isspace():
            found.pop()
        if found:
            word = _is_word(found[-1])
            while found and _is_word(found[-1]) == word and not found[-1].isspace():
                found.pop()
        return row, sum([len(cluster) for cluster in found])

    def get_cursor_word_right_location(self) -> Location:
        """The end of the word, over the white space at the cursor."""
        row, column = self.cursor_location
        line = self.document[row]
        if column >= len(line):
            return super().get_cursor_word_right_location()
        found = clusters(line[column:])
        index = 0
        while index < len(found) and found[index].isspace():
            index += 1
        if index < len(found):
            word = _is_word(found[index])
            while index < len(found) and _is_word(found[index]) == word and not found[index].isspace():
                index += 1
        return row, column + sum([len(cluster) for cluster in found[:index]])

    def action_delete_word_right(self) -> None:
        """Delete the selection, or to the end of the word."""
        start, end = self.selection
        if start == end:
            if self.cursor_at_end_of_text:
                return
            start = self.get_cursor_word_right_location()
        self._delete_via_keyboard(end, start)

    def _snapped(self, location: Location) -> Location:
        row, column = location
        if not 0 <= row < self.document.line_count:
            return location
        return row, snapped(self.document[row], column)


def _is_word(cluster: str) -> bool:
    return cluster[0].isalnum() or cluster[0] == "_"
