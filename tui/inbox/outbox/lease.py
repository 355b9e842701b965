"""Who may work on an action: one process at a time, and nobody waits for a dead one."""

import os
import socket
from pathlib import Path

SECONDS = 90.0
"""How long a lease lasts unless it is renewed; more than the longest request."""

RENEW = 30.0
"""Seconds between renewals while a request is on its way."""


def owner_name() -> str:
    """A name for this worker: machine, process, when the process began, and something random."""
    return f"{_machine()}|{os.getpid()}|{_began(os.getpid())}|{os.urandom(4).hex()}"


def is_dead(owner: str) -> bool:
    """True where the owner was a process of this machine that is surely gone; False where that cannot be told."""
    host, _, rest = owner.partition("|")
    pid, _, rest = rest.partition("|")
    began = rest.partition("|")[0]
    if host != _machine() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    # the number may have been given to another process since, or the process be a corpse that nobody buried
    return bool(began) and _began(int(pid)) != began


def is_alive(owner: str) -> bool:
    """True where the owner is a process of this machine that surely runs; False where that cannot be told."""
    host, _, rest = owner.partition("|")
    pid, _, rest = rest.partition("|")
    began = rest.partition("|")[0]
    return host == _machine() and pid.isdigit() and bool(began) and _began(int(pid)) == began


def _machine() -> str:
    """This machine as far as process numbers mean the same: containers share a host's name, not its numbers."""
    try:
        return f"{socket.gethostname()}/{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return socket.gethostname()


def _began(pid: int) -> str:
    """When a living process began, in clock ticks since boot (proc_pid_stat(5), fields 3 and 22); ``""`` where /proc
    is missing, ``dead`` for one that only waits to be buried."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        return "dead" if stat[0] in "ZX" else stat[19]
    except (OSError, IndexError):
        return ""
