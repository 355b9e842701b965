"""The signals that end a process and can still be told to Python."""

import signal
from typing import Final

__all__ = ["ENDING", "TYPED"]

TYPED: Final = (signal.SIGINT, signal.SIGQUIT)
"""What ctrl+c and ctrl+\\\\ send where the terminal is not raw."""

# After a fault of the processor (SIGSEGV and the like) nothing of ours runs any more.
_NAMES: Final = (
    "SIGTERM",
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGABRT",
    "SIGALRM",
    "SIGVTALRM",
    "SIGPROF",
    "SIGUSR1",
    "SIGUSR2",
    "SIGXCPU",
    "SIGPOLL",
    "SIGPWR",
    "SIGSYS",
    "SIGTRAP",
)
ENDING: Final = tuple(number for number in signal.Signals if number.name in _NAMES)
"""Those of them that this system has."""
