"""Starting: what the first paint loads, and how long that takes beside a bare Textual."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from tests.bench.stock import fill

ROOT = Path(__file__).parents[2]
CEILING = 2.0
"""Our imports may take this many times those of a bare Textual; they take some 1.4 times as long."""

FIRST_PAINT = """
import json, sys
from pathlib import Path
import tui.cli.launch
from tui.app.terminal.lean import load_textual
load_textual()
from tui.app.run import build
from tui.config.settings import Settings
from tui.inbox.inbox import Inbox
from tui.store.store import Store

def no_client():
    raise AssertionError("the network comes after the first paint")

def shown():
    rows = [line.text for line in app.screen._compositor.render_strips()]
    Path(sys.argv[2]).write_text(json.dumps({"modules": sorted(sys.modules), "rows": rows}))
    app.exit(0)

store = Store.open(Path(sys.argv[1]))
app = build(Inbox(store, no_client), Settings(), low_bandwidth=False, on_shown=shown)
app.run(headless=True, size=(120, 40))
store.close()
"""
LATER = {
    "httpx": "the client is made in a thread once there is something to look at",
    "tui.api.client": "the same",
    "tui.api.models": "the same",
    "starlette": "only the sandbox serves",
    "uvicorn": "only the sandbox serves",
    "tui.sandbox": "only --demo needs it",
    "markdown_it": "a reply is turned into HTML when it is sent",
    "selectolax": "a thread is parsed when it is shown",
    "tui.app.dialogs.picker": "no dialog is open",
    "tui.app.dialogs.help": "no dialog is open",
    "textual.command": "there is no palette of Textual's",
    "textual.widgets._input": "nothing uses it",
    "textual.widgets._markdown": "nothing uses it",
    "importlib.metadata": "nobody asks for a version",
    "email": "dates are parsed with the first answer",
    "tomllib": "there is no settings file",
    "zoneinfo": "the machine's own time zone needs none",
    "tui.cli.conversation": "no noun was given",
}
"""What the first paint does without, and why."""


def run(code: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=ROOT, env=clean_environment())


def clean_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
        "PYTHONPATH": str(ROOT)
    }


def processor_seconds(code: str) -> float:
    """The least processor time of three runs: what others do on the machine only adds to it."""
    took: list[float] = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run(code)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(took)


def test_the_first_paint_loads_only_what_it_shows(tmp_path: Path) -> None:
    stock = fill(tmp_path / "store.sqlite3", 300)
    told = tmp_path / "told.json"
    run(FIRST_PAINT, str(stock.path), str(told))
    seen = json.loads(told.read_text())
    rows = [row for row in seen["rows"] if row.strip()]
    assert len(rows) > 30, "the first paint shows the stored conversations"
    loaded = set(seen["modules"])
    assert {name: why for name, why in LATER.items() if name in loaded} == {}


def test_the_import_of_the_app_stays_near_that_of_textual() -> None:
    bare = processor_seconds("import textual.app")
    ours = processor_seconds(
        "import tui.cli.main, tui.cli.launch, tui.inbox.inbox; from tui.app.terminal.lean import load_textual;"
        "load_textual(); import tui.app.run"
    )
    assert ours < CEILING * bare, f"{ours:.3f} s beside {bare:.3f} s"


def test_the_stand_in_for_the_palette_leaves_the_real_one_to_whoever_wants_it() -> None:
    run(
        "from tui.app.terminal.lean import load_textual; load_textual(); import sys;"
        "assert 'textual.command' not in sys.modules; from textual.command import CommandPalette;"
        "from textual.screen import Screen; assert issubclass(CommandPalette, Screen)"
    )
