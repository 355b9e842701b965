"""The palette: every command, found by its title, by other names for it, and by its sentence, in this order."""

from collections.abc import Awaitable, Callable, Sequence

from tui.app.dialogs.fuzzy import match
from tui.app.dialogs.picker import Choice, Found, Picker
from tui.app.keys.command import Command
from tui.app.keys.registry import Registry

# From best to worst; what is not among them does not match.
_TITLE, _NAME, _TITLE_BEGINS, _WORD_BEGINS, _NAME_BEGINS, _ALL_WORDS, _TITLE_HOLDS, _SENTENCE, _LETTERS = range(9)


def ordered(commands: Sequence[Command], recent: Sequence[str] = ()) -> list[Command]:
    """Commands as the palette lists them before anything is typed: `recent` ids first, the newest before the others.

    What is done comes before how one moves: nobody opens the palette to go down a line.
    """
    newest = {command_id: at for at, command_id in enumerate(recent)}
    last = len(newest)
    return sorted(
        commands, key=lambda one: (newest.get(one.id, last), one.group in ("move", "pane", "elsewhere"), one.rank)
    )


def rank(command: Command, typed: str) -> tuple[int, tuple[int, ...]] | None:
    """How well `typed` names a command, 0 best, and which characters of its title match; None: not at all."""
    typed = " ".join(typed.lower().split())
    title = command.title.lower()
    score, at = match(typed, command.title)
    if title == typed:
        return _TITLE, at
    if typed in command.words:
        return _NAME, ()
    if title.startswith(typed):
        return _TITLE_BEGINS, at
    if f" {typed}" in title:
        return _WORD_BEGINS, at
    if any(name.startswith(typed) for name in command.words):
        return _NAME_BEGINS, ()
    words, names = typed.split(), f"{title} {' '.join(command.words)}"
    if all(f" {word}" in f" {names}" for word in words):
        return _ALL_WORDS, at if score >= 0 else ()
    if typed in title:
        return _TITLE_HOLDS, at
    sentence = command.help.lower()
    if all(f" {word}" in f" {sentence}" for word in words):
        return _SENTENCE, ()
    return (_LETTERS, at) if score >= 0 else None


def find(commands: Sequence[Command], typed: str) -> list[tuple[Command, tuple[int, ...]]]:
    """The commands that `typed` names, best first, among equals in the order given, with the characters matched.

    Letters that are scattered over a title count only where nothing else is found.
    """
    ranked = [(found, order) for order, one in enumerate(commands) if (found := rank(one, typed)) is not None]
    if any(found[0] != _LETTERS for found, _ in ranked):
        ranked = [each for each in ranked if each[0][0] != _LETTERS]
    return [(commands[order], found[1]) for found, order in sorted(ranked, key=lambda each: (each[0][0], each[1]))]


class _Palette(Picker):
    """A picker whose order is that of `find`."""

    def __init__(
        self, commands: Sequence[Command], choices: list[Choice], run: "Callable[[str], Awaitable[None]]"
    ) -> None:
        self._commands = commands

        async def chosen(values: list[str]) -> None:
            await run(values[0])

        super().__init__("Command", choices, chosen, width=64)

    def find(self, typed: str) -> list[Found]:
        """The choices that `typed` names, best first."""
        choices = {choice.value: choice for choice in self.choices}
        return [Found(choices[command.id], at) for command, at in find(self._commands, typed)]


def palette(
    registry: Registry, commands: Sequence[Command], run: Callable[[Command], Awaitable[None]], recent: list[str]
) -> Picker:
    """A picker over `commands`; `run` does the chosen one, whose id is put first into `recent`."""
    listed = ordered(commands, recent)
    choices = [Choice(one.id, one.title, " ".join(registry.keys(one))) for one in listed]

    async def chosen(command_id: str) -> None:
        recent[:] = [command_id, *(one for one in recent if one != command_id)]
        await run(registry.get(command_id))

    return _Palette(listed, choices, chosen)
