"""Whose files and folders are ours to trust: those of the person who runs the program, and writable by nobody else.

What somebody else could have written may name a command (``token_command``), another server for the token, or hold
words that are sent in the person's name.
"""

import contextlib
import errno
import os
import pwd
import shlex
import stat
from pathlib import Path

from tui.config.errors import ConfigError
from tui.model.labels import settings_errors


class Untrusted(ConfigError):
    """A file or folder that is another user's, or that others may write; ``str()`` says what to run."""


def private_dir(path: Path) -> Path:
    """`path`, created with its missing parents so that only their owner may enter (0700, whatever the umask).

    What was there is left as it is. Raises `OSError`.
    """
    missing = [path, *path.parents]
    for folder in reversed(missing[: next((at for at, one in enumerate(missing) if one.exists()), len(missing))]):
        with contextlib.suppress(FileExistsError):  # another program was quicker
            folder.mkdir(mode=0o700)
            folder.chmod(0o700)
    return path


def secure_dir(path: Path) -> None:
    """Close a folder of ours to others (0700), where it is there. Raises `Untrusted` for another user's."""
    info = _info(path, "folder")
    if info is not None and stat.S_ISDIR(info.st_mode) and stat.S_IMODE(info.st_mode) != 0o700:
        _chmod(path, 0o700)


def open_private(path: Path, flags: int) -> int:
    """A descriptor of the file at `path`, made where `flags` say so, for its owner alone (0600, whatever the umask).

    Raises `OSError`.
    """
    file = os.open(path, flags | os.O_CLOEXEC, 0o600)
    try:
        if stat.S_IMODE(os.fstat(file).st_mode) != 0o600:
            os.fchmod(file, 0o600)
    except BaseException:
        os.close(file)
        raise
    return file


def check_file(path: Path, what: str, *, private: bool) -> None:
    """Raise `Untrusted` where the file at `path`, called `what`, is another user's or others may write it.

    One that is `private` and can only be read by others is closed to them (0600). None there is fine.
    """
    info = _info(path, what, roots=not private)
    if info is None:
        return
    if info.st_mode & 0o022 and stat.S_ISREG(info.st_mode):
        raise Untrusted(
            settings_errors.WRITABLE_BY_OTHERS.format(
                what=what, path=path, mode=stat.S_IMODE(info.st_mode), quoted=shlex.quote(str(path))
            )
        )
    if private and info.st_mode & 0o077:
        _chmod(path, 0o600)


def _chmod(path: Path, mode: int) -> None:
    """Give `path` this mode, but on a disk that may only be read: what cannot be changed can still be used."""
    try:
        path.chmod(mode)
    except OSError as error:
        if error.errno != errno.EROFS:
            raise


def _info(path: Path, what: str, *, roots: bool = False) -> os.stat_result | None:
    """About what is at `path`; ``roots``: it may also be the system's."""
    try:
        found = [path.lstat(), path.stat()]
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise Untrusted(
            settings_errors.CANNOT_BE_LOOKED_AT.format(what=what, path=path, reason=error.strerror or error)
        ) from error
    me = os.geteuid()
    for info in found:
        if info.st_uid != me and not (info.st_uid == 0 and (roots or stat.S_ISLNK(info.st_mode))):
            raise Untrusted(
                settings_errors.OF_ANOTHER_USER.format(
                    what=what, path=path, owner=_name(info.st_uid), me=_name(me), quoted=shlex.quote(str(path))
                )
            )
    return found[1]


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
