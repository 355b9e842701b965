"""The entry point of ``intercom-tui``: with no noun the app, else one noun's verb.

Nothing heavy is imported before it is known what is wanted: ``--help`` and ``--version`` load neither the HTTP client
nor the store, and no command but the app loads Textual.
"""

import argparse
import errno
import importlib
import sys
import textwrap
from collections.abc import Coroutine, Sequence

from tui import __version__
from tui.cli.codes import Exit, table
from tui.cli.complaint import complain
from tui.cli.failure import understood
from tui.cli.interrupts import Interrupts, in_loop
from tui.cli.nouns import NOUNS
from tui.cli.parsing import (
    LOW_BANDWIDTH,
    MOST_COLUMNS,
    PROGRAM,
    Fill,
    HelpLayout,
    Parser,
    add_common,
    bare_low_bandwidth,
)
from tui.cli.streams import Streams
from tui.model.errors import StoreDamaged
from tui.model.labels import shell_texts

_EPILOG = """\
The access token is read from INTERCOM_TOKEN, from token_command or token_env
of the profile, or from the profile's token file.

exit codes:
{codes}

Settings: {settings}
Token:    {token} (mode 0600)"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line ``argv`` (by default the process's own); return the exit code.

    The code says what was done. Where all was done but not all of the output could be written, that is a failure only
    of a command that was to write something and changes nothing.
    """
    argv = sys.argv[1:] if argv is None else argv
    with Streams() as streams:
        args, code = _run(argv, streams)
        lost = streams.lost()
        if lost is not None:
            code = _judge_output(lost, args, code)
    return code


def _run(argv: Sequence[str], streams: Streams) -> tuple[argparse.Namespace | None, int]:
    args: argparse.Namespace | None = None
    try:
        args = build_parser().parse_args(bare_low_bandwidth(argv))
        if args.noun is None:
            streams.give_back()
        return args, _do(args)
    except SystemExit as ended:  # argparse after --help and --version
        return args, ended.code if isinstance(ended.code, int) else Exit.OK
    except KeyboardInterrupt:
        return args, Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence, never a traceback
        if Interrupts.current is not None and Interrupts.current.asked:  # a library made another error of it
            return args, Exit.INTERRUPTED
        return args, _report(error, args)


def _judge_output(lost: OSError, args: argparse.Namespace | None, code: int) -> int:
    """Say that output was lost; the code to end with."""
    gone = lost.errno == errno.EPIPE
    reason = shell_texts.READER_CLOSED_THE_PIPE if gone else lost.strerror or str(lost)
    if code == Exit.OK and not getattr(args, "acts", False):
        if gone:
            return Exit.BROKEN_PIPE
        complain(shell_texts.OUTPUT_NOT_WRITTEN.format(reason=reason))
        return Exit.OUTPUT
    template = shell_texts.DONE_BUT_OUTPUT_NOT_WRITTEN if code == Exit.OK else shell_texts.OUTPUT_NOT_WRITTEN
    complain(template.format(reason=reason))
    return code


def _do(args: argparse.Namespace) -> int:
    """Do it; where only reading finds that the store is damaged, once more with the rebuilt one."""
    try:
        return _run_verb(args)
    except Exception as error:
        if getattr(args, "acts", True):
            raise
        if not isinstance(error, StoreDamaged):
            raise
        return _run_verb(args)


def _run_verb(args: argparse.Namespace) -> int:
    done: int | Coroutine[object, object, int] = args.run(args)
    return int(in_loop(done) if isinstance(done, Coroutine) else done)


class _TopParser(Parser):
    def format_help(self) -> str:
        """With where the files are on this machine, which only those who ask need to find out."""
        from tui.config.paths import Paths

        paths = Paths.of()
        self.epilog = _EPILOG.format(
            codes="\n".join(_code_line(code, meaning) for code, meaning in table()),
            settings=paths.settings_file,
            token=paths.token_file,
        )
        return super().format_help()


def _code_line(code: int, meaning: str) -> str:
    return "\n".join(textwrap.wrap(f"{code:>5}  {meaning}", MOST_COLUMNS - 2, subsequent_indent=" " * 7))


def build_parser() -> Parser:
    """The whole grammar; each noun is filled in when it is used."""
    parser = _TopParser(
        PROGRAM,
        description=shell_texts.DESCRIPTION,
        allow_abbrev=False,
        formatter_class=HelpLayout,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    add_common(parser, top=True)
    screen = parser.add_argument_group("the screen")
    screen.add_argument(
        "--low-bandwidth",
        nargs="?",
        choices=LOW_BANDWIDTH,
        const=LOW_BANDWIDTH[0],
        default="",
        help="use fewer bytes, for slow connections; without a value: on",
    )
    screen.add_argument("--no-diff", action="store_true", help="redraw the full screen (if the display is garbled)")
    parser.set_defaults(run=_open_app, json=False)
    nouns = parser.add_subparsers(metavar="NOUN", dest="noun", title="nouns", parser_class=Parser)
    for noun, summary in NOUNS.items():
        made: Parser = nouns.add_parser(
            noun,
            help=summary,
            description=summary[:1].upper() + summary[1:] + ".",
            allow_abbrev=False,
            formatter_class=HelpLayout,
        )
        made.fill = _filler(noun)
    return parser


def _filler(noun: str) -> Fill:
    def fill(parser: Parser) -> None:
        importlib.import_module(f"tui.cli.{noun}").add_arguments(parser)

    return fill


def _open_app(args: argparse.Namespace) -> int:
    from tui.cli.launch import open_app

    return open_app(args, main)


def _report(error: Exception, args: argparse.Namespace | None) -> int:
    failure = understood(error)
    if failure is None:
        from tui.cli.crash import crashed

        sentence, code = crashed(error, args), Exit.CRASH
    else:
        sentence, code = failure.in_shell(), failure.exit_code
    complain(sentence)
    return code
