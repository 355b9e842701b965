"""Markdown tables, and the tables that come straight out of a list of the program's own."""

from collections.abc import Iterable, Sequence

from tui.app.commands import all_commands
from tui.app.commands.table import markdown
from tui.app.keys.registry import Registry
from tui.cli.codes import table as exit_codes
from tui.config.settings import documented
from tui.inbox.search.query import KEYS

__all__ = ["cell", "codes", "keys", "queries", "settings", "table"]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: a header, and a line for each of `rows`, whose cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" if line[0] != "---" else "|---" * len(line) + "|" for line in lines)


def cell(text: str) -> str:
    """Plain text as a table cell."""
    return " ".join(text.split()).replace("|", "\\|")


def keys() -> str:
    """Every command with its keys, a table a group."""
    return markdown(Registry(all_commands()))


def queries() -> str:
    """The terms of the query language that the prompt of the search shows."""
    return table(["term", "takes"], [[f"`{key}`", takes] for key, takes in KEYS])


def settings() -> str:
    """Every setting of a fixed table with its default."""
    rows = []
    for one in documented():
        choices = f" ({', '.join(one.choices)})" if one.choices else ""
        default = f"`{one.default!r}`".replace("'", '"').replace("`True`", "`true`").replace("`False`", "`false`")
        rows.append([f"`[{one.table}]`", f"`{one.key}`", default, f"{one.says}{choices}"])
    return table(["table", "key", "default", "effect"], rows)


def codes() -> str:
    """Every exit code."""
    return table(["code", "meaning"], [[f"`{code}`", meaning] for code, meaning in exit_codes()])
