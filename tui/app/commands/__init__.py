"""Everything a person can do, one file a subject."""

from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from tui.app.keys.command import Command

if TYPE_CHECKING:
    from tui.app.commands.base import Handler


def all_commands() -> tuple[Command, ...]:
    """Every command, in the order that help and palette show them."""
    return tuple(handler.command for handler in all_handlers())


def all_handlers() -> "tuple[Handler, ...]":
    """Every command with what does it: module after module, in each from its first line to its last."""
    from tui.app.commands import (
        app,
        attachments,
        clipboard,
        compose,
        contact,
        conversation,
        elsewhere,
        leaving,
        navigation,
        outbox,
        overview,
        thread,
        undoing,
        views,
    )
    from tui.app.commands import help as help_screen

    modules = (
        navigation, conversation, undoing, compose, views, overview, contact, thread, attachments, clipboard, outbox,
        app, help_screen, leaving, elsewhere,
    )  # fmt: skip
    return tuple(handler for module in modules for handler in handlers_of(module))


def handlers_of(module: ModuleType) -> "Iterator[Handler]":
    """The commands that `module` defines, by itself or in tuples; not those that it imports."""
    from tui.app.commands.base import Handler

    for value in vars(module).values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Handler) and one.module == module.__name__:
                yield one
