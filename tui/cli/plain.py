"""The inbox where the terminal prints lines only (TERM=dumb, a printing terminal): one command a line, no sequence."""

import argparse
import shlex
import sys
from collections.abc import Callable, Sequence

from tui.cli.nouns import NOUNS
from tui.model.labels import shell_texts

_NOUNS = NOUNS.keys() - {"sandbox"}
"""Those that work on a profile."""
_PROMPT = "intercom-tui> "
_HELP = """\
An ID shows that conversation. Every command of the shell works here without the program's name:
  conversation list | conversation view ID | conversation reply ID "text" | conversation close ID
  contact find TEXT | outbox list | ... --help
l lists the conversations, q or the end of input quits."""


def run_lines(args: argparse.Namespace, name: str, run: Callable[[Sequence[str]], int]) -> int:
    """Read commands line by line and `run` them until somebody leaves; the exit code is 0 then.

    `name` is what TERM says; `args` are the options this was started with, which every command gets.
    """
    common = common_options(args)
    print(shell_texts.LINES_ONLY.format(term=name))
    run(["conversation", "list", "--limit", "20", *common])
    while True:
        print(_PROMPT, end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return 0
        try:
            words = shlex.split(line)
        except ValueError:
            print(shell_texts.QUOTATION_MARK_IS_MISSING)
            continue
        if not words:
            continue
        if words in (["q"], ["quit"], ["exit"]):
            return 0
        if words in (["help"], ["?"]):
            print(_HELP)
            continue
        if words == ["l"]:
            words = ["conversation", "list"]
        elif len(words) == 1 and words[0].isdecimal():
            words = ["conversation", "view", *words]
        run([*words, *common] if words[0] in _NOUNS else words)


def common_options(args: argparse.Namespace) -> list[str]:
    """The options of `args` that say which workspace is meant, as they were typed."""
    said = []
    for name in ("profile", "config", "token_file", "region", "base_url"):
        value = getattr(args, name, None)
        if value:
            said += [f"--{name.replace('_', '-')}", str(value)]
    return said + [f"--{name}" for name in ("demo", "still") if getattr(args, name, False)]
