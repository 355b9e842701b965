"""Text in and out: indentation, what is typed, hidden text, pictures in mails, quoted mail."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.cases.support import TOKEN, Case, case, edited, served
from tests.cli.support import ROOT, environment
from tests.terminal.test_typed_words import typed_and_sent

Json = dict[str, Any]


def ask(url: str, path: str) -> Json:
    answer = httpx.get(f"{url}{path}", headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False)
    loaded: Json = answer.raise_for_status().json()
    return loaded


def first_with_words(url: str) -> str:
    """The id of a conversation in which a customer wrote more than the first message."""
    for one in ask(url, "/conversations?per_page=50")["conversations"]:
        parts = ask(url, f"/conversations/{one['id']}")["conversation_parts"]["conversation_parts"]
        if any(part["part_type"] == "comment" and part["author"]["type"] == "user" for part in parts):
            return str(one["id"])
    raise AssertionError("nobody wrote")


def last_words(url: str, conversation_id: str) -> str:
    """The body of the newest part that says something."""
    parts = ask(url, f"/conversations/{conversation_id}")["conversation_parts"]["conversation_parts"]
    return str(next(part["body"] for part in reversed(parts) if part["body"]))


@contextmanager
def bodies(upstream: str, home: Path, body: str) -> Iterator[str]:
    """The address of a sandbox in which every comment says `body`."""
    home.mkdir(parents=True, exist_ok=True)
    answers = home / "answers.py"
    answers.write_text(
        f"import json\nBODY = {json.dumps(body)}\n"
        "def edit(req, resp):\n"
        "    if resp['status'] == 200 and req['method'] == 'GET' and req['path'].startswith('/conversations/'):\n"
        "        value = json.loads(resp['body'])\n"
        "        for part in value['conversation_parts']['conversation_parts']:\n"
        "            if part['part_type'] == 'comment':\n"
        "                part['body'] = BODY\n"
        "        resp['body'] = json.dumps(value).encode()\n"
        "    return resp\n",
        encoding="utf-8",
    )
    with edited(upstream, answers) as url:
        yield url


@case("indentation-nbsp")
def indentation(this: Case) -> None:
    with this.served() as url:
        seen = this.run(url, "conversation", "view", first_with_words(url)).out
    assert "  server:\n    host: a\n    ports:\n      - 80\n" in seen


@case("sent-indentation")
def sent_indentation(this: Case) -> None:
    with served() as url:
        meant = first_with_words(url)
        with open(this.folder / "reply.txt", encoding="utf-8") as words:
            done = subprocess.run(
                [sys.executable, "-m", "tui", "conversation", "reply", meant, "-"],
                stdin=words, capture_output=True, text=True, cwd=ROOT, check=False,
                env=environment(this.home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=url),
            )  # fmt: skip
        assert done.returncode == 0, done.stderr
        sent = last_words(url, meant)
    assert "server:<br>&nbsp;&nbsp;port: 80<br>&nbsp;&nbsp;tls:<br>&nbsp;&nbsp;&nbsp;&nbsp;key: a</p>" in sent


@case("typed-joiners")
def typed_joiners(this: Case) -> None:
    line = this.text("typed.txt").strip("\n")
    with served("--conversations", "20") as url:
        assert typed_and_sent(url, TOKEN, this.home, line) == f"<p>{line}</p>"


@case("picture-inside")
def picture_inside(this: Case) -> None:
    made = subprocess.run(
        [sys.executable, str(this.folder / "make.py")], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    with served() as upstream, bodies(upstream, this.home, made) as url:
        meant = first_with_words(upstream)
        seen = this.run(url, "conversation", "view", meant).out
    assert "Screenshot:" in seen
    assert "[image: shot]" in seen
    assert "My question is: why is it red?" in seen
    assert "shortened" not in seen


@case("hidden-preview-text")
def hidden_preview_text(this: Case) -> None:
    with served() as upstream, bodies(upstream, this.home, this.text("body.html")) as url:
        seen = this.run(url, "conversation", "view", first_with_words(upstream)).out
    assert "Visible." in seen
    assert "SECRET" not in seen


@case("quotes-of-others")
def quotes_of_others(this: Case) -> None:
    from tui.text.html import to_lines
    from tui.text.spans import plain

    samples = sorted(this.folder.glob("*.txt"))
    assert samples
    for sample in samples:
        body = sample.read_text(encoding="utf-8")
        shown = [plain(line) for line in to_lines(body, 80)]
        assert shown[0] == body.split("\n")[0], sample.name
        assert "quoted line" in shown[-1], sample.name
        assert "Did it help?" not in "\n".join(shown), sample.name
