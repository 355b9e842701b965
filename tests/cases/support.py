"""What the checks of the case folders share: the registry, and a sandbox whose answers a case edits on the way."""

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cli.support import ROOT, Result, child
from tests.harness.sandbox import Served

FOLDER = ROOT.parent / "shared" / "cases"
"""Where the case folders are, where this checkout has them beside it."""
TOKEN = "cases-token"


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its folder of inputs, and an empty home for the program."""

    folder: Path
    home: Path

    def text(self, name: str) -> str:
        """A file of the case."""
        return (self.folder / name).read_text(encoding="utf-8")

    @contextmanager
    def served(self, *options: str) -> Iterator[str]:
        """The address of a sandbox (started with `options`) whose answers the case's ``answers.py`` edits."""
        with served(*options) as upstream, edited(upstream, self.folder / "answers.py") as url:
            yield url

    def run(self, url: str, *argv: str, **more: str) -> Result:
        """Run a command of the program, as a process of its own, against `url`."""
        return child(*argv, home=self.home, INTERCOM_TOKEN=TOKEN, INTERCOM_BASE_URL=url, **more)


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The address of an unedited sandbox."""
    with Served(token=TOKEN, more=options) as sandbox:
        yield sandbox.base_url


@contextmanager
def edited(upstream: str, answers: Path) -> Iterator[str]:
    """The address of a proxy before `upstream` that edits answers as ``answers.py`` says."""
    argv = [sys.executable, "-m", "tests.cases.proxy", upstream, str(answers)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


Check = Callable[[Case], None]
CHECKS: dict[str, Check] = {}
"""The check of each case folder, by its name."""


def case(name: str) -> Callable[[Check], Check]:
    """Register the check of the folder `name`."""

    def register(check: Check) -> Check:
        assert name not in CHECKS, f"two checks for {name}"
        CHECKS[name] = check
        return check

    return register


def load() -> None:
    """Import every ``check_*`` module of this package, which registers its checks."""
    package = importlib.import_module("tests.cases")
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.startswith("check_"):
            importlib.import_module(f"tests.cases.{module.name}")
