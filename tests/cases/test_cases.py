"""Each case folder beside the checkout, through the real program; skipped where the folders are not there."""

from pathlib import Path

import pytest

from tests.cases.support import CHECKS, FOLDER, Case, load

load()
FOLDERS = sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) if FOLDER.is_dir() else []


@pytest.mark.parametrize("name", sorted({*CHECKS, *FOLDERS}))
def test_case(name: str, tmp_path: Path) -> None:
    if not (FOLDER / name).is_dir():
        pytest.skip(f"no folder of cases beside this checkout ({name})")
    assert name in CHECKS, f"{name} has no check in tests/cases"
    CHECKS[name](Case(FOLDER / name, tmp_path))
