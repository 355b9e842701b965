"""How a function becomes a command: `@command` above it, its docstring is the help sentence.

    @command("conversation.close", keys="c", hint="close", when=has_conversation, acts="all")
    async def close(ui: Ui) -> None:
        \"\"\"Close the conversation and go on to the next.\"\"\"

A command for which ``3j`` means something is decorated with `@counted_command` instead, and takes the count, too.
"""

from collections.abc import Awaitable, Callable
from typing import TypedDict, Unpack

import msgspec

from tui.app.keys.command import Acts, Command, Where
from tui.app.ui import Ui

When = Callable[[Ui], bool]
"""Whether a command is possible now."""
Run = Callable[[Ui, int], Awaitable[None] | None]
"""What a command does; the number is the count typed before it, 1 when there was none."""


class Handler(msgspec.Struct, frozen=True):
    """A command with what does it; `module` is the name of the module that defines it."""

    command: Command
    run: Run
    when: When
    module: str


class Options(TypedDict, total=False):
    """What a decorator may say of a command, see `Command`; without a `title` it is the function's name; `words` stand
    between commas."""

    title: str
    keys: str | tuple[str, ...]
    where: tuple[Where, ...]
    when: When
    hint: str
    rank: int
    acts: Acts
    over_dialogs: bool
    words: str


def always(_: Ui) -> bool:
    """A command that is always possible."""
    return True


def command(command_id: str, **options: Unpack[Options]) -> Callable[[Callable[[Ui], Awaitable[None] | None]], Handler]:
    """Make a command of a function that takes no count."""

    def decorate(function: Callable[[Ui], Awaitable[None] | None]) -> Handler:
        made = _command(command_id, function, options, takes_count=False)
        return Handler(made, lambda ui, _: function(ui), options.get("when", always), function.__module__)

    return decorate


def counted_command(command_id: str, **options: Unpack[Options]) -> Callable[[Run], Handler]:
    """Make a command of a function that takes the count."""

    def decorate(function: Run) -> Handler:
        made = _command(command_id, function, options, takes_count=True)
        return Handler(made, function, options.get("when", always), function.__module__)

    return decorate


def _command(command_id: str, function: Callable[..., object], options: Options, *, takes_count: bool) -> Command:
    keys = options.get("keys", ())
    return Command(
        command_id,
        options.get("title") or function.__name__.replace("_", " ").capitalize(),
        first_paragraph(function.__doc__ or ""),
        (keys,) if isinstance(keys, str) else keys,
        options.get("where", ("list", "thread", "contact")),
        options.get("hint", ""),
        options.get("rank", 50),
        takes_count,
        options.get("acts", ""),
        options.get("over_dialogs", False),
        tuple(filter(None, (word.strip() for word in options.get("words", "").split(",")))),
    )


def first_paragraph(docstring: str) -> str:
    """The first paragraph of a docstring as one line."""
    return " ".join(docstring.strip().partition("\n\n")[0].split())
