"""Standard input, output and error as they are found: closed, full, or with nobody at the other end.

A stream that is closed when the program starts would make Python's print to nowhere, or to somewhere else: the next
file that is opened gets its number, and a store would take what was meant for the screen. So each number is filled
first. What cannot be written is remembered and nothing is raised: what a command did is done, and only `main` judges
what became of the words about it.
"""

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable
from typing import Final, TextIO

NUMBERS: Final = (0, 1, 2)
"""Of standard input, output and error."""


class Quiet(io.TextIOBase):
    """A text stream whose first failure is kept in ``error`` and whose later words go nowhere."""

    def __init__(self, stream: TextIO, error: OSError | None = None) -> None:
        super().__init__()
        self.stream = stream
        self.error = error

    @property
    def encoding(self) -> str:  # type: ignore[override] # typeshed has an attribute
        """Of the stream beneath."""
        return self.stream.encoding or "utf-8"

    def write(self, text: str) -> int:
        """Write `text`; answers its length, whatever became of it."""
        self._try(lambda: self.stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Flush."""
        self._try(self.stream.flush)

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        with contextlib.suppress(OSError, ValueError):
            return self.error is None and self.stream.isatty()
        return False

    def fileno(self) -> int:
        """The number beneath."""
        return self.stream.fileno()

    def writable(self) -> bool:
        """It is, and never fails."""
        return True

    def _try(self, do: Callable[[], object]) -> None:
        if self.error is not None:
            return
        try:
            do()
        except OSError as error:
            self.error = error
            self._let_go()
        except ValueError:  # closed by somebody
            self.error = OSError(errno.EBADF, os.strerror(errno.EBADF))

    def _let_go(self) -> None:
        """Python flushes once more at exit: into nothing, so that it does not complain again."""
        with contextlib.suppress(OSError, ValueError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self.stream.fileno())
            os.close(nothing)


class Streams:
    """The three streams of one run; a context manager that puts back what it found."""

    def __init__(self) -> None:
        self._found = (sys.stdin, sys.stdout, sys.stderr)
        closed = _fill()
        if sys.stdin is None or 0 in closed:
            sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for as long as the process lives
        self.out = _quiet(sys.stdout)
        self.err = _quiet(sys.stderr)

    def __enter__(self) -> "Streams":
        sys.stdout, sys.stderr = self.out, self.err
        return self

    def __exit__(self, *_: object) -> None:
        self.give_back()

    def give_back(self) -> None:
        """Put back what stood there: the screen writes to the terminal by itself."""
        _, out, err = self._found
        sys.stdout, sys.stderr = out or self.out.stream, err or self.err.stream

    def lost(self) -> OSError | None:
        """Why not all of the output was written; None where it was."""
        self.out.flush()
        return self.out.error


def _fill() -> set[int]:
    """Put the null device where one of the three is closed; answers which were."""
    closed: set[int] = set()
    for number in NUMBERS:
        try:
            os.fstat(number)
        except OSError:
            closed.add(number)
            with contextlib.suppress(OSError):
                made = os.open(os.devnull, os.O_RDWR)
                if made != number:
                    os.dup2(made, number)
                    os.close(made)
                os.set_inheritable(number, True)
    return closed


def _quiet(stream: TextIO | None) -> Quiet:
    if stream is None:  # Python found it closed
        return Quiet(open(os.devnull, "w", encoding="utf-8"), OSError(errno.EBADF, "it is closed"))
    # a terminal that cannot show a sign gets a question mark, not a traceback
    if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="replace")
    return Quiet(stream)
