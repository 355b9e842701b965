"""The world outside the terminal: the browser, a shell command, and where Intercom shows a conversation."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from typing import Final

from tui.config.children import child_environment
from tui.model.labels import texts

_TIMEOUT: Final = 60.0
_LAST_WORDS: Final = 1.0
OUTPUT_LIMIT: Final = 200_000
"""Bytes of a shell command's output that are shown."""


def browser_argv(url: str) -> Sequence[str] | None:
    """The program that opens `url` on this machine; None where nobody would see it (no display, over SSH)."""
    chosen = os.environ.get("BROWSER", "")
    if chosen and shutil.which(chosen):
        return (chosen, url)
    if sys.platform == "darwin":
        return None if "SSH_CONNECTION" in os.environ else ("open", url)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    opener = shutil.which("xdg-open")
    return (opener, url) if opener else None


async def browse(url: str) -> bool:
    """Open `url` in the browser; False where there is none to open it in. Only http(s) is ever opened."""
    if not url.startswith(("https://", "http://")):
        return False
    argv = browser_argv(url)
    if argv is None:
        return False
    quiet = asyncio.subprocess.DEVNULL
    try:
        process = await asyncio.create_subprocess_exec(
            *argv, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, env=child_environment()
        )
        return await asyncio.wait_for(process.wait(), 5) == 0
    except TimeoutError:
        return True  # a browser that stays in the foreground
    except OSError:
        return False


async def pipe(command: str, text: str) -> tuple[int, str]:
    """Run `command` in the shell with `text` as its input; (exit code, output and errors as one text).

    A command that writes more than `OUTPUT_LIMIT` bytes is ended there, and one that runs longer than a minute, too
    (code 124, as coreutils' timeout gives); whatever it started goes with it.
    """
    process = await asyncio.create_subprocess_shell(
        command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        env=child_environment(),
    )
    feeding = asyncio.create_task(_feed(process, text.encode("utf-8", "replace")))
    try:
        async with asyncio.timeout(_TIMEOUT):
            output, whole = await _read(process)
            if whole:
                await process.wait()
    except TimeoutError:
        return 124, texts.RAN_TOO_LONG
    finally:
        feeding.cancel()
        with contextlib.suppress(ProcessLookupError):  # all of it has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        # asyncio takes a process for ended once its output was read to the end
        with contextlib.suppress(TimeoutError):  # something that got away holds the pipe open
            async with asyncio.timeout(_LAST_WORDS):
                while process.stdout is not None and await process.stdout.read(65_536):
                    pass
                await process.wait()
        await asyncio.gather(feeding, return_exceptions=True)
    said = output.decode("utf-8", "replace")
    return (process.returncode or 0, said) if whole else (0, texts.AND_MORE_NOT_SHOWN.format(said=said))


async def _feed(process: asyncio.subprocess.Process, data: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - asked for as a pipe
    with contextlib.suppress(ConnectionError):  # it need not read what it is given
        process.stdin.write(data)
        await process.stdin.drain()
    process.stdin.close()


async def _read(process: asyncio.subprocess.Process) -> tuple[bytes, bool]:
    """At most `OUTPUT_LIMIT` bytes, and whether that is all there is."""
    assert process.stdout is not None  # noqa: S101 - asked for as a pipe
    kept = bytearray()
    while len(kept) <= OUTPUT_LIMIT:
        chunk = await process.stdout.read(65_536)
        if not chunk:
            return bytes(kept), True
        kept += chunk
    return bytes(kept[:OUTPUT_LIMIT]), False
