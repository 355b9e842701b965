"""Key presses in the notation of the keymap: what people write, what the help shows, what a terminal delivers."""

from typing import Final, NamedTuple

from tui.config.keymap import parse_key, show_key
from tui.text.sanitize import typed

Sequence = tuple[str, ...]
"""The keys of one binding, in the order they are pressed."""

_SAME: Final = {"ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace", "return": "enter"}
_ARROWS: Final = frozenset({"up", "down", "left", "right"})
_SHOWN: Final = {"up": "↑", "down": "↓", "left": "←", "right": "→", "pgup": "PgUp", "pgdn": "PgDn"}


class Press(NamedTuple):
    """One key as it came: `name` as `show_key` writes it (``?``, ``esc``), `char` the text it types ("" for none)."""

    name: str
    char: str = ""


def press(textual_key: str, character: str | None) -> Press:
    """What `textual.events.Key(textual_key, character)` is in our notation."""
    if character and typed(character):
        return Press("space" if character == " " else character, character)
    return Press(show_key(_SAME.get(textual_key, textual_key)))


def parse(binding: str) -> Sequence:
    """The keys of a binding such as ``"g g"``. Raises `tui.config.errors.ConfigError`."""
    return split(parse_key(binding))


def split(textual_keys: str) -> Sequence:
    """The keys of a binding in Textual's names, as the keymap keeps it."""
    return tuple(show_key(key) for key in textual_keys.split(" "))


def printable(key: str) -> bool:
    """True for a key that types a character, which a composer needs for itself."""
    return len(key) == 1 or key == "space"


def shown(keys: Sequence, *, plain: bool = False) -> str:
    """`keys` as footer and help write them: arrows as arrows (words when `plain`), characters closed up (``gg``)."""
    names = [key if plain and key in _ARROWS else _SHOWN.get(key, key) for key in keys]
    return "".join(names) if all(len(name) == 1 for name in names) else " ".join(names)
