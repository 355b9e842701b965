"""Programs that are started: what of our environment they are given, and how one is ended with all that it started."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

TOKEN_VARIABLE: Final = "INTERCOM_TOKEN"  # noqa: S105 - the variable's name

_LOOK: Final = 0.02
_secret_names: set[str] = {TOKEN_VARIABLE}


def hide(name: str) -> None:
    """Keep the variable `name` from every program that is started."""
    if name:
        _secret_names.add(name)


def child_environment(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a program that is started: ours without the variables that hold a token."""
    environ = os.environ if environ is None else environ
    return {name: value for name, value in environ.items() if name not in _secret_names}


def end_with_children(pid: int, grace: float = 1.0) -> None:
    """End the process `pid` and all that it started: asked first, after `grace` seconds ended by force.

    It is our own child and not reaped yet. What it started is found by parentage, since an editor shares our process
    group with the shell around us; where it leads a group of its own, that group is ended too.
    """
    family = _family(pid)
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGCONT):  # one that is stopped hears nothing else
        _send(pid, family, number)
    end = time.monotonic() + grace
    while time.monotonic() < end and any(_lives(one) for one in family):
        time.sleep(_LOOK)
    _send(pid, family | _family(pid), signal.SIGKILL)


def _send(pid: int, family: set[int], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if os.getpgid(pid) == pid != os.getpgrp():
            os.killpg(pid, number)
    for one in family:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(one, number)


def _lives(pid: int) -> bool:
    """Whether it runs; one that has ended and is not reaped does not."""
    with suppress(OSError):
        return _state_and_parent(Path(f"/proc/{pid}/stat").read_bytes())[0] not in ("Z", "X")
    if Path("/proc/self/stat").exists():
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _family(pid: int) -> set[int]:
    """The process and all that descend from it."""
    parents = _parents()
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found and one not in found}:
        found |= more
    return found


def _parents() -> dict[int, int]:
    """The parent of every process."""
    found: dict[int, int] = {}
    with suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit():
                with suppress(OSError, ValueError, IndexError):  # it has ended meanwhile
                    found[int(name)] = _state_and_parent(Path(f"/proc/{name}/stat").read_bytes())[1]
    if not found:  # no /proc here, as on macOS
        with suppress(OSError, subprocess.SubprocessError):
            listed = subprocess.run(
                ["/bin/ps", "-A", "-o", "pid=,ppid="],
                capture_output=True,
                text=True,
                timeout=5,
                check=False,
                env=child_environment(),
            )
            found = {int(one): int(parent) for one, parent in map(str.split, listed.stdout.splitlines())}
    return found


def _state_and_parent(stat: bytes) -> tuple[str, int]:
    """Of ``/proc/PID/stat`` (proc(5)); the name, second and in brackets, may hold anything."""
    fields = stat.rpartition(b")")[2].split()
    return fields[0].decode(), int(fields[1])
