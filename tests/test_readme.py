"""README and the pages of `docs/` say what the program does, and their links lead somewhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.readme import BLOCKS, ROOT, blocks_of, pages, stale
from tui.app.commands import all_commands
from tui.app.keys.registry import Registry
from tui.config.settings import loads
from tui.inbox.search.query import People, parse
from tui.model.rows import TagRow, TeamRow

PAGES = {str(page.relative_to(ROOT)): page for page in pages()}
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_PEOPLE = People("7", [], [TeamRow("1", "support")], [TagRow(name, name) for name in ("billing", "spam", "vip")])


def fenced(language: str) -> list[tuple[str, str]]:
    """Each fenced block in `language`, with the page that it is on."""
    return [
        (name, found[2])
        for name, page in PAGES.items()
        for found in _FENCE.finditer(page.read_text(encoding="utf-8"))
        if found[1] == language
    ]


@pytest.mark.parametrize("name", PAGES)
def test_a_pages_tables_are_the_programs_own(name: str) -> None:
    assert not stale(PAGES[name]), "run python -m tests.readme --write"


def test_every_table_stands_on_one_page() -> None:
    shown = [block for page in PAGES.values() for block in blocks_of(page.read_text(encoding="utf-8"))]
    assert sorted(shown) == sorted(BLOCKS)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_files_and_headings(name: str) -> None:
    page = PAGES[name]
    lost = []
    for link in _LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link or link.startswith(("mailto:", "https:")):
            continue
        path, _, heading = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (heading and heading not in set(_headings(target))):
            lost.append(link)
    assert lost == []


def _headings(page: Path) -> Iterator[str]:
    """The names under which a page's headings are linked to."""
    for line in _FENCE.sub("", page.read_text(encoding="utf-8")).splitlines():
        if line.startswith("#"):
            yield re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")


@pytest.mark.parametrize("name", PAGES)
def test_code_that_is_named_is_there(name: str) -> None:
    named = set(re.findall(r"`((?:tui|tests)/[\w/.-]+)`", PAGES[name].read_text(encoding="utf-8")))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_decision_stands_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    pages_there = sorted(page.name for page in folder.glob("[0-9]*.md"))
    assert _LINK.findall((folder / "README.md").read_text(encoding="utf-8")) == pages_there
    assert [name[:4] for name in pages_there] == [f"{number:04}" for number in range(1, len(pages_there) + 1)]
    for name in pages_there:
        headings = re.findall(r"^## (.*)$", (folder / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert headings[:3] == ["Context", "Decision", "What it costs"]
        assert headings[3].startswith("What was ")


def test_settings_that_are_shown_can_be_read() -> None:
    shown = fenced("toml")
    assert len(shown) > 2
    for name, text in shown:
        Registry(all_commands(), loads(text, name).keys)


def test_queries_that_are_shown_are_understood() -> None:
    queries = [line for _, text in fenced("query") for line in text.splitlines()]
    assert len(queries) > 5
    for query in queries:
        assert parse(query, _PEOPLE, datetime(2026, 11, 20, tzinfo=UTC)).conditions


def test_the_readme_is_a_visitors() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 130
    assert "python -m pytest" in text.partition("<!-- test-command -->")[2]
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= set(_LINK.findall(text))


def test_no_address_of_a_package_host_and_no_path_of_a_machine() -> None:
    patterns = re.compile(r"https?://[^ \"]+/(simple|packages)([/\"]|$)|index.url")
    found = []
    for path in [*PAGES.values(), *ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(ROOT / ".ci").iterdir()]:
        found += [
            f"{path.name}: {line}" for line in path.read_text(encoding="utf-8").splitlines() if patterns.search(line)
        ]
    assert found == []


def test_constraints_are_names_and_versions_only() -> None:
    lines = Path(ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").split()
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[A-Za-z0-9_.]+", line) for line in lines)
