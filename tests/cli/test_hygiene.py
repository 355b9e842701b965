"""What a command loads: start-up time is a budget, and Textual is the app's alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.support import ROOT, TOKEN, Served, environment

PROBE = """
import json, sys
from tui.cli.main import main
code = main(sys.argv[1:])
watched = ("textual", "httpx", "starlette", "uvicorn", "sqlite3", "markdown_it", "selectolax")
print("\\n@" + json.dumps([int(code), [name for name in watched if name in sys.modules]]))
"""


def loaded(home: Path, *argv: str, **more: str) -> set[str]:
    """Which of the heavy packages a command line loads."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *argv],
        capture_output=True, text=True, env=environment(home, **more), cwd=ROOT, timeout=60, check=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    code, names = json.loads(done.stdout.rpartition("@")[2])
    assert code == 0, done.stderr
    return set(names)


@pytest.mark.parametrize(
    "argv", [("--version",), ("--help",), ("conversation", "--help"), ("contact", "create", "--help"), ("store", "-h")]
)
def test_help_loads_nothing_heavy(home: Path, argv: tuple[str, ...]) -> None:
    assert loaded(home, *argv) == set()


@pytest.mark.parametrize("argv", [("outbox", "list"), ("store", "info"), ("conversation", "list", "--offline")])
def test_what_stays_at_home_loads_no_http(home: Path, argv: tuple[str, ...]) -> None:
    assert loaded(home, *argv) <= {"sqlite3", "selectolax"}


def test_one_shot_commands_load_neither_screen_nor_server(home: Path, served: Served, fresh: str) -> None:
    more = {"INTERCOM_TOKEN": TOKEN, "INTERCOM_BASE_URL": served.url}
    for argv in (("conversation", "list"), ("conversation", "note", fresh, "x"), ("contact", "find", "a")):
        assert not loaded(home, *argv, **more) & {"textual", "starlette", "uvicorn"}
