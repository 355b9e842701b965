"""``python -m tests.mutation [PART…] --mutants 30``: changes of the code that no test notices.

`cosmic-ray <https://cosmic-ray.readthedocs.io>`_ makes the mutants (``pip install -e '.[mutation]'``); a random sample
of them, the same for the same seed, is tried on a copy of the checkout, each with the tests of its part. Printed are
how many the tests kill and the change of each that lives; the exit code is 1 where one lives.
"""

import argparse
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.readme import ROOT

_LEFT_OUT: Final = re.compile(r"BitOr_|_BitOr")
"""Operators that change ``X | None`` of an annotation, which raises as the module is imported."""


@dataclass(frozen=True)
class Part:
    """A folder of modules, the tests that are to notice a change in it, and the seconds that those may take."""

    folder: str
    tests: tuple[str, ...]
    seconds: int = 240


PARTS: Final = {
    "actions": Part(
        "tui/inbox/actions",
        (
            "tests/inbox/test_every_action.py",
            "tests/inbox/test_unchanged.py",
            "tests/inbox/test_undo.py",
            "tests/inbox/test_undo_batches.py",
            "tests/inbox/test_not_allowed.py",
            "tests/inbox/test_outbox.py",
            "tests/inbox/test_late.py",
            "tests/inbox/test_files.py",
        ),
    ),
    "outbox": Part(
        "tui/inbox/outbox",
        (
            "tests/inbox/test_outbox.py",
            "tests/inbox/test_late.py",
            "tests/inbox/test_duplicate_watch.py",
            "tests/inbox/test_retry_times.py",
            "tests/inbox/test_delivery_check.py",
            "tests/inbox/test_worker_waits.py",
            "tests/inbox/test_submit.py",
            "tests/inbox/test_incoming.py",
            "tests/inbox/test_moves.py",
            "tests/inbox/test_long_nights.py",
            "tests/inbox/test_undo.py",
            "tests/inbox/test_undo_batches.py",
            "tests/inbox/test_undo_key.py",
            "tests/inbox/test_undo_window.py",
            "tests/inbox/test_two_programs.py",
            "tests/inbox/test_reconcile.py",
            "tests/model",
        ),
    ),
    "search": Part(
        "tui/inbox/search",
        (
            "tests/inbox/test_query.py",
            "tests/inbox/test_query_meaning.py",
            "tests/inbox/test_list_model.py",
            "tests/inbox/test_remote_search.py",
            "tests/inbox/test_session.py",
        ),
    ),
}


@dataclass(frozen=True)
class Tried:
    """A mutant and what became of it: ``killed``, ``survived`` or ``incompetent`` (it could not be tried)."""

    module: str
    line: int
    operator: str
    outcome: str
    diff: str

    @property
    def change(self) -> str:
        """Its lines of the difference that were changed, each without its indentation."""
        changed = [line for line in self.diff.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        return "\n".join(f"    {line[0]} {line[1:].strip()}" for line in changed)


def attempt(part: Part, mutants: int, seed: int, folder: Path) -> Iterator[Tried]:
    """Try a sample of `mutants` mutants of a part on a copy of the checkout in `folder`; yield each as it is done.

    Raises `subprocess.CalledProcessError` where cosmic-ray fails, among others when the tests fail without a change.
    """
    copy, session = folder / "checkout", folder / "session.sqlite"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", "screenshots", "__pycache__", ".*_cache"))
    config = copy / "mutation.toml"
    config.write_text(
        f'[cosmic-ray]\nmodule-path = "{part.folder}"\ntimeout = {part.seconds}.0\nexcluded-modules = []\n'
        f'test-command = "{sys.executable} -m pytest -x -q -p no:cacheprovider {" ".join(part.tests)}"\n'
        '[cosmic-ray.distributor]\nname = "local"\n'
    )
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    command = [str(Path(sys.executable).with_name("cosmic-ray"))]
    for step in (["baseline", str(config)], ["init", str(config), str(session)]):
        subprocess.run(command + step, cwd=copy, env=environ, check=True, stdout=subprocess.DEVNULL)
    _keep(session, mutants, seed)
    with subprocess.Popen([*command, "exec", str(config), str(session)], cwd=copy, env=environ) as running:
        seen = 0
        while True:
            with suppress(subprocess.TimeoutExpired):
                running.wait(5)
            done = _results(session)
            yield from done[seen:]
            seen = len(done)
            if running.returncode is not None:
                return


def _keep(session: Path, mutants: int, seed: int) -> None:
    """Leave a random sample of the session's mutants in it."""
    with closing(sqlite3.connect(session)) as db, db:
        jobs = [
            job
            for job, operator in db.execute(
                "SELECT job_id, operator_name FROM mutation_specs"
                " ORDER BY module_path, start_pos_row, start_pos_col, operator_name, occurrence"
            )
            if not _LEFT_OUT.search(operator)
        ]
        kept = random.Random(seed).sample(jobs, min(mutants, len(jobs)))
        places = ", ".join("?" * len(kept))
        db.execute(f"DELETE FROM mutation_specs WHERE job_id NOT IN ({places})", kept)
        db.execute(f"DELETE FROM work_items WHERE job_id NOT IN ({places})", kept)


def _results(session: Path) -> list[Tried]:
    """The mutants that were tried, in the order of their trial."""
    with closing(sqlite3.connect(session)) as db:
        return [
            Tried(str(module), int(line), str(operator), str(outcome or "incompetent").lower(), str(diff or ""))
            for module, line, operator, outcome, diff in db.execute(
                "SELECT module_path, start_pos_row, operator_name, test_outcome, diff"
                " FROM mutation_specs JOIN work_results USING (job_id) ORDER BY work_results.rowid"
            )
        ]


def main(argv: Sequence[str] | None = None) -> int:
    """Try the parts that were asked for; 1 where a mutant lives."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all of them when none is named")
    parser.add_argument("--mutants", type=int, default=30, help="how many of each part (default 30)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default 1)")
    asked = parser.parse_args(argv)
    lived = 0
    for name in asked.parts or PARTS:
        outcomes: Counter[str] = Counter()
        with tempfile.TemporaryDirectory() as folder:
            for tried in attempt(PARTS[name], asked.mutants, asked.seed, Path(folder)):
                outcomes[tried.outcome] += 1
                print(f"{name} {tried.outcome}: {tried.module}:{tried.line} {tried.operator}", flush=True)
                if tried.outcome != "killed":
                    print(tried.change, flush=True)
        lived += outcomes["survived"]
        print(f"{name}: {outcomes['killed']} of {outcomes.total()} killed, {outcomes['survived']} lived", flush=True)
    return 1 if lived else 0


if __name__ == "__main__":
    sys.exit(main())
