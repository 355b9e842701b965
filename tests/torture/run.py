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

from tests.harness.sandbox import ROOT, Served, environment
from tests.torture import count, plan
from tests.torture import shell as shell_face

FAULTS = "cut_before=0.04,cut_after=0.06,5xx=0.04,429=0.02,truncate=0.03,html=0.03,nulls=0.03,latency=0.4:10-150"
"""What goes wrong unless told otherwise."""


@dataclass
class Wishes:
    """What is asked for: ``programs`` without a screen and, with ``shell``, commands beside them.

    ``settle`` must be longer than any delay of the sandbox; times in seconds.
    """

    kills: int = 200
    actions: int = 0
    programs: int = 2
    shell: bool = True
    seed: int = 1
    faults: str = FAULTS
    latency_ms: int = 10
    settle: float = 2.0
    minutes: float = 12.0
    verbose: bool = False


@dataclass
class Outcome:
    """What came of it."""

    count: count.Count
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


def prepare(home: Path, wishes: Wishes) -> Path:
    """Settings for the shell, so that it works as the other programs do; where the default profile's store is."""
    (home / "config").mkdir(mode=0o700)
    (home / "config" / "config.toml").write_text(
        f"[outbox]\nundo_seconds = 1\nsettle_seconds = {max(1, round(wishes.settle))}\n"
    )
    store = home / "data" / "default" / "store.sqlite3"
    store.parent.mkdir(mode=0o700, parents=True)
    return store


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
        script, store = home / "script.json", prepare(home, wishes)
        steps = plan.make(served, actions, rng)
        plan.save(script, steps)
        me = str(served.ask("GET", "/me")["id"])
        cids = sorted({step.conversation_id for step in steps})
        before = {cid: count.events(served.conversation(cid), me) for cid in cids}
        served.faults(wishes.faults, wishes.seed)
        kinds = shell_face.KINDS if wishes.shell else frozenset[str]()
        share = [step for step in steps if plan.share_of(step, wishes.programs, kinds) < 0]
        shell = shell_face.Shell(home, store, served, share, wishes.seed, wishes.kills // 4)
        kills, decisions, unfinished = _lives(wishes, rng, home, script, store, served, cids, started, actions, shell)
        served.faults("", wishes.seed)
        time.sleep(0.5)
        counted = count.count(served, steps, before, me, store)
        counted.lost += shell.trouble
        if wishes.verbose and wishes.shell:
            print(f"{shell.commands} commands in the shell, {shell.kills} killed", file=sys.stderr, flush=True)
        return Outcome(counted, actions, kills + shell.kills, time.monotonic() - started, decisions, unfinished)


def _lives(
    wishes: Wishes, rng: random.Random, home: Path, script: Path, store: Path, served: Served, cids: list[str],
    started: float, actions: int, shell: shell_face.Shell,
) -> tuple[int, list[str], bool]:  # fmt: skip
    burst = max(2, 2 * actions // max(1, wishes.kills))
    kills, decisions = 0, list[str]()
    end = started + wishes.minutes * 60
    lives: dict[int, Life] = {}

    def begin(share: int, limit: int = burst) -> None:
        words = [
            str(script),
            str(store),
            served.base_url,
            str(wishes.settle),
            str(share),
            str(wishes.programs),
            str(int(wishes.shell)),
            str(limit),
        ]
        lives[share] = Life([sys.executable, "-m", "tests.torture.worker", *words], home)

    def over(share: int) -> None:
        decisions.extend(line for line in lives[share].said if line.startswith("decide"))

    for share in range(wishes.programs):
        begin(share, burst if wishes.kills else 0)
    try:
        lives[0].ready.wait(60)  # the store is made by the first program
        shell.start()
        while (kills + shell.kills < wishes.kills or shell.is_busy) and time.monotonic() < end:
            if kills + shell.kills >= wishes.kills:
                time.sleep(0.1)
                continue
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
                print(f"{kills + shell.kills} kills, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
            begin(share)
        unfinished = shell.is_busy
        shell.end()
        for share in list(lives) if wishes.kills else ():
            # the last ones do whatever is left
            lives[share].kill()
            over(share)
            kills += 1
            begin(share, 0)
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
        shell.end()
        for life in lives.values():
            if life.process.poll() is None:
                life.kill()
