"""The sandbox as its own process, as people run it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx


@dataclass
class Served:
    """A served sandbox: where it is, and its token."""

    base_url: str
    token: str
    process: subprocess.Popen[str]

    def client(self) -> httpx.Client:
        """A plain client of it."""
        return httpx.Client(base_url=self.base_url, headers={"Authorization": f"Bearer {self.token}"}, timeout=20)


@contextmanager
def serve(*options: str) -> Iterator[Served]:
    """Start ``python -m tui.sandbox`` on a free port and stop it afterwards."""
    command = [sys.executable, "-m", "tui.sandbox", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r"Sandbox on (http://127\.0\.0\.1:\d+) — token: (\S+)\n", line)
        assert found, f"the sandbox said {line!r}"
        yield Served(found[1], found[2], process)
    finally:
        process.terminate()
        code = process.wait(10)
        process.stdout.close()
    assert code == 0
