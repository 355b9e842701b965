"""A served sandbox behind a proxy whose answers a test edits while it runs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cases.support import edited

_ANSWERS = """
import json, pathlib, re
RULES = pathlib.Path(__file__).with_name("rules.json")
ASKED = pathlib.Path(__file__).with_name("asked.txt")
def answer(req):
    with ASKED.open("a") as file:
        file.write(req["method"] + " " + req["path"] + "\\n")
    for rule in json.loads(RULES.read_text()):
        if re.search(rule["where"], req["method"] + " " + req["path"]):
            return {"status": rule["status"], "headers": rule["headers"], "body": rule["body"].encode()}
"""
Headers = list[tuple[str, str]]
HTML: Headers = [("Content-Type", "text/html; charset=utf-8")]
JSON: Headers = [("Content-Type", "application/json; charset=utf-8")]
PAGE = "<!doctype html><html><head><title>Hotel Wi-Fi</title></head><body>Please log in</body></html>"


@dataclass(frozen=True)
class Answered:
    """What is answered in Intercom's place."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = tuple(HTML)
    body: str = PAGE


def refused(status: int, message: str = "Not authorized to access resource") -> Answered:
    """Intercom's own refusal for a scope that the token lacks."""
    errors = [{"code": "token_unauthorized", "message": message}]
    body = json.dumps({"type": "error.list", "request_id": "r1", "errors": errors})
    return Answered(status, tuple(JSON), body)


@dataclass
class Edited:
    """The proxy's address, and its rules."""

    url: str
    folder: Path

    def rules(self, rules: dict[str, Answered]) -> None:
        """From now on what matches ``METHOD /path?query`` (regular expressions) is answered so, the rest passed on."""
        written = [
            {"where": where, "status": one.status, "headers": list(one.headers), "body": one.body}
            for where, one in rules.items()
        ]
        fresh = self.folder / "rules.new"
        fresh.write_text(json.dumps(written))
        fresh.replace(self.folder / "rules.json")

    def asked(self) -> list[str]:
        """``METHOD /path?query`` of every request so far."""
        file = self.folder / "asked.txt"
        return file.read_text().splitlines() if file.exists() else []

    def forget(self) -> None:
        """Count from here."""
        (self.folder / "asked.txt").unlink(missing_ok=True)


@contextmanager
def editing(upstream: str, folder: Path) -> Iterator[Edited]:
    """A proxy before ``upstream`` that passes everything on until told otherwise."""
    (folder / "answers.py").write_text(_ANSWERS)
    with edited(upstream, folder / "answers.py") as url:
        made = Edited(url, folder)
        made.rules({})
        yield made
