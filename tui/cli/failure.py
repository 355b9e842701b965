"""What goes wrong on the command line: one sentence on stderr and an exit code that scripts can tell apart."""

import errno

from tui.cli.codes import Exit

__all__ = ["Exit", "Failure", "UsageError", "of_intercom", "of_system", "understood"]

_OF_THE_MACHINE = frozenset(
    {
        errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EISDIR, errno.ELOOP, errno.EMFILE, errno.ENAMETOOLONG,
        errno.ENFILE, errno.ENOENT, errno.ENOMEM, errno.ENOSPC, errno.ENOTDIR, errno.EPERM, errno.EROFS, errno.ESTALE,
    }
)  # fmt: skip
"""What a disk or its permissions say; anything else would be a fault of ours."""


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
    if isinstance(error, OSError):
        return of_system(error)
    from tui.api.errors import IntercomError
    from tui.api.query import QueryError as SearchError
    from tui.config.errors import ConfigError
    from tui.config.token import TokenError, TokenMissing
    from tui.inbox.identity import WrongWorkspace
    from tui.inbox.preflight import NeverOnline
    from tui.inbox.query import QueryError
    from tui.inbox.resolve import ResolveError
    from tui.inbox.unjournaled import EffectUnknown
    from tui.store.errors import StoreError
    from tui.text.when import WhenError

    if isinstance(error, IntercomError):
        return of_intercom(error)
    if isinstance(error, EffectUnknown):
        return Failure(str(error), Exit.UNKNOWN)
    if isinstance(error, NeverOnline):
        return Failure(str(error), of_intercom(error.error).code)
    if isinstance(error, TokenMissing):
        return Failure(f"{error} To look around without one: intercom-tui --demo", Exit.AUTH)
    if isinstance(error, TokenError | WrongWorkspace):
        return Failure(str(error), Exit.AUTH)
    if isinstance(error, ConfigError | QueryError | SearchError | WhenError):
        return Failure(str(error), Exit.USAGE)
    if isinstance(error, ResolveError):
        return of_resolving(error)
    if isinstance(error, StoreError):
        return Failure(str(error))
    return None


def of_resolving(error: Exception) -> Failure:
    """The failure that a :class:`tui.inbox.resolve.ResolveError` means."""
    from tui.inbox.resolve import NotFound, NotListed

    sentence = str(error)
    if isinstance(error, NotListed):
        return Failure(sentence)
    if not isinstance(error, NotFound):
        return UsageError(sentence)
    hint = " (intercom-tui tag create NAME makes one)." if error.what == "tag" else ""
    return Failure(sentence.rstrip(".") + hint if hint else sentence, Exit.NOT_FOUND)


def of_system(error: OSError) -> Failure | None:
    """The failure that the machine means (a full disk, a folder of another user); None where it is a fault of ours."""
    if error.errno not in _OF_THE_MACHINE:
        return None
    where = f"{error.filename}: " if isinstance(error.filename, str) and error.filename else ""
    reason = error.strerror or str(error)
    return Failure(f"{where}{reason}. Check who owns it, its permissions and the room on the disk.")


def of_intercom(error: Exception) -> Failure:
    """The failure that an :class:`tui.api.errors.IntercomError` means."""
    from tui.api import errors

    sentence = str(error)
    if isinstance(error, errors.NotAllowed):
        # the token is good, only not for this
        return Failure(sentence)
    if isinstance(error, errors.AuthError):
        return Failure(f"{sentence}{_region_hint(sentence)}", Exit.AUTH)
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
