"""The picker: a list to choose from, narrowed by typing; it serves assign, tag, view, macro, sort, undo and links."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from tui.app.dialogs.base import Dialog, Piece, Row, edit_row, window
from tui.app.dialogs.edit import LineEdit
from tui.app.dialogs.fuzzy import match
from tui.app.keys.press import Press
from tui.model.labels import texts
from tui.text.width import cell_len, pad


class Choice(NamedTuple):
    """One line of a picker: `value` is what is given back, `detail` stands dim at the right.

    `number` stands before the title, 0 for none; where it is typed, the choice is first.
    """

    value: str
    title: str
    detail: str = ""
    number: int = 0


class Found(NamedTuple):
    """A choice that matches what was typed, and which characters of its title do."""

    choice: Choice
    at: tuple[int, ...] = ()


Chosen = Callable[[list[str]], Awaitable[None]]
"""Called with the values chosen; one, unless several may be."""


class Picker(Dialog):
    """Choose one of `choices`; with `several`, space toggles and enter gives all that are on.

    With `create`, a last line offers what was typed as something new; its value is the text after a ``+``. `preview` is
    called with the value of each choice that the cursor comes to, and with "" when the picker is left without one.
    """

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        chosen: Chosen,
        *,
        several: bool = False,
        on: frozenset[str] = frozenset(),
        create: str = "",
        empty: str = texts.NOTHING_TO_CHOOSE_FROM,
        width: int = 56,
        preview: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self.title = title
        self.width = width
        self.choices = list(choices)
        self.on = set(on)
        self.edit = LineEdit()
        self.cursor = 0
        self._chosen = chosen
        self._several = several
        self._create = create
        self._empty = empty
        self._preview = preview
        self._previewed = ""
        self._top = 0
        self._found: list[Found] = []
        self._height = 10
        act = (("space", "mark"), ("enter", "apply")) if several else (("enter", "choose"),)
        self.hints = (*act, ("type", texts.TO_NARROW), ("esc", "cancel"))
        self._narrow()

    @property
    def shown(self) -> list[Choice]:
        """The choices that match what was typed, best first."""
        return [choice for choice, _ in self._found]

    def _narrow(self) -> None:
        typed = self.edit.text.strip()
        self._found = self.find(typed) if typed else [Found(choice) for choice in self.choices]
        if self._create and typed and all(typed.lower() != choice.title.lower() for choice in self.choices):
            self._found.append(Found(Choice(f"+{typed}", self._create.format(typed))))
        self.cursor = max(0, min(self.cursor, len(self._found) - 1))

    def find(self, typed: str) -> list[Found]:
        """The choices that match what was typed by their title, else by their detail, best first."""
        scored = []
        for order, choice in enumerate(self.choices):
            score, at = match(typed, choice.title)
            penalty = 0
            if score == -1 and choice.detail:
                score, at, penalty = match(typed, choice.detail)[0], (), 4000
            if choice.number and str(choice.number).startswith(typed):
                score, at, penalty = choice.number == int(typed), (), -1_000_000
            if score != -1:
                scored.append((penalty - score, order, Found(choice, at)))
        return [found for _, _, found in sorted(scored, key=lambda row: row[:2])]

    def rows(self, width: int, height: int) -> list[Row]:
        """The field, then the choices that match."""
        line, column = edit_row(self.edit, "› ", width)
        self.caret = (column, 0)
        # Sized for all choices, so that typing does not make the box jump.
        self._height = max(1, min(height - 1, 14, max(len(self.choices) + bool(self._create), 1)))
        rows: list[Row] = [line]
        if not self._found:
            rows.append((Piece(self._empty if not self.choices else texts.NO_MATCH, "dim"),))
        self._top = window(len(self._found), self.cursor, self._top, self._height)
        for index in range(self._top, min(self._top + self._height, len(self._found))):
            choice, at = self._found[index]
            rows.append(self._row(choice, at, width))
        if self._found:
            self.selected = 1 + self.cursor - self._top
        rows += [()] * (self._height + 1 - len(rows))
        return rows

    def _row(self, choice: Choice, at: tuple[int, ...], width: int) -> Row:
        mark = ("[x] " if choice.value in self.on else "[ ] ") if self._several else ""
        if choice.value.startswith("+"):
            mark = ""
        if choice.number:
            mark += f"[{choice.number}] "
        detail = choice.detail
        room = width - cell_len(mark) - (cell_len(detail) + 1 if detail else 0)
        if room < 12:
            detail, room = "", width - cell_len(mark)
        title = pad(choice.title, room)
        pieces = [Piece(mark, "key")]
        start = 0
        for offset in at:
            if offset >= len(title):
                break
            pieces += [Piece(title[start:offset]), Piece(title[offset], "match")]
            start = offset + 1
        pieces.append(Piece(title[start:]))
        if detail:
            pieces.append(Piece(f" {detail}", "dim"))
        return tuple(pieces)

    async def key(self, press: Press) -> None:
        """Move, mark, choose, or narrow by what is typed."""
        if press.name == "enter":
            await self._choose()
        elif (press.name == "space" and self._several and not self.edit.text) or (
            press.name == "tab" and self._several
        ):
            self._toggle()
        elif press.name in _MOVES:
            self._move(_MOVES[press.name])
        elif press.name in ("pgup", "pgdn"):
            self._move(self._height if press.name == "pgdn" else -self._height)
        elif self.edit.key(press):
            self.cursor = 0
            self._narrow()
        else:
            await super().key(press)
        self._show_preview()

    def close(self) -> None:
        """Leave the screen, and what was only looked at with it."""
        super().close()
        self._show_preview()

    def _show_preview(self) -> None:
        """Let the choice under the cursor be seen while the picker is open."""
        here = self._found[self.cursor][0].value if self._found and self.host is not None else ""
        if self._preview is not None and here != self._previewed:
            self._previewed = here
            self._preview(here)

    def paste(self, text: str) -> None:
        """Pasted text narrows."""
        self.edit.insert(text)
        self.cursor = 0
        self._narrow()

    def _move(self, by: int) -> None:
        self.cursor = max(0, min(self.cursor + by, len(self._found) - 1))

    def _toggle(self) -> None:
        if not self._found:
            return
        value = self._found[self.cursor][0].value
        self.on ^= {value}
        if self.edit.text and not value.startswith("+"):
            self.edit.set("")
            self._narrow()

    async def _choose(self) -> None:
        if not self._found and not self._several:
            return
        values = [choice.value for choice in self.choices if choice.value in self.on]
        if self._found:
            here = self._found[self.cursor][0].value
            # Typing a name and pressing enter means that one too.
            if not self._several:
                values = [here]
            elif self.edit.text.strip() and here not in values:
                values.append(here)
        self._preview = None  # what was chosen stays on the screen: nothing is painted back for a moment
        self.close()
        await self._chosen(values)


_MOVES = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "ctrl+j": 1}
