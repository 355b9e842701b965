"""From key presses to commands: counts, sequences and panes, in this one place.

A sequence waits for its next key for as long as it takes and a count is shown as it is typed: nothing here has a
timeout that a person could feel. Digits are both views and counts, as the key table asks: a digit that is bound shows
its view within the frame, and when a command that takes a count follows at once (``3j``), the view before it comes back
and the digits count. Any other key that follows at once is refused: it was meant for the view that is gone, or as a
count that the command has no use for.
"""

import os
from typing import Final, NamedTuple

from tui.app.keys.command import Command, Where
from tui.app.keys.keyboards import language_of, latin, sign
from tui.app.keys.press import Press, Sequence, shown
from tui.app.keys.registry import Registry

COUNT_WINDOW: Final = 0.4
"""Seconds within which a motion after a bound digit makes it a count: typing speed, not reading speed."""

MAX_COUNT: Final = 99_999


class Run(NamedTuple):
    """Run `command`, `times` times or that far; with `takes_back`, the digits before it had shown a view by mistake."""

    command: Command
    times: int = 1
    takes_back: bool = False
    more_digits: bool = False
    """True for a view shown by the second digit of what may become a count."""


class Wait(NamedTuple):
    """More keys are needed; `typed` is what to show, `choices` what may follow: (key, title)."""

    typed: str
    choices: tuple[tuple[str, str], ...] = ()


class Miss(NamedTuple):
    """The key means nothing here; `typed` includes the keys before it that it made void."""

    typed: str


class Refused(NamedTuple):
    """`command` takes no count, and `digits` came right before it; `viewed` when these have shown a view."""

    command: Command
    typed: str
    digits: str
    viewed: bool


Outcome = Run | Wait | Miss | Refused


class Resolver:
    """Holds the keys typed so far and says what each next one means."""

    def __init__(self, registry: Registry, language: str | None = None) -> None:
        """`language` (``ru``) tells layouts apart that share letters; None: the locale's."""
        self._registry = registry
        self.language = language_of(os.environ) if language is None else language
        self._keys: Sequence = ()
        self._letter = ""
        self._digits = ""
        self._bound_digits = False
        self._digit_at = 0.0

    @property
    def typed(self) -> str:
        """What is pending, as shown to people: ``3``, ``g``, ``3g``; "" for nothing."""
        digits = "" if self._bound_digits else self._digits
        return digits + (shown(self._keys) if self._keys else "")

    @property
    def counts_until(self) -> float:
        """Until when, by the clock of `feed`, the view shown by a digit may still turn out to be a count."""
        return self._digit_at + COUNT_WINDOW if self._bound_digits else 0.0

    def reset(self) -> None:
        """Forget what was typed."""
        self._keys = ()
        self._digits = ""
        self._bound_digits = False

    def _by_position(self, press: Press, pane: Where) -> str:
        """The Latin key in the place of a letter of another script, unless that letter is bound; "" for no such key."""
        if press.char.isalpha():
            self._letter = press.char  # in the text of a reply too: the keyboard is one
        if pane == "composer":
            return ""
        bindings, keys = self._registry.bindings(pane), (*self._keys, press.name)
        if press.char.isascii():
            return sign(press.char, self._letter, self.language)
        return "" if keys in bindings.commands or keys in bindings.prefixes else latin(press.char, self.language)

    def feed(self, press: Press, pane: Where, now: float) -> Outcome:
        """What `press` means in `pane`; `now` is when it was pressed, by any clock in seconds that goes forward."""
        bindings = self._registry.bindings(pane)
        name = self._by_position(press, pane) or press.name
        if self._bound_digits and now - self._digit_at > COUNT_WINDOW:
            self.reset()
        if not self._keys and pane != "composer" and _counts(name, self._digits):
            bound = bindings.commands.get((name,))
            self._digits = (self._digits + name)[: len(str(MAX_COUNT))]
            self._digit_at = now
            if bound is None or not (self._bound_digits or len(self._digits) == 1):
                return Wait(self.typed)
            self._bound_digits = True
            return Run(bound, more_digits=len(self._digits) > 1)
        if name == "esc" and self.typed:
            self.reset()
            return Wait("")
        keys = (*self._keys, name)
        command = bindings.commands.get(keys)
        if command is not None:
            digits, viewed = self._digits, self._bound_digits
            self.reset()
            if digits and not command.takes_count:
                return Refused(command, shown(keys), digits, viewed)
            return Run(command, max(1, min(int(digits or 1), MAX_COUNT)), viewed)
        if keys in bindings.prefixes:
            self._keys = keys
            size = len(keys)
            follow = tuple(
                (shown(seq[size:]), cmd.title) for seq, cmd in bindings.commands.items() if seq[:size] == keys
            )
            return Wait(self.typed, follow)
        typed = shown(keys)
        self.reset()
        return Miss(typed)


def _counts(name: str, digits: str) -> bool:
    return len(name) == 1 and name.isdecimal() and name.isascii() and (name != "0" or bool(digits))
