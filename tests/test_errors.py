"""One tree of errors: whatever the program raises by itself is told in a sentence and has an exit code."""

import importlib
import pkgutil
from collections.abc import Iterator

import tui
from tui.cli.failure import understood
from tui.model.errors import UserError
from tui.model.exits import Exit

APART = ("tui.sandbox", "tui.text", "tui.__main__")
"""The sandbox stands apart; text tells its callers with a `ValueError`."""


def raised() -> Iterator[type[Exception]]:
    """Every exception class of the program's own."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name.startswith(APART):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Exception) and value.__module__ == module.name:
                yield value


def test_every_error_of_ours_is_in_the_tree() -> None:
    found = set(raised())
    assert len(found) > 30
    assert {one.__qualname__ for one in found if not issubclass(one, UserError)} == set()


def test_an_error_is_understood_as_it_is() -> None:
    kinds: list[type[UserError]] = [UserError, *UserError.__subclasses__()]
    for kind in kinds:
        assert isinstance(kind.exit_code, Exit)
        assert 0 < kind.exit_code < Exit.CRASH
    error = UserError("The disk is full.", Exit.HELD)
    assert understood(error) is error
    assert (error.exit_code, error.in_shell(), UserError("No.").exit_code) == (9, "The disk is full.", 1)
    assert understood(KeyError("ours")) is None
