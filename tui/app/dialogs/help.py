"""The help screen and the palette, both made from the registry."""

from collections.abc import Awaitable, Callable

from tui.app.dialogs.base import Piece, Row
from tui.app.dialogs.pager import Pager
from tui.app.dialogs.picker import Choice, Picker
from tui.app.keys.command import Command, Where
from tui.app.keys.registry import Registry
from tui.text.width import cell_len, pad, wrap_text

TITLES: tuple[tuple[tuple[Where, ...], str], ...] = (
    (("list", "thread", "contact"), "In every pane"),
    (("list",), "In the list"),
    (("thread",), "In the thread"),
    (("contact",), "In the contact"),
    (("composer",), "While writing"),
    (("global",), "Everywhere"),
)
"""Headings of the help and of the table in `docs/keys.md`: the panes that commands under them share."""


def grouped(registry: Registry) -> list[tuple[str, list[Command]]]:
    """The commands under a heading for where they work, headings that repeat a pane's name merged into it."""
    groups: dict[str, list[Command]] = {title: [] for _, title in TITLES}
    exact = dict(TITLES)
    for command in registry.commands:
        title = exact.get(command.where)
        if title is None:
            title = " and ".join(_NAMES[pane] for pane in command.where)
        groups.setdefault(title, []).append(command)
    return [(title, commands) for title, commands in groups.items() if commands]


_NAMES = {"list": "List", "thread": "thread", "contact": "contact", "composer": "composer", "global": "everywhere"}


def bound(registry: Registry, command: Command) -> str:
    """The keys of a command as one text: ``j ↓``."""
    return " ".join(registry.keys(command))


class Help(Pager):
    """All keys, grouped by where they work."""

    def __init__(self, registry: Registry, pane: Where) -> None:
        lines: list[tuple[str, str]] = []
        groups = grouped(registry)
        names = {"composer": "While writing"}
        first = names.get(pane, "")
        groups.sort(key=lambda group: group[0] != first)
        for title, commands in groups:
            if lines:
                lines.append(("", ""))
            lines.append((title, "title"))
            for command in commands:
                lines.append((f"{bound(registry, command) or '(palette)'}\t{command.title}\t{command.help}", ""))
        super().__init__("Keys", lines, heads=frozenset({"title"}))

    def lay(self, text: str, style: str, width: int) -> list[Row]:
        """Keys, title and sentence in columns; the sentence below where there is no room."""
        if "\t" not in text:
            return super().lay(text, style, width)
        keys, title, sentence = text.split("\t")
        head = (Piece(f"  {pad(keys, 14)} ", "key"), Piece(pad(title, 24), "strong"))
        room = width - 41 - 1
        if room < 24:
            return [head, *((Piece(" " * 17 + line, "dim"),) for line in wrap_text(sentence, max(20, width - 17)))]
        said = wrap_text(sentence, room)
        indent = " " * 42
        return [
            (*head, Piece(f" {said[0]}", "dim")),
            *((Piece(indent[: width - cell_len(line)] + line, "dim"),) for line in said[1:]),
        ]


def palette(registry: Registry, commands: list[Command], run: Callable[[Command], Awaitable[None]]) -> Picker:
    """A picker over `commands`; `run` does the chosen one."""
    # What is done before how one moves: nobody opens the palette to go down a line.
    ordered = sorted(commands, key=lambda command: (command.group in ("move", "pane"), command.rank))
    choices = [Choice(one.id, one.title, bound(registry, one), also=one.help) for one in ordered]

    async def chosen(values: list[str]) -> None:
        await run(registry.get(values[0]))

    return Picker("Command", choices, chosen, width=64)
