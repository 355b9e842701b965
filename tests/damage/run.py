"""Damage a copy, run the program's commands on it, and look for the words in what it prints."""

import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.damage.kinds import KINDS, NEEDS_LOG, both
from tests.damage.made import Made
from tui.config.paths import HOME_VARIABLE

ROOT = Path(__file__).parents[2]
BOTH = "store and second file"
LONGEST = 60
"""Seconds after which a command counts as hanging."""
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("outbox", "list", "--json"),
    ("draft", "list", "--json"),
    ("conversation", "list", "--offline", "--json"),
    ("conversation", "list", "--offline", "--view", "unassigned", "--sort", "waiting"),
    ("conversation", "list", "--offline", "--query", "hello", "--json"),
    ("outbox", "list"),
    ("outbox", "show", "3"),
    ("store", "info", "--json"),
)
"""The first two show the words."""


@dataclass
class Outcome:
    """What became of one copy. ``codes`` are the exit codes of :data:`COMMANDS`; 124 is one that hung."""

    kind: str
    seed: int
    codes: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    resurrected: list[str] = field(default_factory=list)
    refused: bool = False
    """The one number that says which program wrote it is damaged: it is left alone as a newer program's."""
    said: str = ""


def damaged(made: Made, kind: str, seed: int, home: Path) -> Outcome:
    """Copy the store to ``home`` and damage it."""
    rng = random.Random(seed)
    source = made.running if kind in NEEDS_LOG or rng.random() < 0.3 else made.closed
    shutil.copytree(source, home)
    if kind == BOTH:
        kind = f"{BOTH}: {both(rng, home / made.store)}"
    else:
        KINDS[kind](rng, home / made.store)
    return Outcome(kind, seed)


def look(made: Made, outcome: Outcome, home: Path, *, as_processes: bool) -> Outcome:
    """Run the commands and look for the words."""
    printed: list[str] = []
    # those that show the words each time, of the others some
    rest = random.Random(outcome.seed).sample(COMMANDS[2:], len(COMMANDS) - 2 if as_processes else 2)
    for argv in (*COMMANDS[:2], *rest):
        code, out, err = _process(argv, home) if as_processes else _here(argv, home)
        outcome.codes.append(code)
        outcome.said += f"$ {' '.join(argv)} -> {code}\n{err}"
        printed.append(out)
    found = "\n".join(_texts(printed[0]) + _texts(printed[1]))
    outcome.refused = "written by a newer" in outcome.said
    outcome.lost = [] if outcome.refused else [said[:20] for said in made.words if said not in found]
    states = {row["text"]: row["held_for"] for row in _rows(printed[0])}
    # what was finished may come back for a person to decide, never to be sent by itself
    outcome.resurrected = [said[:20] for said in made.finished if said in states and not states[said]]
    return outcome


def _rows(printed: str) -> list[dict[str, str]]:
    try:
        rows: list[dict[str, str]] = json.loads(printed)
    except ValueError:
        return []
    return rows


def _texts(printed: str) -> list[str]:
    return [row["text"] for row in _rows(printed) if row.get("text")]


class _Hangs(BaseException):
    pass


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    def ring(_number: int, _frame: object) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _here(argv: tuple[str, ...], home: Path) -> tuple[int, str, str]:
    from tui.cli.main import main

    os.environ[HOME_VARIABLE] = str(home)
    out, err = io.StringIO(), io.StringIO()
    try:
        with _alarm(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = int(main(list(argv)))
    except _Hangs:
        code = 124
    return code, out.getvalue(), err.getvalue()


def _process(argv: tuple[str, ...], home: Path) -> tuple[int, str, str]:
    environ = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tui", *argv], capture_output=True, text=True, cwd=ROOT, timeout=LONGEST,
            check=False, env={**environ, HOME_VARIABLE: str(home), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return 124, "", ""
    return done.returncode, done.stdout, done.stderr
