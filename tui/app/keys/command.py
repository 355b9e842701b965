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


Section = Literal["Triage", "Read", "Reply", "People", "Find", "App"]
"""A heading of the help."""
SECTIONS: tuple[Section, ...] = ("Triage", "Read", "Reply", "People", "Find", "App")
"""All headings, in their order."""
SECTION_OF_PANE: dict[Where, Section] = {"list": "Triage", "thread": "Read", "composer": "Reply", "contact": "People"}
"""The heading that is first in a pane."""

_SECTION_OF: dict[str, Section] = {
    "conversation": "Triage",
    "undo": "Triage",
    "repeat": "Triage",
    "select": "Triage",
    "outbox": "Triage",
    "view.next-waiting": "Triage",
    "move": "Read",
    "thread": "Read",
    "link": "Read",
    "file": "Read",
    "text": "Read",
    "compose": "Reply",
    "compose.palette": "App",
    "contact": "People",
    "view": "Find",
}
"""By command or by the subject of its id; what is named by neither is the program itself."""


class Command(msgspec.Struct, frozen=True):
    """One thing a person can do; `tui.app.commands` has the function that does it.

    `id` is the stable name of the keymap file (``conversation.close``); `title` heads it in help and palette; `help` is
    one sentence. `keys` are the default bindings, `where` the panes they work in. `hint` is the footer's word for it
    ("" keeps it out of the footer), `rank` its place there, low first. `takes_count` tells that ``3j`` means it three
    times or three far; other commands refuse a count. `acts` says what the command changes. `over_dialogs` lets its key
    work while a dialog is open. `words` are other names by which the palette finds it, in lower case.
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
    words: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The subject, from the id: ``conversation`` of ``conversation.close``."""
        return self.id.partition(".")[0]

    @property
    def section(self) -> Section:
        """The heading under which help and `docs/keys.md` have it."""
        return _SECTION_OF.get(self.id) or _SECTION_OF.get(self.group, "App")
