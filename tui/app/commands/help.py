"""Help and palette: every command, to read and to choose."""

from tui.app import dialogs
from tui.app.commands.base import command
from tui.app.commands.context import Context

_PALETTES = frozenset({"help.palette", "compose.palette"})


@command("help.keys", title="Help", keys="?", hint="help", rank=0)
def show_keys(ctx: Context) -> None:
    """Show all keys."""
    ctx.show(dialogs.Help(ctx.registry, ctx.pane))


@command("help.palette", keys=(":", "ctrl+k"))
def palette(ctx: Context) -> None:
    """Find a command by name."""
    _show_palette(ctx)


@command("compose.palette", title="Palette", keys="ctrl+]", where=("composer",))
def palette_while_writing(ctx: Context) -> None:
    """Find a command by name while writing."""
    _show_palette(ctx)


def _show_palette(ctx: Context) -> None:
    possible = [one for one in ctx.registry.within(ctx.pane) if one.id not in _PALETTES and ctx.is_possible(one)]
    ctx.show(dialogs.palette(ctx.registry, possible, ctx.run))
