"""What goes wrong on the command line: one sentence on stderr and an exit code that scripts can tell apart."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    OK = 0
    FAILED = 1
    """It was understood and could not be done."""
    USAGE = 2
    """The command line, the settings or a value in them make no sense, or Intercom says so of a value."""
    AUTH = 3
    """No token, a wrong one, or one of another region or workspace."""
    NOT_FOUND = 4
    RATE_LIMIT = 5
    NETWORK = 6
    """No answer, or Intercom failed (5xx). An action is queued then, and said to be."""
    CRASH = 70
    """A fault of the program itself (``EX_SOFTWARE`` of sysexits.h)."""
    INTERRUPTED = 130
    """128 + SIGINT."""
    BROKEN_PIPE = 141
    """128 + SIGPIPE: whoever read the output went away."""


class Failure(Exception):
    """Ends a command: ``str()`` is one clear sentence, ``code`` what the shell gets."""

    def __init__(self, sentence: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(sentence)
        self.code = code


class UsageError(Failure):
    """The command line makes no sense."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, Exit.USAGE)


def understood(error: Exception) -> Failure | None:
    """The failure that an error of the floors below means; None for a fault of our own.

    Imports what it compares with only here: a command that succeeds pays nothing for it.
    """
    if isinstance(error, Failure):
        return error
    from tui.api.errors import IntercomError
    from tui.api.query import QueryError as SearchError
    from tui.config.errors import ConfigError
    from tui.config.token import TokenMissing
    from tui.inbox.query import QueryError
    from tui.inbox.sync import WrongWorkspace
    from tui.store.errors import StoreError
    from tui.text.when import WhenError

    if isinstance(error, IntercomError):
        return of_intercom(error)
    if isinstance(error, TokenMissing | WrongWorkspace):
        return Failure(str(error), Exit.AUTH)
    if isinstance(error, ConfigError | QueryError | SearchError | WhenError):
        return Failure(str(error), Exit.USAGE)
    if isinstance(error, StoreError):
        return Failure(str(error))
    return None


def of_intercom(error: Exception) -> Failure:
    """The failure that an :class:`tui.api.errors.IntercomError` means."""
    from tui.api import errors

    sentence = str(error)
    if isinstance(error, errors.AuthError):
        return Failure(f"{sentence}{_region_hint(sentence)}", Exit.AUTH)
    if isinstance(error, errors.RedirectError):
        return Failure(sentence, Exit.AUTH)
    if isinstance(error, errors.NotFoundError):
        return Failure(sentence, Exit.NOT_FOUND)
    if isinstance(error, errors.RateLimitedError):
        return Failure(sentence, Exit.RATE_LIMIT)
    if isinstance(error, errors.InvalidError):
        return Failure(sentence, Exit.FAILED if error.status == 409 else Exit.USAGE)
    return Failure(sentence, Exit.NETWORK)


def _region_hint(sentence: str) -> str:
    for host, others in (
        ("api.intercom.io", "--region eu or --region au"),
        ("api.eu.intercom.io", "--region us or --region au"),
        ("api.au.intercom.io", "--region us or --region eu"),
    ):
        if f"asked {host};" in sentence:
            return f" Try {others} if the workspace is hosted there."
    return ""
