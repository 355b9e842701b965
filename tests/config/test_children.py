"""Programs that are started get no token, wherever in the program they are started; and one is ended with its own."""

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.config.children import child_environment, end_with_children, hide

ROOT = Path(__file__).parents[2]
STARTERS = {
    "run", "Popen", "call", "check_call", "check_output", "getoutput", "getstatusoutput", "create_subprocess_exec",
    "create_subprocess_shell", "subprocess_exec", "subprocess_shell", "system", "popen", "posix_spawn", "posix_spawnp",
    "execv", "execve", "execvp", "execvpe", "execl", "execle", "execlp", "execlpe", "spawnv", "spawnve", "spawnl",
    "spawnlp", "spawnvp", "spawnvpe", "spawn", "fork", "forkpty", "startfile", "open_new", "open_new_tab",
}  # fmt: skip
MODULES = {
    "subprocess",
    "os",
    "pty",
    "webbrowser",
    "multiprocessing",
    "asyncio.subprocess",
    "posix",
    "_posixsubprocess",
}


def starts(tree: ast.AST) -> list[ast.Call]:
    """Every call in a module that starts a program."""
    found: list[ast.Call] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES - {"os"}:
            raise AssertionError(f"line {node.lineno}: use {node.module} by its whole name")
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            assert not STARTERS & {alias.name for alias in node.names}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in STARTERS:
            owner = ast.unparse(node.func.value)
            if owner in MODULES or node.func.attr.startswith(("create_subprocess", "subprocess_")):
                found.append(node)
    return found


def test_every_start_of_a_program_gives_it_the_environment_made_for_it() -> None:
    calls = 0
    for path in sorted((ROOT / "tui").rglob("*.py")):
        for call in starts(ast.parse(path.read_text())):
            calls += 1
            env = next((one.value for one in call.keywords if one.arg == "env"), None)
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            assert isinstance(env, ast.Call), f"{where} gives no environment"
            assert ast.unparse(env.func) == "child_environment", where
    assert calls >= 5


def test_what_holds_a_token_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.config.children._secret_names", {"INTERCOM_TOKEN"})
    hide("OUR_TOKEN")
    hide("")
    given = {"INTERCOM_TOKEN": "a", "OUR_TOKEN": "b", "PATH": "/bin"}
    assert child_environment(given) == {"PATH": "/bin"}


STUBBORN = """
import os, signal, subprocess, sys, time
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
if len(sys.argv) > 2:
    subprocess.Popen([sys.executable, sys.argv[0], sys.argv[1]])
open(os.path.join(sys.argv[1], str(os.getpid())), "w").close()
time.sleep(600)
"""


@pytest.mark.parametrize("session", [False, True])
def test_a_program_that_ignores_signals_is_ended_with_what_it_started(tmp_path: Path, session: bool) -> None:
    script = tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    pids = tmp_path / "pids"
    pids.mkdir()
    process = subprocess.Popen([sys.executable, str(script), str(pids), "fork"], start_new_session=session)
    end = time.monotonic() + 60
    while len(list(pids.iterdir())) < 2 and time.monotonic() < end:
        time.sleep(0.01)
    end_with_children(process.pid, grace=0.1)
    assert process.wait(60) == -signal.SIGKILL
    (child,) = [int(one.name) for one in pids.iterdir() if int(one.name) != process.pid]
    while time.monotonic() < end:  # init reaps it
        state = Path(f"/proc/{child}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    pytest.fail("what it started is still there")


KEEPER = """
import os, signal, subprocess, sys
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, signal.SIG_IGN)
children = []
while True:
    children.append(subprocess.Popen(["sleep", sys.argv[2]]))
    open(os.path.join(sys.argv[1], str(children[-1].pid)), "w").close()
    if len(children) > 3:
        children[0].kill()
        children.pop(0).wait()
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_what_a_program_starts_while_it_is_ended_is_ended_too(tmp_path: Path) -> None:
    script = tmp_path / "keeper.py"
    script.write_text(KEEPER)
    pids = tmp_path / "pids"
    pids.mkdir()
    mark = f"600.{os.getpid()}"
    process = subprocess.Popen([sys.executable, str(script), str(pids), mark])
    end = time.monotonic() + 20
    while len(list(pids.iterdir())) < 12 and time.monotonic() < end:
        time.sleep(0.01)
    end_with_children(process.pid, grace=0.1)
    assert process.wait(60) == -signal.SIGKILL
    while (left := _running(mark)) and time.monotonic() < end:  # a killed one takes a moment to be gone
        time.sleep(0.01)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


def _running(mark: str) -> list[int]:
    """The processes that have `mark` in their command line."""
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if mark in _command(path)]


def _command(path: Path) -> str:
    """The command line of a process; empty for one that has ended."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
