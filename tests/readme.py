"""The README's tables, made from the program: ``python -m tests.readme`` writes them in, a test checks them."""

import re
from pathlib import Path

from tui.app.commands import all_commands
from tui.app.commands.registry import Registry
from tui.app.commands.table import markdown
from tui.config.settings import documented
from tui.inbox.query import KEYS

README = Path(__file__).parent.parent / "README.md"


def queries() -> str:
    """The terms of the query language."""
    rows = [f"| `{key}` | {takes} |" for key, takes in KEYS]
    return "\n".join(["| term | takes |", "|---|---|", *rows])


def settings() -> str:
    """Every setting with its default."""
    rows = []
    for one in documented():
        choices = f" ({', '.join(one.choices)})" if one.choices else ""
        default = f"`{one.default!r}`".replace("'", '"').replace("`True`", "`true`").replace("`False`", "`false`")
        rows.append(f"| `[{one.table}]` | `{one.key}` | {default} | {one.says}{choices} |")
    return "\n".join(["| table | key | default | |", "|---|---|---|---|", *rows])


def filled(text: str) -> str:
    """The README with its tables as the program has them now."""
    for name, table in (("keys", markdown(Registry(all_commands()))), ("queries", queries()), ("settings", settings())):
        pattern = re.compile(rf"(<!-- {name}: [^>]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"README.md has no place for its {name}")
        text = pattern.sub(lambda match, table=table: f"{match[1]}\n{table}\n\n{match[2]}", text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
