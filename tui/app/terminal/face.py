"""`TerminalFace`: a Textual app with all of this package behind it.

class Inbox(TerminalFace[int]):
    BINDINGS = [("ctrl+l", "repaint", "Redraw")]

app = Inbox(face=FaceOptions(low_bandwidth=True))
sys.exit(run(app))
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from textual.app import App, ReturnType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widget import Widget

from tui.app.terminal.clipboard import osc52
from tui.app.terminal.compositor import LineCompositor
from tui.app.terminal.crash import EX_SOFTWARE, CrashReportingApp
from tui.app.terminal.driver import TerminalDriver
from tui.app.terminal.filters import ControlFilter
from tui.app.terminal.options import FaceOptions, textual_is_known
from tui.app.terminal.painter import PaintingApp

__all__ = ["TerminalFace", "run"]


class TerminalFace(PaintingApp[ReturnType], CrashReportingApp[ReturnType]):
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
        face: FaceOptions | None = None,
    ) -> None:
        self.face = face or FaceOptions()
        super().__init__(driver_class, css_path, watch_css, ansi_color)
        self._control_filter = ControlFilter()
        self.animation_level = "none"

    def get_driver_class(self) -> type[Driver]:
        """Our driver, on the Textual that it was written against."""
        return TerminalDriver if textual_is_known() else super().get_driver_class()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and last the one that lets no control character through."""
        return [*super().get_line_filters(), self._control_filter]

    def _set_pointer_shape(self, shape: str) -> None:
        """The shape of the mouse pointer, for terminals of which the mouse was taken: others may show the sequence."""
        if self.face.mouse_wanted:
            super()._set_pointer_shape(shape)

    def _register_child(self, parent: DOMNode, child: Widget, before: int | None, after: int | None) -> None:
        if hasattr(child, "cursor_blink"):
            # A blinking cursor sends bytes for ever.
            child.set_reactive(type(child).cursor_blink, False)
        if isinstance(child, Screen) and self.face.diff and textual_is_known():
            child._compositor = LineCompositor()
        super()._register_child(parent, child, before, after)

    def copy(self, text: str) -> bool:
        """Put `text`, cleaned, on the clipboard of the user's terminal; False when it is longer than terminals take."""
        sequence = osc52(text, os.environ)
        if sequence is None:
            return False
        if self._driver is not None and not self.is_headless:
            self._driver.write(sequence)
        return True

    async def suspend_for(self, argv: Sequence[str], *, env: Mapping[str, str] | None = None) -> int:
        """Give the terminal to the program `argv`, wait for it, take the terminal back and paint everything.

        The loop goes on meanwhile, only nothing is painted. Answers the program's exit code, negative when a signal
        ended it. Raises OSError when it cannot be started, SuspendNotSupported when there is no terminal to give.
        """
        try:
            with self.batch_update(), self.suspend():
                process = await asyncio.create_subprocess_exec(*argv, env=env)
                try:
                    return await process.wait()
                except asyncio.CancelledError:
                    process.terminate()
                    raise
        finally:
            self.screen.refresh(layout=True)
            self.repaint()


def run(app: App[ReturnType]) -> int:
    """Run `app` in the terminal; answers the exit code for the shell: 0, the app's own, 70, or 128 + signal."""
    try:
        app.run()
    except Exception as error:
        if not isinstance(app, CrashReportingApp):
            raise
        print(app.crash_sentence(error), file=sys.stderr)
        return EX_SOFTWARE
    return app.return_code or 0
