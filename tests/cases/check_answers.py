"""The cases of answers that are refused, that fail, or that are not Intercom's."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx

from tests.cases.support import TOKEN, Case, case, edited, served
from tests.cli.support import ROOT, Result, environment
from tests.terminal.pty_harness import Terminal

Row = dict[str, object]


def rows(result: Result) -> list[Row]:
    """What a list printed."""
    assert result.code == 0, result.err
    loaded: list[Row] = json.loads(result.out)
    return loaded


def inbox(case: Case, url: str, columns: int = 160) -> Terminal:
    """The inbox in a terminal, on the case's profile."""
    env = environment(case.home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=url, TERM="xterm-256color")
    return Terminal([sys.executable, "-m", "tui"], env=env, columns=columns, rows=40)


def stored(home: Path) -> dict[str, int]:
    """Conversations in the case's store by their state."""
    with sqlite3.connect(home / "data" / "default" / "store.sqlite3") as db:
        found = dict(db.execute("SELECT state, count(*) FROM conversations GROUP BY state").fetchall())
    db.close()
    return found


@case("token-without-segments")
def token_without_segments(case: Case) -> None:
    """The contact is shown without its segments, which are said to be not allowed, once; the link stays live."""
    with case.served() as url:
        listed = rows(case.run(url, "conversation", "list", "--json", "--limit", "5"))
        contact = next(row["contact"] for row in listed if row["contact"])
        assert isinstance(contact, dict)
        shown = case.run(url, "contact", "view", str(contact["id"]))
        assert (shown.code, shown.err) == (0, "")
        assert str(contact["name"]) in shown.out
        assert shown.out.count("not allowed with this token") == 1
        whole = case.run(url, "contact", "view", str(contact["id"]), "--json").json()
        assert (whole["segments"], whole["email"]) == (None, contact["email"])
        assert whole["unread"] == {"segments": "not allowed with this token"}
        with inbox(case, url) as terminal:
            terminal.wait_for("Segments: not allowed")
            terminal.wait_for("live")
            assert "Fetching the contact" not in terminal.text
            assert "token refused" not in terminal.text


@case("search-page-that-fails")
def search_page_that_fails(case: Case) -> None:
    """All of the workspace comes in, though every later page of the open conversations fails."""
    with served("--conversations", "900") as upstream, edited(upstream, case.folder / "answers.py") as url:
        with httpx.Client(base_url=upstream, headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False) as http:
            there = {}
            for state in ("open", "snoozed", "closed"):
                body = {"query": {"field": "state", "operator": "=", "value": state}, "pagination": {"per_page": 1}}
                there[state] = http.post("/conversations/search", json=body).json()["total_count"]
            with inbox(case, url) as terminal:
                terminal.wait_for("live", timeout=60)
                for state in ("open", "snoozed"):
                    terminal.wait_until(lambda: stored(case.home).get(state) == there[state], 60, state)  # noqa: B023
                # a month of closed ones is what the settings ask for
                terminal.wait_until(lambda: stored(case.home).get("closed", 0) > 0, 60, "closed")
                terminal.wait_until(lambda: "first sync" not in terminal.text, 60, "the end of the first sync")
                assert "could not be read" not in terminal.text
            asked = http.get("/_sandbox/stats").json()["requests"]["POST /conversations/search"]
        assert asked < 60
        assert case.run(url, "store", "info", "--json").json()["missing"] is None


@case("portal-loses-words")
def portal_loses_words(case: Case) -> None:
    """The note is queued, said to be, and sent once when Intercom answers again."""
    with served() as upstream, edited(upstream, case.folder / "answers.py") as url:
        listed = rows(case.run(upstream, "conversation", "list", "--json", "--limit", "5"))
        conversation_id = str(listed[0]["id"])
        said = subprocess.run(
            [sys.executable, "-m", "tui", "conversation", "note", conversation_id, "-"],
            input="words for the portal", capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
            env=environment(case.home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=url),
        )  # fmt: skip
        assert said.returncode == 7
        assert "It is queued" in said.stderr
        assert "a web page (“Hotel”)" in said.stderr
        assert [row["text"] for row in rows(case.run(url, "outbox", "list", "--json"))] == ["words for the portal"]
        with inbox(case, url, columns=200) as terminal:
            terminal.wait_for("offline")
            terminal.wait_for("sent a web page")
            assert "live" not in terminal.text.splitlines()[-1]
        assert rows(case.run(upstream, "outbox", "retry", "--json"))[0]["state"] == "done"
        parts = case.run(upstream, "conversation", "view", conversation_id, "--json").json()["parts"]
        assert sum("words for the portal" in part["body"] for part in parts) == 1
