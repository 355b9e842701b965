"""`TerminalApp`: a Textual app with all of this package behind it.

class Inbox(TerminalApp[int]):
    BINDINGS = [("ctrl+l", "repaint", "Redraw")]

app = Inbox(terminal_options=TerminalOptions(low_bandwidth=True))
sys.exit(run(app))
"""

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath

from rich.console import RenderableType
from textual.app import App, ReturnType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import Widget

from tui.app.terminal.children import Ended, run_child
from tui.app.terminal.clipboard import osc52
from tui.app.terminal.compositor import LineCompositor
from tui.app.terminal.crash import EX_SOFTWARE, CrashReportingApp
from tui.app.terminal.driver import TerminalDriver
from tui.app.terminal.filters import ColourlessFilter, ControlFilter
from tui.app.terminal.options import TerminalOptions, textual_is_known
from tui.app.terminal.painter import PaintingApp
from tui.config.report import report_instead_of_printing
from tui.config.terminal import TerminalKind, terminal_kind

__all__ = ["TerminalApp", "run"]


class TerminalApp(PaintingApp[ReturnType], CrashReportingApp[ReturnType]):
    """A Textual app with the differential painter, acknowledged frames, our driver and our crash report.

    Nothing animates and no cursor blinks, whatever widgets are used.
    """

    def __init__(
        self,
        driver_class: type[Driver] | None = None,
        css_path: str | PurePath | list[str | PurePath] | None = None,
        watch_css: bool = False,
        ansi_color: bool | None = None,
        *,
        terminal_options: TerminalOptions | None = None,
    ) -> None:
        self.terminal_options = terminal_options or TerminalOptions()
        # Textual takes NO_COLOR for grey, also an empty one, and keeps it from every program that is started.
        no_color = os.environ.pop("NO_COLOR", None)
        super().__init__(driver_class, css_path, watch_css, ansi_color)
        if no_color is not None:
            os.environ["NO_COLOR"] = no_color
        last: list[LineFilter] = [ColourlessFilter()] if self.terminal_options.colors == "none" else []
        self._last_filters = [*last, ControlFilter()]
        self.animation_level = "none"
        self._leaving = asyncio.Event()

    def get_driver_class(self) -> type[Driver]:
        """Our driver, on the Textual that it was written against."""
        return TerminalDriver if textual_is_known() else super().get_driver_class()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's, and last those that let no control character through, nor a colour where none is wanted."""
        return [*super().get_line_filters(), *self._last_filters]

    def _set_pointer_shape(self, shape: str) -> None:
        """The shape of the mouse pointer, for terminals of which the mouse was taken: others may show the sequence."""
        if self.terminal_options.mouse_wanted:
            super()._set_pointer_shape(shape)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        if hasattr(child, "cursor_blink"):
            # A blinking cursor sends bytes for ever.
            child.set_reactive(type(child).cursor_blink, False)
        if isinstance(child, Screen) and self.terminal_options.diff and textual_is_known():
            child._compositor = LineCompositor()
        super()._register_child(parent, child, before, after)

    def copy(self, text: str) -> bool:
        """Put `text`, cleaned, on the clipboard of the user's terminal; False when the terminal cannot take it."""
        sequence = osc52(text, os.environ)
        if sequence is None or terminal_kind(os.environ) is not TerminalKind.FULL:
            return False
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)
        return True

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """As Textual's, which gives the terminal away for good when something is raised inside: taken back always."""
        raised: BaseException | None = None
        with super().suspend():
            try:
                yield
            except BaseException as error:  # noqa: BLE001 - raised again, once the terminal is ours
                raised = error
        if raised is not None:
            raise raised

    def exit(
        self, result: ReturnType | None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """Leave; a program that has the terminal is ended first."""
        self._leaving.set()
        super().exit(result, return_code, message)

    async def suspend_for(self, argv: Sequence[str], *, env: Mapping[str, str] | None = None) -> Ended:
        """Give the terminal to the program `argv`, wait for it, take the terminal back and paint everything.

        The loop goes on meanwhile, only nothing is painted. Raises OSError or ValueError when the program cannot be
        started, SuspendNotSupported when there is no terminal to give.
        """
        try:
            with self.batch_update(), self.suspend():
                return await run_child(argv, env=env, on_stopped=self._stop, leaving=self._leaving)
        finally:
            self.screen.refresh(layout=True)
            self.repaint()

    def suspend_to_shell(self) -> bool:
        """Stop, as ctrl+z does with any program, until the shell's ``fg``; False where there is no shell to do that.

        What was typed is kept by the caller: nothing of this program runs until then.
        """
        stopped = self._stop()
        if self._driver is not None and not self.is_headless:
            self.screen.refresh(layout=True)
            self.repaint()
        return stopped

    def _stop(self) -> bool:
        return self._driver.stop_process() if isinstance(self._driver, TerminalDriver) else False


def run(app: App[ReturnType]) -> int:
    """Run `app` in the terminal; answers the exit code for the shell: 0, the app's own, 70, or 128 + signal."""
    if isinstance(app, CrashReportingApp):
        report_instead_of_printing(app.faults)
    try:
        app.run()
    except Exception as error:
        if not isinstance(app, CrashReportingApp):
            raise
        print(app.crash_sentence(error), file=sys.stderr)
        return EX_SOFTWARE
    return app.return_code or 0
