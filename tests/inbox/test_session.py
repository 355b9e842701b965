"""A third face: a script that knows `tui.config` and `tui.inbox`, and nothing of the screen or the shell."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT, TOKEN, environment, serve

SCRIPT = """
import asyncio, json, sys
from tui.config.resolve import Flags, resolve
from tui.inbox import export, resolve as names
from tui.inbox.outbox.preflight import fetch_unknown, identify
from tui.inbox.search.remote import find
from tui.inbox.session import session
from tui.inbox.outbox.submit import on_conversation, submit


async def main() -> None:
    told = []
    async with session(resolve(Flags()), tell=told.append, face="shell", undo_seconds=0.0) as inbox:
        online = await identify(inbox)
        found = await find(inbox, inbox.views.selection(names.view(inbox, "open").query), "newest", 1)
        one = found.rows[0].id
        assert online and await fetch_unknown(inbox, [one])
        target = on_conversation(inbox, "close", one)
        for _ in range(2):
            outcomes = await submit(
                inbox, [target], inbox.actions.close, inbox.threads.fetch, "closed",
                online=online, still_unknown=lambda row: None,
            )
            print(json.dumps(export.outcome(outcomes[0], outcomes[0].reason)))
        row = await names.conversation(inbox, one)
        print(json.dumps(export.conversation(row, inbox.directory)["state"]))
        try:
            names.admin(inbox, "nobody of that name")
        except names.NotFound as error:
            print(json.dumps(str(error)))
    assert told == []


asyncio.run(main())
assert not [name for name in sys.modules if name.startswith(("tui.cli", "tui.app", "textual"))]
"""


def test_a_script_lists_closes_and_resolves_without_any_face(tmp_path: Path) -> None:
    for served in serve():
        env = environment(tmp_path, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=served.url)
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=env, cwd=ROOT, check=False, timeout=100
        )
        assert done.returncode == 0, done.stderr
        first, again, state, sentence = done.stdout.splitlines()
        assert ('"state": "done"' in first, '"state": "unchanged"' in again) == (True, True)
        assert state == '"closed"'
        assert "There is no teammate" in sentence


def test_offline_nothing_is_asked_for_and_the_store_is_free_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.config.resolve import Flags, resolve
    from tui.inbox.session import opened

    monkeypatch.setenv("INTERCOM_TUI_HOME", str(tmp_path))
    monkeypatch.delenv("INTERCOM_TOKEN", raising=False)
    told: list[str] = []
    for _ in range(2):
        with opened(resolve(Flags()), tell=told.append, face="app", online=False) as inbox:
            assert inbox.outbox.pending() == []
    assert told == []
