"""The world outside the terminal: the browser, a shell command, and where Intercom shows a conversation."""

import asyncio
import os
import shutil
import sys
from collections.abc import Sequence
from typing import Final

_TIMEOUT: Final = 60.0
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
            *argv, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
        return await asyncio.wait_for(process.wait(), 5) == 0
    except TimeoutError:
        return True  # a browser that stays in the foreground
    except OSError:
        return False


async def pipe(command: str, text: str) -> tuple[int, str]:
    """Run `command` in the shell with `text` as its input; (exit code, output and errors as one text).

    At most `OUTPUT_LIMIT` bytes are kept, and a command that runs longer than a minute is ended (code 124, as
    coreutils' timeout gives).
    """
    process = await asyncio.create_subprocess_shell(
        command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(text.encode("utf-8", "replace")), _TIMEOUT)
    except TimeoutError:
        process.kill()
        await process.wait()
        return 124, "It ran for more than a minute and was ended."
    except asyncio.CancelledError:
        process.kill()
        raise
    return process.returncode or 0, output[:OUTPUT_LIMIT].decode("utf-8", "replace")
