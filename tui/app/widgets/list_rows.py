"""The rows of a list that are near the screen, and where its cursor and its view stand among all of them."""

from typing import Final

from textual.geometry import clamp

from tui.app.widgets.model import ConversationModel
from tui.model.rows import ConversationRow

_NEIGHBOURS: Final = 30
"""Rows below and above the cursor that are asked for one to go to."""
_KEPT_SCREENS: Final = 8


class ListPosition:
    """The cursor of a list and the first row in view, both counted from 0."""

    def __init__(self) -> None:
        self.cursor = 0
        self.top = 0

    def follow(self, length: int, visible: int) -> None:
        """Bring the cursor into a view of `visible` rows of a list of `length`.

        The view moves by half a page: one large paint now and none for the next keys.
        """
        if visible <= 0:
            return
        if self.cursor < self.top:
            self.top = self.cursor - max(0, min(visible - 1, visible // 2))
        elif self.cursor >= self.top + visible:
            self.top = self.cursor - visible + 1 + visible // 2
        self.top = clamp(self.top, 0, max(0, length - visible))
        if self.cursor >= self.top + visible:
            self.top = self.cursor - visible + 1


class RowCache:
    """Rows of a list, read a screen at a time and kept until the list changes."""

    def __init__(self) -> None:
        self.known: dict[int, ConversationRow] = {}
        """Rows by index. Looked into first, several times a key: only a row that is not here is worth a call."""

    def read(self, model: ConversationModel | None, index: int, top: int, visible: int) -> ConversationRow | None:
        """The row at `index`, None where there is none, read with those around it.

        `visible` rows are in view from `top` on.
        """
        if model is None or not 0 <= index < len(model):
            return None
        rows = max(1, visible + 1)
        start = top if top <= index < top + rows else max(0, index - rows // 2)
        if len(self.known) > _KEPT_SCREENS * rows:
            self.known.clear()
        self.known.update(enumerate(model.rows(start, min(len(model), start + rows)), start))
        return self.known.get(index)


def neighbours(model: ConversationModel, index: int) -> list[str]:
    """The conversations to go to, best first, should the one at `index` leave the list: those below, then above."""
    below = model.rows(index + 1, index + 1 + _NEIGHBOURS)
    above = model.rows(max(0, index - _NEIGHBOURS), index)
    return [row.id for row in (*below, *reversed(above)) if row.id]
