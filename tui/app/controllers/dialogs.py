"""The dialogs on the screen: a stack, of which the top one has the keys."""

from tui.app.dialogs.base import Dialog
from tui.app.dialogs.overlay import Overlay


class DialogController:
    """Shows dialogs over the panes."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    @property
    def top(self) -> Dialog | None:
        """The dialog that has the keys, None when the panes have them."""
        return self._overlay.top

    def show(self, dialog: Dialog) -> None:
        """Show a dialog on top."""
        self._overlay.push(dialog)

    def close(self, dialog: Dialog) -> None:
        """Take a dialog off the screen."""
        self._overlay.close(dialog)

    def redraw(self) -> None:
        """Lay the top dialog out anew, if there is one."""
        self._overlay.redraw()

    def paste(self, text: str) -> bool:
        """Give pasted text to the top dialog; False when there is none."""
        if self._overlay.top is None:
            return False
        self._overlay.top.paste(text)
        self._overlay.redraw()
        return True
