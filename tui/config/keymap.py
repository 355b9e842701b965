"""Key names as people write them, and which command a key runs where.

Names that come out are Textual's ("question_mark", "ctrl+s"), so that a binding and a key press compare equal; Textual
itself is not needed. Keys that terminals do not deliver, or deliver as another key, are refused rather than accepted
and never heard of: a terminal sends control characters (ECMA-48 C0), so ctrl+i *is* tab and ctrl+enter does not exist.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from tui.config.errors import ConfigError, did_you_mean
from tui.model.labels import settings_errors

_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_ALIASES = {
    "esc": "escape",
    "return": "enter",
    "cr": "enter",
    "del": "delete",
    "ins": "insert",
    "bs": "backspace",
    "pgup": "pageup",
    "page_up": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "page_down": "pagedown",
    "backtab": "shift+tab",
    "spacebar": "space",
}
_NAMED = frozenset(
    [
        *("escape", "enter", "tab", "space", "backspace", "delete", "insert"),
        *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
        *(f"f{number}" for number in range(1, 21)),
    ]
)
_MOVES = frozenset(["home", "end", "pageup", "pagedown", "up", "down", "left", "right", "delete", "insert"])
_CTRL_SIGNS = {
    "space": "ctrl+at",
    "@": "ctrl+at",
    "at": "ctrl+at",
    "\\": "ctrl+backslash",
    "backslash": "ctrl+backslash",
    "]": "ctrl+right_square_bracket",
    "right_square_bracket": "ctrl+right_square_bracket",
    "^": "ctrl+circumflex_accent",
    "circumflex_accent": "ctrl+circumflex_accent",
    "_": "ctrl+underscore",
    "underscore": "ctrl+underscore",
    "/": "ctrl+underscore",
    "slash": "ctrl+underscore",
}
_SAME_AS = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+[": "escape",
    "ctrl+left_square_bracket": "escape",
}
_MODIFIER = re.compile(r"(ctrl|control|alt|meta|opt|option|shift|super|cmd|win|hyper)\+(?=.)", re.IGNORECASE)
_SHORT: Final = {"ctrl": "ctrl", "control": "ctrl", "alt": "alt", "meta": "alt", "opt": "alt", "option": "alt"}
_SHOWN = {"escape": "esc", "pageup": "pgup", "pagedown": "pgdn", "delete": "del"}


def character_key(character: str) -> str:
    """Textual's name of the key that types `character`: itself for letters and digits, else its Unicode name."""
    if character == " ":
        return "space"
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_SIGNS = {character_key(chr(code)): chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()}


def _sign(key: str) -> str:
    """The character other than a letter or digit that `key` names, "" when it names none."""
    if key in _SIGNS:
        return _SIGNS[key]
    if "_" not in key:  # names of one word are keys first: "space", "delete"
        return ""
    try:
        character = unicodedata.lookup(key.replace("_", " ").upper())
    except KeyError:
        return ""
    return character if character.isprintable() and character_key(character) == key else ""


def _is_nameable(character: str) -> bool:
    return character.isalnum() or _sign(character_key(character)) == character


def parse_key(name: str) -> str:
    """A key, or keys pressed one after another ("g g"), in Textual's names. Raises `ConfigError` in one sentence."""
    if name == " ":
        return "space"
    keys = name.split()
    if not keys:
        raise ConfigError(settings_errors.KEY_NAME_IS_EMPTY)
    if len(keys) > 4:
        raise ConfigError(settings_errors.KEYS_TOO_MANY.format(keys=_quote(name)))
    return " ".join([_parse_one(key) for key in keys])


def show_key(key: str) -> str:
    """A key from `parse_key` as it is shown to people: "?", "ctrl+s", "g g"."""
    return " ".join([_show_one(one) for one in key.split(" ")])


def _quote(name: str) -> str:
    return ascii(name)[1:-1]


def _parse_one(name: str) -> str:
    modifiers: set[str] = set()
    rest = name
    while match := _MODIFIER.match(rest):
        modifier = match[1].lower()
        if modifier in ("super", "cmd", "win", "hyper"):
            raise ConfigError(settings_errors.KEY_KEPT_BY_TERMINAL.format(key=_quote(name), modifier=modifier))
        modifiers.add(_SHORT.get(modifier, modifier))
        rest = rest[match.end() :]
    key = rest if len(rest) == 1 else _ALIASES.get(rest.lower(), rest if rest in _SIGNS else rest.lower())
    if key == "shift+tab":
        modifiers.add("shift")
        key = "tab"
    if len(key) == 1 and (not key.isprintable() or not _is_nameable(key)):
        raise ConfigError(settings_errors.NOT_A_KEY.format(key=_quote(name)))
    if len(key) > 1 and key not in _NAMED and not _sign(key):
        if len(set(key)) == 1 and key.isalpha() and not modifiers:
            raise ConfigError(settings_errors.KEY_AFTER_ANOTHER.format(key=_quote(name), keys=" ".join(rest)))
        raise ConfigError(
            settings_errors.NOT_A_KEY_BUT.format(
                key=_quote(name), hint=did_you_mean(key, [*_NAMED, *_ALIASES, *_SIGNS])
            )
        )
    if "ctrl" in modifiers:
        return _ctrl(name, key, modifiers)
    if "alt" in modifiers:
        return _alt(name, key, modifiers)
    if "shift" in modifiers:
        return _shift(name, key)
    return character_key(key) if len(key) == 1 else key


def _ctrl(name: str, key: str, modifiers: set[str]) -> str:
    if len(modifiers) > 1:
        raise ConfigError(settings_errors.KEY_USE_ONE.format(key=_quote(name)))
    low = key.lower() if len(key) == 1 else key
    same = _SAME_AS.get(f"ctrl+{low}")
    if same:
        raise ConfigError(settings_errors.KEY_SAME_AS.format(key=_quote(name), same=same))
    if low in _CTRL_SIGNS:
        return _CTRL_SIGNS[low]
    if low in _MOVES or (len(low) == 1 and low.isascii() and low.isalpha()):
        return f"ctrl+{low}"
    raise ConfigError(settings_errors.KEY_USE_LETTER.format(key=_quote(name)))


def _alt(name: str, key: str, modifiers: set[str]) -> str:
    if len(modifiers) > 1 or not (len(key) == 1 and key.isascii() and key.isalnum()):
        raise ConfigError(settings_errors.KEY_USE_ALT_LETTER.format(key=_quote(name)))
    return f"alt+{key}"


def _shift(name: str, key: str) -> str:
    if key == "tab" or key in _MOVES:
        return f"shift+{key}"
    if len(key) == 1 and key.isalpha() and len(key.upper()) == 1:
        return key.upper()
    raise ConfigError(settings_errors.KEY_USE_CHARACTER.format(key=_quote(name)))


def _show_one(key: str) -> str:
    head, plus, last = key.rpartition("+")
    last = _sign(last) or _SHOWN.get(last, last)
    if head == "ctrl" and last == "@":
        last = "space"
    return f"{head}{plus}{last}"


class Binding(NamedTuple):
    """A command, the contexts it works in, and the keys that run it by default."""

    command: str
    contexts: tuple[str, ...]
    keys: tuple[str, ...]


class Keymap:
    """Which command a key runs in which context: the defaults with a user's own keys over them."""

    def __init__(self, defaults: Iterable[Binding], overrides: Mapping[str, Sequence[str]] | None = None) -> None:
        """`overrides` maps command ids to all their keys, none to unbind; as in [keys] of the settings.

        Raises `ConfigError` for a command that does not exist, a name that is no key, and two commands that share a key
        in one context, or of which one's key starts the other's sequence; it names both.
        """
        bindings = list(defaults)
        known = {binding.command for binding in bindings}
        chosen = dict(overrides or {})
        for command in chosen:
            if command not in known:
                raise ConfigError(
                    settings_errors.NO_COMMAND.format(command=_quote(command), hint=did_you_mean(command, known))
                )
        self._keys: dict[str, tuple[str, ...]] = {}
        self._tables: dict[str, dict[str, str]] = {}
        for command, contexts, keys in bindings:
            wanted = tuple(dict.fromkeys([parse_key(key) for key in chosen.get(command, keys)]))
            self._keys[command] = wanted
            for context in contexts:
                table = self._tables.setdefault(context, {})
                for key in wanted:
                    _bind(table, context, key, command)
        self._prefixes = {
            context: {" ".join(key.split(" ")[:count]) for key in table for count in range(1, key.count(" ") + 1)}
            for context, table in self._tables.items()
        }
        for context, prefixes in self._prefixes.items():
            self._refuse_hidden(context, prefixes)

    def keys(self, command: str) -> tuple[str, ...]:
        """The keys that run `command`, in Textual's names; none when it is unbound or unknown."""
        return self._keys.get(command, ())

    def command(self, context: str, key: str) -> str | None:
        """The command that `key` (a sequence parted by single spaces) runs in `context`."""
        return self._tables.get(context, {}).get(key)

    def is_prefix(self, context: str, key: str) -> bool:
        """Whether more keys may follow `key` in `context`."""
        return key in self._prefixes.get(context, ())

    def table(self, context: str) -> Mapping[str, str]:
        """All of a context: key to command."""
        return dict(self._tables.get(context, {}))

    def _refuse_hidden(self, context: str, prefixes: set[str]) -> None:
        table = self._tables[context]
        for prefix in prefixes & table.keys():
            longer = next(key for key in table if key.startswith(f"{prefix} "))
            raise ConfigError(
                settings_errors.KEY_NEVER_TYPED.format(
                    key=show_key(prefix),
                    command=table[prefix],
                    context=context,
                    longer=show_key(longer),
                    other=table[longer],
                )
            )


def _bind(table: dict[str, str], context: str, key: str, command: str) -> None:
    other = table.setdefault(key, command)
    if other != command:
        raise ConfigError(
            settings_errors.KEY_OF_BOTH.format(key=show_key(key), other=other, command=command, context=context)
        )
