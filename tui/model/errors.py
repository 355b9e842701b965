"""The root of all errors that a person is told in a sentence, and those that more than one floor speaks of.

::

    UserError
    ├── Failure             a command line that cannot be done (`tui.cli.failure`)
    ├── IntercomError       Intercom, or the way to it (`tui.api.errors`)
    ├── StoreError          the file on this machine
    │   ├── StoreTooNew
    │   ├── StoreUnwritable
    │   └── StoreDamaged
    ├── ConfigError         settings, keys, token (`tui.config.errors`)
    ├── QueryError          the query language (`tui.inbox.search.query`) and Intercom's searches (`tui.api.query`)
    ├── ResolveError        a name that means nothing, or several things (`tui.inbox.resolve`)
    └── …                   beside what raises it

Anything else that is raised, but for an `OSError`, is a fault of the program.
"""

from tui.model.exits import Exit


class UserError(Exception):
    """What could not be done and why: ``str()`` is one sentence for a person, without control characters.

    ``exit_code`` is what a command that it ends gives to the shell. A class says its own; an object may differ.
    """

    exit_code: Exit = Exit.FAILED

    def __init__(self, sentence: str, exit_code: Exit | None = None) -> None:
        super().__init__(sentence)
        if exit_code is not None:
            self.exit_code = exit_code

    def in_shell(self) -> str:
        """The sentence for a command line: with the command or option that helps, where one does."""
        return str(self)


class StoreError(UserError):
    """The store cannot be used as asked."""


class StoreTooNew(StoreError):
    """A newer version of the program wrote this store, ``version`` of it; it is left as it is."""

    version = 0


class StoreUnwritable(StoreError):
    """The folder or file cannot be written (read-only home, full disk, missing rights)."""


class StoreDamaged(StoreError):
    """SQLite finds the file malformed; the next start moves it aside and salvages what it can."""
