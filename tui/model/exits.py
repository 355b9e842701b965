"""The exit codes of every command, in one table: ``--help`` and `docs/cli.md` print it."""

from enum import IntEnum
from typing import Self


class Exit(IntEnum):
    """An exit code; ``meaning`` says in a few words what a script learns from it."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Self:
        """A code with its meaning."""
        made = int.__new__(cls, code)
        made._value_ = code
        made.meaning = meaning
        return made

    OK = 0, "done, even if the output could not be written"
    FAILED = 1, "failed, or rejected by Intercom"
    USAGE = 2, "usage error: the command line, the settings or a value in them"
    AUTH = 3, "no token, a wrong one, or one of another region or workspace"
    NOT_FOUND = 4, "not found"
    RATE_LIMIT = 5, "the rate limit is reached; nothing was done, and nothing is queued"
    NETWORK = 6, "no answer, or Intercom failed; nothing was done, and nothing is queued"
    QUEUED = 7, "not sent yet: it is in the outbox and will be sent, so do not run it again"
    UNKNOWN = 8, "delivery unknown: it may have arrived and is being checked, so do not run it again"
    HELD = 9, "held: it needs your review before it is sent"
    CRASH = 70, "internal error"  # EX_SOFTWARE of sysexits.h
    OUTPUT = 74, "the output could not be written; nothing was changed"  # EX_IOERR of sysexits.h
    INTERRUPTED = 130, "interrupted"  # 128 + SIGINT
    BROKEN_PIPE = 141, "the reader of the output closed it; nothing was changed"  # 128 + SIGPIPE
    ENDED = 143, "ended by SIGTERM; 129 by SIGHUP"  # 128 + SIGTERM
