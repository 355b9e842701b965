"""The README says what the program does."""

import re
from pathlib import Path

from tests.readme import README, filled

ROOT = README.parent


def test_tables_are_the_programs_own() -> None:
    text = README.read_text(encoding="utf-8")
    assert filled(text) == text, "run python -m tests.readme"


def test_pictures_are_there() -> None:
    named = re.findall(r"\]\((screenshots/[^)]+)\)", README.read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_no_address_of_a_package_host_and_no_path_of_a_machine() -> None:
    patterns = re.compile(r"https?://[^ \"]+/(simple|packages)([/\"]|$)|index.url")
    found = []
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(ROOT / ".ci").iterdir()]:
        found += [
            f"{path.name}: {line}" for line in path.read_text(encoding="utf-8").splitlines() if patterns.search(line)
        ]
    assert found == []


def test_constraints_are_names_and_versions_only() -> None:
    lines = Path(ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[A-Za-z0-9_.]+", line) for line in lines)
