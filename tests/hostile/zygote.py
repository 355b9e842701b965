"""Runs commands of the program, each in a fork of a process that has loaded it: many a second, all of them real.

``python -m tests.hostile.zygote`` reads jobs as JSON lines on stdin and answers one line each. A job is `argv`, `env`
and `tty` (stdout and stderr are a pseudo-terminal then, else two pipes); an answer is the exit code, what was written
(base64), and the largest resident size in KiB. A command that does not end within `seconds` is killed: code -9.
"""

import base64
import fcntl
import json
import os
import pty
import resource
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

_ROOT = Path(__file__).parents[2]
_GIBIBYTE = 1 << 30


@dataclass(frozen=True)
class Done:
    """What became of a command. On a terminal `out` holds both streams."""

    code: int
    out: bytes
    err: bytes
    rss_mib: float
    seconds: float


class Zygote:
    """The process that forks. A context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __spec__.name], cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def run(self, argv: Sequence[str], env: Mapping[str, str], *, tty: bool = False, seconds: float = 120) -> Done:
        """Run a command to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        job = {"argv": list(argv), "env": dict(env), "tty": tty, "seconds": seconds}
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        return Done(said["code"], base64.b64decode(said["out"]), base64.b64decode(said["err"]), said["rss"] / 1024,
                    said["seconds"])  # fmt: skip


def _child(job: dict[str, object], out: int, err: int, *, tty: bool) -> None:
    """In the fork: become the program."""
    os.setsid()
    if tty:
        fcntl.ioctl(out, termios.TIOCSCTTY, 0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (out, 1), (err, 2)):
        os.dup2(source, target)
    os.closerange(3, 64)
    environ, argv = job["env"], job["argv"]
    assert isinstance(environ, dict)
    assert isinstance(argv, list)
    os.environ.clear()
    os.environ.update(environ)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - until the fork ends
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    errors = "backslashreplace"
    sys.stderr = open(2, "w", encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 - as above
    resource.setrlimit(resource.RLIMIT_AS, (4 * _GIBIBYTE, 4 * _GIBIBYTE))  # a bomb ends this, not the machine
    from tui.cli.main import main

    code = 70
    try:
        # what a shell gives: bytes that are no UTF-8 come as lone surrogates
        code = main([each.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape") for each in argv])
        sys.stdout.flush()
    finally:
        os._exit(code)


def _run(job: dict[str, object]) -> dict[str, object]:
    tty = bool(job["tty"])
    start = time.monotonic()
    if tty:
        master, out = pty.openpty()
        fcntl.ioctl(out, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        err, reading = out, {master: bytearray()}
    else:
        master, out = os.pipe()
        second, err = os.pipe()
        reading = {master: bytearray(), second: bytearray()}
    pid = os.fork()
    if not pid:
        for each in reading:
            os.close(each)
        _child(job, out, err, tty=tty)
    for each in {out, err}:
        os.close(each)
    open_ends = set(reading)
    seconds = job["seconds"]
    assert isinstance(seconds, int | float)
    killed = False
    while open_ends:
        left = start + seconds - time.monotonic()
        if left <= 0 and not killed:
            killed = True
            os.kill(pid, signal.SIGKILL)
        for each in select.select(list(open_ends), [], [], max(0.0, left) if not killed else None)[0]:
            try:
                data = os.read(each, 65536)
            except OSError:  # a terminal whose program is gone
                data = b""
            reading[each] += data
            if not data:
                open_ends.discard(each)
                os.close(each)
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    written = [base64.b64encode(each).decode() for each in reading.values()]
    return {"code": code, "out": written[0], "err": written[1] if len(written) > 1 else "", "rss": usage.ru_maxrss,
            "seconds": time.monotonic() - start}  # fmt: skip


def _serve() -> None:
    import httpx  # noqa: F401 - loaded for all forks

    import tui.api.client
    import tui.cli.admin
    import tui.cli.contact
    import tui.cli.conversation
    import tui.cli.main
    import tui.cli.outbox
    import tui.cli.store
    import tui.cli.tag
    import tui.inbox.inbox
    import tui.store.store
    import tui.text.html  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


if __name__ == "__main__":
    _serve()
