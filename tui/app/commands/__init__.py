"""Everything a person can do, one file a subject."""

from tui.app.keys.command import Command


def all_commands() -> tuple[Command, ...]:
    """Every command, in the order that help and palette show them."""
    from tui.app.commands import compose, contact, conversation, navigation, system, undoing, views

    return (
        *navigation.COMMANDS,
        *conversation.COMMANDS,
        *undoing.COMMANDS,
        *compose.COMMANDS,
        *views.COMMANDS,
        *contact.COMMANDS,
        *system.COMMANDS,
    )
