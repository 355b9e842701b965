"""What a command is: one value that keys, footer, help, palette, keymap file and `docs/keys.md` are all made from."""

from typing import Literal

import msgspec

Where = Literal["list", "thread", "contact", "composer", "global"]
"""Where a key is bound: one of the panes, or everywhere."""

PANES: tuple[Where, ...] = ("list", "thread", "contact", "composer")

Acts = Literal["", "reads", "one", "all", "contact", "past"]
"""What a command changes at Intercom, or begins to: nothing, only the read mark of what it opens, one conversation, all
that are meant (a selection), a contact, or what was done before (undo). Whatever is not "" is refused unless what it
means was on screen when its key was pressed."""


class Command(msgspec.Struct, frozen=True):
    """One thing a person can do; `tui.app.commands` has the function that does it.

    `id` is the stable name of the keymap file (``conversation.close``); `title` heads it in help and palette; `help` is
    one sentence. `keys` are the default bindings, `where` the panes they work in. `hint` is the footer's word for it
    ("" keeps it out of the footer), `rank` its place there, low first. `takes_count` tells that ``3j`` means it three
    times or three far; other commands refuse a count. `acts` says what the command changes. `over_dialogs` lets its key
    work while a dialog is open.
    """

    id: str
    title: str
    help: str
    keys: tuple[str, ...] = ()
    where: tuple[Where, ...] = ("list", "thread", "contact")
    hint: str = ""
    rank: int = 50
    takes_count: bool = False
    acts: Acts = ""
    over_dialogs: bool = False

    @property
    def group(self) -> str:
        """The subject, from the id: ``conversation`` of ``conversation.close``."""
        return self.id.partition(".")[0]
