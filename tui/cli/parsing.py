"""The command line's grammar: parsers that load a noun only when it is asked for, and options that stand anywhere."""

import argparse
import shutil
import textwrap
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final, NoReturn, TypeVar

from tui.cli.failure import UsageError
from tui.model.labels import shell_texts

PROGRAM = "intercom-tui"
REGIONS = ("us", "eu", "au")
LOW_BANDWIDTH = ("on", "off", "auto")
"""What ``--low-bandwidth`` takes; the first is what it means alone."""

Fill = Callable[["Parser"], None]
Run = Callable[[argparse.Namespace], int | Coroutine[object, object, int]]
"""What a verb does: a coroutine function, or a function that returns the exit code or what is still to be awaited."""
N = TypeVar("N", bound=argparse.Namespace)


MOST_COLUMNS: Final = 80


class HelpLayout(argparse.RawDescriptionHelpFormatter):
    """``--help`` as wide as the terminal, never wider than 80 columns; texts keep their own lines where they fit."""

    def __init__(
        self, prog: str, indent_increment: int = 2, max_help_position: int = 24, width: int | None = None
    ) -> None:
        """As argparse's; without a `width` it is the terminal's, which COLUMNS may tell."""
        width = width or min(MOST_COLUMNS, shutil.get_terminal_size().columns) - 2
        super().__init__(prog, indent_increment, max_help_position, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(_wrapped(indent + line, width) for line in text.splitlines())

    def _format_usage(self, *given: Any, **named: Any) -> str:
        # argparse breaks no group of options that exclude each other
        usage = super()._format_usage(*given, **named)
        return "\n".join(_wrapped(line, self._width) for line in usage.split("\n"))


def _wrapped(line: str, width: int) -> str:
    """A line, or several of the same indentation where it is wider than `width` cells; words are never broken."""
    own = line[: len(line) - len(line.lstrip())]
    if len(line) <= width or max(map(len, line.split())) > width:  # a path is copied: it stays beside its name
        return line
    return textwrap.fill(
        line.strip(),
        width,
        initial_indent=own,
        subsequent_indent=own,
        break_long_words=False,
        break_on_hyphens=False,
    )


class Parser(argparse.ArgumentParser):
    """A parser that is filled with its options and verbs when first used, and whose errors are one sentence.

    Raises :class:`UsageError` where argparse would print and exit.
    """

    fill: Fill | None = None

    def parse_known_args(  # type: ignore[override] # argparse's overloads say the same in three pieces
        self, args: Sequence[str] | None = None, namespace: N | None = None
    ) -> tuple[N, list[str]]:
        """As argparse's, after the parser was filled."""
        if self.fill is not None:
            fill, self.fill = self.fill, None
            fill(self)
        return super().parse_known_args(args, namespace)  # type: ignore[return-value] # see above

    def error(self, message: str) -> NoReturn:
        """Raise the sentence, with where to read more."""
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise UsageError(f"{sentence} (see {self.prog} --help).")


class Verbs:
    """The verbs of a noun: ``verbs.add("list", list_them, "what it does", acts=False)`` gives the verb's parser."""

    def __init__(self, parser: Parser) -> None:
        self._verbs = parser.add_subparsers(metavar="VERB", dest="verb", required=True, title="verbs")

    def add(
        self,
        name: str,
        run: Run,
        summary: str,
        *,
        acts: bool,
        epilog: str | None = None,
    ) -> Parser:
        """A verb that ``run`` does; every one takes ``--json`` and the options that stand anywhere.

        ``acts`` says that it changes something: what it did is done, even if the output could not be written.
        """
        parser: Parser = self._verbs.add_parser(
            name,
            help=summary,
            description=summary[:1].upper() + summary[1:] + ".",
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=HelpLayout,
        )
        parser.set_defaults(run=run, acts=acts)
        parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON")
        add_common(parser, top=False)
        return parser


def add_common(parser: Parser, *, top: bool) -> None:
    """The options that stand before or after the noun and its verb."""
    group = parser.add_argument_group("which workspace")

    def absent(value: object) -> object:
        # below the top an option that is not given must not hide one that was given before the noun
        return value if top else argparse.SUPPRESS

    group.add_argument("--profile", metavar="NAME", default=absent(""), help="the profile of the settings to use")
    group.add_argument("--config", metavar="FILE", default=absent(""), help="settings in another file")
    group.add_argument(
        "--token-file", metavar="FILE", default=absent(""), help="read the access token from a file of mode 0600"
    )
    group.add_argument("--region", choices=REGIONS, default=absent(""), help="where the workspace is hosted")
    group.add_argument(
        "--base-url", metavar="URL", default=absent(""), help="another API root (also INTERCOM_BASE_URL)"
    )
    group.add_argument(
        "--demo",
        action="store_true",
        default=absent(False),
        help="a demo workspace, nothing is saved; needs no token",
    )
    group.add_argument("--still", action="store_true", default=absent(False), help="with --demo: no simulated activity")
    group.add_argument(
        "--debug", action="store_true", default=absent(False), help="log every request and step ([log] level)"
    )


def positive(text: str) -> int:
    """A whole number above zero, for argparse."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(shell_texts.NOT_A_NUMBER.format(text=text))
    return number


def bare_low_bandwidth(argv: Sequence[str]) -> list[str]:
    """``--low-bandwidth`` alone means ``on``: argparse would take any next word for its value, a noun too."""
    done: list[str] = []
    words = iter(enumerate(argv))
    for at, word in words:
        if word == "--":
            return [*done, *argv[at:]]
        if word == "--low-bandwidth":
            value = argv[at + 1] if at + 1 < len(argv) and argv[at + 1] in LOW_BANDWIDTH else ""
            if value:
                next(words)
            word = f"--low-bandwidth={value or LOW_BANDWIDTH[0]}"
        done.append(word)
    return done
