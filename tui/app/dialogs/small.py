"""What stands on a screen that is too small for the panes."""

from tui.app.dialogs.base import Dialog, Row, text_rows
from tui.app.keys.press import Press
from tui.model.labels import texts


class TooSmall(Dialog):
    """Says so, and goes by itself when there is room again; no key does anything meanwhile."""

    title = "intercom-tui"
    hints = ()
    width = 30

    def rows(self, width: int, height: int) -> list[Row]:
        """The sentence."""
        return text_rows(texts.WINDOW_TOO_SMALL, width)[:height]

    async def key(self, press: Press) -> None:
        """Nothing: what cannot be seen must not be acted on."""
