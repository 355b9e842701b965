"""Effects that land late: how many were sent twice though they came within the patience, and how many in silence.

``python -m tests.torture --late 2..90`` sends words (replies, closing replies, notes, notes about contacts) from two
programs on one store, while every other write is cut or answered with a 500, 502 or 504 and takes effect so many
seconds later. The judge is the workspace's own record, and a command of the shell, started afterwards, that must name
every double. All seconds are multiplied by ``--scale``.
"""

import asyncio
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.inboxes import started
from tests.harness.sandbox import ROOT, Served, environment
from tests.torture.run import Life
from tui.inbox.inbox import Options
from tui.store.store import Store

_MARK = re.compile(r"late[0-9]+end")
_KINDS = ("reply", "note", "reply_close", "contact_note")
_REDACTED_LATER = 2.0
"""Seconds between the looks of the judge while effects are still to come."""


@dataclass(frozen=True)
class Wishes:
    """What is asked for. ``low`` and ``high``: seconds after which effects land; ``rate`` of the writes."""

    low: float
    high: float
    actions: int = 200
    programs: int = 2
    kills: int = 0
    patience: float = 120.0
    scale: float = 1.0
    rate: float = 0.5
    seed: int = 1
    minutes: float = 30.0


@dataclass
class Outcome:
    """What came of it: marks by what happened to their words."""

    actions: int
    late: int
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    unfinished: int = 0
    kills: int = 0
    seconds: float = 0.0
    beyond: bool = False

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing silent, and nothing twice unless effects came later than the patience."""
        return not (self.lost or self.silent or self.unfinished or (self.twice and not self.beyond))

    def sentence(self) -> str:
        """One line."""
        unfinished = f", {self.unfinished} NOT FINISHED IN TIME" if self.unfinished else ""
        return (
            f"late: {self.actions} actions, {self.late} landed late, lost {len(self.lost)}, twice {len(self.twice)}, "
            f"silent {len(self.silent)}, {self.kills} kills, {self.seconds:.0f} s{unfinished}"
        )


def parse(spec: str) -> tuple[float, float]:
    """``2..90``: seconds from and to. Raises `ValueError`."""
    low, _, high = spec.partition("..")
    return float(low), float(high or low)


def run(wishes: Wishes) -> Outcome:
    """All of it. Raises RuntimeError where a program ends by itself."""
    rng = random.Random(wishes.seed)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="late-") as folder,
        Served(conversations=max(20, wishes.actions), seed=wishes.seed, latency_ms=5) as served,
    ):
        home = Path(folder)
        script, store = home / "script.json", home / "store.sqlite3"
        steps = _script(served, wishes)
        script.write_text(json.dumps(steps), encoding="utf-8")
        low, high = wishes.low * wishes.scale, wishes.high * wishes.scale
        served.faults(f"late={wishes.rate}:{low}-{high}", wishes.seed)
        outcome = Outcome(wishes.actions, 0, beyond=wishes.high >= wishes.patience)
        _lives(wishes, rng, home, script, store, served, started, outcome)
        outcome.late = _stats(served)[1]
        served.faults("", wishes.seed)
        _judge(served, steps, store, home, outcome)
        outcome.seconds = time.monotonic() - started
        return outcome


def _script(served: Served, wishes: Wishes) -> list[dict[str, str]]:
    found: list[dict[str, object]] = []
    after = ""
    while len(found) < wishes.actions:
        page = served.ask("GET", f"/conversations?per_page=150{after}")
        found += [
            {"id": str(one["id"]), "contact": str(one["contacts"]["contacts"][0]["id"])}
            for one in page["conversations"]
            if one["contacts"]["contacts"]
        ]
        following = (page["pages"].get("next") or {}).get("starting_after")
        if not following:
            break
        after = f"&starting_after={following}"
    steps: list[dict[str, str]] = []
    for number in range(wishes.actions):
        one = found[number % len(found)]
        steps.append(
            {
                "number": str(number), "kind": _KINDS[number % len(_KINDS)], "mark": f"late{number}end",
                "conversation": str(one["id"]), "contact": str(one["contact"]),
            }
        )  # fmt: skip
    return steps


def _stats(served: Served) -> tuple[int, int]:
    """How many effects are still to come, and how many came late."""
    stats = served.ask("GET", "/_sandbox/stats")
    return int(stats["late"]), int(stats["landed"])


def _lives(
    wishes: Wishes, rng: random.Random, home: Path, script: Path, store: Path, served: Served, started: float,
    outcome: Outcome,
) -> None:  # fmt: skip
    end = started + wishes.minutes * 60
    lives: dict[int, Life] = {}

    def begin(share: int) -> None:
        words = [str(script), str(store), served.base_url, str(wishes.patience * wishes.scale)]
        argv = [sys.executable, "-m", "tests.torture.late", *words, str(share), str(wishes.programs)]
        lives[share] = Life(argv, home)

    for share in range(wishes.programs):
        begin(share)
    try:
        while time.monotonic() < end:
            time.sleep(_REDACTED_LATER)
            for share, life in lives.items():
                if life.process.poll() is not None:
                    raise RuntimeError(f"program {share} ended by itself:\n" + "\n".join(life.said[-30:]))
            if outcome.kills < wishes.kills:
                share = rng.randrange(wishes.programs)
                lives[share].ready.wait(60)
                lives[share].kill()
                outcome.kills += 1
                begin(share)
            elif _is_over(served, store, len(json.loads(script.read_text()))):
                break
    finally:
        for life in lives.values():
            if life.process.poll() is None:
                life.kill()


def _is_over(served: Served, path: Path, wanted: int) -> bool:
    """Everything is done, no effect is still to come, and each watched action was looked at after the last of them."""
    if _stats(served)[0]:
        return False
    store = Store.open(path)
    try:
        rows = store.reader.execute("SELECT state, held_for FROM outbox WHERE kind <> 'redact'").fetchall()
        if len(rows) < wanted or any(state not in ("done", "discarded") for state, _ in rows):
            return False
        landed = path.with_name("landed")
        if not landed.exists():
            landed.touch()
            return False
        # each look is at most a minute after the one before it
        newest = store.reader.execute("SELECT count(*) FROM watches").fetchone()[0]
        return not newest or time.time() > landed.stat().st_mtime + 65.0
    finally:
        store.close()


def _judge(served: Served, steps: list[dict[str, str]], path: Path, home: Path, outcome: Outcome) -> None:
    told = _told(home, path)
    for step in steps:
        mark = step["mark"]
        if step["kind"] == "contact_note":
            notes = served.ask("GET", f"/contacts/{step['contact']}/notes?per_page=50")["data"]
            times = sum(mark in _MARK.findall(note["body"] or "") for note in notes)
        else:
            parts = served.conversation(step["conversation"])["conversation_parts"]["conversation_parts"]
            times = sum(mark in _MARK.findall(part["body"] or "") for part in parts)
        if times == 0:
            outcome.lost.append(f"{step['kind']} {mark}")
        elif times > 1:
            outcome.twice.append(f"{step['kind']} {mark}: {times} times")
            if told.get(mark, 0) < times - 1:
                outcome.silent.append(f"{step['kind']} {mark}: {times} times, told {told.get(mark, 0)}")
    store = Store.open(path)
    try:
        states = store.reader.execute("SELECT state FROM outbox WHERE kind <> 'redact'").fetchall()
        outcome.unfinished = sum(state != "done" for (state,) in states) + max(0, len(steps) - len(states))
    finally:
        store.close()


def _told(home: Path, path: Path) -> dict[str, int]:
    """What ``outbox list`` of a shell, started now, says of each mark."""
    profile = home / "data"
    info = subprocess.run(
        [sys.executable, "-m", "tui", "store", "info", "--json"], cwd=ROOT, env=environment(profile),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    target = Path(json.loads(info.stdout)["path"])
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = sqlite3.connect(path)
    try:
        copy.execute("VACUUM INTO ?", (str(target),))
    finally:
        copy.close()
    listed = subprocess.run(
        [sys.executable, "-m", "tui", "outbox", "list", "--json"], cwd=ROOT, env=environment(profile),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told: dict[str, int] = {}
    for row in json.loads(listed.stdout):
        if row["held_for"] == "twice":
            for mark in _MARK.findall(row["title"]):
                told[mark] = told.get(mark, 0) + 1
    return told


async def _work(script: Path, path: Path, base_url: str, patience: float, share: int, shares: int) -> None:
    """One program: journal its share, send, and watch until it is killed."""
    store = Store.open(path)
    options = Options(undo_seconds=0.0, settle_seconds=patience, fast_seconds=3600, idle_seconds=3600, history_days=0)
    inbox = await started(store, base_url, options)
    print("ready", flush=True)
    there: set[str] = set()
    steps = await asyncio.to_thread(lambda: json.loads(script.read_text(encoding="utf-8")))
    for (payload,) in store.reader.execute("SELECT payload FROM outbox"):
        there.update(_MARK.findall(json.loads(payload).get("text", "")))
    for step in steps:
        if int(step["number"]) % shares != share or step["mark"] in there:
            continue
        words, cid = f"Hello, this is {step['mark']}", step["conversation"]
        match step["kind"]:
            case "note":
                await inbox.actions.note(cid, words)
            case "contact_note":
                await inbox.actions.note_contact(step["contact"], words)
            case _:
                await inbox.actions.reply(cid, words, close=step["kind"] == "reply_close", force=True)
        await asyncio.sleep(0.01)
    await asyncio.Event().wait()


if __name__ == "__main__":
    _, script_, path_, url_, patience_, share_, shares_ = sys.argv
    asyncio.run(_work(Path(script_), Path(path_), url_, float(patience_), int(share_), int(shares_)))
