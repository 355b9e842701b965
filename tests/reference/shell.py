"""The verbs and options of the shell, asked of its own parsers."""

import argparse
from collections.abc import Iterator

from tests.reference.tables import cell, table
from tui.cli.main import build_parser
from tui.cli.nouns import NOUNS
from tui.cli.parsing import Parser

__all__ = ["common", "verbs", "verbs_of"]


def verbs_of(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Parser]]:
    """Every parser with the words that lead to it, the top one first."""
    assert isinstance(parser, Parser)
    if parser.fill is not None:
        fill, parser.fill = parser.fill, None
        fill(parser)
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from verbs_of(below, (*words, name))


def verbs() -> str:
    """A section a noun: what it is, and for each of its verbs the usage, a sentence and the options of its own."""
    everywhere = _names(build_parser())
    out: list[str] = []
    for words, parser in verbs_of(build_parser()):
        if len(words) == 1:
            out += [f"### {words[0]}", "", f"{cell(NOUNS[words[0]])[:1].upper()}{cell(NOUNS[words[0]])[1:]}.", ""]
        if len(words) == 2 or (words == ("sandbox",)):
            out += _verb(words, parser, everywhere | {"--json"})
    return "\n".join(out).rstrip()


def common() -> str:
    """The options that stand before or after noun and verb, and those of the screen."""
    return _options(build_parser(), frozenset())


def _verb(words: tuple[str, ...], parser: Parser, hidden: frozenset[str]) -> list[str]:
    head = [f"#### {' '.join(words)}", ""] if len(words) == 2 else []
    summary = [f"{cell(parser.description or '')}", ""] if len(words) == 2 else []
    usage = [f"`intercom-tui {' '.join([*words, *_usage(parser, hidden)])}`", ""]
    options = _options(parser, hidden)
    epilog = ["```text", parser.epilog.strip(), "```", ""] if parser.epilog else []
    return [*head, *usage, *summary, *([options, ""] if options else []), *epilog]


def _usage(parser: Parser, hidden: frozenset[str]) -> list[str]:
    """Positional arguments, and the options of the verb's own, as argparse writes them."""
    grouped = {action: group for group in parser._mutually_exclusive_groups for action in group._group_actions}
    options: list[str] = []
    done: set[int] = set()
    for action in _shown(parser, hidden):
        if not action.option_strings:
            continue
        group = grouped.get(action)
        if group is None:
            options.append(f"[{_form(action)}]" if not action.required else _form(action))
        elif id(group) not in done:
            done.add(id(group))
            forms = " | ".join(_form(one) for one in group._group_actions)
            options.append(f"({forms})" if group.required else f"[{forms}]")
    return [*(_form(action) for action in _shown(parser, hidden) if not action.option_strings), *options]


def _options(parser: Parser, hidden: frozenset[str]) -> str:
    rows = [[f"`{cell(_form(one))}`", cell(one.help)] for one in _shown(parser, hidden) if one.help]
    return table(["argument", "meaning"], rows) if rows else ""


def _form(action: argparse.Action) -> str:
    """An option with its value, a positional argument with how often it stands."""
    name = str(action.metavar or action.dest.upper())
    if action.choices:
        name = "{" + ",".join(str(one) for one in action.choices) + "}"
    if not action.option_strings:
        return {"?": f"[{name}]", "*": f"[{name} …]", "+": f"{name} …"}.get(str(action.nargs), name)
    option = ", ".join(action.option_strings)
    if action.nargs == 0:
        return option
    return f"{option} [{name}]" if action.nargs == "?" else f"{option} {name}"


def _shown(parser: Parser, hidden: frozenset[str]) -> list[argparse.Action]:
    return [
        action
        for action in parser._actions
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)
        and not hidden.intersection(action.option_strings)
    ]


def _names(parser: Parser) -> frozenset[str]:
    return frozenset(name for action in parser._actions for name in action.option_strings)
