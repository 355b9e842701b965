"""The tables of `docs/keys.md`, made from the registry."""

from tui.app.commands import all_commands
from tui.app.dialogs.help import grouped, places
from tui.app.keys.registry import Registry


def markdown(registry: Registry | None = None) -> str:
    """Every command with default keys, title and help as a Markdown table a section, headings at level 3."""
    registry = registry or Registry(all_commands())
    out: list[str] = []
    for section, commands in grouped(registry):
        out += [f"### {section}", "", "| key | in the palette | what it does | where | id |", "|---|---|---|---|---|"]
        for command in commands:
            keys = " ".join(f"`{_code(key)}`" for key in registry.keys(command)) or "palette"
            out.append(f"| {keys} | {command.title} | {command.help} | {places(command)} | `{command.id}` |")
        out.append("")
    return "\n".join(out)


def _code(key: str) -> str:
    return key.replace("|", "\\|")


if __name__ == "__main__":
    print(markdown())
