"""Every option of every command works just as ``--help`` prints it: looked up in the parsers, not in a list of ours."""

import argparse

import pytest

from tests.reference.shell import verbs_of
from tui.cli.failure import UsageError
from tui.cli.main import build_parser
from tui.cli.nouns import NOUNS
from tui.cli.parsing import LOW_BANDWIDTH, Parser, bare_low_bandwidth

_VALUES = ("1", "NAME", "127.0.0.1", "http://127.0.0.1:9", "a=b", "2026-01-31", "user")
"""One of these fits any option whose help prints a word in capitals."""


def needed(parser: Parser, option: argparse.Action) -> list[str]:
    """What a command line of this verb must hold besides `option`."""
    words: list[str] = []
    for action in parser._actions:
        if action.option_strings or action.nargs in ("?", "*") or isinstance(action, argparse._SubParsersAction):
            continue
        words.append(str(next(iter(action.choices))) if action.choices else "1")
    for group in parser._mutually_exclusive_groups:
        if group.required and option not in group._group_actions:
            words += written(group._group_actions[0])[0]
    for action in parser._actions:
        if action.required and action.option_strings and action is not option:
            words += written(action)[0]
    return words


def written(option: argparse.Action) -> list[list[str]]:
    """The forms of an option that its help prints."""
    name = option.option_strings[-1]
    forms: list[list[str]] = [[name]] if option.nargs in (0, "?") else []
    if option.nargs != 0:
        values = [str(value) for value in option.choices] if option.choices else list(_VALUES[:1])
        forms += [form for value in values for form in ([name, value], [f"{name}={value}"])]
    return forms


OPTIONS = [
    pytest.param(words, option.option_strings[-1], id=" ".join([*words, option.option_strings[-1]]))
    for words, parser in verbs_of(build_parser())
    for option in parser._actions
    if option.option_strings
    and not isinstance(option, argparse._HelpAction | argparse._VersionAction)
    and (not words or words[0] == "sandbox" or len(words) > 1)
]


@pytest.mark.parametrize(("words", "name"), OPTIONS)
def test_an_option_takes_what_its_help_prints(words: tuple[str, ...], name: str) -> None:
    parser = next(parser for found, parser in verbs_of(build_parser()) if found == words)
    option = next(action for action in parser._actions if name in action.option_strings)
    shown = parser.format_help()
    assert name in shown
    for value in option.choices or ():
        assert str(value) in shown
    for form in written(option):
        fits = False
        for value in _VALUES if option.nargs != 0 and not option.choices else ("",):
            tried = [word.replace(_VALUES[0], value) for word in form] if value else form
            try:
                args = build_parser().parse_args(bare_low_bandwidth([*words, *needed(parser, option), *tried]))
            except UsageError:  # another value is tried
                continue
            fits = True
            if option.choices and len(form) + form[0].count("=") > 1:
                assert str(getattr(args, option.dest)) == form[-1].rpartition("=")[2]
            break
        assert fits, f"{' '.join(form)} is refused"


def test_the_walk_reaches_every_noun() -> None:
    assert {param.values[0][0] for param in OPTIONS if param.values[0]} == set(NOUNS)  # type: ignore[index]


@pytest.mark.parametrize("value", LOW_BANDWIDTH)
@pytest.mark.parametrize("after", [[], ["--demo"], ["admin", "list"]])
def test_low_bandwidth_as_the_help_prints_it(value: str, after: list[str]) -> None:
    for form in (["--low-bandwidth", value], [f"--low-bandwidth={value}"]):
        args = build_parser().parse_args(bare_low_bandwidth([*form, *after]))
        assert args.low_bandwidth == value
        assert args.noun == (after[0] if after[:1] == ["admin"] else None)


@pytest.mark.parametrize("after", [[], ["--demo"], ["admin", "list"]])
def test_low_bandwidth_alone_means_on_whatever_follows(after: list[str]) -> None:
    args = build_parser().parse_args(bare_low_bandwidth(["--low-bandwidth", *after]))
    assert args.low_bandwidth == "on"
