"""Lives and deaths: starts the program, kills it, starts it again, until the script is done; then counts."""

import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture import plan
from tests.torture.served import ROOT, Served, environment

FAULTS = "cut_before=0.04,cut_after=0.06,5xx=0.04,429=0.02,truncate=0.03,html=0.03,nulls=0.03,latency=0.4:10-150"
"""What goes wrong unless told otherwise."""


@dataclass
class Wishes:
    """What is asked for. ``settle`` must be longer than any delay of the sandbox; times in seconds."""

    kills: int = 200
    actions: int = 0
    programs: int = 1
    seed: int = 1
    faults: str = FAULTS
    latency_ms: int = 10
    settle: float = 2.0
    minutes: float = 12.0
    verbose: bool = False


@dataclass
class Outcome:
    """What came of it."""

    count: plan.Count
    actions: int
    kills: int
    seconds: float
    decisions: list[str] = field(default_factory=list)
    unfinished: bool = False

    @property
    def is_good(self) -> bool:
        """True where nothing was lost, sent twice or out of order, and all was done in time."""
        return self.count.is_good and not self.unfinished

    def sentence(self) -> str:
        """One line."""
        lost, twice = len(self.count.lost), len(self.count.twice)
        rest = f", {len(self.count.disorder)} out of order" if self.count.disorder else ""
        rest += ", NOT FINISHED IN TIME" if self.unfinished else ""
        return f"lost {lost}, twice {twice}, {self.actions} actions, {self.kills} kills, {self.seconds:.0f} s{rest}" + (
            f", {len(self.decisions)} asked a person" if self.decisions else ""
        )


class Life:
    """One process. ``ready`` is set when it begins to work; ``said`` is what it printed."""

    def __init__(self, argv: list[str], home: Path) -> None:
        self.process = subprocess.Popen(
            argv, cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.ready = threading.Event()
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.strip() == "ready":
                self.ready.set()
            else:
                self.said.append(line.rstrip())
        self.ready.set()

    def kill(self) -> None:
        """SIGKILL, and bury it."""
        self.process.send_signal(signal.SIGKILL)
        self.bury()

    def bury(self) -> None:
        """Wait for the end."""
        self.process.wait()
        self._reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()


def run(wishes: Wishes) -> Outcome:
    """All of it. Raises RuntimeError where a program dies by itself."""
    rng = random.Random(wishes.seed)
    actions = wishes.actions or max(200, wishes.kills * 2)
    started = time.monotonic()
    conversations = max(20, actions // 8)
    with (
        tempfile.TemporaryDirectory(prefix="torture-") as folder,
        Served(conversations=conversations, seed=wishes.seed, latency_ms=wishes.latency_ms) as served,
    ):
        home = Path(folder)
        script, store = home / "script.json", home / "store.sqlite3"
        steps = plan.make(served, actions, rng)
        plan.save(script, steps)
        me = str(served.ask("GET", "/me")["id"])
        cids = sorted({step.conversation_id for step in steps})
        before = {cid: plan.events(served.conversation(cid), me) for cid in cids}
        served.faults(wishes.faults, wishes.seed)
        kills, decisions, unfinished = _lives(wishes, rng, home, script, store, served, cids, started, actions)
        served.faults("", wishes.seed)
        time.sleep(0.5)
        count = plan.count(served, steps, before, me, store)
        return Outcome(count, actions, kills, time.monotonic() - started, decisions, unfinished)


def _lives(
    wishes: Wishes, rng: random.Random, home: Path, script: Path, store: Path, served: Served, cids: list[str],
    started: float, actions: int,
) -> tuple[int, list[str], bool]:  # fmt: skip
    burst = max(2, 2 * actions // max(1, wishes.kills))
    kills, decisions = 0, list[str]()
    end = started + wishes.minutes * 60
    lives: dict[int, Life] = {}

    def begin(share: int) -> None:
        limit = burst if kills < wishes.kills else 0
        words = [
            str(script),
            str(store),
            served.base_url,
            str(wishes.settle),
            str(share),
            str(wishes.programs),
            str(limit),
        ]
        lives[share] = Life([sys.executable, "-m", "tests.torture.worker", *words], home)

    def over(share: int) -> None:
        decisions.extend(line for line in lives[share].said if line.startswith("decide"))

    for share in range(wishes.programs):
        begin(share)
    try:
        while kills < wishes.kills and time.monotonic() < end:
            share = rng.randrange(wishes.programs)
            life = lives[share]
            if rng.random() < 0.15:
                time.sleep(rng.uniform(0.0, 0.4))
            else:
                life.ready.wait(30)
                time.sleep(rng.uniform(0.0, 0.9))
            if rng.random() < 0.1:
                served.ask(
                    "POST",
                    "/_sandbox/customer_reply",
                    {"conversation_id": rng.choice(cids), "body": "<p>Still there?</p>"},
                )
            if life.process.poll() not in (None, 0):
                raise RuntimeError("a program ended by itself:\n" + "\n".join(life.said[-30:]))
            life.kill()
            over(share)
            kills += 1
            if wishes.verbose and kills % 20 == 0:
                print(f"{kills} kills, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
            begin(share)
        for share in list(lives) if wishes.kills else ():
            # the last ones do whatever is left
            lives[share].kill()
            over(share)
            kills += 1
            begin(share)
        unfinished = False
        for share, life in lives.items():
            try:
                code = life.process.wait(max(10.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                unfinished = True
                continue
            life.bury()
            over(share)
            if code:
                raise RuntimeError(f"a program ended with {code}:\n" + "\n".join(life.said[-30:]))
        return kills, decisions, unfinished
    finally:
        for life in lives.values():
            if life.process.poll() is None:
                life.kill()
