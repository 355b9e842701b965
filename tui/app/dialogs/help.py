"""The help screen, made from the registry: what is done most first, filtered by typing, in two columns if they fit."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from tui.app.dialogs.base import Dialog, Piece, Row, edit_row
from tui.app.dialogs.edit import LineEdit
from tui.app.keys.command import PANES, SECTION_OF_PANE, SECTIONS, Command, Section, Where
from tui.app.keys.press import Press
from tui.app.keys.registry import Registry
from tui.model.labels import HELP_TITLE, IN_PALETTE, NO_MATCH, NUMBERED_VIEWS, texts
from tui.text.width import cell_len, pad, wrap_text

_TWO_COLUMNS: Final = 96
"""Cells inside the frame from which two columns fit: those of a screen of 100."""
_GAP: Final = 2
_KEYS: Final = 12
_NUMBERED: Final = re.compile(r"view\.\d")


def grouped(registry: Registry, pane: Where = "list") -> list[tuple[Section, list[Command]]]:
    """The commands by section, that of `pane` first; in each, what works in `pane` comes before the rest."""
    first = SECTION_OF_PANE.get(pane)
    found = []
    for section in sorted(SECTIONS, key=lambda one: one != first):
        commands = [one for one in registry.commands if one.section == section]
        # the low ranks of the footer put moving last, where it is learned first
        commands.sort(key=lambda one: (not _works_in(one, pane), one.group == "elsewhere", min(one.rank, 50)))
        found.append((section, commands))
    return [(section, commands) for section, commands in found if commands]


def _works_in(command: Command, pane: Where) -> bool:
    return pane in command.where or "global" in command.where


def places(command: Command) -> str:
    """Where a command works, as `docs/keys.md` says it: the panes, or everywhere."""
    if "global" in command.where or set(command.where) == set(PANES):
        return "everywhere"
    return ", ".join(pane for pane in PANES if pane in command.where)


class _Entry(NamedTuple):
    """A line of the help: its keys, its sentence, and all that finds it."""

    keys: str
    sentence: str
    sought: str


def _entries(registry: Registry, commands: Sequence[Command]) -> list[_Entry]:
    entries: list[_Entry] = []
    numbered = [registry.key(one.id) for one in commands if _NUMBERED.fullmatch(one.id)]
    as_one = all(key.isdecimal() for key in numbered)
    for one in commands:
        if as_one and _NUMBERED.fullmatch(one.id):
            if one.id == "view.1":
                keys = f"{numbered[0]} - {numbered[-1]}"
                entries.append(_Entry(keys, NUMBERED_VIEWS, f"{keys} {NUMBERED_VIEWS}".lower()))
            continue
        keys = _fitting(registry.keys(one)) or IN_PALETTE
        sought = f"{' '.join(registry.keys(one))} {one.title} {one.help} {' '.join(one.words)} {one.section}"
        entries.append(_Entry(keys, one.help, sought.lower()))
    return entries


def _fitting(keys: Sequence[str]) -> str:
    """The first of the keys, and as many more as have room."""
    shown = "".join(keys[:1])
    for key in keys[1:]:
        if cell_len(shown) + 1 + cell_len(key) <= _KEYS:
            shown = f"{shown} {key}"
    return shown


class Help(Dialog):
    """All keys and commands by what they are for, the section of `pane` first."""

    tall = True
    title = HELP_TITLE

    def __init__(self, registry: Registry, pane: Where) -> None:
        super().__init__()
        self.edit = LineEdit()
        self.top = 0
        self._height = 10
        self._sections = [(name, _entries(registry, commands)) for name, commands in grouped(registry, pane)]
        self._hints()

    def _hints(self) -> None:
        self.hints = (
            ("type", texts.TO_FILTER),
            ("↑↓", "scroll"),
            ("esc", texts.SHOW_ALL if self.edit.text else "close"),
        )

    def matching(self) -> list[tuple[Section, list[_Entry]]]:
        """The entries that hold all words typed, under their sections."""
        words = self.edit.text.lower().split()
        kept = [
            (name, [entry for entry in entries if all(word in entry.sought for word in words)])
            for name, entries in self._sections
        ]
        return [(name, entries) for name, entries in kept if entries]

    def rows(self, width: int, height: int) -> list[Row]:
        """The field, then the part of the help that fits."""
        line, column = edit_row(self.edit, "› ", width)
        self.caret = (column, 0)
        self._height = max(1, height - 1)
        laid = self._laid(width) or [(Piece(NO_MATCH, "dim"),)]
        self.top = max(0, min(self.top, len(laid) - self._height))
        return [line, *laid[self.top : self.top + self._height]]

    def _laid(self, width: int) -> list[Row]:
        columns = 2 if width >= _TWO_COLUMNS else 1
        room = (width - _GAP * (columns - 1)) // columns
        blocks = [self._block(name, entries, room) for name, entries in self.matching()]
        if columns == 1 or len(blocks) < columns:
            return [row for block in blocks for row in block][1:]
        # what makes the two as even as their sections allow
        cut = min(range(1, len(blocks)), key=lambda at: max(_size(blocks[:at]), _size(blocks[at:])))
        left = [row for block in blocks[:cut] for row in block][1:]
        right = [row for block in blocks[cut:] for row in block][1:]
        height = max(len(left), len(right))
        left += [()] * (height - len(left))
        right += [()] * (height - len(right))
        return [
            (*one, Piece(" " * (room + _GAP - sum(cell_len(piece.text) for piece in one))), *other)
            for one, other in zip(left, right, strict=True)
        ]

    def _block(self, name: str, entries: Sequence[_Entry], room: int) -> list[Row]:
        """An empty line, the heading, and a line or more for each entry, none wider than `room`."""
        rows: list[Row] = [(), (Piece(name, "title"),)]
        for entry in entries:
            said = wrap_text(entry.sentence, max(10, room - _KEYS - 1))
            head = Piece(f"{pad(entry.keys, _KEYS)} ", "dim" if entry.keys == IN_PALETTE else "key")
            rows.append((head, Piece(said[0])))
            rows += [(Piece(" " * (_KEYS + 1)), Piece(line)) for line in said[1:]]
        return rows

    async def key(self, press: Press) -> None:
        """Scroll, filter, close."""
        half = max(1, self._height // 2)
        moves = {"down": 1, "up": -1, "pgdn": half * 2, "pgup": -half * 2, "ctrl+n": 1, "ctrl+p": -1}
        if press.name in moves:
            self.top = max(0, self.top + moves[press.name])
        elif press.name == "esc" and self.edit.text:
            self.edit.set("")
            self.top = 0
        elif press.name == "?" and not self.edit.text:
            self.close()
        elif press.name in ("/", "space") and not self.edit.text:
            pass  # what begins a search elsewhere finds nothing here
        elif self.edit.key(press):
            self.top = 0
        else:
            await super().key(press)
        self._hints()

    def paste(self, text: str) -> None:
        """Pasted text filters."""
        self.edit.insert(text)
        self.top = 0


def _size(blocks: Sequence[Sequence[Row]]) -> int:
    return sum(len(block) for block in blocks)
