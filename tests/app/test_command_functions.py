"""A command is a function: what its decorator makes of it, and how commands are found."""

from types import ModuleType

from tui.app.commands import all_commands, all_handlers, conversation, handlers_of, views
from tui.app.commands.base import command, counted_command
from tui.app.ui import Ui


def test_title_and_help_come_from_the_function() -> None:
    @command("some.thing", keys="c", hint="thing", acts="all")
    async def do_some_thing(ui: Ui) -> None:
        """Do the
        thing.

        Why it is done so is for whoever reads the code.
        """

    made = do_some_thing.command
    assert (made.title, made.help, made.keys) == ("Do some thing", "Do the thing.", ("c",))
    assert (made.where, made.acts, made.takes_count) == (("list", "thread", "contact"), "all", False)


def test_what_a_decorator_says_goes_before_the_name() -> None:
    @counted_command("some.move", title="Down", keys=("j", "down"), where=("list",))
    def move_on(ui: Ui, count: int) -> None:
        """Move down."""

    made = move_on.command
    assert (made.title, made.keys, made.where, made.takes_count) == ("Down", ("j", "down"), ("list",), True)


def test_a_module_has_the_commands_that_it_defines_and_no_others() -> None:
    module = ModuleType("tui.app.commands.conversation")
    vars(module).update(close=conversation.close, views=views.NUMBERED, other=views.sort, word="close")
    assert [handler.command.id for handler in handlers_of(module)] == ["conversation.close"]
    assert [handler.command.id for handler in handlers_of(views)] == [
        "view.choose", *(f"view.{number}" for number in range(1, 10)), "view.sort", "view.search", "view.next-waiting"
    ]  # fmt: skip


def test_every_command_says_what_it_does() -> None:
    for made in all_commands():
        assert made.title, made.id
        assert made.help.endswith("."), made.id
        assert "\n" not in made.help, made.id


def test_every_handler_is_a_command() -> None:
    assert [handler.command for handler in all_handlers()] == list(all_commands())
