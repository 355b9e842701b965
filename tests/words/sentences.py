"""Every sentence that a person can see, found by asking the program and by reading its source."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import tui
from tests.reference.shell import verbs_of
from tui.app.commands import all_commands
from tui.cli.main import build_parser
from tui.config.settings import documented
from tui.inbox.search.query import KEYS

__all__ = [
    "ROOT", "Sentence", "commands", "hidden_parts", "in_source", "is_query_or_style", "pages", "settings", "shell",
    "source", "sources",
]  # fmt: skip

ROOT: Final = Path(tui.__file__).parent.parent
PAGES: Final = (
    "README.md", "CHANGELOG.md", "docs/guide.md", "docs/cli.md", "docs/keys.md", "docs/settings.md", "docs/query.md",
    "docs/json.md",
)  # fmt: skip
"""What is written for people who use the program; the other pages are for those who work on it."""

_SQL: Final = re.compile(
    r"^\s*(--|SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|WITH|WHEN|VACUUM|BEGIN|ATTACH)\b|"
    r"\b(FROM|WHERE|AND|OR|SET|ON|IN|LIKE|IS NOT NULL|DESC|ORDER BY|CAST)\b(?!·)"
)
_CSS: Final = re.compile(r"\{ ?[a-z-]+: ")
_FENCE: Final = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)", re.DOTALL)
_LOGGERS: Final = frozenset({"debug", "info", "warning", "error", "exception", "log"})
_INTERNAL: Final = frozenset({"TypeError", "RuntimeError", "AssertionError", "NotImplementedError", "KeyError"})
"""What only a mistake of the program raises; nobody reads these but in a report of it."""


class Sentence(NamedTuple):
    """A sentence and where it stands."""

    where: str
    text: str


def commands() -> Iterator[Sentence]:
    """Name, footer word, sentence and section of every command. Not the other names that the palette finds it by:
    those are what people type."""
    for command in all_commands():
        for text in (command.title, command.hint, command.help, command.section):
            if text:
                yield Sentence(command.id, text)


def shell() -> Iterator[Sentence]:
    """Description, epilog, groups and options of every noun and verb."""
    for words, parser in verbs_of(build_parser()):
        where = " ".join(("intercom-tui", *words))
        parser.format_help()  # the top's epilog is made by it
        texts = [parser.description, parser.epilog, *(group.title for group in parser._action_groups)]
        texts += [action.help for action in parser._actions if action.help != argparse.SUPPRESS]
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                texts += [choice.help for choice in action._choices_actions]
        yield from (Sentence(where, text) for text in texts if text)


def settings() -> Iterator[Sentence]:
    """What each setting says of itself, and what the search prompt says of its terms."""
    yield from (Sentence(f"[{one.table}] {one.key}", one.says) for one in documented())
    yield from (Sentence(key, takes) for key, takes in KEYS)


def pages() -> Iterator[Sentence]:
    """Every paragraph, list item and table row of the pages for users, without code and addresses."""
    for name in PAGES:
        text = _FENCE.sub("`code`", (ROOT / name).read_text(encoding="utf-8"))
        for paragraph in re.split(r"\n\s*\n|\n(?=[|#-])", text):
            yield Sentence(name, " ".join(paragraph.split()))


def sources() -> Iterator[tuple[str, str]]:
    """Name and text of each file of `tui/`, but for the sandbox's people."""
    for path in sorted((ROOT / "tui").rglob("*.py")):
        if "sandbox" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def source() -> Iterator[Sentence]:
    """The string literals of `tui/` that are sentences."""
    for name, text in sources():
        yield from in_source(text, name)


def in_source(text: str, where: str) -> Iterator[Sentence]:
    """The literals that a person may see, sentences and single capitalized words: no docstrings,
    types, patterns, queries, styles or log lines.

    What an f-string fills in stands as ``{…}``.
    """
    tree = ast.parse(text)
    hidden = {id(one) for node in ast.walk(tree) for one in hidden_parts(node)}
    for node in ast.walk(tree):
        if id(node) in hidden:
            hidden.update(id(child) for child in ast.iter_child_nodes(node))
        elif isinstance(node, ast.JoinedStr):
            hidden.update(id(part) for part in node.values if isinstance(part, ast.Constant))
            said = "".join(str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values)
            if _is_sentence(said):
                yield Sentence(f"{where}:{node.lineno}", said)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_sentence(node.value):
            yield Sentence(f"{where}:{node.lineno}", node.value)


def _is_sentence(text: str) -> bool:
    shown = text.strip()
    if re.fullmatch("[A-Z][a-z]+", shown):  # a heading, a choice
        return True
    return " " in shown and re.search("[a-z]{2}", shown) is not None and not is_query_or_style(shown)


def is_query_or_style(text: str) -> bool:
    """Whether a literal is for SQLite or Textual, not for a person."""
    return _SQL.search(text) is not None or _CSS.search(text) is not None


def hidden_parts(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that nobody is shown."""
    match node:
        case ast.Expr(value=ast.Constant() as docstring):
            yield docstring
        case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.AST() as annotation):
            yield annotation
        case ast.FunctionDef(returns=ast.AST() as returns) | ast.AsyncFunctionDef(returns=ast.AST() as returns):
            yield returns
        case ast.Call(
            func=ast.Attribute(attr="compile" | "fullmatch" | "match" | "search" | "sub", value=ast.Name(id="re"))
        ):
            yield from node.args
        case ast.Call(func=ast.Attribute(attr=attr, value=ast.Name(id=name))) if (
            attr in _LOGGERS and "log" in name.lower()
        ):
            yield from node.args
        case ast.Call(func=ast.Attribute(attr=attr, value=ast.Attribute(attr="log"))) if attr in _LOGGERS:
            yield from node.args
        case ast.Call(func=ast.Name(id="cast")):
            yield node.args[0]
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) as raised) if name in _INTERNAL:
            yield from raised.args
