"""``python -m tests.interrupts --count 300``: SIGINT, SIGTERM and SIGHUP at random instants of a command's start.

Each must end the command within a second of the signal, without a word, and with 128 + the signal (or by the signal
itself), or the command was done first. Before the first line of the program Python itself is starting, and what it
says of an interrupt then is not ours: those are counted apart.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.cli.support import ROOT, TOKEN, environment, serve

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COMMANDS = (["admin", "list"], ["conversation", "list"], ["outbox", "list"], ["--help"])
_PYTHONS_OWN = ("init_import_site", "<frozen runpy>", "<frozen site>")


def tried(argv: list[str], after: float, number: signal.Signals, env: dict[str, str]) -> tuple[str, float]:
    """What became of one command that was sent a signal `after` seconds; and how long it lived on."""
    with subprocess.Popen(
        [sys.executable, "-m", "tui", *argv], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=env,
        cwd=ROOT, stdin=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        time.sleep(after)
        process.send_signal(number)
        sent = time.monotonic()
        try:
            said = process.communicate(timeout=60)[1]
        except subprocess.TimeoutExpired:
            process.kill()
            return "hangs", 60.0
    lived = time.monotonic() - sent
    if said:
        python = "tui/start.py" not in said and "/tui/cli/" not in said and any(one in said for one in _PYTHONS_OWN)
        return ("Python's own start" if python else f"says: {said[-300:]}"), lived
    if process.returncode in (-number, 128 + number):
        return "ended", lived
    return ("done" if process.returncode == 0 else f"code {process.returncode}"), lived


def run(count: int, seed: int) -> tuple[Counter[str], float]:
    """What became of `count` commands, and the longest that one lived on."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    longest = 0.0
    with tempfile.TemporaryDirectory() as home:
        for served in serve():
            env = environment(Path(home), INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url)
            started = time.monotonic()
            subprocess.run(
                [sys.executable, "-m", "tui", *COMMANDS[0]], env=env, cwd=ROOT, check=True, capture_output=True
            )
            whole = time.monotonic() - started
            for _ in range(count):
                number, argv = chance.choice(SIGNALS), chance.choice(COMMANDS)
                what, lived = tried(argv, chance.uniform(0, whole), number, env)
                found[what] += 1
                print(f"{number.name:<8} {lived:5.2f} s  {what}", file=sys.stderr, flush=True)
                longest = max(longest, lived)
    return found, longest


def main() -> int:
    """Print the counts; 1 where one was not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m tests.interrupts")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found, longest = run(args.count, args.seed)
    for what, times in found.most_common():
        print(f"{times:>5}  {what}")
    print(f"longest life after the signal: {longest:.2f} s")
    return int(any(what not in ("ended", "done", "Python's own start") for what in found))


if __name__ == "__main__":
    raise SystemExit(main())
