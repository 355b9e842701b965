"""Text to read, nearly the whole screen, scrolled with the usual keys and narrowed by typing after ``/``."""

from collections.abc import Sequence

from tui.app.dialogs.base import Dialog, Piece, Row, edit_row
from tui.app.dialogs.edit import LineEdit
from tui.app.keys.press import Press
from tui.model.labels import texts
from tui.text.width import wrap_text


class Pager(Dialog):
    """Shows lines; each is (text, style). `heads` tells which styles head a group and stay with its lines."""

    tall = True

    def __init__(self, title: str, lines: Sequence[tuple[str, str]], *, heads: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.title = title
        self.edit = LineEdit()
        self.filtering = False
        self.top = 0
        self._lines = list(lines)
        self._heads = heads
        self._height = 10
        self._hints()

    def _hints(self) -> None:
        if self.filtering:
            self.hints = (("enter", "keep"), ("esc", "all"))
        else:
            self.hints = (("j k", "scroll"), ("/", "find"), ("esc", "close"))

    def matching(self) -> list[tuple[str, str]]:
        """The lines that hold all words typed, under their headings."""
        words = self.edit.text.lower().split()
        if not words:
            return self._lines
        kept: list[tuple[str, str]] = []
        head: tuple[str, str] | None = None
        for text, style in self._lines:
            if style in self._heads:
                head = (text, style)
            elif all(word in text.lower() for word in words):
                if head is not None:
                    kept.append(head)
                    head = None
                kept.append((text, style))
        return kept

    def rows(self, width: int, height: int) -> list[Row]:
        """The visible part, wrapped."""
        field = self.filtering or bool(self.edit.text)
        self._height = max(1, height - field)
        laid: list[Row] = []
        for text, style in self.matching():
            laid += self.lay(text, style, width)
        self.top = max(0, min(self.top, len(laid) - self._height))
        rows = laid[self.top : self.top + self._height]
        if not laid:
            rows = [(Piece(texts.NO_MATCH, "dim"),)]
        if field:
            line, column = edit_row(self.edit, "/", width)
            rows += [()] * (self._height - len(rows))
            self.caret = (column, len(rows))
            rows.append(line)
        return rows

    def lay(self, text: str, style: str, width: int) -> list[Row]:
        """One line of text as rows."""
        return [(Piece(line, style),) for line in wrap_text(text, width)]

    async def key(self, press: Press) -> None:
        """Scroll, find, close."""
        if self.filtering:
            if press.name == "enter":
                self.filtering = False
            elif press.name == "esc":
                self.edit.set("")
                self.filtering = False
            elif self.edit.key(press):
                self.top = 0
            self._hints()
            return
        half = max(1, self._height // 2)
        moves = {
            "j": 1, "down": 1, "k": -1, "up": -1, "ctrl+d": half, "ctrl+u": -half, "pgdn": self._height,
            "pgup": -self._height, "space": self._height, "G": 10**6, "end": 10**6, "g": -(10**6), "home": -(10**6),
        }  # fmt: skip
        if press.name in moves:
            self.top = max(0, self.top + moves[press.name])
        elif press.name == "/":
            self.filtering = True
        elif press.name in ("q", "?"):
            self.close()
        else:
            await super().key(press)
        self._hints()

    def paste(self, text: str) -> None:
        """Pasted text narrows while finding."""
        if self.filtering:
            self.edit.insert(text)
