"""Words typed key by key into the real program, and what Intercom then holds."""

import sys
from pathlib import Path

import httpx
import pytest

from tests.cases.support import TOKEN, served
from tests.terminal.pty_harness import Terminal


def typed_and_sent(url: str, token: str, home: Path, words: str) -> str:
    """The body that the workspace at `url` holds after somebody typed `words` as a reply, and sent them."""
    env = {"INTERCOM_TOKEN": token, "INTERCOM_BASE_URL": url, "INTERCOM_TUI_HOME": str(home), "LANG": "C.UTF-8"}
    with (
        httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False) as client,
        Terminal([sys.executable, "-m", "tui"], columns=120, rows=40, env=env) as screen,
    ):

        def newest() -> dict[str, str]:
            """The newest words of each conversation."""
            found: dict[str, str] = {}
            for one in client.get("/conversations?per_page=150").json()["conversations"]:
                parts = client.get(f"/conversations/{one['id']}").json()["conversation_parts"]["conversation_parts"]
                found[one["id"]] = next((part["body"] for part in reversed(parts) if part["body"]), "")
            return found

        before = newest()
        screen.wait_for("live")
        screen.press("3")
        screen.settle()
        screen.press("enter", "r")
        screen.wait_for(" REPLY ")
        for char in words:
            screen.press(char)
        screen.settle()
        screen.press("ctrl+s")
        screen.wait_until(lambda: newest() != before, what="the reply at Intercom")
        (body,) = [body for key, body in newest().items() if body != before.get(key)]
        return body


@pytest.mark.parametrize("words", ["👩\u200d💻 🏳\ufe0f\u200d🌈 می\u200cخواهم", "全角\u3000x 10\u202f€ e\u0301 🇬🇧"])
def test_what_is_typed_key_by_key_arrives_whole(words: str, tmp_path: Path) -> None:
    with served("--conversations", "20") as url:
        assert typed_and_sent(url, TOKEN, tmp_path, words) == f"<p>{words}</p>"
