"""What support people look for and cannot do here: the palette names it, and opens the place where it can be done."""

from tui.app.commands.attachments import open_link
from tui.app.commands.base import Handler, command
from tui.app.commands.navigation import has_current
from tui.app.ui import Ui
from tui.model.labels import ELSEWHERE, Elsewhere


def _elsewhere(name: str, what: Elsewhere) -> Handler:
    def in_browser(ui: Ui) -> None:
        ui.background.start(open_link(ui, ui.link(ui.target.current)))

    in_browser.__doc__ = what.says
    return command(f"elsewhere.{name}", title=what.title, when=has_current, words=what.words)(in_browser)


ALL = tuple(_elsewhere(name, what) for name, what in ELSEWHERE.items())
