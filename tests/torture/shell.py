"""A person at a shell beside the other programs: one command after the other on the same store, most of them killed."""

import json
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.harness.sandbox import ROOT, Served, environment
from tests.torture import journal
from tests.torture.plan import Step

KINDS = frozenset({
    "note", "reply", "reply_close", "tag", "untag", "assign", "claim", "team", "snooze", "close", "open",
    "contact_note", "contact_tag", "contact_untag",
})  # fmt: skip
"""Steps that the shell has a command for."""

_KILLED = 0.8
"""Share of the commands that are killed."""
_LONGEST = 2.0
"""Seconds after which the last of those is killed; a quiet machine is done within one."""
_HANGS = 240.0
"""Seconds after which a command that nobody killed counts as one that hangs."""


class Shell:
    """Does its steps in a thread, each until the journal holds it. ``kills`` counts SIGKILLs, ``trouble`` what was odd.

    ``home`` is the profile's; at most ``most`` commands are killed.
    """

    def __init__(self, home: Path, store: Path, served: Served, steps: list[Step], seed: int, most: int) -> None:
        self._home, self._store, self._served, self._steps = home, store, served, steps
        self._rng = random.Random(seed)
        self._most = most
        self.kills = 0
        self.commands = 0
        self.trouble: list[str] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether there are steps left."""
        return self._thread.is_alive()

    def end(self) -> None:
        """Stop after the command that runs."""
        self._over.set()
        self._thread.join()

    def _work(self) -> None:
        for step in self._steps:
            while not self._over.is_set() and not self._is_journaled(step):
                if self._command(step):
                    break

    def _is_journaled(self, step: Step) -> bool:
        db = sqlite3.connect(self._store, timeout=30)
        try:
            return step.key in journal.keys(db)
        finally:
            db.close()

    def _command(self, step: Step) -> bool:
        """Run the step's command once, perhaps not to its end. True where it says that there is nothing to do."""
        argv = [sys.executable, "-m", "tui", *_words(step), "--json", "--base-url", self._served.base_url]
        self.commands += 1
        with subprocess.Popen(
            argv, cwd=ROOT, env={**environment(self._home), "TZ": "UTC"}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            if self.kills < self._most and self._rng.random() < _KILLED:
                try:
                    process.wait(self._rng.uniform(0.0, _LONGEST))
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    self.kills += 1
            try:
                said, complaint = process.communicate(timeout=_HANGS)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                self.trouble.append(f"{step.kind} hangs: {argv}")
                return False
        if process.returncode == 70:
            self.trouble.append(f"{step.kind} ended with 70: {complaint}")
        if process.returncode not in (0, -signal.SIGKILL):
            time.sleep(0.2)  # a limit or a dead link: not at once again
        return process.returncode == 0 and _is_unchanged(said)


def _words(step: Step) -> list[str]:
    """The command for a step, without the program's name."""
    cid = step.conversation_id
    match step.kind:
        case "note":
            return ["conversation", "note", cid, f"A note, {step.mark}"]
        case "reply":
            return ["conversation", "reply", cid, f"Hello,\n\nthis is **{step.mark}**.", "--force"]
        case "reply_close":
            return ["conversation", "reply", cid, f"Goodbye {step.mark}!", "--close", "--force"]
        case "assign":
            return ["conversation", "assign", cid, "--admin", step.value]
        case "claim":
            return ["conversation", "assign", cid, "--me"]
        case "team":
            return ["conversation", "assign", cid, "--team", step.value]
        case "snooze":
            return ["conversation", "snooze", cid, f"{datetime.fromtimestamp(int(step.value), UTC):%Y-%m-%d %H:%M}"]
        case "tag" | "untag":
            return ["conversation", step.kind, cid, step.value]
        case "close" | "open":
            return ["conversation", step.kind, cid]
        case "contact_note":
            return ["contact", "note", step.contact_id, f"Called: {step.mark}"]
        case "contact_tag" | "contact_untag":
            return ["contact", step.kind.removeprefix("contact_"), step.contact_id, step.value]
        case _:
            raise ValueError(step.kind)


def _is_unchanged(said: str) -> bool:
    try:
        answer = json.loads(said)
    except json.JSONDecodeError:
        return False
    first = answer[0] if isinstance(answer, list) and answer else answer
    return isinstance(first, dict) and first.get("state") == "unchanged"
