"""What a fault leaves behind holds no word of anybody's: types and places only."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.config.report import FaultLog, describe

MARK = "Ada-Lovelace-hunter2"
TOKEN = "dG9rOjEyMzQ1Njc4OTBhYmNkZWY="


EMPTY: dict[str, str] = {}


class Own(Exception):
    """An exception that quotes what it was given, in a text of its own."""

    def __init__(self, body: str) -> None:
        super().__init__(body)
        self.body = body

    def __str__(self) -> str:
        return f"cannot show the body {self.body}"


def _chained(kind: type[Exception]) -> None:
    try:
        raise kind(MARK)
    except kind as error:
        raise ValueError(f"another fault about {MARK} came") from error


def _in_context() -> None:
    try:
        EMPTY[MARK]
    except KeyError:
        int(MARK)


def _noted() -> None:
    error = ValueError("with a note")
    error.add_note(MARK)
    raise error


def _group() -> None:
    raise ExceptionGroup(f"a group about {MARK}", [ValueError(MARK), ExceptionGroup(MARK, [KeyError(MARK)])])


def _fail(error: BaseException) -> None:
    raise error


FAULTS: dict[str, Callable[[], object]] = {
    "key": lambda: EMPTY[MARK],
    "number": lambda: int(MARK),
    "attribute": lambda: getattr(object(), MARK),
    "codec": lambda: MARK.encode("utf-8").decode("utf-16", "strict").encode("ascii"),
    "file": lambda: Path("/nowhere", MARK).read_text(),
    "source": lambda: compile(f"{MARK} {MARK}", MARK, "exec"),
    "own": lambda: _fail(Own(MARK)),
    "several": lambda: _fail(RuntimeError(MARK, [MARK], {MARK: MARK})),
    "chained": lambda: _chained(KeyError),
    "context": _in_context,
    "note": _noted,
    "group": _group,
    "assertion": lambda: _fail(AssertionError(f"left {MARK} right {TOKEN}")),
}


@pytest.mark.parametrize("name", FAULTS)
def test_no_report_quotes_what_was_worked_on(name: str, tmp_path: Path) -> None:
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - every kind is told apart by its report
        FAULTS[name]()
    log = FaultLog(tmp_path / "log" / "faults.txt", lambda: [TOKEN])
    log.add(caught.value, "test")
    log.add(caught.value, "test")
    kept = (tmp_path / "log" / "faults.txt").read_text()
    report = describe(caught.value, [TOKEN], program="intercom-tui")
    for text in (kept, report):
        assert "hunter2" not in text
        assert "Lovelace" not in text
        assert TOKEN not in text
        assert type(caught.value).__name__ in text
        assert "test_report.py" in text
    assert kept.count("Traceback") == report.count("Traceback"), "each place once"


def test_our_own_words_stay() -> None:
    with pytest.raises(ValueError, match="another fault") as caught:
        _chained(KeyError)
    report = describe(caught.value, [], program="intercom-tui")
    assert "ValueError: another fault about [removed] came" not in report, "a short piece is no words of ours"
    assert "ValueError: another fault about [removed]" in report
    assert "KeyError: [removed]" in report


SCRIPT = """
import asyncio, sys, threading
from pathlib import Path
from tui.config.report import FaultLog, report_instead_of_printing

report_instead_of_printing(FaultLog(Path(sys.argv[1]), lambda: []))

def fail(*_):
    raise ValueError(sys.argv[3])

class Dying:
    def __del__(self):
        fail()

async def forgotten():
    async def task():
        fail()
    left = asyncio.ensure_future(task())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del left
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0)
    await asyncio.sleep(0)

if sys.argv[2] == "thread":
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
elif sys.argv[2] == "finalizer":
    Dying()
elif sys.argv[2] == "task":
    asyncio.run(forgotten())
else:
    fail()
"""


@pytest.mark.parametrize("where", ["thread", "finalizer", "task", "main"])
def test_what_python_would_print_is_kept_without_words(where: str, tmp_path: Path) -> None:
    log = tmp_path / "faults.txt"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(log), where, MARK], capture_output=True, timeout=90, check=False, text=True
    )
    assert MARK not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "ValueError" in log.read_text()
    assert MARK not in log.read_text()
    if where != "main":
        assert done.stderr == ""


def test_a_log_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    FaultLog(tmp_path / "file" / "faults.txt", list).add(ValueError(MARK), "test")
    FaultLog(None, list).add(ValueError(MARK), "test")
