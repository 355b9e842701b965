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
_STOPS_WITHIN: Final = 0.5
_STOPPED: Final = frozenset("TtZX")
"""States of proc(5) in which a process starts nothing: stopped, traced, ended; and none, where it is gone."""
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
    family = _family({pid})
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGCONT):  # one that is stopped hears nothing else
        _send(pid, family, number)
    end = time.monotonic() + grace
    while time.monotonic() < end and any(_lives(one) for one in family):
        time.sleep(_LOOK)
        family |= _family(family)
    _send(pid, _stopped(family), signal.SIGKILL)


def _stopped(family: set[int]) -> set[int]:
    """The family and what it started meanwhile, all of it stopped: of one that runs, a killed child is started anew."""
    stopped: set[int] = set()
    while new := family - stopped:
        for one in new:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(one, signal.SIGSTOP)
        end = time.monotonic() + _STOPS_WITHIN
        while time.monotonic() < end and any(_state(one) not in _STOPPED for one in new):
            time.sleep(_LOOK / 10)
        stopped |= new
        family = stopped | _family(stopped)
    return stopped


def _send(pid: int, family: set[int], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if os.getpgid(pid) == pid != os.getpgrp():
            os.killpg(pid, number)
    for one in family:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(one, number)


def _lives(pid: int) -> bool:
    """Whether it runs; one that has ended and is not reaped does not."""
    return _state(pid) not in ("Z", "X")


def _state(pid: int) -> str:
    """Its letter of proc(5), "X" where it is gone; without ``/proc`` (macOS) only "R" and "X" are told apart."""
    with suppress(OSError):
        return _state_and_parent(Path(f"/proc/{pid}/stat").read_bytes())[0]
    if Path("/proc/self/stat").exists():
        return "X"
    try:
        os.kill(pid, 0)
    except OSError:
        return "X"
    return "R"


def _family(roots: set[int]) -> set[int]:
    """The processes `roots` and all that descend from them."""
    parents = _parents()
    found = set(roots)
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
