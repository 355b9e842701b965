"""The sandbox in a process of its own, and a plain way to ask it: nothing of the client under test."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

__all__ = ["ROOT", "TOKEN", "Served", "environment"]

ROOT = Path(__file__).parents[2]
TOKEN = "sandbox-token"
_PATIENCE = 10.0
"""Seconds for the sandbox to end after SIGTERM."""


class Served:
    """``python -m tui.sandbox`` on a free port. A context manager; leaving it ends the process.

    What is None is the sandbox's own default; ``more`` are further options of its command line.
    """

    def __init__(
        self,
        *,
        conversations: int | None = None,
        seed: int | None = None,
        latency_ms: int | None = None,
        token: str = TOKEN,
        more: Sequence[str] = (),
    ) -> None:
        self.token = token
        wanted = {"--conversations": conversations, "--seed": seed, "--latency": latency_ms, "--token": token}
        options = [word for name, value in wanted.items() if value is not None for word in (name, str(value))]
        argv = [sys.executable, "-m", "tui.sandbox", "--port", "0", *options, *more]
        self.process = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.match(r"Sandbox on (http://127\.0\.0\.1:\d+) ", line)
        if found is None:
            raise RuntimeError(f"the sandbox did not start: {line!r}")
        self.base_url = found[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def client(self) -> httpx.Client:
        """A plain client of it."""
        return httpx.Client(base_url=self.base_url, headers={"Authorization": f"Bearer {self.token}"}, timeout=20)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One request, its answer as JSON."""
        request = urllib.request.Request(
            f"{self.base_url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "Intercom-Version": "2.14",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def faults(self, spec: str, seed: int) -> None:
        """From now on this goes wrong; ``""``: nothing."""
        self.ask("POST", "/_sandbox/faults", {"spec": spec, "seed": seed})

    def latency(self, ms: int) -> None:
        """Let every answer take ``ms`` longer."""
        self.ask("POST", "/_sandbox/latency", {"ms": ms})

    def forget_requests(self) -> None:
        """Count requests from nothing."""
        self.ask("DELETE", "/_sandbox/stats")

    def requests(self) -> dict[str, int]:
        """Requests by method and path, without the polls of sync (which happen with or without keys)."""
        counted = self.ask("GET", "/_sandbox/stats")["requests"]
        return {name: int(count) for name, count in counted.items() if "/conversations/search" not in name}

    def conversations(self) -> list[Any]:
        """All conversations, as the list has them: without parts."""
        found: list[Any] = []
        after = ""
        while True:
            page = self.ask("GET", f"/conversations?per_page=150{after}")
            found += page["conversations"]
            following = page["pages"].get("next")
            if not following:
                return found
            after = f"&starting_after={following['starting_after']}"

    def conversation(self, conversation_id: str) -> Any:
        """A conversation with its parts."""
        return self.ask("GET", f"/conversations/{conversation_id}")


def environment(home: Path) -> dict[str, str]:
    """A program's surroundings: settings, store and token of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "INTERCOM_TUI_HOME": str(home), "INTERCOM_TOKEN": TOKEN}
