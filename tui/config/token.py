"""How the access token is found, and a wrapping that keeps it out of logs and screens."""

import os
import re
import shlex
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NoReturn

from tui.config.children import TOKEN_VARIABLE, child_environment
from tui.config.errors import ConfigError
from tui.config.settings import ProfileSettings
from tui.model.exits import Exit
from tui.model.labels import settings_errors
from tui.text.sanitize import clean_line

COMMAND_SECONDS: Final = 60
"""How long `token_command` may take; it may have to ask for a passphrase."""

__all__ = [
    "COMMAND_SECONDS", "TOKEN_VARIABLE", "Token", "TokenError", "TokenFileMissing", "TokenMissing", "find_token",
    "known_secrets",
]  # fmt: skip

_MAX_TOKEN = 4096
_VISIBLE = re.compile(r"[!-~]+")


class TokenError(ConfigError):
    """What is to be the token cannot be used."""

    exit_code = Exit.AUTH


class TokenMissing(TokenError):
    """No token was found anywhere it may be kept."""

    def in_shell(self) -> str:
        return settings_errors.TRY_THE_DEMO.format(sentence=self)


class TokenFileMissing(TokenError):
    """The one file that was named is not there."""


class Token:
    """A secret that shows itself only when told to: `reveal()`. Neither `str`, `repr`, formatting nor pickling does."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str, source: str = "the token") -> None:
        """Raises `TokenError` when `secret` cannot stand in an HTTP header; the message never holds it."""
        if not secret:
            raise TokenError(settings_errors.ACCESS_EMPTY.format(source=source))
        if secret.lower().startswith("bearer "):
            raise TokenError(settings_errors.ACCESS_BEARER.format(source=source))
        if len(secret) > _MAX_TOKEN:
            raise TokenError(settings_errors.ACCESS_TOO_LONG.format(source=source, most=_MAX_TOKEN))
        if not secret.isascii():
            raise TokenError(settings_errors.ACCESS_NOT_ASCII.format(source=source))
        if _VISIBLE.fullmatch(secret) is None:
            what = "a line break" if "\n" in secret or "\r" in secret else "a space or a control character"
            raise TokenError(settings_errors.ACCESS_HOLDS.format(source=source, what=what))
        self._secret = secret

    def reveal(self) -> str:
        """The secret itself, for the one header that carries it."""
        return self._secret

    def __repr__(self) -> str:
        return "Token(…)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Token) and other._secret == self._secret

    def __hash__(self) -> int:
        return hash(("Token", self._secret))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a token is not written anywhere")


def find_token(
    profile: ProfileSettings, environ: Mapping[str, str] = os.environ, token_file: Path | None = None, *,
    at_terminal: bool = True,
) -> Token:  # fmt: skip
    """The token for `profile`, from the first place that has one.

    The places: INTERCOM_TOKEN, the variable named by `token_env`, the output of `token_command`, `token_file`.
    `at_terminal` False keeps `token_command` off the terminal: it belongs to the screen.
    Raises `TokenMissing` when none has it, `TokenError` when a place has something that cannot be used.
    """
    found = _find_token(profile, environ, token_file, at_terminal)
    if found not in _found:
        _found.append(found)
    return found


def token_place(
    profile: ProfileSettings, environ: Mapping[str, str] = os.environ, token_file: Path | None = None
) -> str:
    """Where `find_token` looks first and may find one, without looking at it: a variable, ``token_command``, a file."""
    if environ.get(TOKEN_VARIABLE):
        return TOKEN_VARIABLE
    if profile.token_env and environ.get(profile.token_env):
        return profile.token_env
    if profile.token_command:
        return "token_command"
    return str(token_file) if token_file is not None else ""


def known_secrets(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Every token that this process has met, so that reports can leave them out."""
    return [*(token.reveal() for token in _found), *filter(None, [environ.get(TOKEN_VARIABLE)])]


_found: list[Token] = []


def _find_token(
    profile: ProfileSettings, environ: Mapping[str, str], token_file: Path | None, at_terminal: bool
) -> Token:
    if environ.get(TOKEN_VARIABLE):
        return Token(environ[TOKEN_VARIABLE], TOKEN_VARIABLE)
    if profile.token_env and environ.get(profile.token_env):
        return Token(environ[profile.token_env], profile.token_env)
    if profile.token_command:
        return Token(_from_command(profile.token_command, environ, at_terminal), settings_errors.WHAT_COMMAND_PRINTS)
    if token_file is not None:
        kept = _from_file(token_file)
        if kept is not None:
            return Token(kept, str(token_file))
    places = [settings_errors.PLACE_VARIABLE.format(variable=TOKEN_VARIABLE), settings_errors.PLACE_COMMAND]
    if token_file is not None:
        places.append(settings_errors.PLACE_FILE.format(path=token_file))
    raise TokenMissing(settings_errors.NO_ACCESS.format(places=", or ".join(places)))


def _without_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _from_command(command: str, environ: Mapping[str, str], at_terminal: bool) -> str:
    try:
        argv = shlex.split(command)
    except ValueError as error:
        raise TokenError(settings_errors.COMMAND_CANNOT_BE_READ.format(reason=error)) from error
    if not argv:
        raise TokenError(settings_errors.COMMAND_IS_EMPTY)
    try:
        # The user's own command from the user's own file; no shell is involved.
        done = subprocess.run(  # noqa: S603
            argv, stdin=None if at_terminal else subprocess.DEVNULL, start_new_session=not at_terminal,
            capture_output=True, timeout=COMMAND_SECONDS, env=child_environment(environ), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise TokenError(settings_errors.COMMAND_TOO_LONG.format(command=argv[0], seconds=COMMAND_SECONDS)) from error
    except OSError as error:
        raise TokenError(
            settings_errors.COMMAND_CANNOT_BE_RUN.format(command=argv[0], reason=error.strerror or error)
        ) from error
    if done.returncode != 0:
        said = clean_line(done.stderr.decode("utf-8", "replace"))[:200]
        template = settings_errors.COMMAND_ENDED_SAYING if said else settings_errors.COMMAND_ENDED
        raise TokenError(template.format(command=argv[0], code=done.returncode, said=said))
    try:
        return _without_line_end(done.stdout.decode("ascii"))
    except UnicodeDecodeError as error:
        raise TokenError(settings_errors.COMMAND_PRINTS_NONE.format(command=argv[0])) from error


def _from_file(path: Path) -> str | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TokenError(
            settings_errors.ACCESS_FILE_CANNOT_BE_READ.format(path=path, reason=error.strerror or error)
        ) from error
    try:
        # Asked of the open file, so that it cannot be swapped between the question and the reading.
        info = os.fstat(descriptor)
        if not stat.S_ISREG(info.st_mode):
            raise TokenError(settings_errors.ACCESS_FILE_NOT_REGULAR.format(path=path))
        if info.st_mode & 0o077:
            mode = stat.S_IMODE(info.st_mode)
            raise TokenError(settings_errors.ACCESS_FILE_OPEN.format(path=path, mode=mode))
        if info.st_uid not in (os.geteuid(), 0):
            raise TokenError(settings_errors.ACCESS_FILE_OF_ANOTHER.format(path=path, me=os.geteuid()))
        content = os.read(descriptor, _MAX_TOKEN + 3)
    finally:
        os.close(descriptor)
    try:
        return _without_line_end(content.decode("ascii"))
    except UnicodeDecodeError as error:
        raise TokenError(settings_errors.ACCESS_FILE_NOT_ASCII.format(path=path)) from error
