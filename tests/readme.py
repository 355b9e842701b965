"""The tables of README and `docs/`, made from the program.

``python -m tests.readme`` names the pages that are not as the program would make them, ``--write`` makes them so; a
test does the first. A table stands between ``<!-- NAME: made by … -->`` and ``<!-- /NAME -->`` on any page.
"""

import argparse
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests.reference import api, json_output, shell, tables

__all__ = ["BLOCKS", "ROOT", "blocks_of", "filled", "pages", "stale"]

ROOT: Final = Path(__file__).parent.parent
BLOCKS: Final[Mapping[str, Callable[[], str]]] = {
    "keys": tables.keys,
    "queries": tables.queries,
    "settings": tables.settings,
    "codes": tables.codes,
    "options": shell.common,
    "verbs": shell.verbs,
    "json-verbs": json_output.json_verbs,
    "json-shapes": json_output.json_shapes,
    "api-summary": api.api_summary,
    "api": api.api_coverage,
}
"""Name of a table to what makes it."""

_BLOCK: Final = re.compile(r"(<!-- ([a-z-]+): made by [^>]*-->\n).*?(<!-- /\2 -->)", re.DOTALL)


def pages() -> list[Path]:
    """README and every page of `docs/`."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks_of(text: str) -> list[str]:
    """Names of the tables on a page."""
    return [found[2] for found in _BLOCK.finditer(text)]


def filled(text: str) -> str:
    """A page with its tables as the program has them now. Raises :class:`KeyError` for a table that nothing makes."""
    return _BLOCK.sub(lambda found: f"{found[1]}\n{_made(found[2])}\n\n{found[3]}", text)


def stale(page: Path) -> bool:
    """Whether the program would make a page otherwise."""
    text = page.read_text(encoding="utf-8")
    return filled(text) != text


@cache
def _made(name: str) -> str:
    return BLOCKS[name]().strip("\n")


def main() -> int:
    """Write the pages, or name those that are not as the program would make them; 1 where there are any."""
    parser = argparse.ArgumentParser("python -m tests.readme", description="The tables of README and docs/.")
    parser.add_argument("--write", action="store_true", help="make the pages as the program would")
    write = parser.parse_args().write
    wrong = [page for page in pages() if stale(page)]
    for page in wrong:
        print(f"{'written' if write else 'stale'}: {page.relative_to(ROOT)}")
        if write:
            page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 0 if write else int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
