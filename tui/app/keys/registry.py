"""The registry: every command once, and which keys mean which command where."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tui.app.keys import press as keynames
from tui.app.keys.command import PANES, Command, Where
from tui.config.errors import ConfigError
from tui.config.keymap import Binding, Keymap
from tui.model.labels import settings_errors

_NAMED_KEY: Final = re.compile(r"\{key:([a-z.-]+)\}")
_APART: Final = " · "


class Bindings(msgspec.Struct, frozen=True):
    """The keys of one pane: whole sequences to commands, and the beginnings of longer sequences."""

    commands: dict[keynames.Sequence, Command] = msgspec.field(default_factory=dict)
    prefixes: set[keynames.Sequence] = msgspec.field(default_factory=set)


class Registry:
    """All commands with their keys.

    `overrides` maps a command's id to all its keys, as [keys] of the settings does. Raises
    `tui.config.errors.ConfigError` when two commands claim one key in one pane, or an override names nothing. `plain`:
    keys are shown in ASCII.
    """

    def __init__(
        self,
        commands: Iterable[Command],
        overrides: Mapping[str, Sequence[str]] | None = None,
        *,
        plain: bool = False,
    ) -> None:
        self._plain = plain
        self.commands: tuple[Command, ...] = tuple(commands)
        self._by_id: dict[str, Command] = {}
        for command in self.commands:
            if self._by_id.setdefault(command.id, command) is not command:
                raise ConfigError(settings_errors.TWO_COMMANDS.format(command=command.id))
        self._keymap = Keymap((Binding(one.id, _panes(one), one.keys) for one in self.commands), overrides)
        self._bindings = {pane: self._bind(pane) for pane in PANES}

    def get(self, command_id: str) -> Command:
        """The command of that id; KeyError when there is none."""
        return self._by_id[command_id]

    def keys(self, command: Command) -> tuple[str, ...]:
        """The bindings of `command` as they are now, as shown to people."""
        return tuple(keynames.shown(keynames.split(key), plain=self._plain) for key in self._keymap.keys(command.id))

    def key(self, command_id: str) -> str:
        """The first binding of a command as shown to people, "" when it has none."""
        bound = self.keys(self._by_id[command_id])
        return bound[0] if bound else ""

    def named_keys(self, hints: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """(key, word) for each (command id, word) whose command has a key."""
        return tuple((key, word) for command_id, word in hints if (key := self.key(command_id)))

    def words(self, sentence: str) -> str:
        """`sentence` with each ``{key:ID}`` as the first key of that command, as it is bound now.

        Where the command has no key, its part of the sentence goes (parts stand between " · "); a sentence that is one
        part names the command as the palette does. Only for sentences of ours: KeyError for an id that is none.
        """
        parts = sentence.split(_APART)
        able = [part for part in parts if all(self.key(found) for found in _NAMED_KEY.findall(part))]
        return _NAMED_KEY.sub(self._key_or_title, _APART.join(able or parts))

    def _key_or_title(self, found: re.Match[str]) -> str:
        return self.key(found[1]) or f"“{self._by_id[found[1]].title}”"

    def elsewhere(self, typed: str, pane: Where) -> tuple[Command, tuple[Where, ...]] | None:
        """The command that the keys `typed` (as `Miss` tells them) run in panes other than `pane`, and these panes."""
        found: dict[str, list[Where]] = {}
        for other in PANES:
            for keys, command in self._bindings[other].commands.items() if other != pane else ():
                if keynames.shown(keys) == typed:
                    found.setdefault(command.id, []).append(other)
        for command_id, panes in found.items():
            return self._by_id[command_id], tuple(panes)
        return None

    def bindings(self, pane: Where) -> Bindings:
        """What the keys mean in `pane`, the global ones included."""
        return self._bindings[pane]

    def within(self, pane: Where) -> list[Command]:
        """The commands that work in `pane`, in the registry's order."""
        return [command for command in self.commands if pane in _panes(command)]

    def hints(self, pane: Where, able: Callable[[Command], bool] = lambda _: True) -> list[tuple[str, str]]:
        """The footer of `pane`: (key, word) of the commands that are `able`, the most useful first."""
        first: dict[str, str] = {}
        for keys, command in self._bindings[pane].commands.items():
            first.setdefault(command.id, keynames.shown(keys, plain=self._plain))
        named = [command for command in self.within(pane) if command.hint and command.id in first and able(command)]
        return [(first[one.id], one.hint) for one in sorted(named, key=lambda command: command.rank)]

    def _bind(self, pane: Where) -> Bindings:
        bindings = Bindings()
        for key, command_id in self._keymap.table(pane).items():
            sequence = keynames.split(key)
            # What types a character belongs to the text while somebody writes.
            if pane == "composer" and keynames.printable(sequence[0]):
                continue
            bindings.commands[sequence] = self._by_id[command_id]
            bindings.prefixes.update(sequence[:end] for end in range(1, len(sequence)))
        return bindings


def _panes(command: Command) -> tuple[Where, ...]:
    return PANES if "global" in command.where else command.where
