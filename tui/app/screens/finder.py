"""Finding a contact: what the store knows at once, what Intercom knows a moment later."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from tui.app.commands.keys import Press
from tui.app.screens.base import Dialog, Piece, Row, edit_row, window
from tui.app.screens.edit import LineEdit
from tui.store.rows import ContactRow
from tui.text.width import cell_len, pad

if TYPE_CHECKING:
    from tui.inbox.contacts import Contacts

_REST = 0.25
"""Seconds without a key before Intercom is asked: one request a pause, not one a letter."""
_HEIGHT = 12


class Finder(Dialog):
    """Type part of a name, e-mail or phone; enter opens the contact."""

    title = "Find a contact"
    width = 68

    def __init__(
        self,
        contacts: "Contacts",
        opened: Callable[[str], None],
        background: Callable[[Coroutine[object, object, None]], None],
    ) -> None:
        super().__init__()
        self.edit = LineEdit()
        self.cursor = 0
        self.found: list[ContactRow] = []
        self.asking = False
        self._contacts = contacts
        self._opened = opened
        self._background = background
        self._top = 0
        self._asked = 0
        self.hints = (("enter", "open"), ("↑↓", "choose"), ("esc", "cancel"))
        self._look()

    def _look(self) -> None:
        text = self.edit.text.strip()
        # One letter is in nearly every name: nothing to show, and a long look for it.
        self.asking = len(text) >= 2
        self.found = self._contacts.find_cached(text) if self.asking else []
        self.cursor = 0
        self._asked += 1
        if self.asking:
            self._background(self._ask(text, self._asked))

    async def _ask(self, text: str, asked: int) -> None:
        await asyncio.sleep(_REST)
        if asked != self._asked or self.host is None:
            return
        try:
            rows = await self._contacts.find(text)
        finally:
            if asked == self._asked:
                self.asking = False
                self.refresh()
        if asked != self._asked:
            return
        known = {row.id for row in self.found}
        here = self.found[self.cursor].id if self.found else ""
        # Behind what is shown: the line under somebody's finger must not change.
        self.found += [row for row in rows if row.id not in known]
        self.cursor = next((at for at, row in enumerate(self.found) if row.id == here), 0)
        self.refresh()

    def rows(self, width: int, height: int) -> list[Row]:
        """The field and the contacts."""
        line, column = edit_row(self.edit, "@ ", width)
        self.caret = (column, 0)
        rows: list[Row] = [line]
        room = max(1, min(_HEIGHT, height - 2))
        self._top = window(len(self.found), self.cursor, self._top, room)
        for row in self.found[self._top : self._top + room]:
            who = row.email or row.phone
            name = pad(row.display, max(10, min(30, width - cell_len(who) - 1)))
            about = " · ".join(word for word in (who if who != row.display else "", *row.company_names[:1]) if word)
            rows.append((Piece(name), Piece(f" {about}", "dim")))
        if self.found:
            self.selected = 1 + self.cursor - self._top
        rows += [()] * (room + 1 - len(rows))
        rows.append((Piece(self._said(), "dim"),))
        return rows

    def _said(self) -> str:
        if self.asking:
            return "asking Intercom…"
        if not self.found:
            few = len(self.edit.text.strip()) < 2
            return "Type part of a name, an e-mail or a phone number." if few else "Nobody found."
        return f"{len(self.found)} found"

    async def key(self, press: Press) -> None:
        """Narrow, move, open."""
        if press.name == "enter":
            if self.found:
                chosen = self.found[self.cursor].id
                self.close()
                self._opened(chosen)
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
