"""A signal at any instant of a command: a sample of ``python -m tests.interrupts``, and the instants that hung."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.cli.support import ROOT, TOKEN, Served, environment
from tests.interrupts import run


def test_a_sample_of_random_instants_is_quiet() -> None:
    found, _ = run(12, 7)
    assert not set(found) - {"ended", "done", "Python's own start"}, found


def test_an_interrupt_while_another_program_holds_the_store_locked(served: Served, home: Path) -> None:
    """SQLite waits in C, where Python hears no signal."""
    env = environment(home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url)
    command = [sys.executable, "-m", "tui", "admin", "list"]
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)
    store = home / "data" / "default" / "store.sqlite3"
    with sqlite3.connect(store, isolation_level=None) as db:
        db.execute("PRAGMA user_version = 1")  # a start would migrate, and waits for its turn
        db.execute("BEGIN EXCLUSIVE")
        with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            while str(store) not in _open_files(process.pid) and process.poll() is None:
                pass
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        db.execute("ROLLBACK")
    db.close()
    assert (process.returncode, out, err) in ((130, b"", b""), (-signal.SIGINT, b"", b""))


def _open_files(pid: int) -> set[str]:
    found: set[str] = set()
    try:
        for one in Path(f"/proc/{pid}/fd").iterdir():
            found.add(str(one.readlink()))
    except OSError:
        pass
    return found
