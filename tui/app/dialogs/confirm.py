"""A question with a few answers, each on its own key."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from tui.app.dialogs.base import Dialog, Piece, Row, text_rows
from tui.app.keys.press import Press
from tui.model.labels import texts


class Answer(NamedTuple):
    """`key` gives it, `title` says what it does, `run` does it (None: only closes).

    `after_reading`: where not all of the text was shown, the key scrolls on to the rest instead.
    """

    key: str
    title: str
    run: Callable[[], Awaitable[None]] | None = None
    after_reading: bool = False


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
        self._page = 10
        self._shown = 0
        self.has_shown_all = False
        """Whether every line of the text was shown, one after the other."""

    def rows(self, width: int, height: int) -> list[Row]:
        """The question, then one line an answer; long text scrolls with the arrows."""
        body: list[Row] = []
        for paragraph, style in self._text:
            body += text_rows(paragraph, width, style) if paragraph else [()]
        room = max(1, height - len(self.answers) - 1)
        scrolls = len(body) > room
        if scrolls:
            # the last line says how much more there is
            room = max(1, room - 1)
        self.top = max(0, min(self.top, len(body) - room))
        self._page = max(1, room - 1)
        if self.top <= self._shown:
            self._shown = max(self._shown, self.top + room)
        self.has_shown_all = self._shown >= len(body)
        rows = body[self.top : self.top + room]
        if scrolls:
            left = len(body) - room - self.top
            rows.append((Piece(texts.MORE_LINES.format(count=left) if left else "↑↓ end", "dim"),))
        rows.append(())
        for answer in self.answers:
            rows.append((Piece(f"{answer.key:>6}  ", "key"), Piece(answer.title)))
        return rows

    async def key(self, press: Press) -> None:
        """The key of an answer runs it."""
        for answer in self.answers:
            if press.name == answer.key:
                if answer.after_reading and not self.has_shown_all:
                    self.top += self._page
                    return
                self.close()
                if answer.run is not None:
                    await answer.run()
                return
        if press.name in ("down", "pgdn"):
            self.top += 1 if press.name == "down" else self._page
        elif press.name in ("up", "pgup"):
            self.top = max(0, self.top - (1 if press.name == "up" else self._page))
        else:
            await super().key(press)
