"""Another program that has the terminal for a while: started, waited for, and helped when it stops itself."""

import asyncio
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Self

from tui.config.children import child_environment, end_with_children

__all__ = ["Ended", "run_child"]


class Ended(int):
    """How a program ended: its exit code, negative for the signal that ended it."""

    seconds: float
    """How long it ran."""
    cut: bool
    """Whether we ended it, because we end ourselves."""

    def __new__(cls, code: int, seconds: float, cut: bool = False) -> Self:
        """The code, with the time."""
        made = super().__new__(cls, code)
        made.seconds = seconds
        made.cut = cut
        return made


async def run_child(
    argv: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    on_stopped: Callable[[], object],
    leaving: asyncio.Event,
) -> Ended:
    """Start `argv` on our terminal and wait for its end. Raises OSError and ValueError when it cannot be started.

    An editor may stop itself and not us (``raise(SIGSTOP)``), and nobody would be left to go on: `on_stopped` is called
    in the loop then, to stop us too, and when it returns the program is continued. Once `leaving` is set the program is
    ended, with all that it started.
    """
    started = time.monotonic()
    # the person's own editor; asyncio's processes end but never tell that they stopped
    process = subprocess.Popen(argv, env=child_environment(env))  # noqa: S603, ASYNC220
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def stopped() -> None:
        if not _was_continued(process.pid):
            on_stopped()
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGCONT)

    def finish(code: int) -> None:
        process.returncode = code  # reaped here, not by Popen
        if not ended.done():
            ended.set_result(code)

    def wait() -> None:
        with suppress(RuntimeError):  # the loop has ended, and so will this process
            while True:
                _, status = os.waitpid(process.pid, os.WUNTRACED)
                if not os.WIFSTOPPED(status):
                    loop.call_soon_threadsafe(finish, os.waitstatus_to_exitcode(status))
                    return
                loop.call_soon_threadsafe(stopped)

    threading.Thread(target=wait, name="terminal-child", daemon=True).start()
    either = asyncio.Event()
    ended.add_done_callback(lambda _: either.set())
    left = asyncio.ensure_future(_pass_on(leaving, either))
    try:
        await either.wait()
        cut = not ended.done()
        if cut:
            await asyncio.to_thread(end_with_children, process.pid)
        code = await ended
    except asyncio.CancelledError:
        if not ended.done():
            end_with_children(process.pid)
        raise
    finally:
        left.cancel()
    return Ended(code, time.monotonic() - started, cut)


async def _pass_on(one: asyncio.Event, other: asyncio.Event) -> None:
    await one.wait()
    other.set()


def _was_continued(pid: int) -> bool:
    """Whether a stopped process was continued meanwhile, as a shell's ``fg`` does with all of a job at once."""
    if not hasattr(os, "waitid"):  # macOS before Python 3.13
        return False
    try:
        return os.waitid(os.P_PID, pid, os.WCONTINUED | os.WNOHANG) is not None
    except ChildProcessError:  # it has ended
        return True
