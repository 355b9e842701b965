"""A question with a few answers, each on its own key."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from tui.app.commands.keys import Press
from tui.app.screens.base import Dialog, Piece, Row, text_rows


class Answer(NamedTuple):
    """`key` gives it, `title` says what it does, `run` does it (None: only closes)."""

    key: str
    title: str
    run: Callable[[], Awaitable[None]] | None = None


class Confirm(Dialog):
    """Shows `text` (a list of (paragraph, style)) and waits for the key of one of `answers`; esc does nothing."""

    def __init__(
        self, title: str, text: Sequence[tuple[str, str]], answers: Sequence[Answer], *, width: int = 64
    ) -> None:
        super().__init__()
        self.title = title
        self.width = width
        self.answers = list(answers)
        self.top = 0
        self._text = list(text)
        self.hints = (("esc", "back"),)

    def rows(self, width: int, height: int) -> list[Row]:
        """The question, then one line an answer; long text scrolls with the arrows."""
        body: list[Row] = []
        for paragraph, style in self._text:
            body += text_rows(paragraph, width, style) if paragraph else [()]
        room = max(1, height - len(self.answers) - 1)
        self.top = max(0, min(self.top, len(body) - room))
        rows = body[self.top : self.top + room]
        if len(body) > room and rows:
            left = len(body) - room - self.top
            rows[-1] = (Piece(f"↑↓ {left} more lines" if left else "↑↓ end", "dim"),)
        rows.append(())
        for answer in self.answers:
            rows.append((Piece(f"{answer.key:>6}  ", "key"), Piece(answer.title)))
        return rows

    async def key(self, press: Press) -> None:
        """The key of an answer runs it."""
        for answer in self.answers:
            if press.name == answer.key:
                self.close()
                if answer.run is not None:
                    await answer.run()
                return
        if press.name in ("down", "pgdn"):
            self.top += 1 if press.name == "down" else 10
        elif press.name in ("up", "pgup"):
            self.top = max(0, self.top - (1 if press.name == "up" else 10))
        else:
            await super().key(press)
