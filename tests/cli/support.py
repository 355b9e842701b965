"""What the tests of the command line share: a served sandbox, and the program run in this process or as a child."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tui.cli.main import main

ROOT = Path(__file__).parents[2]
TOKEN = "dG9rOmNsaS10ZXN0cy0wMTIzNDU2Nzg5YWJjZGVm"
Json = dict[str, Any]


@dataclass
class Served:
    """A sandbox of its own process, and a second client to see what became of the workspace."""

    url: str
    http: httpx.Client

    def get(self, path: str) -> Json:
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.text
        loaded: Json = answer.json()
        return loaded

    def post(self, path: str, body: Mapping[str, object]) -> Json:
        answer = self.http.post(path, json=dict(body))
        assert answer.status_code < 300, answer.text
        loaded: Json = answer.json()
        return loaded

    def search(self, *filters: tuple[str, str, object]) -> list[Json]:
        """All conversations that match every filter."""
        value = [{"field": field, "operator": operator, "value": wanted} for field, operator, wanted in filters]
        found: list[Json] = []
        cursor: str | None = None
        while True:
            pagination = {"per_page": 150, **({"starting_after": cursor} if cursor else {})}
            page = self.post("/conversations/search", {"query": {"operator": "AND", "value": value},
                                                       "pagination": pagination})  # fmt: skip
            found += page["conversations"]
            following = page["pages"].get("next")
            if not following:
                return found
            cursor = following["starting_after"]

    def conversation(self, conversation_id: str) -> Json:
        return self.get(f"/conversations/{conversation_id}")

    def parts(self, conversation_id: str) -> list[Json]:
        parts: list[Json] = self.conversation(conversation_id)["conversation_parts"]["conversation_parts"]
        return parts

    def customer_writes(self, conversation_id: str, body: str) -> None:
        self.post("/_sandbox/customer_reply", {"conversation_id": conversation_id, "body": body})

    def faults(self, spec: str) -> None:
        self.post("/_sandbox/faults", {"spec": spec})

    def requests(self) -> Json:
        counted: Json = self.get("/_sandbox/stats")["requests"]
        return counted

    def forget_requests(self) -> None:
        assert self.http.delete("/_sandbox/stats").status_code == 200


def serve() -> Iterator[Served]:
    """A sandbox of 90 conversations, ended with the generator."""
    argv = [sys.executable, "-m", "tui.sandbox", "--port", "0", "--conversations", "90", "--token", TOKEN]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith("Sandbox on "), line
            url = line.split()[2]
            with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False) as http:
                yield Served(url, http)
        finally:
            process.terminate()


@dataclass
class Result:
    """What a run of the program came to."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Program:
    """The command line in this process, on a profile that no other test knows."""

    served: Served
    home: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def __call__(self, *argv: str) -> Result:
        """Run it; whatever happens, the token must not be seen, and nothing that drives a terminal."""
        self.capsys.readouterr()
        code = main(argv)
        said = self.capsys.readouterr()
        for text in (said.out, said.err):
            assert TOKEN not in text
            assert "\x1b" not in text
        assert "Traceback" not in said.err
        return Result(code, said.out, said.err)

    def ok(self, *argv: str) -> Result:
        result = self(*argv)
        assert result.code == 0, result.err
        assert result.err == ""
        return result

    def fails(self, code: int, *argv: str) -> str:
        """Run it, expect this exit code and one sentence; the sentence without the program's name."""
        result = self(*argv)
        assert result.code == code, (result.code, result.err)
        assert result.err.startswith("intercom-tui: ")
        assert result.err.count("\n") == 1
        return result.err.removeprefix("intercom-tui: ").strip()

    def json(self, *argv: str) -> Any:
        return self.ok(*argv, "--json").json()


def environment(home: Path, **more: str) -> dict[str, str]:
    """A child's environment: nothing of the caller's profile, proxies or terminal."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME")}
    return {**kept, "INTERCOM_TUI_HOME": str(home), "PYTHONUTF8": "1", **more}


def child(*argv: str, home: Path, **more: str) -> Result:
    """Run the program as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *argv],
        capture_output=True,
        text=True,
        env=environment(home, **more),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)
