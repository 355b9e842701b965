"""One shift: the sandbox and the program sped up alike, keys or none, samples all along, counts at the end."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tests.harness.sandbox import ROOT, Served, environment
from tests.soak.keys import HOME, doings
from tests.soak.program import COLLECT, TELL
from tests.soak.sample import Sample, take
from tests.soak.screen import Screen
from tests.soak.workspace import expected, shown

_SAMPLE_HOURS = 1 / 30
_START = 60.0
"""Seconds within which there must be something on the screen, however busy the machine is."""


@dataclass(frozen=True)
class Wishes:
    """``hours`` simulated, ``speed`` times as fast; ``rest`` simulated seconds between two groups of keys on average;
    ``idle``: no keys; ``trace``: with tracemalloc, which itself takes memory."""

    hours: float = 8.0
    speed: float = 24.0
    seed: int = 1
    conversations: int = 400
    rest: float = 4.0
    idle: bool = False
    trace: bool = False
    live: bool = True
    demo: bool = False
    """The workspace in the program's own process, as ``--demo`` has it; the counts cannot be compared then."""
    verbose: bool = False


@dataclass
class Outcome:
    """What was seen."""

    samples: list[Sample] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    reports: list[dict[str, object]] = field(default_factory=list)
    expected: dict[str, int] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    screen: str = ""
    collected: Sample | None = None
    """After a full collection at the end."""
    exit_code: int | None = None


def run(wishes: Wishes) -> Outcome:
    """All of it."""
    live = ["--live"] if wishes.live else []
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as folder,
        Served(
            conversations=wishes.conversations, seed=wishes.seed, latency_ms=0,
            more=[*live, "--speed", str(wishes.speed)],
        ) as served,
    ):  # fmt: skip
        home = Path(folder)
        (home / "config").mkdir()
        (home / "config" / "config.toml").write_text("[sync]\nhistory_days = 3650\n")
        report = home / "report.jsonl"
        argv = [
            sys.executable, "-m", "tests.soak.program", str(wishes.speed), str(report),
            *(["--trace"] if wishes.trace else []),
            *(["--demo"] if wishes.demo else ["--base-url", served.base_url]),
        ]  # fmt: skip
        env = {**environment(home), "PYTHONPATH": str(ROOT)}
        with Screen(argv, columns=120, rows=40, env=env) as screen:
            return _shift(wishes, served, screen, home)


def _shift(wishes: Wishes, served: Served, screen: Screen, home: Path) -> Outcome:
    outcome = Outcome()
    store, report = home / "data" / "default" / "store.sqlite3", home / "report.jsonl"
    end = time.monotonic() + _START
    while screen.process.poll() is None and time.monotonic() < end:
        screen.pump(0.1)
        if screen.received and (wishes.demo or store.exists()):
            break
    begun = time.monotonic()
    screen.pump(4.0)
    rng = random.Random(wishes.seed)
    work = doings(rng)
    keys = 0
    next_sample = next_report = 0.0

    def look(*, final: bool = False) -> None:
        nonlocal next_sample, next_report
        hours = (time.monotonic() - begun) * wishes.speed / 3600
        if not final and hours < next_sample:
            return
        next_sample = hours + _SAMPLE_HOURS
        one = take(screen.pid, store, hours=hours, received=screen.received, keys=keys)
        outcome.samples.append(one)
        if wishes.verbose and int(hours * 4) != int((hours - _SAMPLE_HOURS) * 4):
            print(json.dumps(one.document()), file=sys.stderr, flush=True)
        if hours >= next_report or final:
            next_report = hours + 1.0
            _ask(screen, report)

    def ended() -> bool:
        outcome.exit_code = screen.process.poll()
        if outcome.exit_code is not None:
            outcome.screen = f"it ended by itself, {outcome.exit_code}: {screen.last_words!r}"
        return outcome.exit_code is not None

    while time.monotonic() - begun < wishes.hours * 3600 / wishes.speed:
        if ended():
            return outcome
        look()
        if wishes.idle:
            screen.pump(1.0)
            continue
        kind, groups, size = next(work)
        outcome.done[kind] += 1
        if size is not None:
            screen.resize(*size)
            screen.pump(0.1)
        for group in groups:
            keys += len(group)
            screen.press(*group)
            # never faster than a terminal and a person: the program has a moment of its own for each group
            screen.pump(max(0.04, rng.uniform(0.5, 1.5) * wishes.rest / wishes.speed))
    screen.resize(120, 40)
    for key in HOME:
        screen.press(key)
        screen.pump(0.5)
    if ended():
        return outcome
    look(final=True)
    _ask(screen, report, COLLECT)
    if ended():
        return outcome
    look(final=True)
    outcome.collected = outcome.samples.pop()
    if not wishes.demo:
        _decide(served, store, home)
        _compare(wishes, served, screen, outcome)
    outcome.reports = [json.loads(line) for line in report.read_text().splitlines()] if report.exists() else []
    screen.press("escape", "escape", "q")
    screen.pump(1.0)
    screen.press("q")
    end = time.monotonic() + 20
    while screen.process.poll() is None and time.monotonic() < end:
        screen.pump(0.1)
    outcome.exit_code = screen.process.poll()
    return outcome


def _ask(screen: Screen, report: Path, number: int = TELL) -> None:
    """Let the process write down what only it knows, and wait for it."""
    before = report.stat().st_size if report.exists() else 0
    os.kill(screen.pid, number)
    end = time.monotonic() + 60
    while (
        time.monotonic() < end
        and screen.process.poll() is None
        and (not report.exists() or report.stat().st_size == before)
    ):
        screen.pump(0.05)


def _decide(served: Served, store: Path, home: Path) -> None:
    """Send what waits for a person's decision, by the command line: till then the screen shows its effect alone."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10)
    try:
        waiting = db.execute(
            "SELECT id FROM outbox WHERE state = 'rejected' OR (state = 'held' AND held_for <> 'undo')"
        ).fetchall()
    finally:
        db.close()
    for (outbox_id,) in waiting:
        subprocess.run(
            [sys.executable, "-m", "tui", "--base-url", served.base_url, "outbox", "retry", "--force", str(outbox_id)],
            cwd=ROOT, env=environment(home), check=False, capture_output=True,
        )  # fmt: skip


def _compare(wishes: Wishes, served: Served, screen: Screen, outcome: Outcome) -> None:
    """Let the people of the workspace rest, wait until the program has heard of it all, and read the counts."""
    if wishes.live:
        served.ask("POST", "/_sandbox/live", {"resting": True})
    for _ in islice(range(40), 40):
        # at most twenty simulated minutes at the usual speed: the slowest look at what is there comes every ten
        screen.press(*HOME, "R")
        screen.pump(1.0)
        outcome.expected = expected(served)
        screen.press("v")
        screen.pump(0.5)
        outcome.screen = screen.text()
        outcome.shown = shown(outcome.screen, list(outcome.expected))
        screen.press("escape")
        if outcome.shown == outcome.expected:
            return
