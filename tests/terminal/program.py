"""The real program on its demo workspace in a pseudo-terminal, and editors of every temper for it."""

import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.terminal.pty_harness import Terminal

PROGRAM = [sys.executable, "-m", "tui", "--demo", "--still"]


@contextmanager
def program(
    *options: str, env: Mapping[str, str] | None = None, columns: int = 80, rows: int = 24
) -> Iterator[Terminal]:
    """The program with rows on its screen, waiting for keys."""
    with Terminal([*PROGRAM, *options], columns=columns, rows=rows, env=env) as terminal:
        terminal.wait_for("r reply")
        terminal.wait_until(terminal.is_raw)
        terminal.settle()
        yield terminal


def press_for(terminal: Terminal, key: str, shown: str) -> None:
    """Press a key for what it shows; again where it was dropped because the rows had only just come."""
    for _ in range(5):
        terminal.press(key)
        terminal.wait_until(lambda: shown in terminal.text or "dropped" in terminal.text, what=shown)
        if shown in terminal.text:
            return
        terminal.wait_until(lambda: "dropped" not in terminal.text)
    terminal.wait_for(shown)


def editor(folder: Path, script: str) -> str:
    """An $EDITOR that runs a shell script; the file is its ``$1``."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return shlex.quote(str(path))
