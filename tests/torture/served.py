"""The sandbox in a process of its own, and a plain way to ask it: nothing of the client under test."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]
TOKEN = "sandbox-token"


class Served:
    """``python -m tui.sandbox`` on a free port. A context manager; leaving it ends the process."""

    def __init__(self, *, conversations: int, seed: int, latency_ms: int, more: Sequence[str] = ()) -> None:
        argv = [
            sys.executable, "-m", "tui.sandbox", "--port", "0", "--conversations", str(conversations),
            "--seed", str(seed), "--latency", str(latency_ms), *more,
        ]  # fmt: skip
        self.process = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if "Sandbox on " not in line:
            raise RuntimeError(f"the sandbox did not start: {line!r}")
        self.base_url = line.split("Sandbox on ")[1].split(" ")[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One request, its answer as JSON."""
        request = urllib.request.Request(
            f"{self.base_url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {TOKEN}",
                "Content-Type": "application/json",
                "Intercom-Version": "2.14",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def faults(self, spec: str, seed: int) -> None:
        """From now on this goes wrong; ``""``: nothing."""
        self.ask("POST", "/_sandbox/faults", {"spec": spec, "seed": seed})

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
