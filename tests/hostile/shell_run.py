"""Every verb of the command line, over a poisoned workspace and with strangers' texts as arguments."""

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.hostile.rules import Seen, bad_characters, judge
from tests.hostile.vt import read
from tests.hostile.zygote import Done, Zygote
from tui.cli.main import build_parser
from tui.cli.parsing import Parser

__all__ = ["GOOD", "Shell", "Verb", "verbs"]

GOOD: Final = frozenset({*range(10), *range(64, 70), *range(71, 80)})
"""Exit codes that say something; 70 is a fault of the program, and a negative one a signal."""
_CONTEXT: Final = {"help", "json", "profile", "config", "token_file", "region", "base_url", "demo", "still", "edit"}
_TOP: Final = ("--profile", "--config", "--token-file", "--region", "--base-url", "--low-bandwidth")
_NEEDED: Final = {
    "assign": ["--me"], "delete": ["--yes"], "update": ["--name", "x"], "create": ["--email", "a@b.example"],
}  # fmt: skip
SINKS: Final = ("terminal", "pipe", "json")
RSS_MIB: Final = 400.0
"""What a command may take at most, whatever it is sent."""


@dataclass(frozen=True)
class Verb:
    """A noun and a verb, with their arguments: name, option ("" for a positional) and whether it takes a value."""

    words: tuple[str, ...]
    arguments: tuple[tuple[str, str, bool], ...]


def verbs() -> list[Verb]:
    """Every verb of the grammar, by asking the parser; the sandbox, which serves for ever, is none."""
    found: list[Verb] = []
    for noun, parser in _choices(build_parser()).items():
        if noun == "sandbox":
            continue
        for verb, one in _choices(parser).items():
            arguments = [
                (each.dest, each.option_strings[0] if each.option_strings else "", each.nargs != 0)
                for each in one._actions
                if each.dest not in _CONTEXT
            ]
            found.append(Verb((noun, verb), tuple(arguments)))
    return found


def _choices(parser: argparse.ArgumentParser) -> Mapping[str, Parser]:
    if isinstance(parser, Parser) and parser.fill is not None:
        fill, parser.fill = parser.fill, None
        fill(parser)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action.choices
    raise AssertionError(f"{parser.prog} has no verbs")


@dataclass
class Shell:
    """Runs commands and judges what they wrote."""

    zygote: Zygote
    env: Mapping[str, str]
    seen: Seen = field(default_factory=Seen)
    wrong: list[str] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)
    verbs: Counter[str] = field(default_factory=Counter)
    rss_mib: float = 0.0
    slowest: float = 0.0

    def run(self, argv: Sequence[str], sink: str, *, seconds: float = 100) -> Done:
        """One command into one of `SINKS`, judged."""
        argv = [*argv, "--json"] if sink == "json" and "--" not in argv else list(argv)
        done = self.zygote.run(argv, self.env, tty=sink == "terminal", seconds=seconds)
        self.verbs[" ".join(argv[:2]) if argv and argv[0].isalpha() else "top"] += 1
        self.codes[done.code] += 1
        self.rss_mib, self.slowest = max(self.rss_mib, done.rss_mib), max(self.slowest, done.seconds)
        for what in self._faults(done, sink, argv):
            self.wrong.append(f"{ascii(' '.join(argv))[:300]} into a {sink}: {what}")
        return done

    def _faults(self, done: Done, sink: str, argv: Sequence[str]) -> Iterator[str]:
        if done.code not in GOOD:
            yield f"exit {done.code} after {done.seconds:.0f} s: {(done.err or done.out)[-600:]!r}"
        if done.rss_mib > RSS_MIB:
            yield f"{done.rss_mib:.0f} MiB"
        if b"Traceback" in done.err:
            yield f"a traceback: {done.err[-400:]!r}"
        if sink == "terminal":
            before = len(self.seen.wrong)
            judge(read(done.out), self.seen, app=False)
            yield from self.seen.wrong[before:]
            return
        for name, written in (("stdout", done.out), ("stderr", done.err)):
            text = written.decode("utf-8", "replace")
            if bad := bad_characters(text, allowed="\n\t"):
                yield f"{name} holds {sorted(map(ascii, bad))}: {ascii(text)[:300]}"
        if done.code and done.err.count(b"\n") > 12:
            yield f"no one sentence: {done.err[:300]!r}"
        if sink == "json" and done.out and "--help" not in argv:
            yield from _wrong_json(done.out)

    def over_poison(self, conversations: Sequence[str], contacts: Sequence[str], turn: int) -> None:
        """Every verb with true arguments, each into one sink, the next one a turn later; reading ones into all."""
        for at, verb in enumerate(verbs()):
            sinks = SINKS if verb.words[1] in ("list", "view", "find", "show") else (SINKS[(at + turn) % 3],)
            for number, sink in enumerate(sinks):
                argv = [*verb.words]
                for name, option, _ in verb.arguments:
                    if not option:
                        argv.append(_true(name, verb.words[0], conversations, contacts, turn + number))
                argv += _NEEDED.get(
                    verb.words[1], []
                ) if verb.words != ("tag", "create") else []  # fmt: skip
                self.run(argv, sink)

    def with_argument(self, text: str, conversations: Sequence[str], contacts: Sequence[str]) -> None:
        """One verb, chosen by the text, with the text as one of its arguments; the top's options have their turn."""
        text = text.replace("\0", "")[:20_000]  # no system lets more, or a NUL, be an argument
        number = zlib.crc32(text.encode("utf-8", "surrogatepass"))
        able = [(verb, each) for verb in verbs() for each in verb.arguments if each[2]]
        sink = SINKS[number % 3]
        if number % 11 == 0:
            self.run([f"{_TOP[number % len(_TOP)]}={text}", "tag", "list"], sink)
            return
        if number % 13 == 0:
            self.run([text], sink)
            return
        verb, (chosen, option, _) = able[number // 7 % len(able)]
        argv = [*verb.words, *([f"{option}={text}"] if option else [])]
        argv += ["--yes"] if verb.words[1] == "delete" else []
        argv += ["--json"] if sink == "json" else []
        argv.append("--")
        for name, positional, _ in verb.arguments:
            if not positional:
                argv.append(text if name == chosen else _true(name, verb.words[0], conversations, contacts, number))
        self.run(argv, sink)


def _true(name: str, noun: str, conversations: Sequence[str], contacts: Sequence[str], turn: int) -> str:
    one = contacts if noun == "contact" else conversations
    match name:
        case "id" | "ids" | "who":
            return one[turn % len(one)] if one else "1"
        case "number" | "numbers":
            return str(1 + turn % 4)
        case "when":
            return "3h"
        case "text":
            return "a" if noun == "contact" else "some words"
        case _:
            return "refund"


def _wrong_json(written: bytes) -> Iterator[str]:
    try:
        document = json.loads(written)
    except ValueError as error:
        yield f"no JSON: {error}: {written[:200]!r}"
        return
    bad: set[str] = set()
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            bad |= bad_characters(value, allowed="\n\t")
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    if bad:
        yield f"JSON that holds {sorted(map(ascii, bad))}"
