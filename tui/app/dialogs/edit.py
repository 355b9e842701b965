"""A line of text that somebody edits: the state only, drawn by whoever shows it."""

from tui.app.keys.press import Press
from tui.text.graphemes import next_boundary, previous_boundary
from tui.text.sanitize import clean, clean_line, typed, waits


class LineEdit:
    """One line with a cursor. `cursor` counts characters from the start of `text`."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.cursor = len(text)

    def set(self, text: str) -> None:
        """Replace the text; the cursor goes to its end."""
        self.text = text
        self.cursor = len(text)

    def insert(self, text: str) -> None:
        """Put `text` at the cursor, as one clean line: pasted controls and line ends never get in."""
        lead = " " if text[:1].isspace() else ""
        tail = " " if text[-1:].isspace() and text.strip() else ""
        self._put(lead + clean_line(text) + tail)

    def key(self, press: Press) -> bool:
        """Act on an editing key or a character; False when the key is none of ours."""
        if press.char:
            if press.char.isspace():
                self.insert(press.char)
            else:
                self._put(typed(press.char))
            return True
        edit = _EDITS.get(press.name)
        if edit is None:
            return False
        edit(self)
        return True

    def _put(self, text: str) -> None:
        before = self.text[: self.cursor] + text
        if not waits(text[-1:]):
            before = clean(before)  # a joiner that was typed has its neighbour now, or goes
        self.text = before + self.text[self.cursor :]
        self.cursor = len(before)

    def _word_start(self) -> int:
        at = len(self.text[: self.cursor].rstrip())
        return self.text.rfind(" ", 0, at) + 1 if at else 0

    def _cut(self, start: int, stop: int) -> None:
        self.text = self.text[:start] + self.text[stop:]
        self.cursor = start

    def backspace(self) -> None:
        """Remove the character before the cursor, as a reader counts."""
        self._cut(previous_boundary(self.text, self.cursor), self.cursor)

    def delete(self) -> None:
        """Remove the character at the cursor."""
        self._cut(self.cursor, next_boundary(self.text, self.cursor))

    def delete_word(self) -> None:
        """Remove the word before the cursor."""
        self._cut(self._word_start(), self.cursor)

    def delete_line(self) -> None:
        """Remove everything before the cursor."""
        self._cut(0, self.cursor)

    def left(self) -> None:
        """Cursor one back."""
        self.cursor = previous_boundary(self.text, self.cursor)

    def right(self) -> None:
        """Cursor one forward."""
        self.cursor = next_boundary(self.text, self.cursor)

    def home(self) -> None:
        """Cursor to the start."""
        self.cursor = 0

    def end(self) -> None:
        """Cursor to the end."""
        self.cursor = len(self.text)


_EDITS = {
    "backspace": LineEdit.backspace,
    "del": LineEdit.delete,
    "ctrl+d": LineEdit.delete,
    "ctrl+w": LineEdit.delete_word,
    "ctrl+u": LineEdit.delete_line,
    "left": LineEdit.left,
    "ctrl+b": LineEdit.left,
    "right": LineEdit.right,
    "ctrl+f": LineEdit.right,
    "home": LineEdit.home,
    "ctrl+a": LineEdit.home,
    "end": LineEdit.end,
    "ctrl+e": LineEdit.end,
}
