"""One line to fill in, with an answer under it while it is typed; snooze, search, a new title, a shell command."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from tui.app.dialogs.base import Dialog, Piece, Row, edit_row, text_rows
from tui.app.dialogs.edit import LineEdit
from tui.app.keys.press import Press


class Echo(NamedTuple):
    """What the line means so far: `ok` when enter may be pressed, `text` what to show below it."""

    ok: bool
    text: str


class Prompt(Dialog):
    """Asks for one line. `echo` says what it means as it is typed; `presets` are (text, what it is) to pick by arrow.

    Enter calls `done` with the text, once `echo` finds it good; until then the reason stays on screen.
    """

    def __init__(
        self,
        title: str,
        done: Callable[[str], Awaitable[None]],
        *,
        echo: Callable[[str], Echo] | None = None,
        presets: Sequence[tuple[str, str]] = (),
        text: str = "",
        label: str = "› ",
        width: int = 60,
        help_text: str = "",
    ) -> None:
        super().__init__()
        self.title = title
        self.width = width
        self.edit = LineEdit(text)
        self.presets = list(presets)
        self.cursor = -1
        self._done = done
        self._echo = echo
        self._label = label
        self._help = help_text
        self._insisted = False
        more = (("↑↓", "presets"),) if presets else ()
        self.hints = (("enter", "ok"), *more, ("esc", "cancel"))

    @property
    def value(self) -> str:
        """The preset under the cursor, the text, or the preset that begins like a text which means nothing itself."""
        if self.cursor >= 0:
            return self.presets[self.cursor][0]
        text = self.edit.text.strip()
        if text and self._echo is not None and not self._echo(text).ok:
            return next((preset for preset, _ in self.presets if preset.startswith(text.lower())), text)
        return text

    def rows(self, width: int, height: int) -> list[Row]:
        """The field, what it means, the presets."""
        line, column = edit_row(self.edit, self._label, width)
        self.caret = (column, 0)
        rows: list[Row] = [line]
        if self._echo is not None:
            said = self._echo(self.value) if self.value else Echo(False, "")
            style = "good" if said.ok else "error" if self._insisted else "dim"
            rows += text_rows(said.text or self._help or " ", width, style)[: max(1, height - 1 - len(self.presets))]
        elif self._help:
            rows += text_rows(self._help, width, "dim")
        if self.presets:
            start = len(rows)
            for text, meaning in self.presets[: max(0, height - start)]:
                rows.append((Piece(f"{text:<20} "), Piece(meaning, "dim")))
            if self.cursor >= 0:
                self.selected = start + self.cursor
        return rows

    async def key(self, press: Press) -> None:
        """Edit, walk the presets, accept."""
        if press.name == "enter":
            await self._accept()
        elif press.name in ("down", "ctrl+n") and self.presets:
            self.cursor = min(self.cursor + 1, len(self.presets) - 1)
        elif press.name in ("up", "ctrl+p") and self.presets:
            self.cursor = max(self.cursor - 1, -1)
        elif self.edit.key(press):
            self.cursor = -1
            self._insisted = False
        else:
            await super().key(press)

    def paste(self, text: str) -> None:
        """Pasted text goes into the line."""
        self.edit.insert(text)
        self.cursor = -1

    async def _accept(self) -> None:
        value = self.value
        if not value or (self._echo is not None and not self._echo(value).ok):
            self._insisted = True
            return
        self.close()
        await self._done(value)
