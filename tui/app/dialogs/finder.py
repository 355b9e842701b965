"""Finding by typing: what is known here at once, what Intercom knows a moment later. Contacts and articles."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Generic, NamedTuple, TypeVar

from tui.app.dialogs.base import Dialog, Piece, Row, edit_row, window
from tui.app.dialogs.edit import LineEdit
from tui.app.keys.press import Press
from tui.model.labels import texts
from tui.model.rows import ContactRow
from tui.text.width import cell_len, pad

_REST = 0.25
"""Seconds without a key before Intercom is asked: one request a pause, not one a letter."""
_HEIGHT = 12
_LEAST = 2
"""Characters typed before anything is looked for: one letter is in nearly every name."""

T = TypeVar("T")


class Source(NamedTuple, Generic[T]):
    """Where a finder looks. `known` answers at once, `ask` asks Intercom; `key` tells two results apart; `told` is
    (title, detail) of a line; `empty` invites to type."""

    known: Callable[[str], Sequence[T]]
    ask: Callable[[str], Awaitable[Sequence[T]]]
    key: Callable[[T], str]
    told: Callable[[T], tuple[str, str]]
    empty: str


class Finder(Dialog, Generic[T]):
    """Type part of it; enter takes what the bar is on."""

    width = 68

    def __init__(
        self,
        title: str,
        source: Source[T],
        chosen: Callable[[T], None],
        background: Callable[[Coroutine[object, object, None]], None],
        label: str = "› ",
    ) -> None:
        super().__init__()
        self.title = title
        self.edit = LineEdit()
        self.cursor = 0
        self.found: list[T] = []
        self.asking = False
        self._source = source
        self._chosen = chosen
        self._background = background
        self._label = label
        self._top = 0
        self._asked = 0
        self.hints = (("enter", "take"), ("↑↓", "choose"), ("esc", "cancel"))

    def _look(self) -> None:
        text = self.edit.text.strip()
        self.asking = len(text) >= _LEAST
        self.found = list(self._source.known(text)) if self.asking else []
        self.cursor = 0
        self._asked += 1
        if self.asking:
            self._background(self._ask(text, self._asked))

    async def _ask(self, text: str, asked: int) -> None:
        await asyncio.sleep(_REST)
        if asked != self._asked or self.host is None:
            return
        try:
            rows = await self._source.ask(text)
        finally:
            if asked == self._asked:
                self.asking = False
                self.refresh()
        if asked != self._asked:
            return
        known = {self._source.key(row) for row in self.found}
        # Behind what is shown: the line under somebody's finger must not change.
        self.found += [row for row in rows if self._source.key(row) not in known]
        self.refresh()

    def rows(self, width: int, height: int) -> list[Row]:
        """The field and what was found."""
        line, column = edit_row(self.edit, self._label, width)
        self.caret = (column, 0)
        rows: list[Row] = [line]
        room = max(1, min(_HEIGHT, height - 2))
        self._top = window(len(self.found), self.cursor, self._top, room)
        for row in self.found[self._top : self._top + room]:
            title, detail = self._source.told(row)
            name = pad(title, max(10, min(30, width - cell_len(detail) - 1) if detail else width))
            rows.append((Piece(name), Piece(f" {detail}", "dim")))
        if self.found:
            self.selected = 1 + self.cursor - self._top
        rows += [()] * (room + 1 - len(rows))
        rows.append((Piece(self._said(), "dim"),))
        return rows

    def _said(self) -> str:
        if self.asking:
            return texts.SEARCHING_INTERCOM
        if not self.found:
            return self._source.empty if len(self.edit.text.strip()) < _LEAST else texts.NOTHING_FOUND
        return f"{len(self.found)} found"

    async def key(self, press: Press) -> None:
        """Narrow, move, take."""
        if press.name == "enter":
            if self.found:
                chosen = self.found[self.cursor]
                self.close()
                self._chosen(chosen)
        elif press.name in ("down", "ctrl+n", "tab"):
            self.cursor = max(0, min(self.cursor + 1, len(self.found) - 1))
        elif press.name in ("up", "ctrl+p", "shift+tab"):
            self.cursor = max(self.cursor - 1, 0)
        elif self.edit.key(press):
            self._look()
        else:
            await super().key(press)

    def paste(self, text: str) -> None:
        """Pasted text narrows."""
        self.edit.insert(text)
        self._look()


def told_contact(row: ContactRow) -> tuple[str, str]:
    """A contact as one line: name, and how to reach them."""
    who = row.email or row.phone
    return row.display, " · ".join(word for word in (who if who != row.display else "", *row.company_names[:1]) if word)
