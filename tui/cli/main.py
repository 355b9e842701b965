"""The entry point of ``intercom-tui``: with no noun the app, else one noun's verb.

Nothing heavy is imported before it is known what is wanted: ``--help`` and ``--version`` load neither the HTTP client
nor the store, and no command but the app loads Textual.
"""

import argparse
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Sequence

from tui import __version__
from tui.cli.failure import Exit, understood
from tui.cli.parsing import PROGRAM, Fill, Parser, add_common, bare_low_bandwidth

NOUNS = {
    "conversation": "list, view, reply, note, assign, close, open, snooze, tag, untag",
    "contact": "find, view, create, update, delete, note, tag, untag",
    "admin": "list the teammates",
    "tag": "list the tags, create one",
    "outbox": "what was not sent yet: list, show, retry, discard",
    "store": "the local copy: info, vacuum, clear",
    "sandbox": "serve a made-up Intercom-compatible workspace on loopback",
}

_EPILOG = """\
The access token is taken from INTERCOM_TOKEN, from token_command or token_env of the profile, or from the profile's
token file. Exit codes: 0 done, 1 could not be done, 2 makes no sense, 3 token, 4 not found, 5 rate limit, 6 network,
70 a fault of the program.

Settings: {settings}
Token:    {token} (mode 0600)"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (by default the process's own); return the exit code."""
    argv = sys.argv[1:] if argv is None else argv
    _tolerate_narrow_encodings()
    args: argparse.Namespace | None = None
    try:
        try:
            args = build_parser().parse_args(bare_low_bandwidth(argv))
            code = int(args.run(args))
        finally:
            sys.stdout.flush()
        return code
    except SystemExit as ended:  # argparse after --help and --version
        return ended.code if isinstance(ended.code, int) else Exit.OK
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _let_go_of_stdout()
        return Exit.BROKEN_PIPE
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, never a traceback
        return _report(error, args)


class _TopParser(Parser):
    def format_help(self) -> str:
        """With where the files are on this machine, which only those who ask need to find out."""
        from tui.config.paths import Paths

        paths = Paths.of()
        self.epilog = _EPILOG.format(settings=paths.settings_file, token=paths.token_file)
        return super().format_help()


def build_parser() -> Parser:
    """The whole grammar; each noun is filled in when it is used."""
    parser = _TopParser(
        PROGRAM,
        description="A keyboard-driven terminal inbox for Intercom. Without a noun it opens the inbox.",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    add_common(parser, top=True)
    screen = parser.add_argument_group("the screen")
    screen.add_argument(
        "--low-bandwidth",
        choices=("on", "off", "auto"),
        default="",
        help="write fewer bytes to the terminal; alone it means on",
    )
    screen.add_argument(
        "--no-diff", action="store_true", help="paint as Textual does, without comparing with what is on the screen"
    )
    parser.set_defaults(run=_open_app, json=False)
    nouns = parser.add_subparsers(metavar="NOUN", dest="noun", title="nouns", parser_class=Parser)
    for noun, summary in NOUNS.items():
        made: Parser = nouns.add_parser(
            noun, help=summary, description=summary[:1].upper() + summary[1:] + ".", allow_abbrev=False
        )
        made.fill = _filler(noun)
    return parser


def _filler(noun: str) -> Fill:
    def fill(parser: Parser) -> None:
        importlib.import_module(f"tui.cli.{noun}").add_arguments(parser)

    return fill


def _open_app(args: argparse.Namespace) -> int:
    from tui.cli.launch import open_app

    return open_app(args)


def _report(error: Exception, args: argparse.Namespace | None) -> int:
    failure = understood(error)
    if failure is None:
        from tui.cli.crash import crashed

        sentence, code = crashed(error, args), Exit.CRASH
    else:
        sentence, code = str(failure), failure.code
    complain(sentence)
    return code


def complain(sentence: str) -> None:
    """One line on stderr, free of anything that could drive the terminal; quiet where nobody listens."""
    from tui.text.clean import clean_line

    with contextlib.suppress(OSError, ValueError):
        print(f"{PROGRAM}: {clean_line(sentence)}", file=sys.stderr, flush=True)


def _tolerate_narrow_encodings() -> None:
    """A terminal that cannot show a sign gets a question mark, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _let_go_of_stdout() -> None:
    """Python flushes stdout once more at exit: into nothing, so that it does not complain again."""
    with contextlib.suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
