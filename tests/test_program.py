"""The real program in a pseudo-terminal, against a served workspace, and Intercom's own SDK as the second client.

What the README's first lines promise: ``j j enter r``, a text, ``ctrl+s``, ``a`` and ``c`` change the workspace over
HTTP, and the thread on screen says so.
"""

import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.harness.sandbox import Served
from tests.terminal.pty_harness import Terminal

with warnings.catch_warnings():  # the SDK's models shadow names of their base
    warnings.simplefilter("ignore")
    from intercom import Intercom


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with Served(conversations=60, seed=7) as running:
        yield running


def program(served: Served, home: Path, columns: int, rows: int) -> Terminal:
    config = home / "config"
    config.mkdir(mode=0o700, parents=True)
    (config / "config.toml").write_text("[outbox]\nundo_seconds = 0\n")
    return Terminal(
        [sys.executable, "-m", "tui", "--base-url", served.base_url],
        columns=columns,
        rows=rows,
        env={"INTERCOM_TUI_HOME": str(home), "INTERCOM_TOKEN": served.token},
    )


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_a_visitors_first_minute(served: Served, tmp_path: Path, columns: int, rows: int) -> None:
    words = f"Seen at {columns} columns [/] and answered."
    with httpx.Client(timeout=90) as http, program(served, tmp_path, columns, rows) as terminal:
        second = Intercom(token=served.token, base_url=served.base_url, httpx_client=http)
        terminal.wait_for(re.compile(r"waits \d+[mhdw]"))
        terminal.wait_for("● live")
        terminal.settle()
        terminal.press("j", "j", "enter")
        terminal.settle()
        terminal.press("r")
        terminal.wait_for("REPLY")
        terminal.send(words)
        terminal.wait_for(words[:24])
        terminal.press("ctrl+s")

        def answered() -> str:
            for one in second.conversations.list(per_page=150):
                if one.id is not None:
                    found = second.conversations.find(conversation_id=one.id)
                    parts = found.conversation_parts.conversation_parts if found.conversation_parts else []
                    if any(words in (part.body or "") for part in parts):
                        return str(one.id)
            return ""

        # shown as sent: the thread has it and nothing waits any more
        terminal.wait_until(lambda: words[:24] in terminal.text and "queued" not in terminal.text, what="the reply")
        conversation_id = answered()
        assert conversation_id, "the second client does not see the reply"

        terminal.press("a")
        terminal.wait_for("Assign")
        terminal.send("annika")
        terminal.settle()
        terminal.press("enter")
        annika = _admin_id(second, "Annika Brandt")
        terminal.wait_until(lambda: _conversation(second, conversation_id)[0] == annika, what="the assignment")
        # assigning away went on to the next conversation: back to ours, by its number
        terminal.press("/")
        terminal.send(f"id:{conversation_id}")
        terminal.press("enter")
        # its words were on the screen before: what a key means is what the list shows
        shown = re.compile(rf"id:{conversation_id} +1 ")
        terminal.wait_until(lambda: shown.search(terminal.text.splitlines()[1]) is not None, what="the one found")
        terminal.settle()
        terminal.press("c")
        terminal.wait_until(lambda: _conversation(second, conversation_id)[1] == "closed", what="the close")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def _conversation(client: Intercom, conversation_id: str) -> tuple[str, str]:
    """Who has it and its state, as the second client sees it."""
    found = client.conversations.find(conversation_id=conversation_id)
    return str(found.admin_assignee_id or ""), str(found.state)


def _admin_id(client: Intercom, name: str) -> str:
    return next(str(admin.id) for admin in client.admins.list().admins or [] if admin and admin.name == name)
