"""What commands print: aligned tables and sentences for people, JSON for programs. Foreign text comes out cleaned."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from tui.text.sanitize import clean, clean_line
from tui.text.width import pad, truncate

T = TypeVar("T")
GAP = "  "
_STYLES = {"bold": "1", "dim": "2", "red": "31", "yellow": "33", "cyan": "36", "green": "32"}


def is_colourful() -> bool:
    """Whether stdout takes colours: a terminal that knows them, and NO_COLOR (no-color.org) not set."""
    from tui.config.terminal import TerminalKind, terminal_kind

    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and terminal_kind(os.environ) is not TerminalKind.PLAIN
    )


def styled(text: str, style: str) -> str:
    """``text`` in one of our few styles where stdout takes them. The text must be cleaned already."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if style and is_colourful() else text


def width() -> int | None:
    """Cells of the terminal on stdout; None where it is a file or a pipe, which take lines of any length."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(text: str = "", style: str = "") -> None:
    """One or more lines for a person."""
    print(styled(_shown(text), style))


def _shown(text: str) -> str:
    """``text`` without what drives a terminal; on one, tabs are blanks: where its stops are is not ours to know."""
    return clean(text).replace("\t", "    ") if sys.stdout.isatty() else clean(text)


def print_json(document: object) -> None:
    """One JSON document, two spaces deep, keys in the order in which they are documented."""
    import json

    ascii_only = "utf" not in (getattr(sys.stdout, "encoding", None) or "").lower()
    print(json.dumps(document, ensure_ascii=ascii_only, indent=2))


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], styles: Sequence[str] = (), *, empty: str) -> None:
    """Columns aligned by what the cells measure; the last one is cut at the terminal's edge.

    ``styles`` names a style for each column, ``""`` for none; ``empty`` is the sentence for no rows.
    """
    if not rows:
        say(empty)
        return
    lines = [[clean_line(cell) for cell in row] for row in [head, *rows]]
    room = width()
    widths = [max(_cells(line[at]) for line in lines) for at in range(len(head) - 1)]
    if room is not None:
        widths = [min(cells, _MOST) for cells in widths]
    for number, line in enumerate(lines):
        shown = [
            styled(pad(cell, widths[at]), "bold" if number == 0 else _style(styles, at))
            for at, cell in enumerate(line[:-1])
        ]
        last = line[-1]
        if room is not None:
            last = truncate(last, max(8, room - sum(widths) - len(GAP) * len(widths)))
        shown.append(styled(last, "bold" if number == 0 else _style(styles, len(line) - 1)))
        print(GAP.join(shown).rstrip())


class Table(NamedTuple, Generic[T]):
    """How rows are shown: heads, what makes a row's cells, a style for each column, and the sentence for no rows."""

    head: Sequence[str]
    cells: Callable[[T], Sequence[str]]
    styles: Sequence[str]
    empty: str


def print_rows(rows: Sequence[T], table: Table[T], document: Callable[[T], object], *, as_json: bool) -> None:
    """What every list prints: one JSON array of the rows' documents, or a table."""
    if as_json:
        print_json([document(row) for row in rows])
    else:
        print_table(table.head, [table.cells(row) for row in rows], table.styles, empty=table.empty)


_MOST = 36
"""Cells of the widest column but the last, on a terminal."""


def _style(styles: Sequence[str], at: int) -> str:
    return styles[at] if at < len(styles) else ""


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def print_fields(fields: Sequence[tuple[str, str]]) -> None:
    """``name  value`` lines; fields without a value are left out, values of several lines are indented."""
    kept = [(name, _shown(value)) for name, value in fields if value]
    column = max((len(name) for name, _ in kept), default=0)
    for name, value in kept:
        first, *rest = value.split("\n")
        print(styled(name.ljust(column), "dim") + GAP + first)
        for line in rest:
            print(" " * (column + len(GAP)) + line)


def plural(count: int, one: str, many: str = "") -> str:
    """``1 conversation``, ``3,450 conversations``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
