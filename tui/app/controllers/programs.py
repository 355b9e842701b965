"""The terminal around the screen: its clipboard, and other programs that get it for a while."""

from collections.abc import Sequence

from tui.app.terminal.terminal_app import TerminalApp


class Programs:
    """Gives the terminal away and takes it back, and knows the colours that it is painted with."""

    def __init__(self, app: TerminalApp[int]) -> None:
        self._app = app

    def copy(self, text: str) -> bool:
        """Put text on the clipboard of the terminal; False when it is too long, or there is none."""
        return self._app.copy(text)

    async def run(self, argv: Sequence[str]) -> int:
        """Give the terminal to a program until it ends; its exit code, an `Ended` where more is known.

        Raises OSError, ValueError or SuspendNotSupported when it cannot be started.
        """
        return await self._app.suspend_for(argv)

    def suspend(self) -> bool:
        """Stop until the shell continues this program; False where there is no shell to do that."""
        return self._app.suspend_to_shell()

    @property
    def theme(self) -> str:
        """The name of the theme on the screen; setting it paints everything."""
        return self._app.theme

    @theme.setter
    def theme(self, name: str) -> None:
        self._app.theme = name

    def redraw(self) -> None:
        """Paint every cell again."""
        self._app.repaint()

    def leave(self) -> None:
        """End the program, at once."""
        self._app.exit(0)
