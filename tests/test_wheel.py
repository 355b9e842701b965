"""The wheel that people install: built, installed apart from this checkout, and started in a terminal.

Nothing is downloaded: hatchling builds it in this environment, and the new one borrows what it depends on.
"""

import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.support import ROOT, environment
from tests.terminal.pty_harness import Terminal
from tui import __version__

pytestmark = pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling, which builds it, is not installed")


@dataclass(frozen=True)
class Installed:
    """The wheel, and the folder of an environment that it is installed in."""

    wheel: Path
    environment: Path

    @property
    def program(self) -> str:
        """The command that pip has made."""
        return str(self.environment / "bin" / "intercom-tui")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run(*pip, "wheel", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(folder), str(ROOT))
    (wheel,) = folder.glob("*.whl")
    venv = folder / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", str(venv))
    run(*pip, "--python", str(venv / "bin" / "python"), "install", "--no-deps", "--no-index", str(wheel))
    (site,) = venv.glob("lib/python*/site-packages")
    # last on the path, and a link of an editable install in there is not followed from here
    borrowed = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    (site / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n")
    return Installed(wheel, venv)


def run(*argv: str, cwd: Path = ROOT, **env: str) -> str:
    """What a command prints; fails with what it says."""
    done = subprocess.run(
        argv, capture_output=True, text=True, cwd=cwd, check=False, timeout=200, env={**environment(cwd), **env}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_the_program_and_nothing_else(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    about = f"intercom_tui-{__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"tui", about}
    source = {str(path.relative_to(ROOT)) for path in (ROOT / "tui").rglob("*.py")}
    assert source | {"tui/py.typed"} == {name for name in names if name.startswith("tui/")}
    assert f"{about}/licenses/LICENSE" in names


def test_it_is_what_runs(installed: Installed, tmp_path: Path) -> None:
    python = str(installed.environment / "bin" / "python")
    where = run(python, "-c", "import tui; print(tui.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(installed.environment)
    assert run(installed.program, "--version", cwd=tmp_path) == f"intercom-tui {__version__}\n"
    assert '"name"' in run(installed.program, "--demo", "--still", "admin", "list", "--json", cwd=tmp_path)


def test_the_demo_opens_and_ends(installed: Installed, tmp_path: Path) -> None:
    env = {"INTERCOM_TUI_HOME": str(tmp_path / "home"), "PYTHONPATH": ""}
    with Terminal([installed.program, "--demo", "--still"], columns=80, rows=24, env=env, cwd=tmp_path) as terminal:
        terminal.wait_for("r reply")
        terminal.wait_until(terminal.is_raw)
        terminal.settle()
        terminal.press("q")
        assert terminal.wait_exit() == 0
