"""What goes wrong on the command line: one sentence on stderr and an exit code that scripts can tell apart."""

import errno

from tui.model.errors import UserError
from tui.model.exits import Exit
from tui.model.labels import shell_texts

__all__ = ["Exit", "Failure", "UsageError", "of_system", "understood"]

_OF_THE_MACHINE = frozenset(
    {
        errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EISDIR, errno.ELOOP, errno.EMFILE, errno.ENAMETOOLONG,
        errno.ENFILE, errno.ENOENT, errno.ENOMEM, errno.ENOSPC, errno.ENOTDIR, errno.EPERM, errno.EROFS, errno.ESTALE,
    }
)  # fmt: skip
"""What a disk or its permissions say; anything else would be a fault of ours."""


class Failure(UserError):
    """Ends a command."""


class UsageError(Failure):
    """The command line makes no sense."""

    exit_code = Exit.USAGE


def understood(error: Exception) -> UserError | None:
    """What an error means to a person: itself, or what the machine says; None for a fault of our own."""
    if isinstance(error, UserError):
        return error
    return of_system(error) if isinstance(error, OSError) else None


def of_system(error: OSError) -> Failure | None:
    """The failure that the machine means (a full disk, a folder of another user); None where it is a fault of ours."""
    if error.errno not in _OF_THE_MACHINE:
        return None
    where = f"{error.filename}: " if isinstance(error.filename, str) and error.filename else ""
    reason = error.strerror or str(error)
    return Failure(shell_texts.CHECK_OWNER_AND_ROOM.format(where=where, reason=reason))
