"""From key presses to commands: counts, sequences and panes, in this one place.

A sequence waits for its next key for as long as it takes and a count is shown as it is typed: nothing here has a
timeout that a person could feel. Digits are both views and counts, as the key table asks: a digit that is bound shows
its view within the frame, and when a command that takes a count follows at once (``3j``), the view before it comes back
and the digits count.
"""

from typing import Final, NamedTuple

from tui.app.commands.base import Command, Where
from tui.app.commands.keys import Press, Sequence, shown
from tui.app.commands.registry import Registry

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


Outcome = Run | Wait | Miss


class Resolver:
    """Holds the keys typed so far and says what each next one means."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._keys: Sequence = ()
        self._digits = ""
        self._bound_digits = False
        self._digit_at = 0.0

    @property
    def typed(self) -> str:
        """What is pending, as shown to people: ``3``, ``g``, ``3g``; "" for nothing."""
        digits = "" if self._bound_digits else self._digits
        return digits + (shown(self._keys) if self._keys else "")

    def reset(self) -> None:
        """Forget what was typed."""
        self._keys = ()
        self._digits = ""
        self._bound_digits = False

    def feed(self, press: Press, pane: Where, now: float) -> Outcome:
        """What `press` means in `pane`; `now` is any clock in seconds that only goes forward."""
        bindings = self._registry.bindings(pane)
        name = press.name
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
            count = int(self._digits) if self._digits and command.takes_count else 1
            takes_back = self._bound_digits and bool(self._digits) and command.takes_count
            self.reset()
            return Run(command, max(1, min(count, MAX_COUNT)), takes_back)
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
