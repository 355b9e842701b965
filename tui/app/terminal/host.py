"""What the driver asks of the app that it drives."""

from typing import Protocol, runtime_checkable

from tui.app.terminal.options import TerminalOptions

__all__ = ["TerminalHost"]


@runtime_checkable
class TerminalHost(Protocol):
    """What the driver asks of its app, besides being one."""

    @property
    def terminal_options(self) -> TerminalOptions:
        """The choices of this run."""

    def frames_wanted(self) -> None:
        """There is room for a frame."""

    def terminal_changed_hands(self) -> None:
        """The terminal was taken (again)."""

    def terminal_resized(self, *, same_size: bool) -> None:
        """SIGWINCH came."""

    def input_failed(self, error: Exception) -> None:
        """From the thread that reads: something could not be handled and was dropped."""
