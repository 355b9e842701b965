"""An interrupt (SIGINT) at any instant ends a command quietly, and within a second.

Python's own way raises KeyboardInterrupt between any two instructions: one that is raised in a destructor or in a
callback of a library is printed and forgotten, and one that comes while a C function waits (SQLite for a lock) is not
heard until that ends. So a command that runs in an event loop is cancelled there, and a thread that hears of the signal
from the operating system (`signal.set_wakeup_fd`) ends the process when nothing else did.
"""

import asyncio
import os
import signal
import sys
import threading
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Final, Self, TypeVar

T = TypeVar("T")

_CODE: Final = 128 + signal.SIGINT
_AGAIN: Final = 0.3
"""Seconds after which a cancellation that was dropped is repeated."""
_PATIENCE: Final = 0.8


class Interrupts:
    """What an interrupt does now; one for a process."""

    current: "Interrupts | None" = None
    """The process's; None where somebody else runs the command line."""

    def __init__(self) -> None:
        self.asked = False
        self._lent = False
        self._code: int | None = None
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[object]] | None = None

    @classmethod
    def take(cls) -> Self:
        """Handle interrupts from now on, unless they are ignored."""
        made = cls()
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            return made
        cls.current = made
        reader, writer = os.pipe()
        os.set_blocking(writer, False)
        threading.Thread(target=made._watch, args=(reader,), name="interrupts", daemon=True).start()
        sys.unraisablehook = _quiet_about_interrupts
        signal.signal(signal.SIGINT, made._on_interrupt)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        return made

    def ended(self, code: int) -> None:
        """The command has come to this; an interrupt while Python shuts down takes nothing back."""
        self._code = code

    @contextmanager
    def lent(self) -> Iterator[None]:
        """While another program has the terminal its interrupts are not ours."""
        self._lent = True
        try:
            yield
        finally:
            self._lent = False

    def running(self, task: "asyncio.Task[object] | None") -> None:
        """The command is this task of the running loop; None when it is none any more."""
        self._running = (asyncio.get_running_loop(), task) if task is not None else None

    def _on_interrupt(self, *_: object) -> None:
        if self._code is not None:
            os._exit(self._code)
        self.asked = True
        if self._running is None:
            raise KeyboardInterrupt
        loop, task = self._running
        loop.call_soon_threadsafe(self._cancel, loop, task)

    def _cancel(self, loop: asyncio.AbstractEventLoop, task: "asyncio.Task[object]") -> None:
        if not task.done():
            task.cancel()
            loop.call_later(_AGAIN, self._cancel, loop, task)

    def _watch(self, reader: int) -> None:
        """In a thread of its own: wait for the signal's number, and a little longer."""
        while signal.SIGINT not in os.read(reader, 64) or self._lent:
            pass
        time.sleep(_PATIENCE)
        os._exit(_CODE if self._code is None else self._code)


def in_loop(work: Coroutine[object, object, T]) -> T:
    """What `work` comes to, in an event loop of its own. Raises KeyboardInterrupt where an interrupt cancelled it."""
    interrupts = Interrupts.current
    if interrupts is None:
        return asyncio.run(work)

    async def watched() -> T:
        interrupts.running(asyncio.current_task())
        try:
            return await work
        finally:
            interrupts.running(None)

    try:
        return asyncio.run(watched())
    except asyncio.CancelledError:
        if interrupts.asked:
            raise KeyboardInterrupt from None
        raise


@contextmanager
def lent() -> Iterator[None]:
    """As :meth:`Interrupts.lent`, whoever handles interrupts."""
    if Interrupts.current is None:
        yield
    else:
        with Interrupts.current.lent():
            yield


def _quiet_about_interrupts(about: "sys.UnraisableHookArgs") -> None:
    if not issubclass(about.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(about)
