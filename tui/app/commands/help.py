"""Help and palette: every command, to read and to choose."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.ui import Ui

_PALETTES = frozenset({"help.palette", "compose.palette"})


@command(
    "help.keys", title="Help", keys="?", hint="help", rank=0, words="keys, shortcuts, keyboard, manual, cheat sheet"
)
def show_keys(ui: Ui) -> None:
    """Show all keys and commands."""
    ui.dialogs.show(dialogs.Help(ui.registry, ui.state.pane))


@command("help.palette", keys=(":", "ctrl+k"))
def palette(ui: Ui) -> None:
    """Search all commands."""
    _show_palette(ui)


@command("compose.palette", title="Palette", keys="ctrl+]", where=("composer",))
def palette_while_writing(ui: Ui) -> None:
    """Search all commands while writing."""
    _show_palette(ui)


def _show_palette(ui: Ui) -> None:
    # what is not possible now is found too: running it says why
    listed = [one for one in ui.registry.within(ui.state.pane) if one.id not in _PALETTES]
    ui.dialogs.show(dialogs.palette(ui.registry, listed, ui.run, ui.state.recent))
