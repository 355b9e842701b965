"""The pictures of README and `docs/`, made from the demo's workspace: ``python -m tests.screenshots [FOLDER] [NAME…]``.

Each scene starts the real application on a workspace in the process, presses keys and saves what is on screen as SVG.
With ``chromium`` installed a PNG is made beside those that are shown large. Every state is drawn at 140×40 and 80×24:
in the dark theme (``NAME`` and ``NAME-80x24``), in the light one, with low bandwidth and without colour
(``NAME-light``, ``NAME-low``, ``NAME-mono`` for 80×24, with ``-140x40`` after it for the other size).
"""

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat
from pathlib import Path

from tests.screenshots.scenes import SMALL, STATES, Shot, Stage, Switchable, inbox
from tests.screenshots.svg import compact
from tui.api.client import Intercom
from tui.app.run import build
from tui.config.settings import Settings
from tui.config.settings import Ui as UiSettings
from tui.inbox.inbox import Inbox
from tui.sandbox.workspace import Workspace
from tui.store.store import Store

AT_ONCE = 2 * (os.cpu_count() or 1)
"""Scenes that are played at a time: each mostly waits for its own clock."""


def _looks(state: Shot) -> Iterator[Shot]:
    """A state in both sizes and all looks."""
    small = replace(state, size=SMALL, png=False)
    yield state
    yield replace(small, name=f"{state.name}-80x24", png=state.name == "inbox")
    for size, shot in (("", small), ("-140x40", replace(state, png=False))):
        yield replace(shot, name=f"{state.name}-light{size}", theme="paper")
        yield replace(shot, name=f"{state.name}-low{size}", low_bandwidth=True, theme="auto")
        yield replace(shot, name=f"{state.name}-mono{size}", environ={"NO_COLOR": "1"}, theme="auto")


SHOTS = [each for state in STATES for each in _looks(state)] + [Shot("too-small", inbox, (40, 10))]


async def take(shot: Shot, folder: Path) -> Path:
    """Play the scene and save the picture; return its path."""
    with tempfile.TemporaryDirectory() as home:
        workspace = Workspace(seed=7, conversations=shot.conversations)
        transport = Switchable(workspace)
        store = Store.open(Path(home) / "inbox.db")
        box = Inbox(
            store,
            lambda on_budget: Intercom("http://127.0.0.1:9", "demo", transport=transport, on_budget=on_budget),
            shot.options,
        )
        if shot.before is not None:
            shot.before(transport)
        settings = Settings(ui=UiSettings(theme=shot.theme))
        app = build(box, settings, low_bandwidth=shot.low_bandwidth, environ=shot.environ)
        async with app.run_test(size=shot.size) as pilot:
            stage = Stage(app, pilot, box, workspace, transport)
            while shot.before is None and (not box.status.synced_at or box.status.syncing):
                await pilot.pause(0.05)
            await stage.calm()
            await shot.scene(stage)
            svg = app.export_screenshot(title="intercom-tui")
        store.close()
    path = folder / f"{shot.name}.svg"
    path.write_text(compact(svg), encoding="utf-8")
    return path


def draw(name: str, folder: Path) -> Path:
    """The picture of the shot `name` in `folder`: its PNG where it has one, else its SVG."""
    shot = next(each for each in SHOTS if each.name == name)
    svg = asyncio.run(take(shot, folder))
    return (shot.png and to_png(svg)) or svg


def to_png(svg: Path) -> Path | None:
    """A PNG beside the SVG, where a converter is installed."""
    png = svg.with_suffix(".png")
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        return None
    match = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg.read_text(encoding="utf-8"))
    assert match is not None
    size = f"--window-size={int(float(match[1]))},{int(float(match[2]))}"
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
             f"--user-data-dir={profile}", size, f"--screenshot={png}", svg.resolve().as_uri()],
            check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    return png


def main() -> int:
    """Take the shots named on the command line, or all."""
    arguments = sys.argv[1:]
    folder = Path(arguments.pop(0)) if arguments and ("/" in arguments[0] or Path(arguments[0]).is_dir()) else None
    folder = folder or Path(__file__).parent.parent.parent / "screenshots"
    folder.mkdir(exist_ok=True)
    names = [shot.name for shot in SHOTS if not arguments or shot.name in arguments]
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for path in pool.map(draw, names, repeat(folder)):
            print(path, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
